"""Text that was read by the wrong table."""

from django.test import SimpleTestCase

from articles import body
from articles.chinese.conversion import shown_in
from articles.intake import repairs
from articles.intake.repairs import mojibake

SENTENCE = "议事会把预算贴在村口，每一笔都写明用处，村民看得懂。"
MISTAKES = (
    ("utf-8", "gb18030", "街道的做法是从记"),
    ("utf-8", "latin-1", SENTENCE),
    ("gbk", "latin-1", SENTENCE),
    ("gbk", "cp1252", "村务公开的账目"),
    ("gbk", "latin-1", shown_in(SENTENCE, "hant")),
    ("big5", "latin-1", shown_in(SENTENCE, "hant")),
    ("gbk", "big5hkscs", SENTENCE),
    ("big5", "gb18030", "村民看帳目"),
)


class MendTests(SimpleTestCase):
    def test_it_reads_a_line_by_the_right_table(self):
        for true, mistaken, text in MISTAKES:
            with self.subTest(true=true, mistaken=mistaken):
                self.assertEqual(mojibake.mend(text.encode(true).decode(mistaken)), text)

    def test_it_leaves_what_is_right(self):
        for text in (
            SENTENCE,
            shown_in(SENTENCE, "hant"),
            "Café Müller, naïve façade, déjà vu à l’école",
            "«Où est-il?» – «À côté.»",
            "王珺、李玥、邓垚、赵焱",
            "ÅÄÖ åäö ß ñ",
            "Plain ASCII.",
            "",
        ):
            with self.subTest(text=text):
                self.assertIsNone(mojibake.mend(text))

    def test_it_refuses_what_was_garbled_twice_or_has_lost_bytes(self):
        for text in ("闂傚倸鍊搁崐鎼佸磹", "浣滀负涓夊ぇ鍩虹杞欢", SENTENCE.encode().decode("gb18030", "replace")):
            with self.subTest(text=text):
                self.assertIsNone(mojibake.mend(text))


class MojibakeTests(SimpleTestCase):
    def test_it_mends_one_block_of_a_body_and_says_so(self):
        garbled = SENTENCE.encode("gbk").decode("latin-1")
        cleaned, (finding,) = repairs.clean(body.from_paragraphs(["账目每月公开一次。", garbled]))
        self.assertEqual(body.plain_text(cleaned), f"账目每月公开一次。\n{SENTENCE}")
        self.assertEqual((finding.code, finding.block, finding.start, finding.end), ("mojibake", 1, 0, len(SENTENCE)))
        self.assertEqual((finding.found, finding.suggestion, finding.applied), (garbled, SENTENCE, True))

    def test_it_mends_a_run_inside_a_good_sentence(self):
        garbled = "±¾ÎÄÖ÷Òª½éÉÜ"
        cleaned, _ = repairs.clean(f"<p>摘要：{garbled}，余下从略。</p>")
        self.assertEqual(cleaned, "<p>摘要：本文主要介绍，余下从略。</p>")
