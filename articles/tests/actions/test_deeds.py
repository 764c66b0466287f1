"""Doing one thing to many articles, and giving back exactly what was."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.test import TestCase
from django.utils import timezone

from articles.actions import deeds, editing
from articles.exports import records
from articles.models import (
    Article,
    Deed,
    StaleVersion,
    Tag,
)
from articles.tests import make

BODY = "议事会把全年的预算抄在村口的墙上,每一笔都写明用处，谁都可以站在那里一笔一笔地看。"
EVERY = Article.objects.all()


def library():
    """The bytes of the whole library."""
    return b"".join(records.library())


def done(kind, articles=None, by=None, **said):
    """Return the deed after it was done to all of the articles."""
    deed = deeds.begin(kind, Article.objects.all() if articles is None else articles, said, by=by)
    while deed.state == Deed.State.RUNNING:
        deed = deeds.carry_on(deed, by=by)
    return deed


def outcomes(deed):
    return list(deed.rows.values_list("outcome", flat=True))


class DeedCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()
        cls.theme = make.theme("村务公开")
        cls.articles = [make.article(f"村务公开第{number}期") for number in range(5)]

    def do(self, kind, articles=None, **said):
        return done(kind, articles, self.editor, **said)

    def tag(self, articles=None, *names):
        return self.do("add_tags", articles, tags=list(names or ("预算",)))


class RunningTests(DeedCase):
    def begin(self, **options):
        return deeds.begin("add_tags", EVERY.all(), {"tags": ["预算"]}, by=self.editor, **options)

    def test_nothing_is_done_before_it_is_begun(self):
        before = library()
        deed = self.begin()
        self.assertEqual((deed.state, outcomes(deed)), ("running", ["waiting"] * 5))
        self.assertEqual(library(), before)

    def test_it_is_about_the_articles_that_were_there_when_it_was_looked_at(self):
        deed = self.begin()
        late = make.article("后来的一篇")
        deeds.carry_on(deed, by=self.editor)
        self.assertFalse(late.tags.exists())

    def test_it_goes_on_batch_by_batch_and_does_each_row_once(self):
        deed = self.begin()
        deeds.carry_on(deed, by=self.editor, most=2)
        self.assertEqual(outcomes(deed), ["done", "done", "waiting", "waiting", "waiting"])
        for _submit in range(3):
            deed = deeds.carry_on(deed, by=self.editor, most=2)
        self.assertEqual((deed.state, outcomes(deed)), ("done", ["done"] * 5))
        self.assertEqual([article.tags.count() for article in Article.objects.all()], [1] * 5)
        self.assertEqual(set(Article.objects.values_list("version", flat=True)), {self.articles[0].version + 1})

    def test_an_article_that_changed_since_is_left_alone_and_the_rest_goes_on(self):
        deed = self.begin()
        editing.revise(self.articles[2], version=self.articles[2].version, by=None, title="改过的题目")
        self.articles[3].delete()
        deed = deeds.carry_on(deed, by=self.editor)
        self.assertEqual(outcomes(deed), ["done", "done", "failed", "failed", "done"])
        self.assertEqual(deed.rows.get(position=2).told, "it changed since you looked at it")

    def test_what_is_there_already_is_no_change(self):
        self.articles[0].tags.add("预算")
        deed = self.tag()
        self.assertEqual(outcomes(deed), ["unchanged", "done", "done", "done", "done"])

    def test_who_may_is_asked_of_every_article_before_and_at_the_time(self):
        deed = self.begin(may=lambda user, article, needs: article.pk != self.articles[0].pk)
        self.assertEqual(outcomes(deed), ["failed", *["waiting"] * 4])
        deed = deeds.carry_on(deed, by=self.editor, may=lambda *_asked: False)
        self.assertEqual((deed.state, set(outcomes(deed))), ("done", {"failed"}))

    def test_only_who_began_it_goes_on(self):
        deed = self.begin()
        for act in (deeds.carry_on, deeds.stop):
            with self.assertRaises(deeds.CannotCarryOn):
                act(deed, by=make.editor(f"other {act.__name__}"))
        self.assertEqual(set(outcomes(deed)), {"waiting"})

    def test_one_that_is_stopped_can_be_undone(self):
        before = library()
        deed = self.begin()
        deeds.carry_on(deed, by=self.editor, most=2)
        deed = deeds.stop(deed, by=self.editor)
        self.assertEqual((deed.state, outcomes(deed)), ("done", ["done"] * 2 + ["unchanged"] * 3))
        deeds.undo(deed, by=self.editor)
        self.assertEqual(library(), before)

    def test_one_that_was_only_looked_at_is_forgotten(self):
        self.assertIsNone(deeds.stop(self.begin(), by=self.editor))
        old = self.begin()
        Deed.objects.update(done_at=timezone.now() - timedelta(days=2))
        self.begin()
        self.assertFalse(Deed.objects.filter(pk=old.pk).exists())

    def test_the_history_of_each_article_names_it_and_who_did_it(self):
        deed = self.tag()
        deeds.undo(deed, by=self.editor)
        entries = LogEntry.objects.filter(object_id=self.articles[0].pk).order_by("pk")
        self.assertEqual({entry.user for entry in entries}, {self.editor})
        self.assertTrue(all(f"{deed.pk}" in entry.change_message for entry in entries))
        self.assertEqual(len(entries), 2)

    def test_the_queries_of_a_row_are_bounded(self):
        counts = []
        for number in (2, 4):
            deed = deeds.begin(
                "add_tags",
                EVERY.filter(pk__in=[a.pk for a in self.articles]),
                {"tags": [f"第{number}"]},
                by=self.editor,
            )
            with self.assertNumQueries(FuzzyCount(counts)):
                deeds.carry_on(deed, by=self.editor, most=number)
        self.assertLessEqual((counts[1] - counts[0]) / 2, 12)


class FuzzyCount(int):
    """Takes any number of queries and writes it down."""

    def __new__(cls, counts):
        made = super().__new__(cls)
        made.counts = counts
        return made

    def __eq__(self, other):
        self.counts.append(other)
        return True

    __hash__ = int.__hash__


class UndoTests(DeedCase):
    def test_it_cannot_be_undone_while_it_runs_nor_twice_nor_after_thirty_days(self):
        deed = deeds.begin("add_tags", EVERY.all(), {"tags": ["预算"]}, by=self.editor)
        with self.assertRaises(deeds.CannotUndo):
            deeds.undo(deed, by=self.editor)
        deed = deeds.carry_on(deed, by=self.editor)
        Deed.objects.update(done_at=timezone.now() - timedelta(days=31))
        with self.assertRaises(deeds.CannotUndo):
            deeds.undo(deed, by=self.editor)
        Deed.objects.update(done_at=timezone.now() - timedelta(days=29))
        deeds.undo(deed, by=self.editor)
        with self.assertRaises(deeds.CannotUndo):
            deeds.undo(deed, by=self.editor)

    def test_it_goes_in_batches_too(self):
        before = library()
        deed = deeds.undo(self.tag(), by=self.editor, most=2)
        self.assertTrue(deeds.waits_for_undo(deed))
        self.assertEqual(outcomes(deed), ["done"] * 3 + ["undone"] * 2)
        deed = deeds.undo(deed, by=self.editor)
        self.assertFalse(deeds.waits_for_undo(deed))
        self.assertEqual(library(), before)

    def test_what_somebody_changed_since_is_left_and_named(self):
        deed = self.do("assign_editor", editor=self.editor.pk, name="editor")
        other = make.editor("lin")
        Article.objects.filter(pk=self.articles[1].pk).update(editor=other)
        deed = deeds.undo(deed, by=self.editor)
        self.assertEqual(outcomes(deed), ["undone", "done", "undone", "undone", "undone"])
        self.assertEqual(deed.rows.get(position=1).told, "it was changed since, and is left as it is")
        self.assertEqual(Article.objects.get(pk=self.articles[1].pk).editor, other)

    def test_other_work_on_an_article_does_not_stand_in_its_way(self):
        deed = self.tag()
        article = Article.objects.get(pk=self.articles[0].pk)
        editing.revise(article, version=article.version, by=None, title="改过的题目")
        deed = deeds.undo(deed, by=self.editor)
        self.assertEqual(set(outcomes(deed)), {"undone"})
        article.refresh_from_db()
        self.assertEqual((article.title, article.tags.count()), ("改过的题目", 0))

    def test_deeds_are_undone_in_any_order(self):
        before = library()
        first, second = self.tag(None, "预算"), self.tag(None, "村务")
        for deed in (first, second):
            deeds.undo(deed, by=self.editor)
        self.assertEqual(library(), before)
        self.assertFalse(Tag.objects.exists())

    def test_the_stale_form_of_an_editor_is_refused_after_it(self):
        deed = self.tag()
        version = Article.objects.get(pk=self.articles[0].pk).version
        deeds.undo(deed, by=self.editor)
        with self.assertRaises(StaleVersion):
            editing.revise(self.articles[0], version=version, by=None, title="晚了")


class StatusTests(DeedCase):
    def test_what_is_handed_in_can_be_taken_back(self):
        before = library()
        deed = self.do("submit")
        self.assertEqual({article.working.state for article in Article.objects.all()}, {"submitted"})
        deeds.undo(deed, by=self.editor)
        self.assertEqual(library(), before)

    def test_what_is_withdrawn_comes_back_as_it_was(self):
        make.publish(self.articles[0])
        make.publish(self.articles[1], at=timezone.now() + timedelta(days=3))
        before = library()
        deed = self.do("withdraw", reason="rights", note="权利人来信。", into=None)
        self.assertEqual(outcomes(deed), ["done", "done", "failed", "failed", "failed"])
        self.assertFalse(Article.objects.published().exists())
        deeds.undo(deed, by=self.editor)
        self.assertEqual(library(), before)

    def test_publishing_gives_numbers_for_ever_so_that_undo_withdraws(self):
        before = [make.publish(self.articles[0]), make.withdrawn(make.publish(self.articles[1]), note="误发。")]
        make.revised(before[1], "又一稿。", reason="改稿")
        make.withdrawn(Article.objects.get(pk=before[1].pk), note="误发。")
        editing.revise(Article.objects.get(pk=before[0].pk), version=before[0].version, by=None, title="新题目")
        deed = self.do("publish", reason="补正")
        self.assertEqual(set(outcomes(deed)), {"done"})
        deed = deeds.undo(deed, by=self.editor)
        statuses = list(Article.objects.order_by("pk").values_list("status", flat=True))
        self.assertEqual(statuses, ["published", *["withdrawn"] * 4])
        self.assertEqual(outcomes(deed), ["done", *["undone"] * 4])
        self.assertEqual(Article.objects.get(pk=before[1].pk).withdrawal_note, "误发。")
        self.assertEqual(Article.objects.get(pk=self.articles[4].pk).withdrawal_reason, "error")

    def test_another_reason_is_told_in_words_or_nothing_is_withdrawn(self):
        make.publish(self.articles[0])
        deed = self.do("withdraw", EVERY.filter(pk=self.articles[0].pk), reason="other", note="", into=None)
        self.assertEqual(deed.rows.get().told, "another reason needs a note that tells readers which")

    def test_what_was_withdrawn_comes_back_with_a_reason_or_not_at_all(self):
        article = make.withdrawn(make.publish(self.articles[0]), "other", note="原址整理。")
        chosen = EVERY.filter(pk=article.pk)
        self.assertIn("needs a reason", self.do("publish", chosen, reason="").rows.get().told)
        deed = self.do("publish", chosen, reason="整理完了。")
        article.refresh_from_db()
        self.assertEqual((article.status, article.live.comeback_list[0].reason), ("published", "整理完了。"))
        self.assertEqual(outcomes(deeds.undo(deed, by=self.editor)), ["undone"])
        article.refresh_from_db()
        self.assertEqual((article.status, article.withdrawal_note), ("withdrawn", "原址整理。"))

    def test_what_was_scheduled_is_a_draft_again(self):
        moment = (timezone.now() + timedelta(days=3)).isoformat()
        deed = self.do("schedule", at=moment, reason="")
        self.assertEqual(set(Article.objects.values_list("status", flat=True)), {"scheduled"})
        deeds.undo(deed, by=self.editor)
        self.assertEqual(set(Article.objects.values_list("status", flat=True)), {"draft"})

    def test_what_cannot_be_published_says_why(self):
        empty = make.article("空的一篇", "<p></p>")
        wrong = make.article("有错的一篇")
        make.finding(wrong, severity="error")
        deed = self.do("publish", EVERY.filter(pk__in=[empty.pk, wrong.pk]), reason="")
        told = list(deed.rows.values_list("told", flat=True))
        self.assertIn("its text is empty", told[0])
        self.assertIn("wait for a decision", told[1])
