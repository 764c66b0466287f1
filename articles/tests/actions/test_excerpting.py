from django.test import TestCase

from articles.actions import excerpting
from articles.models import Article, Excerpt, Theme
from articles.tests import make


class FindTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article(body="账目贴在墙上，账目写得清楚。\n𠮷村的账目也贴在墙上。")

    def find(self, passage, **where):
        place = excerpting.find(self.article.current, passage, **where)
        return place.block, place.start, place.end

    def test_words_that_stand_once_are_found_wherever_they_are(self):
        self.assertEqual(self.find(" 写得清楚 "), (0, 9, 13))

    def test_offsets_count_characters_and_not_half_pairs(self):
        self.assertEqual(self.find("村的账目"), (1, 1, 5))

    def test_paragraph_and_beginning_say_which_is_meant(self):
        self.assertEqual(self.find("账目", block=1), (1, 3, 5))
        self.assertEqual(self.find("账目", block=0, start=7), (0, 7, 9))

    def test_words_that_could_be_meant_twice_are_refused(self):
        for where in ({}, {"block": 0}, {"block": 0, "start": 3}):
            with self.subTest(where=where), self.assertRaises(excerpting.PassageAmbiguous):
                self.find("账目", **where)

    def test_words_that_do_not_stand_there_are_refused(self):
        for passage, where in (("没有这句话", {}), ("写得清楚", {"block": 1}), ("", {}), ("账目", {"block": 9})):
            with self.subTest(passage=passage), self.assertRaises(excerpting.PassageNotFound):
                self.find(passage, **where)


class KeepTests(TestCase):
    def test_article_and_theme_find_out(self):
        article, theme = Article.objects.get(pk=make.article().pk), Theme.objects.get(pk=make.theme().pk)
        place = excerpting.find(article.current, "每一笔都写明用处")
        excerpting.take(article.current, theme, place, aspect="用处")
        excerpting.keep(Excerpt.objects.get())
        excerpting.remove(Excerpt.objects.get())
        self.assertEqual([table.objects.get().version for table in (Article, Theme)], [4, 4])
        self.assertFalse(Excerpt.objects.exists())

    def test_one_after_the_other(self):
        article, theme = make.article(), make.theme()
        for passage in ("预算", "用处"):
            excerpting.take(article.current, theme, excerpting.find(article.current, passage))
        self.assertEqual([one.exact for one in theme.excerpts.order_by("position")], ["预算", "用处"])
