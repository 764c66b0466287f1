"""Two bodies beside each other: what their words differ in, and what only the marks around equal words do."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from articles import body
from articles.body.inline import Marks
from articles.body.markup import Dress, Dressing, Hung, dressing
from articles.restoration.comparing import Pair, Row, Run, compare

Code = Literal["kind", "frame", "link", "strong", "em", "level", "break", "picture", "place", "alt", "size"]
# a character's marks, and whether it is a line break
Marked = tuple[Marks, bool]
# of a character: what the name of each change says of it; empty for nothing
ASPECTS: dict[Code, Callable[[Marked], str]] = {
    "link": lambda marked: marked[0].href,
    "strong": lambda marked: "strong" * marked[0].strong,
    "em": lambda marked: "em" * marked[0].em,
    "level": lambda marked: marked[0].level,
    "break": lambda marked: "br" * marked[1],
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs beside the words: what it was and what it is, and the words it is about.

    An empty value says that there was, or is, none of it. Of a picture `words` is its address; nobody has described one
    whose description is None, and one whose description is empty is decorative.
    """

    code: Code
    old: str | None = ""
    new: str | None = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class BodyRow(Row):
    """A row with what differs in it beside the words."""

    changes: tuple[Change, ...] = ()

    @property
    def differs_in_markup_only(self) -> bool:
        return self.is_same and bool(self.changes)


def compare_bodies(left: str, right: str) -> list[BodyRow]:
    """Return two canonical bodies paragraph by paragraph, with what differs in the words and in the markup of each.

    >>> compare_bodies("<p>账目</p>", "<h2>账目</h2>")[0].changes
    (Change(code='kind', old='p', new='h2', words=''),)
    """
    rows = compare(*([block.text for block in body.blocks(each)] for each in (left, right)))
    if left == right:
        return [BodyRow(row.left, row.right, row.runs) for row in rows]
    return _Beside(dressing(left), dressing(right), rows).rows()


class _Beside:
    """The dressings of two bodies, and the rows in which their words answer each other."""

    def __init__(self, left: Dressing, right: Dressing, rows: Sequence[Row]) -> None:
        self.left, self.right = left, right
        # a body may be pictures alone
        self.words = list(rows) or [Row(None, None, ())]
        self.lefts = _blocks([row.left for row in self.words], left.blocks)
        self.rights = _blocks([row.right for row in self.words], right.blocks)

    def rows(self) -> list[BodyRow]:
        of_pictures = self._of_pictures()
        made = [
            BodyRow(row.left, row.right, row.runs, (*self._of_row(number), *of_pictures.get(number, ())))
            for number, row in enumerate(self.words)
        ]
        if self._stand_alike(len(made)) and self.left.tail != self.right.tail:
            made[-1] = replace(made[-1], changes=(*made[-1].changes, Change("frame")))
        return made

    def _of_row(self, number: int) -> Iterator[Change]:
        row, ours, theirs = self.words[number], self.lefts[number], self.rights[number]
        if row.left is None or row.right is None:
            # that it is there at all is shown already; where its links lead is not
            yield from _of_marks(row.runs, _marks(ours), _marks(theirs), ("link",))
            return
        kinds = [_kinds(ours), _kinds(theirs)]
        if kinds[0] != kinds[1]:
            yield Change("kind", " ".join(kinds[0]), " ".join(kinds[1]))
        elif self._stand_alike(number) and [each.frame for each in ours] != [each.frame for each in theirs]:
            yield Change("frame")
        if [block.inner for block in ours] != [block.inner for block in theirs]:
            yield from _of_marks(row.runs, _marks(ours), _marks(theirs), tuple(ASPECTS))

    def _stand_alike(self, number: int) -> bool:
        """Whether what stands before the row is the same on both sides, so that the frame between can be compared."""
        if number == 0:
            return True
        before = self.words[number - 1]
        ours, theirs = self.lefts[number - 1], self.rights[number - 1]
        return None not in (before.left, before.right) and _kinds(ours) == _kinds(theirs)

    def _of_pictures(self) -> dict[int, list[Change]]:
        """Return what became of the pictures, by the row that each stands before."""
        found: dict[int, list[Change]] = defaultdict(list)
        ours, theirs = self.left.pictures, self.right.pictures
        lefts, rights = _rows_of(self.lefts), _rows_of(self.rights)
        for pair in compare(*([each.standing.src for each in side] for side in (ours, theirs))):
            old = None if pair.left is None else ours[pair.left]
            new = None if pair.right is None else theirs[pair.right]
            places = [_around(rows, each) for rows, each in ((rights, new), (lefts, old)) if each]
            found[places[0][1]] += _of_picture(old, new)
            if old and new and pair.is_same and all(now != was for now, was in zip(*places, strict=True)):
                found[places[0][1]].append(Change("place", words=new.standing.src))
        return found


