import io

from django.test import TestCase
from django.utils import translation

from articles.exports import plain
from articles.tests import make
from articles.tests.exports import specimen


def text_of(edition, language="zh-hans"):
    file = io.BytesIO()
    with translation.override(language):
        plain.write(specimen.told(edition, language), file)
    return file.getvalue().decode()


class PlainTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = specimen.edition("账本上墙：一年之后", specimen.picture())

    def test_paragraphs_are_indented_as_in_print(self):
        lines = text_of(self.edition).split("\n")
        self.assertEqual(lines[:3], ["账本上墙：一年之后", "三个村的做法", "示例作者甲 （示例研究室）"])
        self.assertEqual(lines[3], "青禾日报 2021年3月5日")
        for line in (
            "一、贴出来[1]",
            "　　议事会把预算。贴在村口，每一笔都写明用处。[1]附表[2]",
            "　　第一行",
            "　　第二行，H2O",
            "　　　　账要让人看懂。",
            "　　・收入",
            "　　3. 公示",
            "　　　　限三天。",
            "项目｜金额 | 元",
            "修路｜100｜",
            "　　图1 村口",
        ):
            with self.subTest(line=line):
                self.assertIn(line, lines)

    def test_the_notes_stand_behind_the_text_and_provenance_behind_them(self):
        text = text_of(self.edition)
        places = [
            text.index(words)
            for words in (
                "当场就可以问",
                "【注释】\n[1] 指村口",
                "[3] 没有人",
                "插入的拼音 1",
                "daily.example",
                specimen.CITATION,
            )
        ]
        self.assertEqual(places, sorted(places))
        self.assertIn("示范内容", text)

    def test_it_follows_the_language_of_the_address(self):
        self.assertIn("議事會把預算", text_of(self.edition, "zh-hant"))
        self.assertIn("最初發表", text_of(self.edition, "zh-hant"))
        english = text_of(self.edition, "en")
        self.assertIn("议事会把预算", english)
        self.assertIn("First appeared", english)

    def test_an_article_of_nothing_but_a_title_and_a_line_is_whole(self):
        bare = make.edition(make.article("只有一句", "就这一句。", published=True))
        self.assertTrue(text_of(bare).startswith("只有一句\n\n　　就这一句。\n"))
