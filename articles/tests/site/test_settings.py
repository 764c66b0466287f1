from django.test import SimpleTestCase

from articles.tests.site import processes
from site_project import checking

ASK = "from django.conf import settings; print({expression})"


class SettingsTests(SimpleTestCase):
    def read(self, expression: str, **environment: str) -> str:
        return processes.python(ASK.format(expression=expression), **environment)

    def test_a_server_needs_a_secret(self):
        done = processes.run("manage.py", "check", SECRET_KEY="")
        self.assertIn("SECRET_KEY must be set", done.stderr)

    def test_it_is_secure_when_nothing_is_set(self):
        found = self.read(
            "settings.DEBUG, settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT",
            LOCAL="",
            DEBUG="",
        )
        self.assertEqual(found, "False [] True True")

    def test_cookies_are_bound_to_the_host_where_tls_is(self):
        names = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME"
        self.assertEqual(self.read(names, LOCAL="false"), "__Host-sid __Host-csrf")
        self.assertEqual(self.read(names), "sessionid csrftoken")

    def test_a_laptop_serves_itself_only(self):
        done = processes.run("manage.py", "check", ALLOWED_HOSTS="library.example")
        self.assertIn("LOCAL=true serves this computer only", done.stderr)

    def test_the_forwarded_scheme_is_believed_behind_our_own_proxy_only(self):
        self.assertEqual(self.read("settings.SECURE_PROXY_SSL_HEADER", LOCAL="false"), "None")
        behind = self.read("settings.SECURE_PROXY_SSL_HEADER", LOCAL="false", TRUSTED_PROXIES="1")
        self.assertEqual(behind, "('HTTP_X_FORWARDED_PROTO', 'https')")

    def test_a_servers_settings_pass_the_deployment_checks(self):
        self.assertTrue(checking.deployable())
        self.assertEqual(self.read("settings.SILENCED_SYSTEM_CHECKS"), "['security.W021']")
