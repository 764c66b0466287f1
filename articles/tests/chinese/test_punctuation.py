"""Half-width marks that stand in Chinese text."""

from django.test import SimpleTestCase

from articles.chinese.numbers import to_int
from articles.chinese.punctuation import narrow_marks


def widened(text):
    for mark in reversed(list(narrow_marks(text))):
        text = text[: mark.start] + mark.wide + text[mark.end :]
    return text


class NarrowMarkTests(SimpleTestCase):
    def assertBecomes(self, text, expected):
        with self.subTest(text=text):
            self.assertEqual(widened(text), expected)

    def test_it_finds_every_mark_after_han(self):
        self.assertBecomes(
            "账目公开了吗?公开了!谁来看:村民;谁来问,也是村民。",
            "账目公开了吗？公开了！谁来看：村民；谁来问，也是村民。",
        )

    def test_it_finds_marks_after_quotes_and_before_han(self):
        self.assertBecomes("他说“贴出来”,大家就信了。", "他说“贴出来”，大家就信了。")
        self.assertBecomes("今年的GDP,是去年的两倍。", "今年的GDP，是去年的两倍。")

    def test_it_swallows_the_space_behind_a_mark(self):
        self.assertBecomes("归结起来, 主要是三条", "归结起来，主要是三条")

    def test_it_widens_brackets_in_pairs(self):
        self.assertBecomes("江城村(今属江城镇)的账目", "江城村（今属江城镇）的账目")
        self.assertBecomes("按函数f(x)计算的账目(草稿", "按函数f(x)计算的账目(草稿")

    def test_it_leaves_numbers_times_latin_and_addresses_alone(self):
        for text in (
            "会议10:30开始，比分3:2，共1,200人",
            "见网址 http://example.org/a?b=1;c 的公告",
            "他读了 Smith, J. (2013) 的书并写了很长的评语",
            "He said: hello, world! (see 附录)",
        ):
            self.assertBecomes(text, text)


class NumeralTests(SimpleTestCase):
    def test_it_reads_digits_and_tens(self):
        self.assertEqual(
            [to_int(each) for each in ("十", "十二", "二十", "九十九", "二〇一三", "１２")], [10, 12, 20, 99, 2013, 12]
        )

    def test_it_refuses_what_is_no_number(self):
        self.assertEqual([to_int(each) for each in ("", "十月", "一十二十", "百")], [None] * 4)
