from django.test import TestCase, override_settings

from articles.tests import make
from site_project import policy


class HeaderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.address = make.article(published=True).get_absolute_url()
        cls.editor = make.editor(is_superuser=True)

    def test_every_response_carries_the_headers(self):
        for address in ("/", "/articles/999/", "/en/", "/admin/login/", "/healthz", "/zh-Hant/", self.address):
            response = self.client.get(address)
            for name, value in policy.HEADERS.items():
                with self.subTest(address=address, header=name):
                    expected = "same-origin" if "admin" in address and name == "Referrer-Policy" else value
                    self.assertEqual(response.headers[name], expected)
            with self.subTest(address=address):
                self.assertIn("Content-Security-Policy", response.headers)
                self.assertNotIn("unsafe", response.headers["Content-Security-Policy"])

    def test_a_host_nobody_named_gets_them_too(self):
        response = self.client.get("/", headers={"host": "evil.example"})
        self.assertEqual((response.status_code, response.headers["X-Frame-Options"]), (400, "DENY"))

    def test_a_page_that_still_stands_is_not_sent_again(self):
        first = self.client.get(self.address)
        second = self.client.get(self.address, headers={"if-none-match": first.headers["ETag"]})
        self.assertEqual((second.status_code, second.content), (304, b""))
        self.assertNotIn("Content-Security-Policy", second.headers)

    def test_readers_pages_allow_no_inline_script(self):
        found = self.client.get("/").headers["Content-Security-Policy"]
        self.assertIn("script-src 'self';", f"{found};")
        self.assertIn("require-trusted-types-for 'script'", found)

    def test_the_admin_is_kept_out_of_caches(self):
        self.client.force_login(self.editor)
        response = self.client.get("/admin/")
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_what_is_no_page_may_do_nothing(self):
        self.assertEqual(self.client.get("/healthz").headers["Content-Security-Policy"], policy.NOT_A_PAGE)


class LoopbackTests(TestCase):
    def get(self, address: str) -> int:
        return self.client.get("/healthz", REMOTE_ADDR=address).status_code

    @override_settings(LOCAL=True)
    def test_a_laptop_answers_itself_only(self):
        self.assertEqual([self.get(address) for address in ("127.0.0.1", "::1", "192.0.2.7", "")], [200, 200, 403, 403])

    @override_settings(LOCAL=False, SECURE_SSL_REDIRECT=False)
    def test_a_server_answers_everyone(self):
        self.assertEqual(self.get("192.0.2.7"), 200)


class LanguageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor(is_superuser=True)

    def test_the_address_alone_decides_for_readers(self):
        for address, code in (("/", "zh-hans"), ("/zh-hant/", "zh-hant"), ("/en/", "en"), ("/healthz", "zh-hans")):
            response = self.client.get(address, headers={"accept-language": "fr"})
            with self.subTest(address=address):
                self.assertEqual(response.headers["Content-Language"], code)
                self.assertNotIn("Accept-Language", response.headers.get("Vary", ""))

    def test_other_spellings_lead_to_the_one_address(self):
        cases = {
            "/zh-hans/": "/",
            "/zh-Hans/themes/?a=1": "/themes/?a=1",
            "/zh-Hant/articles/1/": "/zh-hant/articles/1/",
            "/EN/": "/en/",
            "/zh-hans//evil.example/": "/evil.example/",
            "/zh-hans/a%3Fb/": "/a%3Fb/",
        }
        for address, target in cases.items():
            with self.subTest(address=address):
                self.assertRedirects(self.client.get(address), target, 301, fetch_redirect_response=False)

    def test_the_editors_own_choice_decides_in_the_admin(self):
        self.client.cookies["django_language"] = "en"
        self.assertContains(self.client.get("/admin/login/"), 'lang="en"')
        self.client.cookies["django_language"] = "xx"
        self.assertContains(self.client.get("/admin/login/"), 'lang="zh-hans"')
