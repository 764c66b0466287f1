"""A copy and the text beside each other, each as it stands, whatever script the other is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from articles.chinese.scripts import to_simplified
from articles.restoration.comparing import Row, Run, compare
from articles.restoration.transpositions import letters

# a copy that lacks so much of the text in whole paragraphs is cut
MUCH = 0.05

# same: at most punctuation and spaces differ; converted: the same in the other script; cut: paragraphs are missing
Difference = Literal["same", "converted", "cut", "damaged"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph of each side with its own characters; `number` is that of the right one, None where it has none."""

    number: int | None
    left: tuple[Run, ...]
    right: tuple[Run, ...]

    @property
    def is_same(self) -> bool:
        return all(run.kind == "same" for run in (*self.left, *self.right))


def lay(left: Sequence[str], right: Sequence[str], *, is_folded: bool = False) -> list[Beside]:
    """Return both texts paragraph by paragraph; where they are folded, the two scripts count as one.

    >>> lay(["賬目貼在村頭。"], ["账目贴在村口。"], is_folded=True)[0].left[1]
    Run(kind='out', text='頭')
    """
    if not is_folded:
        rows = compare(left, right)
    else:
        rows = compare(*([to_simplified(text) for text in side] for side in (left, right)))
    return [_own(row, left, right) for row in rows]


def _own(row: Row, left: Sequence[str], right: Sequence[str]) -> Beside:
    return Beside(row.right, _cut(row, "in", left, row.left), _cut(row, "out", right, row.right))


def _cut(row: Row, absent: str, texts: Sequence[str], first: int | None) -> tuple[Run, ...]:
    """Return the runs of one side in its own characters: folding changes them one for one."""
    runs = [run for run in row.runs if run.kind != absent]
    if first is None:
        return ()
    count = sum(run.text.count("\n") for run in runs) + 1
    words, at, found = "\n".join(texts[first : first + count]), 0, []
    for run in runs:
        found.append(Run(run.kind, words[at : at + len(run.text)]))
        at += len(run.text)
    return tuple(found)


def difference(rows: Sequence[Beside], *, is_folded: bool) -> Difference:
    """Say in one word how the left text differs from the right one.

    >>> difference(lay(["账目贴在村头。"], ["账目贴在村口。"]), is_folded=False)
    'damaged'
    """
    gone = sum(_letters(row.left, "out") for row in rows)
    come = sum(_letters(row.right, "in") for row in rows)
    if not gone and not come:
        return "converted" if is_folded else "same"
    whole = sum(_letters(row.right, "in") for row in rows if not row.left)
    total = sum(_letters(row.right, "in") + _letters(row.right, "same") for row in rows)
    return "cut" if whole >= MUCH * total else "damaged"


def _letters(runs: Sequence[Run], kind: str) -> int:
    return sum(len(letters(run.text)) for run in runs if run.kind == kind)
