"""The addresses that say how to cite, as a visitor and a program meet them."""

import json
from urllib.parse import quote

from django.test import TestCase
from django.utils import timezone

from articles.tests import make

HOSTILE = ["x", "0", "-1", "3", "1" * 5_000, "\x00", "1\r\nSet-Cookie: a", "１", "²", "9" * 60_000]


class CitingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.daily = make.source("青禾日报", kind="newspaper")
        cls.article = make.article(
            "账本上墙", published=True, authors=("示例作者甲",), original_source=cls.daily, is_demonstration=True
        )
        cls.first = f"/articles/{cls.article.pk}/editions/1/"
        cls.article = make.revised(cls.article, title="账本上墙（修订）")
        cls.path = f"/articles/{cls.article.pk}/"

    def test_an_article_is_cited_by_its_newest_edition_and_an_edition_by_itself(self):
        today = timezone.localdate().isoformat()
        said = self.client.get(f"{self.path}cite/gbt7714").content.decode()
        self.assertTrue(
            said.startswith(
                f"示例作者甲. 账本上墙（修订）[N/OL]. 青禾日报[{today}]. http://testserver{self.path}editions/2/. "
            )
        )
        self.assertContains(self.client.get(f"{self.first}cite/gbt7714"), f"账本上墙[N/OL]. 青禾日报[{today}]")

    def test_every_form_has_its_media_type_and_programs_get_a_file(self):
        for style, media_type, file in (
            ("gbt7714", "text/plain", None),
            ("plain", "text/plain", None),
            ("bibtex", "application/x-bibtex", "bib"),
            ("ris", "application/x-research-info-systems", "ris"),
            ("csl-json", "application/vnd.citationstyles.csl+json", "json"),
        ):
            for prefix in ("", "/zh-hant", "/en"):
                with self.subTest(style=style, prefix=prefix):
                    response = self.client.get(f"{prefix}{self.path}cite/{style}")
                    self.assertEqual(response["Content-Type"], f"{media_type}; charset=utf-8")
                    name = f'attachment; filename="wenmai-{self.article.pk}-2.{file}"'
                    self.assertEqual(response.get("Content-Disposition"), name if file else None)
                    self.assertIn("max-age=0", response["Cache-Control"])
                    self.assertTrue(response["ETag"])

    def test_a_paragraph_is_cited_by_its_number(self):
        (item,) = json.loads(self.client.get(f"{self.path}cite/csl-json?p=2").content)
        self.assertEqual(item["URL"], f"http://testserver{self.path}editions/2/#p2")
        page = self.client.get(f"{self.path}cite/", {"p": "2"})
        self.assertContains(page, "有不清楚的地方，当场就可以问。")
        self.assertContains(page, f'href="{self.path}cite/ris?p=2"')
        self.assertContains(page, f"http://testserver{self.path}editions/2/#p2")

    def test_a_paragraph_that_is_not_there_is_not_found(self):
        for asked in HOSTILE:
            with self.subTest(asked=asked[:20]):
                query = f"?p={quote(asked)}"
                self.assertEqual(self.client.get(f"{self.path}cite/ris{query}").status_code, 404)
                page = self.client.get(f"{self.path}cite/{query}")
                self.assertEqual(page.status_code, 404)
                self.assertContains(page, 'role="alert"', status_code=404)
        self.assertEqual(self.client.get(f"{self.path}cite/?p=%ff%ed%a0%80").status_code, 404)

    def test_the_page_shows_every_form_in_every_language(self):
        for prefix in ("", "/zh-hant", "/en"):
            with self.subTest(prefix=prefix):
                page = self.client.get(f"{prefix}{self.path}cite/")
                for words in ("[N/OL]", "@article{wenmai", "TY  - NEWS", "&quot;article-newspaper&quot;", "data-line"):
                    self.assertContains(page, words)
                self.assertContains(page, "noindex")

    def test_the_article_page_shows_lines_to_copy_and_leads_to_the_rest(self):
        page = self.client.get(self.path)
        self.assertContains(page, 'id="cite-gbt7714"')
        self.assertContains(page, 'data-line="cite-gbt7714"')
        self.assertContains(page, f'href="{self.path}cite/bibtex"')
        self.assertContains(self.client.get(self.first), f'href="{self.first}cite/bibtex"')
        self.assertContains(page, '<span role="status"></span>')

    def test_what_readers_may_not_read_cannot_be_cited(self):
        draft = make.article("草稿")
        gone = make.withdrawn(make.article("撤回的", published=True))
        for style in ("", "gbt7714", "ris"):
            with self.subTest(style=style):
                self.assertEqual(self.client.get(f"/articles/{draft.pk}/cite/{style}").status_code, 404)
                self.assertEqual(self.client.get(f"/articles/{gone.pk}/cite/{style}").status_code, 410)
                self.assertEqual(self.client.get(f"/articles/{gone.pk}/editions/1/cite/{style}").status_code, 410)
                self.assertEqual(self.client.get(f"{self.path}editions/3/cite/{style}").status_code, 404)
        self.assertEqual(self.client.get(f"{self.path}cite/mla").status_code, 404)

    def test_it_asks_two_questions_whoever_wrote_the_text(self):
        many = make.article("很多作者", published=True, authors=tuple(f"示例作者{n}" for n in range(9)))
        self.client.get("/")  # which remembers what the site is called
        for article in (self.article, many):
            for style in ("", "ris"):
                with self.subTest(article=article, style=style), self.assertNumQueries(2):
                    self.client.get(f"/articles/{article.pk}/cite/{style}")
