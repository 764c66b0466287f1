"""PDF as LaTeX, LibreOffice and a browser write them, and as nobody should."""

import io
from pathlib import Path

from django.test import SimpleTestCase
from pypdf import PdfReader, PdfWriter

from articles import intake
from articles.chinese.scripts import HAN
from articles.intake import Unreadable
from articles.intake.readers.pdf_furniture import is_page_number
from articles.tests.intake import hostile
from articles.tests.intake.mutations import damage
from articles.tests.pages.documents.sources.account import ABSTRACT, AUTHORS, KEYWORDS, TEXT, TITLE

DOCUMENTS = Path(__file__).parents[1] / "pages" / "documents"
PARAGRAPHS = [text for kind, text in TEXT if kind == "p"]
HEADINGS = [text for kind, text in TEXT if kind in ("h", "h2")]
TABLE = next(rows for kind, rows in TEXT if kind == "table")


def read(name):
    return intake.read((DOCUMENTS / name).read_bytes(), name=name)


def written(count=None):
    """The paragraphs as a draft should have them: with numbers for the notes."""
    texts, number = [], 0
    for paragraph in PARAGRAPHS[:count]:
        while "⟨" in paragraph:
            number += 1
            before, _, rest = paragraph.partition("⟨")
            paragraph = f"{before}[{number}]{rest.partition('⟩')[2]}"
        texts.append(paragraph)
    return texts


def notes():
    return [part.partition("⟩")[0] for paragraph in PARAGRAPHS for part in paragraph.split("⟨")[1:]]


def plain(texts):
    return [text.replace(" ", "") for text in texts]


class WritersTests(SimpleTestCase):
    """The same article from four programs."""

    def test_it_gives_back_every_paragraph_and_note_whole(self):
        for name in ("latex.pdf", "columns.pdf", "office.pdf"):
            with self.subTest(name):
                draft = read(name)
                blocks = plain(draft.body_text.split("\n"))
                cells = [cell for row in TABLE for cell in row]
                texts = [text for text in blocks if text not in (*plain(HEADINGS), *cells)]
                self.assertEqual(texts, plain(written()))
                self.assertEqual(plain(draft.notes), plain(notes()))

    def test_it_tells_title_and_headings_by_their_type(self):
        for name in ("latex.pdf", "columns.pdf", "office.pdf"):
            with self.subTest(name):
                draft = read(name)
                self.assertEqual((draft.kind, draft.encoding, draft.title), ("pdf", "", TITLE))
                self.assertEqual(sorted(draft.headings), sorted(HEADINGS))
                self.assertIn("<h2>一、墙是怎么立起来的</h2>\n<h3>（一）一次没有开成的会</h3>", draft.body_html)

    def test_it_reads_what_stands_above_the_text(self):
        for name in ("latex.pdf", "columns.pdf", "office.pdf"):
            with self.subTest(name):
                draft = read(name)
                self.assertEqual([author.name for author in draft.authors], list(AUTHORS))
                self.assertEqual(draft.affiliation, "江城大学乡村治理研究中心")
                self.assertEqual((draft.abstract, draft.keywords), (ABSTRACT, list(KEYWORDS)))

    def test_it_keeps_tables(self):
        for name in ("latex.pdf", "columns.pdf", "office.pdf"):
            with self.subTest(name):
                draft = read(name)
                self.assertIn("2018\n402\n317\n85\n2019\n176\n161\n15", draft.body_text)
                self.assertEqual(draft.body_html.count("<table>"), 1)

    def test_a_running_head_names_the_journal_and_is_no_text(self):
        draft = read("columns.pdf")
        self.assertEqual((draft.original_source, draft.published), ("江城乡村评论", "2021-03"))
        self.assertNotIn("江城乡村评论", draft.body_text)
        heads = [finding.found for finding in draft.findings if finding.code == "running_head"]
        self.assertEqual(heads, ["第36卷第2期 江城乡村评论 2021年3月", "第1页"])

    def test_it_reads_a_page_printed_from_the_browser(self):
        draft = read("browser.pdf")
        self.assertEqual((draft.title, draft.published), (TITLE, "2021-03-05"))
        texts = [text for text in draft.body_text.split("\n") if text not in HEADINGS]
        self.assertEqual(plain(texts), plain([text.replace("[1]", "") for text in written(3)]))

    def test_it_reads_columns_from_top_to_bottom(self):
        draft = read("vertical.pdf")
        self.assertEqual(draft.title, TITLE)
        self.assertEqual(plain(draft.body_text.split("\n")[:2]), plain(text.replace("[1]", "") for text in written(2)))


class CharacterTests(SimpleTestCase):
    def test_radicals_and_vertical_marks_become_the_usual_characters(self):
        draft = read("vertical.pdf")
        self.assertFalse(
            {char for char in draft.body_text if "\u2e80" <= char <= "\u2fdf" or "\ufe10" <= char <= "\ufe48"}
        )
        finding = next(each for each in draft.findings if each.code == "compatibility_form")
        block = draft.body_text.split("\n")[finding.block]
        self.assertEqual((finding.found, finding.suggestion, finding.applied), ("⽩", "白", True))
        self.assertEqual(block[finding.start : finding.end], "白")

    def test_numbers_of_characters_are_looked_up(self):
        # LaTeX's fonts give numbers of Adobe's collection and no table of their own
        font = PdfReader(DOCUMENTS / "latex.pdf").pages[0]["/Resources"]["/Font"]["/F1"]
        self.assertNotIn("/ToUnicode", font)
        self.assertGreater(len(HAN.findall(read("latex.pdf").body_text)), 1_000)


class RefusalTests(SimpleTestCase):
    def assert_refused(self, data, words):
        with self.assertRaisesRegex(Unreadable, words):
            intake.read(data)

    def test_pictures_of_pages_need_text_recognition(self):
        self.assert_refused((DOCUMENTS / "scanned.pdf").read_bytes(), "OCR")

    def test_a_password_is_asked_for_unless_it_is_empty(self):
        for password, is_read in (("", True), ("秘密", False)):
            with self.subTest(password):
                writer = PdfWriter(clone_from=DOCUMENTS / "latex.pdf")
                writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
                locked = io.BytesIO()
                writer.write(locked)
                if is_read:
                    self.assertEqual(intake.read(locked.getvalue()).title, TITLE)
                else:
                    self.assert_refused(locked.getvalue(), "password")

    def test_hostile_files_are_refused_or_read_within_their_limits(self):
        for name, (make, words) in hostile.PDF.items():
            with self.subTest(name):
                if words:
                    self.assert_refused(make(), words)
                else:
                    self.assertTrue(intake.read(make()).body_text)

    def test_damage_is_refused_or_read(self):
        whole = (DOCUMENTS / "latex.pdf").read_bytes()
        for seed in range(12):
            with self.subTest(seed):
                try:
                    self.assertTrue(intake.read(damage(whole, seed)).body_text)
                except Unreadable as refusal:
                    self.assertTrue(str(refusal).endswith("."))


class PageNumberTests(SimpleTestCase):
    def test_it_knows_them_from_text(self):
        for text in ("12", "— 3 —", "第 3 页", "第3页 共9页", "3 / 12", "Page 3 of 12", "xii", "·4·"):
            with self.subTest(text):
                self.assertTrue(is_page_number(text))
        for text in ("第3期", "2021年", "3 月", "一、", "3.5", "共同体"):
            with self.subTest(text):
                self.assertFalse(is_page_number(text))
