"""Files to take away: one article in four formats, a theme as one book."""

from unittest.mock import patch
from urllib.parse import quote

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.exports import themes
from articles.intake.readers import docx_pages
from articles.models import Site
from articles.tests import make
from articles.tests.exports import epubs, specimen

MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8; variant=CommonMark",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
}


def bytes_of(response):
    return b"".join(response.streaming_content)


class ArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.picture = specimen.picture()
        cls.edition = specimen.edition("账本上墙：一年之后", cls.picture)
        cls.path = f"/articles/{cls.edition.article_id}"

    def test_each_format_is_a_file_of_its_kind_named_by_the_title(self):
        for suffix, media_type in MEDIA_TYPES.items():
            with self.subTest(suffix=suffix):
                response = self.client.get(f"{self.path}.{suffix}")
                self.assertEqual((response.status_code, response["Content-Type"]), (200, media_type))
                name = quote(f"账本上墙：一年之后-{self.edition.article_id}-1.{suffix}")
                self.assertEqual(response["Content-Disposition"], f"attachment; filename*=utf-8''{name}")
                self.assertEqual(int(response["Content-Length"]), len(bytes_of(response)))
                self.assertIn("max-age=0", response["Cache-Control"])

    def test_the_language_of_the_address_is_that_of_the_file(self):
        for prefix, words in (("", "议事会把预算"), ("/zh-hant", "議事會把預算"), ("/en", "First appeared")):
            with self.subTest(prefix=prefix):
                self.assertIn(words, bytes_of(self.client.get(f"{prefix}{self.path}.txt")).decode())

    def test_who_has_the_same_file_gets_no_other(self):
        for suffix in MEDIA_TYPES:
            response = self.client.get(f"{self.path}.{suffix}")
            bytes_of(response)
            again = self.client.get(f"{self.path}.{suffix}", headers={"If-None-Match": response["ETag"]})
            with self.subTest(suffix=suffix):
                self.assertEqual((again.status_code, again["ETag"]), (304, response["ETag"]))
                other = self.client.get(f"/zh-hant{self.path}.{suffix}", headers={"If-None-Match": response["ETag"]})
                self.assertEqual(other.status_code, 200)
                bytes_of(other)

    def test_an_edition_keeps_its_file_beside_the_newer_one(self):
        make.revised(self.edition.article, "又写了一句。")
        old = bytes_of(self.client.get(f"{self.path}/editions/1.txt")).decode()
        self.assertIn("议事会把预算", old)
        self.assertIn(f"http://testserver{self.path}/editions/1/", old)
        self.assertIn("又写了一句。", bytes_of(self.client.get(f"{self.path}.txt")).decode())
        self.assertEqual(epubs.faults(bytes_of(self.client.get(f"{self.path}/editions/2.epub"))), [])

    def test_every_format_says_that_it_is_a_demonstration_where_it_is_from_and_what_the_rights_are(self):
        address = f"http://testserver{self.path}/editions/1/"
        files = {suffix: bytes_of(self.client.get(f"{self.path}.{suffix}")) for suffix in MEDIA_TYPES}
        texts = {
            "txt": files["txt"].decode(),
            "md": files["md"].decode(),
            "docx": docx_pages.read(files["docx"])["html"],
            "epub": epubs.Opened(files["epub"]).named("article-1.xhtml"),
        }
        for suffix, text in texts.items():
            for words in ("示范内容", "青禾日报", address, "[N/OL]", "daily.example", "注明出处即可引用"):
                with self.subTest(suffix=suffix, words=words):
                    self.assertIn(words, text)

    def test_a_book_names_the_library_as_its_keepers_do(self):
        Site.objects.update_or_create(pk=Site.ONLY, defaults={"name": "青禾文库"})
        cache.clear()
        self.addCleanup(cache.clear)
        book = epubs.Opened(bytes_of(self.client.get(f"/zh-hant{self.path}.epub")))
        self.assertIn("<dc:publisher>青禾文庫</dc:publisher>", book.named("package.opf"))
        self.assertIn("青禾文庫", book.named("cover.svg"))

    def test_what_readers_may_not_read_cannot_be_taken(self):
        draft = make.article("草稿")
        gone = make.withdrawn(make.article("撤回的", published=True))
        for suffix in MEDIA_TYPES:
            with self.subTest(suffix=suffix):
                self.assertEqual(self.client.get(f"/articles/{draft.pk}.{suffix}").status_code, 404)
                self.assertEqual(self.client.get(f"/articles/{gone.pk}.{suffix}").status_code, 410)
                self.assertEqual(self.client.get(f"/articles/{gone.pk}/editions/1.{suffix}").status_code, 410)
        for path in (".pdf", "/editions/9.txt", ".txt/", ".TXT", ".epub.txt"):
            self.assertEqual(self.client.get(f"{self.path}{path}").status_code, 404)

    def test_it_asks_no_more_for_more_of_everything(self):
        for number in range(3):
            make.witness(self.edition.article, make.source(f"来源{number}"), kind="reprint")
        self.client.get("/")  # which remembers what the rights statement is
        for suffix in MEDIA_TYPES:
            with self.subTest(suffix=suffix), self.assertNumQueries(6):
                bytes_of(self.client.get(f"{self.path}.{suffix}"))

    def test_the_page_of_the_article_leads_to_them(self):
        page = self.client.get(f"{self.path}/")
        for suffix in MEDIA_TYPES:
            self.assertContains(page, f'href="{self.path}.{suffix}"')
        page = self.client.get(f"/en{self.path}/editions/1/")
        self.assertContains(page, f'href="/en{self.path}/editions/1.epub"')


class ThemeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = make.theme("公开的账本", introduction="从一面墙说起。\n\n再说一本账。", is_demonstration=True)
        cls.path = f"/themes/{quote(cls.theme.slug)}"
        for number in range(3):
            make.article(f"第{number}篇", published=True, theme=cls.theme, reason=f"理由{number}。", notes="一注")
        make.article("不该看见的草稿", theme=cls.theme)

    def book(self, prefix=""):
        data = bytes_of(self.client.get(f"{prefix}{self.path}.epub"))
        self.assertEqual(epubs.faults(data), [])
        return epubs.Opened(data)

    def test_it_holds_what_is_placed_there_in_order_with_the_reasons(self):
        book = self.book()
        for number in range(3):
            page = book.named(f"article-{number + 1}.xhtml")
            self.assertIn(f"<h1>第{number}篇</h1>", page)
            self.assertIn(f"理由{number}。", page)
        introduction = book.named("theme.xhtml")
        for words in ("从一面墙说起。", "再说一本账。", "示范内容"):
            self.assertIn(words, introduction)
        self.assertNotIn("不该看见的草稿", " ".join(data.decode("utf-8", "ignore") for data in book.files.values()))
        self.assertIn("theme.xhtml", book.named("nav.xhtml"))
        self.assertIn("賬本", self.book("/zh-hant").named("theme.xhtml"))

    def test_it_asks_no_more_for_more_articles(self):
        self.client.get("/")  # which remembers what the rights statement is
        with CaptureQueriesContext(connection) as few:
            bytes_of(self.client.get(f"{self.path}.epub"))
        for number in range(3, 9):
            make.article(f"第{number}篇", specimen.body(), published=True, theme=self.theme, authors=(f"甲{number}",))
        with CaptureQueriesContext(connection) as many:
            bytes_of(self.client.get(f"{self.path}.epub"))
        self.assertEqual(len(few), len(many))
        self.assertLessEqual(len(many), 8)

    def test_what_is_too_much_for_a_book_says_so(self):
        for limit in ("MOST_ARTICLES", "MOST_CHARACTERS"):
            with self.subTest(limit=limit), patch.object(themes, limit, 2):
                page = self.client.get(f"{self.path}.epub")
                self.assertContains(page, f'href="{self.path}/"', status_code=403)

    def test_a_theme_without_articles_is_no_book(self):
        empty = make.theme("空的")
        self.assertEqual(self.client.get(f"/themes/{quote(empty.slug)}.epub").status_code, 404)
        self.assertEqual(self.client.get("/themes/nothing.epub").status_code, 404)
        self.assertNotContains(self.client.get(f"/themes/{quote(empty.slug)}/"), ".epub")

    def test_the_page_of_the_theme_leads_to_it(self):
        self.assertContains(self.client.get(f"{self.path}/"), f'href="{self.path}.epub"')
        self.assertContains(self.client.get(f"/en{self.path}/"), f'href="/en{self.path}.epub"')
