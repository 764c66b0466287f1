"""Turn any fragment of HTML into a body: the schema of the library, written down in one way only."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from articles.body.inline import BREAK, Line, Marks, Piece, is_blank, joined, paragraphs, with_mark
from articles.body.parts import Cell, Entry, Figure, Listing, Part, Quote, Text
from articles.body.scanning import rewrite
from articles.body.schema import (
    HEADINGS,
    MARKS,
    SCOPES,
    check_size,
    clean_address,
    clean_media_path,
    clean_number,
    clean_text,
    sanitise,
)
from articles.body.tables import table_parts

TOKEN = re.compile(r'<(?P<end>/?)(?P<name>[a-z0-9]+)(?P<attributes>(?: [a-z]+="[^"]*")*)>|(?P<text>[^<]+)')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


@dataclass(slots=True)
class Frame:
    """An element that is open, and what it holds so far."""

    element: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    pictures: list[Part] = field(default_factory=list)
    begins_line: bool = True
    cells: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    caption: list[Part] = field(default_factory=list)

    def write(self, text: str, marks: Marks) -> None:
        self.pieces.append(Piece(text, marks))
        if not is_blank(text.replace(BREAK, "")):
            self.begins_line = False
        if text.rstrip(" \t\n\r\f\xa0").endswith(BREAK):
            self.begins_line = True

    def flush(self) -> None:
        """End the paragraph that is being read; its pictures follow it."""
        if self.pieces:
            self.parts.extend(Text("p", line) for line in paragraphs(self.pieces))
        self.parts.extend(self.pictures)
        self.pieces.clear()
        self.pictures.clear()
        self.begins_line = True

    def picture(self, figure: Figure) -> None:
        """Lift a picture out of the running text: in its place where it begins a line, else after the paragraph."""
        self.pictures.append(figure)
        if self.begins_line:
            self.flush()


class Builder:
    """Reads balanced tags and builds the parts of a body, innermost first."""

    def __init__(self) -> None:
        self.frames = [Frame()]
        self.marks = [Marks()]
        self.preformatted = 0

    def build(self, source: str) -> list[Part]:
        for match in TOKEN.finditer(source):
            if match["text"]:
                self.text(clean_text(html.unescape(match["text"])))
            elif match["end"]:
                self.end(match["name"])
            else:
                attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(match["attributes"])}
                self.start(match["name"], attributes)
        self.frames[0].flush()
        return self.frames[0].parts

    def text(self, text: str) -> None:
        if self.preformatted:
            text = text.replace("\n", BREAK)
        self.frames[-1].write(text, self.marks[-1])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in MARKS:
            address = clean_address(attributes.get("href", "")) or ""
            self.marks.append(with_mark(self.marks[-1], name, address))
        elif name == "br":
            self.frames[-1].write(BREAK, self.marks[-1])
        elif name == "img":
            if figure := figure_of(attributes):
                self.frames[-1].picture(figure)
        else:
            self.frames[-1].flush()
            self.preformatted += name == "pre"
            if name in CLOSING:
                self.frames.append(Frame(name, attributes))

    def end(self, name: str) -> None:
        if name in MARKS:
            self.marks.pop()
            return
        self.frames[-1].flush()
        self.preformatted -= name == "pre"
        if name in CLOSING:
            frame = self.frames.pop()
            CLOSING[name](frame, self.frames[-1])


def figure_of(attributes: dict[str, str]) -> Figure | None:
    """Return the picture, or None where it is not one of ours."""
    src = clean_media_path(attributes.get("src", ""))
    if src is None:
        return None
    width, height = (clean_number(attributes.get(name, ""), least=1, most=20_000) for name in ("width", "height"))
    alt = " ".join(clean_text(attributes["alt"]).split()) if "alt" in attributes else None
    return Figure(src, alt, width, height)


def texts_of(parts: Iterable[Part]) -> list[Line]:
    return [line for part in parts for line in part.texts()]


def end_heading(frame: Frame, parent: Frame) -> None:
    texts = [part for part in frame.parts if isinstance(part, Text)]
    if texts:
        parent.parts.append(Text(frame.element, joined(texts_of(texts))))
    parent.parts.extend(part for part in frame.parts if not isinstance(part, Text))


def end_quote(frame: Frame, parent: Frame) -> None:
    """Keep the paragraphs of a quotation; a list, table or picture splits it."""
    for is_text, group in groupby(frame.parts, lambda part: isinstance(part, Text | Quote)):
        parts = list(group)
        parent.parts.extend([Quote(texts_of(parts))] if is_text else parts)


def end_item(frame: Frame, parent: Frame) -> None:
    texts = [part for part in frame.parts if isinstance(part, Text | Quote)]
    others = [part for part in frame.parts if not isinstance(part, Text | Quote)]
    if parent.element not in {"ul", "ol"}:
        parent.parts.extend(frame.parts)
        return
    if texts:
        parent.parts.append(Entry(texts_of(texts)))
    parent.parts.extend(others)


def end_list(frame: Frame, parent: Frame) -> None:
    """Keep the items of a list; what an item cannot hold splits it, and the numbers go on after it."""
    number = (
        clean_number(frame.attributes.get("start", ""), least=-99_999, most=99_999) if frame.element == "ol" else None
    )
    if frame.element == "ol" and number is None:
        number = 1
    parts = [Entry([part.line]) if isinstance(part, Text) else part for part in frame.parts]
    for is_entry, group in groupby(parts, lambda part: isinstance(part, Entry)):
        if not is_entry:
            parent.parts.extend(group)
            continue
        entries = [part for part in group if isinstance(part, Entry)]
        parent.parts.append(Listing(number, entries))
        if number is not None:
            number += len(entries)


def end_cell(frame: Frame, parent: Frame) -> None:
    colspan = clean_number(frame.attributes.get("colspan", ""), least=1, most=100) or 1
    rowspan = clean_number(frame.attributes.get("rowspan", ""), least=1, most=20_000) or 1
    scope = frame.attributes.get("scope", "").lower()
    parent.cells.append(Cell(frame.element, colspan, rowspan, scope if scope in SCOPES else "", frame.parts))


def end_row(frame: Frame, parent: Frame) -> None:
    parent.rows.append(frame.cells)


def end_table_head(frame: Frame, parent: Frame) -> None:
    for row in frame.rows:
        for cell in row:
            cell.element = "th"
    parent.rows.extend(frame.rows)


def end_table_body(frame: Frame, parent: Frame) -> None:
    parent.rows.extend(frame.rows)


def end_caption(frame: Frame, parent: Frame) -> None:
    parent.caption.extend(frame.parts)


def end_table(frame: Frame, parent: Frame) -> None:
    parent.parts.extend(frame.caption)
    parent.parts.extend(table_parts(frame.rows))


def end_figure(frame: Frame, parent: Frame) -> None:
    """Give the caption to the last picture; without a picture it is a paragraph."""
    figures = [part for part in frame.parts if isinstance(part, Figure)]
    parent.parts.extend(frame.parts)
    if figures:
        figures[-1].caption = joined(texts_of(frame.caption)) or figures[-1].caption
    else:
        parent.parts.extend(frame.caption)


CLOSING: dict[str, Callable[[Frame, Frame], None]] = {
    **dict.fromkeys(HEADINGS, end_heading),
    "blockquote": end_quote,
    "li": end_item,
    "ul": end_list,
    "ol": end_list,
    "td": end_cell,
    "th": end_cell,
    "tr": end_row,
    "thead": end_table_head,
    "tbody": end_table_body,
    "tfoot": end_table_body,
    "caption": end_caption,
    "figcaption": end_caption,
    "table": end_table,
    "figure": end_figure,
}


def layout(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield from part.lines()


def normalise(source: str) -> str:
    """Return the body that a fragment of HTML means: canonical, safe, one block to a line.

    Normalising twice gives the same bytes as normalising once. Raises `BodyRefused` where the text is larger or nested
    deeper than a body may be, or is no Unicode text.

    >>> normalise("<div>議事會<br><br><b>每一筆</b>都寫明用處。")
    '<p>議事會</p>\\n<p><strong>每一筆</strong>都寫明用處。</p>'
    """
    check_size(source)
    parts = Builder().build(sanitise(rewrite(source)))
    result = "\n".join(layout(parts))
    check_size(result)
    return result


def take_apart(body: str) -> list[Part]:
    """Return the parts of a canonical body, for whoever writes it down in another form."""
    return Builder().build(body)
