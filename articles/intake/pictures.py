"""The pictures of an article: which images of its page belong to it, and where they stand in its body."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from lxml import etree
from lxml.html import HtmlElement

from articles import body
from articles.body import figures
from articles.body.blocks import block_lines
from articles.intake.decoding import Unreadable
from articles.intake.draft import Draft
from articles.intake.fetching import Fetched
from articles.intake.images import address_of, is_furniture
from articles.intake.parts import source_of
from articles.intake.readers.html_page import Page, mark_of, squeeze

MOST_PICTURES = 40
# how far from the text, in letters, a picture above or below it may stand
NEAR = 60
# how much of a block it is found by, and how far from its neighbour it may stand in the page
KEY = 24
FAR = 20_000
LONGEST_CAPTION = 120
LONGEST_ALT = 200

GIF = re.compile(r"\.gif(?:$|[?!@])", re.IGNORECASE)
CAPTION_MARK = re.compile(
    r"(?<![a-z])(?:(?:img|pic|photo|image|tu)[-_]?(?:caption|text|note|desc|zhu|info|title)|caption|picsm)"
)
CAPTION = re.compile(r"\A(?:[▲△↑◀▼]|图为|图片?[:：]|图\d{0,2}[:：]|资料图|.{0,110}(?:摄|供图|/图|资料图片?)[)）。]?$)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An image of the article: its address, and after which block of the body it stands (-1: before all).

    `caption` is what the page says below it; `has_block` says that this is the block behind it in the body as well.
    """

    address: str
    after: int
    alt: str = ""
    caption: str = ""
    has_block: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture we hold, for the place where it was wanted: `src` is its address with us."""

    wanted: Wanted
    src: str
    width: int
    height: int


@dataclass(slots=True)
class _Stream:
    """The letters of a page in order, with what stands between them."""

    letters: str = ""
    images: list[tuple[int, HtmlElement]] = field(default_factory=list)
    owners: list[tuple[int, HtmlElement]] = field(default_factory=list)

    def owner_at(self, place: int) -> HtmlElement:
        """The element whose text stands there."""
        return self.owners[max(bisect_right(self.owners, place, key=lambda owner: owner[0]) - 1, 0)][1]


def find(fetched: Fetched, draft: Draft) -> list[Wanted]:
    """Return the images of the page that belong to the article read from it, in order, each once."""
    source = source_of(fetched)
    if not source:
        return []
    search = _Search(source[0], fetched.url or source[0].address, draft)
    found: dict[str, Wanted] = {}
    for place, image in search.stream.images if search.spans else ():
        address = address_of(image, search.base)
        if address and search.is_near(place, image) and not is_furniture(image, address, search.base):
            found.setdefault(address, search.wanted(address, place, image))
    return [
        # of several above one caption the last one has it
        replace(one, caption="", has_block=False) if one.has_block and after and one.after == after.after else one
        for one, after in zip_longest(found.values(), list(found.values())[1:])
    ]


def insert(draft: Draft, pictures: Sequence[Drawn]) -> Draft:
    """Return the draft with its pictures in place; findings keep theirs."""
    lines = draft.body_html.split("\n")
    ends = figures.ends(lines)
    numbers = [number for number, _ in block_lines(draft.body_html)]
    added: dict[int, list[str]] = {}
    replaced: set[int] = set()
    grown: list[int] = []
    for picture in pictures:
        wanted = picture.wanted
        behind = wanted.after + 1
        is_replaced = wanted.has_block and behind < len(numbers) and numbers[behind] not in replaced
        if is_replaced:
            replaced.add(numbers[behind])
        line = -1 if wanted.after < 0 else ends[numbers[wanted.after]]
        added.setdefault(line, []).append(_figure(picture))
        if wanted.caption and not is_replaced:
            grown.append(sum(number <= line for number in numbers))
    kept = [
        piece
        for number in range(-1, len(lines))
        for piece in ([lines[number]] if number >= 0 and number not in replaced else []) + added.get(number, [])
    ]
    findings = [replace(found, block=found.block + sum(at <= found.block for at in grown)) for found in draft.findings]
    return replace(draft, body_html=_stored("\n".join(kept)), findings=findings)


def _figure(picture: Drawn) -> str:
    # an empty description of the page says nothing: most systems write it whatever the picture shows
    alt, caption = picture.wanted.alt or None, picture.wanted.caption
    return figures.figure(picture.src, alt=alt, caption=caption, width=picture.width, height=picture.height)


def _stored(html: str) -> str:
    try:
        return body.normalise(html)
    except body.BodyRefused as refusal:
        raise Unreadable("The article cannot be stored: %(reason)s", reason=str(refusal)) from None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _stream(tree: HtmlElement) -> _Stream:
    stream = _Stream()
    pieces: list[str] = []
    place = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and element.tag == "img":
            stream.images.append((place, element))
        text = element.text if event == "start" else element.tail
        piece = _letters(text or "")
        if piece:
            owner = element if event == "start" else element.getparent()
            stream.owners.append((place, element if owner is None else owner))
            pieces.append(piece)
            place += len(piece)
    stream.letters = "".join(pieces)
    return stream


def _align(texts: Sequence[str], letters: str) -> dict[int, tuple[int, int]]:
    """Where the blocks of the body stand among the letters of the page: from the longest on, outwards."""
    longest = max(range(len(texts)), key=lambda number: len(texts[number]), default=None)
    middle = letters.find(texts[longest][:KEY]) if longest is not None and texts[longest] else -1
    if longest is None or middle < 0:
        return {}
    spans = {longest: (middle, middle + len(texts[longest]))}
    free_from = middle + len(texts[longest])
    for number in range(longest + 1, len(texts)):
        start = letters.find(texts[number][:KEY], free_from, free_from + FAR) if texts[number] else -1
        if start >= 0:
            free_from = start + len(texts[number])
            spans[number] = (start, free_from)
    free_to = middle
    for number in range(longest - 1, -1, -1):
        start = letters.rfind(texts[number][:KEY], max(0, free_to - FAR), free_to) if texts[number] else -1
        if start >= 0:
            spans[number] = (start, min(start + len(texts[number]), free_to))
            free_to = start
    return dict(sorted(spans.items()))


class _Search:
    """A page and the body that was read from it, laid side by side."""

    def __init__(self, page: Page, base: str, draft: Draft) -> None:
        self.base = base
        self.stream = _stream(page.tree)
        self.title = _letters(draft.title)
        self.blocks = body.blocks(draft.body_html)
        texts = [_letters(block.text) for block in self.blocks]
        self.said = set(texts)
        self.spans = _align(texts, self.stream.letters)
        self.numbers = list(self.spans)
        self.starts = [start for start, _ in self.spans.values()]
        self.first = self.starts[0] if self.spans else 0
        self.last = self.spans[self.numbers[-1]][1] if self.spans else 0
        self.box = _box(self.stream, self.first, self.last) if self.spans else page.tree

    def is_near(self, place: int, image: HtmlElement) -> bool:
        """Whether the image stands between the first and last letter of the article, or close by in the same box."""
        if self.first < place < self.last:
            return True
        is_below = place >= self.last
        between = self.stream.letters[self.last : place] if is_below else self.stream.letters[place : self.first]
        is_far = len(between) > NEAR or (self.title and self.title in between)
        # faces to click on how the text was liked
        is_mood = is_below and GIF.search(image.get("src") or "")
        return not is_far and not is_mood and self.box in image.iterancestors()

    def wanted(self, address: str, place: int, image: HtmlElement) -> Wanted:
        """The image with its place in the body and what is printed of it."""
        before = bisect_left(self.starts, place)
        after = self.numbers[before - 1] if before else -1
        alt = squeeze(image.get("alt") or "")[:LONGEST_ALT]
        alt = "" if not figures.says_something(alt) or _letters(alt) == self.title else alt
        printed = _printed_caption(image)
        below = self.blocks[after + 1] if after + 1 < len(self.blocks) else None
        if below and self.spans.get(after + 1, (-1,))[0] == place and self._is_caption(below, printed, place):
            return Wanted(address, after, alt, below.text, has_block=True)
        return Wanted(address, after, alt, "" if _letters(printed) in self.said else printed)

    def _is_caption(self, block: body.Block, printed: str, place: int) -> bool:
        """Whether the block right behind an image says what is seen on it."""
        if block.element != "p" or len(block.text) > LONGEST_CAPTION:
            return False
        owner = self.stream.owner_at(place)
        marks = " ".join(mark_of(element) for element in (owner, owner.getparent()) if element is not None)
        is_printed = _letters(block.text) == _letters(printed)
        return is_printed or bool(CAPTION_MARK.search(marks) or CAPTION.match(block.text))


def _box(stream: _Stream, first: int, last: int) -> HtmlElement:
    """The box around the article: one above the lowest element that holds its first and its last letter."""
    opening, closing = stream.owner_at(first), stream.owner_at(max(first, last - 1))
    around = {opening, *opening.iterancestors()}
    lowest = next(element for element in (closing, *closing.iterancestors()) if element in around)
    parent = lowest.getparent()
    return lowest if parent is None or parent.tag == "body" else parent


def _printed_caption(image: HtmlElement) -> str:
    figure = next(image.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    text = squeeze("".join(caption.itertext())) if caption is not None else ""
    return text if len(text) <= LONGEST_CAPTION else ""
