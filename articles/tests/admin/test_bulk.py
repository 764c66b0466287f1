"""Choosing articles and what to do to them; nothing is done before it was looked at."""

import io
import json
import zipfile

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from articles.actions import capturing
from articles.models import Article, Deed, Tag
from articles.tests import make
from articles.tests.admin.people import browser_of, person

LIST = reverse("admin:articles_article_changelist")
BULK = reverse("admin:articles_article_bulk")


class BulkCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.articles = [make.article(f"村务公开第{number:02}期") for number in range(23)]

    def setUp(self):
        self.client = browser_of(self.editor)

    def look(self, do, query="", **said):
        """Say it, and return the page that shows what will come of it."""
        return self.client.post(f"{BULK}?{query}&do={do}", said, follow=True)


class ChoosingTests(BulkCase):
    def test_the_list_leads_to_the_articles_that_were_ticked(self):
        keys = [article.pk for article in self.articles[:3]]
        response = self.client.post(LIST, {"action": "selected", "_selected_action": keys}, follow=True)
        self.assertEqual(response.context["count"], 3)

    def test_or_to_all_that_it_finds(self):
        make.publish(self.articles[0])
        data = {"action": "selected", "_selected_action": [self.articles[1].pk], "select_across": "1"}
        response = self.client.post(f"{LIST}?status=draft", data, follow=True)
        self.assertEqual((response.context["count"], response.context["found"].query), (22, "status=draft"))
        self.assertEqual(len(response.context["first"]), 20)

    def test_a_search_chooses_what_it_finds(self):
        self.assertEqual(self.client.get(f"{BULK}?q=第05期").context["count"], 1)

    def test_its_queries_do_not_grow(self):
        counts = []
        for query in (f"number={self.articles[0].pk}&do=add_tags", "do=add_tags"):
            self.client.get(f"{BULK}?{query}")
            with self.assertNumQueries(6):
                counts.append(self.client.get(f"{BULK}?{query}").context["count"])
        self.assertEqual(counts, [1, 23])

    def test_forged_choices_are_refused(self):
        cases = (
            ("number=x", 400),
            (f"number={'9' * 40}", 400),
            ("do=everything", 404),
            ("do=publish", 403),
            ("do=export&as=exe", 404),
            ("number=999&do=add_tags", 200),
        )
        for query, status in cases:
            with self.subTest(query=query):
                self.assertEqual(self.client.get(f"{BULK}?{query}").status_code, status)
        self.assertNotEqual(self.client.get(f"{BULK}?nosuchfilter=1").status_code, 500)

    def test_what_cannot_be_said_is_said_back(self):
        cases = (
            ("add_tags", {"tags": "《》"}, "tags"),
            ("remove_tags", {"tags": "没有的标签"}, "tags"),
            ("add_theme", {"theme": "999"}, "theme"),
            ("add_theme", {"theme": make.theme().pk, "reason": "坏\x00字"}, "reason"),
            ("assign_editor", {"editor": "x"}, "editor"),
            ("accept_class", {"code": "no_such_class"}, "code"),
            ("join", {"survivor": "x"}, "survivor"),
        )
        for do, said, field in cases:
            with self.subTest(do=do, said=said):
                self.assertIn(field, self.look(do, **said).context["form"].errors)
        self.assertFalse(Deed.objects.exists())

    def test_an_editor_is_suggested_however_many_there_are(self):
        User.objects.bulk_create(User(username=f"editor-{number:03}", is_staff=True) for number in range(60))
        chosen = person("lin", "editor", last_name="林", first_name="山")
        person("gone", "editor", is_active=False)
        User.objects.create_user("reader")
        page = self.client.get(f"{BULK}?do=assign_editor")
        self.assertNotContains(page, "editor-001")
        query = {"app_label": "articles", "model_name": "article", "field_name": "editor", "term": ""}
        for term, found in (("林山", ["山 林 (lin)"]), ("LIN", ["山 林 (lin)"]), ("gone", []), ("reader", [])):
            with self.subTest(term=term):
                said = self.client.get(reverse("admin:autocomplete"), {**query, "term": term}).json()["results"]
                self.assertEqual([one["text"] for one in said], found)
        deed = self.look("assign_editor", editor=chosen.pk).context["deed"]
        self.assertEqual(deed.said["editor"], chosen.pk)
        self.client = browser_of(person("contributor", "contributor"))
        self.assertEqual(self.client.get(reverse("admin:autocomplete"), query).status_code, 403)

    def test_only_a_few_articles_are_duplicates_of_each_other(self):
        response = self.look("join", survivor=self.articles[0].pk)
        self.assertTrue(response.context["form"].non_field_errors())


