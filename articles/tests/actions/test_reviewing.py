"""Every state against every step: what is allowed leads on, what is not is refused and changes nothing."""

from copy import copy
from datetime import timedelta

from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from articles.actions import editing, publishing, reverting, reviewing
from articles.models import Article, Edition, StaleVersion
from articles.tests import make

REFUSED = (
    publishing.CannotPublish,
    publishing.CannotWithdraw,
    publishing.NotScheduled,
    reviewing.CannotSubmit,
    reviewing.CannotTakeBack,
    reviewing.CannotGiveBack,
    reverting.CannotDiscard,
)
STEPS = {
    "submit": lambda article, by: reviewing.submit(article, version=article.version, by=by),
    "take back": lambda article, by: reviewing.take_back(article, version=article.version, by=by),
    "return": lambda article, by: reviewing.give_back(article, version=article.version, remark="日期请核对。"),
    "publish": lambda article, by: publishing.publish(article, version=article.version, by=by, reason="改正。"),
    "publish later": lambda article, by: publishing.publish(
        article, version=article.version, by=by, at=TOMORROW, reason="改正。"
    ),
    "reschedule": lambda article, by: publishing.reschedule(article, version=article.version, at=TOMORROW),
    "unschedule": lambda article, by: publishing.unschedule(article, version=article.version),
    "withdraw": lambda article, by: publishing.withdraw(article, version=article.version, reason="error"),
    "discard": lambda article, by: reverting.discard(article, version=article.version),
}
TOMORROW = timezone.now() + timedelta(days=1)
# For each state: the steps that lead on, with the status and the state of the working edition they lead to.
ALLOWED = {
    "draft": {
        "submit": ("draft", "submitted"),
        "publish": ("published", ""),
        "publish later": ("scheduled", ""),
    },
    "submitted": {
        "take back": ("draft", "working"),
        "return": ("draft", "returned"),
        "publish": ("published", ""),
        "publish later": ("scheduled", ""),
    },
    "returned": {
        "submit": ("draft", "submitted"),
        "publish": ("published", ""),
        "publish later": ("scheduled", ""),
    },
    "scheduled": {
        "reschedule": ("scheduled", ""),
        "unschedule": ("draft", "working"),
        "withdraw": ("draft", ""),
    },
    "scheduled, revised": {
        "submit": ("scheduled", "submitted"),
        "publish": ("published", ""),
        "publish later": ("scheduled", ""),
        "reschedule": ("scheduled", "working"),
        "unschedule": ("draft", "working"),
        "withdraw": ("draft", "working"),
        "discard": ("scheduled", ""),
    },
    "taken back": {"publish": ("published", ""), "publish later": ("scheduled", "")},
    "taken back, revised": {
        "submit": ("draft", "submitted"),
        "publish": ("published", ""),
        "publish later": ("scheduled", ""),
        "discard": ("draft", ""),
    },
    "published": {"withdraw": ("withdrawn", "")},
    "published, revised": {
        "submit": ("published", "submitted"),
        "publish": ("published", ""),
        "withdraw": ("withdrawn", "working"),
        "discard": ("published", ""),
    },
    "published, submitted": {
        "take back": ("published", "working"),
        "return": ("published", "returned"),
        "publish": ("published", ""),
        "withdraw": ("withdrawn", "submitted"),
        "discard": ("published", ""),
    },
    "come": {"withdraw": ("withdrawn", "")},
    "come, revised": {
        "submit": ("scheduled", "submitted"),
        "publish": ("published", ""),
        "withdraw": ("withdrawn", "working"),
        "discard": ("scheduled", ""),
    },
    "withdrawn": {"publish": ("published", "")},
    "withdrawn, revised": {
        "submit": ("withdrawn", "submitted"),
        "publish": ("published", ""),
        "discard": ("withdrawn", ""),
    },
}


class StepTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.writer = make.editor("writer")

    def article_in(self, state):
        """Return an article that came to the state by the steps of its writers."""
        status, _comma, begun = state.rpartition(", ") if ", " in state else (state, "", "")
        article = self.standing_at(status)
        if begun:
            article = editing.revise(article, version=article.version, by=self.writer, title="又改了一处")
        if "submitted" in (status, begun) or status == "returned":
            reviewing.submit(article, version=article.version, by=self.writer)
            article.refresh_from_db()
        if status == "returned":
            reviewing.give_back(article, version=article.version, remark="来源请写明。")
        return Article.objects.get(pk=article.pk)

    def standing_at(self, status):
        if status in ("draft", "submitted", "returned"):
            return make.article()
        if status in ("scheduled", "taken back"):
            article = make.article(published=TOMORROW)
            return article if status == "scheduled" else make.withdrawn(article)
        article = make.article(published=True)
        if status == "come":
            Article.objects.filter(pk=article.pk).update(status="scheduled")
        return make.withdrawn(article) if status == "withdrawn" else article

    def test_every_step_from_every_state_leads_where_it_should_or_nowhere(self):
        for state, allowed in ALLOWED.items():
            key = self.article_in(state).pk
            for name, step in STEPS.items():
                with self.subTest(state=state, step=name), transaction.atomic():
                    self.try_step(step, Article.objects.get(pk=key), allowed.get(name))
                    transaction.set_rollback(True)

    def try_step(self, step, article, leads_to):
        if leads_to:
            step(article, self.writer)
            self.assertEqual(self.standing(article), leads_to)
            return
        before, version = self.standing(article), article.version
        with self.assertRaises(REFUSED):
            step(article, self.writer)
        self.assertEqual(self.standing(article), before)
        self.assertEqual(Article.objects.get(pk=article.pk).version, version)

    def standing(self, article):
        article = Article.objects.get(pk=article.pk)
        return article.status, article.working.state if article.working else ""

    def test_no_step_is_taken_by_who_read_an_older_version(self):
        for state in ALLOWED:
            article = self.article_in(state)
            Article.objects.claim(article.pk, article.version)
            for name, step in STEPS.items():
                with self.subTest(state=state, step=name), self.assertRaises(StaleVersion), transaction.atomic():
                    step(copy(article), self.writer)


class ReviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.writer, cls.reviewer = make.editor("writer"), make.editor("reviewer")
        cls.article = editing.start(by=cls.writer, title="村口的公告栏", body_html="<p>谁路过都看得见。</p>")

    def submitted(self):
        reviewing.submit(self.article, version=self.article.version, by=self.writer)
        return Article.objects.get(pk=self.article.pk)

    def test_it_says_who_submitted_and_when(self):
        edition = self.submitted().working
        self.assertEqual(edition.submitted_by, self.writer)
        self.assertLess(timezone.now() - edition.submitted_at, timedelta(minutes=1))

    def test_only_who_submitted_takes_it_back(self):
        article = self.submitted()
        with self.assertRaises(reviewing.CannotTakeBack):
            reviewing.take_back(article, version=article.version, by=self.reviewer)
        edition = reviewing.take_back(article, version=article.version, by=self.writer)
        self.assertEqual((edition.state, edition.submitted_by), (Edition.State.WORKING, None))

    def test_nothing_is_returned_without_a_remark(self):
        article = self.submitted()
        with self.assertRaises(reviewing.RemarkMissing):
            reviewing.give_back(article, version=article.version, remark=" \n ")
        self.assertEqual(Edition.objects.get().state, Edition.State.SUBMITTED)

    def test_the_remark_stays_until_it_is_submitted_again(self):
        article = self.submitted()
        reviewing.give_back(article, version=article.version, remark="第二段的日期请核对。")
        article = editing.revise(Article.objects.get(), version=article.version + 1, by=self.writer, title="公告栏")
        self.assertEqual((article.working.state, article.working.remark), ("returned", "第二段的日期请核对。"))
        self.assertEqual(reviewing.submit(article, version=article.version, by=self.writer).remark, "")

    def test_an_article_without_a_text_is_not_submitted(self):
        empty = make.article(body="<p></p>")
        with self.assertRaises(reviewing.CannotSubmit):
            reviewing.submit(empty, version=empty.version, by=self.writer)
