"""The further pages of an article: which links of a page lead to them."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from articles.intake.decoding import Unreadable
from articles.intake.fetching import plain
from articles.intake.readers.html_page import Page, squeeze

# more is no article
HIGHEST = 60
FIRST = (None, 0, 1)

# 123_2 · c1-2 · content_p3 · page-2 behind the name of the first page
NUMBERED = re.compile(r"\A(?P<name>.{1,200}?)[-_](?:p|page[-_]?)?(?P<number>\d{1,2})")
FILE = re.compile(r"\A(?P<stem>.{0,300}?)(?P<suffix>\.[a-z]{2,6})?")
OPENING_FILES = ("index", "default", "content")
PARAMETERS = frozenset(
    "page p pn pg pno pageno page_no pageindex pagenum page_num pagenumber currentpage curpage".split()
)

NEXT = re.compile(
    r"[\W_]{0,4}(?:下一?[页頁]|[后後]一[页頁]|next(?: ?page)?)[\W_]{0,4}|[\[【]?(?:>{1,2}|»|›)[\]】]?", re.IGNORECASE
)
NUMBER = re.compile(r"[\[【（(第]?\s?(?P<number>\d{1,2})\s?[\]】）)页頁]?")
BACK = re.compile(r"[\W_]{0,4}(?:第?[1一][页頁]?|首[页頁]|上一?[页頁]|prev(?:ious)?)[\W_]{0,4}", re.IGNORECASE)
LINK_TAG = re.compile(r"<link\s[^<>]{1,1000}>", re.IGNORECASE)
REL_NEXT = re.compile(r"""\brel\s?=\s?["']?next["'\s/>]""", re.IGNORECASE)
HREF = re.compile(r"""\bhref\s?=\s?["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)
# createPageHTML(3, 0, "t2013_123", "html") · createPageHTML('page_div', 3, 1, 'art_12', 'shtml', 60)
CALL = re.compile(
    r"""createPageHTML\s?\(\s?(?:["'][\w-]{1,40}["']\s?,\s?)?(?P<count>\d{1,3})\s?,\s?(?P<current>\d{1,3})\s?,"""
    r"""\s?["'](?P<name>[\w./-]{1,200})["']\s?,\s?["']\.?(?P<suffix>[a-z]{2,6})["']""",
    re.IGNORECASE,
)
# var currentPage = 0; var countPage = 3: the same, written out in the page
COUNT = re.compile(r"\bcountPage\s?=\s?(\d{1,3})\b")
CURRENT = re.compile(r"\bcurrentPage\s?=\s?(\d{1,3})\b")


def further(page: Page, text: str, url: str, first: str) -> dict[int, str]:
    """Return the addresses of further pages that the page at `url` names, by their number.

    `text` is its source. Taken are only addresses that differ from `first`, the address of the first page, in their
    number alone, and only links that are written as a pager writes them: 下一页, never 下一篇.
    """
    found: dict[int, str] = {}
    for target in (*_linked(page), *_declared(text), *_scripted(text, url)):
        try:
            address = plain(urljoin(url, target))
        except (Unreadable, ValueError):
            continue
        number = number_in(address, first)
        if number is not None:
            found.setdefault(number, address)
    return found


def number_in(address: str, first: str) -> int | None:
    """Return the number of a further page of the text that begins at `first`; None where the address is none.

    >>> number_in("http://a.cn/t2013_2.html", "http://a.cn/t2013.html"), number_in("http://a.cn/7.html", "http://a.cn/6.html")
    (2, None)
    """
    ours = _ways(first)
    for way, number in _ways(address).items():
        begins = ours.get(way, -1)
        if begins in FIRST and number is not None and (begins or 0) < number <= HIGHEST:
            return number
    return None


def first_of(page: Page, url: str) -> str:
    """Return the address of the first page where `url` is a further one and its pager leads back; empty otherwise."""
    for link in page.tree.iter("a"):
        label = squeeze("".join(link.itertext()))[:20]
        if not BACK.fullmatch(label):
            continue
        try:
            address = plain(urljoin(url, link.get("href", "").strip()))
        except (Unreadable, ValueError):
            continue
        begins = _ways(address)
        if any(number and number > 1 and begins.get(way, -1) in FIRST for way, number in _ways(url).items()):
            return address
    return ""


def _ways(url: str) -> dict[tuple[str, ...], int | None]:
    """Every way to take a page number out of the address: what is left, and the number or None."""
    parts = urlsplit(url)
    site = (parts.hostname or "", str(parts.port or ""))
    folder, _, file = parts.path.rpartition("/")
    match = FILE.fullmatch(file)
    stem, suffix = (match["stem"], match["suffix"] or "") if match else (file, "")
    ways: dict[tuple[str, ...], int | None] = {("name", *site, folder, stem, suffix, parts.query): None}
    if numbered := NUMBERED.fullmatch(stem):
        ways[("name", *site, folder, numbered["name"], suffix, parts.query)] = int(numbered["number"])
    ways |= _folder_ways(site, parts.path, folder, stem, parts.query)
    ways |= _query_ways(site, parts.path, parts.query)
    return ways


def _folder_ways(
    site: tuple[str, ...], path: str, folder: str, stem: str, query: str
) -> dict[tuple[str, ...], int | None]:
    """An address as the folder of its pages: /a/ or /a.html before /a/2/, /a/2.html or /a/index_2.html."""
    ways: dict[tuple[str, ...], int | None] = {("folder", *site, f"{folder}/{stem}".rstrip("/"), query): None}
    if stem in OPENING_FILES:
        ways[("folder", *site, folder, query)] = None
    above, _, last = path.rstrip("/").rpartition("/")
    last = last.partition(".")[0]
    opening = NUMBERED.fullmatch(last)
    if last.isdigit() and len(last) <= 2:
        ways.setdefault(("folder", *site, above, query), int(last))
    elif opening and opening["name"] in OPENING_FILES:
        ways.setdefault(("folder", *site, above, query), int(opening["number"]))
    return ways


def _query_ways(site: tuple[str, ...], path: str, query: str) -> dict[tuple[str, ...], int | None]:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)[:HIGHEST]
    ways: dict[tuple[str, ...], int | None] = {("query", *site, path, urlencode(pairs)): None}
    for name, value in pairs:
        if name.lower() in PARAMETERS and value.isdigit() and len(value) <= 2:
            rest = urlencode([pair for pair in pairs if pair[0] != name])
            ways[("query", *site, path, rest)] = int(value)
    return ways


def _linked(page: Page) -> Iterator[str]:
    for link in page.tree.iter("a"):
        label = squeeze("".join(link.itertext()))[:20] or squeeze(link.get("title", ""))[:20]
        number = NUMBER.fullmatch(label)
        is_further = number and int(number["number"]) > 1
        if "next" in link.get("rel", "").lower().split() or NEXT.fullmatch(label) or is_further:
            yield link.get("href", "").strip()


def _declared(text: str) -> Iterator[str]:
    for tag in LINK_TAG.findall(text):
        if REL_NEXT.search(tag) and (href := HREF.search(tag)):
            yield href[1]


def _scripted(text: str, url: str) -> Iterator[str]:
    """What the page's own script would write: TRS counts its pages from 0, others from 1."""
    for call in CALL.finditer(text):
        for number in _numbers(int(call["count"]), int(call["current"])):
            yield f"{call['name']}_{number}.{call['suffix']}"
    count, current = COUNT.search(text), CURRENT.search(text)
    file = FILE.fullmatch(urlsplit(url).path.rpartition("/")[2])
    if count and current and file and file["stem"]:
        for number in _numbers(int(count[1]), int(current[1])):
            yield f"{file['stem']}_{number}{file['suffix'] or ''}"


def _numbers(count: int, current: int) -> range:
    last = min(count, HIGHEST)
    return range(1, last) if current == 0 else range(2, last + 1) if current == 1 else range(0)
