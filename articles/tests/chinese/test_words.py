"""How likely characters stand side by side."""

from django.test import SimpleTestCase

from articles.chinese.words import UNKNOWN, Gap, lexicon


def best(before, after, among):
    gap = Gap(before, after)
    return min(among, key=lambda char: gap.fill(char).cost)


class WordTests(SimpleTestCase):
    def test_a_word_is_found_whatever_its_length(self):
        for word in ("账", "账目", "议事会", "实事求是"):
            with self.subTest(word=word):
                self.assertTrue(lexicon().readings(word))

    def test_what_is_no_word_has_no_reading(self):
        for run in ("目账", "账目公", "桥账目公"):
            with self.subTest(run=run):
                self.assertEqual(lexicon().readings(run), {})

    def test_one_character_always_counts_as_a_word(self):
        self.assertEqual(list(lexicon().readings("囻").values()), [UNKNOWN])

    def test_words_stand_in_order(self):
        for words in lexicon().longer.values():
            self.assertEqual(sorted(words), list(words))

    def test_words_with_one_beginning_stand_together(self):
        first, last = lexicon().beginning("实事求", 4)
        self.assertEqual(last - first, 1)
        self.assertEqual(lexicon().beginning("目账", 4), lexicon().beginning("目账", 4)[:1] * 2)


class GapTests(SimpleTestCase):
    def test_it_prefers_what_makes_a_word(self):
        self.assertEqual(best("账目要公", "让村民看", "升开井"), "开")
        self.assertEqual(best("造", "于民", "富福副"), "福")
        self.assertEqual(best("落地生根开", "结果", "化花话"), "花")

    def test_it_prefers_what_follows_the_part_of_speech(self):
        self.assertEqual(best("账本放", "桌子上", "在的和"), "在")
        self.assertEqual(best("认真", "核对每一笔账", "的地得"), "地")

    def test_it_says_how_long_the_word_is(self):
        self.assertEqual(Gap("落地生根开", "结果").fill("花").length, 4)
        self.assertEqual(Gap("账本搁", "桌子上").fill("在").length, 1)

    def test_a_gap_at_an_edge_can_be_filled(self):
        for before, after in (("", "目公开"), ("公开账", ""), ("", "")):
            with self.subTest(before=before, after=after):
                self.assertGreater(Gap(before, after).fill("账").cost, 0)

    def test_characters_beyond_the_basic_plane_count_as_unknown(self):
        self.assertEqual(Gap("𬘭", "𬳶").fill("账").length, 1)

    def test_only_what_is_near_counts(self):
        far = "议事会把账目贴在村口给大家看"
        self.assertEqual(Gap(far[-8:], "").fill("账"), Gap(far, "").fill("账"))
