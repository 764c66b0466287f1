"""How a stored body is set for the page."""

from django.test import SimpleTestCase, TestCase
from django.utils import translation

from articles import body
from articles.models import Edition, Picture
from articles.templatetags.setting import set_text


def setting(html, *, language="zh-hans", script="hans", notes=""):
    edition = Edition(body_html=body.normalise(html), script=script, notes=notes)
    with translation.override(language):
        return set_text(edition)


class AddressTests(SimpleTestCase):
    def test_it_gives_every_block_an_address_in_the_order_of_the_blocks(self):
        text = setting(
            "<h2>一、预算</h2><p>贴在村口。</p><ul><li>每一笔</li></ul><blockquote><p>当场可问。</p></blockquote>"
        )
        for line in (
            '<h2 id="p1">一、预算</h2>',
            '<p id="p2">贴在村口。</p>',
            '<li id="p3">每一笔</li>',
            '<p id="p4">当场可问。</p>',
        ):
            self.assertIn(line, text.html)

    def test_it_keeps_the_attributes_of_a_cell(self):
        text = setting(
            '<table><tr><th scope="col">项目</th><td>金额</td></tr><tr><td colspan="2">合计</td></tr></table>'
        )
        self.assertIn('<th scope="col" id="p1">项目</th>', text.html)
        self.assertIn('<td colspan="2" id="p3">合计</td>', text.html)

    def test_it_lets_a_wide_table_scroll_where_a_keyboard_reaches_it(self):
        text = setting("<table><tr><td>甲</td><td>乙</td></tr></table>")
        self.assertIn('role="region" aria-label="表格" tabindex="0"><table>', text.html)
        self.assertIn("</table></div>", text.html)

    def test_it_sets_the_source_of_a_quotation_and_the_caption_of_a_table_apart_from_prose(self):
        table = "<table><tr><td>甲</td><td>乙</td></tr></table>"
        text = setting(
            f"<blockquote><p>可问。</p><p>——《条例》</p></blockquote><p>——破折</p><p>表一 收支</p>{table}<p>表一</p>"
        )
        self.assertIn('<p class="from" id="p2">——《条例》</p>', text.html)
        self.assertIn('<p id="p3">——破折</p>', text.html)
        self.assertIn('<p class="caption" id="p4">表一 收支</p>', text.html)
        self.assertIn('<p id="p7">表一</p>', text.html)

    def test_it_shows_an_empty_body(self):
        self.assertEqual(setting("").html, "")


class HeadingTests(SimpleTestCase):
    def test_it_lists_headings_with_their_addresses(self):
        text = setting("<h2>一、<em>预算</em></h2><p>甲</p><h3>收入</h3>")
        self.assertEqual([(h.number, h.level, h.text) for h in text.headings], [(1, 2, "一、预算"), (3, 3, "收入")])

    def test_it_skips_no_level_on_the_way_down(self):
        text = setting("<h4>题</h4><p>甲</p><h2>二</h2><h4>三</h4>")
        self.assertEqual([heading.level for heading in text.headings], [2, 2, 3])
        self.assertIn('<h3 id="p4">三</h3>', text.html)

    def test_it_leaves_note_numbers_out_of_the_contents(self):
        text = setting("<h2>预算<sup>[1]</sup></h2>", notes="见下。")
        self.assertEqual(text.headings[0].text, "预算")

    def test_it_asks_for_contents_where_a_text_has_three_headings_or_is_long(self):
        self.assertFalse(setting("<h2>一</h2><p>甲</p><h2>二</h2>").needs_contents)
        self.assertTrue(setting("<h2>一</h2><h2>二</h2><h2>三</h2>").needs_contents)
        self.assertTrue(setting(f"<h2>一</h2><p>{'字' * 2500}</p>").needs_contents)
        self.assertFalse(setting(f"<p>{'字' * 2500}</p>").needs_contents)


