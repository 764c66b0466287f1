"""What any HTML becomes when it is made the body of an article."""

from django.test import SimpleTestCase
from hypothesis import given, settings

from articles import body

from .schema_reader import faults_of
from .specimens import EVERYTHING, tag_soup


class NormaliseCase(SimpleTestCase):
    def assertBecomes(self, source, expected):
        with self.subTest(source=source):
            self.assertEqual(body.normalise(source), expected)
            self.assertEqual(body.normalise(expected), expected)


class CanonicalTests(NormaliseCase):
    def test_it_keeps_a_long_text_of_entities_whole(self):
        for entity, kept in (("账&amp;目", "账&amp;目"), ("账&lt;b&gt;", "账&lt;b&gt;"), ("账&nbsp;目", "账 目")):
            for lead in range(8):
                with self.subTest(entity=entity, lead=lead):
                    text = "公" * lead + entity * 3_000
                    self.assertEqual(body.normalise(f"<p>{text}</p>"), f"<p>{'公' * lead}{kept * 3_000}</p>")

    def test_it_leaves_every_element_of_the_schema_as_it_is(self):
        self.assertEqual(faults_of(EVERYTHING), [])
        self.assertEqual(body.normalise(EVERYTHING), EVERYTHING)

    @settings(max_examples=600, deadline=None)
    @given(tag_soup)
    def test_it_changes_nothing_the_second_time(self, soup):
        once = body.normalise(soup)
        self.assertEqual(body.normalise(once), once)

    @settings(max_examples=600, deadline=None)
    @given(tag_soup)
    def test_it_lets_nothing_through_that_is_not_in_the_schema(self, soup):
        self.assertEqual(faults_of(body.normalise(soup)), [])

    def test_it_writes_the_same_meaning_in_one_way(self):
        for source in (
            "<p><strong>預</strong><b>算</b><em><b>表</b></em></p>",
            "<P><B>預算<I>表</I></B></P>",
            "<p>\n<strong>預算<em>表</em></strong>\n</p>\n\n",
            "<em></em><strong>預算</strong><em><strong>表</strong></em>",
        ):
            self.assertBecomes(source, "<p><strong>預算<em>表</em></strong></p>")

    def test_it_puts_marks_into_one_order(self):
        self.assertBecomes(
            '<sup><em><a href="http://example.org/">[1]</a></em></sup>',
            '<p><a href="http://example.org/"><em><sup>[1]</sup></em></a></p>',
        )

    def test_it_does_not_compose_characters(self):
        self.assertBecomes("<p>e\u0301</p>", "<p>e\u0301</p>")


class TextTests(NormaliseCase):
    def test_it_joins_chinese_lines_the_source_wrapped(self):
        self.assertBecomes(
            "<p>每一筆\n   都寫明，\n「用處」\n在 NGO\n名下</p>", "<p>每一筆都寫明，「用處」在 NGO 名下</p>"
        )

    def test_it_keeps_a_space_that_was_typed(self):
        self.assertBecomes("<h2>第一章  总则</h2>", "<h2>第一章 总则</h2>")

    def test_it_strips_the_indent_of_a_paragraph(self):
        for source in ("<p>　　議事會</p>", "<p>&nbsp; &nbsp;　議事會　</p>", "<p><b>　</b>　議事會</p>"):
            self.assertBecomes(source, "<p>議事會</p>")

    def test_it_keeps_a_wide_space_inside(self):
        self.assertBecomes("<p>王　明</p>", "<p>王　明</p>")

    def test_it_drops_empty_blocks(self):
        for source in (
            "",
            "<p></p>",
            "<p>&nbsp;　</p><h2> </h2>",
            "<ul><li></li></ul>",
            "<p>\u200b</p>",
            "<table><td></table>",
        ):
            self.assertBecomes(source, "")

    def test_it_drops_control_characters(self):
        self.assertBecomes("預\x00算\x0b公&#1;開\x85\ufffe", "<p>預算公開</p>")

    def test_it_keeps_text_that_looks_like_markup(self):
        self.assertBecomes("<p>1 < 2 &amp;lt; &lt;b&gt;</p>", "<p>1 &lt; 2 &amp;lt; &lt;b&gt;</p>")

    def test_it_takes_two_breaks_for_a_new_paragraph(self):
        self.assertBecomes("預算<br>　<br/>公開<br>了<br>", "<p>預算</p>\n<p>公開<br>了</p>")

    def test_it_keeps_the_lines_of_preformatted_text(self):
        self.assertBecomes("<pre>預算\n公開\n\n決算</pre>", "<p>預算<br>公開</p>\n<p>決算</p>")

    def test_it_writes_a_reading_into_brackets(self):
        for source in (
            "<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>好",
            "<ruby>漢<rt>hàn</rt>\n字<rt>zì</ruby>好",
            "<ruby><rb>漢</rb><rt>hàn<rb>字</rb><rt>zì</ruby>好",
        ):
            self.assertBecomes(source, "<p>漢(hàn)字(zì)好</p>")

    def test_it_drops_an_empty_reading(self):
        self.assertBecomes("<ruby>漢<rt></rt></ruby>", "<p>漢</p>")


