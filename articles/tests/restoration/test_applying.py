"""Carry out suggestions and take them back."""

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body, restoration
from articles.restoration import Finding, Repaired

PIECES = st.sampled_from(
    "账目 公开 , ; : ? ! ( ) 。 ， ” “ 推動 羣眾 密切密切联系 密切联系 老百姓(603883,股吧)".split()
    + '*** & < > " 10:30 GDP e\u0301 𠀀'.split()
)
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map("".join)


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
        findings = [Finding("injected_text", "warning", 1, 0, 13, "请前往江城APP阅读全文", "", 1.0)]
        self.assertEqual(restoration.apply(text, findings), text)

    def test_it_keeps_markup(self):
        text = "<p><strong>账目</strong>公开,<em>村民</em>放心。</p>"
        self.assertEqual(
            restoration.apply(text, restoration.detect(text)), "<p><strong>账目</strong>公开，<em>村民</em>放心。</p>"
        )

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
        text = body.from_paragraphs(paragraphs)
        repaired = restoration.carry_out(text, restoration.detect(text))
        self.assertEqual(restoration.undo(repaired.body_html, repaired.findings), text)

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(
            st.tuples(TEXTS, st.sampled_from(["{}", "<strong>{}</strong>", "<em>{}</em>", "{}<br>"])),
            min_size=1,
            max_size=6,
        )
    )
    def test_it_gives_the_same_bytes_back_across_markup(self, pieces):
        escaped = ((text.replace("&", "&amp;").replace("<", "&lt;"), mark) for text, mark in pieces)
        text = body.normalise("<p>" + "".join(mark.format(inner) for inner, mark in escaped) + "</p>")
        repaired = restoration.carry_out(text, restoration.detect(text))
        self.assertEqual(restoration.undo(repaired.body_html, repaired.findings), text)
