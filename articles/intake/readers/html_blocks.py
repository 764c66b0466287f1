"""The found element as a plain run of blocks: paragraphs, headings, lists and tables, without layout."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from articles.intake.cleaning import EDITED
from articles.intake.readers.html_page import BLOCKS, ORDER, mark_of, squeeze
from articles.intake.repairs import characters

INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
WHOLE = ("ul", "ol", "table")
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u3000]+")
LONGEST_CELL = 200
LONGEST_EDITED = 60
LONGEST_ADDRESS = 2_000
LINK_SCHEMES = ("http", "https", "mailto")


@dataclass(slots=True)
class Block:
    """One block of the article: its element (p, h2–h4, ul, ol, table), inner HTML, and plain text.

    `order` is the number of the page element it came from, `mark` that element's class and id; `linked` counts the
    characters that stand in links, `strong` those that stand in bold.
    """

    element: str
    html: str
    text: str
    order: int
    mark: str = ""
    linked: int = 0
    strong: int = 0

    @property
    def is_linked(self) -> bool:
        """Whether most of the text is a link to somewhere else."""
        return self.linked * 2 > len(self.text)

    @property
    def is_strong(self) -> bool:
        """Whether the whole text is bold."""
        return bool(self.text) and self.strong >= len(squeeze_out(self.text))


def squeeze_out(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())


def flatten(element: HtmlElement, address: str) -> list[Block]:
    """Return the blocks of the element in document order; relative links are resolved against `address`."""
    flattener = _Flattener(address)
    flattener.walk(element)
    flattener.close()
    return flattener.blocks


def part_editors(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, the editor's name in brackets behind a last sentence as a block of its own."""
    return [part for block in blocks for part in _parted(block)]


def _parted(block: Block) -> list[Block]:
    edited = EDITED.search(block.text, max(0, len(block.text) - LONGEST_EDITED)) if block.element == "p" else None
    credit = edited[0].strip() if edited else ""
    if not edited or not block.html.endswith(credit):
        return [block]
    text = replace(block, html=block.html.removesuffix(credit).rstrip(), text=block.text[: edited.start()])
    return [text, replace(block, html=credit, text=credit, linked=0, strong=0)]


def to_html(blocks: Iterable[Block]) -> str:
    """Return the blocks as HTML, ready for the normaliser."""
    return "".join(f"<{block.element}>{block.html}</{block.element}>" for block in blocks)


class _Flattener:
    def __init__(self, address: str) -> None:
        self.blocks: list[Block] = []
        self._address = address
        self._open: list[tuple[str, str]] = []  # inline elements around the place: name and start tag
        self._pieces: list[str] = []
        self._texts: list[str] = []
        self._linked = self._strong = 0
        self._around: HtmlElement | None = None

    def walk(self, element: HtmlElement) -> None:
        if element.tag in WHOLE and _is_whole(element):
            self._emit_whole(element)
        elif element.tag == "br":
            self.close()
        elif element.tag in BLOCKS:
            self.close()
            outer, self._around = self._around, element
            self._descend(element)
            self.close()
            self._around = outer
        elif start := self._start_tag(element):
            self._inside(element, start)
        else:
            self._descend(element)

    def _descend(self, element: HtmlElement) -> None:
        self._add(element.text)
        for child in element:
            self.walk(child)
            self._add(child.tail)

    def _start_tag(self, element: HtmlElement) -> tuple[str, str] | None:
        if element.tag == "a":
            address = resolve(element.get("href", ""), self._address)
            return ("a", f'<a href="{escape(address)}">') if address else ("a", "")
        name = INLINE.get(str(element.tag))
        return (name, f"<{name}>") if name and name not in [open_name for open_name, _ in self._open] else None

    def _inside(self, element: HtmlElement, start: tuple[str, str]) -> None:
        self._open.append(start)
        self._pieces.append(start[1])
        self._descend(element)
        self._open.pop()
        self._pieces.append(f"</{start[0]}>" if start[1] else "")

    def _add(self, text: str | None) -> None:
        if text and self._around is not None and self._around.tag == "pre" and "\n" in text:
            for line in text.split("\n"):
                self._add(line)
                self.close()
        elif text:
            self._write(text)

    def _write(self, text: str) -> None:
        self._pieces.append(escape(SPACE.sub(" ", text), quote=False))
        self._texts.append(text)
        names = [name for name, _ in self._open]
        length = len(squeeze_out(text))
        self._linked += length if "a" in names else 0
        self._strong += length if "strong" in names else 0

    def close(self) -> None:
        """End the block that is being gathered; bold that goes on is opened again in the next."""
        html = "".join(self._pieces) + "".join(f"</{name}>" for name, tag in reversed(self._open) if tag)
        text = squeeze("".join(self._texts))
        if characters.strip(text) and self._around is not None:
            element = HEADINGS.get(str(self._around.tag), "p")
            self._emit(element, html.strip(), text, self._around)
        self._pieces, self._texts = [tag for _, tag in self._open], []
        self._linked = self._strong = 0

    def _emit(self, element: str, html: str, text: str, source: HtmlElement) -> None:
        order = int(source.get(ORDER) or (self.blocks[-1].order if self.blocks else 0))
        self.blocks.append(Block(element, html, text, order, mark_of(source), self._linked, self._strong))

    def _emit_whole(self, element: HtmlElement) -> None:
        self.close()
        text = squeeze(" ".join(element.itertext()))
        if text:
            self._linked = sum(len(squeeze_out("".join(link.itertext()))) for link in element.iter("a"))
            self._emit(str(element.tag), "".join(_kept(child) for child in element), text, element)
            self._linked = 0


def resolve(href: str, address: str) -> str:
    """Return the absolute address of a link, or "" where it leads nowhere a reader may go."""
    try:
        absolute = urljoin(address, href.strip())
        scheme = urlsplit(absolute).scheme
    except ValueError:
        return ""
    return absolute if scheme in LINK_SCHEMES and len(absolute) <= LONGEST_ADDRESS else ""


def _is_whole(element: HtmlElement) -> bool:
    """Whether a list or table is one of the text, not a frame for layout."""
    if element.tag != "table":
        return not any(True for _ in element.iter("table", "h1", "h2", "h3"))
    rows = [len(row.findall("td") + row.findall("th")) for row in element.iter("tr")]
    cells = [len(squeeze_out("".join(cell.itertext()))) for cell in element.iter("td", "th")]
    return (
        len(rows) > 1
        and max(rows, default=0) > 1
        and max(cells, default=0) <= LONGEST_CELL
        and not any(True for _ in element.iterfind(".//table"))
    )


def _kept(element: HtmlElement) -> str:
    return etree.tostring(element, encoding="unicode", method="html")
