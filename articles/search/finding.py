"""What readers find: which articles, in what order, and what can be said of all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from articles.models import Article, Placement, SearchDocument
from articles.search.asking import backend, read_through
from articles.search.naming import known
from articles.search.queries import Query

# no more are counted, sorted and paged through; who finds more narrows the question
MOST = 2_000
MOST_OF_A_KIND = 12


class Row(NamedTuple):
    """What is known of an article that was found, to count by."""

    pk: int
    source: str | None
    source_name: str | None
    source_kind: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that answer a question, `keys` in the order asked for, `has_more` where there are more than these.

    `is_ranked` says whether the best come first: where there are too many to tell, the newest do.
    """

    keys: Sequence[int]
    rows: Sequence[Row]
    has_more: bool
    is_ranked: bool

    def by_source(self) -> list[tuple[tuple[str, str], int]]:
        """How many there are of each source, by its address and name: the most first."""
        counted = Counter((row.source, row.source_name) for row in self.rows if row.source and row.source_name)
        return counted.most_common(MOST_OF_A_KIND)

    def by_kind(self) -> list[tuple[str, int]]:
        """How many there are of each kind of source: the most first."""
        return Counter(row.source_kind for row in self.rows if row.source_kind).most_common()

    def by_year(self) -> list[tuple[int, int]]:
        """How many there are of each year, earliest first."""
        return sorted(Counter(row.year for row in self.rows if row.year).items())

    def by_theme(self) -> list[tuple[tuple[str, str], int]]:
        """How many there are in each theme, by its address and name: the most first; one query."""
        placed = Placement.objects.filter(article__in=backend().among([row.pk for row in self.rows])).order_by()
        counted = placed.values_list("theme__slug", "theme__name").annotate(count=Count("article", distinct=True))
        found = counted.order_by("-count", "theme__name")[:MOST_OF_A_KIND]
        return [((slug, name), count) for slug, name, count in found]


def find(query: Query, *, among: QuerySet[Article], newest_first: bool = False) -> Found:
    """Return which of `among` answer the question in what readers see of them.

    What `among` leaves out is found, counted and told of nowhere. Two to four queries, however large the library.
    """
    narrowed, best = among.filter(known(query, SearchDocument.OF_READERS)), None
    if query.asked.groups:
        named = backend().found(query.asked, SearchDocument.OF_READERS, MOST + 1)
        if len(named) <= MOST:
            narrowed = narrowed.filter(pk__in=backend().among(named))
            best = (
                None if newest_first else backend().found(query.asked, SearchDocument.OF_READERS, MOST, best_first=True)
            )
        else:
            narrowed = narrowed.filter(read_through(query.asked, SearchDocument.OF_READERS))
    elif query.asked.without:
        narrowed = narrowed.filter(read_through(query.asked, SearchDocument.OF_READERS))
    shown = narrowed.order_by("-live_from", "-pk").annotate(year=ExtractYear("original_date"))
    of_source = ("original_source__slug", "original_source__name", "original_source__kind")
    rows = [Row(*row) for row in shown.values_list("pk", *of_source, "year")[: MOST + 1]]
    keys = [row.pk for row in rows[:MOST]]
    if best is not None and len(rows) <= MOST:
        places = {key: place for place, key in enumerate(best)}
        keys.sort(key=lambda key: places.get(key, MOST))
    return Found(keys, rows[:MOST], len(rows) > MOST, best is not None)
