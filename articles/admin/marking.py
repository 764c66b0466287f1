"""Findings drawn into the rows of a comparison: which characters each of them is about."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from articles import body
from articles.models import Edition, Finding, name_of_class
from articles.restoration.comparing import Row, Run, compare
from articles.restoration.spans import apart

# More paragraphs than this are no page anybody looks through.
MOST_ROWS = 3_000


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of characters that one finding is about; `code` gives its colour and pattern, `title` its name."""

    kind: str
    text: str
    code: str = ""
    title: str = ""
    finding: int = 0


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of a comparison with its findings; as the template asks it, it is a `Row`."""

    left: int | None
    right: int | None
    runs: tuple[Run | Marked, ...]
    is_same: bool


def marked_rows(
    title: str, paragraphs: Sequence[str], edition: Edition, findings: Iterable[Finding], *, tidy: bool = False
) -> list[MarkedRow]:
    """Return the copy beside the edition, the title first, every open finding and every repair marked.

    The copy an article was made of differs by its repairs only, each a change of its own; another is best shown tidily.
    """
    texts = [block.text for block in body.blocks(edition.body_html)]
    shown: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.state in (Finding.State.OPEN, Finding.State.CLEANED, Finding.State.ACCEPTED):
            shown[finding.block].append(finding)
    above = [Row(body.TITLE, body.TITLE, row.runs) for row in compare([title], [edition.title], tidy=tidy)]
    rows = [*above, *compare(paragraphs, texts, tidy=tidy)][:MOST_ROWS]
    return [_marked(row, [edition.title] if row.right == body.TITLE else texts, shown) for row in rows]


def alone(edition: Edition, findings: Iterable[Finding]) -> list[MarkedRow]:
    """Return the edition beside itself, for a text of which no copy can be read."""
    return marked_rows(edition.title, [block.text for block in body.blocks(edition.body_html)], edition, findings)


def _marked(row: Row, texts: Sequence[str], shown: dict[int, list[Finding]]) -> MarkedRow:
    if row.right is None:
        return MarkedRow(row.left, row.right, row.runs, row.is_same)
    spans = _spans(row, texts, shown)
    return MarkedRow(row.left, row.right, tuple(_cut(row.runs, spans)) if spans else row.runs, row.is_same)


@dataclass(frozen=True, slots=True)
class Span:
    """A finding in the offsets of the row's right text."""

    start: int
    end: int
    finding: Finding


def _spans(row: Row, texts: Sequence[str], shown: dict[int, list[Finding]]) -> list[Span]:
    """The findings of the paragraphs in this row, in order, each beginning behind the one before."""
    first = row.right or 0
    count = row.right_text.count("\n") + 1
    lengths = (len(text) + 1 for text in texts[max(first, 0) : max(first, 0) + count])
    starts = [0, *accumulate(lengths)]
    return apart(
        Span(starts[number] + finding.start, starts[number] + finding.end, finding)
        for number in range(count)
        for finding in shown.get(first + number, ())
    )


def _cut(runs: Iterable[Run], spans: Sequence[Span]) -> Iterator[Marked]:
    """Cut the runs where a finding begins or ends; what is gone belongs to the repair that stands at its place."""
    place = 0
    starts = [span.start for span in spans]
    for run in runs:
        if run.kind == "out":
            yield _gone(run, place, spans, starts)
            continue
        yield from _pieces(run, place, spans, starts)
        place += len(run.text)


def _gone(run: Run, place: int, spans: Sequence[Span], starts: Sequence[int]) -> Marked:
    last = bisect_right(starts, place)
    for span in reversed(spans[max(last - 2, 0) : last]):
        if span.end >= place and span.finding.state != Finding.State.OPEN:
            return _as_marked("out", run.text, span)
    return Marked("out", run.text)


def _pieces(run: Run, place: int, spans: Sequence[Span], starts: Sequence[int]) -> Iterator[Marked]:
    end = place + len(run.text)
    done = place
    for span in spans[max(bisect_right(starts, place) - 1, 0) :]:
        if span.start >= end:
            break
        begin, stop = max(span.start, done), min(span.end, end)
        if begin >= stop:
            continue
        if begin > done:
            yield Marked(run.kind, run.text[done - place : begin - place])
        yield _as_marked(run.kind, run.text[begin - place : stop - place], span)
        done = stop
    if done < end:
        yield Marked(run.kind, run.text[done - place :])


def _as_marked(kind: str, text: str, span: Span) -> Marked:
    return Marked(kind, text, span.finding.code, str(name_of_class(span.finding.code)), span.finding.pk)
