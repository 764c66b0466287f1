"""Which reader reads what."""

from django.test import SimpleTestCase

from articles import intake
from articles.intake.pipeline import is_html

PARAGRAPH = "村里把每一笔账都贴在村口，谁都可以看，也可以问，问了就要有人答复。"


class SniffTests(SimpleTestCase):
    def test_it_goes_by_the_content(self):
        self.assertTrue(is_html("<!doctype html>\n<title>公开</title>", "a.txt"))
        self.assertTrue(is_html("<div><p>一</p><p>二</p></div><p>三</p><br>"))
        self.assertFalse(is_html(f"账目公开\n{PARAGRAPH}\n<图一>", "a.html"))

    def test_it_goes_by_the_name_where_there_are_few_tags(self):
        self.assertTrue(is_html(f"<p>{PARAGRAPH}</p>", "a.HTM"))
        self.assertFalse(is_html(f"<p>{PARAGRAPH}</p>", "a.txt"))

    def test_it_says_what_was_read(self):
        text = f"账目公开\n\n{PARAGRAPH}\n{PARAGRAPH}\n".encode("gb18030")
        draft = intake.read(text)
        self.assertEqual((draft.kind, draft.encoding), ("text", "gb18030"))
        draft = intake.read(f"<html><body><h1>账目公开</h1>{f'<p>{PARAGRAPH}</p>' * 5}</body></html>".encode())
        self.assertEqual((draft.kind, draft.encoding, draft.script), ("html", "utf-8", "hans"))
