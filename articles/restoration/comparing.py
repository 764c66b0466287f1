"""Two texts beside each other: which paragraph answers which, and what differs in it, character by character."""

import re
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from diff_match_patch import diff_match_patch

from articles.chinese.scripts import to_simplified

# A paragraph answers another when so much of the shorter one stands in it.
ALIKE = 0.4
# The pieces of a paragraph are together hardly longer than it, whatever was put between them.
ROOM = 1.5
# Words that stand in more paragraphs than this tell none of them apart.
MOST_PARAGRAPHS = 4
# Longer gaps between equal paragraphs are taken paragraph for paragraph, longer paragraphs sentence by sentence.
MOST_CHARACTERS = 300_000
LONGEST = 2_000
# What has not been compared by then is shown as a whole.
SECONDS, SECONDS_A_PARAGRAPH = 1.0, 0.1
SENTENCE = re.compile(r"[^。！？；!?;\n]{1,500}+[。！？；!?;\n]{0,500}+|[。！？；!?;\n]{1,500}+")

Pair = tuple[int, int]
Kind = Literal["same", "out", "in"]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand in both texts, only in the left one (out) or only in the right one (in)."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of each text, or of one of them; the number is None where the other text has none.

    Where one paragraph answers several, the number is that of the first, and a newline in the runs says where the next
    begins.
    """

    left: int | None
    right: int | None
    runs: tuple[Run, ...]

    @property
    def is_same(self) -> bool:
        return all(run.kind == "same" for run in self.runs)

    @property
    def left_text(self) -> str:
        return "".join(run.text for run in self.runs if run.kind != "in")

    @property
    def right_text(self) -> str:
        return "".join(run.text for run in self.runs if run.kind != "out")


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring paragraphs of both sides that answer each other."""

    left: range
    right: range


def compare(left: Sequence[str], right: Sequence[str], *, tidy: bool = True) -> list[Row]:
    """Return both texts paragraph by paragraph, in order, with what differs in each.

    The left text is what is `same` and `out`, the right one what is `same` and `in`. A tidy answer takes a character
    that happens to stand between two changes for a part of them, as a person would.

    >>> compare(["账目贴出来,大家看。"], ["账目贴出来，大家看。"])[0].runs[1:3]
    (Run(kind='out', text=','), Run(kind='in', text='，'))
    """
    until = time.monotonic() + SECONDS
    return [_row(left, right, group, until, tidy) for group in _groups(left, right)]


def _row(left: Sequence[str], right: Sequence[str], group: Group, until: float, tidy: bool) -> Row:
    ours, theirs = "\n".join(_of(left, group.left)), "\n".join(_of(right, group.right))
    runs = tuple(differences(ours, theirs, until=until, tidy=tidy))
    return Row(group.left.start if group.left else None, group.right.start if group.right else None, runs)


def _of(texts: Sequence[str], numbers: range) -> Sequence[str]:
    return texts[numbers.start : numbers.stop]


# Characters


def differences(
    left: str, right: str, *, until: float | None = None, tidy: bool = True, longest: int = LONGEST
) -> list[Run]:
    """Return what differs between two paragraphs; whatever is not done when the clock shows `until` differs as a whole.

    What is longer than `longest` is compared sentence by sentence.

    >>> differences("造鍢村民", "造福村民")[1:3]
    [Run(kind='out', text='鍢'), Run(kind='in', text='福')]
    """
    until = time.monotonic() + SECONDS if until is None else until
    if left == right:
        return _runs([(0, left)])
    if max(len(left), len(right)) <= longest:
        return _runs(_by_character(left, right, until, tidy))
    ours, theirs = SENTENCE.findall(left), SENTENCE.findall(right)
    pieces: list[tuple[int, str]] = []
    # neighbours that nothing answers are compared together
    for _, some in groupby(_groups(ours, theirs), key=lambda group: group if group.left and group.right else None):
        groups = list(some)
        gone = "".join(text for group in groups for text in _of(ours, group.left))
        come = "".join(text for group in groups for text in _of(theirs, group.right))
        pieces += _by_character(gone, come, until, tidy)
    return _runs(pieces)


