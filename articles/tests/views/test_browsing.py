"""The ways to an article."""

from datetime import timedelta
from urllib.parse import quote

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Author, Byline, Site, Source, Witness, parse_precise
from articles.tests import make


def dated(title, printed, **given):
    moment, precision = parse_precise(printed)
    return make.article(title, published=True, original_date=moment, original_precision=precision, **given)


class HomeTests(TestCase):
    def test_it_is_whole_without_any_article(self):
        for prefix in ("", "/zh-hant", "/en"):
            with self.subTest(prefix=prefix):
                self.assertEqual(self.client.get(f"{prefix}/").status_code, 200)

    def test_it_leads_to_articles_and_themes(self):
        article = make.article("账本上墙", published=True, theme=make.theme("村级财务"))
        response = self.client.get("/")
        self.assertContains(response, f'href="/articles/{article.pk}/"')
        self.assertContains(response, f'href="/themes/{quote("村级财务")}/"')

    def test_what_the_editors_chose_stands_there_once(self):
        theme = make.theme("编辑推荐")
        chosen = make.article("账本上墙", published=True, theme=theme)
        make.article("另一篇", published=True)
        Site.objects.update_or_create(pk=Site.ONLY, defaults={"featured": theme})
        cache.clear()
        response = self.client.get("/")
        self.assertContains(response, f'href="{chosen.get_absolute_url()}"', count=1)
        self.assertEqual([article.title for article in response.context["articles"]], ["另一篇"])

    def test_it_leads_on_in_its_own_language(self):
        article = make.article("账本上墙", published=True)
        response = self.client.get("/zh-hant/")
        self.assertContains(response, f'<a href="/zh-hant/articles/{article.pk}/">賬本上牆</a>')


class LatestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        start = timezone.now() - timedelta(days=1)
        cls.articles = [make.article(f"第{n}篇", published=start + timedelta(minutes=n // 2)) for n in range(45)]

    def titles(self, path):
        response = self.client.get(path)
        return [article.title for article in response.context["page"].rows], response.context["page"].after

    def test_it_shows_every_article_once_over_its_pages_newest_first(self):
        seen, after = self.titles("/articles/")
        while after:
            more, after = self.titles(f"/articles/?after={after}")
            seen += more
        self.assertEqual(seen, [f"第{n}篇" for n in reversed(range(45))])

    def test_it_links_to_the_next_page_and_back(self):
        _, after = self.titles("/articles/")
        self.assertContains(self.client.get("/articles/"), f'<a href="?after={after}" rel="next">')
        self.assertContains(self.client.get(f"/articles/?after={after}"), '<a href="/articles/">回到开头</a>')

    def test_it_names_the_same_page_in_other_languages(self):
        _, after = self.titles("/articles/")
        self.assertContains(self.client.get(f"/articles/?after={after}"), f'href="/en/articles/?after={after}"')

    def test_it_does_not_find_a_page_that_no_row_begins(self):
        for after in (
            "",
            "x",
            "1",
            "1_",
            "999999999999999999_1",
            "-999999999999999999_1",
            "1_999999999999999999_1",
            "١_١",
        ):
            with self.subTest(after=after):
                self.assertEqual(self.client.get("/articles/", {"after": after}).status_code, 404)

    def test_it_takes_a_cursor_larger_than_any_key(self):
        self.assertEqual(self.client.get("/articles/?after=1_999999999999999999").status_code, 200)


class LongListTests(TestCase):
    """Every list goes on to its last row, each row once, and takes no cursor it did not give."""

    MANY = 203

    def read_through(self, path, parameter="after", list_name="page"):
        """Return the names of all rows over all pages, and how many pages there were."""
        seen, address, pages = [], path, 0
        while address:
            response = self.client.get(address)
            page = response.context[list_name]
            seen += [str(row) for row in page.rows]
            address = f"{path}?{parameter}={quote(page.after)}" if page.after else ""
            if address:
                self.assertContains(response, f'<a href="{address.removeprefix(path)}" rel="next">')
            pages += 1
        return seen, pages

    def refuse(self, path, parameter="after"):
        for cursor in ("", "x", "_1", "x_", "x_1x", "\0_1", f"{'x' * 101}_1", "1_9999999999999999999"):
            with self.subTest(path=path, cursor=cursor):
                self.assertEqual(self.client.get(path, {parameter: cursor}).status_code, 404)

    def test_it_names_every_source(self):
        article = make.article("传抄最多的一篇", published=True)
        sources = Source.objects.bulk_create(Source(name=f"报_{n}", slug=f"s{n}") for n in range(self.MANY))
        Witness.objects.bulk_create(Witness(article=article, source=one, kind="reprint") for one in sources)
        seen, pages = self.read_through("/sources/")
        self.assertEqual((seen, pages), (sorted(one.name for one in sources), 2))
        self.refuse("/sources/")

    def test_it_names_every_author(self):
        article = make.article("署名最多的一篇", published=True)
        authors = Author.objects.bulk_create(
            Author(name=f"作者{n // 2}", slug=f"a{n}")  # namesakes, two by two
            for n in range(self.MANY)
        )
        Byline.objects.bulk_create(Byline(edition=article.live, author=one) for one in authors)
        seen, pages = self.read_through("/authors/")
        self.assertEqual((seen, pages), (sorted(one.name for one in authors), 2))
        self.refuse("/authors/")

    def test_it_names_every_tag_those_most_used_first(self):
        names = [f"标签{n}" for n in range(self.MANY)]
        make.article("标签最多的一篇", published=True, tags=tuple(names))
        make.article("又一篇", published=True, tags=("标签7",))
        seen, pages = self.read_through("/tags/")
        self.assertEqual((seen[0], sorted(seen), pages), ("标签7", sorted(names), 2))
        self.refuse("/tags/")

    def test_it_lists_every_undated_article(self):
        for n in range(23):
            make.article(f"无日期{n}", published=True)
        seen, pages = self.read_through("/archive/")
        self.assertEqual((len(set(seen)), pages), (23, 2))
        self.refuse("/archive/")

    def test_it_lists_every_copy_found_at_a_source_beside_what_came_from_it(self):
        portal = make.source("旧门户")
        for n in range(23):
            make.witness(make.article(f"转载{n}", published=True), portal)
            make.article(f"首发{n}", published=True, original_source=portal)
        path = portal.get_absolute_url()
        for parameter, list_name in (("after", "page"), ("copies", "copies")):
            seen, pages = self.read_through(path, parameter, list_name)
            self.assertEqual((len(set(seen)), pages), (23, 2))
            self.refuse(path, parameter)

    def test_it_goes_on_with_one_list_of_a_source_at_a_time(self):
        portal = make.source("旧门户")
        for n in range(21):
            make.witness(make.article(f"转载{n}。", published=True), portal)
            make.article(f"首发{n}。", published=True, original_source=portal)
        path = portal.get_absolute_url()
        first = self.client.get(path)
        more = self.client.get(path, {"copies": first.context["copies"].after})
        self.assertContains(more, "转载0。")
        self.assertNotContains(more, "首发20。")


class ThemeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.root = make.theme("公开的账本", introduction="先看得见。\n\n再看得懂。")
        cls.theme = make.theme("村级财务", parent=cls.root)
        cls.leaf = make.theme("账目上墙", parent=cls.theme)
        cls.second = make.article("第二篇", published=True)
        cls.first = make.article("第一篇", "<p>开头。</p><p>每一笔都写明用处。</p>", published=True)
        for article, reason in ((cls.first, "从墙说起。"), (cls.second, "")):
            make.placing.place(article, cls.theme, reason=reason)
        make.placing.place(make.article("暗号草稿"), cls.theme)

    def get(self, theme):
        return self.client.get(theme.get_absolute_url())

    def test_it_shows_the_way_to_it_and_what_is_under_it(self):
        response = self.get(self.theme)
        self.assertContains(response, f'<a href="{self.root.get_absolute_url()}">公开的账本</a>')
        self.assertContains(response, f'<a href="{self.leaf.get_absolute_url()}">账目上墙</a>')
        self.assertContains(self.get(self.root), "<p>再看得懂。</p>")

    def test_it_shows_placed_articles_in_the_editors_order_with_the_reason(self):
        response = self.get(self.theme)
        titles = [placement.article.title for placement in response.context["page"].rows]
        self.assertEqual(titles, ["第一篇", "第二篇"])
        self.assertContains(response, "从墙说起。")

    def test_it_counts_published_articles_only(self):
        self.assertNotContains(self.get(self.theme), "暗号")
        self.assertContains(self.client.get("/themes/"), "2篇")
        self.assertNotContains(self.client.get("/themes/"), "3篇")

    def test_it_sets_excerpts_side_by_side_under_their_aspect(self):
        make.excerpt(self.first, self.theme, "每一笔都写明用处", aspect="怎样写")
        response = self.get(self.theme)
        self.assertContains(response, "<h3>怎样写</h3>")
        self.assertContains(response, "<p>每一笔都写明用处</p>")
        self.assertContains(response, f'href="/articles/{self.first.pk}/#p2"')

    def test_it_quotes_what_the_article_says_today_and_leads_to_its_paragraph(self):
        make.excerpt(self.first, self.theme, "每一笔都写明用处", aspect="怎样写")
        article = make.revised(self.first, "添一段。\n再添一段。\n议事会把预算贴在村口，每一笔都要写明用处。")
        response = self.get(self.theme)
        self.assertContains(response, "<p>每一笔都要写明用处</p>")
        self.assertContains(response, f'href="{article.get_absolute_url()}#p3"')
        make.revised(article, "全文改写了。")
        self.assertNotContains(self.get(self.theme), "怎样写")

    def test_it_shows_no_excerpt_of_a_text_that_is_not_public(self):
        make.excerpt(self.first, self.theme, "每一笔都写明用处", aspect="旧方面")
        make.excerpt(make.article("草稿", "暗号一段。"), self.theme, "暗号一段", aspect="暗号方面")
        make.revised(self.first, "换过的一段。")
        self.assertNotContains(self.get(self.theme), "方面")

    def test_it_does_not_find_a_theme_that_is_none(self):
        self.assertEqual(self.client.get("/themes/nothing/").status_code, 404)

    def test_it_pages_a_long_theme(self):
        for number in range(60):
            make.placing.place(make.article(f"再{number}", published=True), self.leaf)
        first = self.get(self.leaf).context["page"]
        rest = self.client.get(self.leaf.get_absolute_url(), {"after": first.after}).context["page"]
        self.assertEqual([len(first.rows), len(rest.rows), rest.after], [50, 10, ""])


class SourceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.source = make.source("青禾日报", aliases=("青禾报",), homepage="https://daily.example/", notes="署名完整。")
        cls.portal = make.source("旧门户", standing="hijacked", homepage="https://old.example/")
        cls.article = make.article("首发的一篇", published=True, original_source=cls.source)
        make.witness(cls.article, cls.portal)
        cls.unused = make.source("暗号来源")
        make.article("草稿", original_source=cls.unused)

    def test_it_says_what_a_source_is_and_what_came_from_it(self):
        response = self.client.get(self.source.get_absolute_url())
        for text in ("青禾报", "署名完整。", "首发的一篇", 'href="https://daily.example/" rel="nofollow noopener"'):
            self.assertContains(response, text)

    def test_it_names_a_hijacked_source_and_never_links_it(self):
        response = self.client.get(self.portal.get_absolute_url())
        self.assertNotContains(response, 'href="https://old.example/"')
        self.assertContains(response, "首发的一篇")

    def test_it_says_nothing_of_a_copy_no_editor_has_judged(self):
        guessed = make.source("暗号转载站")
        make.witness(self.article, guessed)
        self.assertEqual(self.client.get(guessed.get_absolute_url()).status_code, 404)
        self.assertNotContains(self.client.get("/sources/"), "暗号")

    def test_it_says_nothing_of_a_source_only_drafts_come_from(self):
        self.assertEqual(self.client.get(self.unused.get_absolute_url()).status_code, 404)
        self.assertNotContains(self.client.get("/sources/"), "暗号")


class NameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("一篇", published=True, authors=("示例作者甲",), tags=("村务公开",))
        make.article("二篇", published=True, authors=("示例作者甲",), tags=("村务公开",))
        make.article("暗号草稿", authors=("示例作者甲", "暗号作者"), tags=("村务公开", "暗号标签"))

    def test_it_counts_what_readers_can_read(self):
        for path in ("/authors/", "/tags/"):
            with self.subTest(path=path):
                response = self.client.get(path)
                self.assertContains(response, "2篇")
                self.assertNotContains(response, "暗号")

    def test_it_lists_the_articles_of_an_author_and_of_a_tag(self):
        for path in (f"/authors/{quote('示例作者甲')}/", f"/tags/{quote('村务公开')}/"):
            with self.subTest(path=path):
                response = self.client.get(path)
                self.assertContains(response, "一篇")
                self.assertNotContains(response, "暗号")

    def test_it_does_not_find_a_name_only_drafts_bear(self):
        for path in (f"/authors/{quote('暗号作者')}/", f"/tags/{quote('暗号标签')}/"):
            with self.subTest(path=path):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_it_no_longer_names_an_author_whose_name_left_the_newest_edition(self):
        revised = make.editing.revise(self.article, version=self.article.version, by=None, title="一篇")
        revised.working.bylines.all().delete()
        make.publish(revised, reason="改正署名。")
        response = self.client.get(f"/authors/{quote('示例作者甲')}/")
        self.assertEqual([article.title for article in response.context["page"].rows], ["二篇"])


class ArchiveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        dated("知道到日", "2021-03-05")
        dated("知道到月", "2021-03")
        dated("只知道年", "2021")
        dated("元旦零点", "2022-01-01")
        make.article("日期不详的一篇", published=True)
        cls.draft = make.article("暗号草稿")
        Article.objects.filter(pk=cls.draft.pk).update(
            original_date=parse_precise("2019-01-01")[0], original_precision="day"
        )

    def test_it_counts_by_year_and_lists_what_has_no_date(self):
        response = self.client.get("/archive/")
        rows = [(row["year"], row["count"]) for row in response.context["years"]]
        self.assertEqual(rows, [(2022, 1), (2021, 3)])
        self.assertContains(response, "日期不详的一篇")

    def test_it_counts_by_month_and_lists_what_is_known_to_the_year_only(self):
        response = self.client.get("/archive/2021/")
        self.assertEqual([(row["first"].month, row["count"]) for row in response.context["months"]], [(3, 2)])
        self.assertContains(response, "只知道年")

    def test_it_lists_a_month(self):
        response = self.client.get("/archive/2021/3/")
        self.assertEqual([one.title for one in response.context["page"].rows], ["知道到日", "知道到月"])

    def test_it_puts_new_years_midnight_into_the_new_year(self):
        self.assertContains(self.client.get("/archive/2022/1/"), "元旦零点")

    def test_it_does_not_find_times_without_articles(self):
        for time in ("2019", "2021/4", "2021/13", "2021/0", "0001", "0001/1", "1000", "1000/1", "9999", "9999/12"):
            for zone in ("Asia/Shanghai", "Pacific/Kiritimati", "America/Los_Angeles"):
                with self.subTest(time=time, zone=zone), timezone.override(zone):
                    self.assertEqual(self.client.get(f"/archive/{time}/").status_code, 404)


class QueryTests(TestCase):
    PATHS = ("/", "/articles/", "/themes/", "/sources/", "/authors/", "/tags/", "/archive/", "/archive/2021/")

    def fill(self, numbers):
        for n in numbers:
            theme = make.theme(f"主题{n}", parent=self.theme, introduction="先看得见，再看得懂。")
            article = dated(
                f"第{n}篇",
                "2021-03-05",
                original_source=make.source(f"来源{n}"),
                authors=(f"作者{n}", "作者甲"),
                tags=(f"标签{n}", "标签甲"),
                theme=theme,
            )
            make.placing.place(article, self.theme)
            make.excerpt(article, self.theme, "每一笔都写明用处", aspect=f"方面{n % 3}")
            make.witness(article, self.source)

    def test_it_asks_no_more_of_the_database_when_there_is_more(self):
        self.theme = make.theme("总")
        self.source = make.source("总来源", aliases=("总",))
        self.fill(range(2))
        paths = (
            *self.PATHS,
            "/archive/2021/3/",
            self.theme.get_absolute_url(),
            self.source.get_absolute_url(),
            f"/authors/{quote('作者甲')}/",
            f"/tags/{quote('标签甲')}/",
        )
        self.client.get("/")  # which remembers what the site is called
        few = {path: self.count(path) for path in paths}
        self.fill(range(2, 15))
        self.assertEqual({path: self.count(path) for path in paths}, few)
        self.assertLessEqual(max(few.values()), 8)

    def count(self, path):
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(path).status_code, 200)
        return len(queries)
