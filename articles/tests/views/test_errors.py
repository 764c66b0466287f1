"""What a visitor reads when something is not there or broken."""

from copy import deepcopy

from django.conf import settings
from django.test import Client, RequestFactory, SimpleTestCase, TestCase, override_settings
from django.urls import path
from django.utils import translation

from articles.urls import urlpatterns as pages
from articles.views import errors


def break_down(request):
    raise RuntimeError("planted")


MANIFEST = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
urlpatterns = [*pages, path("broken/", break_down), path("en/broken/", break_down)]
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"


class NotFoundTests(TestCase):
    def test_it_answers_in_the_language_of_the_address(self):
        for prefix, text in (
            ("", "这个网址没有内容"),
            ("/zh-hant", "這個網址沒有內容"),
            ("/en", "There is nothing at this address"),
        ):
            with self.subTest(prefix=prefix):
                response = self.client.get(f"{prefix}/nothing/here/")
                self.assertContains(response, text, status_code=404)

    def test_it_leads_to_the_same_address_in_other_languages_and_to_no_other_site(self):
        response = self.client.get("/en//elsewhere.example/")
        self.assertNotContains(response, 'href="//', status_code=404)

    def test_it_shows_nothing_of_a_hostile_address_unescaped(self):
        response = self.client.get('/"><script>/?q="><script>')
        self.assertNotContains(response, "<script>", status_code=404)


class BrokenTests(SimpleTestCase):
    """A SimpleTestCase refuses every query, so these pages ask the database nothing."""

    def test_it_answers_in_its_own_look_without_the_database(self):
        for language, text in (
            ("zh-hans", "网站出了差错"),
            ("zh-hant", "網站出了差錯"),
            ("en", "Something went wrong"),
        ):
            with self.subTest(language=language), translation.override(language):
                response = errors.server_error(RequestFactory().get("/articles/1/"))
                self.assertContains(response, text, status_code=500)
                self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_it_takes_the_language_of_the_address_where_none_was_chosen_yet(self):
        for prefix, text in (("/zh-hant", "網站出了差錯"), ("/en", "Something went wrong")):
            with self.subTest(prefix=prefix), translation.override("zh-hans"):
                response = errors.server_error(RequestFactory().get(f"{prefix}/articles/1/"))
                self.assertContains(response, text, status_code=500)
                self.assertContains(response, f'<html lang="{prefix[1:]}">', status_code=500)
                self.assertContains(response, f'<a href="{prefix}/">', status_code=500)

    @override_settings(ROOT_URLCONF="articles.tests.views.test_errors")
    def test_it_is_shown_where_the_static_files_were_never_collected(self):
        visitor = Client(raise_request_exception=False)
        with override_settings(STORAGES=settings.STORAGES | {"staticfiles": MANIFEST}):
            for address, text in (("/nothing/", "网站出了差错"), ("/en/broken/", "Something went wrong")):
                with self.subTest(address=address), self.assertLogs("django.request", "ERROR"):
                    self.assertContains(visitor.get(address), text, status_code=500)

    def test_it_has_words_left_where_its_own_template_is_gone_or_broken(self):
        for templates in ({}, {"errors/500.html": "{% nothing_of_the_kind %}"}):
            broken = deepcopy(settings.TEMPLATES)
            broken[0] |= {"APP_DIRS": False}
            broken[0]["OPTIONS"]["loaders"] = [("django.template.loaders.locmem.Loader", templates)]
            with self.subTest(templates=templates), override_settings(TEMPLATES=broken):
                with self.assertLogs("articles.views.errors", "ERROR"):
                    response = errors.server_error(RequestFactory().get("/"))
                self.assertContains(response, "请稍后再试", status_code=500)

    @override_settings(ROOT_URLCONF="articles.tests.views.test_errors")
    def test_it_is_what_a_broken_view_shows(self):
        with self.assertLogs("django.request", "ERROR"):
            response = Client(raise_request_exception=False).get("/broken/")
        self.assertContains(response, "网站出了差错", status_code=500)

    def test_it_has_a_page_for_what_is_malformed_or_not_allowed(self):
        request = RequestFactory().get("/")
        with translation.override("zh-hans"):
            self.assertContains(errors.bad_request(request, ValueError()), "无法理解这个请求", status_code=400)
            self.assertContains(errors.forbidden(request, ValueError()), "您不能查看这一页", status_code=403)

    @override_settings(ALLOWED_HOSTS=["library.example"])
    def test_it_needs_no_host_it_can_trust(self):
        response = Client(raise_request_exception=False).get("/", headers={"host": "elsewhere.example"})
        self.assertEqual(response.status_code, 400)
