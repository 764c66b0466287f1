"""What else there is to read beside an article, and why: the same theme, author, source and year, or tag.

The answers come as columns of a query that is asked anyway, so that they cost the page none of its own; and each looks
at a few rows only, so that they cost the same in a library of any size.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localtime

from articles.models import Article, Byline, Edition, Placement, TaggedArticle, Theme
from articles.views import listing

# So many names of each kind are asked for, so many articles for each, among the first so many rows that bear the name.
THEMES, AUTHORS, TAGS = 2, 2, 3
EACH = {"theme": 2, "author": 2, "source": 1, "tag": 1}
AMONG = 12
# An edition names its authors anew, so that one article has several bylines.
AMONG_BYLINES = 36
MOST = 6


@dataclass(frozen=True, slots=True)
class Way:
    """What is shared with others, of which kind that is, and the rows that lead to them by `path`, in order."""

    kind: str
    name: str
    rows: QuerySet[Any]
    path: str

    def column(self, number: int) -> Subquery:
        """What is said of one of the others; each is asked by its key, so that no list of articles is gone through."""
        stem = f"{self.path}__" if self.path != "pk" else ""
        told = JSONObject(pk=self.path, title=f"{stem}title", script=f"{stem}script")
        order = self.rows.query.order_by
        few = self.rows.model._base_manager.filter(pk__in=self.rows.values("pk")).order_by(*order)
        public = Exists(Article.objects.published().filter(pk=OuterRef(self.path)))
        return Subquery(few.filter(public).values(told=told)[number : number + 1])


@dataclass(frozen=True, slots=True)
class Related:
    """An article beside another, and what they share."""

    article: Article
    kind: str
    name: str


def ways(edition: Edition, themes: Iterable[Theme], *, without: set[int]) -> list[Way]:
    """Return where to look, the nearest first, for an edition whose bylines and article's tags were fetched.

    The articles `without` are named elsewhere on the page.
    """
    return list(_ways(edition, themes, sorted({edition.article_id, *without})))


def _ways(edition: Edition, themes: Iterable[Theme], known: list[int]) -> Iterator[Way]:
    for theme in list(themes)[:THEMES]:
        placed = Placement.objects.filter(theme=theme).exclude(article__in=known).order_by("position", "pk")
        yield Way("theme", theme.name, placed[:AMONG], "article")
    for byline in list(edition.bylines.all())[:AUTHORS]:
        signed = Byline.objects.filter(author=byline.author_id, edition__article__live=F("edition"))
        signed = signed.exclude(edition__article__in=known).order_by("-pk")
        yield Way("author", byline.author.name, signed[:AMONG_BYLINES], "edition__article")
    source, moment = edition.original_source, edition.original_date
    # at either end of the calendar no year can be named in every time zone
    if source and moment and 1 < moment.year < MAXYEAR:
        same = Article.objects.filter(listing.appeared_in(localtime(moment).year), original_source=source)
        yield Way("source", source.name, same.exclude(pk__in=known).order_by("original_date", "pk")[:AMONG], "pk")
    for tag in list(edition.article.tags.all())[:TAGS]:
        tagged = TaggedArticle.objects.filter(tag=tag).exclude(content_object__in=known).order_by("-pk")
        yield Way("tag", tag.name, tagged[:AMONG], "content_object")


def columns(looked: Iterable[Way]) -> dict[str, Subquery]:
    """Return the columns in which `found` looks."""
    return {
        f"related_{place}_{number}": way.column(number)
        for place, way in enumerate(looked)
        for number in range(EACH[way.kind])
    }


def found(row: Any, looked: Iterable[Way]) -> list[Related]:
    """Return what stands in the columns of the row, each article once and of every kind one before a second."""
    shown: dict[int, Related] = {}
    looked = list(looked)
    for number in range(max(EACH.values())):
        for place, way in enumerate(looked):
            told = getattr(row, f"related_{place}_{number}", None)
            if told:
                shown.setdefault(told["pk"], Related(Article(**told), way.kind, way.name))
    return list(shown.values())[:MOST]
