"""The paragraphs of a PDF as HTML: words rejoined, bold and raised type marked, levels of headings."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from articles.intake.readers.pdf_lines import Line
from articles.intake.readers.pdf_paragraphs import Paragraph

Style = tuple[bool, int]
Styled = tuple[str, Style]

# where the characters begin that are set without spaces between them
WIDE = "\u2e80"
HYPHENS = "-\u00ad\u2010"
LEVELS = 3
# a space in running text comes from the typesetter, one in a short line (作者　单位) from the author
RUNNING = 40
SENTENCE_MARKS = frozenset("。，、；︒︐︑︔")
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


def write(paragraphs: Sequence[Paragraph]) -> str:
    """Return the paragraphs as HTML; the largest type on top is a heading of the class title."""
    title = _title(paragraphs)
    types = sorted({_type(each) for each in paragraphs[_start(paragraphs) :] if each.is_heading}, reverse=True)
    shows_bold = not _is_mostly_bold(paragraphs)
    written: list[str] = []
    for paragraph in paragraphs:
        if paragraph.rows:
            written.append(f"<table>{_table(paragraph.rows)}</table>")
        elif paragraph is title:
            written.append(f'<h1 class="title">{escape(plain(paragraph.lines))}</h1>')
        elif paragraph.is_heading and _type(paragraph) in types:
            level = min(types.index(_type(paragraph)), LEVELS - 1) + 2
            written.append(f"<h{level}>{escape(plain(paragraph.lines))}</h{level}>")
        else:
            written.append(f"<p>{_html(paragraph.lines, shows_bold)}</p>")
    return "".join(written)


def plain(lines: Sequence[Line]) -> str:
    """Return the lines as one text."""
    return "".join(char for char, _ in _characters(lines))


def _title(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The heading in the largest type, where it stands above the text."""
    largest = max(
        (each for each in paragraphs[: _start(paragraphs)] if each.is_heading), key=lambda each: each.size, default=None
    )
    return largest if largest and all(each.size <= largest.size for each in paragraphs) else None


def _start(paragraphs: Sequence[Paragraph]) -> int:
    """Where running text begins: larger type above it is that of title, authors and date."""
    return next((place for place, each in enumerate(paragraphs) if _is_running(each)), len(paragraphs))


def _type(paragraph: Paragraph) -> tuple[int, bool]:
    return round(paragraph.size), paragraph.lines[0].is_bold


def _is_running(paragraph: Paragraph) -> bool:
    return len(paragraph.text) >= 2 * RUNNING and "。" in paragraph.text


def _is_mostly_bold(paragraphs: Sequence[Paragraph]) -> bool:
    bold = sum(len(line.text) for each in paragraphs for line in each.lines if line.is_bold)
    return 2 * bold > sum(len(each.text) for each in paragraphs)


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)


def _html(lines: Sequence[Line], shows_bold: bool) -> str:
    pieces: list[str] = []
    for (is_bold, raised), group in groupby(_characters(lines), key=lambda each: each[1]):
        text = escape("".join(char for char, _ in group), quote=False)
        if raised:
            text = f"<sup>{text}</sup>" if raised > 0 else f"<sub>{text}</sub>"
        pieces.append(f"<strong>{text}</strong>" if is_bold and shows_bold and text.strip() else text)
    return "".join(pieces)


def _characters(lines: Sequence[Line]) -> list[Styled]:
    """The characters of the lines, each with its style, without the spaces and hyphens that come from setting."""
    chars: list[Styled] = []
    for line in lines:
        if chars:
            _join(chars, line)
        chars += [
            (char, (piece.is_bold, piece.raised)) for piece in line.pieces for char in piece.text.translate(LIGATURES)
        ]
    is_running = len(chars) >= RUNNING and any(char in SENTENCE_MARKS for char, _ in chars)
    return list(_spaced(chars, is_running))


def _join(chars: list[Styled], line: Line) -> None:
    """Make room for a line behind those before it: words in letters need a space, divided ones lose their hyphen."""
    last, following = chars[-1][0], line.text[:1]
    if last in HYPHENS and len(chars) > 1 and chars[-2][0].isalpha() and following.islower():
        chars.pop()
    elif last < WIDE and following < WIDE and not last.isspace() and following.strip():
        chars.append((" ", chars[-1][1]))


def _spaced(chars: Sequence[Styled], is_running: bool) -> Iterator[Styled]:
    """Leave single spaces, and in running text none between Chinese characters."""
    before = ""
    waiting: Styled | None = None
    for char, style in chars:
        if char.isspace():
            waiting = waiting or (" ", style)
            continue
        if waiting and before and not (is_running and before >= WIDE and char >= WIDE):
            yield waiting
        waiting = None
        before = char
        yield char, style