class ElementTests(NormaliseCase):
    def test_it_moves_headings_to_the_three_levels(self):
        self.assertBecomes(
            "<h1>一</h1><h3>二</h3><h5>三</h5><h6>四</h6>", "<h2>一</h2>\n<h3>二</h3>\n<h4>三</h4>\n<h4>四</h4>"
        )

    def test_it_keeps_the_edges_of_boxes(self):
        self.assertBecomes(
            "一<div>二<section>三</section>四</div>五<hr>六", "\n".join(f"<p>{n}</p>" for n in "一二三四五六")
        )

    def test_it_unwraps_what_only_looks(self):
        self.assertBecomes('<p><font color=red>預<span style="x">算</span></font><u>表</u></p>', "<p>預算表</p>")

    def test_it_makes_paragraphs_of_a_definition_list(self):
        self.assertBecomes("<dl><dt>預算<dd>一年的收支</dl>", "<p>預算</p>\n<p>一年的收支</p>")

    def test_it_drops_what_is_no_text(self):
        for source in (
            "<script>x</script>",
            "<style>p{}</style>",
            "<svg><text>x</text></svg>",
            "<!-- x -->",
            "<title>x",
        ):
            self.assertBecomes(f"一{source}", "<p>一</p>")

    def test_it_keeps_the_text_after_an_element_that_is_never_closed(self):
        self.assertBecomes("一<svg><object>二", "<p>一二</p>")

    def test_it_carries_a_mark_into_the_blocks_inside(self):
        self.assertBecomes(
            "<b><p>一</p><p>二</p></b>三", "<p><strong>一</strong></p>\n<p><strong>二</strong></p>\n<p>三</p>"
        )

    def test_it_ends_a_mark_with_the_cell(self):
        table = body.normalise("<table><tr><td><b>一<td>二</table>三<b>四</b>")
        self.assertIn("<td>二</td>", table)
        self.assertIn("<p>三<strong>四</strong></p>", table)


class LinkTests(NormaliseCase):
    def test_it_keeps_links_to_the_web_and_to_mailboxes(self):
        self.assertBecomes(
            "<a href=' HTTPS://example.org/村 务 ' rel=x>一</a><a href='mailto:a@example.org'>二</a>",
            '<p><a href="https://example.org/村%20务">一</a><a href="mailto:a@example.org">二</a></p>',
        )

    def test_it_keeps_only_the_text_of_other_links(self):
        for address in (
            "javascript:alert(1)",
            "//example.org/",
            "/admin/",
            "#n1",
            "ftp://example.org/",
            "http:\\\\x",
            "",
        ):
            self.assertBecomes(f'<a href="{address}">一</a>', "<p>一</p>")

    def test_it_lets_a_link_end_with_its_block(self):
        self.assertBecomes(
            '<a href="http://example.org/"><h3>題</h3><p>述</p></a>',
            '<h3><a href="http://example.org/">題</a></h3>\n<p>述</p>',
        )


