"""Running heads and feet and page numbers: what recurs at the edges of a PDF's pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from articles.intake.readers.pdf_lines import Line

# how many lines at the top and at the foot of a page are looked at
DEEPEST = 3
LONGEST_HEAD = 200
SAME_HEIGHT = 3.0
# set apart: so many times the usual distance of lines away from the text
APART = 1.5
SMALL = 0.92
NUMBER = r"(?:\d{1,4}|[ivxlc]{1,7})"
DASH = r"[-—–·•~－～]{1,3}"
# — 3 — · 第3页 共9页 · 3 / 12 · Page 3 of 9
PAGE_NUMBER = re.compile(
    rf"(?:{DASH})?(?:第?{NUMBER}页?(?:[,，/／]?共?{NUMBER}页?)?|page{NUMBER}(?:of{NUMBER})?|第{NUMBER}页.{{0,3}}共{NUMBER}页)(?:{DASH})?",
    re.IGNORECASE,
)
SAYS_PAGE = re.compile(rf"\A(?:{DASH}{NUMBER}{DASH}|[^页/／\n]*+[页/／].*|page.*)", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the text of a page begins and ends, and what stands beyond."""

    top: float
    foot: float
    heads: tuple[str, ...]


def find(pages: Sequence[Sequence[Line]]) -> list[Edges]:
    """Return for each page, given as its lines from the top, what of it is text."""
    usual = _distance(pages)
    body = _body_size(pages)
    return [_edges(number, pages, usual, body) for number in range(len(pages))]


def is_page_number(text: str) -> bool:
    """Return whether the line is the number of a page.

    >>> [is_page_number(text) for text in ("— 3 —", "第3页 共9页", "3 / 12", "xii", "3 月")]
    [True, True, True, True, False]
    """
    return PAGE_NUMBER.fullmatch(SPACE.sub("", text[:LONGEST_HEAD])) is not None


def _edges(number: int, pages: Sequence[Sequence[Line]], usual: float, body: float) -> Edges:
    lines = pages[number]
    upper = _count(number, pages, lines, usual, body)
    lower = _count(number, pages, lines[upper:][::-1], usual, body)
    heads = [line.text.strip() for line in (*lines[:upper], *lines[len(lines) - lower :])]
    top = lines[upper - 1].height - 0.5 * lines[upper - 1].size if upper else float("inf")
    foot = lines[-lower].height + 0.5 * lines[-lower].size if lower else float("-inf")
    return Edges(top, foot, tuple(heads))


def _count(number: int, pages: Sequence[Sequence[Line]], lines: Sequence[Line], usual: float, body: float) -> int:
    """How many lines from one edge inwards are no text."""
    count = 0
    for line, inner in pairwise(lines[: DEEPEST + 1]):
        distance = abs(line.height - inner.height)
        is_apart = distance > APART * usual
        if not (
            _recurs(line, number, pages)
            or _is_number(line, is_apart)
            or (is_apart and number and line.size < SMALL * body and not line.text.rstrip().endswith("。"))
        ):
            break
        count += 1
    if count == 0 and len(lines) == 1 and number and _recurs(lines[0], number, pages):
        return 1
    return count


def _is_number(line: Line, is_apart: bool) -> bool:
    text = SPACE.sub("", line.text[:LONGEST_HEAD])
    return is_page_number(text) and (is_apart or SAYS_PAGE.fullmatch(text) is not None)


def _recurs(line: Line, number: int, pages: Sequence[Sequence[Line]]) -> bool:
    """Whether a page near by has the same line at the same place, give or take its digits."""
    key = _key(line.text)
    near = (*range(max(0, number - 3), number), *range(number + 1, min(len(pages), number + 4)))
    return any(
        abs(other.height - line.height) <= SAME_HEIGHT and _key(other.text) == key
        for place in near
        for other in _outer(pages[place])
    )


def _outer(lines: Sequence[Line]) -> Iterator[Line]:
    yield from lines[:DEEPEST]
    yield from lines[DEEPEST:][-DEEPEST:]


def _key(text: str) -> str:
    return DIGITS.sub("#", SPACE.sub("", text[:LONGEST_HEAD]))


def _distance(pages: Sequence[Sequence[Line]]) -> float:
    """How far one line usually stands from the next."""
    found = [above.height - below.height for lines in pages for above, below in pairwise(lines)]
    return median(found) if found else 0.0


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    weights: dict[float, int] = {}
    for line in (line for lines in pages for line in lines):
        weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size], default=0.0)
