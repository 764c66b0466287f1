"""Each screen says in one line what it is for."""

import re
from pathlib import Path

from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.test import SimpleTestCase, TestCase
from django.urls import reverse

from articles.models import Capture, HouseRules, Picture, Site, SitePage
from articles.tests import make
from articles.tests.admin.people import browser_of, person

SCREENS = Path(__file__).resolve().parents[3] / "templates/admin"
LINE = 'class="purpose"'
BASE = re.compile(r'{% extends "admin/(?:base_site|articles/desk).html" %}')


class ScreenTests(SimpleTestCase):
    def test_every_screen_of_our_own_has_its_line(self):
        ours = [path for path in SCREENS.rglob("*.html") if BASE.match(path.read_text())]
        self.assertGreater(len(ours), 10)
        for path in ours:
            with self.subTest(screen=path.name):
                self.assertTrue(LINE in path.read_text() or path.name in ("base_site.html", "desk.html"))


class TableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        article = make.article("议事会的账本", authors=("示例作者甲",), tags=("预算",))
        theme = make.theme()
        picture = {"media_type": "image/png", "width": 1, "height": 1, "size": 1}
        rows = (
            article,
            theme,
            article.tags.get(),
            article.working.bylines.get().author,
            make.source(),
            make.finding(article),
            make.letter(article, remark="年份不对。"),
            make.excerpt(article, theme, "每一笔都写明用处"),
            Capture.objects.create(sha256="cd" * 32, size=2, media_type="text/plain"),
            Picture.objects.create(sha256="ef" * 32, **picture),
            HouseRules.current(),
            Site.current(),
            SitePage.objects.get_or_create(slug="about", defaults={"title": "关于本站"})[0],
            person("somebody", "editor"),
            Group.objects.get(name="editor"),
        )
        cls.rows = {type(row): row for row in rows}
        cls.head = person("head", is_superuser=True)

    def setUp(self):
        self.client = browser_of(self.head)

    def address(self, model, name, *keys):
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=keys)

    def assert_explained(self, response):
        self.assertContains(response, LINE, count=1)
        self.assertNotContains(response, f"<p {LINE}></p>", html=True)

    def test_every_table_is_looked_at(self):
        self.assertEqual(self.rows.keys(), site._registry.keys())

    def test_every_list_form_and_history_has_its_line(self):
        for model, row in self.rows.items():
            for name, keys in (("changelist", []), ("change", [row.pk]), ("history", [row.pk])):
                with self.subTest(model=model.__name__, name=name):
                    self.assert_explained(self.client.get(self.address(model, name, *keys), follow=True))

    def test_what_is_begun_has_its_line_too(self):
        for model in self.rows.keys() - {Capture, Picture, HouseRules, Site}:
            if site._registry[model].has_add_permission(self.client.get("/admin/").wsgi_request):
                with self.subTest(model=model.__name__):
                    self.assertContains(self.client.get(self.address(model, "add")), LINE, count=1)

    def test_every_deletion_has_its_line(self):
        asked = 0
        for model, row in self.rows.items():
            response = self.client.get(self.address(model, "delete", row.pk))
            if response.status_code != 403:
                asked += 1
                with self.subTest(model=model.__name__):
                    self.assert_explained(response)
        self.assertGreater(asked, 8)

    def test_what_may_not_be_deleted_has_it_too(self):
        source = make.source("另一家报")
        make.witness(make.article(), source)
        response = self.client.get(self.address(type(source), "delete", source.pk))
        self.assertTrue(response.context["protected"])
        self.assert_explained(response)

    def test_the_screens_around_them_have_their_lines(self):
        [somebody] = [row for model, row in self.rows.items() if model is User]
        for address in (
            reverse("admin:index"),
            reverse("admin:app_list", args=["articles"]),
            reverse("admin:app_list", args=["auth"]),
            reverse("admin:auth_user_password_change", args=[somebody.pk]),
            reverse("admin:password_change"),
            reverse("admin:password_change_done"),
        ):
            with self.subTest(address=address):
                self.assert_explained(self.client.get(address))

    def test_signing_in_and_out_have_theirs(self):
        self.assert_explained(self.client.post(reverse("admin:logout")))
        self.assert_explained(self.client.get(reverse("admin:login")))
