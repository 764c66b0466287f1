"""Where two copies read differently, and where that stands in the text that is edited."""

from django.test import SimpleTestCase

from articles.restoration.variants import Spot, collate

TEXT = [
    "清溪乡的三次会议，都没有开成。",
    "第一次定在三月初九上午，四十三名代表到了十四名；第二次改在晚上七点半，来的人多了。",
    "会开成了，道理却不复杂。",
]


def changed(number, old, new):
    return [text.replace(old, new) if place == number else text for place, text in enumerate(TEXT)]


class VariantTests(SimpleTestCase):
    def one(self, left, right, text=TEXT):
        (variant,) = collate(left, right, text).variants
        return variant

    def test_it_says_which_copy_the_text_agrees_with(self):
        damaged = changed(1, "三月初九", "二月初九")
        variant = self.one(damaged, list(TEXT))
        self.assertEqual((variant.left, variant.right, variant.agreement), ("二", "三", "right"))
        self.assertEqual(self.one(list(TEXT), damaged).agreement, "left")

    def test_it_says_what_the_text_reads_where_it_agrees_with_neither(self):
        variant = self.one(changed(1, "十四名", "十五名"), changed(1, "十四名", "十六名"))
        self.assertEqual((variant.agreement, variant.standing), ("neither", "四"))
        self.assertEqual(TEXT[1][variant.spot.start : variant.spot.end], "四")

    def test_words_that_only_one_copy_has_are_found_between_their_neighbours(self):
        variant = self.one(changed(2, "却不复杂", "却并不复杂"), list(TEXT))
        self.assertEqual((variant.left, variant.right), ("并", ""))
        self.assertEqual(variant.spot, Spot(2, 8, 8))

    def test_the_text_itself_may_be_one_of_both(self):
        variant = self.one(changed(0, "没有", "未能"), TEXT)
        self.assertEqual((variant.agreement, variant.spot), ("right", Spot(0, 10, 12)))

    def test_the_place_is_not_sure_where_its_neighbours_are_missing(self):
        text = ["全新的一段，与两个传本都不相同。"]
        variant = self.one(changed(1, "十四名", "十五名"), list(TEXT), text)
        self.assertEqual((variant.agreement, variant.spot), ("unknown", None))

    def test_it_finds_the_place_by_the_right_copy_where_the_left_one_is_too_far_away(self):
        left = changed(1, "，四十三名代表到了十四名；", "（略）")
        variants = collate(left, list(TEXT), list(TEXT)).variants
        self.assertEqual([variant.agreement for variant in variants], ["right"])

    def test_a_paragraph_that_one_copy_lacks_is_one_variant(self):
        variant = self.one(TEXT[:2], list(TEXT))
        self.assertTrue(variant.is_whole)
        self.assertEqual((variant.left, variant.right, variant.spot), ("", TEXT[2], None))

    def test_a_paragraph_cut_in_two_is_no_reading(self):
        cut = [TEXT[0], *TEXT[1].split("；"), TEXT[2]]
        self.assertTrue(all(variant.spot is None for variant in collate(cut, list(TEXT), TEXT).variants))

    def test_places_are_counted_in_the_paragraphs_of_the_text_however_a_copy_was_cut(self):
        cut = [
            TEXT[0],
            "第一次定在三月初九上午，四十三名代表到了十四名；",
            "第二次改在夜里七点半，来的人多了。",
            TEXT[2],
        ]
        spots = {variant.left: variant.spot for variant in collate(cut, list(TEXT), list(TEXT)).variants}
        self.assertEqual(spots["夜里"], Spot(1, 29, 31))

    def test_script_punctuation_and_spaces_make_a_variant_formal(self):
        for old, new, is_formal in (("，都", ",都", True), ("会议", "會議", True), ("三次", "二次", False)):
            with self.subTest(new=new):
                self.assertIs(self.one(changed(0, old, new), list(TEXT)).is_formal, is_formal)

    def test_equal_copies_have_none(self):
        self.assertEqual(collate(list(TEXT), list(TEXT), TEXT).variants, [])

    def test_the_same_variant_has_the_same_key_and_another_one_another(self):
        one, same = (collate(changed(1, "十四", "十五"), list(TEXT), TEXT).variants for _time in range(2))
        self.assertEqual(one[0].key, same[0].key)
        self.assertNotEqual(one[0].key, self.one(changed(1, "十四", "十六"), list(TEXT)).key)
