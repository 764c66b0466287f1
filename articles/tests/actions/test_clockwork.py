"""What is done by the clock: each job twice, killed, beside another, and never in a reader's way."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from articles import search
from articles.actions import clockwork, deeds, publishing, revisiting
from articles.intake.robots import Visitor
from articles.models import Article, Deed, DeedRow, Presence, PreviewLink, Run, Tag, Witness, WorkingCopy
from articles.tests import make
from articles.tests.intake.loopback import REACH, LoopbackSite


def never():
    return False


def come(*titles):
    """Articles that were scheduled and whose moment has come."""
    articles = [make.article(title, published=timezone.now() + timedelta(days=1)) for title in titles]
    Article.objects.update(live_from=timezone.now() - timedelta(minutes=1))
    return articles


class FlipTests(TestCase):
    def test_the_row_says_what_readers_see(self):
        come("第一篇", "第二篇")
        make.article("还在等的一篇", published=timezone.now() + timedelta(days=1))
        self.assertEqual(clockwork.flip_status(never), {"published": 2})
        self.assertEqual(
            list(Article.objects.order_by("pk").values_list("status", flat=True)), ["published"] * 2 + ["scheduled"]
        )

    def test_a_second_run_changes_nothing(self):
        come("第一篇")
        clockwork.flip_status(never)
        before = Article.objects.values().get()
        self.assertEqual(clockwork.flip_status(never), {"published": 0})
        self.assertEqual(Article.objects.values().get(), before)

    def test_what_somebody_else_did_meanwhile_stays(self):
        article = come("第一篇")[0]
        article.refresh_from_db()
        make.withdrawn(article)
        self.assertFalse(publishing.arrive(article.pk))
        self.assertEqual(Article.objects.get().status, "withdrawn")

    def test_who_has_the_article_open_is_not_disturbed(self):
        version = come("第一篇")[0].version
        clockwork.flip_status(never)
        self.assertEqual(Article.objects.get().version, version)

    def test_it_ends_between_two_rows_and_goes_on_next_time(self):
        come("第一篇", "第二篇", "第三篇")
        answers = iter([False, True])
        self.assertEqual(clockwork.flip_status(lambda: next(answers)), {"published": 1})
        self.assertEqual(clockwork.flip_status(never), {"published": 2})


class PruneTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.article = make.editor(), make.article()
        now = timezone.now()
        for days in (29, 31):
            WorkingCopy.objects.create(article=cls.article, typed_by=cls.editor)
            WorkingCopy.objects.filter(pk=WorkingCopy.objects.latest("pk").pk).update(
                typed_at=now - timedelta(days=days)
            )
            link = PreviewLink(digest=f"{days:064}", article=cls.article, expires_at=now - timedelta(days=days))
            link.save()
            deed = Deed.objects.create(kind="tag", state=Deed.State.DONE)
            Deed.objects.filter(pk=deed.pk).update(done_at=now - timedelta(days=days))
            DeedRow.objects.create(
                deed=deed, position=0, table="article", key=1, name="一篇", before={"tags": []}, after={}
            )
        Presence.objects.create(article=cls.article, editor=cls.editor, seen_at=now - timedelta(hours=25))

    def test_it_throws_away_what_nobody_comes_back_to(self):
        told = clockwork.prune(never)
        self.assertEqual(told, {"working_copies": 1, "presences": 1, "preview_links": 1, "contacts": 0, "deed_rows": 1})
        self.assertEqual(
            (WorkingCopy.objects.count(), Presence.objects.count(), PreviewLink.objects.count()), (1, 0, 1)
        )

    def test_the_log_of_a_deed_stays_when_it_can_no_longer_be_undone(self):
        clockwork.prune(never)
        younger, older = DeedRow.objects.order_by("deed")
        self.assertEqual((younger.before, older.before, older.after, older.name), ({"tags": []}, None, None, "一篇"))

    def test_a_second_run_finds_nothing(self):
        clockwork.prune(never)
        self.assertEqual(set(clockwork.prune(never).values()), {0})


class LeftDeedTests(TestCase):
    """A deed that somebody began, or began to take back, and did not go on with."""

    def setUp(self):
        self.editor = make.editor()
        for number in range(3):
            make.article(f"第{number}期")
        self.deed = deeds.begin("add_tags", Article.objects.all(), {"tags": ["预算"]}, by=self.editor)

    def do(self, most):
        self.deed = deeds.carry_on(self.deed, by=self.editor, most=most)

    def a_month_later(self):
        Deed.objects.update(done_at=timezone.now() - timedelta(days=31))
        clockwork.prune(never)

    def test_one_that_was_begun_is_stopped_and_can_still_be_taken_back(self):
        self.do(1)
        self.a_month_later()
        self.do(9)
        self.assertEqual(list(self.deed.rows.values_list("outcome", flat=True)), ["done", "unchanged", "unchanged"])
        self.assertEqual((self.deed.state, Tag.objects.get().items.count()), ("done", 1))
        deeds.undo(self.deed, by=self.editor)
        self.assertFalse(Tag.objects.exists())

    def test_one_that_was_only_looked_at_is_forgotten(self):
        self.a_month_later()
        self.assertFalse(Deed.objects.exists())

    def test_the_rest_of_one_that_is_half_taken_back_stays_as_it_is(self):
        self.do(9)
        deeds.undo(self.deed, by=self.editor, most=1)
        self.a_month_later()
        with self.assertRaisesMessage(deeds.CannotUndo, "more than thirty days ago"):
            deeds.undo(self.deed, by=self.editor)
        self.assertFalse(deeds.waits_for_undo(Deed.objects.get()))
        self.assertEqual(Tag.objects.get().items.count(), 2)


class RunTests(TestCase):
    def test_it_leaves_word_of_when_and_what(self):
        come("第一篇")
        for _turn in range(2):
            clockwork.run("flip_status", clockwork.flip_status)
        run = Run.objects.get()
        self.assertEqual((run.job, run.told), ("flip_status", {"published": 0}))
        self.assertLess(timezone.now() - run.ran_at, timedelta(minutes=1))

    def test_what_is_not_in_the_index_is_put_in_once_an_hour(self):
        article = make.article("账本放在门口")
        search.remove(article.pk)
        self.assertEqual(clockwork.run("index", clockwork.jobs()["index"]), {"indexed": 1})
        self.assertTrue(search.matching("账本放在", among=Article.objects.all()).exists())
        self.assertNotIn("index", clockwork.jobs())
        Run.objects.update(ran_at=timezone.now() - timedelta(hours=2))
        self.assertIn("index", clockwork.jobs())

    def test_other_sites_are_asked_only_where_the_setting_says_so(self):
        self.assertNotIn("check_addresses", clockwork.jobs())
        with self.settings(CHECK_ADDRESSES=True):
            self.assertIn("check_addresses", clockwork.jobs())


class KilledTests(TransactionTestCase):
    def test_a_run_that_is_killed_leaves_whole_rows_and_the_next_one_goes_on(self):
        come("第一篇", "第二篇", "第三篇")

        def kill():
            if Article.objects.filter(status="published").exists():
                raise KeyboardInterrupt
            return False

        with self.assertRaises(KeyboardInterrupt):
            clockwork.flip_status(kill)
        self.assertFalse(connection.in_atomic_block)
        self.assertEqual(
            sorted(Article.objects.values_list("status", flat=True)), ["published", "scheduled", "scheduled"]
        )
        self.assertEqual(Article.objects.published().count(), 3)
        self.assertEqual(clockwork.flip_status(never), {"published": 2})


class CheckAddressesTests(LoopbackSite, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make.article()
        self.pages["/robots.txt"] = "User-agent: *\nDisallow: /private/"

    def witness(self, path, **columns):
        return make.witness(self.article, address=f"{self.site}{path}", **columns)

    def check(self, limit=9):
        return revisiting.check_addresses(limit, visitor=Visitor(REACH))

    def asked_days_ago(self, days):
        Witness.objects.update(checked_at=timezone.now() - timedelta(days=days))

    def test_it_writes_down_what_each_answered(self):
        self.pages |= {"/here": "<p>在。</p>", "/gone": (404, {}, b""), "/ill": (500, {}, b"")}
        for path in ("/here", "/gone", "/ill", "/private/a"):
            self.witness(path)
        self.assertEqual(self.check(), {"asked": 4, "dead": 1})
        found = list(Witness.objects.order_by("pk").values_list("answer", "is_dead"))
        self.assertEqual(found[:3], [("200", False), ("404", True), ("500", False)])
        self.assertIn("does not allow", found[3][0])
        self.assertNotIn("/private/a", self.asked)

    def test_the_longest_unasked_come_first_and_no_more_than_asked_for(self):
        self.pages |= {f"/{number}": "<p>在。</p>" for number in range(3)}
        for number in range(3):
            self.witness(f"/{number}", checked_at=timezone.now() - timedelta(days=40 + number), answer="200")
        self.check(limit=2)
        self.assertEqual([path for path in self.asked if path != "/robots.txt"], ["/2", "/1"])

    def test_a_second_run_asks_nobody_again(self):
        self.pages["/here"] = "<p>在。</p>"
        self.witness("/here")
        self.check()
        self.assertEqual(self.check(), {"asked": 0, "dead": 0})

    def test_no_site_is_asked_more_than_a_few_times_an_hour(self):
        for number in range(revisiting.MOST_PER_HOST_AN_HOUR + 2):
            self.witness(f"/{number}")
        self.assertEqual(self.check()["asked"], revisiting.MOST_PER_HOST_AN_HOUR)
        self.assertEqual(self.check()["asked"], 0)

    def test_silence_counts_the_second_time(self):
        silent = make.witness(self.article, address="http://127.0.0.1:9/away")
        self.assertEqual(self.check(), {"asked": 1, "dead": 0})
        self.asked_days_ago(2)
        self.assertEqual(self.check(), {"asked": 1, "dead": 1})
        silent.refresh_from_db()
        self.assertTrue(silent.is_dead)

    def test_one_whose_answer_a_killed_run_never_wrote_down_is_asked_again(self):
        self.pages["/here"] = "<p>在。</p>"
        self.witness("/here", checked_at=timezone.now() - timedelta(hours=2), answer="")
        self.assertEqual(self.check()["asked"], 1)

    def test_addresses_that_lead_nowhere_are_passed_over(self):
        for address in ("", "http://[", "ftp://news.example.cn/a"):
            make.witness(self.article, address=address)
        self.check()
        self.assertFalse(Witness.objects.filter(is_dead=True).exists())
