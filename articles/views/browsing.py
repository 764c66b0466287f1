"""The ways to an article: latest, sources, authors, tags, and the archive by the date a text first appeared."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractYear, TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.models import (
    Article,
    Author,
    AuthorAlias,
    Byline,
    Placement,
    Site,
    Source,
    SourceAlias,
    Tag,
    TagAlias,
    Witness,
)
from articles.views import bars, listing
from articles.views.leading import led_on
from articles.views.reads import hottest
from articles.views.serving import for_readers
from articles.views.themes import counted_tree

ON_HOME_PAGE = 8
FEATURED = 4
HOT_ON_HOME_PAGE = 5
NAMES_A_PAGE = 200


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    featured = list(_featured())
    articles = Article.objects.published().for_lists().exclude(pk__in=[placement.article_id for placement in featured])
    shown = {
        "articles": articles[:ON_HOME_PAGE],
        "featured": featured,
        "hot": hottest(HOT_ON_HOME_PAGE),
        "themes": counted_tree(),
    }
    return render(request, "browsing/home.html", shown)


def _featured() -> QuerySet[Placement]:
    """What the editors put first: the beginning of the theme they chose for it."""
    theme = Site.shown().featured_id
    if theme is None:
        return Placement.objects.none()
    placed = Placement.objects.published().filter(theme=theme).select_related("article__original_source", "theme")
    return placed.defer("article__original_source__notes", "theme__introduction")[:FEATURED]


@for_readers
def latest(request: HttpRequest) -> HttpResponse:
    page = listing.LATEST.page(Article.objects.published().for_lists(), request.GET)
    return render(request, "browsing/latest.html", {"page": page})


@for_readers
def sources(request: HttpRequest) -> HttpResponse:
    page = listing.BY_NAME.page(_sources_known_to_readers().defer("notes"), request.GET, size=NAMES_A_PAGE)
    counted = Article.objects.published().filter(original_source__in=page.rows).order_by().values("original_source")
    counts = dict(counted.annotate(count=Count("pk")).values_list("original_source", "count"))
    found = [(source, counts.get(source.pk, 0)) for source in page.rows]
    return render(request, "browsing/sources.html", {"sources": found, "page": page})


@for_readers
@led_on(SourceAlias)
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """What came from a source and what was found there: two lists, each read on by a parameter of its own."""
    found = get_object_or_404(_sources_known_to_readers().prefetch_related("aliases"), slug=slug)
    articles = Article.objects.published().for_lists()
    copied = articles.filter(Exists(Witness.objects.shown().filter(article=OuterRef("pk"), source=found)))
    shown = {
        "source": found,
        "page": listing.LATEST.page(articles.filter(original_source=found), request.GET),
        "copies": listing.LATEST.page(copied.exclude(original_source=found), request.GET, parameter="copies"),
        "bars": bars.of_years(bars.by_year(articles.filter(original_source=found), "original_date")),
    }
    return render(request, "browsing/source.html", shown)


def _sources_known_to_readers() -> QuerySet[Source]:
    """Sources some published article comes from or was found at; the others would tell of drafts."""
    published = Article.objects.published()
    return Source.objects.filter(
        Exists(published.filter(original_source=OuterRef("pk")))
        | Exists(Witness.objects.shown().filter(source=OuterRef("pk"), article__in=published))
    )


@for_readers
def authors(request: HttpRequest) -> HttpResponse:
    signed = Byline.objects.filter(edition__in=Article.objects.published().values("live"))
    known = Author.objects.filter(Exists(signed.filter(author=OuterRef("pk")))).defer("note")
    page = listing.BY_NAME.page(known, request.GET, size=NAMES_A_PAGE)
    counted = signed.filter(author__in=page.rows).order_by().values("author")
    counts = dict(counted.annotate(count=Count("edition", distinct=True)).values_list("author", "count"))
    found = [(author, counts[author.pk]) for author in page.rows]
    return render(request, "browsing/authors.html", {"authors": found, "page": page})


@for_readers
@led_on(AuthorAlias)
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Author, slug=slug)
    signed = Byline.objects.filter(edition=OuterRef("live"), author=found)
    articles = Article.objects.published().for_lists().filter(Exists(signed))
    shown = {
        "author": found,
        "page": listing.LATEST.page(articles, request.GET),
        "bars": bars.of_years(bars.by_year(articles, "original_date")),
    }
    return _unless_empty(request, "browsing/author.html", shown)


@for_readers
def tags(request: HttpRequest) -> HttpResponse:
    used = Tag.objects.filter(items__content_object__in=Article.objects.published())
    page = listing.BY_ARTICLE_COUNT.page(used.annotate(article_count=Count("items")), request.GET, size=NAMES_A_PAGE)
    return render(request, "browsing/tags.html", {"page": page})


@for_readers
@led_on(TagAlias)
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    articles = Article.objects.published().for_lists().filter(tag_items__tag=found)
    page = listing.LATEST.page(articles, request.GET)
    return _unless_empty(request, "browsing/tag.html", {"tag": found, "page": page})


def _unless_empty(request: HttpRequest, template: str, shown: dict) -> HttpResponse:
    """Show the list; a name that no published article bears is not found, since it would tell of drafts."""
    if not shown["page"].rows:
        raise Http404
    return render(request, template, shown)


@for_readers
def archive(request: HttpRequest) -> HttpResponse:
    dated = Article.objects.published().filter(original_date__isnull=False).order_by()
    years = dated.values(year=ExtractYear("original_date")).annotate(count=Count("pk")).order_by("-year")
    undated = Article.objects.published().filter(original_date__isnull=True).for_lists()
    shown = {
        "years": years,
        "bars": bars.of_years(
            ((row["year"], row["count"]) for row in years), lambda year: reverse("archive_year", args=[year])
        ),
        "page": listing.LATEST.page(undated, request.GET),
    }
    return render(request, "browsing/archive.html", shown)


@for_readers
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of a year, and the articles of which only the year is known."""
    dated = Article.objects.published().filter(listing.appeared_in(year))
    to_the_year = Article.Precision.YEAR
    months = dated.exclude(original_precision=to_the_year).order_by().values(first=TruncMonth("original_date"))
    counted = list(months.annotate(count=Count("pk")).order_by("first"))
    page = listing.BY_ORIGINAL_DATE.page(dated.filter(original_precision=to_the_year).for_lists(), request.GET)
    if not counted and not page.rows:
        raise Http404
    months_drawn = bars.of_months(
        ((row["first"], row["count"]) for row in counted),
        lambda first: reverse("archive_month", args=[year, first.month]),
    )
    shown = {"year": year, "months": counted, "bars": months_drawn, "page": page}
    return render(request, "browsing/archive_year.html", shown)


@for_readers
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    dated = Article.objects.published().filter(listing.appeared_in(year), original_date__month=month)
    page = listing.BY_ORIGINAL_DATE.page(
        dated.exclude(original_precision=Article.Precision.YEAR).for_lists(), request.GET
    )
    return _unless_empty(request, "browsing/archive_month.html", {"month": date(year, month, 1), "page": page})
