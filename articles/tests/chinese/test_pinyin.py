from django.test import SimpleTestCase

from articles.chinese import pinyin


class FoldedTests(SimpleTestCase):
    def test_scripts_widths_and_marks_make_no_difference(self):
        for written in ("乡村治理", "鄉村治理", "《乡村 治理》", "鄉村・治理"):
            with self.subTest(written=written):
                self.assertEqual(pinyin.folded(written), "乡村治理")

    def test_variants_of_a_character_are_one(self):
        self.assertEqual(pinyin.folded("帳目"), pinyin.folded("账目"))

    def test_what_has_no_letter_is_empty(self):
        self.assertEqual(pinyin.folded("《》　·"), "")


class ReadingTests(SimpleTestCase):
    def test_phrases_decide_between_readings(self):
        for name, full, initials in (
            ("重庆", "chongqing", "cq"),
            ("长沙", "changsha", "cs"),
            ("银行行长", "yinhanghangzhang", "yhhz"),
            ("吕叔湘", "lvshuxiang", "lsx"),
        ):
            with self.subTest(name=name):
                self.assertEqual(pinyin.readings(name), (full, initials))

    def test_both_scripts_are_read_alike(self):
        self.assertEqual(pinyin.readings("鄉村治理"), pinyin.readings("乡村治理"))

    def test_variants_are_read_as_they_stand(self):
        self.assertEqual(pinyin.readings("著名"), ("zhuming", "zm"))

    def test_letters_and_digits_stay(self):
        self.assertEqual(pinyin.readings("2025年AI规划"), ("2025nianaiguihua", "2025naigh"))


class SurnameTests(SimpleTestCase):
    def test_a_surname_has_a_reading_of_its_own_beside_the_common_one(self):
        for name, own, common in (
            ("单国强", "|shanguoqiang|sgq|", "|danguoqiang|dgq|"),
            ("單國強", "|shanguoqiang|sgq|", "|danguoqiang|dgq|"),
            ("曾国藩", "|zengguofan|zgf|", "|cengguofan|cgf|"),
            ("解晓东", "|xiexiaodong|xxd|", "|jiexiaodong|jxd|"),
            ("仇保兴", "|qiubaoxing|qbx|", "|choubaoxing|cbx|"),
            ("卜卫东", "|buweidong|bwd|", "|boweidong|bwd|"),
            ("乐正文", "|yuezhengwen|yzw|", "|lezhengwen|lzw|"),
        ):
            key = pinyin.search_key([name], longest=200, are_persons=True)
            for reading in (own, common):
                for part in reading.strip("|").split("|"):
                    with self.subTest(name=name, part=part):
                        self.assertIn(f"|{part}|", key)

    def test_a_surname_of_two_characters_is_read_as_one(self):
        for name, full, initials in (
            ("尉迟文山", "yuchiwenshan", "ycws"),
            ("万俟文", "moqiwen", "mqw"),
            ("长孙文", "zhangsunwen", "zsw"),
            ("澹台文", "tantaiwen", "ttw"),
            ("单于文", "chanyuwen", "cyw"),
        ):
            with self.subTest(name=name):
                key = pinyin.search_key([name], longest=200, are_persons=True)
                self.assertIn(f"|{full}|", key)
                self.assertIn(f"|{initials}|", key)

    def test_only_persons_have_surnames(self):
        self.assertNotIn("shan", pinyin.search_key(["单国强"], longest=200))


class SearchKeyTests(SimpleTestCase):
    def test_a_name_that_does_not_fit_is_left_out_whole(self):
        key = pinyin.search_key(["乡村治理", "新时代农村基层社会治理"], longest=30)
        self.assertEqual(key, "|乡村治理|新时代农村基层社会治理|xczl|")

    def test_names_of_marks_alone_leave_nothing(self):
        self.assertEqual(pinyin.search_key(["《》"], longest=100), "|")
