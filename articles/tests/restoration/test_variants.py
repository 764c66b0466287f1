"""Where two copies read differently, and where that stands in the text that is edited."""

from itertools import pairwise

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles import body, restoration
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
        first, second = TEXT[1].split("；")
        variant = self.one([TEXT[0], f"{first}；", second, TEXT[2]], list(TEXT))
        self.assertEqual((variant.kind, variant.is_formal, variant.spot), ("break", True, None))

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


class BreakTests(SimpleTestCase):
    """A sentence that stands in another paragraph is the same sentence."""

    def test_a_change_inside_a_sentence_that_moved_over_a_break_is_the_only_variant(self):
        text = ["账目贴在村口。村里讨论了一夜。", "第二天大家都来看。"]
        copy = ["账目贴在村口。", "村里讨论了整夜。第二天大家都来看。"]
        found = [variant for variant in collate(copy, text, text).variants if not variant.is_formal]
        self.assertEqual(
            [(variant.left, variant.right, variant.spot) for variant in found], [("整", "一", Spot(0, 12, 13))]
        )

    def test_breaks_are_told_as_differences_of_form(self):
        copy = ["".join(TEXT[:2]), TEXT[2]]
        (variant,) = collate(copy, TEXT, TEXT).variants
        self.assertEqual((variant.left, variant.right, variant.kind, variant.is_formal), ("", "\n", "break", True))

    def test_a_space_at_a_break_is_a_part_of_it(self):
        text = ["See the accounts", "at the gate."]
        (variant, _) = collate(["See the accounts at the gate."], text, text).variants
        self.assertEqual((variant.kind, variant.spot), ("break", None))

    def test_words_put_in_at_a_break_go_where_the_copy_has_them(self):
        text = ["账目贴在村口。", "大家都来看。"]
        for copy, spot in (
            (["账目贴在村口。人人可查。", "大家都来看。"], Spot(0, 7, 7)),
            (["账目贴在村口。", "人人可查。大家都来看。"], Spot(1, 0, 0)),
            (["账目贴在村口。人人可查。大家都来看。"], Spot(0, 7, 7)),
        ):
            with self.subTest(copy=copy):
                (variant,) = (each for each in collate(copy, text, text).variants if each.kind != "break")
                self.assertEqual((variant.left, variant.spot), ("人人可查。", spot))

    def test_all_of_a_paragraph_is_not_taken_away(self):
        (variant,) = collate(TEXT[:2], TEXT, TEXT).variants
        self.assertEqual((variant.kind, variant.spot), ("whole", None))


class TranspositionTests(SimpleTestCase):
    def kinds(self, left, right):
        return [(variant.kind, variant.spot) for variant in collate(left, right, right).variants]

    def test_a_sentence_that_stands_elsewhere_is_named_as_moved_at_both_places(self):
        one, two, three = "村里讨论了一整夜。", "第二天账目贴在村口。", "看不懂的地方当场解释。"
        self.assertEqual(self.kinds([one + two + three], [two + three + one]), [("moved", None)] * 2)

    def test_it_is_known_with_another_word_in_it(self):
        one, two, three = "村里讨论了一整夜。", "第二天账目贴在村口。", "看不懂的地方当场解释。"
        moved = self.kinds([one, two, three], [two, three, one.replace("一整夜", "一整晚")])
        self.assertEqual({kind for kind, _ in moved}, {"moved"})

    def test_a_few_words_that_stand_close_by_are_moved_too(self):
        left, right = ["昨天他把账目贴在了村口。"], ["他昨天把账目贴在了村口。"]
        self.assertEqual(self.kinds(left, right), [("moved", None)] * 2)

    def test_a_word_that_only_one_copy_has_is_not(self):
        self.assertEqual([kind for kind, _ in self.kinds(changed(2, "却不", "却并不"), TEXT)], ["words"])


