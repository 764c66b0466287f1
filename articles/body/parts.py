"""The blocks of a body between reading and writing, each of which writes itself down in the one layout."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.body.inline import Line, joined, render


@dataclass(slots=True)
class Text:
    """A paragraph or a heading."""

    element: str
    line: Line

    def lines(self) -> Iterator[str]:
        yield f"<{self.element}>{render(self.line)}</{self.element}>"

    def texts(self) -> list[Line]:
        return [self.line]


@dataclass(slots=True)
class Quote:
    paragraphs: list[Line]

    def lines(self) -> Iterator[str]:
        yield "<blockquote>"
        for line in self.paragraphs:
            yield f"<p>{render(line)}</p>"
        yield "</blockquote>"

    def texts(self) -> list[Line]:
        return self.paragraphs


@dataclass(slots=True)
class Entry:
    """One item of a list."""

    paragraphs: list[Line]

    def lines(self) -> Iterator[str]:
        if len(self.paragraphs) == 1:
            yield f"<li>{render(self.paragraphs[0])}</li>"
            return
        yield "<li>"
        for line in self.paragraphs:
            yield f"<p>{render(line)}</p>"
        yield "</li>"

    def texts(self) -> list[Line]:
        return self.paragraphs


@dataclass(slots=True)
class Listing:
    """A list; `start` is None where it is not numbered."""

    start: int | None
    entries: list[Entry]

    def lines(self) -> Iterator[str]:
        element = "ul" if self.start is None else "ol"
        yield f"<{element}>" if self.start in {None, 1} else f'<ol start="{self.start}">'
        for entry in self.entries:
            yield from entry.lines()
        yield f"</{element}>"

    def texts(self) -> list[Line]:
        return [line for entry in self.entries for line in entry.paragraphs]


@dataclass(slots=True)
class Figure:
    """A picture; `alt` is None where nobody has described it yet, and empty where it is only decorative."""

    src: str
    alt: str | None = None
    width: int | None = None
    height: int | None = None
    caption: Line = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        sizes = [(name, size) for name, size in (("width", self.width), ("height", self.height)) if size]
        extra = "".join(f' {name}="{size}"' for name, size in sizes)
        said = "" if self.alt is None else f' alt="{html.escape(self.alt)}"'
        yield "<figure>"
        yield f'<img src="{html.escape(self.src)}"{said}{extra}>'
        if self.caption:
            yield f"<figcaption>{render(self.caption)}</figcaption>"
        yield "</figure>"

    def texts(self) -> list[Line]:
        return [self.caption] if self.caption else []


@dataclass(slots=True)
class Cell:
    element: str
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    parts: list["Part"] = field(default_factory=list)

    @property
    def line(self) -> Line:
        """The text of the cell, a break between its paragraphs."""
        return joined(line for part in self.parts if not isinstance(part, Figure) for line in part.texts())

    def lines(self) -> Iterator[str]:
        spans = [(name, span) for name, span in (("colspan", self.colspan), ("rowspan", self.rowspan)) if span > 1]
        attributes = "".join(f' {name}="{span}"' for name, span in spans)
        if self.scope:
            attributes += f' scope="{self.scope}"'
        yield f"<{self.element}{attributes}>{render(self.line)}</{self.element}>"

    def texts(self) -> list[Line]:
        return [self.line] if self.line else []


@dataclass(slots=True)
class Table:
    rows: list[list[Cell]]

    def lines(self) -> Iterator[str]:
        yield "<table>"
        yield "<tbody>"
        for row in self.rows:
            yield "<tr>"
            for cell in row:
                yield from cell.lines()
            yield "</tr>"
        yield "</tbody>"
        yield "</table>"

    def texts(self) -> list[Line]:
        return [line for row in self.rows for cell in row for line in cell.texts()]


Part = Text | Quote | Entry | Listing | Figure | Table
