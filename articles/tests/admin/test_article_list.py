"""The list of articles: what it shows, how it is filtered, what it costs."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.actions import placing
from articles.models import Article
from articles.tests import make
from articles.tests.admin.people import browser_of, person

LIST = reverse("admin:articles_article_changelist")


class ListCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.source = make.source("青禾日报", domains=("news.example.cn",))
        cls.theme = make.theme("预算")
        cls.under = make.theme("村务预算", parent=cls.theme)
        cls.one = make.article(
            "预算贴在村口", authors=("示例作者甲",), theme=cls.under, original_source=cls.source, published=True
        )
        cls.two = make.article("議事會的三年", "議事會把賬本放在門口。")
        make.witness(cls.one, cls.source, address="https://news.example.cn/2013/budget.html")
        make.finding(cls.one, "truncated", severity="error")
        make.finding(cls.one, severity="info")
        make.finding(cls.two, state="dismissed")
        cls.editor = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.editor)

    def found(self, **query):
        response = self.client.get(LIST, query)
        self.assertEqual(response.status_code, 200)
        return {article.pk for article in response.context["cl"].result_list}


class ColumnTests(ListCase):
    def test_it_shows_findings_copies_themes_and_authors(self):
        response = self.client.get(LIST)
        one = response.context["cl"].result_list.get(pk=self.one.pk)
        self.assertEqual((one.finding_count, one.copy_count), (2, 1))
        for words in ("chip-error", "chip-published", "村务预算", "青禾日报", "示例作者甲"):
            self.assertContains(response, words)

    def test_it_is_called_by_what_it_lists_and_says_script_and_time_in_words(self):
        hour_ago = timezone.now() - timedelta(hours=1)
        Article.objects.filter(pk=self.two.pk).update(changed_at=hour_ago)
        response = self.client.get(LIST)
        self.assertContains(response, "<h1>文章</h1>", html=True)
        for words in ("简体", "繁体", "刚刚", "小时前", f'title="{timezone.localtime(hour_ago):%Y-%m-%d %H:%M}"'):
            self.assertContains(response, words)

    def test_it_names_two_themes_and_counts_the_rest(self):
        for name in ("账目上墙", "村民议事", "监督"):
            placing.place(self.one, make.theme(name))
        self.assertContains(self.client.get(LIST), "村务预算、账目上墙等4个")

    def test_it_shows_the_last_change_first(self):
        Article.objects.get(pk=self.one.pk).save()
        first = self.client.get(LIST).context["cl"].result_list[0]
        self.assertEqual(first.pk, self.one.pk)

    def test_its_queries_do_not_grow_with_the_list(self):
        few = self.queries()
        for number in range(60):
            article = make.article(f"村务公开第{number}期", authors=(f"示例作者{number}",), theme=self.theme)
            make.witness(article, self.source)
            make.finding(article)
        self.assertEqual(self.queries(), few)
        self.assertLessEqual(few, 12)

    def queries(self):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            self.client.get(LIST)
        return len(queries)


class FilterTests(ListCase):
    def test_it_filters(self):
        both = {self.one.pk, self.two.pk}
        for query, expected in (
            ({"status__exact": "published"}, {self.one.pk}),
            ({"source": self.source.pk}, {self.one.pk}),
            ({"source": "none"}, {self.two.pk}),
            ({"theme": self.theme.pk}, {self.one.pk}),
            ({"theme": "none"}, {self.two.pk}),
            ({"script": "hant"}, {self.two.pk}),
            ({"script": "x"}, both),
            ({"findings": "any"}, {self.one.pk}),
            ({"findings": "error"}, {self.one.pk}),
            ({"findings": "warning"}, set()),
            ({"findings": "none"}, {self.two.pk}),
            ({"year": "none"}, both),
            ({"begun": "me"}, set()),
        ):
            with self.subTest(query=query):
                self.assertEqual(self.found(**query), expected)

    def test_it_bears_any_filter_somebody_writes_into_the_address(self):
        for query in (
            {"source": "x"},
            {"theme": "9" * 40},
            {"year": "99999"},
            {"year": "0"},
            {"findings": "x"},
            {"q": "\x00"},
            {"q": "村" * 60_000},
            {"q": "9" * 40},
            {"q": "²"},
            {"q": "%_\\"},
            {"p": "9" * 30},
            {"o": "99.-1.x"},
            {"id__in": "9" * 40},
        ):
            with self.subTest(query=query):
                self.assertIn(self.client.get(LIST, query).status_code, (200, 302, 400))

    def test_it_lets_nobody_ask_about_passwords(self):
        response = self.client.get(LIST, {"working__made_by__password__startswith": "a"})
        self.assertEqual(response.status_code, 400)


class SearchTests(ListCase):
    def test_it_finds_by_title_author_source_address_and_number(self):
        for term in ("村口", "示例作者甲", "青禾", "news.example.cn/2013", str(self.one.pk)):
            with self.subTest(term=term):
                self.assertIn(self.one.pk, self.found(q=term))

    def test_it_finds_a_title_in_either_script(self):
        self.assertEqual(self.found(q="议事会"), {self.two.pk})
        self.assertEqual(self.found(q="議事會"), {self.two.pk})
