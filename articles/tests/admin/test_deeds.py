"""The log of deeds: going on, stopping, undoing, and who may."""

from django.contrib.messages import get_messages
from django.test import TestCase
from django.urls import reverse

from articles.actions import deeds
from articles.models import Article, Deed
from articles.tests import make
from articles.tests.admin.people import browser_of, person

LOG = reverse("admin:articles_article_deeds")


class DeedsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.other = person("editor", "editor"), person("other", "editor")
        cls.contributor = person("contributor", "contributor")
        for number in range(deeds.BATCH + 10):
            make.article(f"村务公开第{number:02}期")

    def setUp(self):
        self.client = browser_of(self.editor)
        self.deed = deeds.begin("add_tags", Article.objects.all(), {"tags": ["预算"]}, by=self.editor)
        self.address = reverse("admin:articles_article_deed", args=[self.deed.pk])

    def post(self, act, client=None, **headers):
        return (client or self.client).post(self.address, {"act": act}, headers=headers)

    def state(self):
        return Deed.objects.get(pk=self.deed.pk).state

    def tagged(self):
        return Article.objects.filter(tags__name="预算").count()

    def test_each_press_does_one_batch_until_it_is_done(self):
        self.assertRedirects(self.post("carry_on"), f"{self.address}?going=1")
        self.assertEqual((self.tagged(), self.state()), (deeds.BATCH, "running"))
        self.assertRedirects(self.post("carry_on"), self.address)
        self.assertEqual((self.tagged(), self.state()), (deeds.BATCH + 10, "done"))
        self.assertRedirects(self.post("carry_on"), self.address)
        self.assertEqual(self.tagged(), deeds.BATCH + 10)

    def test_the_script_is_told_in_numbers(self):
        told = self.post("carry_on", Accept="application/json").json()
        self.assertEqual((told["over"], told["total"], told["is_over"]), (50, 60, False))
        self.assertTrue(self.post("carry_on", Accept="application/json").json()["is_over"])

    def test_it_is_gone_on_with_from_the_log_by_whoever_began_it(self):
        self.post("carry_on")
        self.assertContains(self.client.get(LOG), self.address)
        self.assertContains(self.client.get(self.address), 'value="carry_on"')
        for act in ("carry_on", "stop"):
            self.assertEqual(self.post(act, browser_of(self.other)).status_code, 403)
        self.assertEqual((self.tagged(), self.state()), (deeds.BATCH, "running"))

    def test_nobody_else_looks_at_what_is_not_begun(self):
        self.assertEqual(browser_of(self.other).get(self.address).status_code, 403)

    def test_doing_nothing_leaves_nothing(self):
        self.post("stop")
        self.assertFalse(Deed.objects.exists())
        self.assertEqual(self.post("carry_on").status_code, 404)

    def test_it_is_stopped_and_undone(self):
        self.post("carry_on")
        self.post("stop")
        self.assertEqual(self.state(), "done")
        self.post("undo", browser_of(self.other))
        self.assertEqual((self.tagged(), self.state()), (0, "undone"))

    def test_undo_goes_in_batches_and_only_once(self):
        while self.state() == "running":
            self.post("carry_on")
        self.assertRedirects(self.post("undo"), f"{self.address}?going=1")
        self.assertEqual(self.tagged(), 10)
        self.assertRedirects(self.post("undo"), self.address)
        self.assertEqual(self.tagged(), 0)
        response = self.post("undo")
        self.assertEqual(len(list(get_messages(response.wsgi_request))), 1)

    def test_it_is_not_undone_while_it_runs(self):
        self.post("carry_on")
        response = self.post("undo")
        self.assertEqual((self.tagged(), self.state()), (deeds.BATCH, "running"))
        self.assertEqual(len(list(get_messages(response.wsgi_request))), 1)

    def test_a_contributor_undoes_nothing_of_others(self):
        self.post("carry_on")
        self.post("stop")
        client = browser_of(self.contributor)
        self.assertEqual(self.post("undo", client).status_code, 403)
        self.assertEqual(client.get(self.address).status_code, 200)
        self.assertEqual(self.tagged(), deeds.BATCH)

    def test_the_rows_are_shown_by_what_became_of_them(self):
        article = Article.objects.first()
        Article.objects.claim(article.pk, article.version)
        while self.state() == "running":
            self.post("carry_on")
        rows = self.client.get(f"{self.address}?rows=failed").context["page"].object_list
        self.assertEqual([row.key for row in rows], [article.pk])
        for query in ("rows=x", "p=x", "p=999"):
            self.assertEqual(self.client.get(f"{self.address}?{query}").status_code, 200)

    def test_forged_deeds_are_refused(self):
        for key in (999_999, "9" * 40):
            self.assertEqual(self.client.post(f"{LOG}{key}/", {"act": "undo"}).status_code, 404)
        self.assertEqual(self.post("everything").status_code, 400)
        self.assertEqual(self.post("").status_code, 400)

    def test_its_queries_do_not_grow(self):
        self.post("carry_on")
        for address in (LOG, self.address):
            self.client.get(address)
            with self.subTest(address=address), self.assertNumQueries(FewerThan(13)):
                self.client.get(address)


class FewerThan(int):
    def __eq__(self, other):
        return int(other) < int(self)

    __hash__ = int.__hash__
