from django.test import TestCase
from django.utils import translation

from articles.models import parse_precise
from articles.tests import make


class PreciseDateTests(TestCase):
    def test_only_what_is_known_is_shown(self):
        shown = {"2013": "2013年", "2013-10": "2013年10月", "2013-10-21": "2013年10月21日"}
        for printed, chinese in shown.items():
            moment, precision = parse_precise(printed)
            article = make.article(original_date=moment, original_precision=precision)
            with self.subTest(printed=printed), translation.override("zh-hans"):
                self.assertEqual(article.original_date_text, chinese)
                self.assertEqual(article.original_date_iso, printed)

    def test_a_time_is_the_librarys_own(self):
        moment, precision = parse_precise("2013-10-21T17:06")
        article = make.article(original_date=moment, original_precision=precision)
        self.assertEqual((precision, article.original_date_iso), ("time", "2013-10-21T17:06"))

    def test_what_is_no_date_is_unknown(self):
        for printed in (
            "",
            "2013-02-30",
            "去年",
            "2013-13",
            "0000",
            "20131021",
            "2013-W43-1",
            "0001-01-01T00:00",
            "2013-1-1",
            "9999",
        ):
            with self.subTest(printed=printed):
                self.assertEqual(parse_precise(printed), (None, "unknown"))
