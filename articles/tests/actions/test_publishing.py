from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles.actions import editing, publishing
from articles.models import Article, Edition, StaleVersion
from articles.tests import make


class PublishTests(TestCase):
    def test_it_makes_edition_1(self):
        article = make.article(published=True)
        self.assertEqual((article.live.number, article.live.state), (1, Edition.State.PUBLISHED))
        self.assertIsNone(article.working)

    def test_the_next_edition_supersedes_it_and_both_stay(self):
        article = make.article("预算贴在村口", published=True)
        address, since = article.get_absolute_url(), article.live_from
        article = make.revised(article, "<p>议事会又添了一页说明。</p>", reason="补上说明")
        states = article.editions.order_by("number").values_list("number", "state")
        self.assertEqual(list(states), [(1, Edition.State.SUPERSEDED), (2, Edition.State.PUBLISHED)])
        self.assertEqual((article.get_absolute_url(), article.live_from), (address, since))

    def test_it_can_wait_for_its_moment(self):
        tomorrow = timezone.now() + timedelta(days=1)
        article = make.article(published=tomorrow)
        self.assertEqual(article.status, Article.Status.SCHEDULED)
        self.assertFalse(Article.objects.published().exists())

    def test_a_stale_writer_is_refused(self):
        article = make.article()
        stale = article.version
        editing.revise(article, version=stale, by=None, title="改过的标题")
        with self.assertRaises(StaleVersion):
            publishing.publish(article, version=stale, by=None)
        self.assertFalse(Article.objects.published().exists())

    def test_a_new_edition_of_what_readers_read_cannot_wait(self):
        article = make.article(published=True)
        article = editing.revise(article, version=article.version, by=None, title="下一版的标题")
        with self.assertRaises(publishing.CannotPublish):
            publishing.publish(article, version=article.version, by=None, at=timezone.now() + timedelta(days=9))
        self.assertEqual(Article.objects.get().live.number, 1)

    def test_it_keeps_who_wrote_and_who_published_apart(self):
        writer, publisher = make.editor("writer"), make.editor("publisher")
        article = editing.start(by=writer, title="两个人的版次", body_html="<p>一人写，一人发。</p>")
        edition = publishing.publish(article, version=article.version, by=publisher)
        self.assertEqual((edition.made_by, edition.published_by), (writer, publisher))

    def test_there_must_be_something_new(self):
        article = make.article(published=True)
        with self.assertRaises(publishing.CannotPublish):
            publishing.publish(article, version=article.version, by=None)

    def test_there_must_be_a_text(self):
        article = make.article(body="<p></p>")
        with self.assertRaises(publishing.CannotPublish):
            publishing.publish(article, version=article.version, by=None)
        self.assertEqual(Article.objects.get().version, article.version)


class WithdrawTests(TestCase):
    def test_it_takes_the_article_back_with_a_reason(self):
        article = make.withdrawn(make.article(published=True), Article.Withdrawal.RIGHTS, note="作者要求撤下。")
        self.assertEqual((article.status, article.withdrawal_note), (Article.Status.WITHDRAWN, "作者要求撤下。"))
        self.assertEqual(article.live.number, 1)

    def test_it_can_come_back_as_it_was(self):
        article = make.withdrawn(make.article(published=True))
        publishing.publish(article, version=article.version, by=None)
        article = Article.objects.published().get()
        self.assertEqual((article.live.number, article.withdrawal_reason), (1, ""))

    def test_what_waits_for_its_moment_is_a_draft_again(self):
        article = make.withdrawn(make.article(published=timezone.now() + timedelta(days=1)))
        self.assertEqual((article.status, article.live_from), (Article.Status.DRAFT, None))
        self.assertEqual(make.publish(article).live.number, 1)

    def test_it_cannot_be_merged_into_itself(self):
        article = make.article(published=True)
        with self.assertRaises(publishing.CannotWithdraw):
            publishing.withdraw(article, version=article.version, reason=Article.Withdrawal.MERGED, into=article)

    def test_a_draft_has_nothing_to_take_back(self):
        article = make.article()
        with self.assertRaises(publishing.CannotWithdraw):
            publishing.withdraw(article, version=article.version, reason=Article.Withdrawal.ERROR)
