"""The page of one article, and of each of its editions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Byline, Edition, Finding, Placement, Theme, Witness
from articles.views.serving import for_readers

# So many levels of the tree come with the placement; each level of a deeper tree costs one query more.
PATH = ["theme" + "__parent" * level for level in range(5)]
# So many mergers are followed, from one article to the next; a circle ends with them.
MERGED = ["__".join(["merged_into"] * links) for links in range(1, 9)]
# In the order they are shown; dismissed findings say nothing about the text.
SHOWN_STATES = (Finding.State.CLEANED, Finding.State.ACCEPTED, Finding.State.OPEN)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where an article stands in one theme: the path from the root to it, the reason, and its neighbours."""

    placement: Placement
    path: list[Theme]
    before: Article | None
    after: Article | None


@for_readers
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest published text; a withdrawn article keeps its address and says why it is gone."""
    live = edition_for_readers(pk)
    if live is None:
        return withdrawn(request, pk)
    return render(request, "reading/article.html", _shown(live))


@for_readers
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The permanent address of one numbered edition, for as long as its article is before its readers."""
    found = edition_for_readers(pk, number)
    if found is None:
        return withdrawn(request, pk)
    return render(request, "reading/article.html", {**_shown(found), "is_edition_page": True})


def edition_for_readers(pk: int, number: int | None = None) -> Edition | None:
    """The edition in force, or the one of this number, with its article; None where readers have no such text."""
    editions = Edition.objects.filter(article__in=Article.objects.published(), article=pk, number__isnull=False)
    found = editions.filter(pk=F("article__live")) if number is None else editions.filter(number=number)
    return found.select_related("article", "original_source").first()


def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why an article is gone; one that was never before its readers is simply not found."""
    gone = Article.objects.filter(status=Article.Status.WITHDRAWN, live_from__lte=Now()).select_related("live")
    article = get_object_or_404(gone, pk=pk)
    return render(request, "reading/withdrawn.html", {"article": article, "into": _into(article)}, status=410)


def _into(article: Article) -> Article | None:
    """The first article before its readers on the way this one was merged; in two queries however long it is."""
    if article.merged_into_id is None:
        return None
    keys = Article.objects.values_list(*MERGED).get(pk=article.pk)
    found = Article.objects.published().in_bulk(set(keys) - {None})
    return next((found[key] for key in keys if key in found), None)


def _shown(edition: Edition) -> dict[str, object]:
    """What the article page shows, in eight queries with the article itself.

    The template takes bylines, tags and copies from the rows themselves, so that the editors' preview needs no view.
    """
    article = edition.article
    prefetch_related_objects([edition], Prefetch("bylines", Byline.objects.select_related("author")))
    prefetch_related_objects([article], "tags", Prefetch("witnesses", Witness.objects.shown().select_related("source")))
    editions = article.editions.filter(number__isnull=False).order_by("-number")
    return {
        "article": article,
        "edition": edition,
        "editions": editions.defer("body_html", "notes", "abstract"),
        "changes": _changes(edition),
        "shelves": _shelves(article),
    }


def _changes(edition: Edition) -> Sequence[Mapping[str, object]]:
    """Findings counted by what became of them and by class; an edition carries those of the editions before it."""
    found = Finding.objects.filter(edition=edition, state__in=SHOWN_STATES)
    counted = found.order_by("code").values("state", "code")
    return sorted(counted.annotate(count=Count("pk")), key=lambda row: SHOWN_STATES.index(row["state"]))


def _shelves(article: Article) -> list[Shelf]:
    placements = list(
        article.placements.select_related(*PATH)
        .defer(*(f"{theme}__introduction" for theme in PATH))
        .order_by("pk")
        .annotate(before_id=Subquery(_neighbours("lt")), after_id=Subquery(_neighbours("gt")))
    )
    keys = {key for placement in placements for key in (placement.before_id, placement.after_id)}
    articles = Article.objects.published().only("title", "script").in_bulk(keys - {None})
    return [
        Shelf(placement, path_of(placement.theme), articles.get(placement.before_id), articles.get(placement.after_id))
        for placement in placements
    ]


def _neighbours(side: str) -> QuerySet:
    """The published article that stands next to a placement in its theme: `lt` before it, `gt` after it."""
    beyond = Q(**{f"position__{side}": OuterRef("position")}) | Q(
        position=OuterRef("position"), **{f"pk__{side}": OuterRef("pk")}
    )
    sign = "-" if side == "lt" else ""
    return (
        Placement.objects.published()
        .filter(beyond, theme=OuterRef("theme"))
        .order_by(f"{sign}position", f"{sign}pk")
        .values("article")[:1]
    )


def path_of(theme: Theme) -> list[Theme]:
    """Return the theme's ancestors from the root down, and the theme itself."""
    path = [theme]
    while (parent := path[0].parent) is not None and parent not in path:
        path.insert(0, parent)
    return path
