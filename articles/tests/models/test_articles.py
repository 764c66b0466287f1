from datetime import timedelta

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Edition, Immutable, StaleVersion
from articles.tests import make


class PublishedTests(TestCase):
    def published(self) -> set[str]:
        return set(Article.objects.published().values_list("title", flat=True))

    def test_it_names_what_a_visitor_may_read(self):
        make.article("草稿")
        make.article("已经发布", published=True)
        make.article("明天发布", published=timezone.now() + timedelta(days=1))
        make.withdrawn(make.article("已经撤下", published=True))
        self.assertEqual(self.published(), {"已经发布"})

    def test_a_scheduled_article_appears_at_its_moment_without_any_job(self):
        article = make.article("定时发布", published=timezone.now() + timedelta(hours=1))
        self.assertEqual(article.status, Article.Status.SCHEDULED)
        Article.objects.filter(pk=article.pk).update(live_from=timezone.now() - timedelta(seconds=1))
        self.assertEqual(self.published(), {"定时发布"})


class ClaimTests(TestCase):
    def test_the_second_of_two_writers_is_refused(self):
        article = make.article()
        Article.objects.claim(article.pk, article.version)
        with self.assertRaises(StaleVersion):
            Article.objects.claim(article.pk, article.version)


class ConstraintTests(TestCase):
    def assert_refused(self, queryset, **columns):
        with self.assertRaises(IntegrityError), transaction.atomic():
            queryset.update(**columns)

    def test_a_public_article_has_an_edition_and_a_time(self):
        make.article()
        self.assert_refused(Article.objects.all(), status="published")

    def test_a_withdrawn_article_has_a_reason(self):
        make.article(published=True)
        self.assert_refused(Article.objects.all(), status="withdrawn")
        self.assert_refused(Article.objects.all(), withdrawal_reason="error")

    def test_a_status_nobody_knows_is_refused(self):
        make.article()
        self.assert_refused(Article.objects.all(), status="deleted")

    def test_an_article_has_one_working_edition(self):
        article = make.article()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Edition.objects.create(article=article, title="第二份草稿")

    def test_a_date_and_its_precision_are_known_together(self):
        make.article()
        self.assert_refused(Edition.objects.all(), original_precision="day")
        self.assert_refused(Edition.objects.all(), original_date=timezone.now())

    def test_an_article_is_not_merged_into_itself(self):
        article = make.withdrawn(make.article(published=True))
        self.assert_refused(Article.objects.all(), withdrawal_reason="merged")
        self.assert_refused(Article.objects.all(), withdrawal_reason="merged", merged_into=article.pk)

    def test_a_numbered_edition_is_a_published_one(self):
        make.article()
        self.assert_refused(Edition.objects.all(), number=1)


class EditionTests(TestCase):
    def test_a_published_edition_never_changes(self):
        article = make.article(published=True)
        article.live.title = "改过的标题"
        with self.assertRaises(Immutable):
            article.live.save()

    def test_every_write_goes_through_the_sanitiser(self):
        edition = make.edition(make.article())
        edition.body_html = '<p onclick="alert(1)">账目贴在墙上。<script>alert(1)</script></p>'
        edition.save()
        edition.refresh_from_db()
        self.assertEqual(edition.body_html.strip(), "<p>账目贴在墙上。</p>")

    def test_copies_in_either_script_share_a_digest(self):
        simplified = make.edition(make.article(body="群众的来信，当天登记。"))
        traditional = make.edition(make.article(body="群眾的來信,當天登記"))
        self.assertEqual(simplified.text_digest(), traditional.text_digest())

    def test_numbers_of_deleted_articles_are_not_given_again(self):
        article = make.article()
        number = article.pk
        article.delete()
        self.assertGreater(make.article().pk, number)
