"""Where two copies of a text read differently, and where in a third text each of these places stands."""

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from articles.chinese.conversion import shown_in
from articles.chinese.scripts import is_han, script_of, simplified_only, to_simplified, to_traditional
from articles.restoration.comparing import SECONDS, Pair, Row, Run, differences
from articles.restoration.joined import Break, Joined, Stretch, lay
from articles.restoration.transpositions import Reading, letters, moved_among

# so much of what stands around a variant is shown with it, and tells whether its place is sure
AROUND = 16
# longer texts are compared sentence by sentence
LONGEST = 300

# words: other words; whole: a paragraph that one copy lacks, or words on both sides of a break; break: a break between
# paragraphs alone; moved: words that stand elsewhere in the other copy
Kind = Literal["words", "whole", "break", "moved"]
Readings = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A run of characters of one paragraph."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One place where two copies differ.

    `left` and `right` are written as the edited text would write them, `printed` as the copies do. `spot` is where it
    stands in the text that is edited, and `standing` what that reads there; it is None where the place is not sure, and
    where no reading can be taken.
    """

    key: str
    left: str
    right: str
    before: str = ""
    after: str = ""
    kind: Kind = "words"
    spot: Spot | None = None
    standing: str = ""
    printed: Readings = ("", "")

    @property
    def readings(self) -> Readings:
        return self.left, self.right

    @property
    def is_whole(self) -> bool:
        """Whether it is about paragraphs as such."""
        return self.kind in ("whole", "break")

    @property
    def agreement(self) -> str:
        """Which copy the edited text agrees with: left, right, both, neither; unknown where the place is not sure."""
        if self.spot is None:
            return "unknown"
        if self.left == self.right == self.standing:
            return "both"
        return {self.left: "left", self.right: "right"}.get(self.standing, "neither")

    @property
    def is_formal(self) -> bool:
        """Whether the readings differ in script, punctuation, spaces and breaks only."""
        return self.kind == "break" or letters(self.left) == letters(self.right)


@dataclass(frozen=True, slots=True)
class Collation:
    """Two copies laid beside each other."""

    rows: list[Row]
    variants: list[Variant]
    # whether a copy prints another script than the one its readings are written in
    is_rewritten: bool = False


def collate(
    left: Sequence[str], right: Sequence[str], text: Sequence[str], *, script: str = "", as_printed: bool = False
) -> Collation:
    """Lay two copies beside each other and look up each variant in the text that is edited.

    Either copy may be that text itself. Where a script is given readings are written in it, and copies read in it
    unless they are to be compared `as_printed`.

    >>> text = ["账目贴在村口,大家都来看。"]
    >>> collate(["账目贴在村头,大家都来看。"], text, text).variants[0].agreement
    'right'
    """
    own = Copy(text)
    ours, theirs = (own if each is text else Copy(each, script) for each in (left, right))
    return _Collating((ours, theirs), own, "" if as_printed else script).collation()


class Copy:
    """A text as it was printed, and as it would be written in a script: character for character."""

    def __init__(self, paragraphs: Sequence[str], script: str = "") -> None:
        self.printed = Joined(paragraphs)
        self.written = _written(paragraphs, self.printed.words, script)

    def key(self, script: str) -> str:
        """Return what is compared: as it was printed without a script, else as written in it.

        Simplified does not know 裏 from 裡, so that for a Traditional text all Traditional characters that it writes
        alike are the same; a stray Simplified one is not.
        """
        if script != "hant":
            return self.written if script else self.printed.words
        folded = zip(self.written, to_traditional(to_simplified(self.written)), strict=True)
        return "".join(one if simplified_only(one) else other for one, other in folded)


def _written(paragraphs: Sequence[str], words: str, script: str) -> str:
    if script == "hans":
        return to_simplified(words)
    if script != "hant" or script_of(words) != "hans":
        return words
    shown = "".join(shown_in(paragraph, "hant") for paragraph in paragraphs)
    if len(shown) != len(words):
        return to_traditional(words)
    # marks stay those of the copy
    return "".join(other if is_han(one) else one for one, other in zip(words, shown, strict=True))


def _aligned(left: str, right: str) -> list[Run]:
    return differences(left, right, until=time.monotonic() + SECONDS, longest=LONGEST)


class _Collating:
    """Two copies and the text that is edited, all compared in one script."""

    def __init__(self, sides: tuple[Copy, Copy], text: Copy, script: str) -> None:
        self.sides, self.text, self.script = sides, text, script
        self.finders: dict[int, Finder] = {}

    def collation(self) -> Collation:
        left, right = self.sides
        laid = lay(left.printed, right.printed, _aligned(left.key(self.script), right.key(self.script)))
        found = [self._variant(piece) for piece in laid.differing]
        readings = [Reading(each.left, each.right, at.start[0]) for each, at in zip(found, laid.differing, strict=True)]
        for number in moved_among(readings):
            found[number] = replace(found[number], kind="moved", spot=None, standing="")
        placed = [(piece.start, variant) for piece, variant in zip(laid.differing, found, strict=True)]
        placed += [(each.place, self._break(each)) for each in laid.breaks]
        variants = [variant for _, variant in sorted(placed, key=lambda item: item[0])]
        return Collation(laid.rows, variants, any(side.written != side.printed.words for side in self.sides))

    def _variant(self, piece: Stretch) -> Variant:
        written = (self._words(0, piece), self._words(1, piece))
        made = self._made(piece.start, piece.end, written, piece.words(*(side.printed for side in self.sides)))
        if not "".join(written).strip() and any(self._edges(side, piece) != (False, False) for side in (0, 1)):
            return replace(made, kind="break")
        span = self._span(piece)
        spot = self._spot(piece, *span) if span else None
        if spot is None:
            return replace(made, kind="whole" if span or self._is_paragraph(piece) else "words")
        left, right = (self._trimmed(words, spot) for words in written)
        if left == right and written[0] != written[1]:
            return replace(made, kind="break")
        standing = self.text.printed.words[slice(*span)] if span else ""
        return replace(made, left=left, right=right, spot=spot, standing=standing)

    def _trimmed(self, words: str, spot: Spot) -> str:
        """No paragraph begins or ends with a space."""
        begin, stop = self.text.printed.starts[spot.block : spot.block + 2]
        words = words if spot.start else words.lstrip()
        return words.rstrip() if spot.end == stop - begin else words

    def _break(self, found: Break) -> Variant:
        marks = ("\n" * found.counts[0], "\n" * found.counts[1])
        return replace(self._made(found.place, found.place, marks, marks), kind="break")

    def _made(self, start: Pair, end: Pair, written: Readings, printed: Readings) -> Variant:
        name = f"{start} {end} {written[0]}\n{written[1]}"
        key, words = hashlib.sha256(name.encode()).hexdigest()[:16], self.sides[0].written
        before, after = words[max(start[0] - AROUND, 0) : start[0]], words[end[0] : end[0] + AROUND]
        return Variant(key, *written, before, after, printed=printed)

    def _words(self, side: int, piece: Stretch) -> str:
        return self.sides[side].written[piece.start[side] : piece.end[side]]

    def _edges(self, side: int, piece: Stretch) -> tuple[bool, bool]:
        """Whether a paragraph of a copy begins where the words begin, and whether one ends where they end."""
        copy = self.sides[side].printed
        return copy.is_edge(piece.start[side]), copy.is_edge(piece.end[side])

    def _is_paragraph(self, piece: Stretch) -> bool:
        """Whether one copy has nothing for what is a paragraph, or several, of the other."""
        empty = [side for side in (0, 1) if not self._words(side, piece)]
        return bool(empty) and all(self._edges(1 - empty[0], piece))

    def _span(self, piece: Stretch) -> Pair | None:
        """Return where the place is in the text, known by either copy."""
        # what is the text itself needs no looking for
        for side in sorted((0, 1), key=lambda side: self.sides[side] is not self.text):
            if side not in self.finders:
                self.finders[side] = Finder(self.text, self.sides[side], self.script)
            start, end = piece.start[side], piece.end[side]
            span = self.finders[side].find(start, end)
            longest = max(len(self._words(0, piece)), len(self._words(1, piece)))
            if span and span[1] - span[0] <= longest + AROUND:
                return span
        return None

    def _spot(self, piece: Stretch, start: int, end: int) -> Spot | None:
        """Return the place in a paragraph of the text; None where a reading would make or undo a paragraph."""
        text = self.text.printed
        number = text.number(start)
        if start == end and text.is_edge(start):
            side = 0 if self._words(0, piece) else 1
            begins, ends = self._edges(side, piece)
            if begins and ends:
                return None
            number = number if begins or not start else text.number(start - 1)
        begin, stop = text.starts[number : number + 2]
        is_all = start < end and (start, end) == (begin, stop)
        if end > stop or (is_all and not (self._words(0, piece) and self._words(1, piece))):
            return None
        return Spot(number, start - begin, end - begin)


class Finder:
    """Finds in a text the places of a copy of it."""

    def __init__(self, text: Copy, copy: Copy, script: str) -> None:
        self.is_itself = copy is text
        self.end = len(text.printed.words)
        # where each character of the copy stands in the text; -1 for one that does not
        self.places = [] if self.is_itself else _places(_aligned(text.key(script), copy.key(script)))

    def find(self, start: int, end: int) -> Pair | None:
        """Return where in the text the place of the copy is; None unless its neighbours and most around stand there."""
        if self.is_itself:
            return start, end
        around = self.places[max(start - AROUND, 0) : start] + self.places[end : end + AROUND]
        if 2 * sum(place >= 0 for place in around) <= len(around):
            return None
        first = self.places[start - 1] + 1 if start else 0
        last = self.places[end] if end < len(self.places) else self.end
        return (first, last) if (first or not start) and first <= last else None


def _places(runs: Iterable[Run]) -> list[int]:
    """Return where each character of the right side stands on the left; -1 for one that does not."""
    places: list[int] = []
    at = 0
    for run in runs:
        if run.kind == "in":
            places += [-1] * len(run.text)
        else:
            places += range(at, at + len(run.text)) if run.kind == "same" else ()
            at += len(run.text)
    return places
