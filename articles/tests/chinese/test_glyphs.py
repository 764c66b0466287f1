"""Rare characters and what they may stand for."""

from django.test import SimpleTestCase

from articles.chinese.glyphs import beyond_standard, is_common, is_everyday, is_standard, look_up, stand_ins


class GlyphTests(SimpleTestCase):
    def test_it_knows_the_levels_of_the_standard_table(self):
        self.assertTrue(is_everyday("账"))
        self.assertTrue(is_common("囿") and not is_everyday("囿"))
        self.assertTrue(is_standard("慥") and not is_common("慥"))
        self.assertFalse(is_standard("囻") or is_standard("a") or is_standard(""))

    def test_it_picks_out_what_the_table_does_not_have(self):
        self.assertEqual(beyond_standard(set("账目昰公开的，OK〇帳")), {"昰", "帳"})

    def test_it_knows_readings_without_tones_parts_and_variants(self):
        glyph = look_up("峩")
        self.assertEqual((glyph.syllables, glyph.parts[-1], glyph.variants), (("e",), "我", "峨"))

    def test_it_offers_what_a_character_holds_shares_or_sounds_like(self):
        for odd, plain in zip("笁叺奣噺昰囻鍢婲嘚", "工入明新是民福花的", strict=True):
            with self.subTest(odd=odd):
                self.assertIn(plain, stand_ins(odd))
                self.assertNotIn(odd, stand_ins(odd))

    def test_what_few_characters_could_do_is_likelier(self):
        self.assertGreater(stand_ins("叺")["入"], stand_ins("叺")["口"])
        self.assertGreater(stand_ins("凊")["情"], stand_ins("凊")["庆"])

    def test_it_offers_the_simplified_form_of_a_variant(self):
        self.assertIn("场", stand_ins("塲"))

    def test_an_unknown_character_stands_for_nothing(self):
        self.assertEqual(stand_ins("A"), {})
        self.assertEqual(look_up("A").number, 0)
