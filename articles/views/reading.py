"""The page of one article, and of each of its editions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import JSONObject, Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.actions import differing
from articles.models import Article, Edition, Finding, Letter, Placement, Theme, Witness
from articles.views import hanging, related
from articles.views.serving import for_readers

# So many levels of the tree come with the placement; each level of a deeper tree costs one query more.
PATH = ["theme" + "__parent" * level for level in range(5)]
# So many mergers are followed, from one article to the next; a circle ends with them.
MERGED = ["__".join(["merged_into"] * links) for links in range(1, 9)]
# In the order they are shown; dismissed findings say nothing about the text.
SHOWN_STATES = (Finding.State.CLEANED, Finding.State.ACCEPTED, Finding.State.OPEN)
# Of the letters about an article its page shows so many comments and corrections; the ledger has them all.
MOST_COMMENTS, MOST_CORRECTIONS = 5, 10
OF_LETTERS = ("ticket", "kind", "remark", "name", "answer", "exact", "words", "decided_at")


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
    live = edition_for_readers(pk, columns=hanging.columns())
    if live is None:
        return withdrawn(request, pk)
    return render(request, "reading/article.html", _shown(live, is_marked=_asks_for_marks(request)))


@for_readers
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The permanent address of one numbered edition, for as long as its article is before its readers."""
    found = edition_for_readers(pk, number, hanging.columns())
    if found is None:
        return withdrawn(request, pk)
    shown = _shown(found, is_marked=_asks_for_marks(request))
    return render(request, "reading/article.html", {**shown, "is_edition_page": True})


def _asks_for_marks(request: HttpRequest) -> bool:
    return request.GET.get("marks") == "1"


def editions_for_readers(pk: int) -> QuerySet[Edition]:
    """Return the numbered editions of an article that is before its readers, each with the article."""
    editions = Edition.objects.filter(article__in=Article.objects.published(), article=pk, number__isnull=False)
    return editions.select_related("article", "original_source")


def edition_for_readers(
    pk: int, number: int | None = None, columns: Mapping[str, Subquery] = MappingProxyType({})
) -> Edition | None:
    """Return the edition in force, or the one of this number, with these columns; None where readers have none."""
    editions = editions_for_readers(pk).annotate(**columns)
    return (editions.filter(pk=F("article__live")) if number is None else editions.filter(number=number)).first()


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


def _shown(edition: Edition, *, is_marked: bool) -> dict[str, object]:
    """What the article page shows, in six queries with the article itself; on demand with each repair in its place.

    The pictures in the text and what the site is called may cost one more each.

    The template takes bylines, tags and copies from the rows themselves, so that the editors' preview needs no view.
    """
    article = edition.article
    hanging.hang(edition)
    prefetch_related_objects(
        [article], Prefetch("witnesses", Witness.objects.shown().select_related("source", "capture"))
    )
    shelves = _shelves(article)
    neighbours = {one.pk for shelf in shelves for one in (shelf.before, shelf.after) if one}
    ways = related.ways(edition, [shelf.placement.theme for shelf in shelves], without=neighbours)
    rows = article.editions.filter(number__isnull=False).order_by("-number")
    editions = list(rows.defer("body_html", "notes", "abstract").annotate(**related.columns(ways)))
    findings = list(edition.findings.filter(state__in=SHOWN_STATES)) if is_marked else []
    changes = _counted(findings) if is_marked else _changes(edition)
    copies = list(article.witnesses.all())
    kinds = differing.kinds(copies, edition, changes)
    for copy in copies:
        copy.difference = kinds.get(copy.pk)
    return {
        "article": article,
        "edition": edition,
        "editions": editions,
        "may_compare": len(editions) > 1 or any(copy.capture_id for copy in copies),
        "changes": changes,
        "is_marked": is_marked,
        "marked": findings,
        "shelves": shelves,
        "related": related.found(editions[0], ways),
        **_letters(article),
    }


def _letters(article: Article) -> dict[str, list[Letter]]:
    """The newest comments and corrections that were taken up."""
    of_article = Letter.objects.filter(article=article)
    comments, corrections = of_article.comments()[:MOST_COMMENTS], of_article.corrections()[:MOST_CORRECTIONS]
    found = Letter.objects.filter(Q(pk__in=comments.values("pk")) | Q(pk__in=corrections.values("pk")))
    columns = (*OF_LETTERS, "put_into__number", "put_into__article")
    rows = list(found.select_related("put_into").only(*columns).order_by("-decided_at", "-pk"))
    return {
        "comments": [letter for letter in rows if letter.is_comment],
        "corrections": [letter for letter in rows if not letter.is_comment],
    }


def _changes(edition: Edition) -> Sequence[Mapping[str, object]]:
    """Findings counted by what became of them and by class; an edition carries those of the editions before it."""
    found = Finding.objects.filter(edition=edition, state__in=SHOWN_STATES)
    counted = found.order_by("code").values("state", "code")
    return sorted(counted.annotate(count=Count("pk")), key=lambda row: SHOWN_STATES.index(row["state"]))


def _counted(findings: Sequence[Finding]) -> Sequence[Mapping[str, object]]:
    """The same of findings that are here already."""
    counts = Counter((each.state, each.code) for each in findings)
    rows = sorted(counts, key=lambda row: (SHOWN_STATES.index(Finding.State(row[0])), row[1]))
    return [{"state": state, "code": code, "count": counts[state, code]} for state, code in rows]


def _shelves(article: Article) -> list[Shelf]:
    placements = list(
        article.placements.select_related(*PATH)
        .defer(*(f"{theme}__introduction" for theme in PATH))
        .order_by("pk")
        .annotate(before=Subquery(_neighbours("lt")), after=Subquery(_neighbours("gt")))
    )
    return [
        Shelf(place, path_of(place.theme), *(Article(**row) if row else None for row in (place.before, place.after)))
        for place in placements
    ]


def _neighbours(side: str) -> QuerySet:
    """What the link to the published article next to a placement in its theme says: `lt` before it, `gt` after it."""
    beyond = Q(**{f"position__{side}": OuterRef("position")}) | Q(
        position=OuterRef("position"), **{f"pk__{side}": OuterRef("pk")}
    )
    sign = "-" if side == "lt" else ""
    return (
        Placement.objects.published()
        .filter(beyond, theme=OuterRef("theme"))
        .order_by(f"{sign}position", f"{sign}pk")
        .values(row=JSONObject(pk="article", title="article__title", script="article__script"))[:1]
    )


def path_of(theme: Theme) -> list[Theme]:
    """Return the theme's ancestors from the root down, and the theme itself."""
    path = [theme]
    while (parent := path[0].parent) is not None and parent not in path:
        path.insert(0, parent)
    return path
