"""The editor's main job, from a damaged copy on disk to a page that readers print."""

import subprocess
from pathlib import Path

from django.contrib.auth.models import User

from articles.models import Article
from articles.tests.browser.chromium import DESKTOP, PHONE, BrowserTestCase

CAPTURES = Path(__file__).resolve().parents[2] / "fixtures" / "demo" / "captures"
# A dump, a page, and two copies of one work.
DAMAGED = ("04c-wenku.txt", "24a-daily.html", "08a-daily-2020.html", "08b-gongwen.txt")
PASSWORD = "a long password for this test"


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF without its spaces; pdftotext comes with poppler-utils, which `make test` installs."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


class WholeWayTests(BrowserTestCase):
    def test_a_damaged_copy_is_brought_in_published_read_in_three_languages_and_printed(self):
        User.objects.create_superuser("editor", password=PASSWORD)
        self.log_in()
        self.bring_in()
        article = Article.objects.get(witnesses__capture__file_name="24a-daily.html")
        self.publish(article)
        self.read(Article.objects.published().get())
        self.print(article)
        self.assert_quiet()

    def log_in(self):
        self.go("/admin/")
        self.page.fill("[name=username]", "editor")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("[type=submit]")
        self.page.locator("#user-tools").wait_for()

    def bring_in(self):
        self.go("/admin/articles/article/bring-in/")
        self.page.set_input_files("[name=files]", [CAPTURES / name for name in DAMAGED])
        self.page.click(".submit-row [type=submit]")
        self.page.locator(".report").wait_for()
        lines = self.page.locator(".report li").all_inner_texts()
        self.assertEqual([line.partition(":")[0] for line in lines], list(DAMAGED))
        self.assertEqual(Article.objects.count(), 3)
        self.assertEqual(Article.objects.get(witnesses__capture__file_name="08b-gongwen.txt").witnesses.count(), 2)

    def publish(self, article):
        self.go(f"/admin/articles/article/{article.pk}/change/")
        self.page.locator(".tiptap").wait_for()
        self.page.click("[name=_publish]")
        self.page.click(".submit-row [type=submit]")
        self.page.locator(".messagelist .success").wait_for()
        article.refresh_from_db()
        self.assertEqual((article.status, article.live.number), (Article.Status.PUBLISHED, 1))

    def read(self, article):
        words = {"": ("zh-Hans", "来源与版本"), "/zh-hant": ("zh-Hant", "來源與版本"), "/en": ("en", "Source")}
        for prefix, (language, word) in words.items():
            for viewport in (PHONE, DESKTOP):
                with self.subTest(language=language, width=viewport["width"]):
                    self.page.set_viewport_size(viewport)
                    self.go(f"{prefix}/articles/{article.pk}/")
                    self.assertEqual(self.page.locator("html").get_attribute("lang"), language)
                    self.assertIn(word, self.page.locator("main").inner_text())
                    wide = self.page.evaluate("document.documentElement.scrollWidth")
                    self.assertEqual(wide, viewport["width"])
        self.page.get_by_role("link", name="简体").click()
        self.assertEqual(self.page.locator("h1").inner_text(), article.title)

    def print(self, article):
        self.go(f"/articles/{article.pk}/")
        printed = words_of(self.page.pdf(format="A4"))
        self.assertIn(article.title, printed)
        self.assertIn(f"/articles/{article.pk}/", printed)
        self.assertNotIn("English", printed)
