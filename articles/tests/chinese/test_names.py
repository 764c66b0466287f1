"""What is a person's name and what only looks like one."""

from django.test import SimpleTestCase

from articles.chinese.names import is_name, split_names


class IsNameTests(SimpleTestCase):
    def test_it_knows_single_and_compound_surnames(self):
        for name in ("何清", "甄小雨", "欧阳静", "司马长风", "張學洋", "諸葛明"):
            with self.subTest(name=name):
                self.assertTrue(is_name(name))

    def test_it_knows_names_with_a_point(self):
        self.assertTrue(is_name("阿里木·温小舟"))
        self.assertTrue(is_name("格桑•边觉"))

    def test_it_refuses_words_that_stand_where_names_stand(self):
        for word in (
            "报道",
            "编辑",
            "记者",
            "本报记者",
            "江城日报",
            "时间",
            "方法",
            "打印",
            "高度重视",
            "王",
            "何清说的话",
            "Li Na",
        ):
            with self.subTest(word=word):
                self.assertFalse(is_name(word))


class SplitNamesTests(SimpleTestCase):
    def test_it_splits_at_every_usual_mark(self):
        self.assertEqual(split_names("何清 甄小雨、欧阳静，温小舟"), ["何清", "甄小雨", "欧阳静", "温小舟"])

    def test_it_closes_a_name_set_wide(self):
        self.assertEqual(split_names("何　清　甄小雨"), ["何清", "甄小雨"])

    def test_it_splits_at_and(self):
        self.assertEqual(split_names("欧阳静和甄小雨"), ["欧阳静", "甄小雨"])

    def test_it_leaves_out_what_is_no_name(self):
        self.assertEqual(split_names("本报记者 何清 报道"), ["何清"])
        self.assertEqual(split_names(""), [])

    def test_it_names_each_person_once(self):
        self.assertEqual(split_names("何清、何清"), ["何清"])
