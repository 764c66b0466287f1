"""Long lists one page at a time: a page begins after a row, so that its cost does not grow and no row is missed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404

CURSOR = re.compile(r"(-?[0-9]{1,18})_([0-9]{1,18})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# From the first to the last moment a datetime can name, with a day to spare for time zones.
MOMENTS = range(-62_135_510_400_000_000, 253_402_214_400_000_000)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list; `after` is where the next page begins, empty on the last."""

    rows: list[Any]
    after: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: one column that is never null, then the key."""

    column: str
    is_descending: bool = False
    is_moment: bool = False

    def page(self, rows: QuerySet, after: str | None, *, size: int = 20) -> Page:
        """Return the page that begins after the row `after` names (see `Page.after`); 404 where it names none."""
        sign = "-" if self.is_descending else ""
        if after is not None:
            rows = rows.filter(self._beyond(after))
        found = list(rows.order_by(f"{sign}{self.column}", f"{sign}pk")[: size + 1])
        more = len(found) > size
        return Page(found[:size], self._cursor(found[size - 1]) if more else "", after is None)

    def _cursor(self, row: Model) -> str:
        value = getattr(row, self.column)
        return f"{(value - EPOCH) // MICROSECOND if self.is_moment else value}_{row.pk}"

    def _beyond(self, cursor: str) -> Q:
        match = CURSOR.fullmatch(cursor)
        if match is None or (self.is_moment and int(match[1]) not in MOMENTS):
            raise Http404
        value = EPOCH + int(match[1]) * MICROSECOND if self.is_moment else int(match[1])
        side = "lt" if self.is_descending else "gt"
        column = self.column
        return Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": int(match[2])})


LATEST = Order("live_from", is_descending=True, is_moment=True)
BY_ORIGINAL_DATE = Order("original_date", is_descending=True, is_moment=True)
BY_POSITION = Order("position")
