from django.test import SimpleTestCase

from articles.chinese import pinyin


class FoldedTests(SimpleTestCase):
    def test_scripts_widths_and_marks_make_no_difference(self):
        for written in ("乡村治理", "鄉村治理", "《乡村 治理》", "鄉村・治理"):
            with self.subTest(written=written):
                self.assertEqual(pinyin.folded(written), "乡村治理")

    def test_what_has_no_letter_is_empty(self):
        self.assertEqual(pinyin.folded("《》　·"), "")


class ReadingTests(SimpleTestCase):
    def test_phrases_decide_between_readings(self):
        for name, full, initials in (
            ("重庆", "chongqing", "cq"),
            ("长沙", "changsha", "cs"),
            ("银行行长", "yinhanghangzhang", "yhhz"),
            ("吕叔湘", "lvshuxiang", "lsx"),
        ):
            with self.subTest(name=name):
                self.assertEqual(pinyin.readings(name), (full, initials))

    def test_both_scripts_are_read_alike(self):
        self.assertEqual(pinyin.readings("鄉村治理"), pinyin.readings("乡村治理"))

    def test_letters_and_digits_stay(self):
        self.assertEqual(pinyin.readings("2025年AI规划"), ("2025nianaiguihua", "2025naigh"))


class SearchKeyTests(SimpleTestCase):
    def test_a_name_that_does_not_fit_is_left_out_whole(self):
        key = pinyin.search_key(["乡村治理", "新时代农村基层社会治理"], longest=30)
        self.assertEqual(key, "|乡村治理|新时代农村基层社会治理|xczl|")

    def test_names_of_marks_alone_leave_nothing(self):
        self.assertEqual(pinyin.search_key(["《》"], longest=100), "|")
