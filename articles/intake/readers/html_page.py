"""An HTML page as the rules see it: its tree, its lines in order, and what its head says."""

import json
import re
from dataclasses import dataclass, field

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from articles.intake.decoding import Unreadable
from articles.intake.repairs import characters

# lxml drops text below depth 256 without a word, and readability parses without `huge_tree`.
DEEPEST = 200
# seven times what a large page of a portal has; the time to read a page grows with its tags more than with its bytes
MOST_TAGS = 30_000
TOO_DEEP = etree.XPath("/*" * (DEEPEST + 1))
ORDER = "data-order"
INVISIBLE = ("script", "style", "noscript", "textarea", "select", "template", "svg", "math", "base", "object", "link")
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section table tbody td tfoot th thead title "
    "tr ul".split()
)
LONGEST_MARK = 200
LONGEST_META = 2_000
LD_DATES = ("datePublished", "pubDate")
# "pubtime": "2019-09-07 19:02:26" · var publish_time = "2020-02-12": what the page's own script prints later
SCRIPT_DATE = re.compile(
    r"""(?<![\w-])["']?(?:pub_?time|publish_?time|pub_?date|publish_?date|datePublished)["']?\s{0,3}[:=]\s{0,3}["']"""
    r"""(?P<date>(?:19|20)\d\d[-/年][^"'<>]{4,20})["']""",
    re.IGNORECASE,
)
WEB = ("http://", "https://")
LONGEST_SCRIPT = 200_000


@dataclass(slots=True)
class Line:
    """A run of visible text between two block boundaries.

    `element` is the block it stands in, `mark` the class and id of that block, `order` the block's number in the page.
    """

    text: str
    element: str
    mark: str
    order: int
    linked: int = 0

    @property
    def is_linked(self) -> bool:
        """Whether most of the text is a link to somewhere else."""
        return self.linked * 2 > len(self.text)


@dataclass(slots=True)
class Page:
    """The parsed page: its tree (numbered in document order), lines, `<title>`, and meta values by lower-case name."""

    tree: HtmlElement
    head_title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    address: str = ""
    lines: list[Line] = field(default_factory=list)
    # while somebody holds them, lxml need not make its elements anew in every walk
    elements: list[HtmlElement] = field(default_factory=list, repr=False)

    def first_meta(self, *names: str) -> str:
        """Return the first of the named meta values that is not empty."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")


def parse(text: str) -> Page:
    """Return the page; raises `Unreadable` when it is empty, or has more tags or deeper nesting than can be read."""
    if text.count("<") > MOST_TAGS:
        raise Unreadable("The page has more than %(most)s tags.", most=f"{MOST_TAGS:,}")
    tree = _tree(text)
    page = Page(tree, squeeze(tree.findtext(".//title") or ""), _meta(tree), _address(tree))
    _drop_invisible(tree)
    page.elements = list(tree.iter("*"))
    for order, element in enumerate(page.elements):
        element.set(ORDER, str(order))
    page.lines = lines_of(tree)
    return page


def squeeze(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join(text.split())


def lines_of(element: HtmlElement) -> list[Line]:
    """Return the lines of the element in document order."""
    collector = _LineCollector()
    collector.walk(element, in_link=False)
    collector.close()
    return collector.lines


def mark_of(element: HtmlElement) -> str:
    """Return class and id of the element in lower case, cut short: what a page calls its parts."""
    return f"{element.get('class', '')} {element.get('id', '')}"[:LONGEST_MARK].strip().lower()


class _LineCollector:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._block: HtmlElement | None = None

    def walk(self, element: HtmlElement, in_link: bool) -> None:
        outer, is_block, in_link = self._block, element.tag in BLOCKS, in_link or element.tag == "a"
        if is_block:
            self.close()
            # a line after <br> still stands in the block around it
            self._block = outer if element.tag == "br" and outer is not None else element
        self._add(element.text, in_link)
        for child in element:
            self.walk(child, in_link)
            self._add(child.tail, in_link)
        if is_block:
            self.close()
            self._block = outer

    def _add(self, text: str | None, in_link: bool) -> None:
        if text:
            self._pieces.append(text)
            self._linked += len(text.strip()) if in_link else 0

    def close(self) -> None:
        if not self._pieces:
            return
        text = squeeze(characters.strip("".join(self._pieces)))
        if text and self._block is not None:
            block = self._block
            self.lines.append(Line(text, str(block.tag), mark_of(block), int(block.get(ORDER, "0")), self._linked))
        self._pieces, self._linked = [], 0


def _tree(text: str) -> HtmlElement:
    # huge_tree keeps 2,048 levels, enough to see how deep the page really is
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError:
        raise Unreadable("The page holds no text.") from None
    if TOO_DEEP(tree):
        raise Unreadable("The page is nested deeper than %(most)d levels.", most=DEEPEST)
    return tree


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Return the named values of the head; the first value of a name stands."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip("”“\"' ").lower()
        content = squeeze(element.get("content") or "")[:LONGEST_META]
        if name and content:
            found.setdefault(name, content)
    for element in tree.iterfind(".//script[@type='application/ld+json']"):
        for name, value in _linked_data(element.text or "").items():
            found.setdefault(name, value)
    for element in tree.iter("script"):
        if match := SCRIPT_DATE.search((element.text or "")[:LONGEST_SCRIPT]):
            found.setdefault("script:date", match["date"])
    return found


def _linked_data(text: str) -> dict[str, str]:
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    return (
        {f"ld:{name.lower()}": data[name] for name in LD_DATES if isinstance(data.get(name), str)}
        if isinstance(data, dict)
        else {}
    )


def _address(tree: HtmlElement) -> str:
    for element in tree.iterfind(".//link[@rel='canonical']"):
        if (address := element.get("href") or "").startswith(WEB):
            return address.strip()
    for element in tree.iterfind(".//meta[@property='og:url']"):
        if (address := element.get("content") or "").startswith(WEB):
            return address.strip()
    return ""


def _drop_invisible(tree: HtmlElement) -> None:
    for element in list(tree.iter(*INVISIBLE)):
        if element.getparent() is not None:
            element.drop_tree()
