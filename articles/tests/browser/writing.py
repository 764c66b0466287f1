"""Tests that write in the form of an article."""

from django.contrib.auth.models import User

from articles.models import Article, Edition
from articles.tests import make
from articles.tests.browser.chromium import BrowserTestCase


class WritingTestCase(BrowserTestCase):
    """A test with `self.text`, the editor of `self.article`, once that is open."""

    def setUp(self):
        super().setUp()
        self.editor = User.objects.create_superuser("editor")
        self.sign_in(self.editor)

    def open(self, text: str, **written):
        """Make an article with this body and open its form."""
        self.article = make.article(body=text, **written)
        self.go(f"/admin/articles/article/{self.article.pk}/change/")
        self.text = self.page.locator(".tiptap")
        self.text.wait_for()

    def save(self) -> Edition:
        """Save, and return the edition as it was stored."""
        self.assert_quiet()
        with self.page.expect_navigation():
            self.page.locator("[name=_continue]").click()
        self.text.wait_for()
        self.assert_quiet()
        return Article.objects.get(pk=self.article.pk).working
