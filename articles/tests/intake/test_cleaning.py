"""What is text and what is furniture."""

from dataclasses import dataclass

from django.test import SimpleTestCase

from articles.intake import cleaning
from articles.intake.readers.html_blocks import Block
from articles.intake.readers.html_headings import mark

TEXT = (
    "村里把每一笔账都贴在村口，谁都可以看，也可以问，问了就要有人答复，"
    "答复不了的要写明原因，写明哪一天再来答复，到了那一天还要再贴出来。"
)


@dataclass
class Line:
    text: str
    is_linked: bool = False


def kept(*texts: str, title: str = "账目公开") -> list[str]:
    lines = [Line(text.removeprefix("@"), text.startswith("@")) for text in texts]
    start, end = cleaning.span(lines, title)
    return [line.text for line in lines[start:end]]


class SpanTests(SimpleTestCase):
    def test_it_cuts_title_and_labels_above(self):
        above = ("首页 > 要闻 > 正文", "账目公开", "2019-03-05 09:12 来源：江城日报", "分享到：", "原标题：账目公开了")
        self.assertEqual(kept(*above, TEXT, TEXT), [TEXT, TEXT])

    def test_it_cuts_what_a_cut_left_behind(self):
        for below in (["此处省略317字，请下载江城客户端阅读全文"], ["?/p>"], ["已阅读4页，还剩2页未读", "/div>"]):
            with self.subTest(below=below):
                self.assertEqual(kept("账目公开", TEXT, TEXT, *below), [TEXT, TEXT])
        self.assertEqual(kept("账目公开", TEXT, "问他们，谁也不答。"), [TEXT, "问他们，谁也不答。"])

    def test_it_cuts_what_stands_below(self):
        for below in (
            ["（责任编辑：何清）"],
            ["责编：何清", "打印本页", "关闭窗口"],
            ["来源：江城日报 作者：何清"],
            ["声明：本网力求信息真实，不构成任何投资建议。"],
            ["上一篇：东山镇的会", "下一篇：南塘的箱"],
            ["相关阅读", "@东山镇的会", "@南塘的箱"],
            ["[1] [2] [3] 下一页"],
            ["东山镇请人旁听", "2019-09-08", "南塘村开了箱子", "2019-09-08"],
            ["江城网 版权所有 青ICP备00000000号"],
        ):
            with self.subTest(below=below):
                self.assertEqual(kept(TEXT, TEXT, *below), [TEXT, TEXT])

    def test_it_leaves_what_only_looks_like_furniture(self):
        for line in (
            "相关部门负责人说，账目公开以后来信少了一半，来的人也少了一半，大家都省了力气，以后还要这样做下去。",
            "作者在这里要多说一句，账目不是贴出来就算数的。",
            "推荐他当组长的人最多。",
            "举报要有回音",
            "举报电话：12345",
            "相关报道说，账目公开以后来信少了一半。",
            "扫码就能看到每一笔账。",
            "这样的事应当谨慎对待。",
            "青石县人民政府",
        ):
            with self.subTest(line=line):
                self.assertEqual(kept(TEXT, TEXT, line), [TEXT, TEXT, line])
                self.assertEqual(kept(TEXT, line, TEXT), [TEXT, line, TEXT])

    def test_it_keeps_the_date_that_ends_an_official_paper(self):
        self.assertEqual(kept(TEXT, "青石县人民政府", "2013年3月5日")[-1], "2013年3月5日")

    def test_it_knows_a_notice_that_the_text_is_cut(self):
        for line in (
            "省略834字,正式会员可完整阅读",
            "此处内容需要权限查看",
            "请前往某某APP阅读全文",
            "已阅读5页,还剩20页未读",
        ):
            with self.subTest(line=line):
                self.assertTrue(cleaning.is_cut_notice(line))
        self.assertFalse(cleaning.is_cut_notice("会员们读完了全部账目。"))


class HeadingTests(SimpleTestCase):
    def elements(self, *texts: str) -> list[str]:
        blocks = [
            Block("p", text, text.strip("*"), 0, strong=len(text) if text.startswith("*") else 0) for text in texts
        ]
        return [block.element for block in mark(blocks)]

    def test_it_marks_numbered_headings(self):
        self.assertEqual(
            self.elements("一、账目", TEXT, "（一）收入", TEXT, "二、意见", TEXT), "h2 p h3 p h2 p".split()
        )

    def test_it_marks_bold_lines_below_numbered_ones(self):
        self.assertEqual(self.elements("*谁来看", TEXT, "*谁来问", TEXT), "h2 p h2 p".split())
        self.assertEqual(self.elements("一、账目", "*谁来看", TEXT), "h2 h3 p".split())

    def test_a_bold_numbered_heading_may_hold_a_comma(self):
        self.assertEqual(self.elements("*一、账目", TEXT, "*二、门槛会拆，也会再长", TEXT), "h2 p h2 p".split())
        self.assertEqual(self.elements("一、账目", TEXT, "二、门槛会拆，也会再长", TEXT), "h2 p p p".split())

    def test_it_leaves_prose_and_lists(self):
        for texts in (
            (TEXT, "*一句要紧的话。", TEXT),
            ("一、账目每月贴出；", "二、意见三天答复；", TEXT),
            ("一、账目每月贴出", "二、意见三天答复", "三、代表每年评议", "一是看账，二是问账，三是评账。"),
        ):
            with self.subTest(texts=texts):
                self.assertLessEqual(self.elements(*texts).count("h2"), 1)
        self.assertEqual(self.elements(TEXT, "*谁来看"), ["p", "p"])
