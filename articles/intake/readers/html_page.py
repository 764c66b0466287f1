"""An HTML page as the rules see it: its tree, its lines in order, and what its head says."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache

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
INVISIBLE = (
    "script",
    "style",
    "noscript",
    "noframes",
    "iframe",
    "textarea",
    "select",
    "template",
    "svg",
    "math",
    "base",
    "object",
    "link",
)
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section table tbody td tfoot th thead title "
    "tr ul".split()
)
LONGEST_MARK = 200
LONGEST_META = 2_000
# names that may stand several times, once for each person
SEVERAL = ("citation_author", "dc.creator")
# <!-- saved from url=(0043)http://news.example.cn/a.html -->
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(?P<address>https?://[^\s<>]{4,2000})")
LD_DATES = ("datePublished", "pubDate")
BEIJING = timezone(timedelta(hours=8))
# var ct = "1586563200" · var nickname = htmlDecode("江城观察"): the moment and the account of a WeChat page
SCRIPT_MOMENT = re.compile(r"""\bvar ct\s{0,3}=\s{0,3}["'](?P<seconds>1\d{9})["']""")
SCRIPT_ACCOUNT = re.compile(r"""\bvar nickname\s{0,3}=\s{0,3}(?:htmlDecode\()?["'](?P<name>[^"'<>\\]{2,60})["']""")
# "pubtime": "2019-09-07 19:02:26" · var publish_time = "2020-02-12": what the page's own script prints later
SCRIPT_DATE = re.compile(
    r"""(?<![\w-])["']?(?:pub_?time|publish_?time|pub_?date|publish_?date|datePublished)["']?\s{0,3}[:=]\s{0,3}["']"""
    r"""(?P<date>(?:19|20)\d\d[-/年][^"'<>]{4,20})["']""",
    re.IGNORECASE,
)
WEB = ("http://", "https://")
RAISED = ("sup", "sub")
LONGEST_BYLINE = 30
BYLINE = re.compile(
    r"(?<![a-z])(?:author|byline|by|writer|(?:follow-)?nick-?name|pen-?name)(?![a-z])(?![-_]?(?:list|box|intro|desc|info|more))"
)
# <font size="5"> · size="+2" · style="font-size:22px" · font-weight: bold
LARGE = re.compile(r"^[4-7]|^\+[1-4]")
LARGE_STYLE = re.compile(r"font-size:[ ]?(?:1[89]|2\d|3\d)(?:px|pt)|font-weight:[ ]?(?:bold|[6-9]00)", re.IGNORECASE)
# between two elements on one line; a white space, so that it is squeezed with those
GAP = "\x1f"
LONGEST_SCRIPT = 200_000


@dataclass(slots=True)
class Line:
    """A run of visible text between two block boundaries.

    `element` is the block it stands in, `mark` the class and id of that block, `order` the block's number in the page.
    `spaced` is the text with a space between elements that follow one another, which pages set apart by their style;
    `signed` what stands in an element that the page calls author or byline; `loud` counts the characters in bold or in
    large print.
    """

    text: str
    element: str
    mark: str
    order: int
    linked: int = 0
    spaced: str = ""
    signed: str = ""
    loud: int = 0

    @property
    def is_loud(self) -> bool:
        """Whether most of the text is set in bold or large print."""
        return self.loud * 2 > len(self.text)

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
    page = Page(tree, squeeze(tree.findtext(".//title") or ""), _meta(tree), _address(tree, text))
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
    return _mark(element.get("class", ""), element.get("id", "")) if element.attrib else ""


# a page uses few marks, each many times
@lru_cache(maxsize=5_000)
def _mark(classes: str, name: str) -> str:
    return f"{classes} {name}"[:LONGEST_MARK].strip().lower()


@lru_cache(maxsize=5_000)
def _is_byline(mark: str) -> bool:
    return bool(BYLINE.search(mark))


class _LineCollector:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = self._loud = 0
        self._is_loud = False
        self._block: HtmlElement | None = None
        self._ended = False
        self._signed = ""

    def walk(self, element: HtmlElement, in_link: bool) -> None:
        outer, is_block, in_link = self._block, element.tag in BLOCKS, in_link or element.tag == "a"
        if is_block:
            self.close()
            # a line after <br> still stands in the block around it
            self._block = outer if element.tag == "br" and outer is not None else element
        elif self._ended and element.tag not in RAISED:
            self._pieces.append(GAP)
        self._ended = False
        was_loud = self._is_loud
        self._is_loud = was_loud or _is_loud(element)
        if element.attrib and _is_byline(mark_of(element)):
            self._signed = squeeze(element.text_content()[: 2 * LONGEST_BYLINE])
        self._add(element.text, in_link)
        for child in element:
            self.walk(child, in_link)
            self._add(child.tail, in_link)
        if is_block:
            self.close()
            self._block = outer
        self._is_loud = was_loud
        self._ended = not is_block

    def _add(self, text: str | None, in_link: bool) -> None:
        if text:
            self._ended = False
            self._pieces.append(text)
            self._linked += len(text.strip()) if in_link else 0
            self._loud += len(text.strip()) if self._is_loud else 0

    def close(self) -> None:
        if not self._pieces:
            return
        spaced = characters.strip("".join(self._pieces))
        text = squeeze(spaced.replace(GAP, ""))
        if text and self._block is not None:
            block, spaced = self._block, squeeze(spaced)
            self.lines.append(
                Line(
                    text,
                    str(block.tag),
                    mark_of(block),
                    int(block.get(ORDER, "0")),
                    self._linked,
                    spaced,
                    self._signed if self._signed in spaced else "",
                    self._loud,
                )
            )
        self._signed = self._signed if not text else ""
        self._pieces, self._linked, self._loud = [], 0, 0


def _is_loud(element: HtmlElement) -> bool:
    """Whether the element sets its text in bold or in large print."""
    if element.tag in ("b", "strong", "big"):
        return True
    return bool(element.attrib) and bool(
        (element.tag == "font" and LARGE.search(element.get("size", "")))
        or LARGE_STYLE.search(element.get("style", ""))
    )


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
        if name in SEVERAL and name in found:
            found[name] = f"{found[name]}; {content}"[:LONGEST_META]
        elif name and content:
            found.setdefault(name, content)
    for element in tree.iterfind(".//script[@type='application/ld+json']"):
        for name, value in _linked_data(element.text or "").items():
            found.setdefault(name, value)
    for element in tree.iter("script"):
        for name, value in _script_data((element.text or "")[:LONGEST_SCRIPT]).items():
            found.setdefault(name, value)
    return found


def _script_data(text: str) -> dict[str, str]:
    """What the page's own scripts will print: its date, and of a WeChat page the account."""
    found = {}
    if match := SCRIPT_DATE.search(text):
        found["script:date"] = match["date"]
    if match := SCRIPT_MOMENT.search(text):
        moment = datetime.fromtimestamp(int(match["seconds"]), BEIJING)
        found.setdefault("script:date", f"{moment:%Y-%m-%d %H:%M:%S}")
    if match := SCRIPT_ACCOUNT.search(text):
        found["script:account"] = match["name"]
    return found


def _linked_data(text: str) -> dict[str, str]:
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    found = {f"ld:{name.lower()}": data[name] for name in LD_DATES if isinstance(data.get(name), str)}
    for role in ("author", "publisher"):
        named = data.get(role)
        if isinstance(named, list) and len(named) == 1:
            named = named[0]
        if isinstance(named, dict) and isinstance(named.get("name"), str):
            kind = "person" if named.get("@type") == "Person" else role
            found[f"ld:{kind}"] = squeeze(named["name"])[:LONGEST_META]
    return found


def _address(tree: HtmlElement, text: str) -> str:
    for element in tree.iterfind(".//link[@rel='canonical']"):
        if (address := element.get("href") or "").startswith(WEB):
            return address.strip()
    for element in tree.iterfind(".//meta[@property='og:url']"):
        if (address := element.get("content") or "").startswith(WEB):
            return address.strip()
    saved = SAVED_FROM.search(text[:LONGEST_META])
    return saved["address"] if saved else ""


def _drop_invisible(tree: HtmlElement) -> None:
    for element in list(tree.iter(*INVISIBLE)):
        if element.getparent() is not None:
            element.drop_tree()
