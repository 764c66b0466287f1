"""Two texts beside each other: nothing of either is lost, and what answers what is found however they were cut."""

import random
from itertools import pairwise

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.restoration.comparing import Row, compare

TEXT = [
    "村口贴出账目，大家都来看，每一笔都写明用处。",
    "看不懂的地方，会计当场解释，解释不清的记下来。",
    "一年以后再看，账目已经贴了十二次，没有一次拖延。",
    "外村的人来学，学回去的是那面墙，也是那些话。",
]
paragraphs = st.lists(st.text(alphabet="账目公开。,\u200b", max_size=12), max_size=8)


def sides(rows: list[Row]) -> tuple[list[str], list[str]]:
    """Return both texts as the rows give them."""
    left = "\n".join(row.left_text for row in rows if row.left is not None)
    right = "\n".join(row.right_text for row in rows if row.right is not None)
    return left.split("\n"), right.split("\n")


def changes(rows: list[Row]) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for row in rows for run in row.runs if run.kind != "same"]


class ComparingTests(SimpleTestCase):
    def test_equal_texts_are_the_same_throughout(self):
        rows = compare(TEXT, TEXT)
        self.assertEqual([(row.left, row.right, row.is_same) for row in rows], [(n, n, True) for n in range(4)])

    def test_it_names_the_characters_that_differ(self):
        rows = compare(TEXT, [TEXT[0], TEXT[1].replace("会计", "會計"), TEXT[2].replace("，", ",", 1), TEXT[3]])
        self.assertEqual(changes(rows), [("out", "会计"), ("in", "會計"), ("out", "，"), ("in", ",")])

    def test_a_paragraph_that_was_put_in_moves_no_other(self):
        rows = compare(TEXT, [TEXT[0], "（下一页还有）", *TEXT[1:]])
        self.assertEqual([(row.left, row.right) for row in rows], [(0, 0), (None, 1), (1, 2), (2, 3), (3, 4)])

    def test_a_paragraph_cut_in_two_stays_one_row(self):
        rows = compare(TEXT, [TEXT[0], TEXT[1][:7], TEXT[1][7:], *TEXT[2:]])
        self.assertEqual([(row.left, row.right) for row in rows], [(0, 0), (1, 1), (2, 3), (3, 4)])
        self.assertEqual(changes(rows), [("in", "\n")])

    def test_paragraphs_run_together_stay_one_row(self):
        rows = compare(TEXT, [TEXT[0] + TEXT[1] + TEXT[2], TEXT[3]])
        self.assertEqual([(row.left, row.right) for row in rows], [(0, 0), (3, 1)])
        self.assertEqual(changes(rows), [("out", "\n"), ("out", "\n")])

    def test_pieces_that_share_their_words_with_each_other_stay_one_row_too(self):
        piece = "村里的账目贴在村口(kǒu),村里的会议开在村口,村里的人都来看。"
        whole = piece.replace("(kǒu)", "").replace(",", "，") * 4
        rows = compare([f"{number}、{piece}" for number in range(4)], [whole])
        self.assertEqual([(row.left, row.right) for row in rows], [(0, 0)])

    def test_a_paragraph_that_stands_twice_is_put_in_once(self):
        rows = compare(TEXT, [TEXT[0] + "好。", TEXT[0] + "好！", *TEXT[1:]])
        self.assertEqual(len(rows), 5)

    def test_it_knows_a_paragraph_in_the_other_script(self):
        rows = compare(["村裡貼出賬目，說明每一筆開支。"], ["新的开头。", "村里贴出账目，说明每一笔开支。"])
        self.assertEqual([(row.left, row.right) for row in rows], [(None, 0), (0, 1)])

    def test_what_is_quite_another_text_stands_beside_what_it_took_the_place_of(self):
        rows = compare([TEXT[0], "æ\x9d\x91å\x8f£", TEXT[2]], [TEXT[0], "村口", TEXT[2]])
        self.assertEqual([(row.left, row.right) for row in rows], [(0, 0), (1, 1), (2, 2)])

    def test_a_text_without_paragraphs_is_compared_by_its_sentences(self):
        line = "".join(TEXT) * 60
        self.assertEqual(changes(compare([line], [line[:-1] + "！"])), [("out", "。"), ("in", "！")])

    @given(paragraphs, paragraphs)
    def test_nothing_of_either_text_is_lost(self, left, right):
        rows = compare(left, right)
        self.assertEqual(sides(rows), ("\n".join(left).split("\n"), "\n".join(right).split("\n")))
        for numbers in ([row.left for row in rows], [row.right for row in rows]):
            there = [number for number in numbers if number is not None]
            self.assertTrue(all(one < other for one, other in pairwise(there)))

    def test_two_long_texts_that_share_nothing_are_given_up_in_time(self):
        dice = random.Random(4)  # noqa: S311 -- no secret
        left, right = ("".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(400_000)) for _ in range(2))
        for one, other in (([left], [right]), (["ab"] * 50_000, ["ba"] * 50_000), (["。" * 400_000], ["，" * 400_000])):
            self.assertEqual(sides(compare(one, other)), (one, other))
