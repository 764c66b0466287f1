from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from articles.actions import editing, publishing
from articles.models import Article, Edition, HouseRules, StaleVersion
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


class ConditionTests(TestCase):
    """What has to be there before readers see an edition."""

    @classmethod
    def setUpTestData(cls):
        cls.writer, cls.publisher = make.editor("writer"), make.editor("publisher")

    def publish(self, article, reason="", by=None):
        return publishing.publish(article, version=article.version, by=by, reason=reason)

    def begun(self, **written):
        """A published article whose second edition waits."""
        article = make.article(published=True)
        return editing.revise(article, version=article.version, by=self.writer, title="改过的标题", **written)

    def test_the_second_edition_says_why(self):
        article = self.begun()
        for reason in ("", "  \n"):
            with self.assertRaises(publishing.ReasonMissing):
                self.publish(article, reason)
        self.assertEqual(self.publish(article, " 改正标题。 ").reason, "改正标题。")

    def test_a_reason_written_while_editing_will_do(self):
        self.assertEqual(self.publish(self.begun(reason="标题漏了一个字。")).reason, "标题漏了一个字。")

    def test_open_errors_ask_for_a_reason_of_their_own(self):
        article = self.begun(reason="标题漏了一个字。")
        finding = make.finding(article, severity="error")
        for reason in ("", "标题漏了一个字。"):
            with self.assertRaises(publishing.ErrorsOpen):
                self.publish(article, reason)
        edition = self.publish(article, "标题漏了一个字。所疑之处与原件相同，照发。")
        self.assertEqual(edition.findings.get(), finding)

    def test_open_warnings_stop_nobody(self):
        article = make.article()
        make.finding(article, severity="warning")
        self.assertEqual(self.publish(article).number, 1)

    def test_a_picture_is_described_or_marked_as_decorative(self):
        picture = '<p>公告栏前站着人。</p><figure><img src="/media/pictures/ab.jpg"{}></figure>'
        with self.assertRaises(publishing.PicturesUndescribed):
            self.publish(make.article("有图的一篇", picture.format("")))
        for words in (' alt="村民在看公告"', ' alt=""'):
            self.assertEqual(self.publish(make.article("有图的一篇", picture.format(words))).number, 1)

    def test_where_the_house_asks_for_it_nobody_publishes_what_they_wrote(self):
        rules = HouseRules.current()
        rules.needs_other_reviewer = True
        rules.save()
        article = self.begun(reason="改正标题。")
        for column in ("made_by", "changed_by", "submitted_by"):
            wrote = {"made_by": self.writer, "changed_by": self.writer, column: self.publisher}
            Edition.objects.filter(pk=article.working_id).update(**wrote)
            with self.subTest(column=column), self.assertRaises(publishing.OwnEdition):
                self.publish(article, by=self.publisher)
        Edition.objects.filter(pk=article.working_id).update(submitted_by=self.writer)
        self.assertEqual(self.publish(article, by=self.publisher).published_by, self.publisher)

    def test_elsewhere_they_may(self):
        self.assertEqual(self.publish(self.begun(reason="改正标题。"), by=self.writer).published_by, self.writer)


class ScheduleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.tomorrow = timezone.now() + timedelta(days=1)
        cls.article = make.article(published=cls.tomorrow)

    def test_it_can_be_given_another_moment(self):
        later = self.tomorrow + timedelta(days=2)
        article = publishing.reschedule(self.article, version=self.article.version, at=later)
        self.assertEqual((article.shown_status, article.live_from), ("scheduled", later.replace(microsecond=0)))

    def test_it_can_come_at_once(self):
        publishing.reschedule(self.article, version=self.article.version, at=None)
        self.assertEqual(Article.objects.published().get().status, Article.Status.PUBLISHED)

    def test_it_can_be_taken_out(self):
        publishing.unschedule(self.article, version=self.article.version)
        article = Article.objects.get()
        self.assertEqual((article.status, article.live_from), (Article.Status.DRAFT, None))

    def test_readers_see_it_at_its_moment_without_any_job(self):
        address = self.article.get_absolute_url()
        self.assertEqual(self.client.get(address).status_code, 404)
        Article.objects.filter(pk=self.article.pk).update(live_from=timezone.now() - timedelta(seconds=2))
        self.assertContains(self.client.get(address), self.article.title)
        article = Article.objects.get()
        self.assertEqual((article.status, article.shown_status), ("scheduled", "published"))
        with self.assertNumQueries(1):
            self.assertEqual(Article.objects.with_standing().get().shown_status, "published")

    def test_what_came_counts_as_published_whatever_its_row_says(self):
        Article.objects.filter(pk=self.article.pk).update(live_from=timezone.now() - timedelta(seconds=2))
        article = Article.objects.get()
        with self.assertRaises(publishing.NotScheduled):
            publishing.unschedule(article, version=article.version)
        self.assertEqual(make.withdrawn(article).status, Article.Status.WITHDRAWN)


class TogetherTests(TransactionTestCase):
    def test_of_two_publishers_one_publishes(self):
        """On PostgreSQL each thread has a connection of its own; SQLite in memory has one writer anyway."""
        if connection.vendor != "postgresql":
            self.skipTest("one connection only: SQLite in memory")
        article = make.article()
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda _turn: self.publish(article), range(2)))
        self.assertEqual(sorted(outcomes), ["published", "refused"])
        self.assertEqual(Edition.objects.filter(number__gt=0).count(), 1)

    def publish(self, article):
        try:
            publishing.publish(article, version=article.version, by=None)
        except StaleVersion:
            return "refused"
        finally:
            connection.close()
        return "published"


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
