"""The lines of a PDF's page, in the order they are read."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.intake.readers.pdf_glyphs import Run

RIGHT, DOWN = (1.0, 0.0), (0.0, -1.0)
# how far above its baseline a Chinese character begins
ASCENT = 0.88
# How far from the baseline a run may stand and still belong to the line, in type sizes of the line. A raised number
# may stand higher, close beside the word it belongs to
FARTHEST_OFF, FARTHEST_UP, FARTHEST_BESIDE = 0.4, 0.65, 0.7
RAISED, LOWERED, SMALLER = 0.15, -0.08, 0.85
# gaps, in type sizes, that stand for a space: between Latin words, and between Chinese ones
WORD_GAP, CHINESE_GAP = 0.15, 0.7


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in one type; `raised` is 1 for a number set above the line, -1 for one below it."""

    text: str
    left: float
    right: float
    is_bold: bool = False
    raised: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line from left to right; `height` is where its baseline stands, counted upwards."""

    pieces: tuple[Piece, ...]
    height: float
    size: float

    @property
    def left(self) -> float:
        """Where its first character begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where its last character ends."""
        return max(piece.right for piece in self.pieces)

    @property
    def text(self) -> str:
        """Its characters, with the spaces that gaps stand for."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(piece.is_bold for piece in self.pieces if piece.text.strip())


def upright(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of the page as if it were turned so that its lines run from left to right.

    Text that runs in another direction than most of the page, like a stamp at the margin, is left out.
    """
    shown = [run for run in _stacked(runs) if run.text.strip()]
    counted: Counter[tuple[float, float]] = Counter()
    for run in shown:
        counted[run.right] += len(run.text)
    main = counted.most_common(1)[0][0] if counted else RIGHT
    return [
        replace(run, x=run.x * main[0] + run.y * main[1], y=run.y * main[0] - run.x * main[1], right=RIGHT)
        for run in shown
        if run.right == main
    ]


def _stacked(runs: Sequence[Run]) -> list[Run]:
    """Set upright characters that stand one below the other as a line that runs down the page."""
    down = along = 0
    for first, second in pairwise(runs):
        step_x, step_y = (second.x - first.x) / (first.size or 1), (second.y - first.y) / (first.size or 1)
        down += abs(step_x) < 0.3 and -1.6 < step_y < -0.8 and len(first.text) == 1
        along += abs(step_y) < 0.3 or len(first.text) > 2
    if down <= along:
        return list(runs)
    return [
        replace(run, y=run.y + ASCENT * run.size, right=DOWN, length=run.size) if run.right == RIGHT else run
        for run in runs
    ]


def rows(runs: Sequence[Run]) -> list[Line]:
    """Return what stands on one height as one line, the highest first."""
    heights: list[tuple[float, int]] = []
    members: list[list[Run]] = []
    for run in sorted(runs, key=lambda each: (-each.size, each.x)):
        number = _row_of(run, heights, members)
        if number is None:
            number = len(members)
            insort(heights, (run.y, number))
            members.append([])
        members[number].append(run)
    return [_line(members[number], height) for height, number in reversed(heights)]


def _row_of(run: Run, heights: Sequence[tuple[float, int]], members: Sequence[Sequence[Run]]) -> int | None:
    """The number of the row the run belongs to: the nearest, or the one it is raised from."""
    place = bisect_left(heights, (run.y, -1))
    near = sorted(heights[max(0, place - 2) : place + 2], key=lambda each: abs(each[0] - run.y))
    for height, number in near:
        size = members[number][0].size
        if abs(run.y - height) <= min(FARTHEST_OFF * size, 0.8 * run.size):
            return number
        is_small = run.size <= SMALLER * size and 0 < run.y - height <= FARTHEST_UP * size
        if is_small and any(_gap(run, other) <= FARTHEST_BESIDE * size for other in members[number]):
            return number
    return None


def _gap(first: Run, second: Run) -> float:
    """How far two runs stand apart along the line."""
    return max(first.x, second.x) - min(first.x + first.length, second.x + second.length)


def _line(members: Sequence[Run], height: float) -> Line:
    sizes: Counter[float] = Counter()
    for run in members:
        sizes[round(run.size, 1)] += len(run.text)
    size = max(sizes, key=lambda each: (sizes[each], each))
    pieces: list[Piece] = []
    for run in sorted(members, key=lambda each: each.x):
        piece = Piece(run.text, run.x, run.x + run.length, run.is_bold, _raised(run, run.y - height, size))
        if pieces and _is_shadow(pieces[-1], piece, size):
            pieces[-1] = replace(pieces[-1], is_bold=True)
        else:
            pieces.append(piece)
    return Line(_spaced(pieces, size), height, size)


def _raised(run: Run, above: float, size: float) -> int:
    if run.size > SMALLER * size:
        return 0
    return 1 if above > RAISED * size else -1 if above < LOWERED * size else 0


def _is_shadow(first: Piece, second: Piece, size: float) -> bool:
    """Whether the same is printed again beside itself, as some writers make bold."""
    return first.text == second.text and second.left - first.left < 0.2 * size


def _spaced(pieces: Sequence[Piece], size: float) -> tuple[Piece, ...]:
    """The pieces with a space wherever the gap between two of them stands for one."""
    spaced = list(pieces[:1])
    for piece in pieces[1:]:
        last = spaced[-1]
        if piece.left - last.right > _widest_joint(last.text, piece.text) * size:
            spaced[-1] = replace(last, text=last.text + " ")
        spaced.append(piece)
    return tuple(spaced)


def _widest_joint(before: str, after: str) -> float:
    return WORD_GAP if before[-1:] < "\u2e80" and after[:1] < "\u2e80" else CHINESE_GAP
