"""Long lists one page at a time: a page begins after a row, so that its cost does not grow and no row is missed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404

CURSOR = re.compile(r"(.{1,100})_([0-9]{1,18})", re.DOTALL)
NUMBER = re.compile(r"-?[0-9]{1,18}")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# From the first to the last moment a datetime can name, with a day to spare for time zones.
MOMENTS = range(-62_135_510_400_000_000, 253_402_214_400_000_000)


def _number(text: str) -> int:
    if NUMBER.fullmatch(text) is None:
        raise Http404
    return int(text)


def _moment(text: str) -> datetime:
    count = _number(text)
    if count not in MOMENTS:
        raise Http404
    return EPOCH + count * MICROSECOND


def _name(text: str) -> str:
    if "\0" in text:  # PostgreSQL cannot even be asked for it
        raise Http404
    return text


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list; `after` is where the next page begins, empty on the last, and `parameter` takes it there."""

    rows: list[Any]
    after: str
    is_first: bool
    parameter: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: one column that is never null, then the key; `read` takes its value from a cursor."""

    column: str
    read: Callable[[str], Any]
    is_descending: bool = False

    def page(self, rows: QuerySet, asked: Mapping[str, str], *, size: int = 20, parameter: str = "after") -> Page:
        """Return the page that begins after the row `asked[parameter]` names (see `Page.after`); 404 for no such name.

        A page with two lists gives each a parameter of its own.
        """
        sign = "-" if self.is_descending else ""
        after = asked.get(parameter)
        if after is not None:
            rows = rows.filter(self._beyond(after))
        found = list(rows.order_by(f"{sign}{self.column}", f"{sign}pk")[: size + 1])
        more = len(found) > size
        return Page(found[:size], self._cursor(found[size - 1]) if more else "", after is None, parameter)

    def _cursor(self, row: Model) -> str:
        value = getattr(row, self.column)
        return f"{(value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value}_{row.pk}"

    def _beyond(self, cursor: str) -> Q:
        match = CURSOR.fullmatch(cursor)
        if match is None:
            raise Http404
        value, column, side = self.read(match[1]), self.column, "lt" if self.is_descending else "gt"
        return Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": int(match[2])})


LATEST = Order("live_from", _moment, is_descending=True)
BY_RECEIPT = Order("received_at", _moment, is_descending=True)
BY_ORIGINAL_DATE = Order("original_date", _moment, is_descending=True)
BY_POSITION = Order("position", _number)
BY_NAME = Order("name", _name)
BY_ARTICLE_COUNT = Order("article_count", _number, is_descending=True)


def appeared_in(year: int, column: str = "original_date") -> Q:
    """Return the condition of a year; the calendar's last is not found: west of Greenwich its end cannot be named."""
    if year == MAXYEAR:
        raise Http404
    return Q(**{f"{column}__year": year})
