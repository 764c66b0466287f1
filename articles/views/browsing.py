"""The ways to an article: latest, themes, sources, authors, tags, and the archive by the date a text first appeared."""

from collections.abc import Callable
from datetime import MAXYEAR, date
from functools import wraps

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear, TruncMonth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from articles.models import (
    Alias,
    Article,
    Author,
    AuthorAlias,
    Byline,
    Excerpt,
    Placement,
    Source,
    SourceAlias,
    Tag,
    TagAlias,
    Theme,
    ThemeAlias,
    Witness,
)
from articles.views import listing
from articles.views.serving import for_readers

ON_HOME_PAGE = 8
PLACED_A_PAGE = 50
MOST_EXCERPTS = 60
NAMES_A_PAGE = 200


def led_on(aliases: type[Alias]) -> Callable:
    """Lead whoever comes by the address of a name that was merged into another on to that one, where readers see it."""

    def leading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, slug: str) -> HttpResponse:
            try:
                return view(request, slug)
            except Http404:
                alias = aliases.objects.select_related(aliases.OF).filter(slug=slug).first()
                if alias is None:
                    raise
            view(request, alias.owner.slug)  # a name of drafts alone is not found, by whatever address
            query = request.META.get("QUERY_STRING")
            address = alias.owner.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

        return shown

    return leading


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().for_lists()[:ON_HOME_PAGE]
    return render(request, "browsing/home.html", {"articles": articles, "themes": _counted_tree()})


@for_readers
def latest(request: HttpRequest) -> HttpResponse:
    page = listing.LATEST.page(Article.objects.published().for_lists(), request.GET)
    return render(request, "browsing/latest.html", {"page": page})


@for_readers
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "browsing/themes.html", {"themes": _counted_tree()})


@for_readers
@led_on(ThemeAlias)
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """One node of the tree: the way to it, what stands under it, what is placed in it and why, and its excerpts."""
    tree = _counted_tree()
    found = next((theme for theme, _ in tree if theme.slug == slug), None)
    if found is None:
        raise Http404
    placed = found.placements.published().select_related("article__original_source")
    placed = placed.defer("article__original_source__notes")
    shown = {
        "theme": found,
        "children": [(theme, count) for theme, count in tree if theme.parent_id == found.pk],
        "page": listing.BY_POSITION.page(placed, request.GET, size=PLACED_A_PAGE),
        "excerpts": _excerpts(found),
    }
    return render(request, "browsing/theme.html", shown)


def _counted_tree() -> list[tuple[Theme, int]]:
    """Every theme in order, with the number of published articles placed in it."""
    placed = Placement.objects.published().order_by().values("theme").annotate(count=Count("pk"))
    counts = dict(placed.values_list("theme", "count"))
    return [(theme, counts.get(theme.pk, 0)) for theme in Theme.objects.tree()]


def _excerpts(theme: Theme) -> QuerySet[Excerpt]:
    """Its passages; what an editor took out of the text must not go on standing here."""
    found = theme.excerpts.published().select_related("edition__article")
    return found.defer("edition__body_html", "edition__notes")[:MOST_EXCERPTS]


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
    page = listing.LATEST.page(Article.objects.published().for_lists().filter(Exists(signed)), request.GET)
    return _unless_empty(request, "browsing/author.html", {"author": found, "page": page})


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
    return render(request, "browsing/archive.html", {"years": years, "page": listing.LATEST.page(undated, request.GET)})


def _appeared_in(year: int) -> Q:
    """The condition of a year; the calendar's last is not found: west of Greenwich its end cannot be named."""
    if year == MAXYEAR:
        raise Http404
    return Q(original_date__year=year)


@for_readers
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of a year, and the articles of which only the year is known."""
    dated = Article.objects.published().filter(_appeared_in(year))
    to_the_year = Article.Precision.YEAR
    months = dated.exclude(original_precision=to_the_year).order_by().values(first=TruncMonth("original_date"))
    counted = list(months.annotate(count=Count("pk")).order_by("first"))
    page = listing.BY_ORIGINAL_DATE.page(dated.filter(original_precision=to_the_year).for_lists(), request.GET)
    if not counted and not page.rows:
        raise Http404
    return render(request, "browsing/archive_year.html", {"year": year, "months": counted, "page": page})


@for_readers
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    dated = Article.objects.published().filter(_appeared_in(year), original_date__month=month)
    page = listing.BY_ORIGINAL_DATE.page(
        dated.exclude(original_precision=Article.Precision.YEAR).for_lists(), request.GET
    )
    return _unless_empty(request, "browsing/archive_month.html", {"month": date(year, month, 1), "page": page})
