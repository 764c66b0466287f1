"""Sentences whose end was lost."""

from articles.tests.restoration.detector_case import DetectorCase

SENTENCE = "议事会把预算贴在村口，每一笔都写明用处，村民看得懂，问得着，也改得动，看不懂的可以当场问经手的人"


class MissingStopTests(DetectorCase):
    code = "missing_stop"

    def test_it_sees_a_paragraph_that_ends_without_a_mark_among_others(self):
        others = [SENTENCE + "。"] * 4
        self.assertEqual(self.found(SENTENCE, *others), [("人", "人。")])

    def test_where_few_paragraphs_end_with_a_mark_that_is_their_way(self):
        self.assertClean(*[SENTENCE] * 4, SENTENCE + "。")

    def test_headings_lists_and_breaks_are_no_damage(self):
        others = [SENTENCE + "。"] * 4
        self.assertClean("账目公开的几点做法", *others)
        self.assertClean(("h2", SENTENCE), *others)
        self.assertClean(("li", SENTENCE), *others)
        self.assertClean(SENTENCE + "与", *others)
        self.assertClean(SENTENCE + "：", *others)
        self.assertClean(SENTENCE + "。（记者 甄小雨）", *others)

    def test_the_end_of_the_text_is_left_to_another(self):
        self.assertClean(*[SENTENCE + "。"] * 4, SENTENCE)

    def test_it_sees_a_sentence_run_on_behind_a_quotation(self):
        text = "村里定下的规矩是“账目要贴在墙上，也要念在会上”但是头一年没有人来听，议事会就挨家挨户去请。"
        self.assertEqual(self.found(text), [("”", "”。")])
        self.assertClean(text.replace("”但是", "”，但是"), text.replace("”但是", "。”但是"))

    def test_it_sees_words_that_nobody_writes_without_a_mark(self):
        run = "议事会的账目是村民自己的账目也是大家商量出来的规矩" * 4
        self.assertEqual(self.found(f"从前，{run}。"), [(run, None)])
        self.assertClean("出席的有" + "江城村委会江城小学校江城卫生院江城粮管所" * 5 + "。")
