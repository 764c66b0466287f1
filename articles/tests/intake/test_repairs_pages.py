"""What the pages of a document-sharing site leave in a body."""

from django.test import SimpleTestCase

from articles import body
from articles.intake import repairs
from articles.tests.intake.test_text_repairs import PAGES

LONG = "议事会把预算贴在祠堂门口，每一笔都写明用处，村民看得懂，问得着，也改得动，头一年贴出来的时候人人都围上来看，"


class PageTests(SimpleTestCase):
    def cleaned(self, html):
        html, self.findings = repairs.clean(body.normalise(html))
        texts = [block.text for block in body.blocks(html)]
        for finding in self.findings:
            self.assertEqual(texts[finding.block][finding.start : finding.end], finding.suggestion)
        return texts

    def test_it_joins_sentences_cut_at_page_ends(self):
        (whole,) = self.cleaned("".join(f"<p>{page}</p>" for page in PAGES))
        self.assertIn("抄回家里慢慢算。", whole)
        self.assertIn("一句口号，而是每个月", whole)
        self.assertEqual([each.code for each in self.findings], ["page_cut"] * 3)
        self.assertEqual([whole[each.start :][:3] for each in self.findings], ["议事会", "算。第", "是每个"])

    def test_markup_in_the_pages_stays(self):
        pages = [page.replace("祠堂", "<strong>祠堂</strong>") for page in PAGES]
        html, _ = repairs.clean(body.normalise("".join(f"<p>{page}</p>" for page in pages)))
        self.assertEqual(html.count("<strong>祠堂</strong>"), 2)
        self.assertEqual(html.count("<p>"), 1)

    def test_a_page_behind_a_table_only_loses_its_number(self):
        table = "<table><tr><td>收入</td><td>支出</td></tr></table>"
        texts = self.cleaned(f"<p>{PAGES[0]}</p>{table}<p>{PAGES[1]}</p><p>{PAGES[2]}</p>")
        self.assertEqual((len(texts), texts[3][:2]), (4, "算。"))

    def test_a_list_of_the_author_stays(self):
        html = "<p>1、每月贴账。</p><p>2、三天答复。</p><p>3、每年评议。</p>"
        self.assertEqual(len(self.cleaned(html)), 3)
        self.assertEqual(self.findings, [])

    def test_lines_of_the_page_go_and_the_sentence_is_joined(self):
        for heads in (("第1页", "第2页"), ("- 1 -", "- 2 -"), ("第 1 页 共 9 页", "第 2 页 共 9 页")):
            with self.subTest(heads=heads):
                first, second = heads
                texts = self.cleaned(
                    f"<p>{LONG}有人数</p><p>{first}</p><p>字数。</p><p>{second}</p><p>第二年添了规矩。</p>"
                )
                self.assertEqual(texts, [f"{LONG}有人数字数。", "第二年添了规矩。"])
                self.assertEqual(
                    [(each.code, each.found) for each in self.findings], [("running_head", head) for head in heads]
                )

    def test_the_title_of_a_picture_of_the_page_goes(self):
        self.assertEqual(self.cleaned("<p>账目公开。</p><p>村务手册讲稿_第1页</p>"), ["账目公开。"])

    def test_one_line_that_may_be_anything_stays(self):
        for line in ("第3页", "- 12 -", "请翻到第3页", "2019"):
            with self.subTest(line=line):
                self.assertEqual(self.cleaned(f"<p>账目公开。</p><p>{line}</p>"), ["账目公开。", line])
