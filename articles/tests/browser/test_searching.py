"""Searching as one types, in a real browser; without script the button does the same."""

from articles.tests import make
from articles.tests.browser.chromium import BrowserTestCase


class SearchTests(BrowserTestCase):
    def test_results_come_while_words_are_typed(self):
        make.article("预算贴在村口", published=True)
        self.go("/zh-hant/search/")
        self.page.fill("#q", "预算")
        hit = self.page.locator(".hits .entry")
        hit.wait_for()
        self.assertEqual(hit.inner_text().strip(), "預算貼在村口")
        self.assertEqual(self.page.locator("[role=status]").inner_text(), "1篇文章")
        self.page.fill("#q", "没有这样的话")
        hit.wait_for(state="detached")
        self.assertIn("q=%E6%B2%A1%E6%9C%89", self.page.url)
        self.page.click(".search-form button")
        self.page.locator(".result-count", has_text="0").wait_for()
        self.assert_quiet()
