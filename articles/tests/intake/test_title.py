"""What an HTML page's article is called."""

from django.test import SimpleTestCase

from articles.intake.metadata.title import Candidate, find_subtitle, find_title, place_of


def lines(*texts: str) -> list[Candidate]:
    """Lines with their element and mark before a bar: h1.headline|text."""
    made = []
    for place, text in enumerate(texts):
        where, _, shown = text.rpartition("|")
        element, _, mark = where.partition(".")
        made.append(Candidate(shown, element or "p", mark, place))
    return made


class TitleTests(SimpleTestCase):
    def test_it_is_the_longest_line_that_the_head_repeats(self):
        above = lines("江城网", "要闻", "h1|账目为什么要公开", "2013-10-21")
        self.assertEqual(find_title(above, "账目为什么要公开_要闻_江城网", {}).value, "账目为什么要公开")

    def test_the_heading_goes_before_a_title_about_something_else(self):
        above = lines("div|欢迎访问某某娱乐网址", "h2|把账本摊在桌上", "2013-10-21")
        head = "欢迎访问某某娱乐网址_注册送好礼"
        text = "村里把账本摊在祠堂的桌上，谁都可以翻，翻过的人签一个名。"
        self.assertEqual(find_title(above, head, {}, text).value, "把账本摊在桌上")
        self.assertEqual(find_title(above, head, {}, "欢迎访问的人多了，网址也换了。").value, "欢迎访问某某娱乐网址")

    def test_it_joins_a_title_that_a_break_parts(self):
        above = lines("h1|青石县三十二个村", "div|账目搬上公开栏", "2013-10-21")
        self.assertEqual(
            find_title(above, "青石县三十二个村账目搬上公开栏-江城网", {}).value, "青石县三十二个村账目搬上公开栏"
        )

    def test_it_reads_a_title_behind_the_name_of_the_site(self):
        self.assertEqual(
            find_title(lines("p|给新议员的建议"), "River Notes - 给新议员的建议", {}).value, "给新议员的建议"
        )

    def test_it_takes_the_heading_where_the_head_has_only_the_site(self):
        above = lines("div.site-title|江城网", "h2|账目为什么要公开", "2013-10-21")
        self.assertEqual(find_title(above, "", {}).value, "账目为什么要公开")
        self.assertEqual(find_title(above, "新闻动态--江城协会官网", {}).value, "账目为什么要公开")

    def test_it_cuts_the_site_from_the_head_where_nothing_else_is_left(self):
        for head in ("账目为什么要公开_要闻_江城网", "账目为什么要公开 - 江城网", "账目为什么要公开|江城日报"):
            with self.subTest(head=head):
                self.assertEqual(find_title([], head, {}).value, "账目为什么要公开")
        self.assertEqual(find_title([], "民声 | 账目为什么要公开，谁来看", {}).value, "民声 | 账目为什么要公开，谁来看")

    def test_it_drops_what_a_hijacked_site_set_before_it(self):
        above = lines("h2|[某某化妆品]账目为什么要公开", "p|原标题：账目为什么要公开")
        self.assertEqual(find_title(above, "[某某化妆品]账目为什么要公开-江城网", {}).value, "账目为什么要公开")

    def test_it_passes_over_what_is_too_long(self):
        self.assertEqual(
            find_title(lines("h1|" + "账" * 400), "账" * 400, {"og:title": "账目为什么要公开"}).value,
            "账目为什么要公开",
        )

    def test_it_stands_where_the_text_begins_and_not_at_the_top_of_the_page(self):
        above = lines("h1|账目为什么要公开", "首页", "div|账目为什么要公开", "2013-10-21")
        self.assertEqual(place_of(above, "账目为什么要公开", 4), 2)
        self.assertEqual(place_of(above, "没有这个题目", 4), -1)

    def test_it_reads_the_subtitle(self):
        above = lines("h1|账目为什么要公开", "p|——青石县的一年")
        self.assertEqual(find_subtitle(above, "账目为什么要公开", 2).value, "青石县的一年")
