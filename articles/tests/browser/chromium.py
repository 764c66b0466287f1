"""Tests in a real browser: one Chromium a class, one page a test, and an ear for whatever the browser complains of."""

import os
import time
from unittest import SkipTest

from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.core.management import CommandError
from django.test import Client, override_settings
from playwright.sync_api import sync_playwright

from articles.tests import services

# Told to the page before any script of its own runs.
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
TRIES = 20
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
# The list that Select2, Django's own autocomplete, draws has a search box among its items; it is not ours to mend.
NOT_OURS = ".select2-selection__rendered"
# Pictures that are not there are the test's own doing; the frame of a preview is a page of our own.
BESIDE_THE_POINT = ("Failed to load resource",)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
# Each width and each scheme once, and every rule twice: where things stand at both widths, and both sets of colours.
LOOKS = ((PHONE, "dark"), (DESKTOP, "light"))
# Chromium asks for its own updates otherwise, on a machine that may have no network.
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@override_settings(WHITENOISE_AUTOREFRESH=True)
class BrowserTestCase(StaticLiveServerTestCase):
    """A test with `self.page`, a page of a fresh browser profile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Playwright's loop runs in this thread, where Django would otherwise refuse the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        cls.addClassCleanup(os.environ.pop, "DJANGO_ALLOW_ASYNC_UNSAFE")
        try:
            chromium = services.chromium()
        except services.Missing as missing:
            raise SkipTest(str(missing)) from missing
        playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        cls.browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.said = []
        self.open_browser()

    def open_browser(self):
        """Go on in a browser of its own: `self.context` with one page, `self.page`."""
        self.context = self.browser.new_context(viewport=DESKTOP)
        self.addCleanup(self.context.close)
        self.page = self.context.new_page()
        self.page.add_init_script(LISTEN)
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _fixture_teardown(self):
        """Empty the database; the last request of a page that was closed may still hold one of its tables."""
        for _attempt in range(TRIES):
            try:
                return super()._fixture_teardown()
            except CommandError:
                time.sleep(0.2)
        return super()._fixture_teardown()

    def hear(self, message):
        if not message.text.startswith(BESIDE_THE_POINT):
            self.said.append(message.text)

    def sign_in(self, editor: User):
        """Give the browser the session of an editor who has signed in."""
        client = Client()
        client.force_login(editor)
        cookies = [
            {"name": name, "value": cookie.value, "url": self.live_server_url}
            for name, cookie in client.cookies.items()
        ]
        self.context.add_cookies(cookies)

    def go(self, path: str):
        """Open the address and return the response."""
        return self.page.goto(f"{self.live_server_url}{path}")

    def look_as(self, viewport, scheme: str) -> None:
        """Show the page so wide and in these colours, and wait until the last of them has changed."""
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate("() => Promise.allSettled(document.getAnimations().map((one) => one.finished))")

    def faults(self) -> list[str]:
        """Look at the page on phone and desk, dark and light; name each fault, and where it goes over the edge."""
        found = []
        for viewport, scheme in LOOKS:
            self.look_as(viewport, scheme)
            answer = Axe().run(self.page, context={"exclude": [[NOT_OURS]]}, options=RULES)
            where = f"{scheme} {viewport['width']}"
            found += [
                f"{where} {fault['id']}: {node['target']} {node['html'][:120]}"
                for fault in answer.response["violations"]
                for node in fault["nodes"]
            ]
            width = self.page.evaluate("document.documentElement.scrollWidth")
            found += [f"{where}: {width} wide"] if width > viewport["width"] else []
        return found

    def assert_quiet(self):
        """Nothing was forbidden by the content policy, and the browser complained of nothing."""
        self.assertEqual(self.page.evaluate("window.violations"), [])
        self.assertEqual(self.said, [])
