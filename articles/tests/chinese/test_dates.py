"""Dates as Chinese pages print them."""

from django.test import SimpleTestCase

from articles.chinese.dates import find_dates


class FindDatesTests(SimpleTestCase):
    def assertReads(self, line, *expected):
        with self.subTest(line=line):
            self.assertEqual([(found.iso, found.precision) for found in find_dates(line)], list(expected))

    def test_it_reads_digits_with_every_mark(self):
        self.assertReads("时间：2013-12-31 10:59:02", ("2013-12-31T10:59:02", "time"))
        self.assertReads("2013年10月21日 17:06", ("2013-10-21T17:06", "time"))
        self.assertReads("江城日报 2013/3/5", ("2013-03-05", "day"))
        self.assertReads("（2013.3.5）", ("2013-03-05", "day"))
        self.assertReads("２０１３年１０月２日", ("2013-10-02", "day"))

    def test_it_reads_chinese_numerals(self):
        self.assertReads("二〇一三年十月二十一日", ("2013-10-21", "day"))
        self.assertReads("二零一三年十二月", ("2013-12", "month"))

    def test_it_reads_a_time_behind_a_weekday_or_half_of_day(self):
        self.assertReads("2013年10月21日（星期一）17:06", ("2013-10-21T17:06", "time"))
        self.assertReads("2013年10月21日 下午5:06", ("2013-10-21T17:06", "time"))
        self.assertReads("2013年10月21日08时20分", ("2013-10-21T08:20", "time"))
        self.assertReads("2013-10-21T17:06:00+08:00", ("2013-10-21T17:06:00", "time"))

    def test_it_reads_a_time_that_touches_the_day(self):
        self.assertReads("2005年03月31日03:18 江城晚报", ("2005-03-31T03:18", "time"))

    def test_it_keeps_what_is_printed_and_no_more(self):
        self.assertReads("写于2013年10月", ("2013-10", "month"))
        self.assertReads("写于2013年", ("2013", "year"))

    def test_it_reads_english_months(self):
        self.assertReads("Oct. 21, 2013", ("2013-10-21", "day"))
        self.assertReads("21 October 2013 08:12", ("2013-10-21T08:12", "time"))

    def test_it_passes_over_days_that_do_not_exist(self):
        self.assertReads("2013年2月30日印发，2013年3月1日施行", ("2013-03-01", "day"))
        self.assertReads("2013-13-01")

    def test_it_passes_over_a_time_that_does_not_exist(self):
        self.assertReads("2013-10-21 25:61", ("2013-10-21", "day"))

    def test_it_leaves_numbers_alone_that_are_no_dates(self):
        self.assertReads("版本 2012.3.5.7，电话 0731-2013-1021，占 3.5%")

    def test_it_says_where_a_date_stands(self):
        line = "江城日报　2013年10月21日　第3版"
        (found,) = find_dates(line)
        self.assertEqual(line[found.start : found.end], "2013年10月21日")
