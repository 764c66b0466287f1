"""Pages and texts made to harm who reads them, or come to harm: each is read whole or refused with a sentence."""

import codecs
import tempfile
from pathlib import Path

from django.test import SimpleTestCase, TestCase, override_settings
from django.urls import reverse

from articles import body, intake, restoration
from articles.actions import capturing
from articles.admin import bringing
from articles.intake import LIMIT_BYTES, Unreadable
from articles.models import Article, Capture, Edition, Witness
from articles.tests.admin.people import browser_of, person
from articles.tests.intake.hostile import SENTENCE
from articles.tests.intake.loopback import LoopbackSite
from articles.tests.intake.mutations import damage

PAGES = Path(__file__).parents[1] / "pages"
TITLE = "村口的账本"
ARTICLE = f"<p>{SENTENCE * 3}</p>" * 4
MUTATIONS = 150
# read, or refused with a whole sentence
SAID = r"^$|^[A-Z].*\.$"
ENCODINGS = (
    "gbk gb18030 big5 hz utf-7 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le iso2022_jp shift_jis euc_kr cp037"
)


def page(text, head=""):
    return f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1><div>{text}</div></body></html>"


# what each is, and what an editor is told of it ("" where it is read)
MARKUP = {
    "nested without end": (page("<div>" * 20_000 + ARTICLE), "nested deeper than"),
    "formats never closed": (page(f"<p><b><i><font>{SENTENCE}" * 300), "nested deeper than"),
    "tags without end": (page("<br>" * 100_000), "more than 30,000 tags"),
    "nothing but brackets": ("<html>" + "<" * 100_000, "more than 30,000 tags"),
    "nothing but comments": ("<html><p>" + "<!-- " * 20_000, "No article|no text"),
    "frames": ("<html><frameset>" + "<frame src=a.html>" * 2_000, "No article|no text"),
    "more text than is kept": (page("<p>" + SENTENCE * 160_000), "more than|longer than|cannot be stored"),
    "a long attribute": (page(f'<p class="{"a b " * 50_000}">{SENTENCE}</p>{ARTICLE}'), ""),
    "many attributes": (page("<p " + " ".join(f"a{n}" for n in range(2_000)) + f">{SENTENCE}</p>{ARTICLE}"), ""),
    "a table without end": (page(f"{ARTICLE}<table>{'<tr><td colspan=999999999>1</td></tr>' * 1_000}</table>"), ""),
    "a script without end": (page(ARTICLE + "<script>" + "pubtime : " * 50_000), ""),
    "a script of a moment that is none": (page(ARTICLE + '<script>var ct = "1999999999"</script>'), ""),
    "deep data": (page(f'{ARTICLE}<script type="application/ld+json">{"[" * 50_000}</script>'), ""),
    "a number without end": (page(f'{ARTICLE}<script type="application/ld+json">{"9" * 5_000}</script>'), ""),
    "entities left open": (page(f"<p>{'&nbsp&copy&lt&#x4e2d&notit;' * 2_000}{SENTENCE}</p>{ARTICLE}"), ""),
    "characters that are none": (page(f"<p>{'&#0;&#xD800;&#x110000;&#99999999999;'}{SENTENCE}</p>{ARTICLE}"), ""),
    "controls by reference": (page(f"{ARTICLE}<script></script>&#1;&#12;&#x1f;&#xfffe;&&#1;#1;{SENTENCE}"), ""),
    "form feeds": (page(f"{ARTICLE}<script></script>\f{SENTENCE}\f"), ""),
    "plain text in a page": (page(f"<plaintext>{ARTICLE}"), ""),
    "declarations": (
        '<!DOCTYPE html [<!ENTITY a "账账账账"><!ENTITY b "&a;&a;&a;&a;">]>' + page(f"<p>&b;{SENTENCE}</p>{ARTICLE}"),
        "",
    ),
    "odd tags": (page("<x:image><![CDATA[<?php </p></b></x>" * 500 + ARTICLE), "nested deeper than"),
    "a line of a million characters": (page("<p>" + "The ledger of a village " * 40_000 + "</p>" + ARTICLE), ""),
    "marks over one letter": (page(f"<p>{SENTENCE}a{chr(0x301) * 100_000}</p>{ARTICLE}"), ""),
}
TEXTS = {
    "no line end": (SENTENCE * 20_000, ""),
    "line ends": (f"{TITLE}\n{SENTENCE}\n" + "\r\n\u2028\u2029\x85\f\v" * 5_000 + SENTENCE, ""),
    "labels": (f"{TITLE}\n{SENTENCE}\n" + "来源：作者：" * 20_000, ""),
    "brackets": (f"{TITLE}\n{SENTENCE}\n" + "（《“" * 20_000, ""),
    "controls": ("\x01\x02" * 1_000 + SENTENCE, "not text"),
    "nothing": (" \n\u3000" * 10_000, "empty|No article"),
}


