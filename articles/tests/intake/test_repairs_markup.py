"""Markup and indents that are shown as text."""

from django.test import SimpleTestCase

from articles import body
from articles.intake import repairs


class RepairCase(SimpleTestCase):
    def cleaned(self, *paragraphs):
        html, self.findings = repairs.clean(body.from_paragraphs(paragraphs))
        return [block.text for block in body.blocks(html)]

    def assertKept(self, *paragraphs):
        with self.subTest(paragraphs=paragraphs):
            self.assertEqual(self.cleaned(*paragraphs), list(paragraphs))
            self.assertEqual(self.findings, [])


class ResidueTests(RepairCase):
    def test_a_paragraph_ends_where_its_tag_says_so(self):
        self.assertEqual(
            self.cleaned("账目每月公开。</p><p>　　意见三天答复。<br/>代表每年评议。</p>"),
            ["账目每月公开。", "意见三天答复。", "代表每年评议。"],
        )
        self.assertEqual({each.code for each in self.findings}, {"html_residue"})

    def test_tags_inside_a_sentence_go(self):
        text = '账目<strong>每月</strong>公开，<a href="http://example.org/">意见</a>三天答复。'
        self.assertEqual(self.cleaned(text), ["账目每月公开，意见三天答复。"])

    def test_what_is_left_of_a_tag_goes(self):
        self.assertEqual(
            self.cleaned("账目每月公开。/p>", "意见三天答复。</p"), ["账目每月公开。", "意见三天答复。</p"]
        )

    def test_codes_of_forums_and_templates_go(self):
        self.assertEqual(
            self.cleaned("[url=http://example.org]账目[/url]每月[b]公开[/b]{$content}。", "[!--newstext--]意见答复。"),
            ["账目每月[b]公开。", "意见答复。"],
        )

    def test_a_text_about_markup_keeps_it(self):
        self.assertKept("分段用 <p> 标签，换行用 <br> 标签。")
        self.assertKept("模板里写 {$content}，程序会换成正文。")

    def test_other_brackets_stay(self):
        self.assertKept("收入<支出，支出>预算，3 < 5。", "数组 a[i] 与 b[j]，注释见[3]。", "集合{1, 2}与{$}。")


class IndentationTests(RepairCase):
    def test_a_paragraph_begins_at_its_indent(self):
        text = "谁经手谁签名。　　第二年又添了一条规矩。　　第三年邻村也来抄。"
        self.assertEqual(self.cleaned(text), ["谁经手谁签名。", "第二年又添了一条规矩。", "第三年邻村也来抄。"])
        self.assertEqual([each.code for each in self.findings], ["indentation"] * 2)

    def test_a_heading_is_not_parted(self):
        html, _ = repairs.clean("<h2>账目公开！　　意见答复</h2>")
        self.assertEqual(html, "<h2>账目公开！意见答复</h2>")

    def test_names_and_verses_keep_their_spaces(self):
        self.assertKept(
            "代表：张　三　李四光　王　五", "床前明月光　疑是地上霜", "第一章 总则　　第二章 分则", "工　作"
        )