def _by_character(left: str, right: str, until: float, tidy: bool) -> list[tuple[int, str]]:
    seconds = min(until - time.monotonic(), SECONDS_A_PARAGRAPH)
    if left == right:
        return [(0, left)]
    if seconds <= 0 or max(len(left), len(right)) > LONGEST:
        return [(-1, left), (1, right)]
    differ = diff_match_patch()
    differ.Diff_Timeout = seconds
    found = differ.diff_main(left, right, checklines=False)
    if tidy:
        differ.diff_cleanupSemantic(found)
    return found


def _runs(pieces: Iterable[tuple[int, str]]) -> list[Run]:
    """Neighbours of one kind are one run, and what goes out stands before what comes in for it."""
    runs: list[Run] = []
    for is_same, some in groupby(((kind, text) for kind, text in pieces if text), key=lambda piece: piece[0] == 0):
        texts = list(some)
        if is_same:
            runs.append(Run("same", "".join(text for _, text in texts)))
            continue
        gone, come = ("".join(text for kind, text in texts if kind == wanted) for wanted in (-1, 1))
        runs += [Run("out", gone)] if gone else []
        runs += [Run("in", come)] if come else []
    return runs


# Paragraphs


def _groups(left: Sequence[str], right: Sequence[str]) -> Iterator[Group]:
    """Yield which paragraphs answer each other, and those that answer none, in the order of both texts."""
    done_left = done_right = 0
    for ours, theirs in [*_equal(left, right), (len(left), len(right))]:
        gap = Group(range(done_left, ours), range(done_right, theirs))
        yield from _between(left, right, gap)
        if ours < len(left):
            yield Group(range(ours, ours + 1), range(theirs, theirs + 1))
        done_left, done_right = ours + 1, theirs + 1


