from django.test import SimpleTestCase

from articles.intake import pager
from articles.intake.readers import html_page

FIRST = "http://news.example.cn/2013/1021/t2013_123.html"
FIELD = "<p>村里的账目贴在墙上，每一笔都写明用处。</p>"


def further(links: str, first: str = FIRST, at: str = "") -> dict[int, str]:
    text = f"<html><body>{FIELD}{links}</body></html>"
    return pager.further(html_page.parse(text), text, at or first, first)


class FurtherTests(SimpleTestCase):
    def test_it_knows_the_words_of_pagers(self):
        for words in (
            "下一页",
            "下页",
            "下一頁",
            "[下一页]",
            "下一页 >",
            "下一页>>",
            "后一页",
            "Next",
            "next page »",
            ">",
            "»",
        ):
            with self.subTest(words=words):
                self.assertEqual(list(further(f'<a href="t2013_123_2.html">{words}</a>')), [2])

    def test_it_knows_the_numbers_of_pagers(self):
        links = "".join(f'<a href="t2013_123_{n}.html">{label}</a>' for n, label in enumerate(("[2]", "3", "第4页"), 2))
        self.assertEqual(sorted(further(links)), [2, 3, 4])

    def test_the_next_article_is_no_further_page(self):
        for words in ("下一篇", "下一篇：账本搬到村口", "下一条", "下一则", "上一页", "上页", "更多", "2013"):
            with self.subTest(words=words):
                self.assertEqual(further(f'<a href="t2013_123_2.html">{words}</a>'), {})

    def test_the_address_differs_in_its_page_number_only(self):
        same = {
            "t2013_123_2.html": FIRST,
            "c1-2.html": "http://a.cn/n1/2019/0305/c1.html",
            "09BN_2.html": "http://a.cn/13/1021/09/09BN.html",
            "index_1.htm": "http://a.cn/zwgk/",
            "./index_1.htm": "http://a.cn/zwgk/index.htm",
            "/a/123/2/": "http://a.cn/a/123/",
            "/a/123/2": "http://a.cn/a/123",
            "/a/123/2.html": "http://a.cn/a/123.html",
            "?id=7&page=2": "http://a.cn/show.asp?id=7",
            "?page=2&id=7": "http://a.cn/show.asp?page=1&id=7",
            "a_p3.html": "http://a.cn/a.html",
            "a_2.html": "http://a.cn/a_1.html",
            "http://a.cn:80/b-page-2.html#top": "http://a.cn:80/b.html",
        }
        for target, first in same.items():
            with self.subTest(target=target):
                self.assertEqual(len(further(f'<a href="{target}">下一页</a>', first)), 1)

    def test_another_article_or_another_site_is_none(self):
        other = {
            "7.html": "http://a.cn/6.html",
            "c1001-30957223.html": "http://a.cn/c1001-30957222.html",
            "20190305-13.html": "http://a.cn/20190305-12.html",
            "?id=8": "http://a.cn/show.asp?id=7",
            "?id=8&page=2": "http://a.cn/show.asp?id=7",
            "http://b.cn/a_2.html": "http://a.cn/a.html",
            "http://a.cn:8080/a_2.html": "http://a.cn/a.html",
            "/2019/04/": "http://a.cn/2019/03/",
            "javascript:next(2)": "http://a.cn/a.html",
            "http://[a_2.html": "http://a.cn/a.html",
            "": "http://a.cn/a.html",
            "a_99.html": "http://a.cn/a.html",
        }
        for target, first in other.items():
            with self.subTest(target=target):
                self.assertEqual(further(f'<a href="{target}">下一页</a>', first), {})

    def test_the_first_page_is_none_of_the_further_ones(self):
        links = '<a href="t2013_123.html">1</a><a href="t2013_123_1.html">2</a><a href="t2013_123_2.html">3</a>'
        self.assertEqual(sorted(further(links)), [1, 2])
        self.assertEqual(sorted(further('<a href="t2013_123_1.html">1</a><a href="t2013_123_2.html">2</a>')), [2])

    def test_it_reads_what_the_head_of_the_page_says(self):
        self.assertEqual(list(further('<link rel="next" href="t2013_123_2.html">')), [2])
        self.assertEqual(list(further("<a rel='next nofollow' href='t2013_123_2.html'>余下</a>")), [2])

    def test_it_reads_the_calls_that_content_systems_write(self):
        calls = {
            'createPageHTML(3, 0, "t2013_123", "html");': [1, 2],
            "createPageHTML('page_div',3, 1,'t2013_123','html',25);": [2, 3],
            "var currentPage = 0;//所在页从0开始\nvar countPage = 3//共多少页": [1, 2],
            'createPageHTML(1, 0, "t2013_123", "html");': [],
            'createPageHTML(3, 0, "index", "html");': [],
        }
        for call, numbers in calls.items():
            with self.subTest(call=call):
                self.assertEqual(sorted(further(f"<script>{call}</script>")), numbers)

    def test_a_count_beyond_reason_is_cut(self):
        self.assertEqual(
            len(further('<script>createPageHTML(999, 0, "t2013_123", "html");</script>')), pager.HIGHEST - 1
        )


class FirstTests(SimpleTestCase):
    def first_of(self, links: str, url: str) -> str:
        return pager.first_of(html_page.parse(f"<html><body>{FIELD}{links}</body></html>"), url)

    def test_a_further_page_leads_back_to_the_first(self):
        url = FIRST.replace(".html", "_3.html")
        for label in ("1", "[1]", "第1页", "首页", "第一页"):
            with self.subTest(label=label):
                links = f'<a href="/">首页</a><a href="{FIRST}">{label}</a><a href="t2013_123_2.html">2</a>'
                self.assertEqual(self.first_of(links, url), FIRST)
        self.assertEqual(
            self.first_of("<a href='?id=7'>上一页</a>", "http://a.cn/s.asp?id=7&page=2"), "http://a.cn/s.asp?id=7"
        )

    def test_the_first_page_and_another_article_lead_nowhere(self):
        self.assertEqual(self.first_of(f'<a href="{FIRST}">1</a>', FIRST), "")
        self.assertEqual(self.first_of('<a href="t2013_124.html">上一页</a>', FIRST), "")
        self.assertEqual(self.first_of('<a href="20190305-12.html">上一篇</a>', "http://a.cn/20190305-13.html"), "")
