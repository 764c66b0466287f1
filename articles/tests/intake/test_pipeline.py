"""Which reader reads what."""

from pathlib import Path

from django.test import SimpleTestCase

from articles import intake
from articles.intake.pipeline import is_html

DOCUMENTS = Path(__file__).parents[1] / "pages" / "documents"
PARAGRAPH = "村里把每一笔账都贴在村口，谁都可以看，也可以问，问了就要有人答复。"


class SniffTests(SimpleTestCase):
    def test_it_goes_by_the_content(self):
        self.assertTrue(is_html("<!doctype html>\n<title>公开</title>", "a.txt"))
        self.assertTrue(is_html("<div><p>一</p><p>二</p></div><p>三</p><br>"))
        self.assertFalse(is_html(f"账目公开\n{PARAGRAPH}\n<图一>", "a.html"))

    def test_it_goes_by_the_name_where_there_are_few_tags(self):
        self.assertTrue(is_html(f"<p>{PARAGRAPH}</p>", "a.HTM"))
        self.assertFalse(is_html(f"<p>{PARAGRAPH}</p>", "a.txt"))

    def test_documents_go_by_their_first_bytes_and_not_by_their_names(self):
        for name, kind in (("latex.pdf", "pdf"), ("word.docx", "docx")):
            with self.subTest(name):
                data = (DOCUMENTS / name).read_bytes()
                self.assertEqual(intake.read(data, name="账目.html").kind, kind)
        draft = intake.read(b"\r\n" + (DOCUMENTS / "latex.pdf").read_bytes(), url="https://example.org/a.pdf")
        self.assertEqual((draft.kind, draft.url), ("pdf", "https://example.org/a.pdf"))

    def test_a_text_about_pdf_is_a_text(self):
        self.assertEqual(intake.read(f"账目公开\n\n%PDF- 是这种文件的开头。{PARAGRAPH * 3}\n".encode()).kind, "text")

    def test_it_says_what_was_read(self):
        text = f"账目公开\n\n{PARAGRAPH}\n{PARAGRAPH}\n".encode("gb18030")
        draft = intake.read(text)
        self.assertEqual((draft.kind, draft.encoding), ("text", "gb18030"))
        draft = intake.read(f"<html><body><h1>账目公开</h1>{f'<p>{PARAGRAPH}</p>' * 5}</body></html>".encode())
        self.assertEqual((draft.kind, draft.encoding, draft.script), ("html", "utf-8", "hans"))