def _rows_of(side: Sequence[Sequence[Dress]]) -> list[int]:
    """Return the number of the row in which each block stands."""
    return [number for number, blocks in enumerate(side) for _ in blocks] or [0]


def _around(rows: Sequence[int], picture: Hung) -> Pair:
    """Return the rows before and behind a picture; behind all of them is the last."""
    return rows[picture.behind - 1] if picture.behind else -1, rows[min(picture.behind, len(rows) - 1)]


def _blocks(firsts: Sequence[int | None], blocks: Sequence[Dress]) -> list[Sequence[Dress]]:
    """Return the blocks of each row, of which the first one's number is known."""
    found: list[Sequence[Dress]] = []
    end = len(blocks)
    for first in reversed(firsts):
        found.append(() if first is None else blocks[first:end])
        end = end if first is None else first
    return found[::-1]


def _kinds(blocks: Iterable[Dress]) -> list[str]:
    return [kind for kind, _ in groupby(block.kind for block in blocks)]


def _of_picture(old: Hung | None, new: Hung | None) -> Iterator[Change]:
    src = [each.standing.src if each else "" for each in (old, new)]
    if old is None or new is None or src[0] != src[1]:
        yield Change("picture", *src)
        return
    if old.standing.alt != new.standing.alt:
        yield Change("alt", old.standing.alt, new.standing.alt, src[1])
    if old.size != new.size:
        yield Change("size", old.size, new.size, src[1])


# Marks


def _marks(blocks: Sequence[Dress]) -> list[Marked]:
    """Return the marks of each character of some blocks, a newline between them."""
    found: list[Marked] = []
    for number, block in enumerate(blocks):
        found += [(Marks(), False)] if number else []
        found += block.marks()
    return found


def _of_marks(
    runs: Sequence[Run], ours: Sequence[Marked], theirs: Sequence[Marked], codes: Iterable[Code]
) -> Iterator[Change]:
    for code in codes:
        old, new = ([ASPECTS[code](marked) for marked in side] for side in (ours, theirs))
        if any(old) or any(new):
            cells = groupby(_cells(runs, old, new), key=lambda cell: cell[:2])
            for (before, after), some in cells:
                if before != after:
                    yield Change(code, before, after, "".join(words for _, _, words in some))


def _cells(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what was and what is said of each character that stands in both, and of the words between these."""
    at_left = at_right = 0
    gone = come = ""
    for run in (*runs, Run("same", "")):
        if run.kind != "same":
            gone, come = (gone + run.text, come) if run.kind == "out" else (gone, come + run.text)
            continue
        if gone or come:
            went, came = old[at_left : at_left + len(gone)], new[at_right : at_right + len(come)]
            was, stands = (" ".join(dict.fromkeys(filter(None, values))) for values in (went, came))
            # what went or came inside a mark changes nothing in it
            was = stands if not gone and stands in _beside(old, at_left) else was
            stands = was if not come and was in _beside(new, at_right) else stands
            yield was, stands, _marked(come, came) or _marked(gone, went)
            at_left, at_right, gone, come = at_left + len(gone), at_right + len(come), "", ""
        for character in run.text:
            yield old[at_left], new[at_right], character
            at_left, at_right = at_left + 1, at_right + 1


def _marked(words: str, values: Sequence[str]) -> str:
    """Return the characters of which something is said."""
    return "".join(character for character, value in zip(words, values, strict=True) if value)


def _beside(values: Sequence[str], place: int) -> Sequence[str]:
    """Return what is said of the characters before and behind a place."""
    return values[max(place - 1, 0) : place + 1]
