"""The readers' search: any words in either script, narrowed and counted by theme, source, kind and year."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles import search
from articles.chinese.conversion import shown_to
from articles.models import Article, Author, Byline, Placement, Site, Source, Tag, TaggedArticle, Theme
from articles.views import bars
from articles.views.serving import for_readers

ON_A_PAGE = 20
IN_A_FEED = 30
SUGGESTED = 5
LONGEST = 200
NEWEST = "new"
# what a search is narrowed by beside its words, in the order in which a page offers it
NARROWING = ("theme", "source", "kind", "year")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing a search can be narrowed by: what may be chosen with how many that leaves, and the way out of it."""

    title: str | Promise
    choices: list[tuple[str, int, str]]
    chosen: str
    address_without: str


class Request:
    """What a reader asks: words, what they are narrowed by, the order and the page. Nothing that is sent is wrong."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        self.words = " ".join(_clean(sent.get("q", ""))[:LONGEST].split())
        self.query = search.parse(self.words)
        self.narrowed = {name: value for name in NARROWING if (value := _clean(sent.get(name, ""))[:LONGEST])}
        if not _is_year(self.narrowed.get("year", "2000")):
            del self.narrowed["year"]
        self.is_newest_first = sent.get("sort") == NEWEST
        page = sent.get("page", "")
        self.page = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1

    def __bool__(self) -> bool:
        return bool(self.query or self.narrowed)

    def among(self) -> QuerySet[Article]:
        """The articles a reader may see that are what the search is narrowed to."""
        found = Article.objects.published()
        for name, value in self.narrowed.items():
            found = found.filter(_narrow(name, value))
        return found

    def found(self, *, newest_first: bool, words: str = "") -> search.Found:
        """What answers the question, or these words instead of its own."""
        query = search.with_words(self.query, words) if words else self.query
        return search.find(query, among=self.among(), newest_first=newest_first, is_part=bool(self.narrowed))

    def address(self, **changed: Any) -> str:
        """The address of this search with something changed; a change begins with the first page again."""
        asked = {"q": self.words, **self.narrowed, "sort": NEWEST if self.is_newest_first else ""} | changed
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def shown(text: str, script: str = "") -> str:
    """Return the text in the script of the page."""
    return shown_to(get_language() or "", text, script)


def _clean(text: str) -> str:
    """What every database can be asked for."""
    return "".join(char for char in text if char.isprintable() or char.isspace())


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 < int(text[:5]) < 9_999


def _narrow(name: str, value: str) -> Q:
    match name:
        case "theme":
            # as it is counted: what is placed in the theme itself
            return Q(pk__in=Placement.objects.filter(theme__slug=value).values("article"))
        case "source":
            return Q(original_source__slug=value)
        case "kind":
            return Q(original_source__kind=value)
    return Q(original_date__year=int(value))


@for_readers
def page(request: HttpRequest) -> HttpResponse:
    """The result page; without words it says what can be asked."""
    asked = Request(request.GET)
    if not asked:
        return render(request, "searching/search.html", {"asked": asked})
    found = asked.found(newest_first=asked.is_newest_first)
    shown_here = {
        "asked": asked,
        "found": found,
        "count": len(found.keys),
        "articles": _shown(found.keys[ON_A_PAGE * (asked.page - 1) : ON_A_PAGE * asked.page], asked.query),
        "narrowings": [] if not found.keys else _narrowings(asked, found),
        "bars": bars.of_years(found.by_year(), lambda year: asked.address(year=year)),
        "guesses": [] if found.keys else _guesses(asked),
        "order": [
            (_("best first"), asked.address(sort=""), found.is_ranked),
            (_("newest first"), asked.address(sort=NEWEST), not found.is_ranked),
        ],
        "before": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "after": asked.address(page=asked.page + 1) if ON_A_PAGE * asked.page < len(found.keys) else "",
        "feed": f"{reverse('search_feed')}{asked.address(sort='')}",
    }
    return render(request, "searching/search.html", shown_here)


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of a result page, its title and a passage in the reader's script with the words marked."""

    article: Article
    title: list[search.Piece]
    passage: list[search.Piece]


def _shown(keys: Any, query: search.Query) -> list[Hit]:
    """The articles of a page in this order, each with a passage; one query."""
    rows = Article.objects.filter(pk__in=keys).for_lists().select_related("original_source", "live")
    found = rows.only(*Article.SHOWN_IN_LISTS, *OF_SOURCE, "live__body_html").in_bulk()
    words = [word.text for word in query.asked.words]
    return [_hit(found[key], words) for key in keys if key in found]


OF_SOURCE = ("original_source__name", "original_source__slug")


