"""Characters that are no text."""

from django.test import SimpleTestCase

from articles.intake import repairs


class CharacterTests(SimpleTestCase):
    def test_it_takes_out_what_is_no_text_and_says_where(self):
        cleaned, findings = repairs.clean("<p>账\u200b目<strong>公\ue62a开</strong>&amp;nbsp;了</p>")
        self.assertEqual(cleaned, "<p>账目<strong>公开</strong>了</p>")
        self.assertEqual(
            [(each.code, each.start, each.found) for each in findings],
            [("zero_width", 1, "\u200b"), ("private_use", 3, "\ue62a"), ("html_residue", 4, "&nbsp;")],
        )

    def test_it_keeps_what_an_entity_stands_for(self):
        cleaned, findings = repairs.clean("<p>他说&amp;ldquo;公开&amp;rdquo;。</p>")
        self.assertEqual(cleaned, "<p>他说“公开”。</p>")
        self.assertEqual([(each.start, each.end, each.suggestion) for each in findings], [(2, 3, "“"), (5, 6, "”")])

    def test_it_drops_a_block_of_nothing_else(self):
        cleaned, (finding,) = repairs.clean("<p>账目公开</p>\n<p>\ue62a</p>\n<p>意见答复</p>")
        self.assertEqual(cleaned, "<p>账目公开</p>\n<p>意见答复</p>")
        self.assertEqual((finding.block, finding.start, finding.end, finding.suggestion), (0, 4, 4, ""))

    def test_spaces_around_it_go_with_it(self):
        cleaned, _ = repairs.clean("<p>账目 \ue62a 公开<br>\ue62a<br>意见答复 \ue62a</p>")
        self.assertEqual(cleaned, "<p>账目 公开<br>意见答复</p>")
