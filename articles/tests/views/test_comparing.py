"""The page that lays a copy, or an earlier edition, beside the text."""

import time
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.test import TestCase

from articles.actions import capturing, storing
from articles.models import Article, Witness
from articles.tests import make
from articles.tests.actions.test_rereading import PAGE


class CompareCase(TestCase):
    def setUp(self):
        cache.clear()

    def get(self, article, query="", status=200):
        response = self.client.get(f"/en/articles/{article.pk}/compare/{query}")
        self.assertEqual(response.status_code, status)
        return response


class CopyTests(CompareCase):
    @classmethod
    def setUpTestData(cls):
        taken = capturing.take_in(capturing.Page(PAGE.encode(), "private-name-of-file.html")).article
        body = Article.objects.get(pk=taken.pk).current.body_html
        cls.article = make.revised(Article.objects.get(pk=taken.pk), body.replace("墙上,", "墙上，"))
        cls.copy = cls.article.witnesses.get()
        cls.source = make.source("旧门户", standing="hijacked")
        other = PAGE.replace("预算", "决算").encode()
        capture = storing.store(
            other, media_type="text/html", address="https://old.example/b", file_name="other-private.html"
        )
        cls.other = make.witness(
            cls.article, cls.source, capture=capture, kind="reprint", address="https://old.example/b"
        )
        unjudged = storing.store(PAGE.replace("会计", "出纳").encode(), media_type="text/html")
        cls.unjudged = make.witness(cls.article, capture=unjudged)

    def test_it_opens_with_the_copy_the_text_was_made_of(self):
        response = self.get(self.article)
        self.assertContains(response, '<del class=""><span class="visually-hidden">[deleted] </span>,</del>')
        self.assertContains(response, '<ins class=""><span class="visually-hidden">[inserted] </span>，</ins>')
        self.assertContains(response, f'<option value="c{self.copy.pk}" selected>')

    def test_it_shows_only_what_differs_unless_all_is_asked_for(self):
        self.assertNotContains(self.get(self.article), "有人问修路的钱")
        self.assertContains(self.get(self.article, "?all=1"), "有人问修路的钱", count=2)

    def test_a_copy_of_a_hijacked_outlet_is_named_and_not_linked(self):
        response = self.get(self.article, f"?copy={self.other.pk}")
        self.assertContains(response, "旧门户")
        self.assertContains(response, ">决</del>")
        self.assertNotContains(response, "old.example")

    def test_names_of_files_stay_in_the_house(self):
        for query in ("", f"?copy={self.other.pk}"):
            self.assertNotContains(self.get(self.article, query), "private")

    def test_a_copy_that_nobody_has_judged_is_not_shown(self):
        self.assertNotContains(self.get(self.article), f"c{self.unjudged.pk}")
        self.get(self.article, f"?copy={self.unjudged.pk}", status=404)

    def test_a_copy_of_another_article_is_not_found(self):
        another = make.article("另一篇", published=True)
        self.get(another, f"?copy={self.copy.pk}", status=404)

    def test_bytes_that_are_gone_are_said_in_words(self):
        Path(settings.MEDIA_ROOT, self.copy.capture.path).unlink()
        self.assertContains(self.get(self.article), "can no longer be read")

    def test_what_is_too_long_is_said(self):
        long = make.revised(self.article, "字" * 60_001)
        self.assertContains(self.get(long), "too long to be compared")

    def test_the_other_script_counts_as_the_same(self):
        capture = storing.store(
            "議事會把預算貼在村頭，每一筆都寫明用處。\n\n有不清楚的地方，當場就可以問。".encode(),
            media_type="text/plain",
        )
        article = make.article(published=True)
        make.witness(article, capture=capture, kind="reprint")
        response = self.get(article)
        self.assertContains(response, "different scripts")
        self.assertContains(response, ">頭</del>")
        self.assertContains(response, ">口</ins>")
        self.assertContains(response, "議事會把預算貼在村")

    def test_it_asks_no_more_however_many_copies_there_are(self):
        self.client.get("/")  # which remembers what the site is called
        with self.assertNumQueries(5):
            self.get(self.article)
        for number in range(10):
            capture = storing.store(f"<p>{number}</p>".encode(), media_type="text/html")
            make.witness(self.article, self.source, capture=capture, kind="reprint")
        with self.assertNumQueries(5):
            self.get(self.article)

    def test_the_article_page_says_how_each_copy_differs_once_it_was_compared(self):
        address = f"/en{self.article.get_absolute_url()}"
        self.assertNotContains(self.client.get(address), "words differ")
        self.get(self.article, f"?copy={self.other.pk}")
        self.assertContains(self.client.get(address), "words differ")
        self.assertContains(self.client.get(address), f'compare/?copy={self.other.pk}" rel="nofollow"')

    def test_an_excerpt_lacks_parts_without_any_comparison(self):
        Witness.objects.filter(pk=self.other.pk).update(kind="excerpt")
        self.assertContains(self.client.get(f"/en{self.article.get_absolute_url()}"), "parts are missing")


