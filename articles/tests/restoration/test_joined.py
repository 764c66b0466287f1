"""Two texts laid beside each other without regard to where either breaks its paragraphs."""

from itertools import pairwise

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.restoration.comparing import differences
from articles.restoration.joined import Joined, lay

TEXT = ["村口贴出账目。", "大家都来看。", "看不懂的当场问。"]
paragraphs = st.lists(st.text(alphabet="账目公开。", min_size=1, max_size=8), max_size=6)


def laid(left, right):
    ours, theirs = Joined(left), Joined(right)
    return lay(ours, theirs, differences(ours.words, theirs.words))


class JoinedTests(SimpleTestCase):
    def rows(self, left, right):
        return [(row.left, row.right, row.left_text, row.right_text) for row in laid(left, right).rows]

    def test_a_row_ends_where_both_break(self):
        joined = TEXT[0] + TEXT[1]
        self.assertEqual(
            self.rows(TEXT, [joined, TEXT[2]]), [(0, 0, f"{TEXT[0]}\n{TEXT[1]}", joined), (2, 1, TEXT[2], TEXT[2])]
        )

    def test_a_break_that_one_text_lacks_differs_in_no_words(self):
        found = laid(TEXT, ["".join(TEXT)])
        self.assertEqual(found.differing, [])
        self.assertEqual([each.counts for each in found.breaks], [(1, 0), (1, 0)])

    def test_a_paragraph_that_one_text_lacks_has_a_row_of_its_own_and_no_break_besides(self):
        found = laid(TEXT, [TEXT[0], TEXT[2]])
        self.assertEqual([(row.left, row.right) for row in found.rows], [(0, 0), (1, None), (2, 1)])
        self.assertEqual((len(found.differing), found.breaks), (1, []))

    def test_what_differs_on_both_sides_of_a_break_is_two_differences(self):
        found = laid(["村口贴出账目甲", "乙大家都来看。"], ["村口贴出账目丙", "丁大家都来看。"])
        self.assertEqual([each.end for each in found.differing], [(7, 7), (8, 8)])

    @given(paragraphs, paragraphs)
    def test_every_paragraph_of_both_texts_stands_in_the_rows(self, left, right):
        rows = laid(left, right).rows
        ours = "\n".join(row.left_text for row in rows if row.left is not None)
        theirs = "\n".join(row.right_text for row in rows if row.right is not None)
        self.assertEqual((ours, theirs), ("\n".join(left), "\n".join(right)))

    @given(paragraphs, st.data())
    def test_other_breaks_alone_make_no_words_differ(self, left, data):
        words = "".join(left)
        places = data.draw(st.sets(st.integers(1, max(len(words) - 1, 1))))
        cuts = sorted({0, len(words), *(place for place in places if place < len(words))})
        right = [words[one:other] for one, other in pairwise(cuts)]
        self.assertEqual(laid(left, right).differing, [])
