"""An article in CommonMark: front matter in YAML, notes as footnotes, tables as HTML.

CommonMark has no tables, and the grids that others add know no spans: a table is written as HTML, which it lets
through. Footnotes (`[^1]`) and front matter are not CommonMark either, but every common reader of it knows them.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import singledispatchmethod
from typing import IO
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from articles.body.inline import BREAK, Line, Piece
from articles.body.parts import Cell, Entry, Figure, Listing, Part, Quote, Table, Text
from articles.exports.manuscript import Manuscript
from articles.exports.plain import byline, told

SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&$]")
# what begins a block, at the start of a line; a space in front would be a code block from the fourth on
BLOCK_START = re.compile(r"^([^\S\n]*)(?:([0-9]{1,9})([.)])|([-+=:]))(?=\s|[-+=:]|$)", re.MULTILINE)
# characters JSON leaves as they are and YAML does not take, or takes for line ends
NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
# nine digits are the most it reads as the number of an item
MOST_COUNTED = 900_000_000
LEVELS = {"h2": "##", "h3": "###", "h4": "####"}


def write(manuscript: Manuscript, file: IO[bytes]) -> None:
    """Write the file, in UTF-8."""
    text = "\n\n".join(Writer(manuscript).blocks())
    file.write(f"{front_matter(manuscript)}\n{text}\n".encode())


def front_matter(manuscript: Manuscript) -> str:
    """Return the metadata; each value is JSON, which is YAML whatever it holds."""
    said = {
        "title": manuscript.title,
        "subtitle": manuscript.subtitle,
        "author": [one.name for one in manuscript.signatures if not one.label],
        "contributor": [f"{one.label} {one.name}" for one in manuscript.signatures if one.label],
        "source": manuscript.outlet,
        "date": manuscript.date_iso,
        "keywords": list(manuscript.keywords),
        "lang": manuscript.language,
        "edition": manuscript.number,
        "published": manuscript.published_at.date().isoformat(),
        "url": manuscript.address,
        "citation": manuscript.citation,
    }
    lines = (f"{name}: {_yaml(value)}\n" for name, value in said.items() if value)
    return f"---\n{''.join(lines)}---\n"


def _yaml(value: object) -> str:
    return NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def escape(text: str) -> str:
    r"""Return the text so that CommonMark shows it as it is.

    >>> escape("*账目* 1. <预算>")
    '\\*账目\\* 1. \\<预算\\>'
    """
    return SPECIAL.sub(r"\\\g<0>", text)


def _safe_starts(text: str) -> str:
    """Keep what begins a paragraph from being read as a list, a heading or a rule."""
    return BLOCK_START.sub(lambda found: f"{found[1]}{found[2] or ''}\\{found[3] or found[4]}", text)


class Writer:
    """Writes one manuscript, block by block."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        self.referred: set[int] = set()

    def blocks(self) -> Iterator[str]:
        manuscript = self.manuscript
        yield f"# {escape(manuscript.title)}"
        said = [manuscript.subtitle, byline(manuscript.signatures), f"{manuscript.outlet} {manuscript.date}".strip()]
        yield from map(self._plain, filter(None, said))
        yield from (f"> {escape(notice)}" for notice in manuscript.notices)
        if manuscript.abstract:
            lines = [f"**{escape(manuscript.abstract_label)}**", *map(self._plain, manuscript.abstract)]
            yield "\n>\n".join(f"> {line}" for line in lines)
        before: Part | None = None
        for part in manuscript.parts:
            if isinstance(part, Listing) and isinstance(before, Listing):
                yield "<!-- -->"  # or the two lists would be one
            yield from self.part(part)
            before = part
        if manuscript.printed_editor:
            yield self._plain(f"{_('Editor as printed')} {manuscript.printed_editor}")
        yield from self.notes()
        yield from self.apparatus()

    def notes(self) -> Iterator[str]:
        """Footnotes go where the reader's program puts them; those nothing refers to would be lost, and are listed."""
        notes = list(enumerate(self.manuscript.notes, 1))
        if loose := [(number, note) for number, note in notes if number not in self.referred]:
            yield f"## {escape(_('Notes'))}"
            yield from (f"\\[{number}\\] {self._plain(note)}" for number, note in loose)
        yield from (f"[^{number}]: {self._plain(note)}" for number, note in notes if number in self.referred)

    def apparatus(self) -> Iterator[str]:
        yield f"## {escape(_('Source and editions'))}"
        items = [f"- {escape(label)}{_after(lines)}" for label, lines in told(self.manuscript)]
        yield "\n".join(items)
        yield f"## {escape(_('To cite this text'))}"
        yield self._plain(self.manuscript.citation)
        yield f"{escape(_('Permanent address'))} <{self.manuscript.address}>"

    def _plain(self, text: str) -> str:
        return _safe_starts(escape(text))

    @singledispatchmethod
    def part(self, part: Part) -> Iterable[str]:
        raise TypeError(f"{type(part).__name__} is no part of a manuscript.")

    @part.register
    def _text(self, part: Text) -> Iterable[str]:
        if part.element == "p":
            return [self.paragraph(part.line)]
        return [f"{LEVELS[part.element]} {self.inline(part.line, ' ')}"]

    @part.register
    def _quote(self, part: Quote) -> Iterable[str]:
        inner = "\n\n".join(self.paragraph(line) for line in part.paragraphs)
        return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))]

    @part.register
    def _listing(self, part: Listing) -> Iterable[str]:
        """Items of one paragraph stand close. CommonMark counts nothing below nought: such a list is written out."""
        start = part.start
        marks = [f"{start + at}." if start is not None else "-" for at in range(len(part.entries))]
        entries = list(zip(marks, part.entries, strict=True))
        if start is not None and not 0 <= start <= MOST_COUNTED:
            return [block for mark, entry in entries for block in self.written_out(mark, entry)]
        between = "\n\n" if any(len(entry.paragraphs) > 1 for entry in part.entries) else "\n"
        return [between.join(self.item(mark, entry) for mark, entry in entries)]

    def written_out(self, mark: str, entry: Entry) -> list[str]:
        first, *further = map(self.paragraph, entry.paragraphs)
        return [f"{mark[:-1]}\\. {first}", *further]

    def item(self, mark: str, entry: Entry) -> str:
        inner = "\n\n".join(self.paragraph(line) for line in entry.paragraphs)
        indent = " " * (len(mark) + 1)
        return f"{mark} " + inner.replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")

    @part.register
    def _figure(self, part: Figure) -> Iterable[str]:
        address = urljoin(self.manuscript.address, part.src)
        picture = self.manuscript.pictures.get(part.src)
        yield f"![{escape(part.alt or '')}](<{address}>)"
        if part.caption:
            yield self.paragraph(part.caption)
        if picture and picture.credit:
            yield self._plain(picture.credit)

    @part.register
    def _table(self, part: Table) -> Iterable[str]:
        """No empty line may stand in it: it would end the block of HTML."""
        rows = ("".join(map(_cell, row)) for row in part.rows)
        return ["<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"]

    def paragraph(self, line: Line) -> str:
        return _safe_starts(self.inline(line))

    def inline(self, line: Line, line_break: str = "\\\n") -> str:
        return "".join(self.piece(piece) for piece in line).replace(BREAK, line_break)

    def piece(self, piece: Piece) -> str:
        if number := self.manuscript.note_of(piece):
            self.referred.add(number)
            return f"[^{number}]"
        marks, text = piece.marks, escape(piece.text)
        if marks.level:
            text = f"<{marks.level}>{text}</{marks.level}>"
        if marks.em:
            text = _marked(text, piece.text, "*", "em")
        if marks.strong:
            text = _marked(text, piece.text, "**", "strong")
        return f"[{text}](<{marks.href}>)" if marks.href else text


def _marked(text: str, words: str, sign: str, element: str) -> str:
    """Between a sign of punctuation and a letter CommonMark sees no emphasis, which Chinese often has: then in HTML."""
    is_plain = words[0].isalnum() and words[-1].isalnum() and text[0] != "<"
    return f"{sign}{text}{sign}" if is_plain else f"<{element}>{text}</{element}>"


def _after(lines: list[str]) -> str:
    if len(lines) == 1:
        return f": {escape(lines[0])}"
    return "".join(f"\n  - {_safe_starts(escape(line))}" for line in lines)


def _cell(cell: Cell) -> str:
    spans = [(name, span) for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1]
    attributes = "".join(f' {name}="{span}"' for name, span in spans)
    return f"<{cell.element}{attributes}>{''.join(map(_in_html, cell.line))}</{cell.element}>"


def _in_html(piece: Piece) -> str:
    text = html.escape(piece.text, quote=False)
    for start, end in reversed(piece.marks.tags()):
        text = f"{start}{text}{end}"
    return text.replace(BREAK, "<br>")
