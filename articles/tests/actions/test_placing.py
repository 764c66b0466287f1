from django.test import TestCase

from articles.actions import placing
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
