"""Text that was read by the wrong table and cannot be read by the right one."""

from django.test import SimpleTestCase

from articles.restoration.detectors import mojibake
from articles.restoration.text import Text


class MojibakeTests(SimpleTestCase):
    def found(self, *blocks):
        return [(each.found, each.suggestion) for each in mojibake.detect(Text(list(blocks)))]

    def assertClean(self, *blocks):
        for block in blocks:
            with self.subTest(block=block):
                self.assertEqual(self.found(block), [])

    def test_it_gives_the_place_in_the_block(self):
        (finding,) = mojibake.detect(Text(["账目公开", "账目如下。闂傚倸鍊搁崐鎼佸磹。"]))
        self.assertEqual((finding.block, finding.start, finding.end, finding.severity), (1, 5, 14, "error"))

    def test_it_sees_what_was_garbled_twice(self):
        self.assertEqual(self.found("账目如下。闂傚倸鍊搁崐鎼佸磹。意见三天答复。"), [("闂傚倸鍊搁崐鎼佸磹", None)])

    def test_it_sees_what_has_lost_bytes(self):
        garbled = "璇夋眰鍙嶅鍑虹幇锛岄氬父鏈変笁绉嶇紭鐢便"
        self.assertEqual(self.found(garbled), [(garbled, None)])
        self.assertEqual(self.found("文件：ÎÄ¼þÃû³Æ¡£ÕâÊÇ。"), [("ÎÄ¼þÃû³Æ¡£ÕâÊÇ", None)])

    def test_names_and_learned_words_are_no_damage(self):
        self.assertClean(
            "邓垚、王珺、赵焱、黎晟睿、钟馗四位代表到会。",
            "魑魅魍魉，饕餮梼杌，都是古书里的怪物。",
            "村裡把帳目貼在祠堂門口，龜裂的牆上糊了新紙。",
            "噺的账目昰公开的，嘚到了大家的认可。",
        )

    def test_other_languages_are_no_damage(self):
        self.assertClean(
            "Café Müller, naïve façade, déjà vu à l’école",
            "«Où est-il?» – «À côté de l’hôtel.»",
            "Tiếng Việt được viết bằng chữ Quốc ngữ",
            "日本国憲法の前文は、国民の総意に基づく。",
        )
