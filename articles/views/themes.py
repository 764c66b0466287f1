"""The tree of themes, and each of its nodes as a way through its articles."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.models import Excerpt, Placement, Theme, ThemeAlias
from articles.views import bars, listing
from articles.views.leading import led_on
from articles.views.serving import for_readers

PLACED_A_PAGE = 50
MOST_EXCERPTS = 60


@for_readers
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "browsing/themes.html", {"themes": counted_tree()})


@for_readers
@led_on(ThemeAlias)
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """One node of the tree: the way to it, what stands under it, what is placed in it and why, and its excerpts."""
    tree = counted_tree()
    found = _in_tree(tree, slug)
    years = bars.by_year(found.placements.published(), "article__original_date")
    shown = {
        "theme": found,
        "children": [(theme, count) for theme, count in tree if theme.parent_id == found.pk],
        "page": listing.BY_POSITION.page(_placed(found), request.GET, size=PLACED_A_PAGE),
        "excerpts": _excerpts(found),
        "bars": bars.of_years(years, lambda year: reverse("theme_year", args=[found.slug, year])),
    }
    return render(request, "browsing/theme.html", shown)


@for_readers
@led_on(ThemeAlias)
def theme_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The articles of a theme that first appeared in one year, in the editors' order."""
    found = _in_tree(counted_tree(), slug)
    placed = _placed(found).filter(listing.appeared_in(year, "article__original_date"))
    page = listing.BY_POSITION.page(placed, request.GET, size=PLACED_A_PAGE)
    if not page.rows:
        raise Http404
    return render(request, "browsing/theme_year.html", {"theme": found, "year": year, "page": page})


def counted_tree() -> list[tuple[Theme, int]]:
    """Every theme in order, with the number of published articles placed in it."""
    placed = Placement.objects.published().order_by().values("theme").annotate(count=Count("pk"))
    counts = dict(placed.values_list("theme", "count"))
    return [(theme, counts.get(theme.pk, 0)) for theme in Theme.objects.tree()]


def _in_tree(tree: Iterable[tuple[Theme, int]], slug: str) -> Theme:
    found = next((theme for theme, _count in tree if theme.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _placed(theme: Theme) -> QuerySet[Placement]:
    placed = theme.placements.published().select_related("article__original_source")
    return placed.defer("article__original_source__notes")


def _excerpts(theme: Theme) -> QuerySet[Excerpt]:
    """Its passages; what an editor took out of the text must not go on standing here."""
    found = theme.excerpts.published().select_related("edition__article")
    return found.defer("edition__body_html", "edition__notes")[:MOST_EXCERPTS]
