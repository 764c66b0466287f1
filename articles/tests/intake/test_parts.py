from django.test import SimpleTestCase

from articles import body
from articles.intake import Unreadable, parts, read
from articles.intake.fetching import Fetched

FIRST = "http://news.example.cn/t1.html"
TITLE = "青石镇的账本"
PAGES = (
    (
        "村里的账本过去锁在会计的抽屉里，一年只拿出来一次，看得懂的人不多，敢开口问的人更少。",
        "去年春天，青石镇请每个村把预算写成一张大表，贴在村口，每一笔支出后面写明用处和经手人，来看的人",
    ),
    (
        "一天比一天多，连邻镇的会计也骑着车赶来，站在表下面抄了整整一个上午，抄完还问了几个问题。",
        "起初只有几位老人来看，后来下地的人路过也停下来，问一问修渠的钱为什么比前年多出三成。",
    ),
    (
        "问得多了，会计索性搬来一张桌子，每逢集日坐在表下面，把单据一张张摊开给人看，谁问都答。",
        "到了秋天，议事会根据大家的意见删掉两项开支，又把省下的钱添进了小学的冬季取暖费里。",
    ),
)


def address(number: int) -> str:
    return FIRST if number == 1 else f"http://news.example.cn/t1_{number}.html"


def page(number: int, *, title: str = TITLE, count: int = 3, links: str = "", foot: str = "", text=None) -> Fetched:
    pager = "".join(f'<a href="{address(other)}">{other}</a> ' for other in range(1, count + 1))
    paragraphs = "".join(f"<p>　　{paragraph}</p>" for paragraph in text or PAGES[number - 1])
    mark = "" if number == 1 else f"({number})"
    html = (
        f"<html><head><meta charset=gb2312><title>{title}{mark}_云岭示例网</title></head><body><h1>{title}{mark}</h1>"
        f"<div>2021-03-05 09:30 来源：青禾日报 作者：林山</div><div class=article>{paragraphs}</div>"
        f"<div class=page>{pager}{links}</div>{foot}</body></html>"
    )
    return Fetched(address(number), html.encode("gb18030"), "text/html")


class Web:
    """Pages by their addresses, and what was asked for."""

    def __init__(self, *pages: Fetched):
        self.pages = {page.url: page for page in pages}
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise Unreadable("The site answered 404 instead of the page.")
        return self.pages[url]

    def follow(self) -> parts.Parts:
        first = self.pages[FIRST]
        return parts.follow(first, read(first.data, url=first.url), self.fetch)

    def read(self):
        return parts.join(self.follow())


class JoinTests(SimpleTestCase):
    def test_the_pages_of_an_article_become_one_text_in_order(self):
        draft = Web(*(page(number) for number in (1, 3, 2))).read()
        lines = [*PAGES[0][:1], PAGES[0][1] + PAGES[1][0], *PAGES[1][1:], *PAGES[2]]
        self.assertEqual(draft.body_text.splitlines(), lines)
        self.assertEqual((draft.title, draft.original_source, draft.url), (TITLE, "青禾日报", FIRST))
        self.assertFalse(draft.truncated)

    def test_a_sentence_cut_at_a_page_end_is_whole_and_says_so(self):
        draft = Web(*map(page, (1, 2, 3))).read()
        cuts = [found for found in draft.findings if found.code == "page_cut"]
        self.assertEqual([(cut.block, cut.start, cut.applied) for cut in cuts], [(1, len(PAGES[0][1]), True)])
        self.assertNotIn("truncated", [found.code for found in draft.findings])

    def test_who_edited_it_stands_on_the_last_page(self):
        pages = [page(1), page(2), page(3, foot="<div>责任编辑：周舟</div>")]
        self.assertEqual(Web(*pages).read().editor, "周舟")

    def test_findings_keep_their_places(self):
        text = (PAGES[1][0], "账目公开了,大家心里就有了底,遇事也愿意商量着办,这是最要紧的变化。")
        draft = Web(page(1), page(2, text=text), page(3)).read()
        blocks = body.blocks(draft.body_html)
        commas = [found for found in draft.findings if found.code == "punctuation_width"]
        self.assertTrue(commas)
        for found in commas:
            self.assertEqual(blocks[found.block].text[found.start : found.end], found.found)

    def test_one_page_stays_as_it_is(self):
        first = page(1, count=1)
        self.assertEqual(Web(first).read(), read(first.data, url=FIRST))


class FollowTests(SimpleTestCase):
    def test_a_page_that_is_missing_is_named_and_the_rest_comes_in(self):
        web = Web(page(1), page(3))
        draft = web.read()
        self.assertEqual(len(draft.body_text.splitlines()), 2)
        self.assertTrue(draft.truncated)
        self.assertEqual([found.found for found in draft.findings if found.code == "truncated"], [address(2)])

    def test_nothing_is_taken_from_behind_a_gap(self):
        web = Web(page(1), page(3))
        web.follow()
        self.assertNotIn(address(3), web.asked)

    def test_a_chain_of_next_links_is_followed_to_its_end(self):
        pages = [page(n, count=1, links=f'<a href="{address(n + 1)}">下一页</a>' if n < 3 else "") for n in (1, 2, 3)]
        self.assertEqual(len(Web(*pages).follow().found), 3)

    def test_it_ends_going_round_in_circles(self):
        web = Web(*map(page, (1, 2, 3)))
        web.follow()
        self.assertEqual(len(web.asked), 2)

    def test_the_same_page_again_is_taken_once(self):
        again = page(2, text=PAGES[0])
        self.assertEqual(len(Web(page(1, count=2), again).follow().found), 1)

    def test_a_site_that_sends_the_first_page_for_every_number_ends_it(self):
        web = Web(page(1))
        web.pages |= dict.fromkeys(map(address, range(2, 4)), page(1))
        self.assertEqual(len(web.follow().found), 1)

    def test_another_article_at_such_an_address_is_left_alone(self):
        other = page(2, title="县城图书馆的夜晚", text=PAGES[2])
        self.assertEqual(len(Web(page(1, count=2), other).follow().found), 1)

    def test_it_takes_fifty_pages_and_names_the_next(self):
        texts = [
            [f"第{n}次议事会上，大家把第{n}笔开支从头到尾核对了一遍，没有一个人提前离开会场回家。"] for n in range(61)
        ]
        found = Web(*(page(n, count=60, text=texts[n]) for n in range(1, 61))).follow()
        self.assertEqual((len(found.found), found.missing), (parts.MOST_PARTS, address(51)))
