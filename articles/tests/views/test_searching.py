"""The readers' search page, its feed, its suggestions."""

import json
from xml.etree import ElementTree

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.models import parse_precise
from articles.tests import make
from articles.views import searching

ATOM = "{http://www.w3.org/2005/Atom}"


class SearchCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.paper = make.source("青禾日报", kind="newspaper")
        cls.theme = make.theme("预算公开")
        cls.one = cls.written("预算贴在村口", 2013, theme=cls.theme)
        cls.two = cls.written("預算的三年", 2015, body="議事會把預算貼在村口，<每一筆都寫明用處。")
        make.article("没有发表的预算", authors=("示例作者丁",))

    @classmethod
    def written(cls, title, year, **given):
        moment, precision = parse_precise(str(year))
        dated = {"original_date": moment, "original_precision": precision, "original_source": cls.paper}
        return make.article(title, published=True, authors=("单国强",), **dated, **given)


class PageTests(SearchCase):
    def test_it_shows_what_was_found_with_the_words_marked(self):
        response = self.client.get("/search/", {"q": "预算"})
        self.assertContains(response, "2篇文章")
        self.assertContains(
            response, f'<a href="/articles/{self.one.pk}/" lang="zh-Hans"><mark>预算</mark>贴在村口</a>'
        )
        self.assertContains(response, "<mark>预算</mark>贴在村口，每一笔都写明用处。")
        self.assertContains(response, "没有发表", count=0)

    def test_it_shows_passages_in_the_readers_script(self):
        response = self.client.get("/zh-hant/search/", {"q": "预算"})
        self.assertContains(response, "議事會把<mark>預算</mark>貼在村口，每一筆都寫明用處。")
        response = self.client.get("/en/search/", {"q": "预算"})
        self.assertContains(response, "議事會把<mark>預算</mark>貼在村口，&lt;每一筆")

    def test_it_is_narrowed_by_theme_source_kind_and_year(self):
        for narrowed, found in (
            ({"theme": self.theme.slug}, {self.one.pk}),
            ({"year": "2015"}, {self.two.pk}),
            ({"source": self.paper.slug, "kind": "newspaper"}, {self.one.pk, self.two.pk}),
            ({"kind": "journal"}, set()),
            ({"year": "junk"}, {self.one.pk, self.two.pk}),
        ):
            with self.subTest(narrowed=narrowed):
                response = self.client.get("/search/", {"q": "预算", **narrowed})
                self.assertEqual(set(response.context["found"].keys), found)

    def test_each_choice_leads_to_as_many_as_it_says(self):
        make.placing.place(self.two, make.theme("账目", parent=self.theme))
        response = self.client.get("/search/", {"q": "预算"})
        choices = [choice for narrowing in response.context["narrowings"] for choice in narrowing.choices]
        choices += [(bar.label, bar.count, bar.address) for bar in response.context["bars"]]
        self.assertEqual(len(choices), 6)
        for label, count, address in choices:
            with self.subTest(label=label):
                self.assertEqual(self.client.get(f"/search/{address}").context["count"], count)

    def test_it_goes_on_page_by_page(self):
        for number in range(searching.ON_A_PAGE):
            make.article(f"又一份预算之{number}", published=True)
        first = self.client.get("/search/", {"q": "预算", "sort": "new"})
        second = self.client.get(f"/search/{first.context['after']}")
        keys = [hit.article.pk for page in (first, second) for hit in page.context["articles"]]
        self.assertEqual((len(keys), len(set(keys)), second.context["after"]), (22, 22, ""))
        self.assertEqual(self.client.get("/search/", {"q": "预算", "page": "99"}).status_code, 200)

    def test_words_that_stand_nowhere_lead_on(self):
        make.article("噪音", "新路修到了村口。", published=True)
        response = self.client.get("/search/", {"q": "噺路"})
        self.assertContains(response, "您要找的是：")
        self.assertContains(response, '<a href="?q=%E6%96%B0%E8%B7%AF"><b>新路</b></a>')
        self.assertContains(self.client.get("/search/", {"q": "没有这样的话"}), "没有文章")

    def test_it_guesses_nothing_that_no_reader_may_see(self):
        make.article("新路", "只在草稿里的新路。")
        self.assertNotContains(self.client.get("/search/", {"q": "噺路"}), "您要找的是")

    def test_without_words_it_says_what_can_be_asked(self):
        for address in ("/search/", "/search/?q=%00%20", "/zh-hant/search/", "/en/search/"):
            with self.subTest(address=address):
                self.assertContains(self.client.get(address), ":2013..2015</code>")

    def test_whatever_is_sent_is_answered(self):
        for value in (
            "\x00",
            "9" * 5_000,
            "字" * 60_000,
            "-1",
            "²",
            "<script>alert(1)</script>",
            "%",
            "a OR",
            "\u202e",
        ):
            for name in ("q", "theme", "source", "kind", "year", "sort", "page"):
                with self.subTest(name=name, value=value[:10]):
                    response = self.client.get("/search/", {"q": "预算", name: value})
                    self.assertEqual(response.status_code, 200)
                    self.assertNotContains(response, "<script>alert")
        self.assertEqual(self.client.get("/search/?q=%ED%A0%80&theme=%ED%A0%80").status_code, 200)

    def test_it_asks_the_database_as_often_whatever_there_is(self):
        self.client.get("/")
        few = self.count()
        for number in range(12):
            self.written(f"再一份预算之{number}", 2001 + number, theme=make.theme(f"主题{number}"))
        self.assertEqual(self.count(), few)
        self.assertLessEqual(few, 7)

    def count(self):
        with CaptureQueriesContext(connection) as queries:
            self.client.get("/search/", {"q": "预算 -没有", "kind": "newspaper"})
        return len(queries)


class BesideTests(SearchCase):
    def test_a_search_is_followed_as_a_feed(self):
        response = self.client.get("/zh-hant/search/feed/", {"q": "预算", "year": "2013"})
        self.assertEqual(response["Content-Type"], "application/atom+xml; charset=utf-8")
        root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
        entries = [
            (each.findtext(f"{ATOM}title"), each.find(f"{ATOM}link").get("href")) for each in root.iter(f"{ATOM}entry")
        ]
        self.assertEqual(entries, [("預算貼在村口", f"http://testserver/zh-hant/articles/{self.one.pk}/")])
        self.assertEqual(self.client.get("/search/feed/").status_code, 200)

    def test_names_and_titles_are_suggested_as_they_are_typed(self):
        for typed, wanted in (
            ("yus", "预算公开"),
            ("sgq", "单国强"),
            ("青禾", "青禾日报"),
            ("預算的", "预算的三年"),
            ("yusuantie", "预算贴在村口"),
        ):
            with self.subTest(typed=typed):
                asked, names, kinds, addresses = self.suggested(typed)
                self.assertEqual((asked, len(names), len(kinds)), (typed, len(addresses), len(addresses)))
                self.assertIn(wanted, names)
        self.assertEqual(self.suggested("没有发表")[1], [])
        self.assertEqual(self.suggested("示例作者丁")[1], [])
        self.assertEqual(self.suggested("\x00")[1], [])

    def suggested(self, typed):
        return json.loads(self.client.get("/search/suggest/", {"q": typed}).content)

    def test_browsers_learn_how_to_search_here(self):
        response = self.client.get("/opensearch.xml")
        root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
        self.assertIn("http://testserver/search/?q={searchTerms}", [each.get("template") for each in root])
        self.assertContains(self.client.get("/"), 'type="application/opensearchdescription+xml"')
