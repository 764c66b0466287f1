from django.test import TestCase

from articles.actions import placing
from articles.models import Article, Placement, StaleVersion, Theme
from articles.tests import make


class PlaceTests(TestCase):
    def test_articles_stand_in_the_order_they_were_placed(self):
        theme = make.theme()
        articles = [make.article(title) for title in ("先放的", "后放的")]
        for article in articles:
            placing.place(article, theme)
        self.assertEqual([placement.article for placement in theme.placements.all()], articles)

    def test_an_article_that_stands_there_keeps_its_place_and_reason(self):
        theme, article = make.theme(), make.article()
        placing.place(article, theme, reason="最早写到这件事")
        self.assertEqual(placing.place(article, theme, reason="另一个理由").reason, "最早写到这件事")


class VersionTests(TestCase):
    """Whoever has the theme or the article open finds out, whichever side the write came from."""

    def setUp(self):
        self.theme = Theme.objects.get(pk=make.theme().pk)  # who has just made a row has nobody to tell
        self.article = Article.objects.get(pk=make.article().pk)

    def versions(self):
        return Theme.objects.get(pk=self.theme.pk).version, Article.objects.get(pk=self.article.pk).version

    def assert_both_count_up(self, write):
        before = self.versions()
        write()
        for old, new in zip(before, self.versions(), strict=True):
            self.assertGreater(new, old)

    def test_placing_and_taking_out_count_both_versions(self):
        self.assert_both_count_up(lambda: placing.place(self.article, self.theme))
        self.assert_both_count_up(lambda: placing.give_reason(Placement.objects.get(), "最早写到这件事"))
        self.assert_both_count_up(lambda: placing.remove(Placement.objects.get()))
        self.assertFalse(Placement.objects.exists())

    def test_an_old_copy_of_the_theme_will_do(self):
        old = Theme.objects.get(pk=self.theme.pk)
        self.theme.touch()
        placing.place(self.article, old)
        self.assertEqual(self.versions()[0], 3)

    def test_a_new_order_counts_those_articles_that_came_or_went_or_stand_for_another_reason(self):
        others = [make.article(title) for title in ("一直在的", "新来的")]
        placing.place(self.article, self.theme)
        placing.place(others[0], self.theme)
        before = {article.pk: article.version for article in Article.objects.all()}
        version = Theme.objects.get(pk=self.theme.pk).version
        placing.reorder(self.theme, [(others[1].pk, "新"), (others[0].pk, "")], version=version)
        changed = {article.pk for article in Article.objects.all() if article.version != before[article.pk]}
        self.assertEqual(changed, {self.article.pk, others[1].pk})


class ReorderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = make.theme()
        cls.articles = [make.article(title, theme=cls.theme) for title in ("甲文", "乙文", "丙文")]

    def reorder(self, placed, *children):
        version = Theme.objects.get(pk=self.theme.pk).version
        return placing.reorder(self.theme, placed, [child.pk for child in children], version=version)

    def test_it_sets_order_and_reasons_at_once(self):
        one, _two, three = self.articles
        self.reorder([(three.pk, "先读"), (one.pk, "")])
        placed = [(placement.article, placement.reason) for placement in self.theme.placements.all()]
        self.assertEqual(placed, [(three, "先读"), (one, "")])

    def test_it_keeps_the_row_of_an_article_that_stays(self):
        keys = set(self.theme.placements.values_list("pk", flat=True))
        self.reorder([(article.pk, "") for article in reversed(self.articles)])
        self.assertEqual(set(self.theme.placements.values_list("pk", flat=True)), keys)

    def test_it_orders_the_themes_under_it(self):
        children = [make.theme(name, self.theme) for name in ("子", "丑", "寅")]
        self.reorder([], children[2], children[0])
        self.assertEqual([theme.name for theme in self.theme.children.all()], ["寅", "子", "丑"])

    def test_the_second_of_two_is_refused_and_nothing_is_written(self):
        version = Theme.objects.get(pk=self.theme.pk).version
        self.reorder([(self.articles[1].pk, "")])
        with self.assertRaises(StaleVersion):
            placing.reorder(self.theme, [], version=version)
        self.assertEqual(self.theme.placements.get().article, self.articles[1])

    def test_an_article_that_is_not_there_is_not_placed(self):
        with self.assertRaises(placing.UnknownArticle):
            self.reorder([(999, "")])
