"""Carry out suggestions and take them back."""

import html
from dataclasses import replace

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body, restoration
from articles.restoration import Finding, Repaired

WORDS = '账目 公开 村民 议事会 ， 。 “ ” ； GDP 10:30 < > & " e\u0301 𠀀'.split()
# what each class of damage leaves behind
DAMAGE = {
    "punctuation_width": [",", ";", ":", "?", "!", "(", ")", ", "],
    "mixed_script": ["推動", "羣眾", "《臺灣鄉村賬冊》"],
    "doubled_phrase": [
        "密切密切联系",
        "密切联系",
        "念账制度念账制度念账制度",
        "念账制度",
        "(Object-Oriented,(Object-Oriented,",
    ],
    "masked_text": ["中国***", "20__年", "**镇", "×××同志"],
    "injected_text": [
        "老百姓(603883,股吧)",
        "收听本文 00:00/00:00",
        "[微博]",
        "请前往江城APP阅读全文",
        "转载请注明出处。",
    ],
    "lost_characters": ["\ufffd", "全村□□户", "同比增长%", "199112005年", "1941519日", "BSTRACT", "在\u3000\u3000工作"],
    "ocr_confusion": ["己经", "二O一三年", "2O13年", "壹般", "壹種", "3一5天", "末来"],
    "glyph_substitution": ["昰", "噺", "笁程", "叺册", "新", "是", "工程", "入册"],
    "missing_stop": ["“账目要贴在墙上，也要念在会上”但是"],
    "truncated": ["省略834字"],
}
PIECES = st.sampled_from([*WORDS, *(piece for pieces in DAMAGE.values() for piece in pieces)])
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map("".join)
MARKS = st.sampled_from(
    ["{}", "<strong>{}</strong>", "<em>{}</em>", "{}<br>", '<a href="https://villages.example/">{}</a>']
)
BLOCKS = st.tuples(
    st.sampled_from(["p", "h2", "li", "blockquote"]), st.lists(st.tuples(TEXTS, MARKS), min_size=1, max_size=5)
)


def marked_up(blocks):
    """Return the body of blocks, each an element and its pieces of text with their marks."""
    shown = {"li": "<ul><li>{}</li></ul>", "blockquote": "<blockquote><p>{}</p></blockquote>"}
    return body.normalise(
        "".join(
            shown.get(element, f"<{element}>{{}}</{element}>").replace(
                "{}", "".join(mark.replace("{}", html.escape(text, quote=False)) for text, mark in pieces)
            )
            for element, pieces in blocks
        )
    )


class ApplyTests(SimpleTestCase):
    def test_it_carries_out_what_is_confident_and_open(self):
        text = body.from_paragraphs(["账目公开,村民放心。", "推動公开"])
        findings = [
            Finding("punctuation_width", "info", 0, 4, 5, ",", "，", 0.95),
            Finding("mixed_script", "warning", 1, 1, 2, "動", "动", 0.5),
            Finding("masked_text", "error", 1, 2, 4, "公开", None, 1.0),
            Finding("page_cut", "info", 1, 0, 0, "2、", "", 1.0, applied=True),
        ]
        self.assertEqual(restoration.apply(text, findings), "<p>账目公开，村民放心。</p>\n<p>推動公开</p>")

    def test_it_places_what_was_done_in_the_new_text(self):
        text = body.from_paragraphs(["老百姓(603883,股吧)的账目,公开。"])
        repaired = restoration.carry_out(text, restoration.detect(text))
        self.assertEqual(body.plain_text(repaired.body_html), "老百姓的账目，公开。")
        shown = [(each.found, body.plain_text(repaired.body_html)[each.start : each.end]) for each in repaired.findings]
        self.assertEqual(shown, [("(603883,股吧)", ""), (",", "，")])
        self.assertTrue(all(each.applied for each in repaired.findings))

    def test_it_takes_a_space_out_with_words_that_stood_between_two(self):
        for words, left in (
            ("账目 [微博] 公开。", "账目 公开。"),
            ("[微博] 账目公开。", "账目公开。"),
            ("公开 [微博]", "公开"),
        ):
            with self.subTest(words):
                text = body.from_paragraphs([words])
                place = words.index("[")
                repaired = restoration.carry_out(text, [Finding("a", "info", 0, place, place + 4, "[微博]", "", 1.0)])
                self.assertEqual(repaired.body_html, body.from_paragraphs([left]))
                self.assertEqual(restoration.undo(repaired.body_html, repaired.findings), text)

    def test_it_takes_the_longer_of_two_that_overlap(self):
        text = body.from_paragraphs(["密切密切联系群众。"])
        findings = [
            Finding("a", "info", 0, 0, 2, "密切", "紧密", 1.0),
            Finding("b", "info", 0, 0, 4, "密切密切", "密切", 1.0),
        ]
        self.assertEqual(body.plain_text(restoration.apply(text, findings)), "密切联系群众。")

    def test_it_passes_over_a_finding_whose_words_are_gone(self):
        text = body.from_paragraphs(["账目公开。"])
        self.assertEqual(restoration.apply(text, [Finding("a", "info", 0, 0, 2, "预算", "决算", 1.0)]), text)

    def test_it_never_empties_a_block(self):
        text = body.from_paragraphs(["账目公开。", "请前往江城APP阅读全文"])
        findings = [Finding("injected_text", "warning", 1, 0, 12, "请前往江城APP阅读全文", "", 1.0)]
        self.assertEqual(restoration.apply(text, findings), text)

    def test_it_keeps_markup(self):
        text = "<p><strong>账目</strong>公开,<em>村民</em>放心。</p>"
        self.assertEqual(
            restoration.apply(text, restoration.detect(text)), "<p><strong>账目</strong>公开，<em>村民</em>放心。</p>"
        )

    def test_it_passes_over_a_finding_that_reaches_beyond_the_text(self):
        text = body.from_paragraphs(["账目公开"])
        self.assertEqual(restoration.apply(text, [Finding("a", "info", 0, 2, 9, "公开", "贴出", 1.0)]), text)

    def test_it_leaves_words_alone_that_could_not_be_put_back(self):
        text = "<p>密切<strong>密切</strong>联系。</p>"
        findings = [Finding("doubled_phrase", "warning", 0, 0, 4, "密切密切", "密切", 1.0)]
        repaired = restoration.carry_out(text, findings)
        self.assertEqual(restoration.undo(repaired.body_html, repaired.findings), text)