class QuoteAndListTests(NormaliseCase):
    def test_it_keeps_only_paragraphs_in_a_quotation(self):
        self.assertBecomes(
            "<blockquote>一<blockquote><h2>二</h2>三</blockquote></blockquote>",
            "<blockquote>\n<p>一</p>\n<p>二</p>\n<p>三</p>\n</blockquote>",
        )

    def test_it_splits_a_quotation_around_a_list(self):
        self.assertBecomes(
            "<blockquote>一<ul><li>二</ul>三</blockquote>",
            "<blockquote>\n<p>一</p>\n</blockquote>\n<ul>\n<li>二</li>\n</ul>\n<blockquote>\n<p>三</p>\n</blockquote>",
        )

    def test_it_unwraps_a_single_paragraph_in_an_item(self):
        self.assertBecomes("<ul><li><p>一</p></li></ul>", "<ul>\n<li>一</li>\n</ul>")

    def test_it_keeps_several_paragraphs_in_an_item(self):
        self.assertBecomes("<ul><li>一<p>二</li></ul>", "<ul>\n<li>\n<p>一</p>\n<p>二</p>\n</li>\n</ul>")

    def test_it_goes_on_counting_after_a_list_inside(self):
        self.assertBecomes(
            "<ol start=3 data-type=a><li>一<ul><li>二</ul><li>三</ol>",
            '<ol start="3">\n<li>一</li>\n</ol>\n<ul>\n<li>二</li>\n</ul>\n<ol start="4">\n<li>三</li>\n</ol>',
        )

    def test_it_makes_a_paragraph_of_an_item_without_a_list(self):
        self.assertBecomes("<li>一", "<p>一</p>")


class TableTests(NormaliseCase):
    def rows(self, *rows):
        lines = "\n".join(f"<tr>\n{row}\n</tr>" for row in rows)
        return f"<table>\n<tbody>\n{lines}\n</tbody>\n</table>"

    def test_it_puts_the_caption_before_the_table(self):
        source = "<table><caption>表一</caption><thead><tr><td>甲<td>乙<tbody><tr><td>1<td>2</table>"
        rows = self.rows("<th>甲</th>\n<th>乙</th>", "<td>1</td>\n<td>2</td>")
        self.assertBecomes(source, f"<p>表一</p>\n{rows}")

    def test_it_joins_the_paragraphs_of_a_cell(self):
        self.assertBecomes(
            '<table><colgroup><col></colgroup><tr><td colspan="1"><p>一</p><p>二</p></td><td><p>三</p></table>',
            self.rows("<td>一<br>二</td>\n<td>三</td>"),
        )

    def test_it_gives_every_row_the_same_width(self):
        self.assertBecomes(
            "<table><tr><td rowspan=9>一<td colspan=2>二<tr><td>三</table>",
            self.rows('<td rowspan="2">一</td>\n<td colspan="2">二</td>', "<td>三</td>\n<td></td>"),
        )

    def test_it_reads_the_cells_of_a_table_that_sets_out_a_page(self):
        inner = "<table><tr><td>甲<td>乙</table>"
        self.assertBecomes(
            f"<table><tr><td><p>一</p>{inner}</td><td>二</td></tr></table>",
            f"<p>一</p>\n{self.rows('<td>甲</td>' + chr(10) + '<td>乙</td>')}\n<p>二</p>",
        )
        self.assertBecomes("<table><tr><td><h2>一</h2><p>二</table>", "<h2>一</h2>\n<p>二</p>")

    def test_it_takes_a_table_of_too_many_cells_apart(self):
        wide = "<table><tr><td colspan=100>一" + "<tr><td>二" * 300 + "</table>"
        self.assertNotIn("<table>", body.normalise(wide))


