"""Where on the page the article stands: readability first, then containers and two other extractors."""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement
from readability import readability

from articles.intake.readers.html_page import ORDER, Line, Page, lines_of, mark_of, squeeze

# What Chinese content systems call the box of the article: TRS, WeChat, Founder, VSB, UCAP and the big portals.
CONTAINERS = re.compile(
    r"(?<![\w-])(?:trs_editor\w{0,20}|trs_uedit\w{0,20}|js_content|zoom|zoomcon|vsb_content\w{0,10}|v_news_content|"
    r"rwb_zw|endtext|artibody|p-detail|ucap-content|founder-content|article-content|article_content|articlecontent)(?![\w-])"
)
# a short notice has no more running text than this; asking further would bring in readers' comments
FEWEST_HAN = 60
LEAST_SHARE = 0.25
# justext and trafilatura take time that grows with the square of the lines
MOST_LINES = 3_000
CLEARLY_MORE = 1.15
# a known container with the same running text is the better copy: readability drops headings set in boxes of their own
AGREEING = 0.98
NEARLY_ALL = 0.8
FEWEST_POSTS = 2
FEWEST_BREAKS = 7
COMMENTS = re.compile(r"(?<![a-z])(?:comments?|cmts?|pinglun|gentie|repl(?:y|ies)|guestbook)(?![a-z])")
# the posts of a thread, each in a numbered box: the first is the article, the others answer it
POST = re.compile(r"(?<![a-z])(?:post|pid|floor|reply|read)_?\d{1,12}(?![\w-])")
HIDDEN: re.Pattern[str] = readability.REGEXES["displayNoneRe"]
HAN = re.compile(r"[\u3400-\u9fff]")

Way = Callable[[Page], HtmlElement | None]


@dataclass(frozen=True, slots=True)
class _Choice:
    """An element, how much running text it holds, and which way found it."""

    element: HtmlElement | None
    han: int
    way: str


NOTHING = _Choice(None, 0, "")


class _Readability(readability.Document):
    """readability on our tree: keeps the element found, and leaves attributes to our own normaliser."""

    found: HtmlElement | None = None
    min_text_length: int

    def _parse(self, tree: HtmlElement) -> HtmlElement:
        # our own parser has taken out already what else readability's cleaner looks for
        for element in tree.xpath("//*[@hidden or @style]"):
            is_hidden = "hidden" in element.attrib or HIDDEN.search(element.get("style", ""))
            if is_hidden and element.getparent() is not None:
                element.drop_tree()
        self.encoding = "utf-8"
        copy = deepcopy(tree)
        # while somebody holds them, lxml need not make its elements anew in every walk
        self._elements = list(copy.iter())
        return copy

    def sanitize(self, node: HtmlElement, candidates: dict, keep_all_images: bool = False) -> str:
        # short boxes are headings, signatures and small tables as often as furniture, which is cut later
        usual, self.min_text_length = self.min_text_length, 0
        try:
            return str(super().sanitize(node, candidates, keep_all_images))
        finally:
            self.min_text_length = usual

    def get_clean_html(self) -> str:
        self.found = self.html
        return str(etree.tostring(self.html, encoding="unicode", method="html"))


def find_body(page: Page) -> tuple[HtmlElement | None, str]:
    """Return the element that holds the article, or None where the page has no text at all, and which way found it.

    readability goes first. A known container that holds clearly more running text is believed instead; the other ways
    are asked only when what was found is little, or a small part of the running text of the page.
    """
    page = _without_answers(page)
    best = _better(page, NOTHING, {"readability": _by_readability, "container": _by_container})
    if best.han >= FEWEST_HAN and best.han >= LEAST_SHARE * _han_in(page.lines):
        return best.element, best.way
    page = _without_comments(page)
    if best.han < FEWEST_HAN or best.han < LEAST_SHARE * _running_han(page.tree):
        libraries: dict[str, Way] = {"justext": _by_justext, "trafilatura": _by_trafilatura}
        others = libraries if len(page.lines) <= MOST_LINES else {}
        best = _better(page, best, {**others, "weight": _by_weight})
    if best.han < FEWEST_HAN and (poem := _by_breaks(page)) is not None:
        best = _Choice(poem, 0, "breaks")
    return best.element, best.way


