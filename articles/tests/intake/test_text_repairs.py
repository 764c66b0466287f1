"""Page cuts in the paragraphs of a dump."""

from django.test import SimpleTestCase

from articles.intake.repairs import page_cuts

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
