"""The lines of a PDF become paragraphs and headings again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from articles.intake.readers.pdf_lines import Line

# in type sizes: a first line stands in by so much, a full line ends so near the edge of its column
INDENT, NEAR_EDGE, LATIN_LETTER = 0.9, 1.7, 0.5
# how many times the usual distance of lines parts paragraphs, and still joins the lines of a heading
APART, HEADING_APART, FULL_HEADING_APART = 1.3, 2.2, 3.0
# how much larger than the text a heading is, and how much two lines of one paragraph may differ
LARGER, ALIKE = 1.1, 0.06
LONGEST_HEADING = 90
FEWEST_ROWS = 3
CELL_GAP = 1.0
SENTENCE_END = re.compile(r"[。！？!?…；;：:.][”’」』）)】\]》\"']{0,3}\s*$")
# 一、 · （二） · 第三章 · 1. · ① · • at the beginning of a line
OPENS = re.compile(
    r"\A\s*(?:[一二三四五六七八九十]{1,3}[、．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节编条]|\d{1,2}[、．.](?!\d)|[①-⑳•●■◆])"
)
LATIN_WORD = re.compile(r"[!-~\u00a0-\u024f]+")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `rows` holds the cells of a table, `is_heading`: the type is larger."""

    lines: list[Line] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    is_heading: bool = False

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """All of it on one line, as far as it matters for rules."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the document is set: its type, the usual distance of lines, and whether first lines stand in."""

    size: float
    distance: float
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Column:
    """Where the lines of one column begin and end."""

    left: float
    right: float


