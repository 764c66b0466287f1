"""Bytes become text, whatever the page claims about itself."""

from django.test import SimpleTestCase

from articles.intake.decoding import LIMIT_BYTES, Unreadable, decode

SENTENCE = "村里把每一笔账都贴在村口，谁都可以看，也可以问，问了就要有人答复。"
TRADITIONAL = "村裡把每一筆帳都貼在村口，誰都可以看，也可以問，問了就要有人答覆。"


def page(text: str, charset: str) -> str:
    return f'<html><head><meta charset="{charset}"><title>公开</title></head><body>{text * 10}</body></html>'


class DecodeTests(SimpleTestCase):
    def test_it_reads_the_bytes_and_not_the_claim(self):
        for encoding, claim, text in (
            ("utf-8", "gb2312", SENTENCE),
            ("gb18030", "utf-8", SENTENCE),
            ("gb18030", "big5", SENTENCE),
            ("big5hkscs", "gb2312", TRADITIONAL),
            ("utf-16-le", "utf-8", SENTENCE),
            ("utf-16-be", "utf-8", SENTENCE),
        ):
            with self.subTest(encoding=encoding, claim=claim):
                self.assertIn(text, decode(page(text, claim).encode(encoding, "replace")).text)

    def test_it_believes_a_byte_order_mark(self):
        for encoding in ("utf-8-sig", "utf-16", "utf-32"):
            with self.subTest(encoding=encoding):
                self.assertEqual(decode(SENTENCE.encode(encoding)).text, SENTENCE)

    def test_it_reads_gb2312_by_the_wider_set(self):
        decoded = decode(page("镕基的镕字，囧字，都不在最早的字表里。" + SENTENCE, "gb2312").encode("gbk"))
        self.assertEqual(decoded.encoding, "gb18030")
        self.assertIn("镕基的镕字，囧字", decoded.text)

    def test_it_reads_hz(self):
        self.assertIn(SENTENCE, decode(page(SENTENCE, "hz-gb-2312").encode("hz")).text)

    def test_it_counts_what_is_lost(self):
        cut = page(SENTENCE, "utf-8").encode()[:-40]
        decoded = decode(cut[: cut.rfind("。".encode()) + 2])
        self.assertEqual((decoded.encoding, decoded.lost), ("utf-8", 1))

    def test_it_never_reads_utf_7(self):
        self.assertEqual(decode(b"+ADw-script+AD4- " + SENTENCE.encode()).text[:16], "+ADw-script+AD4-")

    def test_it_drops_control_characters(self):
        self.assertEqual(decode(f"账\x00目\ufffe公开{SENTENCE * 5}".encode()).text[:4], "账目公开")


class RefusalTests(SimpleTestCase):
    def test_it_says_what_it_cannot_read(self):
        for data, words in (
            (b"", "empty"),
            (b" \r\n", "empty"),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not text"),
            (bytes(range(256)) * 8, "not text"),
            (b"%PDF-1.7 ...", "PDF"),
            (b"PK\x03\x04 word/document.xml", ".docx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
            (b"{\\rtf1\\ansi}", "RTF"),
            (b"\x1f\x8b\x08", "compressed"),
            (b"a" * (LIMIT_BYTES + 1), "larger than 20 MB"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(Unreadable, words):
                decode(data)


class UnreadableTests(SimpleTestCase):
    def test_its_sentence_can_be_translated_apart_from_what_is_put_into_it(self):
        with self.assertRaises(Unreadable) as caught:
            decode(b"a" * (LIMIT_BYTES + 1))
        refusal = caught.exception
        self.assertEqual((refusal.template, refusal.params), ("The file is larger than %(most)d MB.", {"most": 20}))
        self.assertEqual(str(refusal), "The file is larger than 20 MB.")

    def test_a_sentence_without_parameters_may_hold_a_percent_sign(self):
        sentence = "100% of it is missing."
        self.assertEqual(str(Unreadable(sentence)), sentence)
