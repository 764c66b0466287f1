"""Whole pages, written by us in the layouts that Chinese sites use."""

import json
from pathlib import Path

from django.test import SimpleTestCase

from articles import intake

PAGES = Path(__file__).parent.parent / "pages"
TRUTH = json.loads((PAGES / "truth.json").read_text("utf-8"))
PARAGRAPH = "<p>村里把每一笔账都贴在村口，谁都可以看，也可以问，问了就要有人答复。</p>"


def read(body: str, title: str = "村务公开怎么做") -> intake.Draft:
    return intake.read(f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode())


class PageTests(SimpleTestCase):
    def test_it_reads_what_each_page_says(self):
        for truth in TRUTH:
            draft = intake.read((PAGES / truth["page"]).read_bytes())
            found = {
                "authors": [author.name for author in draft.authors],
                "headings": draft.headings,
                **{
                    name: getattr(draft, name)
                    for name in truth.keys() - {"page", "authors", "headings", "starts", "ends"}
                },
            }
            for name, value in found.items():
                with self.subTest(page=truth["page"], field=name):
                    self.assertEqual(value, truth[name])

    def test_it_keeps_the_article_and_nothing_around_it(self):
        for truth in TRUTH:
            with self.subTest(page=truth["page"]):
                text = intake.read((PAGES / truth["page"]).read_bytes()).body_text
                self.assertTrue(text.startswith(truth["starts"]), text[:40])
                self.assertTrue(text.endswith(truth["ends"]), text[-40:])

    def test_it_reads_the_same_page_in_the_encodings_of_old_sites(self):
        text = (PAGES / "old_table.html").read_text("utf-8")
        for encoding in ("gb18030", "gbk", "utf-16"):
            with self.subTest(encoding=encoding):
                self.assertEqual(intake.read(text.encode(encoding)).title, "议事会里的第三把椅子")

    def test_it_lists_the_characters_it_took_out(self):
        draft = intake.read((PAGES / "government.html").read_bytes())
        self.assertEqual([(each.code, each.applied) for each in draft.findings], [("private_use", True)])
        self.assertNotIn("\ue62a", draft.body_html)

    def test_it_takes_the_address_it_is_given_before_that_of_the_page(self):
        data = (PAGES / "government.html").read_bytes()
        self.assertEqual(intake.read(data, url="https://mirror.example/1").url, "https://mirror.example/1")


class BodyTests(SimpleTestCase):
    def test_it_makes_breaks_paragraphs(self):
        lines = [
            "第一笔账是修水渠的，请了八个工。",
            "第二笔账是买水泥的，用了三十包。",
            "第三笔账还没有人来报，先空着。",
        ]
        self.assertEqual(read("<div>" + "<br>　　".join(lines * 3) + "</div>").body_text.splitlines()[:3], lines)

    def test_it_finds_the_article_wherever_a_page_puts_it(self):
        for layout in (
            f"<ul>{PARAGRAPH.replace('p>', 'li>') * 8}</ul>",
            f"<form id='aspnet'><div>{PARAGRAPH * 8}</div></form>",
            f"<aside class='sidebar'>{PARAGRAPH * 8}</aside>",
            f"<div class='footer-wrap'>{PARAGRAPH * 8}</div>",
            f"<div><div>{PARAGRAPH}</div></div>" * 8,
            f"<table><tr><td>{PARAGRAPH.replace('p>', 'font>') * 8}</td></tr></table>",
        ):
            top = "<ul><li><a href='/'>首页</a></li></ul><h1>村务公开怎么做</h1><p>2019-03-05 来源：江城日报</p>"
            below = "<div>相关阅读</div><ul><li><a href='1'>别处的题目</a></li></ul><div>版权所有 江城网</div>"
            with self.subTest(layout=layout[:40]):
                draft = read(top + layout + below)
                self.assertEqual(draft.body_text.count("谁都可以看"), 8)
                self.assertNotIn("相关阅读", draft.body_text)
                self.assertEqual((draft.published, draft.original_source), ("2019-03-05", "江城日报"))

    def test_it_reads_lines_of_preformatted_text(self):
        lines = ["　　第一笔账是修水渠的，请了八个工。", "　　第二笔账是买水泥的，用了三十包。"] * 4
        self.assertEqual(len(read("<pre>" + "\n".join(lines) + "</pre>").body_text.splitlines()), 8)

    def test_it_keeps_a_table_of_the_text(self):
        rows = "".join(f"<tr><td>{item}</td><td>{sum_}元</td></tr>" for item, sum_ in (("水泥", 900), ("人工", 1600)))
        self.assertIn(
            "<td>1600元</td>", read(f"<div>{PARAGRAPH * 5}<table>{rows}</table>{PARAGRAPH * 5}</div>").body_html
        )

    def test_it_resolves_links_and_drops_those_that_lead_nowhere(self):
        links = '<a href="/a.html">明细</a>和<a href="javascript:alert(1)">按钮</a>和<a href="http://[bad">坏链</a>'
        article = f"<div>{PARAGRAPH * 5}<p>账目的{links}都在这里，一共三处。</p>{PARAGRAPH}</div>"
        page = f"<html><body><h1>村务公开怎么做</h1>{article}</body></html>"
        draft = intake.read(page.encode(), url="https://village.example/n/1.html")
        self.assertIn('<a href="https://village.example/a.html">明细</a>', draft.body_html)
        self.assertNotIn("javascript", draft.body_html)
        self.assertNotIn("[bad", draft.body_html)

    def test_it_takes_out_readings_that_a_mirror_put_in(self):
        draft = read(
            "<div>"
            + "<p>群眾路線是發(fā)展的路線，發(fā)展要聯(lián)系群眾，聯(lián)系就要走下去聽。</p>" * 5
            + "</div>"
        )
        self.assertNotIn("(", draft.body_text)
        self.assertEqual({each.code for each in draft.findings if each.applied}, {"inserted_pinyin"})
        self.assertEqual(draft.script, "hant")

    def test_it_notices_a_page_that_shows_a_part_only(self):
        self.assertTrue(read(f"<div>{PARAGRAPH * 6}</div><div>省略834字，正式会员可完整阅读</div>").truncated)
        self.assertFalse(read(f"<div>{PARAGRAPH * 6}</div>").truncated)


