from django.test import TestCase

from articles.models import Article, Source, StaleVersion, Theme
from articles.tests import make


class VersionTests(TestCase):
    def test_a_script_that_saves_what_it_read_counts_the_version(self):
        source = make.source()
        Source.objects.get(pk=source.pk).save()
        self.assertEqual(Source.objects.get(pk=source.pk).version, 2)

    def test_the_second_of_two_scripts_is_refused(self):
        source = make.source()
        first, second = (Source.objects.get(pk=source.pk) for _ in range(2))
        first.notes = "从前是周刊，今年起每天出版。"
        first.save()
        second.notes = "已停刊。"
        with self.assertRaises(StaleVersion):
            second.save()
        self.assertEqual(Source.objects.get(pk=source.pk).notes, "从前是周刊，今年起每天出版。")

    def test_one_claim_is_good_for_one_save(self):
        article = make.article()
        claimed = Article.objects.claim(article.pk, article.version)
        claimed.save()
        self.assertEqual(claimed.version, article.version + 1)
        make.revised(Article.objects.get(pk=article.pk), title="预算贴在村口的议事会")
        with self.assertRaises(StaleVersion):
            claimed.save()

    def test_a_row_that_is_gone_is_not_made_again(self):
        source = make.source()
        copy = Source.objects.get(pk=source.pk)
        source.delete()
        with self.assertRaises(StaleVersion):
            copy.save()

    def test_what_hangs_on_a_row_counts_its_version_too(self):
        theme = make.theme()
        Theme.objects.get(pk=theme.pk).touch()
        with self.assertRaises(StaleVersion):
            Theme.objects.claim(theme.pk, 1)
