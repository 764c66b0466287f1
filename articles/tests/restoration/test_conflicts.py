"""What a page says of its text in two places, and not alike."""

from articles.tests.restoration.detector_case import DetectorCase


class SourceConflictTests(DetectorCase):
    code = "source_conflict"

    def named(self, *sources):
        return [found for found, _ in self.found("账目公开。", sources=sources)]

    def test_it_sees_two_outlets(self):
        self.assertEqual(self.named("江畔评论", "汉山网"), ["江畔评论 / 汉山网"])

    def test_it_stands_at_the_beginning_and_proposes_nothing(self):
        self.assertEqual(self.found("账目公开。", sources=["江畔评论", "汉山网"]), [("江畔评论 / 汉山网", None)])

    def test_names_of_one_house_are_no_conflict(self):
        for sources in (
            ("《江城日报》", "江城日报社"),
            ("江城网", "江城日报"),
            ("江城网-江城日报", "江城日报"),
            ("江城日报（北京）", "江城日报记者"),
            ("江青报", "江城青年报"),
            ("江城日報", "江城日报"),
            ("CCTV", "央视网"),
            ("江城日报客户端", "江城日报微信公众号"),
        ):
            with self.subTest(sources=sources):
                self.assertEqual(self.named(*sources), [])

    def test_what_names_nobody_is_no_outlet(self):
        self.assertEqual(self.named("江畔评论", "网络", "本站", "原创"), [])
        self.assertEqual(self.named("江畔评论"), [])
        self.assertEqual(self.named(), [])


class DateConflictTests(DetectorCase):
    code = "date_conflict"

    def dated(self, *dates, around=""):
        return [found for found, _ in self.found("账目公开。", dates=dates, around=around)]

    def test_it_sees_dates_more_than_a_day_apart(self):
        self.assertEqual(self.dated("2013-10-21T17:06", "2015-03-04"), ["2013-10-21 / 2015-03-04"])

    def test_the_next_day_and_a_rougher_date_are_no_conflict(self):
        self.assertEqual(self.dated("2013-10-21T23:50:00", "2013-10-22", "2013-10", "2013"), [])
        self.assertEqual(self.dated("2013-10-21"), [])
        self.assertEqual(self.dated(), [])

    def test_it_sees_a_month_that_the_day_is_not_in(self):
        self.assertEqual(self.dated("2013-10-21", "2013-12"), ["2013-10-21 / 2013-12"])

    def test_a_text_cannot_be_younger_than_its_page(self):
        filed = "本文地址：http://villages.example/2013-10/21/content_1.htm"
        self.assertEqual(self.dated("2013-12-01", around=filed), ["2013-12-01 / 2013-10-21"])
        self.assertEqual(self.dated("2013-05-01", around=filed), [])
        self.assertEqual(self.dated("2013-12-01", around="相关：http://villages.example/2013-10/21/content_1.htm"), [])

    def test_what_is_no_date_is_passed_over(self):
        self.assertEqual(self.dated("2013-02-30", "2015-03-04", "unknown"), [])
