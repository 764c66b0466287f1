"""Paragraphs as one line of words, so that no word differs because a copy breaks its paragraphs elsewhere."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from articles.restoration.comparing import Kind, Pair, Row, Run

KINDS: tuple[Kind, Kind] = ("out", "in")


class Joined:
    """The words of some paragraphs in one line, and the edges between these."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.words = "".join(paragraphs)
        # where each paragraph begins, and where the last one ends
        self.starts = [0, *accumulate(map(len, paragraphs))]

    def edges(self, start: int, end: int) -> list[int]:
        """Return the edges of paragraphs from one place to another, both included."""
        return sorted(set(self.starts[bisect_left(self.starts, start) : bisect_right(self.starts, end)]))

    def is_edge(self, place: int) -> bool:
        return bool(self.edges(place, place))

    def number(self, place: int) -> int:
        """Return which paragraph the character behind a place stands in; at the very end the last."""
        return max(min(bisect_right(self.starts, place), len(self.starts) - 1) - 1, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of two texts that answer each other: the same, or other words, on either side perhaps none."""

    start: Pair
    end: Pair
    is_same: bool

    def words(self, left: Joined, right: Joined) -> tuple[str, str]:
        return left.words[self.start[0] : self.end[0]], right.words[self.start[1] : self.end[1]]


@dataclass(frozen=True, slots=True)
class Break:
    """Where one text has more breaks between paragraphs than the other: the place, and how many on each side."""

    place: Pair
    counts: Pair


@dataclass(slots=True)
class Laid:
    """Two texts laid beside each other, in the paragraphs they share."""

    rows: list[Row] = field(default_factory=list)
    differing: list[Stretch] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)


def stretches(runs: Sequence[Run]) -> Iterator[Stretch]:
    """Yield what differs and what is the same, in turn.

    >>> next(stretches([Run("out", "账"), Run("in", "目")]))
    Stretch(start=(0, 0), end=(1, 1), is_same=False)
    """
    start = end = (0, 0)
    for run in (*runs, Run("same", "")):
        if run.kind != "same":
            end = (end[0] + len(run.text) * (run.kind == "out"), end[1] + len(run.text) * (run.kind == "in"))
            continue
        if start != end:
            yield Stretch(start, end, False)
        start, end = end, (end[0] + len(run.text), end[1] + len(run.text))
        if start != end:
            yield Stretch(start, end, True)
        start = end


def lay(left: Joined, right: Joined, runs: Sequence[Run]) -> Laid:
    """Lay two texts beside each other; a row ends where both of them have a break."""
    laid = Laid()
    begun: Pair = (0, 0)
    row: list[Run] = []
    for stretch in stretches(runs):
        ours = left.edges(stretch.start[0], stretch.end[0])
        theirs = right.edges(stretch.start[1], stretch.end[1])
        cuts = _cuts(stretch, ours, theirs)
        known = set(cuts)
        for piece in _cut(stretch, cuts):
            if piece.start in known:
                begun = _end_row(laid, left, right, begun, piece.start, row)
            alone = (_between(ours, piece, 0, known), _between(theirs, piece, 1, known))
            row += _runs(left, right, piece, alone)
            _note(laid, piece, alone, is_paragraph=piece.start in known and piece.end in known)
        if stretch.end in known:
            begun = _end_row(laid, left, right, begun, stretch.end, row)
    _end_row(laid, left, right, begun, (len(left.words), len(right.words)), row)
    return laid


def _cuts(stretch: Stretch, ours: Sequence[int], theirs: Sequence[int]) -> list[Pair]:
    """Return the places where breaks of both texts answer each other."""
    if stretch.is_same:
        shift = stretch.start[1] - stretch.start[0]
        known = {edge - shift for edge in theirs}
        return [(edge, edge + shift) for edge in ours if edge in known and stretch.start[0] < edge < stretch.end[0]]
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    return [pair for pair in (stretch.start, stretch.end) if pair[0] in ours and pair[1] in theirs]


def _cut(stretch: Stretch, cuts: Sequence[Pair]) -> Iterator[Stretch]:
    for start, end in pairwise([stretch.start, *cuts, stretch.end]):
        if start != end:
            yield Stretch(start, end, stretch.is_same)


def _between(edges: Sequence[int], piece: Stretch, side: int, cuts: set[Pair]) -> list[int]:
    """Return the edges of one side in a piece that no edge of the other answers; one beside what differs is its."""
    answered = {cut[side] for cut in cuts}
    start, end = piece.start[side] + piece.is_same, piece.end[side] - piece.is_same
    return [edge for edge in edges if start <= edge <= end and edge not in answered]


def _runs(left: Joined, right: Joined, piece: Stretch, alone: tuple[list[int], list[int]]) -> Iterator[Run]:
    ours, theirs = piece.words(left, right)
    if not piece.is_same:
        gone, come = (_broken(*each) for each in ((ours, piece.start[0], alone[0]), (theirs, piece.start[1], alone[1])))
        yield from [Run("out", gone)] if gone else []
        yield from [Run("in", come)] if come else []
        return
    done = 0
    breaks = [
        (edge - start, kind) for kind, edges, start in zip(KINDS, alone, piece.start, strict=True) for edge in edges
    ]
    for place, kind in sorted(breaks):
        yield Run("same", ours[done:place])
        yield Run(kind, "\n")
        done = place
    yield Run("same", ours[done:])


def _broken(words: str, start: int, edges: Sequence[int]) -> str:
    """Return the words with a newline at the edges."""
    places = [0, *(edge - start for edge in edges), len(words)]
    return "\n".join(words[one:other] for one, other in pairwise(places))


def _note(laid: Laid, piece: Stretch, alone: tuple[list[int], list[int]], *, is_paragraph: bool) -> None:
    """Keep what differs; a paragraph that one text lacks takes its break with it."""
    if not piece.is_same:
        laid.differing.append(piece)
        is_lacking = is_paragraph and (piece.start[0] == piece.end[0] or piece.start[1] == piece.end[1])
        if len(alone[0]) != len(alone[1]) and not is_lacking:
            laid.breaks.append(Break(piece.start, (len(alone[0]), len(alone[1]))))
        return
    for side, edges in enumerate(alone):
        for edge in edges:
            shift = edge - piece.start[side]
            place = (piece.start[0] + shift, piece.start[1] + shift)
            laid.breaks.append(Break(place, (1 - side, side)))


def _end_row(laid: Laid, left: Joined, right: Joined, begun: Pair, end: Pair, runs: list[Run]) -> Pair:
    """Put what was gathered into a row, and return where the next one begins."""
    if runs:
        ours = left.number(begun[0]) if begun[0] < end[0] else None
        theirs = right.number(begun[1]) if begun[1] < end[1] else None
        laid.rows.append(Row(ours, theirs, tuple(runs)))
        runs.clear()
    return end