def _better(page: Page, best: _Choice, ways: Mapping[str, Way]) -> _Choice:
    """Return what holds clearly more running text than what came before it."""
    for way, look in ways.items():
        found = look(page)
        han = _running_han(found) if found is not None else 0
        if best.element is None or han > CLEARLY_MORE * best.han or (way == "container" and han >= AGREEING * best.han):
            best = _Choice(found, han, way)
    return best


def _without_comments(page: Page) -> Page:
    """Return the page without what its readers wrote, which may be longer than the article."""
    tree = deepcopy(page.tree)
    for element in list(tree.iter("div", "section", "ul", "ol", "dl", "table")):
        if COMMENTS.search(mark_of(element)) and element.getparent() is not None:
            element.drop_tree()
    return replace(page, tree=tree)


def _without_answers(page: Page) -> Page:
    """Return a forum's page with the first post of the thread only."""
    if len(_posts(page.tree)) < FEWEST_POSTS:
        return page
    tree = deepcopy(page.tree)
    for element in _posts(tree)[1:]:
        if element.getparent() is not None:
            element.drop_tree()
    return replace(page, tree=tree, lines=lines_of(tree))


def _posts(tree: HtmlElement) -> list[HtmlElement]:
    """The numbered boxes of the posts, the outer ones alone."""
    marked = [element for element in tree.iter("div", "table", "li", "article") if POST.search(element.get("id", ""))]
    inner = {box for element in marked for box in element.iterdescendants()}
    return [element for element in marked if element not in inner]


def _running_han(element: HtmlElement) -> int:
    return _han_in(lines_of(element))


def _han_in(lines: Iterable[Line]) -> int:
    """How many Chinese characters stand in running text."""
    return sum(len(HAN.findall(line.text)) for line in lines if "。" in line.text and not line.is_linked)


def _by_readability(page: Page) -> HtmlElement | None:
    for element in _containers(page):
        # WeChat hides the article until its script has run
        element.attrib.pop("style", None)
    document = _Readability(page.tree)
    try:
        document.summary(html_partial=True)
    except readability.Unparseable:
        return None
    return document.found


def _by_container(page: Page) -> HtmlElement | None:
    return max(_containers(page), key=_running_han, default=None)


def _containers(page: Page) -> list[HtmlElement]:
    return [element for element in page.tree.iter("*") if element.attrib and CONTAINERS.search(mark_of(element))]


def _by_justext(page: Page) -> HtmlElement | None:
    # slow to load, and few pages come so far
    import justext

    paragraphs = justext.justext(
        _source(page),
        frozenset(),
        length_low=30,
        length_high=80,
        stopwords_low=0,
        stopwords_high=0,
        max_link_density=0.2,
        encoding="utf-8",
    )
    return _element(page, [paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate])


def _by_trafilatura(page: Page) -> HtmlElement | None:
    # slow to load, and fewer pages still come so far
    import trafilatura

    found = trafilatura.extract(
        _source(page).decode("utf-8"), favor_precision=True, include_comments=False, include_tables=True
    )
    return _element(page, (found or "").split("\n"))


def _by_weight(page: Page) -> HtmlElement | None:
    """The lowest element that holds nearly all running text of the page."""
    element = page.tree
    wanted = NEARLY_ALL * _running_han(element)
    while wanted and (inner := next((child for child in element if _running_han(child) >= wanted), None)) is not None:
        element = inner
    return element if wanted else None


def _by_breaks(page: Page) -> HtmlElement | None:
    """The box of a poem: many short lines on end, no link among them, and hardly a full stop."""
    boxes = [
        element
        for element in page.tree.iter("div", "td", "p", "section", "blockquote")
        if len(element.findall("br")) >= FEWEST_BREAKS and next(element.iter("a"), None) is None
    ]
    best = max(boxes, key=_han, default=None)
    return best if best is not None and _han(best) >= FEWEST_HAN else None


def _han(element: HtmlElement) -> int:
    return sum(len(HAN.findall(text)) for text in element.itertext())


def _source(page: Page) -> bytes:
    return bytes(etree.tostring(page.tree, encoding="utf-8", method="html"))


def _element(page: Page, texts: Iterable[str]) -> HtmlElement | None:
    """Make an element of paragraphs, each numbered as the line of the page that holds its text."""
    place_of = {line.text: line.order for line in reversed(page.lines)}
    box = HtmlElement()
    box.tag = "div"
    order = 0
    for text in filter(None, map(squeeze, texts)):
        order = place_of.get(text, order)
        paragraph = etree.SubElement(box, "p", {ORDER: str(order)})
        paragraph.text = text
    return box if len(box) else None
