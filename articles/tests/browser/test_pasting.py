"""Pasting from Word, WPS and WeChat: headings, notes, tables and lists stay, the rest goes and is told in words."""

import json
from base64 import b64encode
from pathlib import Path

from articles.models import Picture
from articles.tests.browser.writing import WritingTestCase
from articles.tests.intake.test_pictures import picture

CLIPBOARDS = Path(__file__).parents[1] / "pages" / "pasting"
PASTE = """({html, files}) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    for (const {name, type, code} of files) {
        const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, {type}));
    }
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.querySelector(".tiptap").dispatchEvent(event);
}"""

WORD = """\
<p>開頭。</p>
<h2>把账念给2013年的村口听</h2>
<p>议事会把<strong>预算</strong>贴在村口，每一笔都写明用处<sup>[2]</sup>。看得懂的人念给<em>看不懂的人</em>听。</p>
<h3>一、三条规矩</h3>
<ol>
<li>先念数目，再念用处。</li>
<li>念完留一炷香，让人问。</li>
</ol>
<ul>
<li>修路</li>
<li>打井</li>
</ul>
<h4>附表</h4>
<p>（一）收支如下。</p>
<table>
<tbody>
<tr>
<th><strong>项目</strong></th>
<th colspan="2">金额与备注</th>
</tr>
<tr>
<td rowspan="2">道路</td>
<td>3万</td>
<td>上半年<br>下半年</td>
</tr>
<tr>
<td>1万</td>
<td></td>
</tr>
</tbody>
</table>
<p>账本在谁手里，话就在谁嘴里，所以要念出来<sup>[3]</sup>。</p>"""

WPS = """\
<p>開頭。</p>
<h2>井边的一年</h2>
<h3>谁来看水表</h3>
<p>两口井，一口归东头，一口归西头<sup>[2]</sup>，每月初一<strong>一起看表</strong>。</p>
<ol>
<li>记在本上</li>
<li>写在墙上</li>
</ol>"""

WECHAT = """\
<p>開頭。</p>
<h2>公示栏前的十五分钟</h2>
<p>四月的第一个赶集日，<strong>账本</strong>挪到了公示栏前。</p>
<p>图为四月的账。</p>
<blockquote>
<p>念账的人说：错一个数，罚念三天。</p>
</blockquote>
<ul>
<li>先念收</li>
<li>再念支</li>
</ul>
<p>第二段第一行<br>第二段第二行</p>
<p><a href="https://news.example.cn/a?b=1&amp;c=2">原文</a>和别处。</p>
<p>一整块带框的话。</p>"""


class PastingCase(WritingTestCase):
    def setUp(self):
        super().setUp()
        self.open("<p>開頭。</p>", notes="原有的一条。")

    def paste(self, html="", *files):
        """Paste at the end of the text, in a paragraph of its own."""
        self.text.locator("p").last.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.press("Enter")
        self.page.evaluate(PASTE, {"html": html, "files": list(files)})

    def told(self):
        """What the editor was told, once it is there."""
        self.page.locator(".prose-told p").first.wait_for()
        return self.page.locator(".prose-told").inner_text()


class WordProcessorTests(PastingCase):
    def take(self, name, *sentences):
        self.paste((CLIPBOARDS / name).read_text("utf-8"))
        told = self.told()
        for sentence in sentences:
            self.assertIn(sentence, told)
        return self.save()

    def test_word_keeps_headings_notes_lists_and_tables(self):
        edition = self.take("word.html", "2", "[2]")
        self.assertEqual(edition.body_html, WORD)
        self.assertEqual(edition.note_list, ["原有的一条。", "见当年四月的公示，第三栏。", "村民的原话。"])

    def test_wps_keeps_headings_notes_and_lists(self):
        edition = self.take("wps.html", "[2]")
        self.assertEqual(edition.body_html, WPS)
        self.assertEqual(edition.note_list[1:], ["东头的井早打三年。"])

    def test_wechat_keeps_the_text_and_says_which_pictures_it_left(self):
        self.assertEqual(self.take("wechat.html", "1").body_html, WECHAT)