class TitleTests(SimpleTestCase):
    findings = (
        Finding("doubled_phrase", "warning", body.TITLE, 0, 4, "密切密切", "密切", 0.9),
        Finding("mixed_script", "warning", body.TITLE, 6, 7, "羣", "群", 0.9),
        Finding("masked_text", "error", body.TITLE, 8, 11, "***", None, 0.9),
    )

    def test_it_carries_out_what_is_confident(self):
        self.assertEqual(restoration.apply_to_title("密切密切联系羣众***", self.findings), "密切联系群众***")

    def test_it_is_never_emptied(self):
        findings = [Finding("injected_text", "warning", body.TITLE, 0, 4, "阅读原文", "", 1.0)]
        self.assertEqual(restoration.apply_to_title("阅读原文", findings), "阅读原文")

    def test_the_body_does_not_know_of_it(self):
        text = body.from_paragraphs(["密切密切联系羣众***"])
        self.assertEqual(restoration.carry_out(text, self.findings), Repaired(text, []))


class UndoTests(SimpleTestCase):
    @settings(max_examples=200, deadline=None)
    @given(st.lists(TEXTS, min_size=1, max_size=4))
    def test_it_gives_the_same_bytes_back(self, paragraphs):
        self.assert_undone(body.from_paragraphs(paragraphs))

    @settings(max_examples=300, deadline=None)
    @given(st.lists(BLOCKS, min_size=1, max_size=4))
    def test_it_gives_the_same_bytes_back_across_markup(self, blocks):
        self.assert_undone(marked_up(blocks))

    @settings(max_examples=200, deadline=None)
    @given(st.lists(BLOCKS, min_size=1, max_size=3))
    def test_it_does_so_where_an_editor_takes_every_suggestion(self, blocks):
        text = marked_up(blocks)
        findings = [replace(each, confidence=1.0) for each in restoration.detect(text)]
        self.assert_undone(text, findings)

    @settings(max_examples=200, deadline=None)
    @given(TEXTS, st.data())
    def test_it_does_so_where_suggestions_overlap(self, paragraph, data):
        text = body.from_paragraphs([paragraph])
        plain = body.plain_text(text)
        spans = st.tuples(st.integers(0, len(plain)), st.integers(0, 4), st.sampled_from(["", "。", "公开", "<&>"]))
        findings = [
            Finding("made_up", "info", 0, start, end, plain[start:end], new)
            for start, length, new in data.draw(st.lists(spans, max_size=12))
            for end in [min(start + length, len(plain))]
        ]
        self.assert_undone(text, findings)

    def test_every_class_of_damage_is_among_what_it_is_tried_with(self):
        pieces = [piece for pieces in DAMAGE.values() for piece in pieces]
        text = body.from_paragraphs(["".join(["账目，公开村民，", *pieces, "。"])] * 3)
        self.assertLessEqual(DAMAGE.keys(), {each.code for each in restoration.detect(text)})

    def assert_undone(self, text, findings=None):
        repaired = restoration.carry_out(text, restoration.detect(text) if findings is None else findings)
        self.assertEqual(restoration.undo(repaired.body_html, repaired.findings), text)
