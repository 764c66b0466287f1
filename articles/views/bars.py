"""How many there are of each year or month, as bars that a page draws without a style of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.formats import date_format

TALLEST = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, `height` of `TALLEST`; `is_after_gap` says that a year before it has none."""

    label: str
    count: int
    height: int
    address: str
    is_after_gap: bool

    @property
    def top(self) -> int:
        return TALLEST - self.height


def by_year(rows: QuerySet, column: str) -> list[tuple[int, int]]:
    """Return how many of the rows there are of each year of the column, earliest first; those without are left out."""
    dated = rows.filter(**{f"{column}__isnull": False}).order_by()
    counted = dated.values(year=ExtractYear(column)).annotate(count=Count("pk", distinct=True)).order_by("year")
    return list(counted.values_list("year", "count"))


def of_years(counts: Iterable[tuple[int, int]], address: Callable[[int], str] = lambda year: "") -> list[Bar]:
    """Return a bar for each year and its count, in the order given; `address` is where it leads."""
    counts = list(counts)
    most = max((count for _year, count in counts), default=1)
    before = [None, *(year for year, _count in counts)]
    return [
        Bar(str(year), count, _height(count, most), address(year), last is not None and abs(year - last) > 1)
        for last, (year, count) in zip(before, counts, strict=False)
    ]


def of_months(counts: Iterable[tuple[date, int]], address: Callable[[date], str]) -> list[Bar]:
    """Return a bar for each month, named in the language of the page, and its count."""
    counts = list(counts)
    most = max((count for _first, count in counts), default=1)
    return [Bar(date_format(first, "F"), count, _height(count, most), address(first), False) for first, count in counts]


def _height(count: int, most: int) -> int:
    """No count is so small that its bar is not seen."""
    return max(2, round(count * TALLEST / most))
