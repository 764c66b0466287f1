"""What else there is to read beside an article, and why: the same theme, author, source and year, or tag.

The answers come as columns of a query that is asked anyway, so that they cost the page none of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR
from typing import Any

from django.db.models import F, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localtime

from articles.models import Article, Edition
from articles.views import listing

# Of each kind so many are looked for, and so many of all kinds shown.
EACH = 2
MOST = 6


@dataclass(frozen=True, slots=True)
class Related:
    """An article beside another, and what they share: of which kind it is, and its name."""

    article: Article
    kind: str
    name: str


def beside(edition: Edition, themes: Sequence[int]) -> dict[str, Subquery]:
    """Return the columns in which `found` looks, for an edition whose bylines and article's tags were fetched."""
    others = Article.objects.published().exclude(pk=edition.article_id)
    return {
        f"{kind}_{number}": Subquery(rows.values(told=_told(name))[number : number + 1])
        for kind, name, rows in _ways(edition, themes, others)
        for number in range(EACH)
    }


def _ways(edition: Edition, themes: Sequence[int], others: QuerySet[Article]) -> Iterator[tuple[str, str, QuerySet]]:
    """Each kind with the column of the name that is shared, and its articles in order."""
    authors = [byline.author_id for byline in edition.bylines.all()]
    tags = [tag.pk for tag in edition.article.tags.all()]
    if themes:
        placed = others.filter(placements__theme__in=themes).order_by("placements__position", "pk")
        yield "theme", "placements__theme__name", placed
    if authors:
        signed = others.filter(live__bylines__author__in=authors)
        yield "author", "live__bylines__author__name", signed.order_by("-live_from", "-pk")
    # at either end of the calendar no year can be named in every time zone
    if edition.original_source_id and edition.original_date and 1 < edition.original_date.year < MAXYEAR:
        same = others.filter(original_source=edition.original_source_id)
        same = same.filter(listing.appeared_in(localtime(edition.original_date).year))
        yield "source", "original_source__name", same.order_by("original_date", "pk")
    if tags:
        yield "tag", "tag_items__tag__name", others.filter(tag_items__tag__in=tags).order_by("-live_from", "-pk")


def _told(name: str) -> JSONObject:
    return JSONObject(pk="pk", title="title", script="script", name=F(name))


def found(row: Any, *, without: set[int]) -> list[Related]:
    """Return what stands in the columns of the row: the nearest kinds first, each article once."""
    shown: dict[int, Related] = {}
    for number in range(EACH):
        for kind in ("theme", "author", "source", "tag"):
            told = getattr(row, f"{kind}_{number}", None)
            if told and told["pk"] not in without and told["pk"] not in shown:
                name = told.pop("name")
                shown[told["pk"]] = Related(Article(**told), kind, name)
    return list(shown.values())[:MOST]