class PictureTests(NormaliseCase):
    def figure(self, extra="", name="a.png"):
        return f'<figure>\n<img src="/media/{name}">{extra}\n</figure>'

    def test_it_keeps_what_is_described_decorative_and_not_yet_judged_apart(self):
        for said in ("", ' alt=""', ' alt="村口的井"'):
            with self.subTest(said=said):
                self.assertBecomes(
                    f'<p><img{said} src="/media/a.png"></p>', f'<figure>\n<img src="/media/a.png"{said}>\n</figure>'
                )

    def test_it_lifts_a_picture_out_of_the_text(self):
        self.assertBecomes('<p>一<img src="/media/a.png">二</p>', f"<p>一二</p>\n{self.figure()}")

    def test_it_leaves_a_picture_where_it_begins_a_line(self):
        self.assertBecomes('<p>一<br><img src="/media/a.png"><br>二</p>', f"<p>一</p>\n{self.figure()}\n<p>二</p>")
        self.assertBecomes('<h2><img src="/media/a.png">題</h2>', f"<h2>題</h2>\n{self.figure()}")

    def test_it_lifts_a_picture_out_of_a_table(self):
        result = body.normalise('<table><tr><td>一<img src="/media/a.png"><td>二</table>')
        self.assertTrue(result.endswith(f"</table>\n{self.figure()}"), result)

    def test_it_drops_pictures_that_are_not_ours(self):
        for path in (
            "http://example.org/a.png",
            "//media/a",
            "/media/../admin/",
            "/media/%2e%2e/x",
            "/media//x",
            "data:image/png;base64,x",
        ):
            self.assertBecomes(f'<p>一<img src="{path}" alt="村口的井"></p>', "<p>一</p>")

    def test_it_keeps_sizes_that_are_numbers(self):
        self.assertBecomes(
            '<img height=20 src="/media/a.png" width="10%">',
            '<figure>\n<img src="/media/a.png" height="20">\n</figure>',
        )

    def test_it_gives_the_caption_to_the_last_picture(self):
        self.assertBecomes(
            '<figure><figcaption><p>井</p></figcaption><img src="/media/a.png"><img src="/media/b.png"></figure>',
            self.figure() + "\n" + self.figure("\n<figcaption>井</figcaption>", "b.png"),
        )

    def test_it_keeps_the_caption_of_a_lost_picture_as_text(self):
        self.assertBecomes('<figure><img src="http://x/y"><figcaption>井</figcaption></figure>', "<p>井</p>")


class EditorTests(NormaliseCase):
    """What the ProseMirror editor makes of a body is undone."""

    def test_it_undoes_what_the_editor_adds(self):
        self.assertBecomes(
            '<ol start="3" data-type="1"><li><p>審計</p></li></ol>'
            '<figure class="figure"><img src="/media/a.png" alt=""><figcaption class="c">井</figcaption></figure>'
            '<p><strong>一</strong><a target="_blank" rel="noopener" href="http://example.org/"><sup>[1]</sup></a><br></p>'
            '<table style="min-width: 50px"><colgroup><col style="min-width: 25px"></colgroup><tbody><tr>'
            '<th colspan="1" rowspan="1" scope="col"><p>項目</p></th><td colspan="2" rowspan="1"><p></p></td></tr>'
            "</tbody></table>",
            '<ol start="3">\n<li>審計</li>\n</ol>\n'
            '<figure>\n<img src="/media/a.png" alt="">\n<figcaption>井</figcaption>\n</figure>\n'
            '<p><strong>一</strong><a href="http://example.org/"><sup>[1]</sup></a></p>\n'
            '<table>\n<tbody>\n<tr>\n<th scope="col">項目</th>\n<td colspan="2"></td>\n</tr>\n</tbody>\n</table>',
        )
