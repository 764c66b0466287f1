import io
import json
import re

from django.test import TestCase
from django.utils import translation
from markdown_it import MarkdownIt

from articles.exports import markdown
from articles.tests import make
from articles.tests.exports import specimen


def text_of(edition, language="zh-hans"):
    file = io.BytesIO()
    with translation.override(language):
        markdown.write(specimen.told(edition, language), file)
    return file.getvalue().decode()


def parted(text):
    """Return the front matter and the rest."""
    _, front, rest = text.split("---\n", 2)
    return front, rest


class MarkdownTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.picture = specimen.picture()
        cls.edition = specimen.edition("账本上墙：一年之后", cls.picture)

    def html(self, edition=None):
        """The text as another program reads it: markdown-it, a reader of CommonMark, which knows no footnotes."""
        text = re.sub(r"^\[\^\d+\]: .*$", "", parted(text_of(edition or self.edition))[1], flags=re.MULTILINE)
        return MarkdownIt("commonmark").render(text)

    def test_another_program_reads_what_was_written(self):
        html = self.html()
        for words in (
            "<h1>账本上墙：一年之后</h1>",
            "<h2>一、贴出来[^1]</h2>",
            "<strong>预算。</strong>贴在<em>村口</em>",
            '<a href="https://example.org/%E6%9D%91%E5%8A%A1?a=1&amp;b=(2)">附表[2]</a>',
            "第一行<br />\n第二行，H<sub>2</sub>O",
            "<h4>（一）看得懂</h4>",
            "<blockquote>\n<p>账要让人看懂。</p>\n<p>也要让人问得着。</p>\n</blockquote>",
            "<ul>\n<li>收入</li>\n<li>支出</li>\n</ul>",
            '<ol start="3">',
            "<p>限三天。</p>\n</li>",
            '<th rowspan="2">项目</th><th colspan="2">金额 | 元</th>',
            '<td rowspan="2">灯</td><td>5<sup>[2]</sup></td>',
            f'<img src="https://wenmai.example{self.picture.src}" alt="公示栏" />',
            "<p>1. 不是清单。</p>",
            "<p># 不是标题</p>",
        ):
            with self.subTest(words=words):
                self.assertIn(words, html)

    def test_notes_are_footnotes_and_those_nothing_refers_to_are_listed(self):
        text = text_of(self.edition)
        self.assertIn("\n\n[^1]: 指村口的公示栏。", text)
        self.assertIn("\n\n\\[2\\] 2021年的数。", text)  # a footnote could not be reached from a table
        self.assertIn("\n\n\\[3\\] 没有人提到的一条。", text)

    def test_the_front_matter_holds_whatever_a_title_holds(self):
        title = f"{specimen.HOSTILE}: '---' @!&*| 0x85 "
        edition = make.edition(make.article(title, "就这一句。", published=True, subtitle="a: b"))
        front, _ = parted(text_of(edition))
        said = dict(line.split(": ", 1) for line in front.splitlines())
        self.assertEqual(json.loads(said["title"]), " ".join(title.split()))
        self.assertEqual(json.loads(said["subtitle"]), "a: b")
        self.assertEqual(json.loads(said["edition"]), 1)

    def test_a_hostile_title_is_shown_as_it_is(self):
        edition = make.edition(make.article(specimen.HOSTILE, "<p>- 一</p><p>~~~</p><p>===<br>---</p>", published=True))
        html = self.html(edition)
        self.assertNotIn("<script", html)
        self.assertNotIn("<hr", html)
        self.assertIn("*账*_本_ ``[x](y)`` &amp; {{ 1 }} #</h1>", html)
        self.assertEqual(re.findall(r"<h[1-6]>", html).count("<h1>"), 1)
        self.assertIn("<p>- 一</p>\n<p>~~~</p>", html)
