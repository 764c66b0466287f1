from django.test import SimpleTestCase

from articles.restoration.beside import difference, lay
from articles.restoration.comparing import Run

TEXT = ["议事会把预算贴在村口，每一笔都写明用处。", "有不清楚的地方，当场就可以问。"]


class LayTests(SimpleTestCase):
    def test_each_side_keeps_its_own_characters(self):
        (row,) = lay(["議事會把預算貼在村頭。"], ["议事会把预算贴在村口。"], is_folded=True)
        self.assertEqual(row.left, (Run("same", "議事會把預算貼在村"), Run("out", "頭"), Run("same", "。")))
        self.assertEqual(row.right, (Run("same", "议事会把预算贴在村"), Run("in", "口"), Run("same", "。")))

    def test_scripts_differ_where_they_are_not_folded(self):
        (row,) = lay(["預算"], ["预算"])
        self.assertFalse(row.is_same)

    def test_a_paragraph_that_one_side_lacks_stands_alone(self):
        rows = lay([TEXT[0]], TEXT)
        self.assertEqual(
            [(row.number, bool(row.left), bool(row.right)) for row in rows], [(0, True, True), (1, False, True)]
        )

    def test_paragraphs_that_were_cut_into_pieces_keep_their_words(self):
        pieces = ["議事會把預算貼在村口，", "每一筆都寫明用處。"]
        rows = lay(pieces, [TEXT[0]], is_folded=True)
        self.assertEqual("".join(run.text for row in rows for run in row.left).replace("\n", ""), "".join(pieces))


class DifferenceTests(SimpleTestCase):
    def differ(self, left, right, *, is_folded=False):
        return difference(lay(left, right, is_folded=is_folded), is_folded=is_folded)

    def test_punctuation_alone_makes_no_difference(self):
        self.assertEqual(self.differ([TEXT[0].replace("，", ",")], TEXT[:1]), "same")

    def test_it_knows_a_converted_copy(self):
        self.assertEqual(self.differ(["有不清楚的地方，當場就可以問。"], TEXT[1:], is_folded=True), "converted")

    def test_it_knows_a_copy_that_lacks_paragraphs(self):
        self.assertEqual(self.differ(TEXT[:1], TEXT), "cut")

    def test_it_knows_other_words(self):
        self.assertEqual(self.differ([TEXT[0].replace("预算", "决算")], TEXT[:1]), "damaged")

    def test_nothing_is_the_same_as_nothing(self):
        self.assertEqual(self.differ([], []), "same")
