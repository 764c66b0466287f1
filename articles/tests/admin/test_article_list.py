"""The list of articles: what it shows, how it is filtered, what it costs."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import search
from articles.actions import editing, placing
from articles.admin import counting, figures
from articles.admin.choices import in_library
from articles.admin.filters import asked_for, start_of
from articles.models import Article, SavedView
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
        search.put(cls.one)
        cls.editor = person("editor", "editor")

    def setUp(self):
        cache.clear()
        self.client = browser_of(self.editor)

    def found(self, **query):
        response = self.client.get(LIST, query)
        self.assertEqual(response.status_code, 200)
        return {article.pk for article in response.context["cl"].result_list}


class ColumnTests(ListCase):
    def test_it_shows_findings_copies_themes_and_authors(self):
        response = self.client.get(LIST)
        one = next(row for row in response.context["cl"].result_list if row.pk == self.one.pk)
        self.assertEqual((one.finding_count, one.copy_count), (2, 1))
        for words in ("chip-error", "chip-published", "村务预算", "青禾日报"):
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

    def test_an_article_with_a_new_edition_begun_leads_to_what_differs_from_the_published_one(self):
        self.assertNotContains(self.client.get(LIST), "/compare/?")
        article = editing.revise(self.one, version=self.one.version, by=self.editor, title="预算贴在门口")
        compare = reverse("admin:articles_article_compare", args=[article.pk])
        way = f"{compare}?left={article.live_id}&amp;right={article.working_id}"
        self.assertContains(self.client.get(LIST), way)
        self.assertContains(self.client.get(way.replace("&amp;", "&")), "预算贴在门口")

    def test_its_queries_do_not_grow_with_the_list(self):
        editing.revise(self.one, version=self.one.version, by=self.editor, title="预算贴在门口")
        cache.clear()
        few = self.queries()
        for number in range(60):
            article = make.article(f"村务公开第{number}期", authors=(f"示例作者{number}",), theme=self.theme)
            make.witness(article, self.source)
            make.finding(article)
        cache.clear()
        self.assertEqual(self.queries(), few)
        self.assertLessEqual(few, 12)
        search.put_all(list(Article.objects.values_list("pk", flat=True)))
        narrowed = {"q": "村务", "theme": self.theme.pk, "source": "none", "status": "draft", "mine": "me"}
        self.assertLessEqual(self.queries(**narrowed), 12)

    def queries(self, **query):
        with CaptureQueriesContext(connection) as queries:
            self.client.get(LIST, query)
        return len(queries)


class FilterTests(ListCase):
    def test_it_filters(self):
        both = {self.one.pk, self.two.pk}
        for query, expected in (
            ({"status": "published"}, {self.one.pk}),
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
            ({"mine": "me"}, set()),
            ({"status": "draft"}, {self.two.pk}),
            ({"status": "x"}, both),
            ({"edition": "any"}, {self.two.pk}),
            ({"edition": "submitted"}, set()),
            ({"class": "truncated"}, {self.one.pk}),
            ({"class": "x" * 99}, set()),
            ({"tracing": "open"}, both),
            ({"tracing": "traced"}, set()),
            ({"lacks": "author"}, {self.two.pk}),
            ({"lacks": "source"}, {self.two.pk}),
            ({"lacks": "date"}, both),
            ({"twins": "text"}, set()),
            ({"copies": "dead"}, set()),
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
        self.assertEqual(self.found(q="议事会的三年"), {self.two.pk})
        self.assertEqual(self.found(q="議事會的三年"), {self.two.pk})

    def test_it_finds_words_of_the_text_in_either_script(self):
        for term in ("賬本放在門口", "账本放在门口", "會把賬本"):
            self.assertEqual(self.found(q=term), {self.two.pk})
        self.assertEqual(self.found(q="议事会"), {self.one.pk, self.two.pk})

    def test_a_search_goes_together_with_a_filter(self):
        self.assertEqual(self.found(q="议事会", status="published"), {self.one.pk})


class CountTests(ListCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        dated = {"original_precision": "year"}
        for year in (1890, 1949, 2013, 2026):
            make.article(f"{year}年的账", original_date=start_of(year), **dated)
        make.article("预算贴在村口", published=timezone.now() + timedelta(days=1))
        come = make.article("到点的一篇", "说好的时候到了。", published=timezone.now() + timedelta(days=1))
        Article.objects.filter(pk=come.pk).update(live_from=timezone.now() - timedelta(hours=1))
        cls.merged = make.article("并入的草稿")
        Article.objects.filter(pk=cls.merged.pk).update(merged_into=cls.one)
        make.witness(cls.two, cls.source, is_dead=True)

    def test_the_number_beside_each_option_is_what_its_list_shows(self):
        counts = in_library()
        for parameter, options in counts.items():
            for value, option in options.items():
                with self.subTest(parameter=parameter, value=value):
                    self.assertEqual(asked_for({parameter: value}, self.editor).count(), option.count)
        self.assertEqual(
            {value: option.count for value, option in counts["status"].items()},
            {"draft": 5, "scheduled": 1, "published": 2, "withdrawn": 0, "kept": 8, "merged": 1},
        )
        self.assertEqual((counts["year"]["earlier"].count, counts["year"]["1940s"].count), (1, 1))

    def numbers(self, **query):
        """What is shown beside the options of a narrowed list, by parameter and value."""
        found = self.client.get(LIST, query).context["cl"].numbers
        return {(parameter, value): each.count for parameter, row in found.items() for value, each in row.items()}

    def test_in_a_narrowed_list_a_number_is_that_of_the_list_it_leads_to(self):
        for query in (
            {"status": "published"},
            {"status": "merged"},
            {"status": "draft", "theme": "none"},
            {"source": str(self.source.pk), "mine": "me"},
        ):
            for (parameter, value), count in self.numbers(**query).items():
                with self.subTest(query=query, parameter=parameter, value=value):
                    self.assertEqual(asked_for(query | {parameter: value}, self.editor).count(), count)

    def test_in_a_list_that_was_searched_for_a_number_is_that_of_the_list_it_leads_to(self):
        query = {"q": "账", "status": "draft"}
        numbers = self.numbers(**query)
        for parameter, value in (("status", "published"), ("theme", "none"), ("year", "2013")):
            with self.subTest(parameter=parameter):
                self.assertEqual(len(self.found(**query | {parameter: value})), numbers[parameter, value])

    def test_a_large_library_shows_a_number_only_where_no_other_filter_changes_it(self):
        small, figures.SMALL = figures.SMALL, 3
        self.addCleanup(setattr, figures, "SMALL", small)
        self.addCleanup(cache.clear)
        self.client.get(LIST)
        self.assertEqual({parameter for parameter, _value in self.numbers(status="draft")}, {"status"})
        self.assertEqual(self.numbers(status="draft", q="账"), {})
        self.assertEqual(self.numbers()["status", "draft"], 5)

    def test_what_was_scheduled_and_has_come_counts_as_published(self):
        self.assertContains(self.client.get(LIST, {"status": "published"}), "到点的一篇")
        self.assertNotContains(self.client.get(LIST, {"status": "scheduled"}), "到点的一篇")

    def test_a_merged_draft_is_shown_to_who_asks_for_it_only(self):
        self.assertNotIn(self.merged.pk, self.found())
        self.assertNotIn(self.merged.pk, self.found(status="draft"))
        self.assertEqual(self.found(status="merged"), {self.merged.pk})

    def test_twins_share_a_title_or_a_text(self):
        self.assertIn(self.one.pk, self.found(twins="title"))
        self.assertNotIn(self.merged.pk, self.found(twins="text"))

    def test_more_than_the_cap_is_said_and_not_counted(self):
        most, counting.MOST = counting.MOST, 3
        self.addCleanup(setattr, counting, "MOST", most)
        response = self.client.get(LIST)
        self.assertTrue(response.context["cl"].has_more)
        self.assertEqual(response.context["cl"].result_count, 3)
        self.assertNotContains(response, "选中所有的 3 个")

    def test_a_large_library_is_counted_after_the_page_that_asks_first(self):
        small, figures.SMALL = figures.SMALL, 3
        self.addCleanup(setattr, figures, "SMALL", small)
        self.addCleanup(cache.clear)
        chosen = {"source": self.source.pk}
        first = self.client.get(LIST, chosen)
        self.assertIsNone(first.context["cl"].counted_at)
        self.assertContains(first, "青禾日报")
        self.assertNotContains(first, f"theme={self.under.pk}")
        second = self.client.get(LIST, chosen)
        self.assertIsNotNone(second.context["cl"].counted_at)
        self.assertContains(second, f"theme={self.under.pk}")

    def test_each_column_sorts(self):
        for column in range(1, 12):
            for order in (f"{column}", f"-{column}"):
                with self.subTest(order=order):
                    self.assertEqual(len(self.found(o=order)), 8)

    def test_what_is_alike_in_a_sorted_list_stands_by_its_number(self):
        """Nothing but the column and the number is sorted by, so that an index may give the order."""
        Article.objects.filter(pk=self.one.pk).update(changed_at=timezone.now() + timedelta(hours=1))
        for order in ("2.1", "junk.2.1", "99.1"):
            with self.subTest(order=order):
                rows = self.client.get(LIST, {"o": order}).context["cl"].queryset
                self.assertEqual(rows.query.order_by[-1], "-pk")
                self.assertNotIn("-changed_at", rows.query.order_by)
        for order in ("junk", "99"):
            with self.subTest(order=order):
                self.assertEqual(self.client.get(LIST, {"o": order}).context["cl"].result_list[0].pk, self.one.pk)


class ViewTests(ListCase):
    KEEP = reverse("admin:articles_article_keep_view")

    def keep(self, **typed):
        return self.client.post(self.KEEP, {"name": "预算草稿", "query": "status=draft&q=预算", **typed})

    def test_a_view_is_kept_with_what_the_list_understands_and_nothing_else(self):
        self.keep(query="status=draft&q=预算&p=7&password__startswith=a&next=//evil.example")
        self.assertEqual(SavedView.objects.get().query, "q=%E9%A2%84%E7%AE%97&status=draft")
        self.assertContains(self.client.get(LIST), "预算草稿")

    def test_the_same_name_replaces_it(self):
        self.keep()
        self.keep(query="status=published")
        self.assertEqual(SavedView.objects.get().query, "status=published")

    def test_a_shared_view_is_everybody_s_and_one_s_own_is_not(self):
        self.keep(is_shared="on")
        self.keep(name="只给自己")
        other = browser_of(person("other", "publisher")).get(LIST)
        self.assertContains(other, "预算草稿")
        self.assertNotContains(other, "只给自己")

    def test_a_contributor_keeps_views_for_themselves(self):
        self.client = browser_of(person("writer", "contributor"))
        self.keep(is_shared="on")
        self.assertFalse(SavedView.objects.get().is_shared)

    def test_only_its_owner_deletes_it(self):
        self.keep(is_shared="on")
        address = reverse("admin:articles_article_delete_view", args=[SavedView.objects.get().pk])
        self.assertEqual(browser_of(person("other", "publisher")).post(address).status_code, 404)
        self.assertEqual(self.client.get(address).status_code, 405)
        self.assertEqual(self.client.post(address).status_code, 302)
        self.assertFalse(SavedView.objects.exists())

    def test_what_is_no_view_is_refused_in_words(self):
        for typed in ({"query": ""}, {"query": "p=3"}, {"name": ""}, {"name": "长" * 61}, {"name": "\x00"}):
            with self.subTest(typed=typed):
                self.assertEqual(self.keep(**typed).status_code, 302)
                self.assertFalse(SavedView.objects.exists())