class NoteTests(SimpleTestCase):
    def test_it_leads_from_a_number_to_its_note_and_back(self):
        text = setting("<p>账目上墙。<sup>[1]</sup></p>", notes="村务公开栏。")
        self.assertIn('<a class="note" id="ref1" href="#note1" aria-label="注1">〔1〕</a>', text.html)
        self.assertTrue(text.notes[0].has_reference)

    def test_it_names_only_the_first_of_two_references(self):
        text = setting("<p>一<sup>[1]</sup>二<sup>[1]</sup></p>", notes="注。")
        self.assertEqual(text.html.count('id="ref1"'), 1)
        self.assertEqual(text.html.count('href="#note1"'), 2)

    def test_it_leaves_a_number_without_a_note_alone(self):
        text = setting("<p>一<sup>[2]</sup></p>", notes="只有一条。")
        self.assertIn("<sup>[2]</sup>", text.html)
        self.assertFalse(text.notes[0].has_reference)

    def test_it_puts_no_link_into_a_link(self):
        text = setting('<p><a href="https://news.example/">报道<sup>[1]</sup></a></p>', notes="注。")
        self.assertIn("报道<sup>[1]</sup></a>", text.html)


class LinkTests(SimpleTestCase):
    def test_it_follows_links_for_no_one(self):
        text = setting('<p>见<a href="https://news.example/a?b=1&amp;c=2">原文</a>。</p>')
        self.assertIn('<a href="https://news.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">', text.html)

    def test_it_keeps_chinese_addresses_as_they_are_when_the_script_changes(self):
        text = setting('<p><a href="https://news.example/村务">村务</a></p>', language="zh-hant")
        self.assertIn('href="https://news.example/%E6%9D%91%E5%8A%A1"', text.html)
        self.assertIn(">村務</a>", text.html)

    def test_it_keeps_a_quote_in_an_address_inside_the_attribute(self):
        text = setting('<p><a href="https://news.example/&quot;onclick=alert(1)">甲</a></p>')
        self.assertNotIn('"onclick', text.html)

    def test_it_loads_pictures_when_they_are_near(self):
        text = setting('<figure><img src="/media/村口.png" alt="村口"></figure>', language="zh-hant")
        self.assertIn('<img loading="lazy" src="/media/%E6%9D%91%E5%8F%A3.png" alt="村口">', text.html)

    def test_every_picture_has_an_alternative_on_the_page(self):
        for stored, shown in (("", ""), (' alt=""', ""), (' alt="村口的井"', "村口的井")):
            with self.subTest(stored=stored):
                text = setting(f'<figure><img src="/media/a.png"{stored} width="640" height="480"></figure>')
                self.assertIn(f'src="/media/a.png" alt="{shown}" width="640"', text.html)


class OurPictureTests(TestCase):
    def setUp(self):
        self.row = Picture.objects.create(
            sha256="ab" * 32,
            media_type="image/jpeg",
            width=1_600,
            height=900,
            size=9,
            widths=[480, 960],
            credit="甲 <b>摄</b>",
        )
        self.image = f'<img src="{self.row.src}" alt="村口" width="1600" height="900">'

    def test_a_browser_chooses_among_the_copies(self):
        text = setting(f"<figure>\n{self.image}\n</figure>")
        stem = f"/media/pictures/ab/{'ab' * 32}"
        copies = f'srcset="{stem}-480.webp 480w, {stem}-960.webp 960w, {stem}.jpg 1600w" sizes="'
        self.assertIn(copies, text.html)
        self.assertIn('alt="村口" width="1600" height="900">', text.html)

    def test_the_credit_stands_below_the_caption_or_alone(self):
        credit = '<small class="credit">甲 &lt;b&gt;摄&lt;/b&gt;</small>'
        text = setting(f"<figure>\n{self.image}\n<figcaption>四月</figcaption>\n</figure>")
        self.assertIn(f'<figcaption id="p1">四月{credit}</figcaption>', text.html)
        text = setting(f'<figure>\n{self.image}\n</figure>\n<figure>\n<img src="/media/b.png" alt="">\n</figure>')
        self.assertEqual(text.html.count(f"<figcaption>{credit}</figcaption></figure>"), 1)

    def test_a_text_with_pictures_asks_for_all_of_them_at_once(self):
        with self.assertNumQueries(1):
            setting(f"<figure>\n{self.image}\n</figure>\n" * 3)


class ScriptTests(SimpleTestCase):
    def test_it_shows_the_text_in_the_script_of_the_page(self):
        self.assertIn("群眾的來信", setting("<p>群众的来信</p>", language="zh-hant").html)
        self.assertIn("群众的来信", setting("<p>群眾的來信</p>", script="hant").html)

    def test_it_leaves_a_text_in_its_own_script_alone(self):
        self.assertIn("「干部」在著名的后山", setting("<p>「干部」在著名的后山</p>").html)

    def test_it_leaves_every_text_alone_on_an_english_page(self):
        self.assertIn("群眾", setting("<p>群眾</p>", script="hant", language="en").html)
