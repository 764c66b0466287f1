"""Where two copies of a text read differently, and where in a third text each of these places stands."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from articles.chinese.scripts import to_simplified
from articles.restoration.comparing import Row, Run, compare

# so much of what stands around a variant is shown with it
AROUND = 16


@dataclass(frozen=True, slots=True)
class Spot:
    """A run of characters of one paragraph."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One place where two copies differ.

    `spot` is where it stands in the text that is edited, and `standing` what that reads there; it is None where the
    place is not sure. One that `is_whole` is a paragraph that one of the copies lacks, or a break between paragraphs.
    """

    key: str
    left: str
    right: str
    before: str = ""
    after: str = ""
    is_whole: bool = False
    spot: Spot | None = None
    standing: str = ""

    @property
    def agreement(self) -> str:
        """Which copy the edited text agrees with: left, right, neither; unknown where the place is not sure."""
        if self.spot is None:
            return "unknown"
        return {self.left: "left", self.right: "right"}.get(self.standing, "neither")

    @property
    def is_formal(self) -> bool:
        """Whether the readings differ in script, punctuation and spaces only."""
        return _letters(self.left) == _letters(self.right)


@dataclass(frozen=True, slots=True)
class Collation:
    """Two copies laid beside each other."""

    rows: list[Row]
    variants: list[Variant]


def collate(left: Sequence[str], right: Sequence[str], text: Sequence[str]) -> Collation:
    """Lay the paragraphs of two copies beside each other and look up each variant in the text that is edited.

    Either copy may be that text itself.

    >>> text = ["账目贴在村口,大家都来看。"]
    >>> collate(["账目贴在村头,大家都来看。"], text, text).variants[0].agreement
    'right'
    """
    rows = compare(left, right)

    # the second is made only where the first leaves a place open
    @cache
    def finder(side: int) -> Finder:
        return Finder(text, (left, right)[side])

    found: dict[str, Variant] = {}
    for row in rows:
        for difference in _differences(row):
            variant = _variant(row, difference, text, finder)
            found.setdefault(variant.key, variant)
    return Collation(rows, list(found.values()))


class Finder:
    """Finds in a text the places of a copy of it."""

    def __init__(self, text: Sequence[str], copy: Sequence[str]) -> None:
        self.is_itself = copy is text
        # by the number of the copy's paragraph: its row, where it begins in that, and where each character stands
        self.known: dict[int, tuple[Row, int, list[int]]] = {}
        for row in () if self.is_itself else compare(text, copy):
            if row.right is not None and row.left is not None and _is_alike(row):
                lines, places = row.right_text.split("\n"), _places(row)
                offsets = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
                self.known |= {row.right + n: (row, offset, places) for n, offset in enumerate(offsets)}

    def find(self, spot: Spot) -> Spot | None:
        """Return where in the text the place of the copy stands; None unless both its neighbours stand there too."""
        if self.is_itself:
            return spot
        if spot.block not in self.known:
            return None
        row, offset, places = self.known[spot.block]
        start, end = offset + spot.start, offset + spot.end
        first = places[start - 1] if start else -1
        last = places[end] if end < len(places) else len(row.left_text)
        if (start and first < 0) or last < 0 or last < first + 1:
            return None
        return _spot(row.left or 0, row.left_text, first + 1, last)


@dataclass(frozen=True, slots=True)
class _Difference:
    """What differs at one place of a row, and where that is on each side."""

    starts: tuple[int, int]
    left: str
    right: str


def _differences(row: Row) -> Iterator[_Difference]:
    at_left = at_right = 0
    gone = come = ""
    for run in (*row.runs, Run("same", "")):
        if run.kind == "out":
            gone += run.text
        elif run.kind == "in":
            come += run.text
        else:
            if gone or come:
                yield _Difference((at_left, at_right), gone, come)
            at_left, at_right = at_left + len(gone + run.text), at_right + len(come + run.text)
            gone = come = ""


def _variant(row: Row, found: _Difference, text: Sequence[str], finder: Callable[[int], Finder]) -> Variant:
    start, end = found.starts[0], found.starts[0] + len(found.left)
    is_whole = row.left is None or row.right is None or "\n" in found.left + found.right
    spot = None if is_whole else _spot_of(row, found, finder)
    name = f"{row.left} {row.right} {found.starts} {found.left}\n{found.right}"
    return Variant(
        hashlib.sha256(name.encode()).hexdigest()[:16],
        found.left,
        found.right,
        row.left_text[max(start - AROUND, 0) : start],
        row.left_text[end : end + AROUND],
        is_whole,
        spot,
        text[spot.block][spot.start : spot.end] if spot else "",
    )


def _spot_of(row: Row, found: _Difference, finder: Callable[[int], Finder]) -> Spot | None:
    for side, first, words in ((0, row.left, found.left), (1, row.right, found.right)):
        start = found.starts[side]
        there = _spot(first or 0, (row.left_text, row.right_text)[side], start, start + len(words))
        if there and (spot := finder(side).find(there)):
            return spot
    return None


def _spot(first: int, joined: str, start: int, end: int) -> Spot | None:
    """Return the place in the paragraphs of which the first has this number; None where it is in two of them."""
    if "\n" in joined[start:end]:
        return None
    begins = joined.rfind("\n", 0, start) + 1
    return Spot(first + joined.count("\n", 0, start), start - begins, end - begins)


def _is_alike(row: Row) -> bool:
    """Whether half of the shorter paragraph stands in the other one."""
    same = sum(len(run.text) for run in row.runs if run.kind == "same")
    return same > 0 and same * 2 >= min(len(row.left_text), len(row.right_text))


def _places(row: Row) -> list[int]:
    """Return where each character of the right side stands on the left; -1 for one that does not."""
    places: list[int] = []
    at = 0
    for run in row.runs:
        if run.kind == "in":
            places += [-1] * len(run.text)
        else:
            places += range(at, at + len(run.text)) if run.kind == "same" else ()
            at += len(run.text)
    return places


def _letters(text: str) -> str:
    return "".join(character for character in to_simplified(text) if character.isalnum())
