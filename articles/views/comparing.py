"""Two texts of an article beside each other, for readers: a copy and the text, or two editions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.actions import differing
from articles.models import Article, Edition, Witness
from articles.restoration.beside import Beside
from articles.views.reading import withdrawn
from articles.views.serving import for_readers

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Side:
    """Something that can be chosen: an edition, or a copy whose bytes are kept."""

    key: str
    edition: Edition | None = None
    copy: Witness | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that is shown, or how many rows that differ in nothing are passed over."""

    row: Beside | None = None
    passed: int = 0


class Pair:
    """What can be compared, and what was asked for: left and right, or a copy for the left; keys are as `Side` says."""

    def __init__(self, article: Article, asked: Mapping[str, str]) -> None:
        self.article, self.asked = article, asked

    @cached_property
    def copies(self) -> list[Side]:
        rows = Witness.objects.shown().filter(article=self.article, capture__isnull=False)
        rows = rows.select_related("source", "capture").prefetch_related("capture__further_parts")
        return [Side(f"c{copy.pk}", copy=copy) for copy in rows]

    @cached_property
    def editions(self) -> list[Side]:
        rows = self.article.editions.filter(number__isnull=False).order_by("-number")
        return [Side(f"e{each.number}", edition=each) for each in rows.defer("body_html", "notes", "abstract")]

    @cached_property
    def right(self) -> Side:
        """The edition that was asked for, else the newest."""
        return _chosen(self.editions, self.asked.get("right") or self.editions[0].key)

    @cached_property
    def left(self) -> Side | None:
        """What was asked for, else the copy the text was made of, else the edition before; None where there is none."""
        if copy := self.asked.get("copy"):
            return _chosen(self.copies, f"c{copy}")
        if key := self.asked.get("left"):
            return _chosen([*self.copies, *self.editions], key)
        made = [side for side in self.copies if side.copy and side.copy.made_digest]
        before = self.editions[self.editions.index(self.right) + 1 :]
        return next(iter([*made, *self.copies, *before]), None)

    def differing(self) -> differing.Differing:
        """Raises `CannotCompare`, `TooLong`."""
        if self.left is None or self.right.edition is None:
            raise differing.CannotCompare
        return differing.between(self.left.copy or self._whole(self.left), self._whole(self.right))

    def _whole(self, side: Side) -> Edition:
        return Edition.objects.get(article=self.article, number=side.key[1:])


def _chosen(sides: Sequence[Side], key: str) -> Side:
    found = next((side for side in sides if side.key == key), None)
    if found is None:
        raise Http404
    return found


@for_readers
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what differs, paragraph by paragraph; with `all` also what does not."""
    article = Article.objects.published().select_related("live").filter(pk=pk).first()
    if article is None:
        return withdrawn(request, pk)
    pair = Pair(article, request.GET)
    shown: dict[str, object] = {
        "article": article,
        "edition": article.live,
        "pair": pair,
        "left": pair.left,
        "right": pair.right,
        "shows_all": "all" in request.GET,
    }
    if pair.left is not None:
        shown |= _compared(pair, shows_all="all" in request.GET)
    return render(request, "reading/compare.html", shown)


def _compared(pair: Pair, *, shows_all: bool) -> dict[str, object]:
    try:
        found = pair.differing()
    except differing.TooLong:
        return {"is_too_long": True}
    except differing.CannotCompare:
        return {"is_unreadable": True}
    rows = list(_rows(found.rows, shows_all=shows_all))
    return {
        "found": found,
        "rows": rows[:MOST_ROWS],
        "is_cut": len(rows) > MOST_ROWS,
        "count": sum(not row.is_same for row in found.rows),
        "same_count": sum(row.is_same for row in found.rows),
    }


def _rows(rows: Sequence[Beside], *, shows_all: bool) -> Iterator[Shown]:
    for is_same, some in groupby(rows, key=lambda row: row.is_same):
        if is_same and not shows_all:
            yield Shown(passed=sum(1 for _ in some))
        else:
            yield from (Shown(row) for row in some)
