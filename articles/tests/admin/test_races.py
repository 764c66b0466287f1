"""Two people, or two windows of one, at the same moment: everything is done once, and nobody is shown a failure.

On PostgreSQL each writer has a thread and a connection; on SQLite, which has one writer at a time, they come in turn.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, TransactionTestCase
from django.urls import reverse

from articles.actions import deeds, publishing
from articles.models import Article, Author, Deed, DeedRow, Finding, Placement, Tag
from articles.tests import make
from articles.tests.admin.people import sent_by

ROUNDS = 4
# What two transactions hold against each other is found in one round of three.
OFTEN = 12


def page(name, *keys):
    return reverse(f"admin:articles_{name}", args=keys)


class RaceTests(TransactionTestCase):
    def setUp(self):
        self.chief = User.objects.create_superuser("chief")

    def browser(self):
        client = Client(raise_request_exception=False)
        client.force_login(self.chief)
        return client

    def at_once(self, *posts):
        """Send these at one moment, each as an address and its fields; return the sorted statuses."""
        clients = [self.browser() for _post in posts]
        is_real = connection.vendor == "postgresql"
        barrier = Barrier(len(posts) if is_real else 1)

        def send(client, post):
            try:
                barrier.wait(timeout=20)
                return client.post(*post).status_code
            finally:
                if is_real:
                    connection.close()

        with ThreadPoolExecutor(len(posts)) as pool:
            answers = list((pool.map if is_real else map)(send, clients, posts))
        self.assertLess(max(answers), 500)
        return sorted(answers)

    def begun(self, count=deeds.BATCH + 20):
        for number in range(count):
            make.article(f"村务公开第{number:02}期")
        said = {"tags": ["预算"]}
        return deeds.begin("add_tags", Article.objects.all(), said, by=self.chief)

    def test_two_browsers_that_go_on_with_one_deed_do_each_row_once(self):
        deed = self.begun()
        post = page("article_deed", deed.pk), {"act": "carry_on"}
        while Deed.objects.get(pk=deed.pk).state == Deed.State.RUNNING:
            self.at_once(post, post)
        self.assertEqual(set(deed.rows.values_list("outcome", flat=True)), {DeedRow.Outcome.DONE})
        self.assertEqual(set(Article.objects.values_list("version", flat=True)), {2})
        self.assertEqual(Article.objects.filter(tags__name="预算").count(), deeds.BATCH + 20)

    def test_who_stops_a_deed_that_is_gone_on_with_is_not_shown_a_failure(self):
        for _round in range(ROUNDS):
            Article.objects.all().delete()
            deed = self.begun()
            address = page("article_deed", deed.pk)
            self.browser().post(address, {"act": "carry_on"})
            self.at_once((address, {"act": "carry_on"}), (address, {"act": "stop"}))
            self.assertEqual(Deed.objects.get(pk=deed.pk).state, Deed.State.DONE)
            self.assertFalse(deed.rows.filter(outcome=DeedRow.Outcome.WAITING).exists())

    def test_two_who_take_a_deed_back_give_each_row_back_once(self):
        deed = self.begun(20)
        deeds.carry_on(deed, by=self.chief)
        post = page("article_deed", deed.pk), {"act": "undo"}
        self.at_once(post, post)
        self.assertEqual(set(deed.rows.values_list("outcome", flat=True)), {DeedRow.Outcome.UNDONE})
        self.assertEqual(LogEntry.objects.count(), 20 + 20)

    def test_a_deed_and_somebody_who_arranges_wait_for_each_other(self):
        theme = make.theme()
        for number in range(ROUNDS):
            Article.objects.all().delete()
            articles = [make.article(f"第{each}篇") for each in range(30)]
            said = {"theme": theme.pk, "name": theme.name, "reason": ""}
            deed = deeds.begin("add_theme", Article.objects.all(), said, by=self.chief)
            last = articles[number - ROUNDS]
            place = {"do": "place", "version": last.version, "place-theme": theme.pk, "place-reason": ""}
            self.at_once(
                (page("article_deed", deed.pk), {"act": "carry_on"}), (page("article_arrange", last.pk), place)
            )
            self.assertEqual(Placement.objects.filter(article=last).count(), 1)

    def test_of_two_who_accept_a_finding_one_repairs(self):
        for _round in range(ROUNDS):
            article = make.article()
            finding = make.finding(article, suggestion="咨", found="议")
            said = {"do": "accept", "finding": finding.pk, "version": article.version}
            post = page("article_restore", article.pk), said
            self.assertEqual(self.at_once(post, post), [302, 409])
            self.assertEqual(Finding.objects.filter(edition__article=article).repairs().count(), 1)
            self.assertTrue(make.edition(article).body_text.startswith("咨事会"))

    def test_of_two_who_merge_a_tag_one_does(self):
        for number in range(ROUNDS):
            gone, stays = (Tag.objects.create(name=f"{name}{number}") for name in ("账目", "账本"))
            make.article(f"第{number}篇", tags=(gone.name,))
            said = {"into": stays.pk, "version": gone.version, "into_version": stays.version}
            there = page("tag_merge", gone.pk), said
            back = page("tag_merge", stays.pk), {**said, "into": gone.pk}
            for post in (there, back):
                answers = self.at_once(there, post)
                if Deed.objects.filter(said__gone=gone.name).exists():
                    break
            self.assertEqual(answers[0], 302)
            self.assertGreaterEqual(answers[1], 400)
            self.assertEqual(Article.objects.get(tags=stays).tags.count(), 1)

    def test_of_two_who_schedule_one_sets_the_moment(self):
        for number in range(ROUNDS):
            article = make.article(f"第{number}篇")
            publishing.publish(article, version=1, by=None, at=publishing.moment() + timedelta(days=9))
            version = Article.objects.get(pk=article.pk).version
            posts = [
                (
                    page("article_schedule", article.pk),
                    {f"version-{article.pk}": version, "at": f"203{day}-01-01T09:00"},
                )
                for day in (0, 1)
            ]
            self.assertEqual(self.at_once(*posts), [302, 409])
            self.assertEqual(Article.objects.get(pk=article.pk).version, version + 1)

    # Pairs that lock the same rows: none waits for the other for ever.

    def form_of(self, article, **typed):
        article = Article.objects.get(pk=article.pk)
        return page("article_change", article.pk), sent_by(self.browser(), article, **typed)

    def in_themes(self, article, *themes):
        """The form of an article that comes to stand in these themes."""
        lines = {"placements-TOTAL_FORMS": len(themes), "placements-INITIAL_FORMS": 0}
        for number, theme in enumerate(themes):
            lines |= {f"placements-{number}-theme": theme.pk, f"placements-{number}-reason": "讲账目。"}
        return self.form_of(article, **lines)

    def test_the_order_of_a_theme_and_the_form_of_an_article_in_it_wait_for_each_other(self):
        for number in range(OFTEN):
            theme = make.theme(f"主题{number}")
            articles = [make.article(f"{number}之{each}", theme=theme) for each in range(12)]
            address = page("theme_arrange", theme.pk)
            order = dict(self.browser().get(address).context["carried"]) | {"save": "1"}
            order |= {f"reason-{each.pk}": "新的理由" for each in articles}
            self.at_once((address, order), self.form_of(articles[-1], **{"placements-0-reason": "另一个理由"}))

    def test_two_forms_that_name_two_themes_the_other_way_round_both_save(self):
        for number in range(OFTEN):
            one, two = make.theme(f"甲{number}"), make.theme(f"乙{number}")
            there = self.in_themes(make.article(f"去{number}"), one, two)
            back = self.in_themes(make.article(f"回{number}"), two, one)
            self.assertEqual(self.at_once(there, back), [302, 302])
            self.assertEqual(one.placements.count() + two.placements.count(), 4)

    def test_a_form_and_the_merge_of_its_author_wait_for_each_other(self):
        for number in range(OFTEN):
            gone, stays = make.author(f"甲{number}"), make.author(f"乙{number}")
            articles = [make.article(f"{number}之{each}", authors=(gone,)) for each in range(6)]
            form = self.form_of(articles[-1], **{"bylines-0-affiliation": "某校"})
            gone, stays = (Author.objects.get(pk=each.pk) for each in (gone, stays))
            said = {"into": stays.pk, "version": gone.version, "into_version": stays.version}
            self.at_once(form, (page("author_merge", gone.pk), said))

    def test_a_form_and_the_deletion_of_its_article_wait_for_each_other(self):
        for number in range(OFTEN):
            article = make.article(f"第{number}篇", theme=make.theme(f"主题{number}"))
            article = Article.objects.get(pk=article.pk)
            deletion = {"post": "yes", "version": article.version}
            answers = self.at_once(
                self.form_of(article, title="改过的题目"), (page("article_delete", article.pk), deletion)
            )
            self.assertEqual(answers, [302, 409])

    def test_the_order_of_a_theme_and_a_merge_of_its_articles_wait_for_each_other(self):
        for number in range(OFTEN):
            theme = make.theme(f"主题{number}")
            stays, *others = [make.article(f"{number}之{each}", theme=theme) for each in range(6)]
            said = {"survivor": stays.pk, "name": stays.title}
            duplicates = Article.objects.filter(pk__in=[each.pk for each in others])
            deed = deeds.begin("join", duplicates, said, by=self.chief)
            address = page("theme_arrange", theme.pk)
            order = dict(self.browser().get(address).context["carried"]) | {"save": "1"}
            order |= {f"reason-{each.pk}": "新的理由" for each in others}
            self.at_once((address, order), (page("article_deed", deed.pk), {"act": "carry_on"}))
