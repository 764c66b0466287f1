"""The ways to an article, the site's own pages, and what a page tells of being read, in a browser."""

import os
from pathlib import Path

from articles.actions import counting
from articles.models import Mark, Site, SitePage, Tally, parse_precise
from articles.tests import make
from articles.tests.browser.chromium import PHONE, BrowserTestCase
from articles.tests.models.test_site import FIRST_PAGES

SENTENCE = "议事会把预算贴在村口，每一笔都写明用处，谁都可以来问，一年两次。"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


class FindingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        site = Site.current()
        self.theme = make.theme("村级财务公开", introduction="先看得见，再看得懂。\n\n这里的文章按这个次序读。")
        make.theme("账目上墙", parent=self.theme)
        source = make.source("青禾日报")
        for number, year in enumerate(("1998", "2003", "2004", "2011", "2011", "2013", "2013", "2013", "2021")):
            moment, precision = parse_precise(year)
            article = make.article(
                f"预算贴在村口之后的第{number + 1}年：七个村的观察",
                f"<p>{SENTENCE * 4}</p><p>第{number}次，{SENTENCE}</p>",
                published=True,
                authors=("示例作者甲", "示例作者乙")[: 1 + number % 2],
                original_source=source,
                original_date=moment,
                original_precision=precision,
                tags=("预算", "公开"),
            )
            make.placing.place(article, self.theme, reason="从墙上的第一张表说起。" if number % 2 else "")
            make.excerpt(article, self.theme, f"第{number}次", aspect=("怎样公开", "谁来看")[number % 2])
            Tally.objects.create(article=article, reads=number * 7, recent=number)
        self.article = article
        site.featured, site.organiser, site.filing_number = self.theme, "示例文库编辑部", "京ICP备00000000号"
        site.email = "desk@library.example"
        site.save()
        for position, (slug, title, title_en, chinese, english) in enumerate(FIRST_PAGES):
            texts = {"title": title, "title_en": title_en, "body_html": chinese, "body_en": english}
            SitePage.objects.update_or_create(slug=slug, defaults={"position": position, **texts})

    @property
    def paths(self):
        theme = self.theme.get_absolute_url()
        return {
            "home": "/",
            "theme": theme,
            "theme-year": f"{theme}2013/",
            "archive": "/archive/",
            "year": "/archive/2013/",
            "about": "/pages/about/",
            "accessibility-en": "/en/pages/accessibility/",
            "hot": "/hot/",
            "author": "/authors/示例作者甲/",
            "article": self.article.get_absolute_url(),
        }

    def test_every_page_passes_in_light_and_dark_on_phone_and_desk_and_fits_320(self):
        for name, path in self.paths.items():
            with self.subTest(page=name):
                self.go(path)
                self.assertEqual(self.faults(), [])
                self.page.set_viewport_size({"width": 320, "height": 800})
                self.assertEqual(self.page.evaluate("document.documentElement.scrollWidth"), 320)
                self.keep(name)
        self.assert_quiet()

    def keep(self, name):
        """Keep pictures for human eyes where SCREENSHOTS names a folder."""
        if folder := os.environ.get("SCREENSHOTS"):
            for width, scheme in ((390, "light"), (1366, "dark"), (1366, "light")):
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.emulate_media(color_scheme=scheme)
                self.page.screenshot(path=str(Path(folder, f"{name}-{width}-{scheme}.png")), full_page=True)

    def test_a_bar_leads_to_the_articles_of_its_year(self):
        self.go(self.theme.get_absolute_url())
        self.page.locator(".year-bars a", has_text="2013").click()
        self.assertEqual(self.page.locator(".articles > li").count(), 3)

    def test_reading_and_thanking_are_told_and_the_numbers_are_filled_in(self):
        context = self.browser.new_context(user_agent=BROWSER)
        self.addCleanup(context.close)
        page = context.new_page()
        with page.expect_response("**/read/") as told:
            page.goto(f"{self.live_server_url}{self.article.get_absolute_url()}")
            page.locator("[data-count=reads]", has_text="56").wait_for()
        self.assertEqual(told.value.status, 204)
        page.locator(".useful button").click()
        page.wait_for_url("**/#thanks")
        self.assertTrue(page.locator("#thanks").is_visible())
        self.assertEqual(sorted(Mark.objects.values_list("kind", flat=True)), ["read", "useful"])
        counting.count()
        self.assertEqual(context.cookies(), [])

    def test_thanks_need_no_script(self):
        context = self.browser.new_context(user_agent=BROWSER, viewport=PHONE, java_script_enabled=False)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(f"{self.live_server_url}{self.article.get_absolute_url()}")
        page.locator(".useful button").click()
        self.assertTrue(page.url.endswith("#thanks"))
        self.assertEqual(Mark.objects.get().kind, "useful")

    def test_site_and_pages_are_written_at_a_desk_that_passes_too(self):
        self.sign_in(make.editor("chief", is_superuser=True))
        about = SitePage.objects.get(slug="about")
        for name, path in (("desk-site", "/admin/articles/site/1/change/"), ("desk-page", self.desk_of(about))):
            with self.subTest(page=name):
                self.go(path)
                self.assertEqual(self.faults(), [])
        self.said.clear()  # axe writes a style of its own into long forms, which the policy forbids it
        self.go(self.desk_of(about))
        editors = self.page.locator(".tiptap")
        self.assertEqual(editors.count(), 3)
        editors.nth(2).fill("What this library is.")
        self.page.locator("[name=_save]").click()
        self.page.wait_for_url("**/sitepage/")
        self.assert_quiet()
        chinese = about.body_html
        about.refresh_from_db()
        self.assertEqual((about.body_en, about.body_html), ("<p>What this library is.</p>", chinese))

    def desk_of(self, page):
        return f"/admin/articles/sitepage/{page.pk}/change/"