def _hit(article: Article, words: list[str]) -> Hit:
    passage = search.passage(article.live.body_text, words) if article.live else ""
    return Hit(
        article,
        search.marked(shown(article.title, article.script), words),
        search.marked(shown(passage, article.script), words),
    )


def _narrowings(asked: Request, found: search.Found) -> list[Narrowing]:
    """What the search can be narrowed by further, and what it is narrowed by; one query."""
    kinds = dict(Source.Kind.choices)
    choices = {
        "theme": (gettext_lazy("Theme"), [(slug, name, count) for (slug, name), count in found.by_theme()]),
        "source": (gettext_lazy("Original source"), [(slug, name, count) for (slug, name), count in found.by_source()]),
        "kind": (gettext_lazy("Kind of source"), [(kind, str(kinds[kind]), count) for kind, count in found.by_kind()]),
        "year": (gettext_lazy("Year"), []),
    }
    return [
        Narrowing(
            title,
            [(shown(label), count, asked.address(**{name: value})) for value, label, count in offered],
            _name_of(asked.narrowed.get(name, ""), offered),
            asked.address(**{name: ""}),
        )
        for name, (title, offered) in choices.items()
        if offered or name in asked.narrowed
    ]


def _name_of(value: str, offered: list[tuple[str, str, int]]) -> str:
    """What is chosen, as it is called where that is known."""
    return next((shown(label) for each, label, _count in offered if each == value), value)


def _guesses(asked: Request) -> list[tuple[str, str]]:
    """What may have been meant by words that are found nowhere, with its address; each has something to show."""
    for words in search.guesses(asked.query)[:2]:
        if asked.found(newest_first=True, words=words).keys:
            return [(shown(words), asked.address(q=words))]
    return []


@for_readers
def feed(request: HttpRequest) -> HttpResponse:
    """The newest articles that answer a search, as Atom (RFC 4287), to be told of those that come."""
    asked = Request(request.GET)
    title = f"{shown(Site.shown().shown_name)}: {asked.words}" if asked.words else shown(Site.shown().shown_name)
    address = request.build_absolute_uri
    listed = Atom1Feed(
        title=title,
        link=address(f"{reverse('search')}{asked.address()}"),
        description="",
        feed_url=address(request.get_full_path()),
    )
    found = asked.found(newest_first=True) if asked else None
    rows = Article.objects.for_lists().in_bulk(found.keys[:IN_A_FEED]) if found else {}
    for key in found.keys[:IN_A_FEED] if found else ():
        article = rows[key]
        listed.add_item(
            title=shown(article.title, article.script),
            link=address(article.get_absolute_url()),
            description=shown(article.summary, article.script),
            author_name=shown(article.byline_text) or None,
            pubdate=article.live_from,
            updateddate=article.live_from,
        )
    return HttpResponse(listed.writeString("utf-8"), content_type=listed.content_type)


@for_readers
def suggest(request: HttpRequest) -> HttpResponse:
    """Names and titles that what was typed may become, as OpenSearch suggestions: words, what they are, addresses.

    They are found in either script, by pinyin and by initials; nothing is told of what no reader may see.
    """
    typed = " ".join(_clean(request.GET.get("q", ""))[:LONGEST].split())
    found = _suggestions(typed) if typed else []
    names, kinds, addresses = ([str(each[part]) for each in found] for part in range(3))
    addresses = [request.build_absolute_uri(address) for address in addresses]
    said = json.dumps([typed, names, kinds, addresses])
    # what was typed is no markup even to a browser that takes the answer for a page
    return HttpResponse(said.replace("<", "\\u003c"), content_type="application/json")


def _suggestions(typed: str) -> list[tuple[str, str, str]]:
    published = Article.objects.published()
    lines = Byline.objects.filter(edition__in=published.values("live"))
    known = (
        (_("theme"), Theme.objects.filter(placements__in=Placement.objects.published())),
        (_("author"), Author.objects.filter(pk__in=lines.values("author"))),
        (_("source"), Source.objects.filter(pk__in=published.values("original_source"))),
        (_("tag"), Tag.objects.filter(pk__in=TaggedArticle.objects.filter(content_object__in=published).values("tag"))),
    )
    found = [
        (shown(str(row)), kind, row.get_absolute_url())
        for kind, rows in known
        for row in search.called(rows, typed).distinct()[:SUGGESTED]
    ]
    articles = search.titled(published, typed).only("title", "script").order_by("-live_from", "-pk")[:SUGGESTED]
    return found + [(shown(each.title, each.script), _("article"), each.get_absolute_url()) for each in articles]


@for_readers
def description(request: HttpRequest) -> HttpResponse:
    """What lets a browser search here from its own line: an OpenSearch 1.1 description."""
    return render(
        request, "searching/opensearch.txt", content_type="application/opensearchdescription+xml; charset=utf-8"
    )
