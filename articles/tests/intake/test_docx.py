"""Word documents as Word, WPS and LibreOffice write them, and as nobody should."""

import io
from pathlib import Path

import docx
from django.test import SimpleTestCase
from docx.shared import Pt

from articles import intake
from articles.intake import Unreadable
from articles.tests.intake import hostile
from articles.tests.intake.hostile import PARAGRAPH, SENTENCE
from articles.tests.intake.mutations import damage, damage_parts
from articles.tests.intake.test_pdf import HEADINGS, notes, written
from articles.tests.pages.documents.sources.account import ABSTRACT, AUTHORS, KEYWORDS, SUBTITLE, TITLE, UNITS

DOCUMENTS = Path(__file__).parents[1] / "pages" / "documents"


def read(name):
    return intake.read((DOCUMENTS / name).read_bytes(), name=name)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class WritersTests(SimpleTestCase):
    def test_it_gives_back_every_paragraph_and_note(self):
        for name in ("word.docx", "office.docx"):
            with self.subTest(name):
                draft = read(name)
                blocks = draft.body_text.split("\n")
                for text in written():
                    self.assertIn(text, blocks)
                self.assertEqual(draft.notes, notes())

    def test_it_reads_title_headings_and_what_stands_between_them_and_the_text(self):
        for name in ("word.docx", "office.docx"):
            with self.subTest(name):
                draft = read(name)
                self.assertEqual((draft.kind, draft.encoding), ("docx", ""))
                self.assertEqual((draft.title, draft.subtitle), (TITLE, SUBTITLE.strip("—")))
                self.assertEqual(draft.headings, HEADINGS)
                self.assertEqual([author.name for author in draft.authors], list(AUTHORS))
                self.assertEqual((draft.abstract, draft.keywords), (ABSTRACT, list(KEYWORDS)))
                self.assertIn("2018\n402\n317\n85", draft.body_text)

    def test_it_gives_each_author_the_unit_of_his_number(self):
        self.assertEqual([author.affiliation for author in read("word.docx").authors], list(UNITS))

    def test_it_keeps_what_was_added_and_drops_what_was_deleted(self):
        text = read("word.docx").body_text
        self.assertIn("这一段是校对时加上的。其余的照旧", text)
        self.assertNotIn("被删去了", text)

    def test_it_keeps_lists_and_bold_and_no_links_to_notes(self):
        html = read("word.docx").body_html
        self.assertIn("<ol><li>先把账写清楚</li><li>再把人请到墙下</li></ol>", html.replace("\n", ""))
        self.assertIn("<strong>公开不是把账给人看", html)
        self.assertIn("账本<sup>[1]</sup>，", html)

    def test_neither_the_computers_owner_nor_a_made_up_title_is_believed(self):
        draft = read("word.docx")
        self.assertNotIn("Administrator", [author.name for author in draft.authors])
        self.assertEqual(draft.title, TITLE)

    def test_it_reads_a_document_without_styles(self):
        draft = read("wps.docx")
        self.assertEqual((draft.title, draft.headings), (TITLE, HEADINGS))
        self.assertEqual([(author.name, author.affiliation) for author in draft.authors], [(AUTHORS[0], UNITS[0])])
        self.assertEqual((draft.original_source, draft.published), ("江城乡村评论", "2021-03-05"))
        self.assertTrue(draft.body_text.startswith("白鹭村在青石县的最西边"))
        self.assertTrue(draft.body_text.endswith("只是习惯了来坐坐。"))


class StyleTests(SimpleTestCase):
    def test_a_style_of_ones_own_is_a_heading_by_its_base(self):
        document = docx.Document()
        own = document.styles.add_style("本刊小标题", 1)
        own.base_style = document.styles["Heading 2"]
        document.add_paragraph("账目为什么要上墙", style="Title")
        document.add_paragraph("缘起", style=own)
        document.add_paragraph(SENTENCE * 3)
        draft = intake.read(saved(document))
        self.assertEqual((draft.title, draft.headings), ("账目为什么要上墙", ["缘起"]))

    def test_the_largest_type_above_the_text_is_the_title(self):
        document = docx.Document()
        for text, size in (("江城乡村评论", 10), ("账目为什么要上墙", 20), ("温小舟", 12)):
            document.add_paragraph().add_run(text).font.size = Pt(size)
        document.add_paragraph().add_run(SENTENCE * 3).font.size = Pt(12)
        draft = intake.read(saved(document))
        self.assertEqual((draft.title, draft.authors[0].name), ("账目为什么要上墙", "温小舟"))
        self.assertEqual(draft.body_text, SENTENCE * 3)

    def test_the_properties_give_a_title_only_where_the_text_gives_none(self):
        for said, title in (("村口的账目", "村口的账目"), ("Microsoft Word - 村口的账目.doc", ""), ("文档1", "")):
            with self.subTest(said):
                document = docx.Document()
                document.core_properties.title = said
                document.add_paragraph(SENTENCE * 3)
                self.assertEqual(intake.read(saved(document)).title, title)

    def test_text_in_boxes_is_kept(self):
        shape = f"<v:shape><v:textbox><w:txbxContent>{PARAGRAPH}</w:txbxContent></v:textbox></v:shape>"
        box = f'<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">{shape}</w:pict></w:r></w:p>'
        self.assertEqual(intake.read(hostile.docx(PARAGRAPH + box)).body_text.count(SENTENCE), 6)


class RefusalTests(SimpleTestCase):
    def test_hostile_files_are_refused_or_read_within_their_limits(self):
        for name, (make, words) in hostile.DOCX.items():
            with self.subTest(name):
                if words:
                    with self.assertRaisesRegex(Unreadable, words):
                        intake.read(make())
                else:
                    draft = intake.read(make())
                    self.assertIn(SENTENCE, draft.body_text)
                    self.assertNotIn("root:", draft.body_html)
                    self.assertNotIn("<script", draft.body_html)

    def test_each_other_kind_is_told_what_to_do(self):
        for names, words in (
            (["[Content_Types].xml", "xl/workbook.xml"], "Spreadsheets"),
            (["[Content_Types].xml", "ppt/presentation.xml"], "Slides"),
            (["mimetype", "META-INF/container.xml"], "E-books"),
            (["mimetype", "content.xml"], "OpenDocument"),
            (["照片/一.jpg"], "zip archive"),
        ):
            with self.subTest(words), self.assertRaisesRegex(Unreadable, words):
                intake.read(hostile.packed(names))
        for data, words in (
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, r"save the document as \.docx"),
            (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
            (b"{\\rtf1\\ansi}", r"RTF.*\.docx"),
        ):
            with self.subTest(words), self.assertRaisesRegex(Unreadable, words):
                intake.read(data)

    def test_an_empty_document_has_no_article(self):
        with self.assertRaisesRegex(Unreadable, "No article"):
            intake.read(saved(docx.Document()))

    def test_damage_is_refused_or_read(self):
        whole = (DOCUMENTS / "office.docx").read_bytes()
        for seed in range(12):
            with self.subTest(seed):
                try:
                    self.assertTrue(intake.read((damage_parts if seed % 3 else damage)(whole, seed)).body_text)
                except Unreadable as refusal:
                    self.assertTrue(str(refusal).endswith("."))
