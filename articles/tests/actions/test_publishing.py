from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from articles.actions import deeds, editing, publishing, rereading, restoring, reverting, reviewing, storing, tracing
from articles.models import Article, Edition, HouseRules, StaleVersion, Witness
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

    def test_where_nobody_asks_for_somebody_else_writers_publish(self):
        self.assertEqual(self.publish(self.begun(reason="改正标题。"), by=self.writer).published_by, self.writer)


class OtherPersonTests(TestCase):
    """In a house that asks for another person than those who wrote in the edition."""

    @classmethod
    def setUpTestData(cls):
        HouseRules.current()
        HouseRules.objects.update(needs_other_reviewer=True)
        cls.writer, cls.other, cls.third = (make.editor(name) for name in ("writer", "other", "third"))

    def publish(self, article, by):
        article = Article.objects.get(pk=article.pk)
        return publishing.publish(article, version=article.version, by=by, reason="改正。")

    def assert_own(self, article, *people):
        for person in people:
            with self.subTest(person=person), self.assertRaises(publishing.OwnEdition):
                self.publish(article, person)

    def test_nobody_publishes_what_they_ever_wrote_in(self):
        article = make.article(published=True)
        article = editing.revise(article, version=article.version, by=self.writer, title="重写过的一篇")
        article = editing.revise(article, version=article.version, by=self.other, subtitle="只补一个副题")
        self.assert_own(article, self.writer, self.other)
        self.assertEqual(self.publish(article, self.third).published_by, self.third)

    def test_every_way_of_writing_counts(self):
        source = make.source()
        ways = {
            "repair": self.repair,
            "restore": lambda article: reverting.restore(
                article, version=article.version, by=self.writer, edition=article.live
            ),
            "trace": lambda article: tracing.record(
                article,
                tracing.Said(
                    copies=[(copy := Witness(article=article, source=source))], original=copy, takes_over=True
                ),
                version=article.version,
                by=self.writer,
            ),
            "many": lambda article: self.repair_many(article),
            "read again": self.read_again,
        }
        for name, write in ways.items():
            article = make.article(f"一篇{name}", "村口贴着预算,人人都看.", published=True)
            make.finding(article, start=6, end=7, found=",", exact=",", suggestion="，")
            article = editing.revise(article, version=article.version, by=self.other, subtitle="别人先动过")
            write(article)
            article = editing.revise(
                Article.objects.get(pk=article.pk),
                version=Article.objects.get(pk=article.pk).version,
                by=self.other,
                subtitle="别人又动过",
            )
            with self.subTest(way=name):
                self.assert_own(article, self.writer)

    def repair(self, article):
        restoring.accept_class(article, "punctuation_width", version=article.version, by=self.writer)

    def repair_many(self, article):
        chosen = Article.objects.filter(pk=article.pk)
        deed = deeds.begin("accept_class", chosen, {"code": "punctuation_width"}, by=self.writer)
        deeds.carry_on(deed, by=self.writer)

    def read_again(self, article):
        data = "一篇重读\n\n村口贴着全年的预算，村里人人都去看，看完当场就问。\n".encode()
        capture = storing.store(data, media_type="text/plain", file_name="a.txt")
        make.witness(article, capture=capture, made_digest=article.current.exact_digest())
        rereading.reread(article, version=article.version, by=self.writer)

    def test_who_handed_it_in_does_not_publish_it(self):
        article = make.article()
        reviewing.submit(article, version=article.version, by=self.writer)
        self.assert_own(article, self.writer)

    def test_who_wrote_in_one_edition_may_publish_the_next(self):
        article = editing.start(by=self.writer, title="第一版", body_html="<p>一人写，一人发。</p>")
        self.publish(article, self.other)
        article = Article.objects.get(pk=article.pk)
        article = editing.revise(article, version=article.version, by=self.other, title="第二版")
        self.assertEqual(self.publish(article, self.writer).number, 2)

    def test_what_was_withdrawn_is_brought_back_by_somebody_else_too(self):
        article = editing.start(by=self.writer, title="撤下又回来", body_html="<p>一人写，一人发。</p>")
        self.publish(article, self.other)
        make.withdrawn(Article.objects.get(pk=article.pk))
        self.assert_own(article, self.writer)
        self.assertEqual(self.publish(article, self.third).number, 1)


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


