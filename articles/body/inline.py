"""The text inside one block: pieces of text with their marks, set down in one way only."""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

# Stands for <br> among the pieces; `schema.clean_text` lets none in from outside.
BREAK = "\u2028"
INDENT = "\u3000"

TOKEN = re.compile(rf"(?P<break>{BREAK})|(?P<space>[ \t\n\r\f\xa0]++)|[^{BREAK} \t\n\r\f\xa0]++")
# Han, kana, bopomofo, hangul, ideographic and full-width punctuation: written without spaces at line ends.
WIDE = re.compile(
    "[\u2e80-\u312f\u3190-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
# Used by Chinese and Latin alike; Chinese where the neighbour is.
SHARED_PUNCTUATION = frozenset("“”‘’—…·")
INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*+")


class Marks(NamedTuple):
    """What stands around a piece of text, outermost first; `level` is "", "sub" or "sup"."""

    href: str = ""
    strong: bool = False
    em: bool = False
    level: str = ""

    def tags(self) -> list[tuple[str, str]]:
        """Return the start tags and end tags, outermost first."""
        link = [(f'<a href="{html.escape(self.href)}">', "</a>")] if self.href else []
        names = ["strong"] * self.strong + ["em"] * self.em + [self.level] * bool(self.level)
        return link + [(f"<{name}>", f"</{name}>") for name in names]

    def common(self, other: "Marks") -> "Marks":
        """Return the marks that stand around both."""
        return Marks(
            self.href if self.href == other.href else "",
            self.strong and other.strong,
            self.em and other.em,
            self.level if self.level == other.level else "",
        )


class Piece(NamedTuple):
    text: str
    marks: Marks


Line = list[Piece]


def is_blank(text: str) -> bool:
    """Return whether a reader would see nothing."""
    return INVISIBLE.fullmatch(text) is not None


def shrink(space: str, before: str, after: str) -> str:
    """Return what is left of white space between two characters.

    A line end inside Chinese text comes from how the source was wrapped, so nothing is left of it; a plain space was
    typed on purpose, as in 第一章 总则.
    """
    if not {"\n", "\r"} & set(space):
        return " "
    wide = [bool(WIDE.match(character)) for character in (before, after)]
    if all(wide) or (any(wide) and {before, after} & SHARED_PUNCTUATION):
        return ""
    return " "


class Paragraphs:
    """Gathers pieces into paragraphs: white space shrunk, indents gone, two breaks in a row ending a paragraph.

    A space or a break carries only the marks of both its neighbours, so that no mark begins or ends with one.
    """

    def __init__(self) -> None:
        self.done: list[Line] = []
        self.line: Line = []
        self.breaks = 0
        self.space = ""

    def read(self, pieces: Iterable[Piece]) -> list[Line]:
        for piece in pieces:
            for match in TOKEN.finditer(piece.text):
                if match["break"]:
                    self.breaks += 1
                    self.space = ""
                elif match["space"]:
                    self.space += match[0]
                else:
                    self.word(match[0], piece.marks)
        self.finish()
        return self.done

    def word(self, text: str, marks: Marks) -> None:
        if self.breaks or not self.line:
            text = text.lstrip(INDENT)
            if not text:
                return
        if self.breaks > 1:
            self.finish()
        if self.line and self.breaks:
            self.line.append(Piece(BREAK, self.line[-1].marks.common(marks)))
        elif self.line and self.space:
            left = shrink(self.space, self.line[-1].text[-1], text[0])
            self.line.append(Piece(left, self.line[-1].marks.common(marks)))
        self.line.append(Piece(text, marks))
        self.breaks = 0
        self.space = ""

    def finish(self) -> None:
        while self.line and not self.line[-1].text.rstrip(f"{INDENT} {BREAK}"):
            self.line.pop()
        if self.line:
            last = self.line.pop()
            self.line.append(Piece(last.text.rstrip(f"{INDENT} "), last.marks))
        if not is_blank("".join(piece.text for piece in self.line)):
            self.done.append(merged(self.line))
        self.line = []
        self.breaks = 0
        self.space = ""


def paragraphs(pieces: Iterable[Piece]) -> list[Line]:
    """Return the paragraphs that stand in a run of pieces; empty ones are left out."""
    return Paragraphs().read(pieces)


def merged(line: Iterable[Piece]) -> Line:
    """Join neighbours that carry the same marks."""
    written = (piece for piece in line if piece.text)
    return [
        Piece("".join(piece.text for piece in same), marks) for marks, same in groupby(written, key=attrgetter("marks"))
    ]


def joined(lines: Iterable[Line]) -> Line:
    """Return one line that holds all of them, with a break between."""
    pieces: Line = []
    for line in lines:
        if pieces:
            pieces.append(Piece(BREAK, pieces[-1].marks.common(line[0].marks)))
        pieces.extend(line)
    return merged(pieces)


def render(line: Line) -> str:
    """Write a line as HTML, marks nested in their one order and closed no earlier than needed."""
    out: list[str] = []
    open_tags: list[tuple[str, str]] = []
    for piece in line:
        wanted = piece.marks.tags()
        kept = next((i for i, (a, b) in enumerate(zip(open_tags, wanted, strict=False)) if a != b), None)
        if kept is None:
            kept = min(len(open_tags), len(wanted))
        out.extend(end for _, end in reversed(open_tags[kept:]))
        out.extend(start for start, _ in wanted[kept:])
        open_tags = wanted
        out.append(html.escape(piece.text, quote=False).replace(BREAK, "<br>"))
    out.extend(end for _, end in reversed(open_tags))
    return "".join(out)


INLINE_TOKEN = re.compile(r'<(?P<end>/?)(?P<name>a|strong|em|sub|sup|br)(?: href="(?P<href>[^"]*)")?>|(?P<text>[^<]+)')


def parse(source: str) -> Line:
    """Read back what `render` wrote."""
    return merged(read_pieces(source))


def read_pieces(source: str) -> Iterator[Piece]:
    open_marks = [Marks()]
    for match in INLINE_TOKEN.finditer(source):
        if match["text"]:
            yield Piece(html.unescape(match["text"]), open_marks[-1])
        elif match["name"] == "br":
            yield Piece(BREAK, open_marks[-1])
        elif match["end"]:
            open_marks.pop()
        else:
            open_marks.append(with_mark(open_marks[-1], match["name"], html.unescape(match["href"] or "")))


def with_mark(marks: Marks, name: str, href: str = "") -> Marks:
    """Return the marks with one more around the text."""
    if name == "a":
        return marks._replace(href=href or marks.href)
    if name in {"sub", "sup"}:
        return marks._replace(level=name)
    return marks._replace(strong=True) if name == "strong" else marks._replace(em=True)
