"""The article page with its repairs marked."""

import gzip

from django.test import TestCase

from articles.tests import make


class MarkedPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        article = make.article(body="不容忽视的账目。\n密切密切联系。")
        make.finding(
            article, "ocr_confusion", state="accepted", start=1, end=2, exact="容", suggestion="容", found="环"
        )
        make.finding(
            article, "doubled_phrase", state="open", block=1, start=0, end=4, exact="密切密切", found="密切密切"
        )
        make.finding(article, "mojibake", state="dismissed", start=3, end=4, exact="视", found="视")
        cls.article = make.publish(article)
        cls.path = f"/en{cls.article.get_absolute_url()}"

    def test_the_plain_page_marks_nothing_and_links_to_the_marks(self):
        response = self.client.get(self.path)
        self.assertNotContains(response, "emend")
        self.assertContains(response, f'<a href="{self.path}?marks=1" rel="nofollow">')

    def test_each_repair_is_marked_and_listed_with_links_both_ways(self):
        response = self.client.get(f"{self.path}?marks=1")
        self.assertContains(response, '<ins class="emend" id="m1" title="Before: “环”"><a href="#r1">')
        self.assertContains(response, '<a id="r1" href="#m1" aria-label="1, in paragraph 1">1</a>')
        self.assertContains(response, '<del lang="zh-Hans">环</del>')
        self.assertContains(response, '<mark class="doubt" id="m2"')
        self.assertContains(response, '<a id="r2" href="#m2" aria-label="2, in paragraph 2">2</a>')
        self.assertNotContains(response, 'id="m3"')

    def test_the_counts_are_those_of_the_plain_page(self):
        plain, marked = (self.client.get(path).context["changes"] for path in (self.path, f"{self.path}?marks=1"))
        self.assertEqual(list(map(dict, plain)), list(map(dict, marked)))

    def test_search_engines_keep_the_plain_page(self):
        response = self.client.get(f"{self.path}?marks=1")
        self.assertContains(response, '<meta name="robots" content="noindex">')
        plain = f"http://testserver{self.article.get_absolute_url()}"
        self.assertContains(response, f'<link rel="canonical" href="{plain}">')
        self.assertNotContains(self.client.get(self.path), "noindex")

    def test_an_edition_is_marked_at_its_own_address(self):
        response = self.client.get(f"{self.path}editions/1/?marks=1")
        self.assertContains(response, 'class="emend"')

    def test_whatever_else_is_asked_for_is_the_plain_page(self):
        for asked in ("", "2", "\0", "9" * 5_000, "\ud800", "文" * 60_000):
            with self.subTest(asked=asked[:9]):
                response = self.client.get(self.path, {"marks": asked.encode("utf-8", "surrogatepass")})
                self.assertNotContains(response, 'class="emend"')

    def test_marks_cost_no_query_and_many_of_them_little_room(self):
        article = make.article(body="\n".join(["账目贴在村口大家来看，" * 20] * 20))
        for number in range(300):
            start = number % 15 * 11
            make.finding(
                article,
                "punctuation_width",
                state="accepted",
                block=number // 15,
                start=start + 10,
                end=start + 11,
                exact="，",
                suggestion="，",
                found=",",
            )
        article = make.publish(article)
        self.client.get("/")  # which remembers what the site is called
        with self.assertNumQueries(6):
            response = self.client.get(f"{article.get_absolute_url()}?marks=1")
        self.assertContains(response, 'class="emend"', count=300 + 1)
        self.assertLess(len(gzip.compress(response.content)), 20 * 1024)
