"""Disguised characters: what each stands for, and texts with rare characters that hide nothing."""

from django.test import SimpleTestCase

from articles import body, restoration
from articles.restoration.detectors import glyph_substitution
from articles.restoration.text import Text

PLAIN = (
    "议事会每月开一次，账目当场念，村民当场问。谁家的地修路占了，补了多少钱，都写在一张纸上，贴在村口。",
    "年轻的会计说，以前大家对村里的工作不放心，现在情况完全不同了。只要公开透明，群众就会理解和支持。",
    "修桥的时候，老人们主动把自己存下的木料拿出来。他们说，桥修好了，造福的是子孙后代。",
)


def disguised(**swaps):
    """The plain paragraphs, with the first of each character swapped for another."""
    text = "\n".join(PLAIN)
    for plain, odd in swaps.items():
        text = text.replace(plain, odd, 1)
    return text.split("\n")


class GlyphCase(SimpleTestCase):
    def findings(self, *paragraphs, **known):
        return list(glyph_substitution.detect(Text(list(paragraphs), **known)))

    def proposed(self, *paragraphs, **known):
        return {each.suggestion: each.found for each in self.findings(*paragraphs, **known)}

    def assertNothingFound(self, *paragraphs, **known):
        with self.subTest(paragraphs=paragraphs):
            self.assertEqual(self.findings(*paragraphs, **known), [])


class DisguiseTests(GlyphCase):
    def test_it_reads_each_way_to_disguise_a_character(self):
        for way, swaps in (
            ("the character is held", {"村": "籿", "工": "笁", "明": "奣", "子": "杍"}),
            ("another radical, the same body", {"情": "凊", "福": "鍢"}),
            ("the same sound", {"现": "粯", "心": "杺", "修": "樇", "老": "恅"}),
            ("another way to write it", {"工": "笁", "情": "凊", "场": "塲", "同": "仝", "时": "旹"}),
        ):
            with self.subTest(way):
                self.assertEqual(self.proposed(*disguised(**swaps)), swaps)

    def test_it_reads_listed_characters_and_signs_in_a_disguised_text(self):
        text = *disguised(情="凊", 村里="籿里", 造="慥", 一="┅", 工="エ"), "账本就放茬桌子上，这是大家嘚账本。"
        self.assertEqual(self.proposed(*text), dict(zip("情村造一工在的", "凊籿慥┅エ茬嘚", strict=True)))

    def test_it_reads_a_sign_beside_a_stop_but_no_dash(self):
        text = *disguised(情="凊", 福="鍢"), "全村的想法统┅，没有人反对。账本──就是那本旧的──还在柜子里。"
        self.assertEqual(self.proposed(*text), {"情": "凊", "福": "鍢", "一": "┅"})

    def test_it_gives_the_place_in_the_block(self):
        first, _ = self.findings(*disguised(情="凊", 福="鍢"))
        self.assertEqual((first.block, first.start, first.end), (1, PLAIN[1].index("情"), PLAIN[1].index("情") + 1))

    def test_two_that_stand_together_help_each_other(self):
        self.assertEqual(self.proposed(*disguised(公="匑", 开透="幵透", 情="凊", 福="鍢")).get("公"), "匑")

    def test_what_it_is_sure_of_gives_the_text_back(self):
        text = body.from_paragraphs(disguised(村="籿", 明="奣", 情="凊", 福="鍢", 修="樇"))
        self.assertEqual(body.plain_text(restoration.apply(text, restoration.detect(text))), "\n".join(PLAIN))

    def test_it_proposes_nothing_where_no_reading_is_likely(self):
        findings = self.findings(*disguised(情="凊", 福="鍢"), "写信的人叫甄昰。")
        self.assertEqual(findings[-1].found, "昰")
        self.assertTrue(findings[-1].suggestion is None or findings[-1].confidence < restoration.CONFIDENT)


class GateTests(GlyphCase):
    def test_two_characters_that_hide_words_are_enough_for_a_short_text(self):
        self.assertEqual(self.proposed("村里的凊况不同了，大家出力，修桥铺路，为后代造鍢。"), {"情": "凊", "福": "鍢"})

    def test_one_odd_character_is_a_name(self):
        self.assertNothingFound(*PLAIN, "赵昰是本村的教师。")

    def test_names_hide_nothing(self):
        self.assertNothingFound(*PLAIN, "赵昰、孟頫、王翬和钱芃四位先生画过这座桥，李筻、周囻写过碑文。")

    def test_japanese_words_hide_nothing(self):
        self.assertNothingFound(
            *PLAIN, "日本的噺家坐在寄席的高座上讲故事，辻村和畑中两位先生听了一晚，喝的是樫野的酒。"
        )

    def test_place_names_and_learned_words_hide_nothing(self):
        self.assertNothingFound(
            *PLAIN, "筻口在岳阳，圳口在江西，垵边在福建。厂里生产丙烯腈和聚乙烯，化验用的是吡啶和嘧啶。"
        )

    def test_old_quotations_hide_nothing(self):
        self.assertNothingFound(*PLAIN, "他念道：喓喓草虫，趯趯阜螽。又念道：鞉鼓渊渊，嘒嘒管声。")

    def test_the_spelling_of_an_old_text_is_no_disguise(self):
        self.assertNothingFound(
            "徧地黄花，疎影横斜，窗前煖酒一杯，壁上挂劒一口。", "山中岁月，客来不问姓名，隣人覩之，以为隐者。"
        )

    def test_uncommon_words_are_no_damage(self):
        self.assertNothingFound(*PLAIN, "他囿于成见，说话嘚瑟，马蹄嘚嘚地响，后来换茬种了豆子。")

    def test_uncommon_words_stay_in_a_disguised_text(self):
        swaps = {"情": "凊", "福": "鍢", "明": "奣"}
        self.assertEqual(
            self.proposed(*disguised(**swaps), "他囿于成见，说话嘚瑟，马蹄嘚嘚地响，后来换茬种了豆子。"), swaps
        )

    def test_a_text_that_is_odd_all_over_gives_one_finding(self):
        for paragraphs in (["昰噺笁叺婲鍢嘚" * 5], [*disguised(情="凊", 福="鍢") * 1_100]):
            with self.subTest(length=len(paragraphs)):
                (finding,) = self.findings(*paragraphs)
                self.assertEqual((finding.suggestion, finding.block, finding.start), (None, 0, 0))

    def test_a_traditional_text_is_not_read(self):
        self.assertNothingFound("現在凊況不同了，修橋鋪路，慥鍢子孫。", script="hant")

    def test_traditional_characters_are_left_to_the_other_detector(self):
        self.assertNothingFound(*disguised(现="現", 开="開", 时="時", 会="會"))