def _equal(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Return the pairs of equal paragraphs, first those whose words stand once on each side, then their neighbours."""
    places = _single(right)
    once = [(ours, places[text]) for text, ours in sorted(_single(left).items(), key=_second) if text in places]
    fixed = [(-1, -1), *_rising(once), (len(left), len(right))]
    pairs: list[Pair] = []
    for before, behind in pairwise(fixed):
        forward = list(_run_of_equals(left, right, before, 1, behind))
        last = forward[-1] if forward else before
        back = list(_run_of_equals(left, right, behind, -1, last))
        pairs += [*forward, *reversed(back), behind]
    return pairs[:-1]


def _second(item: tuple[str, int]) -> int:
    return item[1]


def _single(texts: Sequence[str]) -> dict[str, int]:
    """Return the number of each text that stands there once."""
    places: dict[str, int] = {}
    for number, text in enumerate(texts):
        places[text] = -1 if text in places else number
    return {text: number for text, number in places.items() if number >= 0}


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest chain of pairs, which come in the order of the left side, that rises on the right one too."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, theirs) in enumerate(pairs):
        place = bisect_left(tops, theirs)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1], ends[place : place + 1] = [theirs], [number]
    chain: list[Pair] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _run_of_equals(left: Sequence[str], right: Sequence[str], start: Pair, step: int, stop: Pair) -> Iterator[Pair]:
    """Yield the equal pairs next to a known one, up to another known one."""
    ours, theirs = start[0] + step, start[1] + step
    while (stop[0] - ours) * step > 0 and (stop[1] - theirs) * step > 0 and left[ours] == right[theirs]:
        yield ours, theirs
        ours, theirs = ours + step, theirs + step


def _between(left: Sequence[str], right: Sequence[str], gap: Group) -> Iterator[Group]:
    """Yield what answers what between two equal pairs: alike paragraphs, with the pieces one of them was cut into."""
    if not gap.left or not gap.right:
        yield from _alone(gap)
        return
    ours, theirs = _Grams(_of(left, gap.left)), _Grams(_of(right, gap.right))
    is_small = max(ours.size, theirs.size) <= MOST_CHARACTERS
    done_left, done_right = gap.left.start, gap.right.start
    for group in _joined(ours, theirs, _alike(ours, theirs)) if is_small else ():
        first_left, first_right = group.left.start + gap.left.start, group.right.start + gap.right.start
        yield from _alone(Group(range(done_left, first_left), range(done_right, first_right)))
        done_left, done_right = first_left + len(group.left), first_right + len(group.right)
        yield Group(range(first_left, done_left), range(first_right, done_right))
    yield from _alone(Group(range(done_left, gap.left.stop), range(done_right, gap.right.stop)))


def _alone(gap: Group) -> Iterator[Group]:
    """Yield paragraphs that share no words: each beside the one in its place where both sides have as many."""
    if len(gap.left) == len(gap.right):
        yield from (Group(range(a, a + 1), range(b, b + 1)) for a, b in zip(gap.left, gap.right, strict=True))
        return
    yield from (Group(range(number, number + 1), range(0)) for number in gap.left)
    yield from (Group(range(0), range(number, number + 1)) for number in gap.right)


class _Grams:
    """The pairs of neighbouring characters of some paragraphs, whatever their script."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.lengths = [len(text) for text in texts]
        self.size = sum(self.lengths)
        self.of: list[set[str]] = []
        if self.size > MOST_CHARACTERS:
            return
        for text in texts:
            folded = to_simplified(text)
            self.of.append({folded[place : place + 2] for place in range(max(len(folded) - 1, 1))})

    def places(self) -> dict[str, list[int]]:
        """Return in which paragraphs each pair stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, grams in enumerate(self.of):
            for gram in grams:
                places[gram].append(number)
        return places


def _alike(ours: _Grams, theirs: _Grams) -> list[Pair]:
    """Return the pairs of paragraphs that share most rare words, each paragraph once, in the order of both sides."""
    votes: dict[Pair, int] = defaultdict(int)
    places = theirs.places()
    for gram, here in ours.places().items():
        there = places.get(gram, ())
        if len(here) <= MOST_PARAGRAPHS and len(there) <= MOST_PARAGRAPHS:
            for pair in ((a, b) for a in here for b in there):
                votes[pair] += 1
    weights = {pair: count for pair, count in votes.items() if _share(ours.of[pair[0]], theirs.of[pair[1]]) >= ALIKE}
    return _heaviest(weights, len(theirs.of))


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def _heaviest(weights: dict[Pair, int], width: int) -> list[Pair]:
    """Return the chain of pairs, rising on both sides, that weighs most."""
    best: list[tuple[int, Pair | None]] = [(0, None)] * (width + 1)  # a Fenwick tree of the best chain up to a place
    before: dict[Pair, Pair | None] = {}
    for pair in sorted(weights, key=lambda pair: (pair[0], -pair[1])):
        weight, before[pair] = _best_up_to(best, pair[1])
        place = pair[1] + 1
        while place <= width:
            best[place] = max(best[place], (weight + weights[pair], pair), key=lambda chain: chain[0])
            place += place & -place
    chain: list[Pair] = []
    last = _best_up_to(best, width)[1]
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _best_up_to(best: Sequence[tuple[int, Pair | None]], place: int) -> tuple[int, Pair | None]:
    found: tuple[int, Pair | None] = (0, None)
    while place:
        found = max(found, best[place], key=lambda chain: chain[0])
        place -= place & -place
    return found


def _joined(ours: _Grams, theirs: _Grams, pairs: list[Pair]) -> Iterator[Group]:
    """Yield each pair with the neighbours that are a piece cut off one of its paragraphs."""
    free_left = free_right = 0
    for (left, right), (stop_left, stop_right) in pairwise([*pairs, (len(ours.of), len(theirs.of))]):
        lefts = _with_pieces(ours, left, theirs, right, range(free_left, stop_left))
        rights = _with_pieces(theirs, right, ours, left, range(free_right, stop_right))
        free_left, free_right = lefts.stop, rights.stop
        yield Group(lefts, rights)


def _with_pieces(side: _Grams, number: int, other: _Grams, whole: int, free: range) -> range:
    """Return the paragraph with the free neighbours that stand in the whole, as long as it has room for them."""
    first = last = number
    room = other.lengths[whole] * ROOM - side.lengths[number]
    while first > free.start and _is_piece(side.of[first - 1], other.of[whole]) and side.lengths[first - 1] <= room:
        first -= 1
        room -= side.lengths[first]
    while last + 1 < free.stop and _is_piece(side.of[last + 1], other.of[whole]) and side.lengths[last + 1] <= room:
        last += 1
        room -= side.lengths[last]
    return range(first, last + 1)


def _is_piece(piece: set[str], whole: set[str]) -> bool:
    return len(piece & whole) * 2 >= len(piece)