class JournalTests(SimpleTestCase):
    def test_it_reads_an_article_of_a_journal(self):
        head = (
            "<title>小账本与大道理 - 江城评论</title><meta name='citation_journal_title' content='江城评论'>"
            "<meta name='citation_date' content='2018-08-23'><meta name='citation_year' content='2018'>"
        )
        top = (
            "<h1>小账本与大道理</h1><p class='authors'>温小舟<sup>1</sup>　柳长青<sup>2</sup>"
            "<br>（1.江城大学；2.青石县委党校）</p><p><b>【摘要】</b>账目怎样才算公开，有三个说法。</p>"
        )
        article = f"<article>{top}<div>{PARAGRAPH * 8}</div></article>"
        draft = intake.read(f"<html><head>{head}</head><body>{article}</body></html>".encode())
        self.assertEqual(
            [(author.name, author.affiliation) for author in draft.authors],
            [("温小舟", "江城大学"), ("柳长青", "青石县委党校")],
        )
        self.assertEqual((draft.original_source, draft.published), ("江城评论", "2018"))
        self.assertTrue(draft.body_text.startswith("【摘要】"))


class HijackedTests(SimpleTestCase):
    def test_the_heading_is_the_title_and_the_advertised_name_no_site(self):
        top = "<div>欢迎访问某某娱乐网址</div><h2>把账本贴在村口</h2><div>2019-03-05 09:12</div>"
        draft = read(f"{top}<div>{PARAGRAPH * 8}</div>", title="欢迎访问某某娱乐网址_注册送好礼_某某官网")
        self.assertEqual((draft.title, draft.site), ("把账本贴在村口", ""))
        self.assertIn("suspect_site", [finding.code for finding in draft.findings])


class SignedTests(SimpleTestCase):
    def test_the_byline_is_kept_beside_the_text(self):
        for opening, closing in (("<p>□ 本报记者 温小舟</p>", ""), ("", "<p>（温小舟，退休统计工作者）</p>")):
            with self.subTest(opening=opening, closing=closing):
                draft = read(f"<h1>村务公开怎么做</h1><div>{opening}{PARAGRAPH * 8}{closing}</div>")
                self.assertEqual([author.name for author in draft.authors], ["温小舟"])
                self.assertNotIn("温小舟", draft.body_text)


class RefusalTests(SimpleTestCase):
    def refused(self, page: str) -> str:
        with self.assertRaises(intake.Unreadable) as caught:
            intake.read(page.encode())
        return str(caught.exception)

    def test_it_refuses_a_page_deeper_than_the_parser_can_keep(self):
        for depth in (250, 20_000):
            with self.subTest(depth=depth):
                page = "<html><body>" + "<div>" * depth + PARAGRAPH * 9
                self.assertEqual(self.refused(page), "The page is nested deeper than 200 levels.")

    def test_it_keeps_everything_of_a_page_that_is_merely_deep(self):
        inner = "<div>" * 150 + PARAGRAPH * 5 + "</div>" * 150 + PARAGRAPH * 5
        self.assertEqual(read(inner).body_text.count("谁都可以看"), 10)

    def test_it_refuses_a_page_without_an_article(self):
        links = "<ul>" + '<li><a href="/">首页</a></li>' * 40 + "</ul>"
        for page in (
            f"<html><body>{links}</body></html>",
            "<html><frameset><frame src='a'></frameset></html>",
            "<html></html>",
        ):
            with self.subTest(page=page[:40]):
                self.assertIn("No article", self.refused(page))

    def test_it_refuses_more_tags_than_it_can_read_in_time(self):
        for piece in ("<br>", "<a href='/'>首页</a>", "<div><span>账</span></div>", "<"):
            with self.subTest(piece=piece):
                self.assertEqual(self.refused("<html><body>" + piece * 30_000), "The page has more than 30,000 tags.")

    def test_it_refuses_more_than_the_library_holds(self):
        for times, reason in ((400_000, "longer than 5 MB"), (1_100_000, "more than 5 million characters")):
            with self.subTest(times=times):
                self.assertIn(reason, self.refused(f"<html><body><p>{'账目公开。' * times}</p></body></html>"))

    def test_it_never_hands_over_a_title_longer_than_the_library_holds(self):
        draft = read(f"<div>{PARAGRAPH * 6}</div>", title="账" * 400)
        self.assertEqual(draft.title, "")
        self.assertIn("long_title", [each.code for each in draft.findings])

    def test_it_passes_over_a_date_that_does_not_exist(self):
        top = "<h1>村务公开怎么做</h1><p>发布时间：2019年2月30日</p>"
        draft = read(f"{top}<div>{PARAGRAPH * 6}</div>")
        self.assertIsNone(draft.published)
        doubts = [
            (each.severity, each.found, each.suggestion) for each in draft.findings if each.code == "impossible_date"
        ]
        self.assertEqual(doubts, [("warning", "2019年2月30日", None)])
        self.assertEqual(read(f"{top}<p>更新时间：2019年3月1日</p><div>{PARAGRAPH * 6}</div>").published, "2019-03-01")