class EditionTests(CompareCase):
    @classmethod
    def setUpTestData(cls):
        article = make.article("旧题", "议事会把预算贴在村口。\n第二段。", published=True, notes="旧注。")
        article = make.revised(article, "议事会把决算贴在村口。\n第二段。", title="新题", notes="新注。")
        cls.article = make.revised(article, "议事会把决算贴在墙上。\n第二段。")

    def test_it_opens_with_the_newest_edition_beside_the_one_before(self):
        response = self.get(self.article)
        self.assertContains(response, ">村口</del>")
        self.assertContains(response, ">墙上</ins>")

    def test_any_two_editions_can_be_compared_with_titles_and_notes(self):
        response = self.get(self.article, "?left=e1&right=e2")
        for words in (">旧</del>", ">新</ins>", ">预</del>", ">决</ins>"):
            self.assertContains(response, words)
        self.assertContains(response, ">旧</del>", count=2)
        self.assertContains(response, f'href="/en/articles/{self.article.pk}/editions/2/#p1"')

    def test_an_edition_that_is_not_numbered_is_not_found(self):
        make.editing.revise(self.article, version=self.article.version, by=None, title="未发布的题")
        self.assertNotContains(self.get(self.article), "未发布")
        self.get(self.article, "?left=e4", status=404)

    def test_the_article_page_leads_to_each_comparison(self):
        response = self.client.get(self.article.get_absolute_url())
        address = f"/articles/{self.article.pk}/compare/"
        self.assertContains(response, f'<a href="{address}" rel="nofollow">')
        self.assertContains(response, f'<a href="{address}?left=e2&amp;right=e3" rel="nofollow" class="pair">')
        self.assertNotContains(response, "left=e0")

    def test_one_edition_alone_has_nothing_beside_it(self):
        alone = make.article("一版", published=True)
        self.assertContains(self.get(alone), "nothing to compare")
        self.assertNotContains(self.client.get(alone.get_absolute_url()), "/compare/")

    def test_nothing_that_is_asked_for_breaks_it(self):
        for asked in ("\0", "9" * 5_000, "\ud800", "文" * 60_000, "e", "c", "e-1", "e1e1", "all"):
            for name in ("left", "right", "copy"):
                with self.subTest(name=name, asked=asked[:9]):
                    address = f"/articles/{self.article.pk}/compare/"
                    response = self.client.get(address, {name: asked.encode("utf-8", "surrogatepass")})
                    self.assertEqual(response.status_code, 404)

    def test_drafts_are_not_found_and_withdrawn_articles_are_gone(self):
        self.get(make.article("草稿"), status=404)
        self.get(make.withdrawn(make.article("撤下的", published=True)), status=410)

    def test_ten_thousand_characters_take_no_second(self):
        lines = [
            f"第{number}段，议事会把预算贴在村口，每一笔都写明用处，有不清楚的当场就可以问。" * 3
            for number in range(100)
        ]
        long = make.article("长文", "\n".join(lines), published=True)
        long = make.revised(long, "\n".join(line.replace("预算", "决算", 1).replace("村口", "墙上") for line in lines))
        begin = time.process_time()
        self.assertContains(self.get(long), "<del")
        self.assertLess(time.process_time() - begin, 1)
