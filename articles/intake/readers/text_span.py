"""Where in a dump the article stands: the densest run of running text."""

from collections.abc import Sequence

from articles.intake.readers.text_body import LEVELS
from articles.intake.readers.text_lines import COMMENTS, Kind, Line

# how much a line speaks for or against being inside the article, in Chinese characters of running text
WEIGHT = {
    Kind.SHORT: -12,
    Kind.LISTED: -6,
    Kind.LABELS: -40,
    Kind.ABSTRACT: -40,
    Kind.DATE: -20,
    Kind.TRAIL: -80,
    Kind.FURNITURE: -15,
    Kind.END: -150,
    Kind.CUT: -60,
    Kind.IMAGE: -10,
    Kind.RUNNING_HEAD: -5,
}
# a formula or a line of code in between
LATIN_LINE = -2
COMMENTS_BEGIN = -400
MOST_OF_ONE_LINE = 300
SHORT_SENTENCE = 20

# running text that soon follows a date or label line is the article's beginning
UNDER_METADATA = 300
REACH = 8
REAL_SENTENCE = 30


def find_span(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first line of the article and the one behind its last; (0, 0) when there is no running text."""
    favoured = _under_metadata(lines)
    best, best_span = 0, (0, 0)
    total, start = 0, 0
    for place, line in enumerate(lines):
        weight = _weigh(line) + (UNDER_METADATA if place == favoured else 0)
        if total <= 0 or place == favoured:
            total, start = 0, place
        total += weight
        if total > best:
            best, best_span = total, (start, place + 1)
    return _trim(lines, *best_span)


def _weigh(line: Line) -> int:
    if line.kind == Kind.PROSE:
        han = line.han
        return min(MOST_OF_ONE_LINE, han) if han >= SHORT_SENTENCE or "。" in line.text else han // 3
    if line.kind == Kind.END and COMMENTS.match(line.text):
        return COMMENTS_BEGIN
    if line.kind == Kind.SHORT and not line.han:
        return LATIN_LINE
    return WEIGHT[line.kind]


def _under_metadata(lines: Sequence[Line]) -> int | None:
    """The first line of running text that stands closely under a date or label line."""
    last = None
    for place, line in enumerate(lines):
        if line.kind in (Kind.LABELS, Kind.DATE, Kind.ABSTRACT):
            last = place
        elif line.kind == Kind.PROSE and line.han >= REAL_SENTENCE and last is not None and place - last <= REACH:
            return place
    return None


def _trim(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    while start < end and lines[start].kind != Kind.PROSE:
        start += 1
    while end > start and lines[end - 1].kind != Kind.PROSE:
        end -= 1
    while 0 < start < end and (_is_heading(lines[start - 1]) or _is_sentence(lines[start - 1])):
        start -= 1
    return start, end


def _is_sentence(line: Line) -> bool:
    return line.kind == Kind.PROSE and line.text.endswith("。")


def _is_heading(line: Line) -> bool:
    """Whether the line is numbered as a heading: one right above the text belongs to it."""
    return line.kind == Kind.SHORT and any(pattern.match(line.text) for _, pattern in LEVELS)
