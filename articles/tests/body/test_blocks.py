"""The blocks of a body and its plain text."""

from django.test import SimpleTestCase
from hypothesis import given, settings

from articles import body

from .specimens import EVERYTHING, tag_soup


class BlockTests(SimpleTestCase):
    def test_it_numbers_text_bearing_elements_in_order(self):
        found = body.blocks(EVERYTHING)
        self.assertEqual([block.index for block in found], list(range(len(found))))
        self.assertEqual(found[0], body.Block(0, "h2", "預算公開"))
        self.assertEqual(
            [block.element for block in found],
            "h2 p p p p h3 p p h4 li p p li li li p th th th th td td td td td td td figcaption figcaption p".split(),
        )

    def test_it_counts_a_break_as_one_space(self):
        self.assertEqual(body.plain_text("<p>預算<br>公開</p>"), "預算 公開")

    def test_it_reads_escaped_text(self):
        self.assertEqual(body.plain_text("<p>1 &lt; 2 &amp;amp;</p>"), "1 < 2 &amp;")

    @settings(max_examples=300, deadline=None)
    @given(tag_soup)
    def test_it_agrees_with_the_plain_text(self, soup):
        canonical = body.normalise(soup)
        texts = [block.text for block in body.blocks(canonical)]
        self.assertEqual(body.plain_text(canonical).split("\n") if texts else [], texts)
        self.assertTrue(all(texts))

    def test_it_finds_all_the_text_there_is(self):
        for tag in ("p", "li", "th", "td", "figcaption", "strong"):
            self.assertNotIn(f"<{tag}", body.plain_text(EVERYTHING))
        self.assertIn("最後一段。", body.plain_text(EVERYTHING))


class FromParagraphsTests(SimpleTestCase):
    def test_it_escapes_plain_text(self):
        self.assertEqual(body.from_paragraphs(["<b>預算</b> & 決算"]), "<p>&lt;b&gt;預算&lt;/b&gt; &amp; 決算</p>")

    def test_it_gathers_items_into_one_list(self):
        self.assertEqual(
            body.from_paragraphs([("h2", "清單"), ("li", "修路"), ("li", "打井"), ("blockquote", "說清楚。"), "完"]),
            "<h2>清單</h2>\n<ul>\n<li>修路</li>\n<li>打井</li>\n</ul>\n<blockquote>\n<p>說清楚。</p>\n</blockquote>\n<p>完</p>",
        )

    def test_it_refuses_an_element_that_is_no_paragraph(self):
        with self.assertRaisesMessage(ValueError, "<td>"):
            body.from_paragraphs([("td", "三萬")])
