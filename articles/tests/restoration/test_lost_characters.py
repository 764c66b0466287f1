"""Gaps that lost characters leave."""

from articles.tests.restoration.detector_case import DetectorCase


class LostCharactersTests(DetectorCase):
    code = "lost_characters"

    def test_it_sees_marks_that_stand_for_characters(self):
        for text, gap in (
            ("议事会\ufffd\ufffd把预算贴在村口。", "\ufffd\ufffd"),
            ("全村□□户人家都签了字。", "□□"),
            ("面积用[图]表示，单位是亩。", "[图]"),
            ("村里的??每月公开一次。", "??"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), [(gap, None)])

    def test_marks_with_a_purpose_are_no_damage(self):
        self.assertClean(
            "□本报记者何清",
            "江城10月21日电□记者何清从村里发来消息。",
            "是□否□同意公开",
            "真的吗??我不信。",
            "[图]念账的人",
        )

    def test_it_sees_numbers_that_are_gone(self):
        self.assertEqual(self.found("村里的收入同比增长%，比上年多。"), [("增长%", None)])
        self.assertEqual(self.found("江城市第届议事会昨天闭幕。"), [("第届", None)])
        self.assertEqual(self.found("全村共有\u3000\u3000户人家。"), [("\u3000\u3000", None)])
        self.assertClean("收入增长8%，占三成。", "门第条件不论，及第条目另列。", "第一届，第二条。")

    def test_it_sees_a_word_that_is_gone(self):
        self.assertEqual(self.found("他在\u3000\u3000工作了三年，后来回村念账。"), [("\u3000\u3000", None)])
        self.assertEqual(self.found("村里办了《》读书会，人人都来。"), [("《》", None)])
        self.assertClean("第一章\u3000\u3000总则", "书名要用《》号。", "”账目“和”预算“都要公开。")

    def test_it_reads_traditional_text_too(self):
        self.assertEqual(
            self.found("江城第屆議事會閉幕，收入同比增長%。", script="hant"), [("第屆", None), ("增長%", None)]
        )

    def test_it_puts_years_apart_that_ran_together(self):
        self.assertEqual(self.found("199112005年的账目都还在。"), [("199112005", "1991—2005")])
        self.assertEqual(self.found("19912005年的账目都还在。"), [("19912005", "1991—2005")])
        self.assertClean("编号20051991年检合格。", "1991—2005年的账目。")

    def test_it_reads_a_date_only_where_it_can_be_one_day(self):
        self.assertEqual(self.found("村史从1941519日写起。"), [("1941519日", "1941年5月19日")])
        self.assertEqual(self.found("村史从1941111日写起。"), [("1941111日", None)])
        self.assertClean("村史从1941年5月19日写起。")

    def test_it_gives_back_an_initial_that_was_a_picture(self):
        self.assertEqual(
            self.found("BSTRACT: On reading accounts aloud.", "EYWORDS: villages"),
            [("BSTRACT", "ABSTRACT"), ("EYWORDS", "KEYWORDS")],
        )
        self.assertClean("ABSTRACT: On reading accounts aloud.", "KEY WORDS: villages", "INTRODUCTION")

    def test_it_says_what_was_lost_without_a_mark(self):
        self.assertEqual(self.found("账目公开。", lost=3), [("\ufffd\ufffd\ufffd", None)])

    def test_it_looks_at_the_title(self):
        self.assertEqual(self.found("账目公开。", title="村务\ufffd开"), [("\ufffd", None)])
