"""Which script a text is written in."""

from django.test import SimpleTestCase

from articles.chinese.scripts import (
    is_han,
    script_of,
    simplified_only,
    to_simplified,
    to_traditional,
    traditional_only,
)


class ScriptTests(SimpleTestCase):
    def test_it_tells_the_scripts_apart(self):
        self.assertEqual(script_of("村里把账目贴在祠堂门口。"), "hans")
        self.assertEqual(script_of("村裡把帳目貼在祠堂門口。"), "hant")

    def test_it_calls_a_text_of_both_mixed(self):
        self.assertEqual(script_of("议事会把预算贴在村口。議事會把預算貼在村口。"), "mixed")

    def test_it_forgives_a_few_strays(self):
        self.assertEqual(
            script_of("议事会把预算贴在村口，让每个人都能看见账目，这是推動公开的头一步，也是最难办到的一步。"), "hans"
        )

    def test_it_takes_a_text_that_tells_nothing_for_simplified(self):
        self.assertEqual(script_of("2013 ABC"), "hans")
        self.assertEqual(script_of(""), "hans")

    def test_it_knows_characters_that_both_scripts_use(self):
        for char in "里后干于台":
            with self.subTest(char=char):
                self.assertFalse(traditional_only(char))
                self.assertFalse(simplified_only(char))
        self.assertTrue(traditional_only("動"))
        self.assertTrue(simplified_only("动"))

    def test_it_converts_one_for_one(self):
        line = "黨的群眾路線、發展與變化；頭髮。"
        self.assertEqual(to_simplified(line), "党的群众路线、发展与变化；头发。")
        self.assertEqual(to_traditional("群众路线"), "群眾路線")

    def test_it_knows_han_characters(self):
        self.assertTrue(all(map(is_han, "村〇㐀𠀀")))
        self.assertFalse(any(map(is_han, "aあ，1")))
