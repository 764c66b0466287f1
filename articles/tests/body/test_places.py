"""Naming a place in a body, finding it again, and putting other words there."""

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body

from .specimens import EVERYTHING

BODY = body.normalise(
    "<h2>預算公開</h2><p>議事會把<strong>預算</strong>貼在村口，每一筆都寫明用處。</p><p>村民看了預算，說要看決算。</p>"
)


class FindTests(SimpleTestCase):
    def setUp(self):
        self.place = body.place_at(BODY, 1, 4, 6)

    def test_it_names_a_place_with_its_neighbours(self):
        self.assertEqual(self.place.exact, "預算")
        self.assertEqual(self.place.prefix, "預算公開\n議事會把")
        self.assertTrue(self.place.suffix.startswith("貼在村口"))
        self.assertLessEqual(len(self.place.suffix), 32)

    def test_it_finds_a_place_that_has_not_moved(self):
        self.assertEqual(body.find(BODY, self.place), self.place)

    def test_it_follows_a_place_into_another_block(self):
        found = body.find("<p>先說一句。</p>\n" + BODY, self.place)
        self.assertEqual((found.block, found.start, found.end), (2, 4, 6))

    def test_it_follows_a_place_along_its_block(self):
        found = body.find(BODY.replace("議事會", "村裡的議事會"), self.place)
        self.assertEqual((found.block, found.start), (1, 7))

    def test_it_finds_no_place_whose_words_are_gone(self):
        self.assertIsNone(body.find(BODY.replace("預算", "決算"), self.place))

    def test_it_does_not_choose_between_equals(self):
        lone = body.Place(9, 0, 2, "預算", "", "")
        self.assertIsNone(body.find(BODY, lone))

    def test_it_does_not_take_the_same_words_elsewhere_for_the_place(self):
        changed = BODY.replace("議事會把<strong>預算</strong>貼在村口，每一筆都寫明用處。", "另起一段。")
        self.assertIsNone(body.find(changed, self.place))

    def test_it_knows_long_words_again_among_new_neighbours(self):
        place = body.place_at(BODY, 1, 11, 20)
        found = body.find(f"<p>新的開頭，{place.exact}而且新的結尾。</p>", place)
        self.assertEqual(found.exact, place.exact)

    def test_it_follows_short_words_with_a_block_that_moved_as_a_whole(self):
        lines = [
            "村口贴出账目，谁都可以来看一看，问一问，站到天黑。",
            "代表念,大家听。",
            "散会以后，会计把账本收回了办公室，锁上门。",
        ]
        place = body.place_at(body.from_paragraphs(lines), 1, 3, 4)
        moved = body.from_paragraphs(["后来又添了一段。", lines[0], lines[2], lines[1]])
        found = body.find(moved, place)
        self.assertEqual((found.block, found.start), (3, 3))
        self.assertIsNone(body.find(moved.replace("大家听", "大家都听"), place))

    def test_it_finds_a_place_between_two_characters(self):
        place = body.place_at(BODY, 2, 4, 4)
        found = body.find("<p>先說一句。</p>\n" + BODY, place)
        self.assertEqual((found.block, found.start, found.end), (3, 4, 4))

    def test_it_counts_code_points(self):
        rare = "<p>𠮷田𠮷田村</p>"
        place = body.place_at(rare, 0, 2, 4)
        self.assertEqual(place.exact, "𠮷田")
        self.assertEqual(body.find(rare, place), place)

    def test_it_refuses_a_place_outside_the_body(self):
        for block, start, end in ((9, 0, 1), (-1, 0, 1), (0, 3, 9), (0, 2, 1)):
            with self.subTest(block=block, start=start, end=end), self.assertRaises(IndexError):
                body.place_at(BODY, block, start, end)

    @settings(max_examples=200, deadline=None)
    @given(st.data())
    def test_it_finds_every_place_of_an_unchanged_body(self, data):
        block = data.draw(st.sampled_from(body.blocks(EVERYTHING)))
        start = data.draw(st.integers(0, len(block.text)))
        end = data.draw(st.integers(start, len(block.text)))
        place = body.place_at(EVERYTHING, block.index, start, end)
        self.assertEqual(body.find(EVERYTHING, place), place)


class ReplaceTests(SimpleTestCase):
    def test_it_keeps_the_marks_around_new_words(self):
        self.assertIn("把<strong>決算表</strong>貼在", body.replace(BODY, 1, 4, 6, "決算表"))

    def test_it_keeps_marks_character_by_character_in_words_of_one_length(self):
        self.assertIn("会<strong>预</strong>算", body.replace("<p>會<strong>預</strong>算</p>", 0, 0, 3, "会预算"))

    def test_it_touches_only_what_differs(self):
        self.assertEqual(
            body.replace("<p>議事<em>會</em>把預算貼出</p>", 0, 0, 8, "議事會把預算表貼出"),
            "<p>議事<em>會</em>把預算表貼出</p>",
        )

    def test_it_keeps_a_break_inside(self):
        self.assertEqual(body.replace("<p>預算<br>公开</p>", 0, 0, 5, "预算 公开"), "<p>预算<br>公开</p>")

    def test_it_escapes_new_words(self):
        self.assertEqual(body.replace("<p>預算</p>", 0, 0, 2, "<b>&"), "<p>&lt;b&gt;&amp;</p>")

    def test_it_takes_out_a_block_left_empty(self):
        self.assertEqual(body.replace("<ul>\n<li>一</li>\n</ul>\n<p>二</p>", 0, 0, 1, ""), "<p>二</p>")

    def test_it_writes_into_cells_and_captions(self):
        index = next(block.index for block in body.blocks(EVERYTHING) if block.text == "合計三萬")
        self.assertIn('<td colspan="2">合計<strong>四萬</strong></td>', body.replace(EVERYTHING, index, 2, 3, "四"))

    def test_it_refuses_a_place_outside_the_body(self):
        with self.assertRaises(IndexError):
            body.replace(BODY, 1, 0, 99, "決算")

    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def test_it_can_be_undone(self, data):
        block = data.draw(st.sampled_from(body.blocks(BODY)))
        start = data.draw(st.integers(0, len(block.text) - 1))
        end = data.draw(st.integers(start + 1, len(block.text)))
        old = block.text[start:end]
        new = data.draw(st.text("預算決賬目", min_size=len(old), max_size=len(old)))
        changed = body.replace(BODY, block.index, start, end, new)
        self.assertEqual(body.normalise(changed), changed)
        self.assertEqual(body.replace(changed, block.index, start, end, old), BODY)

    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def test_it_can_be_undone_where_the_length_changes(self, data):
        text = body.blocks(BODY)[2].text
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start, len(text)))
        new = data.draw(st.text("預算決賬目", min_size=1, max_size=9))
        changed = body.replace(BODY, 2, start, end, new)
        self.assertEqual(body.replace(changed, 2, start, start + len(new), text[start:end]), BODY)