class ScriptTests(SimpleTestCase):
    def one(self, copy, text, script, **kept):
        (variant,) = collate(copy, text, text, script=script, **kept).variants
        return variant

    def test_a_reading_is_written_in_the_script_of_the_text_and_what_was_printed_is_kept(self):
        variant = self.one(["账目贴在车站,头发白了。"], ["賬目貼在村口,頭髮白了。"], "hant")
        self.assertEqual((variant.left, variant.printed, variant.standing), ("車站", ("车站", "村口"), "村口"))
        variant = self.one(["賬目貼在車站。"], ["账目贴在村口。"], "hans")
        self.assertEqual((variant.left, variant.printed[0]), ("车站", "車站"))

    def test_characters_of_both_scripts_are_not_converted_in_a_traditional_copy(self):
        self.assertEqual(self.one(["皇后說的話。"], ["皇帝說的話。"], "hant").left, "后")

    def test_a_stray_character_of_the_other_script_in_the_text_is_a_variant_of_form(self):
        for copy, text, script in (("开会说的话。", "开会說的话。", "hans"), ("開會說的話。", "開會说的話。", "hant")):
            with self.subTest(script=script):
                variant = self.one([copy], [text], script)
                self.assertEqual((variant.is_formal, variant.left, variant.agreement), (True, copy[2], "right"))

    def test_copies_may_be_compared_as_they_were_printed(self):
        self.assertEqual(collate(["開會。"], ["开会。"], ["开会。"], script="hans").variants, [])
        variant = self.one(["開會。"], ["开会。"], "hans", as_printed=True)
        self.assertEqual(variant.printed, ("開會", "开会"))

    def test_where_both_would_be_written_alike_the_text_agrees_with_both(self):
        text = ["开会。"]
        self.assertEqual(self.one(["開會。"], text, "hans", as_printed=True).agreement, "both")


SENTENCES = (
    "村口贴出账目，大家都来看。",
    "看不懂的地方，会计当场解释。",
    "一年以后再看，账目已经贴了十二次！",
    "外村的人来学，学回去的是那些话。",
    "第一次会议定在三月初九上午；",
    "来的人不多，会没有开成。",
    "后来 Wang 改在晚上开，人就多了。",
    "道理却不复杂。",
)
EDITS = st.sampled_from(["", "", "", "out", "in", "other", "gone", "added"])


@st.composite
def texts(draw):
    """Return a text and a copy of it with other words and other breaks, none of them moved."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8, unique=True))
    copied = "".join(draw(edited(sentence)) for sentence in chosen) or "空。"
    return draw(broken("".join(chosen))), draw(broken(copied))


@st.composite
def edited(draw, sentence):
    kind, place = draw(EDITS), draw(st.integers(0, len(sentence) - 3))
    return {
        "out": sentence[:place] + sentence[place + 2 :],
        "in": f"{sentence[:place]}未曾{sentence[place:]}",
        "other": f"{sentence[:place]}乡亲{sentence[place + 2 :]}",
        "gone": "",
        "added": f"{sentence}这是添的一句。",
    }.get(kind, sentence)


@st.composite
def broken(draw, words):
    """Cut the words into paragraphs anywhere."""
    cuts = draw(st.sets(st.integers(1, max(len(words) - 1, 1)), max_size=5))
    paragraphs = [words[one:other] for one, other in pairwise(sorted({0, len(words), *cuts}))]
    return [block.text for block in body.blocks(body.from_paragraphs(paragraphs))]


def words_of(paragraphs):
    return "".join("".join(paragraphs).split())


class TakingTests(SimpleTestCase):
    """What is offered can be taken, taken back, and ends with the words of the copy."""

    @given(st.data())
    def test_breaking_a_text_elsewhere_offers_nothing(self, data):
        words = "".join(data.draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12)))
        text, copy = data.draw(broken(words)), data.draw(broken(words))
        variants = collate(copy, text, text).variants
        self.assertEqual([variant for variant in variants if variant.spot or not variant.is_formal], [])

    @given(texts())
    def test_taking_all_that_is_offered_ends_with_the_words_of_the_copy(self, pair):
        text, copy = pair
        standing = body.from_paragraphs(text)
        for _time in range(60):
            text = [block.text for block in body.blocks(standing)]
            variants = collate(copy, text, text).variants
            offered = [variant for variant in variants if variant.spot]
            if not offered:
                break
            standing = self.taken(standing, offered[0])
        left_over = [variant for variant in variants if variant.kind != "break"]
        self.assertEqual(offered, [])
        self.assertTrue(left_over or words_of(text) == words_of(copy))
        self.assertLessEqual({variant.kind for variant in left_over}, {"whole", "moved"})

    def taken(self, standing, variant):
        at = variant.spot
        wanted = restoration.Finding("variant", "info", at.block, at.start, at.end, variant.standing, variant.left)
        repaired = restoration.carry_out(standing, [wanted])
        self.assertEqual(len(repaired.findings), 1)
        self.assertEqual(body.normalise(repaired.body_html), repaired.body_html)
        self.assertEqual(restoration.undo(repaired.body_html, repaired.findings), standing)
        return repaired.body_html
