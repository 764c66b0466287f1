"""A theme as a way through its articles: year by year, and beside each other."""

from django.test import TestCase
from django.utils import timezone

from articles.tests import make
from articles.tests.views.test_browsing import dated


class YearTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = make.theme("村级财务", introduction="先看得见。")
        for number, year in enumerate(("2011", "2013", "2013-10-21", "2014-01-01")):
            make.placing.place(dated(f"第{number}篇", year), cls.theme, reason=f"理由{number}")
        make.placing.place(make.article("日期不详", published=True), cls.theme)
        draft = make.article("暗号草稿")
        type(draft).objects.filter(pk=draft.pk).update(original_date=timezone.now(), original_precision="day")
        make.placing.place(draft, cls.theme)
        cls.path = cls.theme.get_absolute_url()

    def test_it_draws_the_years_of_what_readers_can_read_and_leads_to_each(self):
        response = self.client.get(self.path)
        drawn = [(bar.label, bar.count, bar.height, bar.is_after_gap) for bar in response.context["bars"]]
        self.assertEqual(drawn, [("2011", 1, 20, False), ("2013", 2, 40, True), ("2014", 1, 20, False)])
        self.assertContains(response, f'<a href="{self.path}2013/">')

    def test_a_year_of_a_theme_lists_its_articles_in_the_editors_order(self):
        response = self.client.get(f"{self.path}2013/")
        self.assertEqual([one.article.title for one in response.context["page"].rows], ["第1篇", "第2篇"])
        self.assertContains(response, "理由1")
        self.assertContains(response, f'<a href="{self.path}">村级财务</a>')

    def test_it_does_not_find_a_year_without_articles_in_any_time_zone(self):
        for year in ("2008", "9999", "1000", f"{timezone.now():%Y}"):
            for zone in ("Asia/Shanghai", "Pacific/Kiritimati", "America/Los_Angeles"):
                with self.subTest(year=year, zone=zone), timezone.override(zone):
                    self.assertEqual(self.client.get(f"{self.path}{year}/").status_code, 404)

    def test_who_comes_by_the_old_address_of_a_year_is_led_on(self):
        self.theme.aliases.create(name="旧名", slug="old")
        self.assertRedirects(self.client.get("/themes/old/2013/"), self.path, status_code=301)
        self.assertEqual(self.client.get("/themes/old/2012/").status_code, 404)

    def test_an_excerpt_names_author_and_year_and_leads_to_its_paragraph(self):
        article = dated("有选段的一篇", "2009", authors=("示例作者甲",))
        make.excerpt(article, self.theme, "每一笔都写明用处", aspect="用处")
        response = self.client.get(self.path)
        for text in ("示例作者甲", '<time datetime="2009">2009</time>', f'href="{article.get_absolute_url()}#p1"'):
            self.assertContains(response, text)

    def test_what_stands_around_the_list_is_on_its_first_page_alone(self):
        for number in range(60):
            make.placing.place(make.article(f"再{number}", published=True), self.theme)
        first = self.client.get(self.path)
        rest = self.client.get(self.path, {"after": first.context["page"].after})
        self.assertContains(first, "先看得见。")
        self.assertNotContains(rest, "先看得见。")
        self.assertNotContains(rest, "year-bars")


class BarTests(TestCase):
    def test_author_source_and_archive_have_their_years_too(self):
        source = make.source("青禾日报")
        dated("一篇", "2013-10-21", authors=("示例作者甲",), original_source=source)
        for path in ("/authors/示例作者甲/", source.get_absolute_url(), "/archive/", "/archive/2013/"):
            with self.subTest(path=path):
                self.assertContains(self.client.get(path), '<ol class="year-bars">')

    def test_nothing_is_drawn_where_no_date_is_known(self):
        make.article("一篇", published=True, authors=("示例作者甲",))
        self.assertNotContains(self.client.get("/authors/示例作者甲/"), "year-bars")
