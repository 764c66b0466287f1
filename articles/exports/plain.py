"""An article as plain text: paragraphs indented as Chinese print does, the notes at the end."""

from collections.abc import Iterator, Sequence
from functools import singledispatch
from typing import IO

from django.utils.translation import gettext as _

from articles.body.inline import Line
from articles.body.parts import Entry, Figure, Listing, Part, Quote, Table, Text
from articles.exports.manuscript import Manuscript, Signature, plain_line

INDENT = "　　"
BULLET = "・"
BETWEEN_CELLS = "｜"


def write(manuscript: Manuscript, file: IO[bytes]) -> None:
    """Write the file, in UTF-8 with plain line ends."""
    file.write("\n".join(_lines(manuscript)).encode())
    file.write(b"\n")


def _lines(manuscript: Manuscript) -> Iterator[str]:
    yield manuscript.title
    yield from filter(None, [manuscript.subtitle])
    yield from filter(None, [byline(manuscript.signatures), f"{manuscript.outlet} {manuscript.date}".strip()])
    yield from (f"（{notice}）" for notice in manuscript.notices)
    if manuscript.abstract:
        yield from ("", f"【{manuscript.abstract_label}】")
        yield from (f"{INDENT}{line}" for line in manuscript.abstract)
    yield ""
    for part in manuscript.parts:
        yield from lines_of(part)
    if manuscript.printed_editor:
        yield from ("", f"{_('Editor as printed')} {manuscript.printed_editor}")
    if manuscript.notes:
        yield from ("", f"【{_('Notes')}】")
        yield from (f"[{number}] {note}" for number, note in enumerate(manuscript.notes, 1))
    yield from _apparatus(manuscript)


def _apparatus(manuscript: Manuscript) -> Iterator[str]:
    yield from ("", "—" * 10, f"【{_('Source and editions')}】")
    for label, lines in told(manuscript):
        if len(lines) == 1:
            yield f"{label}　{lines[0]}"
        else:
            yield label
            yield from (f"{INDENT}{line}" for line in lines)
    yield from ("", f"【{_('To cite this text')}】", manuscript.citation)
    yield from ("", _("Permanent address"), manuscript.address)


def told(manuscript: Manuscript) -> Iterator[tuple[str, list[str]]]:
    """Yield what is known of the text, the printed keywords among it."""
    yield from ((fact.label, list(fact.lines)) for fact in manuscript.facts)
    if manuscript.keywords:
        yield _("Keywords as printed"), ["  ".join(manuscript.keywords)]


def byline(signatures: Sequence[Signature]) -> str:
    """Return the names on one line, each with its part in the work and where it belonged."""
    return "  ".join(
        " ".join(filter(None, (one.label, one.name, f"（{one.affiliation}）" if one.affiliation else "")))
        for one in signatures
    )


@singledispatch
def lines_of(part: Part) -> Iterator[str]:
    raise TypeError(f"{type(part).__name__} is no part of a manuscript.")


@lines_of.register
def _text(part: Text) -> Iterator[str]:
    if part.element == "p":
        yield from _paragraph(part.line, INDENT)
    else:
        yield from ("", plain_line(part.line).replace("\n", " "), "")


@lines_of.register
def _quote(part: Quote) -> Iterator[str]:
    yield ""
    for line in part.paragraphs:
        yield from (f"{INDENT}{each}" for each in _paragraph(line, INDENT))
    yield ""


@lines_of.register
def _listing(part: Listing) -> Iterator[str]:
    for number, entry in enumerate(part.entries, part.start or 0):
        mark = BULLET if part.start is None else f"{number}. "
        yield from _entry(entry, mark)


def _entry(entry: Entry, mark: str) -> Iterator[str]:
    for number, line in enumerate(entry.paragraphs):
        yield from _paragraph(line, f"{INDENT}{mark}" if number == 0 else INDENT * 2)


@lines_of.register
def _figure(part: Figure) -> Iterator[str]:
    """What a picture shows stands for it."""
    said = [_("Picture"), part.alt]
    yield f"{INDENT}[{' '.join(filter(None, said))}]"
    if part.caption:
        yield from _paragraph(part.caption, INDENT)


@lines_of.register
def _table(part: Table) -> Iterator[str]:
    """A row a line; a cell that reaches over several stands in the first of them."""
    yield ""
    for row in part.rows:
        yield BETWEEN_CELLS.join(plain_line(cell.line).replace("\n", " ") for cell in row)
    yield ""


def _paragraph(line: Line, indent: str) -> Iterator[str]:
    """A line break inside a paragraph begins a line that is not indented further."""
    yield from (f"{indent}{each}" for each in plain_line(line).split("\n"))
