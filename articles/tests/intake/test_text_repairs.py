"""Repairs that need no judgement: page cuts and inserted readings."""

from django.test import SimpleTestCase

from articles import body
from articles.intake.repairs import page_cuts, pinyin
from articles.restoration import Finding

PAGES = [
    "1、议事会把预算贴在祠堂门口，每一笔都写明用处，村民看得懂，问得着，也改得动。头一年贴出来的时候，人人都围上来看，有人数字数，有人数签名，还有人把账目抄回家里慢慢",
    "2、算。第二年村里又添了一条规矩，谁经手谁签名，谁签名谁答复，答复不了的就在下一次会上当众说明，这样一来账目就再也没有糊涂过，大家说起公开来也就不再只是一句口号，而",
    "3、是每个月都能看见的一张纸。到了第三年，邻村的人也来抄规矩，议事会就把这些年的做法写成了一本小册子，谁来都送一本，送完了再印，印书的钱也照样写在账上贴在祠堂的门口。",
]


class PageCutTests(SimpleTestCase):
    def test_it_joins_sentences_cut_at_page_ends(self):
        (whole,), findings = page_cuts.join(PAGES)
        self.assertTrue(whole.startswith("议事会把预算"))
        self.assertIn("抄回家里慢慢算。", whole)
        self.assertIn("一句口号，而是每个月", whole)
        self.assertEqual([finding.found for finding in findings], ["1、", "\n2、", "\n3、"])

    def test_its_findings_stand_where_the_cut_was(self):
        (whole,), findings = page_cuts.join(PAGES)
        self.assertEqual([whole[finding.start :][:3] for finding in findings], ["议事会", "算。第", "是每个"])
        self.assertTrue(all(finding.applied and finding.suggestion == "" for finding in findings))

    def test_a_page_that_begins_a_paragraph_only_loses_its_number(self):
        joined, _ = page_cuts.join([*PAGES, PAGES[2].replace("3、是", "4、往后")])
        self.assertEqual(len(joined), 2)
        self.assertTrue(joined[1].startswith("往后每个月"))

    def test_a_page_may_begin_in_the_middle_of_a_short_paragraph(self):
        pages = [
            "1、村里的账本摊开了。",
            "三月里贴出第一张，" + "有人数字数，有人数签名，" * 5 + "看的人走走",
            "2、停停。",
            PAGES[1][2:],
        ]
        joined, _ = page_cuts.join([*pages, "3、今天。"])
        self.assertEqual(joined[0], "村里的账本摊开了。")
        self.assertTrue(joined[1].endswith("看的人走走停停。"))
        self.assertTrue(joined[2].endswith("一句口号，而今天。"))

    def test_a_list_of_the_author_stays(self):
        whole = [
            "1、每一笔开支都要写明经手的人和用处，写在统一的表格里，月底之前贴在祠堂门口，让全体村民看见，看不懂的可以当场问，问了就要答，答了还要记下来备查。",
            "2、每一次议事会都要留下记录，谁说了什么，谁同意，谁反对，都按原话写下来，会后三天之内也贴在祠堂门口，有不同意见的村民可以在旁边写上自己的话。",
            "3、短的条目。",
        ]
        self.assertEqual(page_cuts.join(whole), (whole, []))

    def test_short_headings_with_numbers_stay(self):
        headings = ["1、账目", "议事会把预算贴在村口。", "2、签名", "谁经手谁签名。"]
        self.assertEqual(page_cuts.join(headings), (headings, []))

    def test_nothing_is_nothing(self):
        self.assertEqual(page_cuts.join([]), ([], []))


class PinyinTests(SimpleTestCase):
    damaged = ["村裡的發(fā)展靠公開，發(fā)展也靠聯(lián)繫。", "議事會創(chuàng)新了辦法。"]

    def test_it_removes_readings_that_recur(self):
        cleaned, findings = pinyin.remove(self.damaged)
        self.assertEqual(cleaned, ["村裡的發展靠公開，發展也靠聯繫。", "議事會創新了辦法。"])
        self.assertEqual([finding.found for finding in findings], ["(fā)", "(fā)", "(lián)", "(chuàng)"])

    def test_its_findings_stand_behind_the_character(self):
        cleaned, findings = pinyin.remove(self.damaged)
        self.assertEqual([cleaned[each.block][each.start - 1] for each in findings], ["發", "發", "聯", "創"])

    def test_it_carries_earlier_findings_along(self):
        (joined,), cuts = page_cuts.join([page.replace("村民", "村民(mín)") for page in PAGES])
        (whole,), moved = pinyin.remove([joined + "村民(mín)都說發(fā)展好，發(fā)展快。"], cuts)
        self.assertEqual([whole[each.start :][:3] for each in moved[:3]], ["议事会", "算。第", "是每个"])

    def test_it_finds_a_place_anew_without_asking_every_reading(self):
        reads = []

        class Watched(Finding):
            def __getattribute__(self, name):
                if name == "start":
                    reads.append(name)
                return super().__getattribute__(name)

        block = "發(fā)" * 3_000
        watched = Watched("page_cut", "info", 0, len(block), len(block), "2、")
        (whole,), (moved, *removed) = pinyin.remove([block], [watched])
        self.assertEqual((whole, moved.start, len(removed)), ("發" * 3_000, 3_000, 3_000))
        self.assertLess(len(reads), 10)

    def test_a_reading_that_was_put_into_a_latin_word_goes_too(self):
        cleaned, _ = pinyin.remove([*self.damaged, "他引了一句“l(fā)aziness”。"])
        self.assertEqual(cleaned[-1], "他引了一句“laziness”。")

    def test_a_gloss_of_the_author_stays(self):
        for text in (
            "囹(líng)圄(yǔ)是牢狱的意思。",
            "尬(gà)、囧(jiǒng)、怼(duì)都是近年的常用字。",
            "发展(fa)、联系(lian)、创新(chuang)、发展(fa)都没有声调。",
            "账目(biǎoge)见附件(fùjiàn)，账目(biǎoge)见后。",
        ):
            with self.subTest(text=text):
                self.assertEqual(pinyin.remove([text]), ([text], []))

    def test_it_cleans_a_body_and_keeps_its_markup(self):
        html = "<p>村裡的<strong>發(fā)展</strong>靠公開，發(fā)展也靠聯(lián)繫。</p>"
        cleaned, findings = pinyin.remove_from_html(html)
        self.assertEqual(cleaned, "<p>村裡的<strong>發展</strong>靠公開，發展也靠聯繫。</p>")
        self.assertEqual([body.plain_text(cleaned)[each.start - 1] for each in findings], ["發", "發", "聯"])

    def test_it_leaves_a_clean_body_alone(self):
        self.assertEqual(pinyin.remove_from_html("<p>账目公开。</p>"), ("<p>账目公开。</p>", []))
