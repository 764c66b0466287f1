"""Duplicates become one article, and are given back their own."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles.actions import joining
from articles.exports import records
from articles.models import Article, Capture, Excerpt, Placement, StaleVersion, Theme, Witness
from articles.tests import make

PASSAGE = "每一笔都写明用处"


class JoiningTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()
        cls.theme, cls.other = make.theme("村务公开"), make.theme("预算")
        cls.survivor = make.article(theme=cls.theme, reason="先到的", tags=("预算",), published=True)
        cls.duplicate = make.article("预算贴在村口（转载）", theme=cls.theme, reason="后到的", tags=("预算", "村务"))
        Placement.objects.create(article=cls.duplicate, theme=cls.other, position=7, reason="只在这里")
        capture = Capture.objects.create(sha256="ab" * 32, size=3, media_type="text/html")
        cls.copy = make.witness(cls.duplicate, make.source(), capture=capture)
        make.excerpt(cls.duplicate, cls.other, PASSAGE, aspect="预算")
        cls.before = b"".join(records.library())

    def setUp(self):
        self.duplicate = Article.objects.get(pk=self.duplicate.pk)

    def join(self, survivor=None):
        trace = joining.join(self.duplicate, survivor or self.survivor, version=self.duplicate.version, by=self.editor)
        self.duplicate = Article.objects.get(pk=self.duplicate.pk)
        return trace

    def test_what_hangs_on_the_duplicate_goes_to_the_article_that_stays(self):
        self.join()
        self.assertEqual(self.survivor.witnesses.get().capture.sha256, "ab" * 32)
        reasons = self.survivor.placements.order_by("theme").values_list("theme__name", "reason")
        self.assertEqual(dict(reasons), {"村务公开": "先到的", "预算": "只在这里"})
        self.assertEqual({tag.name for tag in self.survivor.tags.all()}, {"预算", "村务"})
        excerpt = self.survivor.live.excerpts.get()
        self.assertEqual((excerpt.exact, excerpt.aspect), (PASSAGE, "预算"))
        self.assertFalse(self.duplicate.placements.exists() or self.duplicate.tags.exists())

    def test_a_draft_says_where_it_went_and_a_public_one_leads_there(self):
        self.join()
        self.assertEqual((self.duplicate.status, self.duplicate.merged_into), ("draft", self.survivor))
        public = make.article("预算贴在村口（又一份）", published=True)
        joining.join(public, self.survivor, version=public.version, by=self.editor)
        public.refresh_from_db()
        self.assertEqual((public.status, public.withdrawal_reason), ("withdrawn", "merged"))
        self.assertEqual(public.merged_into, self.survivor)

    def test_an_excerpt_stays_with_the_words_it_quotes(self):
        other = make.article("别的文章", "全然不同的一段话。", published=True)
        self.join(other)
        self.assertEqual(self.duplicate.working.excerpts.get().exact, PASSAGE)

    def test_it_is_parted_to_the_byte(self):
        trace = self.join()
        joining.part(self.duplicate, trace, by=self.editor)
        self.assertEqual(b"".join(records.library()), self.before)

    def test_a_public_and_a_waiting_one_are_parted_to_the_byte(self):
        for published in (True, timezone.now() + timedelta(days=2)):
            article = make.article("又一份", published=published)
            before = b"".join(records.library())
            trace = joining.join(article, self.survivor, version=article.version, by=self.editor)
            joining.part(Article.objects.get(pk=article.pk), trace, by=self.editor)
            self.assertEqual(b"".join(records.library()), before)

    def test_it_is_not_parted_when_what_went_over_has_gone_on(self):
        trace = self.join()
        Witness.objects.filter(pk=self.copy.pk).update(article=make.article("第三篇"))
        before = b"".join(records.library())
        with self.assertRaises(joining.NotAsJoined):
            joining.part(self.duplicate, trace, by=self.editor)
        self.assertEqual(b"".join(records.library()), before)

    def test_who_has_one_of_its_themes_open_finds_out(self):
        versions = dict(Theme.objects.values_list("pk", "version"))
        trace = self.join()
        joined = dict(Theme.objects.values_list("pk", "version"))
        joining.part(self.duplicate, trace, by=self.editor)
        for theme in (self.theme, self.other):
            self.assertGreater(joined[theme.pk], versions[theme.pk])
            self.assertGreater(Theme.objects.get(pk=theme.pk).version, joined[theme.pk])

    def test_it_is_not_parted_when_somebody_wrote_in_an_excerpt_since(self):
        trace = self.join()
        excerpt = Excerpt.objects.get()
        excerpt.note = "合并之后写的新注"
        excerpt.save()
        with self.assertRaises(joining.NotAsJoined):
            joining.part(self.duplicate, trace, by=self.editor)
        self.assertEqual(Excerpt.objects.get().note, "合并之后写的新注")

    def test_the_version_of_an_excerpt_only_goes_up(self):
        trace = self.join()
        version = Excerpt.objects.get().version
        joining.part(self.duplicate, trace, by=self.editor)
        self.assertGreater(Excerpt.objects.get().version, version)

    def test_it_refuses_an_article_that_cannot_stay(self):
        public = make.article("又一份", published=True)
        cases = (
            (self.duplicate, self.duplicate, joining.CannotJoin),
            (self.duplicate, make.withdrawn(make.article("撤了", published=True)), joining.CannotJoin),
            (public, self.duplicate, joining.SurvivorNotPublic),
        )
        for duplicate, survivor, refusal in cases:
            with self.assertRaises(refusal):
                joining.join(duplicate, survivor, version=duplicate.version, by=self.editor)

    def test_it_refuses_a_duplicate_that_was_merged_or_changed_since(self):
        stale = self.duplicate.version - 1
        with self.assertRaises(StaleVersion):
            joining.join(self.duplicate, self.survivor, version=stale, by=self.editor)
        self.join()
        with self.assertRaises(joining.AlreadyJoined):
            self.join()


class StateTests(TestCase):
    """Every state of a duplicate against every state of the article that is to stay."""

    # where the duplicate stands then: its status, the reason that readers are told, and whether it leads on
    LEADS_TO = {
        "draft": ("draft", ""),
        "scheduled": ("draft", ""),
        "come": ("withdrawn", "merged"),
        "published": ("withdrawn", "merged"),
        "withdrawn": ("withdrawn", "error"),
    }
    IS_SEEN = ("come", "published")

    @staticmethod
    def article_in(state):
        if state in ("draft", "scheduled"):
            return make.article(published=timezone.now() + timedelta(days=1) if state == "scheduled" else False)
        article = make.article(published=True)
        if state == "come":
            Article.objects.filter(pk=article.pk).update(status="scheduled")
        return make.withdrawn(article) if state == "withdrawn" else Article.objects.get(pk=article.pk)

    def refusal(self, state, survivor):
        """What is raised where nothing comes of it."""
        if survivor == "withdrawn":
            return joining.CannotJoin
        return joining.SurvivorNotPublic if state in self.IS_SEEN and survivor not in self.IS_SEEN else None

    def test_it_leads_where_it_should_or_is_refused(self):
        editor = make.editor()
        for state in self.LEADS_TO:
            for staying in self.LEADS_TO:
                duplicate, survivor = self.article_in(state), self.article_in(staying)
                before = (duplicate.status, duplicate.withdrawal_reason, None)
                refusal = self.refusal(state, staying)
                with self.subTest(duplicate=state, survivor=staying):
                    if refusal:
                        with self.assertRaises(refusal):
                            joining.join(duplicate, survivor, version=duplicate.version, by=editor)
                    else:
                        joining.join(duplicate, survivor, version=duplicate.version, by=editor)
                    now = Article.objects.get(pk=duplicate.pk)
                    expected = before if refusal else (*self.LEADS_TO[state], survivor)
                    self.assertEqual((now.status, now.withdrawal_reason, now.merged_into), expected)
