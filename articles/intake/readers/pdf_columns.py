"""The columns of a PDF's page, and the lines that run across them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from articles.intake.readers.pdf_glyphs import Run

# what stands closer than this, in type sizes, is one part of a line
PART_GAP = 0.3
ONE_HEIGHT = 0.12
# of the lines of a page: how many may run across the gap, how full the columns must be, how many beside one another
MOST_ACROSS, FULL, FEWEST_BESIDE = 0.3, 0.55, 5
SHORTEST_COLUMN = 6
GRID = 2.0
WIDEST_PAGE = 5_000.0
MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Runs close to one another on one height: a whole line, a line's share in one column, or a cell."""

    runs: tuple[Run, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.runs[0].x

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(run.x + run.length for run in self.runs)

    @property
    def middle(self) -> float:
        """Half way between."""
        return (self.left + self.right) / 2


def flows(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of a page divided as they are read: column by column, between lines that run across them."""
    levels = [_parts(level) for level in _levels(runs)]
    return [[run for part in flow for run in part.runs] for flow in _flows(levels, MOST_COLUMNS) if flow]


def _levels(runs: Sequence[Run]) -> list[list[Run]]:
    """What stands on one height, the highest first."""
    levels: list[list[Run]] = []
    for run in sorted(runs, key=lambda each: -each.y):
        if levels and levels[-1][0].y - run.y <= ONE_HEIGHT * run.size:
            levels[-1].append(run)
        else:
            levels.append([run])
    return levels


def _parts(level: Sequence[Run]) -> list[Part]:
    """One level divided at its gaps, and where a heading of one column touches a line of the other."""
    parts: list[list[Run]] = []
    for run in sorted(level, key=lambda each: each.x):
        last = parts[-1][-1] if parts else None
        if last and run.x - last.x - last.length <= PART_GAP * run.size and abs(run.size - last.size) < 1:
            parts[-1].append(run)
        else:
            parts.append([run])
    return [Part(tuple(part)) for part in parts]


def _flows(levels: Sequence[Sequence[Part]], most: int) -> list[list[Part]]:
    parts = [part for level in levels for part in level]
    gap = _gap(parts) if most > 1 else None
    if gap is None:
        return [parts]
    page = (min(part.left for part in parts), max(part.right for part in parts))
    divided: list[list[Part]] = []
    across: list[Part] = []
    beside: tuple[list[Sequence[Part]], list[Sequence[Part]]] = ([], [])
    for level in levels:
        if not _runs_across(level, gap, page):
            for side in (0, 1):
                if own := [part for part in level if (part.middle > gap) == bool(side)]:
                    beside[side].append(own)
            continue
        if any(beside):
            divided += [across, *_flows(beside[0], most - 1), *_flows(beside[1], most - 1)]
            beside, across = ([], []), []
        across += level
    return [*divided, across, *_flows(beside[0], most - 1), *_flows(beside[1], most - 1)]


def _runs_across(level: Sequence[Part], gap: float, page: tuple[float, float]) -> bool:
    """Whether a level is of both columns: one of its parts is, or they stand in the middle of the page together."""
    size = level[0].runs[0].size
    # a bracket that opens a line may hang out of its column
    if any(part.left < gap - size and part.right > gap + size for part in level):
        return True
    left, right = level[0].left, max(part.right for part in level)
    is_apart = left - page[0] > 2 * size and abs(level[0].middle - (page[0] + gap) / 2) > 2 * size
    return len(level) > 1 and is_apart and abs((left + right) / 2 - (page[0] + page[1]) / 2) < size


def _gap(parts: Sequence[Part]) -> float | None:
    """Where the page is divided into columns, or None.

    On both sides of the gap stand lines that fill their side, which the cells of a table do not.
    """
    if len(parts) < 2 * FEWEST_BESIDE:
        return None
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    steps = int(min(right - left, WIDEST_PAGE) / GRID)
    crossing = _crossing(parts, left, steps)
    choices = [
        (crossing[step], abs(step - steps / 2), left + step * GRID) for step in range(steps // 5, steps - steps // 5)
    ]
    count, _, place = min(choices, default=(len(parts), 0, 0))
    before = [part for part in parts if part.middle < place and part.right <= place + part.runs[0].size]
    behind = [part for part in parts if part.middle > place and part.left >= place - part.runs[0].size]
    return place if count <= MOST_ACROSS * len(parts) and _is_full(before) and _is_full(behind) else None


def _crossing(parts: Sequence[Part], left: float, steps: int) -> list[int]:
    """How many parts stand across each place of the grid."""
    changes = [0] * (steps + 2)
    for part in parts:
        first = int((part.left - left) / GRID) + 1
        last = int((part.right - left) / GRID)
        changes[min(first, steps + 1)] += 1
        changes[min(max(first, last + 1), steps + 1)] -= 1
    crossing, count = [], 0
    for change in changes:
        count += change
        crossing.append(count)
    return crossing


def _is_full(parts: Sequence[Part]) -> bool:
    """Whether most of the lines of one side are about as long as the longest, and long enough to be text."""
    levels = _levels([run for part in parts for run in part.runs])
    if len(levels) < FEWEST_BESIDE:
        return False
    lengths = [max(run.x + run.length for run in level) - min(run.x for run in level) for level in levels]
    size = median(run.size for level in levels for run in level)
    return median(lengths) >= FULL * max(lengths) and median(lengths) >= SHORTEST_COLUMN * size
