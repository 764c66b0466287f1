"""Bringing a page in by its address, from the admin."""

from django.test import TestCase, override_settings
from django.urls import reverse

from articles.actions.capturing import Result
from articles.admin import bringing
from articles.intake.fetching import OUT_OF_REACH
from articles.models import Article, Capture, Picture
from articles.tests import make
from articles.tests.actions.test_bringing import IMAGE, PARAGRAPHS, TITLE, government, lines
from articles.tests.admin.people import browser_of, person
from articles.tests.intake.loopback import LoopbackSite
from articles.tests.intake.test_pictures import picture

ADDRESS = reverse("admin:articles_article_bring_in")


@override_settings(FETCH_LOOPBACK_FOR_TESTS=True)
class FetchTests(LoopbackSite, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")

    def setUp(self):
        super().setUp()
        self.client = browser_of(self.editor)
        self.client.cookies["django_language"] = "en"

    def fetch(self, path="/t1.html", **said):
        said = {f"web-{name}": value for name, value in said.items()}
        return self.client.post(ADDRESS, {"web-address": f"{self.site}{path}", **said, bringing.FETCH: "1"})

    def line(self, response):
        [line] = response.context["report"]
        return line

    def test_the_page_comes_in_and_its_line_says_what_came_with_it(self):
        pager = '<a href="t1_2.html">2</a><a href="t1_3.html">3</a>'
        images = "<img src=/a.jpg><img src=/gone.jpg>"
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS[:2]) + images + lines(PARAGRAPHS[3]), pager)
        self.pages["/t1_2.html"] = government(lines(*PARAGRAPHS[4:]), pager)
        self.pages["/a.jpg"] = (200, IMAGE, picture())
        response = self.fetch()
        line = self.line(response)
        self.assertEqual((line.article, line.outcome), (Article.objects.get(), bringing.WORDS[Result.NEW]))
        for said in ("on 2 pages", "1 picture came", "1 picture could not", f"{self.site}/t1_3.html could not be had"):
            with self.subTest(said=said):
                self.assertIn(said, line.reason)
        self.assertContains(response, reverse("admin:articles_article_change", args=[line.article.pk]))
        self.assertEqual((Capture.objects.count(), Picture.objects.count()), (2, 1))

    def test_it_is_the_editors_and_stands_where_it_was_put(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS))
        theme, source = make.theme(), make.source()
        self.fetch(theme=theme.pk, source=source.pk)
        article = Article.objects.get()
        self.assertEqual((article.working.made_by, article.placements.get().theme), (self.editor, theme))
        self.assertEqual((article.witnesses.get().source, article.title), (source, TITLE))

    def test_the_same_page_again_is_here(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS))
        self.fetch()
        self.assertEqual(self.line(self.fetch()).outcome, bringing.WORDS[Result.HERE])

    def test_a_refusal_is_said_in_the_editors_language(self):
        self.pages["/robots.txt"] = "User-agent: *\nDisallow: /closed"
        for path, said in (("/closed", "does not allow programs"), ("/none", "answered 404")):
            with self.subTest(path=path):
                response = self.fetch(path)
                self.assertContains(response, "</b>: refused")
                self.assertIn(said, self.line(response).reason)

    @override_settings(FETCH_LOOPBACK_FOR_TESTS=False)
    def test_nothing_inside_is_fetched(self):
        for address in (self.site, "http://localhost/", "http://10.0.0.1/", "http://[::1]/"):
            with self.subTest(address=address):
                response = self.client.post(ADDRESS, {"web-address": address, bringing.FETCH: "1"})
                self.assertEqual(self.line(response).reason, OUT_OF_REACH)
        self.assertEqual(self.asked, [])

    def test_what_is_no_address_is_said_beside_the_field(self):
        for address in ("", "no address", "file:///etc/passwd", "http://"):
            with self.subTest(address=address):
                response = self.client.post(ADDRESS, {"web-address": address, bringing.FETCH: "1"})
                self.assertIn("address", response.context["fetch_form"].errors)
                self.assertFalse(response.context["form"].is_bound)

    def test_each_form_has_its_own_fields_and_button(self):
        page = self.client.get(ADDRESS).content.decode()
        self.assertEqual(page.count(f'name="{bringing.FETCH}"'), 1)
        for name in (
            "files",
            "address",
            "title",
            "source",
            "theme",
            "web-address",
            "web-title",
            "web-source",
            "web-theme",
        ):
            with self.subTest(name=name):
                self.assertEqual(page.count(f'id="id_{name}"'), 1)
                self.assertEqual(page.count(f'for="id_{name}"'), 1)

    def test_who_may_not_import_may_not_fetch(self):
        self.client = browser_of(person("visitor"))
        self.assertEqual(self.fetch().status_code, 403)
        self.assertEqual(self.asked, [])