def body_size(flows: Sequence[Sequence[Line]]) -> float:
    """Return the size of type in which most of the text is set."""
    weights: Counter[float] = Counter()
    for line in (line for flow in flows for line in flow):
        weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def build(flows: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Return the paragraphs, headings and tables of columns that are read one after the other."""
    setting = _setting(flows)
    built: list[Paragraph] = []
    last: tuple[Line, Column] | None = None
    for flow, columns in ((flow, _columns(flow, setting.size)) for flow in flows):
        for group in _tables(flow):
            if len(group) > 1:
                built.append(Paragraph(list(group), [cells(line) for line in group]))
                last = None
                continue
            line = group[0]
            column = columns[line]
            if last is None or _begins(line, column, *last, setting, last[0] in columns):
                built.append(Paragraph())
            built[-1].lines.append(line)
            last = (line, column)
    for paragraph in built:
        paragraph.is_heading = _is_heading(paragraph, setting.size)
    return built


def cells(line: Line) -> list[str]:
    """Return the parts of a line that wide gaps divide."""
    parts: list[list[str]] = [[]]
    edge = line.left
    for piece in line.pieces:
        if piece.left - edge > CELL_GAP * line.size:
            parts.append([])
        parts[-1].append(piece.text)
        edge = max(edge, piece.right)
    return ["".join(part).strip() for part in parts]


def _setting(flows: Sequence[Sequence[Line]]) -> Setting:
    size = body_size(flows)
    steps = [
        above.height - below.height
        for flow in flows
        for above, below in pairwise(flow)
        if above.size == size == below.size
    ]
    indented = plain = 0
    for flow in flows:
        column = _column(flow, size)
        for line in flow:
            if abs(line.size - size) <= ALIKE * size:
                stands_in = INDENT < (line.left - column.left) / size < 3
                indented, plain = indented + stands_in, plain + (not stands_in)
    return Setting(size, median(steps) if steps else 1.5 * size, indented >= max(2, 0.08 * (indented + plain)))


def _column(flow: Sequence[Line], size: float) -> Column:
    """The edges of a column: where its lines most often begin and end."""
    own = [line for line in flow if abs(line.size - size) <= ALIKE * size] or list(flow)
    if not own:
        return Column(0, 0)
    longest = max(line.right - line.left for line in own)
    long = [line for line in own if line.right - line.left > 0.6 * longest]
    lefts = Counter(round(line.left) for line in long)
    most = max(lefts.values())
    return Column(min(left for left, count in lefts.items() if count >= 0.3 * most), median(x.right for x in long))


def _columns(flow: Sequence[Line], size: float) -> dict[Line, Column]:
    """The edges that hold for each line: those of the text, or of the block it stands in with others of its size."""
    column = _column(flow, size)
    columns: dict[Line, Column] = {}
    for _, group in groupby(flow, key=lambda line: round(line.size)):
        block = list(group)
        is_text = abs(block[0].size - size) <= ALIKE * size
        own = column if is_text else Column(min(line.left for line in block), max(line.right for line in block))
        columns |= dict.fromkeys(block, own)
        if is_text:
            columns |= _insets(block, column, size)
    return columns


def _insets(block: Sequence[Line], column: Column, size: float) -> dict[Line, Column]:
    """The edges of passages that are set in on both sides, as long quotations are."""
    insets: dict[Line, Column] = {}
    for is_set_in, group in groupby(block, key=lambda line: line.left - column.left > INDENT * size):
        lines = list(group)
        own = Column(min(line.left for line in lines), max(line.right for line in lines))
        full = sum(own.right - line.right < 0.3 * size for line in lines)
        if is_set_in and full > 1 and len(lines) - full <= 1 and column.right - own.right > INDENT * size:
            insets |= dict.fromkeys(lines, own)
    return insets


def _begins(line: Line, column: Column, last: Line, last_column: Column, setting: Setting, is_near: bool) -> bool:
    """Whether a paragraph begins with the line."""
    size = max(line.size, last.size)
    if abs(line.size - last.size) > ALIKE * size:
        return True
    distance = last.height - line.height if is_near else 0.0
    if size > LARGER * setting.size:
        most = FULL_HEADING_APART if _is_full(last, line, column) else HEADING_APART
        return not is_near or distance > most * size or bool(OPENS.match(line.text))
    if distance > APART * setting.distance or (OPENS.match(line.text) and SENTENCE_END.search(last.text[-5:])):
        return True
    if not _is_full(last, line, last_column):
        return True
    stands_in = line.left - column.left > INDENT * size
    # a line that stands in as far as the one above goes on a passage that is set in
    goes_on = is_near and abs(line.left - last.left) < 0.3 * size and not SENTENCE_END.search(last.text[-5:])
    if stands_in:
        return not goes_on
    return not is_near and not setting.stands_in and bool(SENTENCE_END.search(last.text[-5:]))


def _is_full(line: Line, following: Line, column: Column) -> bool:
    """Whether the line ends where it does because the next word found no room in it."""
    word = LATIN_WORD.match(following.text.lstrip()[:40])
    needed = LATIN_LETTER * len(word[0]) + LATIN_LETTER if word else 0.0
    return column.right - line.right < max(NEAR_EDGE, needed) * line.size


def _is_heading(paragraph: Paragraph, size: float) -> bool:
    if paragraph.rows or paragraph.size < LARGER * size or len(paragraph.text) > LONGEST_HEADING:
        return False
    return not paragraph.text.rstrip().endswith("。")


def _tables(flow: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines one by one, and those of a table together."""
    place = 0
    while place < len(flow):
        end = place + 1
        while end < len(flow) and _are_rows(flow[end - 1], flow[end]):
            end += 1
        if end - place >= FEWEST_ROWS:
            yield list(flow[place:end])
            place = end
        else:
            yield [flow[place]]
            place += 1


def _are_rows(first: Line, second: Line) -> bool:
    """Whether two lines have as many parts, each below the other's."""
    above, below = _places(first), _places(second)
    return len(above) == len(below) > 1 and all(
        one[0] < other[1] and other[0] < one[1] for one, other in zip(above, below, strict=True)
    )


def _places(line: Line) -> list[tuple[float, float]]:
    places = [(line.left, line.left)]
    for piece in line.pieces:
        if piece.left - places[-1][1] > CELL_GAP * line.size:
            places.append((piece.left, piece.right))
        else:
            places[-1] = (places[-1][0], max(places[-1][1], piece.right))
    return places