class HostileCase:
    """Mix into a test: what is read is sound in itself."""

    def sound(self, data: bytes, name: str = "page.html"):
        draft = intake.read(data, name=name)
        blocks = [block.text for block in body.blocks(draft.body_html)]
        self.assertEqual(body.normalise(draft.body_html), draft.body_html)
        for finding in draft.findings:
            if finding.block >= 0 and finding.start < finding.end:
                stands = blocks[finding.block][finding.start : finding.end]
                self.assertEqual(stands, finding.suggestion if finding.applied else finding.found, finding)
        repaired = restoration.carry_out(draft.body_html, draft.findings)
        self.assertEqual(body.normalise(repaired.body_html), repaired.body_html)
        self.assertEqual(restoration.undo(repaired.body_html, repaired.findings), draft.body_html)

    def told(self, data: bytes, name: str = "page.html") -> str:
        """The sentence for the editor, or nothing where the page is read."""
        try:
            self.sound(data, name)
        except Unreadable as refusal:
            return str(refusal)
        return ""


class HostilePageTests(HostileCase, SimpleTestCase):
    def test_every_page_is_read_whole_or_refused(self):
        for what, (text, sentence) in MARKUP.items():
            with self.subTest(page=what):
                self.assertRegex(self.told(text.encode()), sentence or "^$")

    def test_every_text_is_read_whole_or_refused(self):
        for what, (text, sentence) in TEXTS.items():
            with self.subTest(text=what):
                self.assertRegex(self.told(text.encode(), "page.txt"), sentence or "^$")

    def test_every_encoding_is_read_or_refused(self):
        for encoding in ENCODINGS.split():
            with self.subTest(encoding=encoding):
                self.assertRegex(self.told(page(ARTICLE).encode(encoding, "replace")), SAID)

    def test_every_break_of_an_encoding_is_read_or_refused(self):
        utf8, gbk = page(ARTICLE).encode(), page(ARTICLE).encode("gbk")
        broken = {
            "mixed": gbk + utf8 + page(ARTICLE).encode("big5", "replace"),
            "cut": gbk[:-30] + b"\xb4",
            "overlong": utf8.replace(b"<p>", b"<p>\xc0\xbc\xe0\x80\xaf\xf8\x88\x80\x80\x80"),
            "surrogates": utf8.replace(b"<p>", b"<p>\xed\xa0\x80\xed\xbf\xbf"),
            "lone surrogates": codecs.BOM_UTF16_LE + page(ARTICLE).encode("utf-16-le") + b"\x00\xd8\x00\xdca",
            "marks inside": codecs.BOM_UTF8 * 2 + utf8.replace(b"<p>", b"<p>" + codecs.BOM_UTF8),
            "nulls": utf8.replace(b"<p>", b"<p>\x00\x1b\x7f"),
            "no characters": page(ARTICLE.replace("账", "\ufffe\uffff账\ue000")).encode(),
            "a wrong name": page(ARTICLE, "<meta charset=idna>").encode("gb18030"),
            "escapes of HZ": page(ARTICLE).encode("hz") + b"~{" * 50_000,
            "script in UTF-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-" + gbk,
        }
        for what, data in broken.items():
            with self.subTest(what):
                self.assertRegex(self.told(data), SAID)

    def test_nothing_is_read_beyond_the_limit(self):
        with self.assertRaisesRegex(Unreadable, "larger than"):
            intake.read(b"a" * (LIMIT_BYTES + 1))

    def test_damage_to_our_own_pages_never_breaks_the_reader(self):
        files = sorted([*(PAGES / "html").glob("*.html"), *(PAGES / "text").glob("*.txt")])
        files = [file for file in files if ".truth" not in file.name]
        for seed in range(MUTATIONS):
            file = files[seed % len(files)]
            with self.subTest(file=file.name, seed=seed):
                self.assertRegex(self.told(damage(file.read_bytes(), seed), file.name), SAID)


class NothingHalfStoredTests(LoopbackSite, TestCase):
    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(override_settings(MEDIA_ROOT=folder, FETCH_LOOPBACK_FOR_TESTS=True))
        self.folder = Path(folder)

    def assert_nothing_stored(self):
        self.assertFalse(any(model.objects.exists() for model in (Article, Edition, Witness, Capture)))
        self.assertEqual([path for path in self.folder.rglob("*") if path.is_file()], [])

    def test_a_refused_page_leaves_neither_row_nor_file(self):
        refused = [text for text, sentence in MARKUP.values() if sentence]
        for data in (*(text.encode() for text in refused), b"", b"%PDF-1.7", b"PK\x03\x04", bytes(range(256))):
            with self.assertRaises(Unreadable):
                capturing.take_in(capturing.Page(data))
        self.assert_nothing_stored()

    def test_a_refused_address_leaves_neither_row_nor_file(self):
        client = browser_of(person("editor", "editor"))
        self.pages["/deep.html"] = MARKUP["nested without end"][0]
        self.pages["/lie.html"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"no gzip")
        self.pages["/loop.html"] = (302, {"Location": "/loop.html"}, b"")
        self.pages["/file.html"] = (302, {"Location": "file:///etc/passwd"}, b"")
        self.pages["/inside.html"] = (302, {"Location": "http://169.254.169.254/"}, b"")
        for path in self.pages:
            with self.subTest(path):
                typed = {"web-address": f"{self.site}{path}", bringing.FETCH: "1"}
                response = client.post(reverse("admin:articles_article_bring_in"), typed)
                [line] = response.context["report"]
                self.assertIsNone(line.article)
                self.assertTrue(line.reason)
        self.assert_nothing_stored()
