"""Headings run into their text."""

from django.test import SimpleTestCase

from articles import body
from articles.intake import repairs

REST = "村里的一块招牌，谁都看得见，谁都可以进去坐一坐，账本就摆在桌上。"


class GluedHeadingTests(SimpleTestCase):
    def parts(self, text):
        html, self.findings = repairs.clean(body.from_paragraphs([text]))
        return [(block.element, block.text) for block in body.blocks(html)]

    def test_it_parts_the_heading_from_its_text(self):
        for heading, opening, element in (
            ("三、推进党员活动室建设", "党员活动室是", "h2"),
            ("二、什么是村务公开", "村务公开是", "h2"),
            ("（一）完善議事會制度", "議事會制度是", "h3"),
            ("4、村级账目的公示", "村级账目作为", "h2"),
        ):
            with self.subTest(heading=heading):
                self.assertEqual(self.parts(heading + opening + REST), [(element, heading), ("p", opening + REST)])
                (finding,) = self.findings
                self.assertEqual((finding.code, finding.suggestion, finding.applied), ("glued_heading", heading, True))

    def test_ordinary_sentences_stay(self):
        for text in (
            "一、每月十日以前把上个月的账目贴在村口，账目要写明每一笔钱的用处。",
            "二、村民代表由村民选举产生，村民代表应当把村民的意见带到会上，再带回去。",
            "三、发展经济是发展经济学的老话，可是放在一个村里，话就有了不同的意思。",
            "四、一步一步来，不要急，账目先公开，意见再征求，规矩最后才定下来。",
            "1、党员党员教育要抓实，活动室要开门，账目要上墙，意见要有回音才行。",
            "五、账目公开",
            "关键词:共治共同体村民",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.parts(text), [("p", text)])
                self.assertEqual(self.findings, [])
