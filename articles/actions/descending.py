"""How a text came from copy to copy: one sentence, and the points and arrows of a small picture."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext, pgettext

from articles.models import Source, Witness, date_text, parse_precise

# of the picture, in its own units
BOX, HEIGHT, ACROSS, DOWN, EDGE = 140, 46, 184, 62, 4
LONGEST_LABEL = 9
IN_TITLE_MARKS = (Source.Kind.NEWSPAPER, Source.Kind.JOURNAL)
TELLING = (Witness.Kind.EXCERPT, Witness.Kind.REWRITE)


def name_of(copy: Witness) -> str:
    """Return what people call the copy: its outlet, else its host, the site it names itself, its file or its title."""
    if copy.source:
        name = copy.source.name
        return f"《{name}》" if copy.source.kind in IN_TITLE_MARKS and "《" not in name else name
    host = urlsplit(copy.address).hostname or ""
    file_name = copy.capture.file_name if copy.capture else ""
    return host.removeprefix("www.") or read_of(copy, "site") or file_name or copy.title_there or f"#{copy.pk}"


def read_of(copy: Witness, field: str) -> str:
    """Return what was read for a field in the bytes of the copy; empty where nothing was."""
    return next((read["value"] for read in copy.readings if read.get("field") == field), "")


@dataclass(frozen=True)
class Step:
    """One copy on the way of the text, with what is known of its date and of the copy it was made from."""

    copy: Witness
    moment: datetime | None
    precision: str
    parent: "Step | None" = None

    @cached_property
    def name(self) -> str:
        return name_of(self.copy)

    @property
    def label(self) -> str:
        return Truncator(self.name).chars(LONGEST_LABEL, truncate="…")

    @cached_property
    def date(self) -> str:
        """The date in the reader's language; empty where it is not known."""
        return date_text(self.moment, self.precision)

    @property
    def said_name(self) -> str:
        kind = self.copy.get_kind_display()
        is_telling = self.copy.kind in TELLING
        return gettext("%(name)s (%(kind)s)") % {"name": self.name, "kind": kind} if is_telling else self.name

    @property
    def is_original(self) -> bool:
        return self.copy.kind == Witness.Kind.ORIGINAL

    @property
    def day(self) -> str:
        is_exact = self.moment and self.precision in ("day", "time")
        return timezone.localtime(self.moment).date().isoformat() if is_exact else ""

    @property
    def depth(self) -> int:
        return self.parent.depth + 1 if self.parent else 0

    @property
    def order(self) -> tuple[bool, str, int]:
        """By date, and on one date by descent; what has no date stands behind what it was made from, or last."""
        if self.moment is None:
            return (*self.parent.order[:2], self.depth) if self.parent else (True, "", 0)
        return False, timezone.localtime(self.moment).isoformat(), self.depth

    def said(self) -> str:
        """The part of the sentence about a copy of which it is known where it came from."""
        told = {"parent": self.parent.name if self.parent else "", "name": self.said_name, "date": self.date}
        if self.day and self.parent and self.day == self.parent.day:
            return gettext("from %(parent)s to %(name)s the same day") % told
        if self.date:
            return gettext("from %(parent)s to %(name)s, %(date)s") % told
        return gettext("from %(parent)s to %(name)s, date unknown") % told


@dataclass(frozen=True, slots=True)
class Point:
    """Where a copy stands in the picture."""

    step: Step
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + BOX // 2

    @property
    def upper(self) -> int:
        return self.y + 19

    @property
    def lower(self) -> int:
        return self.y + 37


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from the copy that was there to the one made from it, and its head."""

    line: str
    head: str


@dataclass(frozen=True)
class Chain:
    """The copies in the order they appeared; `is_given_up` says that the first was looked for and not found."""

    steps: Sequence[Step]
    is_given_up: bool = False
    box: int = BOX
    box_height: int = HEIGHT

    @property
    def original(self) -> Step | None:
        return next((step for step in self.steps if step.is_original), None)

    @property
    def sentence(self) -> str:
        """The way of the text in one sentence, in the reader's language."""
        parts = [self._first(), *(step.said() for step in self.steps if step.parent and not step.is_original)]
        comma = pgettext("between the items of a list", ", ")
        if lost := [step.said_name for step in self.steps if step.parent is None and not step.is_original]:
            told = gettext("of %(names)s it is not known where they took the text from")
            parts.append(told % {"names": comma.join(lost)})
        return capfirst(pgettext("between the parts of a sentence", "; ").join(parts)) + pgettext("full stop", ".")

    def _first(self) -> str:
        if self.original is None and self.is_given_up:
            return gettext("where it first appeared was looked for and not found")
        if self.original is None:
            return gettext("where it first appeared is not known yet")
        told = {"name": self.original.said_name, "date": self.original.date}
        template = (
            gettext("first in %(name)s, %(date)s") if told["date"] else gettext("first in %(name)s, date unknown")
        )
        return template % told

    @cached_property
    def points(self) -> list[Point]:
        """The copies from left to right by date, each in a row in which nothing stands between it and its model."""
        columns = {order: number for number, order in enumerate(sorted({step.order for step in self.steps}))}
        rows: dict[int, int] = {}
        filled: dict[int, set[int]] = defaultdict(set)
        points = []
        for step in sorted(self.steps, key=lambda step: step.order):
            column = columns[step.order]
            since = columns[step.parent.order] if step.parent else column
            way = set(range(since + 1, column + 1) if since < column else range(column, since + 1))
            first = rows.get(step.parent.copy.pk, 0) if step.parent else 0
            row = next(row for row in (first, *range(len(self.steps) + 1)) if not filled[row] & way)
            rows[step.copy.pk] = row
            filled[row] |= way
            points.append(Point(step, EDGE + column * ACROSS, EDGE + row * DOWN))
        return points

    @property
    def arrows(self) -> list[Arrow]:
        at = {point.step.copy.pk: point for point in self.points}
        return [_arrow(at[point.step.parent.copy.pk], point) for point in self.points if point.step.parent]

    @property
    def width(self) -> int:
        return max((point.x for point in self.points), default=0) + BOX + EDGE

    @property
    def height(self) -> int:
        return max((point.y for point in self.points), default=0) + HEIGHT + EDGE


def chain(copies: Sequence[Witness], *, is_given_up: bool = False) -> Chain:
    """Return the chain of these copies of one article."""
    steps = dict(_steps({copy.pk: copy for copy in copies}))
    return Chain(sorted(steps.values(), key=lambda step: (not step.is_original, step.order)), is_given_up)


def _steps(copies: Mapping[int, Witness]) -> Iterator[tuple[int, Step]]:
    """Yield each copy after the one it was made from; a circle, which no door lets in, is cut where it closes."""
    made: dict[int, Step] = {}
    for first in copies:
        line: list[int] = []
        at = first
        while at in copies and at not in made and at not in line:
            line.append(at)
            at = copies[at].copied_from_id or 0
        for key in reversed(line):
            parent = made.get(copies[key].copied_from_id or 0)
            made[key] = Step(copies[key], *parse_precise(copies[key].date_there), parent)
    yield from made.items()


def _arrow(start: Point, end: Point) -> Arrow:
    """A line from the right side of the one along the row of the other; back to its right side where that is older."""
    x, y, to_y, is_back = start.x + BOX, start.y + HEIGHT // 2, end.y + HEIGHT // 2, end.x <= start.x
    to_x, back = (end.x + BOX, 8) if is_back else (end.x, -8)
    return Arrow(f"M{x} {y}h{(ACROSS - BOX) // 2}V{to_y}H{to_x + back}", f"M{to_x} {to_y}l{back} -5v10z")
