"""The first page of the admin: every number is what the list behind it shows, and everybody sees their own work."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.actions import keeping
from articles.admin import figures
from articles.models import Article, Deed, Edition, Finding, Run, WorkingCopy
from articles.tests import make
from articles.tests.admin.people import browser_of, person

HOME = reverse("admin:index")
LIST = reverse("admin:articles_article_changelist")


class HomeCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.publisher = person("publisher", "publisher")
        cls.writer = person("writer", "contributor")
        cls.source = make.source()
        cls.mine = cls.draft("议事会的三年", by=cls.editor)
        cls.theirs = cls.draft("账目改为上网公布", by=cls.writer)
        make.finding(cls.theirs, severity="error")
        make.witness(cls.theirs, cls.source)
        cls.handed_in = cls.draft("预算贴在村口", by=cls.writer, state=Edition.State.SUBMITTED)
        cls.sent_back = cls.draft(
            "当场就可以问", by=cls.writer, state=Edition.State.RETURNED, remark="出处写到报纸的版次。"
        )
        cls.waiting = make.article("明天的会", published=timezone.now() + timedelta(days=1))
        make.witness(cls.waiting, cls.source, is_dead=True)
        make.article("已发布的一篇", published=True)
        make.withdrawn(make.article("撤下的一篇", published=True))

    @staticmethod
    def draft(title, *, by, state=Edition.State.WORKING, **columns):
        article = make.article(title)
        Edition.objects.filter(pk=article.working_id).update(made_by=by, state=state, **columns)
        return article

    def setUp(self):
        cache.clear()

    def home(self, user):
        response = browser_of(user).get(HOME)
        self.assertEqual(response.status_code, 200)
        return response

    def queues(self, user):
        context = self.home(user).context
        return {queue.name: queue for queue in [*context["queues"], *context["quiet_queues"]]}


class QueueTests(HomeCase):
    def test_each_number_is_what_the_list_behind_it_shows(self):
        for user in (self.editor, self.publisher, self.writer):
            browser = browser_of(user)
            for name, queue in self.queues(user).items():
                with self.subTest(user=user, queue=name):
                    listed = browser.get(queue.address).context["cl"].result_count
                    self.assertEqual(queue.count, listed)

    def test_editors_see_what_waits_for_everybody_and_contributors_their_own(self):
        counts = {name: queue.count for name, queue in self.queues(self.editor).items()}
        self.assertEqual(
            counts,
            {
                "returned": 0,
                "drafts": 1,
                "review": 1,
                "imports": 1,
                "scheduled": 1,
                "untraced": 2,
                "dead": 1,
            },
        )
        counts = {name: queue.count for name, queue in self.queues(self.writer).items()}
        self.assertEqual(counts, {"returned": 1, "drafts": 3, "imports": 1, "scheduled": 0, "untraced": 1, "dead": 0})

    def test_what_was_written_here_and_copied_from_nowhere_is_no_import_and_needs_no_tracing(self):
        make.finding(self.mine)
        queues = self.queues(self.editor)
        for name in ("imports", "untraced"):
            self.assertNotIn(self.mine, [row for row, _way in queues[name].rows])

    def test_a_returned_draft_shows_the_remark_it_came_back_with(self):
        self.assertContains(self.home(self.writer), "出处写到报纸的版次。")

    def test_each_row_leads_in_one_step_to_the_desk_where_it_is_worked_on(self):
        desks = {"imports": "restore", "untraced": "trace", "dead": "trace"}
        for queue in self.queues(self.editor).values():
            desk = desks.get(queue.name, "change")
            for row, way in queue.rows:
                with self.subTest(queue=queue.name, row=row.pk):
                    self.assertEqual(way, reverse(f"admin:articles_article_{desk}", args=[row.pk]))

    def test_it_names_the_time_zone_and_says_when_the_scheduler_last_ran(self):
        Article.objects.waiting().update(status="draft", live_from=None)  # whether or not anything waits for its moment
        self.assertContains(self.home(self.editor), "Asia/Shanghai")
        self.assertContains(self.home(self.publisher), "定时程序尚未运行")
        run = Run.objects.create(job="flip_status", ran_at=timezone.now())
        response = self.home(self.editor)
        self.assertEqual((response.context["clock"], response.context["is_clock_still"]), (run.ran_at, False))
        Run.objects.update(ran_at=timezone.now() - timedelta(hours=5))
        self.assertTrue(self.home(self.editor).context["is_clock_still"])
        self.assertNotContains(self.home(self.writer), "定时程序")

    def test_it_offers_what_was_typed_and_not_saved_to_its_writer_alone(self):
        copy = WorkingCopy.objects.create(article=self.mine, typed_by=self.editor, fields={"title": ["议事会"]})
        self.assertContains(self.home(self.editor), f"?copy={copy.token}")
        self.assertNotContains(self.home(self.publisher), copy.token)

    def test_it_offers_nothing_of_a_form_that_was_saved(self):
        keeping.forget("a-form-that-was-saved", by=self.editor)
        self.assertNotContains(self.home(self.editor), "?copy=")

    def test_it_shows_deeds_that_can_be_taken_back_to_editors(self):
        done = Deed.objects.create(kind="add_tags", said={"tags": ["预算"]}, state=Deed.State.DONE, done_by=self.editor)
        Deed.objects.create(kind="add_tags", said={"tags": ["会议"]}, state=Deed.State.UNDONE, done_by=self.editor)
        home = self.home(self.publisher)
        self.assertEqual([deed for deed, _said, _by in home.context["deeds"]], [done])
        self.assertContains(home, reverse("admin:articles_article_deed", args=[done.pk]))
        self.assertContains(home, "预算")
        self.assertEqual(list(self.home(self.writer).context["deeds"]), [])


class PictureTests(HomeCase):
    def test_its_bars_are_what_the_lists_behind_them_show(self):
        browser = browser_of(self.editor)
        (_, statuses), (_, years), (_, classes) = self.home(self.editor).context["pictures"]
        self.assertEqual([bar.count for bar in statuses], [4, 1, 1, 1])
        for bar in [*statuses, *years]:
            with self.subTest(bar=str(bar.name)):
                self.assertEqual(bar.count, browser.get(bar.address).context["cl"].result_count)
        self.assertEqual([(bar.count, bar.share) for bar in classes], [(1, 100)])

    def test_every_article_is_on_a_bar_of_years(self):
        this = timezone.localtime().year
        for year in (1899, 1913, this - 20, this - 13, this, this + 1, this + 2):
            date = {"original_date": timezone.make_aware(datetime(year, 7, 1)), "original_precision": "year"}
            make.article(f"写于{year}年", **date)
        browser = browser_of(self.editor)
        (_, _statuses), (_, years), (_, _classes) = self.home(self.editor).context["pictures"]
        self.assertEqual(sum(bar.count for bar in years), Article.objects.count())
        self.assertEqual(str(years[-1].name), "日期不详")
        for bar in years:
            with self.subTest(bar=str(bar.name)):
                self.assertEqual(bar.count, browser.get(bar.address).context["cl"].result_count)

    def test_it_says_in_how_many_articles_the_findings_are(self):
        for start in range(4):
            make.finding(self.mine, start=start, end=start + 1)
        home = self.home(self.editor)
        (bar,) = home.context["pictures"][2][1]
        listed = browser_of(self.editor).get(bar.address).context["cl"].result_count
        self.assertEqual((bar.count, bar.articles, listed), (5, 2, 2))

    def test_findings_of_a_draft_that_was_merged_away_are_counted_no_more(self):
        Article.objects.filter(pk=self.theirs.pk).update(merged_into=self.mine)
        (_, _statuses), (_, _years), (_, classes) = self.home(self.editor).context["pictures"]
        self.assertEqual(classes, [])

    def test_a_finding_that_went_on_to_the_next_edition_counts_once(self):
        article = make.article("两版的一篇", published=True)
        make.finding(article)
        make.revised(Article.objects.get(pk=article.pk), "后来重写的正文，把账目写全。", reason="补全")
        (_, _statuses), (_, _years), (_, classes) = self.home(self.editor).context["pictures"]
        self.assertEqual(Finding.objects.open().count(), 3)
        self.assertEqual(sum(bar.count for bar in classes), 2)

    def test_a_large_library_shows_its_picture_from_the_second_time_on(self):
        small, figures.SMALL = figures.SMALL, 3
        self.addCleanup(setattr, figures, "SMALL", small)
        self.addCleanup(cache.clear)
        self.assertEqual(self.home(self.editor).context["pictures"], [])
        self.assertEqual(len(self.home(self.editor).context["pictures"]), 3)


class CostTests(HomeCase):
    def test_its_queries_do_not_grow_with_the_library(self):
        few = self.cost()
        for number in range(20):
            article = self.draft(f"村务公开第{number}期", by=self.editor)
            make.witness(article, self.source, is_dead=True)
            make.finding(article)
        self.assertEqual(self.cost(), few)
        self.assertLessEqual(few, 12)

    def cost(self):
        cache.clear()
        browser = browser_of(self.editor)
        with CaptureQueriesContext(connection) as queries:
            browser.get(HOME)
        return len(queries)
