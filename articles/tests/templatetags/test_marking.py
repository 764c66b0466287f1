"""Repairs and doubts drawn into the set text."""

import re

from django.test import SimpleTestCase
from django.utils import translation

from articles import body
from articles.models import Edition, Finding
from articles.templatetags.setting import set_text

TAG = re.compile("<[^>]+>")


def repair(block, start, words, before="原字", *, state="accepted", code="ocr_confusion"):
    return Finding(
        pk=1,
        block=block,
        start=start,
        end=start + len(words),
        exact=words,
        suggestion=words,
        found=before,
        state=state,
        code=code,
    )


def doubt(block, start, words):
    return Finding(
        pk=2,
        block=block,
        start=start,
        end=start + len(words),
        exact=words,
        found=words,
        state="open",
        code="doubled_phrase",
    )


def marked(html, *findings, language="en", script="hans", notes=""):
    edition = Edition(body_html=body.normalise(html), script=script, notes=notes)
    with translation.override(language):
        return set_text(edition, findings)


class RepairTests(SimpleTestCase):
    def test_a_repair_is_marked_with_what_stood_there_and_leads_to_its_line(self):
        text = marked("<p>不容忽视。</p>", repair(0, 1, "容", "环"))
        heard = '<span class="unseen">[Before: “环”] </span>'
        mark = f'<ins class="emend" id="m1" title="Before: “环”"><a href="#r1">{heard}容</a></ins>'
        self.assertIn(f"不{mark}忽视", text.html)
        self.assertTrue(text.marks[0].is_drawn)

    def test_what_was_taken_out_leaves_a_sign_in_words(self):
        text = marked("<p>账目上墙。</p>", repair(0, 2, "", "(mù)", state="cleaned"))
        self.assertIn('账目<del class="emend" id="m1"', text.html)
        self.assertIn("〔cut〕</a></del>上墙", text.html)

    def test_what_was_taken_out_at_the_end_is_marked_too(self):
        self.assertIn("〔cut〕</a></del></p>", marked("<p>账目。</p>", repair(0, 3, "", "广告")).html)

    def test_markup_stays_whole_where_a_repair_crosses_it(self):
        text = marked("<p>村<strong>务公</strong>开<em>了</em>。</p>", repair(0, 0, "村务公开了"))
        self.assertIn("</ins><strong><ins", text.html)
        self.assertEqual(text.html.count('id="m1"'), 1)
        opened = []
        for tag in TAG.findall(text.html):
            name = tag.strip("</>").split()[0]
            if tag.startswith("</"):
                self.assertEqual(opened.pop(), name)
            else:
                opened.append(name)

    def test_no_link_stands_in_a_link(self):
        text = marked('<p>见<a href="https://news.example/">报道</a>。</p>', repair(0, 1, "报道"))
        self.assertIn('nofollow"><ins class="emend" id="m1"', text.html)
        self.assertNotIn('href="#r1"', text.html)

    def test_a_note_can_be_followed_still(self):
        text = marked("<p>账目<sup>[1]</sup>上墙</p>", repair(0, 0, "账目[1]上墙"), notes="注。")
        self.assertIn('href="#note1" aria-label="Note 1">〔1〕</a></sup>', text.html)
        self.assertEqual(text.html.count("</ins>"), 2)

    def test_escaped_characters_count_as_one(self):
        text = marked("<p>收入 &lt; 支出 &amp; 结余</p>", repair(0, 3, "<"))
        self.assertIn("&lt;</a></ins> 支出 &amp; 结余", text.html)

    def test_the_words_before_are_not_converted(self):
        text = marked("<p>群众关系</p>", repair(0, 2, "关", "關"), language="zh-hant")
        self.assertIn("關</a></ins>係", text.html)
        self.assertEqual(text.repairs[0].before, "關")

    def test_characters_that_nobody_sees_are_named(self):
        text = marked("<p>账目</p>", repair(0, 1, "", "\u200b"))
        self.assertIn("Before: “U+200B”", text.html)

    def test_a_hostile_word_is_escaped(self):
        text = marked("<p>账目</p>", repair(0, 1, "目", '"><script>'))
        self.assertNotIn("<script>", text.html)

    def test_what_no_longer_stands_there_is_listed_and_not_drawn(self):
        text = marked("<p>账目</p>", repair(0, 1, "薄"), repair(7, 0, "薄"), repair(body.TITLE, 0, "题"))
        self.assertEqual([mark.is_drawn for mark in text.marks], [False, False, False])
        self.assertEqual(text.html, '<p id="p1">账目</p>')


class GroupTests(SimpleTestCase):
    def test_repairs_of_one_kind_share_a_line(self):
        text = marked("<p>看，听，问；</p>", repair(0, 1, "，", ","), repair(0, 3, "，", ","), repair(0, 5, "；", ";"))
        self.assertEqual([[mark.number for mark in group.marks] for group in text.repairs], [[1, 2], [3]])


class DoubtTests(SimpleTestCase):
    def test_a_doubt_is_marked_otherwise(self):
        text = marked("<p>密切密切联系</p>", doubt(0, 0, "密切密切"))
        self.assertIn('<mark class="doubt" id="m1" title="Doubtful: doubled words"><a href="#r1">', text.html)
        self.assertEqual((len(text.repairs), len(text.doubts)), (0, 1))

    def test_a_repair_goes_before_a_doubt_over_it(self):
        text = marked("<p>密切密切联系</p>", doubt(0, 0, "密切密切"), repair(0, 2, "密"))
        self.assertNotIn("<mark", text.html)
        self.assertEqual([mark.is_drawn for mark in text.marks], [False, True])

    def test_a_doubt_between_two_characters_is_a_question(self):
        self.assertIn("〔？〕</a></mark></p>", marked("<p>账目</p>", doubt(0, 2, "")).html)

    def test_the_text_without_findings_is_as_ever(self):
        self.assertEqual(marked("<p>账目</p>").html, '<p id="p1">账目</p>')
