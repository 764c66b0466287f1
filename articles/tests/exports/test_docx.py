import io
import re
import zipfile
from functools import partial

import docx as python_docx
from django.test import TestCase
from docx.oxml.ns import qn

from articles import intake
from articles.exports import docx
from articles.intake.readers import docx_pages
from articles.tests import make
from articles.tests.exports import specimen

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


file_of = partial(specimen.file_of, docx)


class DocxTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.picture = specimen.picture(credit="示例摄影")
        cls.webp = specimen.picture("二", media_type="image/webp")
        cls.gone = specimen.picture("三", is_there=False)
        cls.edition = specimen.edition("账本上墙：一年之后", cls.picture, cls.webp, cls.gone)
        cls.bytes = file_of(cls.edition)

    def document(self):
        return python_docx.Document(io.BytesIO(self.bytes))

    def test_our_own_intake_reads_the_same_text_back(self):
        draft = intake.read(self.bytes)
        self.assertEqual(draft.title, "账本上墙：一年之后")
        text = self.edition.body_text
        # a break parts a paragraph for intake, and a credit is a line of its own
        text = text.replace("第一行 第二行", "第一行\n第二行").replace("图1 村口", "图1 村口\n示例摄影")
        self.assertIn(text, draft.body_text)
        self.assertEqual(draft.headings[:2], ["一、贴出来[1]", "（一）看得懂"])

    def test_it_opens_again_with_its_title_and_styles(self):
        document = self.document()
        self.assertEqual(document.core_properties.title, "账本上墙：一年之后")
        self.assertEqual(document.core_properties.author, "示例作者甲")
        styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
        self.assertEqual(styles["账本上墙：一年之后"], "Title")
        self.assertEqual(styles["（一）看得懂"], "Heading 3")
        self.assertEqual(styles["账要让人看懂。"], "Quote")
        self.assertEqual(
            (styles["收入"], styles["公示"], styles["限三天。"]), ("List Bullet", "List Number", "List Continue")
        )

    def test_a_break_inside_a_paragraph_does_not_spread_the_words_before_it_over_the_line(self):
        compat = self.document().settings.element.find(qn("w:compat"))
        self.assertEqual(compat[0].tag, qn("w:doNotExpandShiftReturn"))  # whose place the schema says

    def test_spans_are_cells_that_go_on(self):
        (table,) = self.document().tables
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        self.assertEqual(
            rows,
            [
                ["项目", "金额 | 元", "金额 | 元"],
                ["项目", "预算", "决算"],
                ["修路", "100", ""],
                ["灯", "5[2]", "6"],
                ["灯", "另计", "另计"],
            ],
        )

    def test_pictures_stand_in_it_with_their_descriptions_and_of_one_that_is_gone_the_caption(self):
        document = self.document()
        self.assertEqual(len(document.inline_shapes), 2)
        described = {shape._inline.docPr.get("descr") for shape in document.inline_shapes}
        self.assertEqual(described, {"公示栏"})
        captions = [each.text for each in document.paragraphs if each.style.name == "Caption"]
        self.assertEqual(captions, ["图1 村口", "示例摄影", "图2 村口", "图3 村口"])

    def test_notes_that_are_referred_to_in_order_are_footnotes(self):
        text = (
            "<p>村里的账从前写在会计的本子上，谁想看都要先找到会计，再等他有空，一来一去就是半个月。</p>"
            "<p>议事会把预算<sup>[1]</sup>贴在村口<sup>[2]</sup>，每一笔<sup>[1]</sup>都写明用处。</p>"
            "<p>有不清楚的地方，当场就可以问；答不上来的，三天之内贴出答复，也写明是谁答的。</p>"
        )
        edition = make.edition(make.article("脚注", text, published=True, notes="一注\n二注"))
        data = file_of(edition)
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            notes = parts.read("word/footnotes.xml").decode()
        self.assertEqual(re.findall(r"[一二]注", notes), ["一注", "二注"])
        document = python_docx.Document(io.BytesIO(data))
        references = document.element.body.findall(f".//{W}footnoteReference")
        self.assertEqual([each.get(f"{W}id") for each in references], ["2", "3"])
        read = docx_pages.read(data)
        self.assertEqual(read["notes"], ["一注", "二注"])
        words = re.sub("<[^>]*>", "", read["html"])
        self.assertIn("议事会把预算[1]贴在村口[2]，每一笔[1]都写明用处", words)

    def test_other_notes_are_a_list_at_the_end(self):
        texts = [each.text for each in self.document().paragraphs]
        self.assertIn("[3] 没有人提到的一条。", texts)

    def test_numbered_lists_count_anew(self):
        lists = '<ol><li>甲</li></ol><p>间</p><ol><li>乙</li></ol><ol start="-2"><li>丙</li></ol>'
        data = file_of(make.edition(make.article("清单", lists, published=True)))
        document = python_docx.Document(io.BytesIO(data))
        keys = {each.text: each._p.pPr.numPr for each in document.paragraphs if each.text in ("甲", "乙", "-2. 丙")}
        self.assertNotEqual(keys["甲"].numId.val, keys["乙"].numId.val)
        self.assertIsNone(keys["-2. 丙"])

    def test_the_same_edition_gives_the_same_bytes(self):
        self.assertEqual(self.bytes, file_of(self.edition))
        with zipfile.ZipFile(io.BytesIO(self.bytes)) as parts:
            self.assertEqual({part.date_time for part in parts.infolist()}, {(1980, 1, 1, 0, 0, 0)})

    def test_links_lead_on(self):
        links = [each for each in self.document().part.rels.values() if each.is_external]
        self.assertEqual([each.target_ref for each in links], ["https://example.org/%E6%9D%91%E5%8A%A1?a=1&b=(2)"])

    def test_no_title_is_too_long_or_too_strange_for_it(self):
        edition = make.edition(make.article(f"{specimen.HOSTILE}\x07{'长' * 220}", "就这一句。", published=True))
        document = python_docx.Document(io.BytesIO(file_of(edition, "zh-hant")))
        self.assertTrue(document.paragraphs[0].text.startswith('"<script>alert(1)</script> *账*'.replace("账", "賬")))
        self.assertLessEqual(len(document.core_properties.title), 255)
