"""Each class of damage: what is seen, and the traps that must not be."""

from articles import body, restoration
from articles.tests.restoration.detector_case import DetectorCase


class PunctuationWidthTests(DetectorCase):
    code = "punctuation_width"

    def test_it_proposes_one_mark_at_a_time(self):
        self.assertEqual(self.found("账目公开,村民放心(都签了字)。"), [(",", "，"), ("(", "（"), (")", "）")])

    def test_it_gives_the_place_in_the_block(self):
        (finding,) = restoration.detect(body.from_paragraphs([("h2", "预算"), "账目公开,村民放心。"]))
        self.assertEqual((finding.block, finding.start, finding.end, finding.applied), (1, 4, 5, False))

    def test_it_leaves_good_text_alone(self):
        self.assertClean("账目公开，村民放心；会议10:30开始。", "See the note (in English), please.")


class MixedScriptTests(DetectorCase):
    code = "mixed_script"

    def test_it_sees_traditional_strays_in_simplified(self):
        self.assertEqual(self.found("村民推動公开，组织动員了全村。"), [("動", "动"), ("員", "员")])

    def test_it_sees_simplified_strays_in_traditional(self):
        self.assertEqual(self.found("村裡把帳目貼在祠堂門口，推动公開。", script="hant"), [("动", "動")])

    def test_a_traditional_text_is_no_damage(self):
        self.assertClean("村裡把帳目貼在祠堂門口，推動公開。", script="hant")

    def test_characters_of_both_scripts_are_no_damage(self):
        self.assertClean("皇后在后面，干部在里屋，台风过了。")

    def test_what_hong_kong_writes_is_no_damage(self):
        self.assertClean("溫先生說，村裡的税款和户口都公開，大家很喜悦。", script="hant")

    def test_it_is_unsure_about_what_may_be_a_name(self):
        text = body.from_paragraphs(["钱鍾先生的账本公开了。"])
        self.assertEqual(self.found("钱鍾先生的账本公开了。"), [("鍾", "钟")])
        self.assertEqual(restoration.apply(text, restoration.detect(text)), text)

    def test_it_is_unsure_about_a_title_in_its_own_script(self):
        text = body.from_paragraphs(["他读的是《臺灣鄉村賬冊》的影印本，然后写了很长的文章。"])
        self.assertEqual(restoration.apply(text, restoration.detect(text)), text)


class MaskedTextTests(DetectorCase):
    code = "masked_text"

    def test_it_sees_masks_and_never_guesses(self):
        self.assertEqual(
            self.found("江城***说，20__年起每月公开，王某x同志负责。"), [("***", None), ("__", None), ("x", None)]
        )

    def test_it_sees_the_masks_of_machines(self):
        for text, mask in (
            ("**镇辖11个村，账目都公开。", "**"),
            ("会上传达了×××同志的讲话。", "×××"),
            ("各村在××××领导下公开账目。", "××××"),
            ("20xx年的账目贴在村口。", "xx"),
            ("村民的[敏感词]贴在村口。", "[敏感词]"),
            ("王██说账目要公开。", "██"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), [(mask, None)])

    def test_it_reads_traditional_text_too(self):
        self.assertEqual(
            self.found("會上傳達了×××同志的講話，__鎮公開賬目。", script="hant"), [("×××", None), ("__", None)]
        )

    def test_bold_words_notes_and_forms_are_no_damage(self):
        self.assertClean(
            "规矩有两条：**贴出来**，念出来。",
            "**账目公开** 的做法",
            "村务公开研究**",
            "签字日期：____年__月__日",
            "甲方：____村委会",
            "[和谐村庄]账目公开",
        )

    def test_it_looks_at_the_title(self):
        self.assertEqual(self.found("账目公开。", title="中国***的账本"), [("***", None)])

    def test_it_leaves_products_and_rules_alone(self):
        self.assertClean("面积为3×5米。", "* 账目公开", "2**10 等于 1024")


class DoubledPhraseTests(DetectorCase):
    code = "doubled_phrase"

    def test_it_sees_a_phrase_that_elsewhere_stands_once(self):
        self.assertEqual(self.found("议事会议事会每月开一次，议事会的账目当场念。"), [("议事会议事会", "议事会")])

    def test_two_characters_must_be_doubled_more_than_once(self):
        self.assertEqual(
            self.found("密切密切联系村民，密切密切往来。", "密切联系不是口号，密切往来也不是。"),
            [("密切密切", "密切"), ("密切密切", "密切")],
        )

    def test_it_sees_a_phrase_however_often(self):
        self.assertEqual(
            self.found("念账制度念账制度念账制度是新的，念账制度要念。", "念账制度好。", "念账制度。"),
            [("念账制度" * 3, "念账制度")],
        )

    def test_it_sees_terms_in_latin_letters(self):
        self.assertEqual(
            self.found("面向对象(Object-Oriented,(Object-Oriented,是一种方法。"),
            [("(Object-Oriented,(Object-Oriented,", "(Object-Oriented,")],
        )

    def test_it_sees_a_paragraph_that_stands_twice(self):
        line = "议事会把预算贴在村口，每一笔都写明用处。"
        self.assertEqual(self.found(line, line, "账目公开。"), [(line, "")])
        self.assertClean("念一念，", "念一念，", "账目年年念。")

    def test_words_that_meet_now_and_then_are_not_sure(self):
        text = body.from_paragraphs(
            ["天主教主教团公布账目。天主教主教团的主教说，天主教主教团每年公布，主教念，主教签，主教答。"] * 2
        )
        self.assertEqual(restoration.apply(text, restoration.detect(text)), text)

    def test_good_reduplication_is_no_damage(self):
        self.assertClean("这件事要研究研究。研究以后再办。", "一步一步来，很多很多人看见了，一步也不退。")


