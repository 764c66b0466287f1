"""Rare characters and what they may stand for."""

from django.test import SimpleTestCase

from articles.chinese.glyphs import is_common, is_everyday, is_standard, likeness, sounds_alike, stand_ins


class GlyphTests(SimpleTestCase):
    def test_it_knows_the_levels_of_the_standard_table(self):
        self.assertTrue(is_everyday("账"))
        self.assertTrue(is_common("囿") and not is_everyday("囿"))
        self.assertTrue(is_standard("慥") and not is_common("慥"))
        self.assertFalse(is_standard("囻") or is_standard("a") or is_standard(""))

    def test_it_offers_what_a_character_is_made_of_and_what_sounds_like_it(self):
        for odd, plain in (
            ("笁", "工"),
            ("叺", "入"),
            ("奣", "明"),
            ("噺", "新"),
            ("昰", "是"),
            ("囻", "国"),
            ("鍢", "福"),
        ):
            with self.subTest(odd=odd):
                self.assertIn(plain, stand_ins(odd))
                self.assertNotIn(odd, stand_ins(odd))

    def test_the_body_of_a_character_says_more_than_its_radical(self):
        self.assertGreater(likeness("叺", "入"), likeness("叺", "口"))
        self.assertGreater(likeness("鍢", "福"), likeness("鍢", "釜"))

    def test_a_character_nobody_took_apart_is_measured_by_its_strokes(self):
        self.assertGreater(likeness("噺", "新"), likeness("噺", "心"))

    def test_a_tone_makes_a_small_difference(self):
        self.assertGreater(sounds_alike("昰", "是"), sounds_alike("鍢", "福"))
        self.assertEqual(sounds_alike("笁", "工"), 0)

    def test_an_unknown_character_stands_for_nothing(self):
        self.assertEqual(stand_ins("A"), [])
        self.assertEqual((likeness("A", "账"), sounds_alike("A", "账")), (0, 0))
