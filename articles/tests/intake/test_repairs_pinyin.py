"""Readings in brackets that a mirror site has put after characters."""

from django.test import SimpleTestCase

from articles import body
from articles.intake import repairs
from articles.restoration import Finding


class PinyinTests(SimpleTestCase):
    damaged = ("村裡的發(fā)展靠公開，發(fā)展也靠聯(lián)繫。", "議事會創(chuàng)新了辦法。")

    def cleaned(self, *paragraphs):
        return body.plain_text(repairs.clean(body.from_paragraphs(paragraphs))[0]).split("\n")

    def assertKept(self, *paragraphs):
        with self.subTest(paragraphs=paragraphs):
            self.assertEqual(self.cleaned(*paragraphs), list(paragraphs))

    def test_it_removes_readings_that_recur(self):
        cleaned, findings = repairs.clean(body.from_paragraphs(self.damaged))
        self.assertEqual(body.plain_text(cleaned), "村裡的發展靠公開，發展也靠聯繫。\n議事會創新了辦法。")
        self.assertEqual([each.found for each in findings], ["(fā)", "(fā)", "(lián)", "(chuàng)"])

    def test_its_findings_stand_behind_the_character(self):
        cleaned, findings = repairs.clean(body.from_paragraphs(self.damaged))
        texts = [block.text for block in body.blocks(cleaned)]
        self.assertEqual([texts[each.block][each.start - 1] for each in findings], ["發", "發", "聯", "創"])

    def test_it_carries_earlier_findings_along(self):
        damaged = "甲發(fā)乙發(fā)丙發(fā)丁"
        earlier = [Finding("page_cut", "info", 0, place, place, "2、", "", applied=True) for place in (1, 6, 15)]
        cleaned, findings = repairs.clean(f"<p>{damaged}</p>", earlier)
        text = body.plain_text(cleaned)
        self.assertEqual(
            [text[each.start :] for each in findings if each.code == "page_cut"], [text[1:], text[2:], "丁"]
        )

    def test_it_takes_out_thousands_at_once(self):
        cleaned, findings = repairs.clean(f"<p>{'發(fā)' * 3_000}</p>")
        self.assertEqual((cleaned, len(findings)), (f"<p>{'發' * 3_000}</p>", 2_000))

    def test_a_reading_that_was_put_into_a_latin_word_goes_too(self):
        self.assertEqual(self.cleaned(*self.damaged, "他引了一句“l(fā)aziness”。")[-1], "他引了一句“laziness”。")

    def test_a_second_reading_of_a_character_goes_with_the_others(self):
        self.assertEqual(self.cleaned(*self.damaged, "銀行(háng)也來了。")[-1], "銀行也來了。")

    def test_readings_without_tones_go_when_they_fit_and_recur(self):
        damaged = "農民(min)種糧(liang)，農民（min）賣糧(liang)，一(yi)(yi)直如此。"
        self.assertEqual(self.cleaned(damaged), ["農民種糧，農民賣糧，一直如此。"])

    def test_a_gloss_of_the_author_stays(self):
        self.assertKept("囹(líng)圄(yǔ)是牢狱的意思。")
        self.assertKept("囹(líng)圄(yǔ)是牢狱，身陷囹(líng)圄(yǔ)便是坐牢。")
        self.assertKept("尬(gà)、囧(jiǒng)、怼(duì)都是近年的常用字。")
        self.assertKept("账目(biǎoge)见附件(fùjiàn)，账目(biǎoge)见后。")

    def test_letters_that_are_no_reading_stay(self):
        self.assertKept("甲组(a)、乙组(b)、丙组(c)，甲组(a)先来。", "总值(gdp)、时间(min)、总值(gdp)、时间(min)。")
        self.assertKept("他只啊(a)了一声。")

    def test_it_keeps_the_markup(self):
        cleaned, findings = repairs.clean(
            "<p>村裡的<strong>發(fā)展</strong>靠公開，發<em>(fā)</em>展也靠聯(lián)繫。</p>"
        )
        self.assertEqual(cleaned, "<p>村裡的<strong>發展</strong>靠公開，發展也靠聯繫。</p>")
        self.assertEqual([body.plain_text(cleaned)[each.start - 1] for each in findings], ["發", "發", "聯"])

    def test_it_leaves_a_clean_body_alone(self):
        self.assertEqual(repairs.clean("<p>账目公开。</p>"), ("<p>账目公开。</p>", []))