class TruncatedTests(DetectorCase):
    code = "truncated"
    sentence = "议事会把预算贴在村口，每一笔都写明用处，村民看得懂，问得着，也改得动"

    def test_it_sees_a_sentence_that_breaks_off(self):
        self.assertEqual(self.found(self.sentence), [(self.sentence[-20:], None)])

    def test_it_takes_the_page_at_its_word(self):
        self.assertEqual(self.found("账目公开。", truncated=True), [("账目公开。", None)])

    def test_a_whole_text_is_no_damage(self):
        self.assertClean(self.sentence + "。")
        self.assertClean(self.sentence + "。”", "江城市议事会")
        self.assertClean(self.sentence + "。(文/图 甄小雨 何清)")
        self.assertClean(self.sentence + "。”——何清")
        self.assertClean(self.sentence + "。江城市议事会 2013年10月21日")
        self.assertClean(self.sentence + "。http://villages.example/2013/content_1.htm")

    def test_it_sees_the_notice_of_a_site_that_cuts(self):
        for notice in ("省略834字", "试读结束", "此处内容需要权限"):
            with self.subTest(notice=notice):
                self.assertEqual(
                    self.found("账目公开。", f"{notice}，正式读者可往下看", "村民放心。"), [(notice, None)]
                )

    def test_captions_and_cells_are_no_sentences(self):
        self.assertClean("账目公开。", ("h2", self.sentence))

    def test_no_text_is_no_damage(self):
        self.assertClean()


class InjectedTextTests(DetectorCase):
    code = "injected_text"

    def test_it_sees_stock_links(self):
        self.assertEqual(self.found("要让老百姓(603883,股吧)看得懂账目。"), [("(603883,股吧)", "")])

    def test_it_sees_calls_to_an_app(self):
        self.assertEqual(self.found("账目公开。请前往江城APP阅读全文"), [("请前往江城APP阅读全文", "")])

    def test_it_sees_what_portals_put_behind_a_name(self):
        for insert in (
            "（00700.HK，行情）",
            "[-0.25% 资金 研报]",
            "(12.34, -0.05, -0.40%)",
            "(爱基,净值,资讯)",
            "[微博]",
        ):
            with self.subTest(insert=insert):
                self.assertEqual(self.found(f"江城股份{insert}公布了账目。"), [(insert, "")])

    def test_it_sees_what_a_site_says_of_itself(self):
        for insert in (
            "收听本文 00:00/00:00",
            "更多精彩资讯请关注江城头条",
            "本文由江城范文网整理发布",
            "转载请注明出处。",
            "返回江城网首页>>",
            "点击下方二维码",
        ):
            with self.subTest(insert=insert):
                self.assertEqual(self.found(f"账目公开。{insert}"), [(insert, "")])

    def test_it_reads_traditional_text_too(self):
        self.assertEqual(self.found("賬目公開。請前往江城APP閱讀全文", script="hant"), [("請前往江城APP閱讀全文", "")])

    def test_it_sees_a_credit_in_the_middle_of_a_sentence(self):
        self.assertEqual(self.found("来听念账（来源：江城范文网）的人越来越多。"), [("（来源：江城范文网）", "")])

    def test_it_sees_addresses_that_a_site_sows(self):
        found = self.found("议事会把www.villages.example预算贴在村口。", "每一笔www.villages.example都写明用处。")
        self.assertEqual(found, [("www.villages.example", "")] * 2)

    def test_an_authors_own_words_are_no_damage(self):
        self.assertClean(
            "账目可登录www.villages.example查询，也可到www.villages.example下载。",
            "本文由作者根据念账的记录整理。",
            "据统计（来源：江城统计年鉴），念账的村有一半。",
            "想看更多的账目，村民自己来翻。",
            "这几年的行情（见表）不好，资金（含借款）也少。",
        )

    def test_numbers_in_brackets_are_no_damage(self):
        self.assertClean("江城村(430100)的账目，江城股份(600000)的公告。")


class SuspectSiteTests(DetectorCase):
    code = "suspect_site"

    def test_it_sees_betting_around_the_text(self):
        self.assertEqual(self.found("账目公开。", around="欢迎访问某博365网址\n返回首页"), [("访问某博365网址", None)])

    def test_it_sees_it_in_either_script(self):
        self.assertEqual(self.found("账目公开。", around="首頁 某某國產精品 天氣"), [("国产精品", None)])
        self.assertEqual(self.found("账目公开。", around="某某体育 开云体育官网入口"), [("开云体育", None)])

    def test_words_that_only_hold_such_letters_are_no_damage(self):
        self.assertClean("账目公开。", around="Java在线教程 alphabet 2015 实现现金网上支付")

    def test_one_word_that_honest_portals_use_is_not_enough(self):
        self.assertClean("账目公开。", around="首页 体育彩票 时时彩 天气")
        self.assertEqual(self.found("账目公开。", around="时时彩 北京赛车"), [("时时彩、北京赛车", None)])

    def test_a_text_about_betting_is_no_damage(self):
        self.assertClean("警方查处了网上百家乐。", around="首页 法治 社会")
