"""The preview beside its choices: what the frame shows, and that no script is asked to run in it."""

import time

from articles.tests import make
from articles.tests.admin.people import person
from articles.tests.browser.chromium import BrowserTestCase

PATIENCE = 15  # seconds
# The frame runs no script, so the page around it is asked what stands in it; nothing, while it is on its way.
SEEN = """() => {
  const page = document.querySelector(".pane iframe").contentDocument
  return {
    title: page.querySelector("h1")?.innerText ?? "",
    look: page.documentElement?.className ?? "",
    width: page.documentElement?.clientWidth ?? 0,
    menu: page.querySelector("nav")?.getClientRects().length ?? 0,
    scripts: page.querySelectorAll("script[src]").length,
  }
}"""


class PreviewPaneTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.sign_in(person("publisher", is_superuser=True))
        article = make.article("账目贴上墙", "议事会把账目贴在村口。")
        self.go(f"/admin/articles/article/{article.pk}/previews/")
        self.page.locator(".pane iframe").scroll_into_view_if_needed()

    def until(self, **wanted):
        """Look at the frame until it shows what is wanted, and return all it shows."""
        end = time.monotonic() + PATIENCE
        while not wanted.items() <= (seen := self.page.evaluate(SEEN)).items():
            self.assertLess(time.monotonic(), end, seen)
            self.page.wait_for_timeout(50)
        return seen

    def test_it_is_shown_on_a_phone_in_the_dark_in_the_other_script(self):
        self.until(title="账目贴上墙", look="look-light")
        self.page.select_option("[name=width]", "phone")
        self.page.select_option("[name=look]", "dark")
        self.page.select_option("[name=script]", "hant")
        self.until(title="賬目貼上牆", look="look-dark", width=390, scripts=0)
        self.assert_quiet()

    def test_it_is_shown_on_paper(self):
        self.assertTrue(self.until(title="账目贴上墙")["menu"])
        self.page.select_option("[name=width]", "print")
        self.until(title="账目贴上墙", menu=0)