class ComebackTests(TestCase):
    """What was published once and is to be published again, without a new edition."""

    @classmethod
    def setUpTestData(cls):
        cls.publisher = make.editor("publisher")

    def publish(self, article, reason=""):
        return publishing.publish(article, version=article.version, by=self.publisher, reason=reason)

    def test_it_comes_back_as_it_was_and_its_edition_says_why(self):
        article = make.withdrawn(make.article(published=True))
        for reason in ("", " \n"):
            with self.assertRaises(publishing.ReasonMissing):
                self.publish(article, reason)
        self.publish(article, " 核对过原件，并没有错。 ")
        article = Article.objects.published().get()
        self.assertEqual((article.live.number, article.live.reason, article.withdrawal_reason), (1, "", ""))
        (back,) = article.live.comeback_list
        self.assertEqual((back.by, back.reason), ("publisher", "核对过原件，并没有错。"))
        self.assertLess(timezone.now() - back.at, timedelta(minutes=1))

    def test_the_reason_of_the_edition_is_none_for_its_coming_back(self):
        article = make.withdrawn(make.revised(make.article(published=True), title="改过的题目", reason="改正标题。"))
        with self.assertRaises(publishing.ReasonMissing):
            self.publish(article)

    def test_every_time_is_kept(self):
        article = make.article(published=True)
        for reason in ("核对过了。", "又核对过了。"):
            self.publish(make.withdrawn(article), reason)
            article = Article.objects.get()
        self.assertEqual([back.reason for back in article.live.comeback_list], ["核对过了。", "又核对过了。"])

    def test_open_errors_stop_what_was_only_taken_out_of_the_schedule(self):
        article = make.article(published=timezone.now() + timedelta(days=1))
        make.finding(article, severity="error")
        article = publishing.unschedule(article, version=article.version)
        with self.assertRaises(publishing.ErrorsOpen):
            self.publish(article)
        self.assertEqual(self.publish(article, "与原件相同，照发。").reason, "与原件相同，照发。")

    def test_open_errors_are_not_answered_by_what_was_said_of_the_edition_before(self):
        article = make.revised(make.article(published=True), title="改过的题目", reason="改正标题。")
        make.finding(article, severity="error")
        article = make.withdrawn(Article.objects.get())
        with self.assertRaises(publishing.ErrorsOpen):
            self.publish(article, "改正标题。")
        self.assertEqual(self.publish(article, "所疑之处与原件相同。").number, 2)

    def test_pictures_are_described_before_it_comes_back(self):
        article = make.withdrawn(make.article(published=True))
        picture = make.html_of('<p>公告栏。</p><figure><img src="/media/pictures/ab.jpg"></figure>')
        Edition.objects.update(body_html=picture)  # as one that came in before the rule
        with self.assertRaises(publishing.PicturesUndescribed):
            self.publish(article, "核对过了。")


class WithdrawTests(TestCase):
    def test_it_takes_the_article_back_with_a_reason(self):
        article = make.withdrawn(make.article(published=True), Article.Withdrawal.RIGHTS, note="作者要求撤下。")
        self.assertEqual((article.status, article.withdrawal_note), (Article.Status.WITHDRAWN, "作者要求撤下。"))
        self.assertEqual(article.live.number, 1)

    def test_another_reason_is_told_in_words(self):
        article = make.article(published=True)
        for note in ("", " \n"):
            with self.assertRaises(publishing.NoteMissing):
                make.withdrawn(article, Article.Withdrawal.OTHER, note=note)
        self.assertEqual(make.withdrawn(article, Article.Withdrawal.OTHER, note="原址整理。").status, "withdrawn")

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