class CleaningTests(PastingCase):
    def clean(self, html, **given):
        """What the module makes of the markup, without an editor."""
        module = self.page.locator("script[type=importmap]").evaluate(
            "script => JSON.parse(script.textContent).imports['wenmai/pasting']"
        )
        code = "async ([module, html, given]) => (await import(module)).clean(html, given)"
        return self.page.evaluate(code, [module, html, given])

    def test_cleaning_twice_is_cleaning_once(self):
        for path in CLIPBOARDS.glob("*.html"):
            with self.subTest(path.name):
                once = self.clean(path.read_text("utf-8"))["html"]
                self.assertEqual(self.clean(once)["html"], once)

    def test_each_thing_becomes_what_a_body_holds(self):
        digest = "ab" * 32
        ours = f"/media/pictures/ab/{digest}.jpg"
        for source, result in (
            ("<b style='font-weight:normal'><p>一</p></b>", "<p>一</p>"),
            ("<p><span style='font-weight:700'>一</span>二</p>", "<p><strong>一</strong>二</p>"),
            ("<p>一<br><br>二</p>", "<p>一</p>\n<p>二</p>"),
            ("<p>村\n口 A\nB</p>", "<p>村口 A B</p>"),
            ("<p><u>一</u><font color=red>二</font><o:p></o:p></p>", "<p>一二</p>"),
            ("<p onclick=alert(1)>一<script>alert(1)</script></p>", "<p>一</p>"),
            ("<p>&lt;b&gt; &amp;amp;</p>", "<p>&lt;b&gt; &amp;amp;</p>"),
            ('<a href="javascript:alert(1)">一</a><a href="https://a.cn/&quot;x">二</a>', None),
            ("<ol start=3><li>三<li>四</ol>", '<ol start="3"><li><p>三</p></li><li><p>四</p></li></ol>'),
            ("<h1>一</h1><h2>二</h2><h5>五</h5>", "<h2>一</h2>\n<h3>二</h3>\n<h4>五</h4>"),
            (f'<img src="{ours}" alt="">', f'<figure><img src="{ours}" alt=""></figure>'),
            (f'<img src="{ours}">', f'<figure><img src="{ours}"></figure>'),
            (f'<img src="{ours}" alt="井">', f'<figure><img src="{ours}" alt="井"></figure>'),
            (f'<img src="https://x.cn{ours}" alt="井">', ""),
            ("", ""),
        ):
            with self.subTest(source=source):
                html = self.clean(source)["html"]
                if result is None:
                    self.assertNotIn("javascript", html)
                    self.assertIn('href="https://a.cn/&quot;x"', html)
                else:
                    self.assertEqual(html, result)
        self.assert_quiet()

    def test_it_counts_what_it_leaves_out(self):
        images = '<img src="http://a.cn/1.jpg"><img data-src="http://a.cn/2.jpg"><img src="file:///C:/3.png">'
        pixel = '<img src="http://a.cn/pixel.gif" width=1 height=1>'
        dropped = self.clean(f"<p>一</p>{images}{pixel}<iframe src=x></iframe>")["dropped"]
        self.assertEqual(dropped, {"web": 2, "disk": 1, "comments": 0, "boxes": 1})


class PastedPictureTests(PastingCase):
    def code(self, data=None):
        return b64encode(data or picture()).decode()

    def test_a_picture_on_the_clipboard_is_uploaded_and_marked_as_undescribed(self):
        self.paste("", {"name": "a.jpg", "type": "image/jpeg", "code": self.code()})
        self.page.locator(".tiptap figure.undescribed").wait_for()
        self.assertNotEqual(self.told(), "")
        row = Picture.objects.get()
        self.assertIn(f'<figure>\n<img src="{row.src}" width="640" height="480">\n</figure>', self.save().body_html)

    def test_a_picture_inside_the_markup_is_uploaded_like_a_file(self):
        self.paste(
            f'<p>一</p><p><img src="data:image/png;base64,{self.code(picture(kind="PNG"))}" alt="村口"></p><p>二</p>'
        )
        self.page.locator(".tiptap figure").wait_for()
        row = Picture.objects.get()
        figure = f'<figure>\n<img src="{row.src}" alt="村口" width="640" height="480">\n</figure>'
        self.assertEqual(self.save().body_html, f"<p>開頭。</p>\n<p>一</p>\n{figure}\n<p>二</p>")

    def test_one_that_is_none_is_refused_in_words_and_spoils_nothing(self):
        self.paste('<p>一</p><img src="data:image/png;base64,AAAA"><p>二</p>')
        self.text.filter(has_text="二").wait_for()
        self.assertIn("JPEG", self.told())
        self.assertEqual(self.save().body_html, "<p>開頭。</p>\n<p>一</p>\n<p>二</p>")

    def test_a_heading_stays_one_behind_the_words_of_a_paragraph(self):
        self.text.locator("p").last.click()
        self.page.keyboard.press("Control+End")
        self.page.evaluate(PASTE, {"html": "<h1>一、账目</h1><p>账贴在村口。</p>", "files": []})
        self.assertEqual(self.save().body_html, "<p>開頭。</p>\n<h2>一、账目</h2>\n<p>账贴在村口。</p>")

    def test_what_is_copied_in_the_editor_is_pasted_as_it_is(self):
        self.paste('<p data-pm-slice="1 1 []">一<em>二</em></p>')
        self.assertEqual(json.dumps(self.save().body_html), json.dumps("<p>開頭。</p>\n<p>一<em>二</em></p>"))
