"""What readers see of the site itself: its own pages, and the head and foot of every page."""

from django.test import TestCase

from articles.models import Picture, Site, SitePage
from articles.tests import make

HOSTILE = '"><script>alert(1)</script>'


def called(**columns):
    """Let the site say this of itself."""
    site = Site.current()
    for name, value in columns.items():
        setattr(site, name, value)
    site.save()
    return site


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Site.current()
        SitePage.objects.all().delete()
        cls.page = SitePage.objects.create(
            slug="about",
            title="关于本站",
            title_en="About",
            body_html="<p>每一篇都写明来源。</p>",
            body_en='<p>Every text names its <a href="https://example.com/">source</a>.</p>',
        )

    def test_it_stands_in_three_languages(self):
        self.assertContains(self.client.get("/pages/about/"), '<p id="p1">每一篇都写明来源。</p>')
        self.assertContains(self.client.get("/zh-hant/pages/about/"), '<p id="p1">每一篇都寫明來源。</p>')
        english = self.client.get("/en/pages/about/")
        self.assertContains(english, '<div class="text" lang="en">')
        self.assertContains(english, 'rel="noopener noreferrer nofollow">source</a>')

    def test_a_text_of_its_own_in_traditional_characters_is_shown_as_it_is(self):
        SitePage.objects.update(title_hant="關於我們", body_hant="<p>臺灣讀者另有一篇。</p>")
        response = self.client.get("/zh-hant/pages/about/")
        self.assertContains(response, "臺灣讀者另有一篇。")
        self.assertContains(response, "<h1>關於我們</h1>")

    def test_a_page_without_english_says_that_its_text_is_chinese(self):
        SitePage.objects.update(title_en="", body_en="")
        response = self.client.get("/en/pages/about/")
        self.assertContains(response, '<div class="text" lang="zh-Hans">')
        self.assertContains(response, '<h1><span lang="zh-Hans">关于本站</span></h1>')

    def test_it_does_not_find_one_that_is_none(self):
        for slug in ("nothing", "%00", "a" * 101, "%ED%A0%80"):
            with self.subTest(slug=slug):
                self.assertEqual(self.client.get(f"/pages/{slug}/").status_code, 404)

    def test_the_foot_of_every_page_leads_to_it(self):
        for path in ("/", "/articles/", make.article(published=True).get_absolute_url()):
            with self.subTest(path=path):
                self.assertContains(self.client.get(path), '<a href="/pages/about/">关于本站</a>')

    def test_it_asks_no_more_where_there_are_many(self):
        for number in range(40):
            SitePage.objects.create(slug=f"p{number}", title=f"第{number}页", body_html="<p>一句。</p>" * 9)
        with self.assertNumQueries(2):
            self.client.get("/pages/p7/")
        with self.assertNumQueries(1):
            self.client.get("/pages/p7/")


class IdentityTests(TestCase):
    def test_name_and_logo_stand_in_the_head_and_the_name_in_every_title(self):
        logo = Picture.objects.create(sha256="ab" * 32, media_type="image/png", width=640, height=320, size=9)
        called(name="青禾文库", name_en="Qinghe Library", tagline="一座村子的文库", logo=logo)
        response = self.client.get("/")
        self.assertContains(response, "<title>一座村子的文库 | 青禾文库</title>")
        self.assertContains(response, '<meta property="og:site_name" content="青禾文库">')
        self.assertContains(response, f'<img src="{logo.src}" alt="" width="640" height="320">')
        self.assertContains(response, "<h1>一座村子的文库</h1>")
        self.assertContains(self.client.get("/en/"), "| Qinghe Library</title>")
        self.assertContains(self.client.get("/zh-hant/"), "青禾文庫")

    def test_the_foot_says_who_keeps_it_and_leads_to_where_its_number_is_looked_up(self):
        called(
            organiser="示例编辑部", filing_number="京ICP备00000000号", email="desk@library.example", rights="可以引用。"
        )
        response = self.client.get("/")
        for text in (
            "示例编辑部",
            '<a href="https://beian.miit.gov.cn/" rel="noopener">京ICP备00000000号</a>',
            '<a href="mailto:desk@library.example">desk@library.example</a>',
            "<p>可以引用。</p>",
        ):
            self.assertContains(response, text)

    def test_the_rights_statement_stands_with_the_source_of_each_text_and_nowhere_where_there_is_none(self):
        path = make.article(published=True).get_absolute_url()
        line = "<dt>{}</dt><dd>{}</dd>"
        called(rights="转载请先询问。", rights_en="Ask before reprinting.")
        self.assertContains(self.client.get(path), line.format("版权", "转载请先询问。"))
        self.assertContains(self.client.get(f"/zh-hant{path}"), line.format("版權", "轉載請先詢問。"))
        self.assertContains(self.client.get(f"/en{path}"), line.format("Rights", "Ask before reprinting."))
        called(rights="", rights_en="")
        self.assertNotContains(self.client.get(path), "<dt>版权</dt>")

    def test_nothing_said_of_it_becomes_markup(self):
        called(**dict.fromkeys(("name", "tagline", "organiser", "filing_number", "phone", "rights"), HOSTILE))
        for path in ("/", "/en/", "/articles/", "/nothing/"):
            with self.subTest(path=path):
                self.assertNotIn("<script>", self.client.get(path).text)

    def test_a_language_that_is_not_offered_has_no_address_and_no_link(self):
        called(offers_english=False)
        path = make.article(published=True).get_absolute_url()
        for address in ("/en/", f"/en{path}", "/en/articles/", "/en/nothing/"):
            with self.subTest(address=address):
                self.assertEqual(self.client.get(address).status_code, 404)
        for address in ("/", path, "/zh-hant/", "/nothing/", "/en/"):
            with self.subTest(address=address):
                self.assertNotContains(
                    self.client.get(address), 'hreflang="en"', status_code=self.client.get(address).status_code
                )

    def test_what_it_offers_stays_and_the_text_of_the_other_script_is_canonical_where_it_is_shown(self):
        called(offers_traditional=False)
        self.assertEqual(self.client.get("/en/").status_code, 200)
        article = make.article("議事會", "<p>議事會把預算貼在村口。</p>", published=True)
        response = self.client.get(article.get_absolute_url())
        self.assertContains(response, f'rel="canonical" href="http://testserver{article.get_absolute_url()}"')

    def test_a_page_for_errors_asks_the_database_nothing(self):
        with self.assertNumQueries(0):
            self.client.get("/nothing/")
