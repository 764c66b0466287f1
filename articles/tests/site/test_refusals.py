from django.test import Client, TestCase, override_settings

from articles.tests import make


class RefusalTests(TestCase):
    def test_a_form_without_its_token_is_refused_in_the_sites_own_look(self):
        response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
        self.assertContains(response, "site.css", status_code=403)

    def test_readers_pages_take_no_forms(self):
        article = make.article(published=True)
        for method in ("post", "put", "delete"):
            with self.subTest(method=method):
                send = getattr(Client(enforce_csrf_checks=True), method)
                self.assertEqual(send(article.get_absolute_url()).status_code, 405)

    @override_settings(AXES_FAILURE_LIMIT=3)
    def test_guessing_passwords_ends_with_how_long_to_wait(self):
        make.editor("lin", password="right and long enough")
        self.client.cookies["django_language"] = "en"
        for _ in range(3):
            response = self.client.post("/admin/login/", {"username": "lin", "password": "wrong"})
        self.assertContains(response, "15 minutes", status_code=429)
        response = self.client.post("/admin/login/", {"username": "lin", "password": "right and long enough"})
        self.assertEqual(response.status_code, 429)
