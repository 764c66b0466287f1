"""Characters that scanning and typing take for each other."""

from articles.restoration.detectors.ocr_confusion import CONFUSIONS
from articles.tests.restoration.detector_case import DetectorCase


class OcrConfusionTests(DetectorCase):
    code = "ocr_confusion"

    def test_it_sees_words_that_cannot_be(self):
        self.assertEqual(
            self.found("账目己经贴出来了，末来还要念。", "领导千部说，若千年后也不变，竞然有人不信。"),
            [("己经", "已经"), ("末来", "未来"), ("领导千部", "领导干部"), ("若千", "若干"), ("竞然", "竟然")],
        )

    def test_words_that_only_look_so_are_no_damage(self):
        self.assertClean(
            "他自己经手，周末来的人多，以经济建设为中心，从末端做起。",
            "村里引进人市场部的一位先进人物，资深人士都认得他。",
            "一千部书，若干万元，数千预备役人员，女土司的故事。",
            "来自已经公开的账目，各自已有打算。",
            "子曰：“不患寡。”",
        )

    def test_it_mends_years_and_numbers(self):
        self.assertEqual(
            self.found("二O一三年和2O13年，l998年起每年l0月，占1O%，3一5天。"),
            [
                ("二O一三", "二〇一三"),
                ("2O13", "2013"),
                ("l998", "1998"),
                ("l0", "10"),
                ("1O", "10"),
                ("一", "—"),
            ],
        )

    def test_sound_numbers_are_no_damage(self):
        self.assertClean("二〇一三年，一九九○年，2013年10月，H2O，PM2.5，O2O模式，T恤20件，1．5万元。")

    def test_it_tells_a_wrong_one_from_an_amount(self):
        self.assertEqual(
            self.found("这是壹種壹般的做法，收款壹万元。"),
            [("壹", "一"), ("壹", "一")],
        )
        self.assertClean("收款壹万伍仟元，合同壹式贰份，租期壹年，壹种不留。")

    def test_every_line_of_the_list_changes_a_word_of_one_length(self):
        for line in CONFUSIONS.read_text(encoding="utf-8").splitlines():
            if words := line.split("#")[0].split():
                with self.subTest(line=line):
                    self.assertNotEqual(words[0], words[1])
                    self.assertEqual(len(words[0]), len(words[1]))
