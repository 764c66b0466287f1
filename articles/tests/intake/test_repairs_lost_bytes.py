"""Characters out of step since a byte was lost."""

from collections import Counter
from difflib import SequenceMatcher

from django.test import SimpleTestCase

from articles import body
from articles.chinese.conversion import shown_in
from articles.intake import repairs

SENTENCES = (
    "议事会把预算贴在村口，每一笔都写明用处。村民看得懂，问得着，也改得动；看不懂的当场就问。",
    "他说：“账目公开以后，大家心里有了底。”第二年又添了一条规矩，谁经手谁签名，谁签名谁答复。",
    "《村务手册》送给每一户。册子里写着电话、地址、办事的时间，也写着办不成的时候该找哪一个人。",
    "接电话的人清清楚楚。换了别人，都会说一句满意，这不是虚伪，是人情。人情是好东西，只是不能当尺子。",
    "街道把这个数字做成了展板，立在大厅进门的地方。后来展板换了。新的展板上没有百分数，只有名单。",
    "会议开到很晚。邻村的人也来抄规矩，送完了再印，印书的钱照样写在账上，贴在祠堂的门口。",
)
STOPS = "。，、：“”《》"
CURLY = str.maketrans("「」", "“”")


def damaged(text, place, put="?"):
    """The text as a browser shows it once the first byte of this character is gone."""
    data = text.encode("gbk")
    start = len(text[:place].encode("gbk"))
    return (data[:start] + put.encode() + data[start + 1 :]).decode("gb18030", "replace")


def likeness(text, other):
    return SequenceMatcher(None, text, other, autojunk=False).ratio()


class LostBytesTests(SimpleTestCase):
    def repaired(self, text, *others):
        cleaned, findings = repairs.clean(body.from_paragraphs([text, *others]))
        self.findings = [each for each in findings if each.block == 0]
        return body.blocks(cleaned)[0].text

    def assertKept(self, *texts):
        for text in texts:
            with self.subTest(text=text):
                self.assertEqual(self.repaired(text), text)
                self.assertEqual(self.findings, [])

    def test_it_puts_characters_back_in_step(self):
        whole = "村務公開的難點。基層黨組織要先動起來。"
        self.assertEqual(self.repaired("村務公開的難點?；鶎狱h組織要先動起來。"), whole)
        (finding,) = self.findings
        self.assertEqual((finding.code, finding.found, finding.suggestion), ("lost_bytes", "?；鶎狱h", "。基層黨"))
        self.assertEqual((finding.applied, whole[finding.start : finding.end]), (True, "。基層黨"))

    def test_a_page_converted_afterwards_gets_its_own_script(self):
        text = "村务公开的难点?；鶎狱h组织要先动起来，这件事说难也难。"
        self.assertEqual(self.repaired(text), "村务公开的难点。基层党组织要先动起来，这件事说难也难。")

    def test_marks_that_were_narrowed_afterwards_count(self):
        for text in ("他們缺少這種能力?，F在的問題是誰來補。", "他們缺少這種能力?,F在的問題是誰來補。"):
            with self.subTest(text=text):
                self.assertEqual(self.repaired(text), "他們缺少這種能力。現在的問題是誰來補。")

    def test_a_reading_that_was_put_in_behind_it_goes_afterwards(self):
        text = "他們缺少這種能力?，F(xiàn)在發(fā)展靠大家，發(fā)展也靠聯(lián)繫。"
        self.assertEqual(self.repaired(text), "他們缺少這種能力。現在發展靠大家，發展也靠聯繫。")

    def test_the_last_mark_of_a_paragraph_comes_back_from_the_end_tag(self):
        self.assertEqual(self.repaired("老人說：“好了就行?！?/p>"), "老人說：“好了就行。”")

    def test_markup_beside_it_stays(self):
        cleaned, _ = repairs.clean("<p>一個<strong>例外?＝值腊堰@個</strong>數字</p>")
        self.assertEqual(cleaned, "<p>一個<strong>例外。街道把這個</strong>數字</p>")

    def test_a_character_that_cannot_be_known_is_left_to_an_editor(self):
        text = SENTENCES[0]
        place = text.index("预")
        cleaned = self.repaired(damaged(text, place))
        self.assertEqual(cleaned, text.replace("预", "?"))
        self.assertEqual(
            [
                (each.code, each.start, each.found, each.suggestion, each.applied)
                for each in self.findings
                if each.code != "lost_bytes"
            ],
            [("lost_characters", place, "?", None, False)],
        )

    def test_most_stops_are_restored_and_nothing_becomes_worse(self):
        outcome = Counter()
        in_both = [*SENTENCES, *(shown_in(text, "hant").translate(CURLY) for text in SENTENCES)]
        for text in in_both:
            for place, char in enumerate(text[:-1]):
                broken = damaged(text, place)
                cleaned = self.repaired(broken)
                self.assertGreaterEqual(likeness(cleaned, text), likeness(broken, text), (broken, cleaned))
                outcome[char in STOPS, cleaned == text] += 1
        self.assertGreater(outcome[True, True], 0.9 * (outcome[True, True] + outcome[True, False]), outcome)

    def test_questions_and_addresses_stay(self):
        self.assertKept(
            "这件事为什么又来了?答案不写满意度,只写缘由和办法。",
            "什么?3月份也要来?那就来吧!",
            "真的?！他不信。真的吗?!",
            "详见 http://example.org/list?a=1&b=2 和后面的附件。",
            "老师问：“What is it?”学生答：“A book.”",
            "选A?还是选B?他想了很久。",
            "去不去?，他自己也不知道。",
        )

    def test_rare_names_and_full_width_signs_stay(self):
        self.assertKept(
            "邓垚、王珺、赵焱、黎晟睿四位代表到会，钟馗的画像挂在门口。",
            "甲方以ＢＯＴ方式承建，编号为Ａ１２，金额＄３００万。",
            "魑魅魍魉，饕餮梼杌，都是《山海经》一类书里的怪物?",
        )

    def test_what_makes_no_sense_either_way_stays_for_an_editor(self):
        self.assertEqual(self.repaired("村里的账?鎼佸磹闂傚倸鍊搁崐"), "村里的账?鎼佸磹闂傚倸鍊搁崐")
        self.assertEqual(
            [(each.code, each.applied, each.suggestion) for each in self.findings], [("lost_bytes", False, None)]
        )