class PreviewTests(BulkCase):
    def test_it_shows_what_will_come_of_it_and_does_nothing_yet(self):
        self.articles[0].tags.add("预算")
        response = self.look("add_tags", tags="预算")
        self.assertEqual((response.context["counts"]["waiting"], response.context["counts"]["unchanged"]), (22, 1))
        self.assertContains(response, "村务公开第20期")
        self.assertNotContains(response, "村务公开第21期")
        self.assertEqual(Tag.objects.get().items.count(), 1)

    def test_it_says_what_cannot_be_done_and_why(self):
        self.client = browser_of(person("publisher", "publisher"))
        make.publish(self.articles[0])
        response = self.look("publish", reason="")
        self.assertEqual(response.context["counts"]["failed"], 1)
        self.assertEqual(response.context["failed"][0].name, "村务公开第00期")

    def test_a_contributor_changes_drafts_of_their_own_only(self):
        contributor = person("contributor", "contributor")
        own = self.articles[3]
        own.working.made_by = contributor
        own.working.save()
        self.client = browser_of(contributor)
        counts = self.look("add_tags", tags="预算").context["counts"]
        self.assertEqual((counts["waiting"], counts["failed"]), (1, 22))
        for do in ("assign_editor", "reread", "join", "publish", "withdraw", "schedule"):
            self.assertEqual(self.client.get(f"{BULK}?do={do}").status_code, 403)

    def test_its_queries_do_not_grow(self):
        for query in (f"number={self.articles[0].pk}", ""):
            deed = self.look("add_tags", query, tags="预算").context["deed"]
            with self.assertNumQueries(8):
                self.client.get(reverse("admin:articles_article_deed", args=[deed.pk]))


class ExportTests(BulkCase):
    def download(self, query):
        return b"".join(self.client.get(f"{BULK}?do=export&{query}").streaming_content)

    def test_records_are_taken_away_as_lines(self):
        lines = self.download("as=jsonl").decode().splitlines()
        self.assertEqual([json.loads(line)["number"] for line in lines], [article.pk for article in self.articles])

    def test_captures_come_with_them_in_a_zip(self):
        data = "村口的预算墙\n\n议事会把全年的预算抄在村口的墙上，谁都可以站在那里看。\n".encode() * 3
        article = capturing.take_in(capturing.Page(data, "墙.txt", title="墙上的账")).article
        bundle = zipfile.ZipFile(io.BytesIO(self.download(f"as=zip&number={article.pk}")))
        digest = article.witnesses.get().capture.sha256
        self.assertEqual(bundle.namelist(), ["articles.jsonl", f"captures/{digest}"])
        self.assertEqual(bundle.read(f"captures/{digest}"), data)

    def test_a_large_bundle_is_refused_in_words(self):
        data = "议事会把全年的预算抄在村口的墙上，谁都可以站在那里看。\n\n".encode() * 3
        article = capturing.take_in(capturing.Page(data, "墙.txt", title="墙上的账")).article
        type(article.witnesses.get().capture).objects.update(size=200 * 1024 * 1024)
        response = self.client.get(f"{BULK}?do=export&as=zip", follow=True)
        self.assertContains(response, "100 MB")

    def test_nobody_without_a_group_takes_anything(self):
        self.client = browser_of(person("member"))
        self.assertEqual(self.client.get(f"{BULK}?do=export").status_code, 403)
        self.assertEqual(Article.objects.count(), 23)
