"""Characters a typesetter's font puts in place of the usual ones."""

import unicodedata

from django.test import SimpleTestCase

from articles.chinese.compatibility import FORMS, SUPPLEMENT, SUPPLEMENT_START, to_usual


class UsualTests(SimpleTestCase):
    def test_radicals_and_compatibility_ideographs_become_what_they_look_like(self):
        for odd, usual in (("⽩⿃⼭", "白鳥山"), ("⻚⻅⻋⻔⻓", "页见车门长"), ("\uf9a9\uf967", "囹不")):
            with self.subTest(odd):
                self.assertEqual(to_usual(odd), usual)

    def test_two_radicals_go_by_the_script(self):
        self.assertEqual((to_usual("⼾⼝"), to_usual("⼾⼝", "hant")), ("户口", "戶口"))

    def test_vertical_marks_become_full_width(self):
        self.assertEqual(to_usual("︽账本︾︐︵一︶︒"), "《账本》，（一）。")

    def test_nothing_else_is_touched(self):
        text = "账目（2021年）：Ａ、①、㎡、…，﹏ ½ é"
        self.assertEqual(to_usual(text), text)

    def test_every_form_stays_one_character(self):
        for char in map(chr, [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0xFE10, 0xFE50)]):
            self.assertEqual(len(to_usual(char)), 1)
            if to_usual(char) != char:
                self.assertTrue(FORMS.fullmatch(char))

    def test_the_supplement_agrees_with_unicode_where_unicode_says_anything(self):
        for place, char in enumerate(SUPPLEMENT):
            radical = chr(SUPPLEMENT_START + place)
            decomposed = unicodedata.normalize("NFKC", radical)
            if decomposed != radical:
                self.assertEqual(char, decomposed)
