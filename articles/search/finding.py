"""What readers find: which articles, in what order, and what can be said of all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from articles.models import Article, Placement, SearchDocument
from articles.search.asking import backend, read_through
from articles.search.backends import Order
from articles.search.naming import known
from articles.search.queries import Asked, Query

# no more are counted, sorted and paged through; who finds more narrows the question
MOST = 2_000
MOST_OF_A_KIND = 12
# as many hold what must not be there, where nothing is said of what must
MOST_LEFT_OUT = 200_000
OF_READERS = SearchDocument.OF_READERS


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

    `is_ranked` says whether the best come first: where there are too many to tell, the newest do, of those that were
    put in last.
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


def find(query: Query, *, among: QuerySet[Article], newest_first: bool = False, is_part: bool = False) -> Found:
    """Return which of `among` answer the question in what readers see of them; `is_part` says that these are few.

    What `among` leaves out is found, counted and told of nowhere. One to three queries, however large the library.
    """
    asked, narrowed = query.asked, among.filter(known(query, OF_READERS))
    best, is_cut = None, False
    if asked.groups:
        named = backend().found(asked, OF_READERS, MOST + 1, Order.LAST)
        if not named:
            return Found((), (), has_more=False, is_ranked=not newest_first)
        is_cut = len(named) > MOST
        if is_cut and (is_part or query.named):
            is_cut, narrowed = False, narrowed.filter(read_through(asked, OF_READERS))
        else:
            narrowed = narrowed.filter(pk__in=backend().among(named))
        if not newest_first and len(named) <= MOST:
            best = backend().found(asked, OF_READERS, MOST, Order.BEST)
    elif asked.without:
        left_out = backend().found(Asked((asked.without,)), OF_READERS, MOST_LEFT_OUT)
        narrowed = narrowed.exclude(pk__in=backend().among(left_out))
    shown = narrowed.order_by("-live_from", "-pk").annotate(year=ExtractYear("original_date"))
    of_source = ("original_source__slug", "original_source__name", "original_source__kind")
    rows = [Row(*row) for row in shown.values_list("pk", *of_source, "year")[: MOST + 1]]
    keys = [row.pk for row in rows[:MOST]]
    if best is not None:
        places = {key: place for place, key in enumerate(best)}
        keys.sort(key=lambda key: places.get(key, MOST))
    return Found(keys, rows[:MOST], is_cut or len(rows) > MOST, best is not None)
