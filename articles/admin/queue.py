"""The first page of the admin: what waits for whom, and a small picture of the library."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.actions import deeds, keeping
from articles.admin import counting, filters, letters, rules
from articles.admin.article_list import FINDING_COUNT, SHOWN, name_of, way_to
from articles.admin.choices import listed
from articles.admin.figures import Figures
from articles.admin.keeping import form_of
from articles.models import Article, Deed, Finding, Run, name_of_class

FIRST = 3
MOST_CLASSES = 8
LETTERS = "letters"
# The scheduler goes round once a minute; one that did nothing for so long has stopped.
LONG_AGO = timedelta(minutes=30)
LAST_RUN = Subquery(Run.objects.order_by("-ran_at").values("ran_at")[:1])

# each class with its findings, and the articles they are in
Classes = list[tuple[str, int, int]]


@dataclass(slots=True)
class Queue:
    """One heap of work: the list behind it is asked for with `query`, in the order in which it is taken up.

    `desk` is where that is done; each row is an article and its way there.
    """

    name: str
    title: str | Promise
    query: dict[str, str]
    order: tuple[str, ...]
    desk: str = "change"
    count: int = 0
    has_more: bool = False
    rows: list[tuple[Article, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return address_of(self.query)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a picture; `share` is its length in hundredths of the longest.

    `articles` is how many stand in the list behind it, where what is counted are not the articles themselves.
    """

    name: str | Promise
    count: int
    share: int
    address: str
    articles: int | None = None


def address_of(query: dict[str, str]) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(query)}"


def context(user: User) -> dict[str, Any]:
    """What the first page shows this user."""
    if not user.has_perm("articles.view_article"):
        return {}
    may_edit_all = user.has_perm(rules.EDIT_ALL)
    queues = queues_of(user)
    waiting, last_run = fill(queues, user)
    clock = last_run if may_edit_all else None
    return {
        "queues": [queue for queue in queues if queue.count],
        "quiet_queues": [queue for queue in queues if not queue.count],
        "unsaved": [(copy, form_of(copy)) for copy in keeping.waiting(user).only(*UNSAVED)[:FIRST]],
        "deeds": _deeds() if may_edit_all else [],
        "deeds_address": _address("deeds"),
        **waiting,
        "clock": clock,
        "is_clock_still": clock is not None and timezone.now() - clock > LONG_AGO,
        "zone": timezone.get_current_timezone_name(),
        "pictures": pictures(),
    }


def _deeds() -> list[tuple[Deed, str, str]]:
    """The last deeds that can be taken back, each with what was done and by whom."""
    found = Deed.objects.undoable().select_related("done_by")[:FIRST]
    return [(deed, deeds.sentence(deed), name_of(deed.done_by)) for deed in found]


UNSAVED = ("token", "typed_at", "typed_by", "table", "row", "title", "article__title")


def queues_of(user: User) -> list[Queue]:
    """The heaps this user has to do with: contributors their own, editors everybody's."""
    mine = {"mine": "me"}
    newest, changed = ("-pk",), ("-changed_at", "-pk")
    queues = [
        Queue("returned", _("Returned to me"), mine | {"edition": "returned"}, changed),
        Queue("drafts", _("My drafts"), mine | {"status": "draft"}, changed),
    ]
    if user.has_perm(rules.REVIEW) or user.has_perm(rules.PUBLISH):
        queues.append(
            Queue("review", _("Waiting for review"), {"edition": "submitted"}, ("working__submitted_at", "pk"))
        )
    own = {} if user.has_perm(rules.EDIT_ALL) else mine
    # what was written here was copied from nowhere
    imports = own | {"status": "draft", "findings": "any", "copies": "any"}
    queues.append(Queue("imports", _("New pages with findings"), imports, newest, "restore"))
    scheduled = Queue("scheduled", _("Scheduled"), own | {"status": "scheduled"}, ("live_from", "pk"))
    open_ones = own | {"tracing": "open", "status": "kept", "copies": "any"}
    untraced = Queue("untraced", _("Not yet traced"), open_ones, newest, "trace")
    dead = Queue("dead", _("Sources that no longer answer"), own | {"copies": "dead"}, newest, "trace")
    return [*queues, scheduled, untraced, dead]


def fill(queues: list[Queue], user: User) -> tuple[dict[str, Any], datetime | None]:
    """Count the heaps and take the first rows of each: two queries for all of them.

    Return what waits beside articles, and when the scheduler last did anything. Letters that wait are counted with
    the heaps, and asked for where there are some.
    """
    asked: dict[str, QuerySet] = {
        queue.name: filters.asked_for(queue.query, user).order_by(*queue.order) for queue in queues
    }
    if user.has_perm(letters.DECIDE):
        asked[LETTERS] = letters.oldest_waiting()
    found, last_run = counting.first_and_count(asked, FIRST, LAST_RUN)
    waiting = letters.shown(*found.pop(LETTERS)) if LETTERS in found else {}
    rows = _rows({key for keys, _count in found.values() for key in keys})
    for queue in queues:
        keys, count = found[queue.name]
        queue.count, queue.has_more = min(count, counting.MOST), count > counting.MOST
        queue.rows = [(rows[key], way_to(queue.desk, rows[key])) for key in keys if key in rows]
    return waiting, last_run


def _rows(keys: set[int]) -> dict[int, Article]:
    found = (
        Article.objects.filter(pk__in=keys)
        .select_related("original_source", "editor", "working__changed_by")
        .only(*SHOWN, "working__remark", "working__submitted_at")
        .annotate(finding_count=FINDING_COUNT)
    )
    return {article.pk: article for article in found}


def pictures() -> list[tuple[str | Promise, list[Bar]]]:
    """Articles by status and by year, findings by class; none while they are counted for the first time."""
    counted = PICTURE.kept()
    if counted is None:
        return []
    counts, classes = counted.found
    statuses = [(name, counts.get(("status", value), 0), {"status": value}) for value, name in Article.Status.choices]
    years = [(name, counts.get(("year", value), 0), {"year": value}) for value, name in _years().items()]
    codes = [(name_of_class(code), count, {"class": code}) for code, count, _articles in classes]
    found = zip(bars(codes), classes, strict=True)
    return [
        (_("Articles by status"), bars(statuses)),
        (_("Articles by original year"), bars([year for year in years if year[1]])),
        (_("Open findings by class"), [replace(bar, articles=articles) for bar, (_code, _count, articles) in found]),
    ]


def _years() -> dict[str, str | Promise]:
    """The years and decades of the filter, among which is every article."""
    return filters.YearFilter.options() | {"none": _("Date unknown")}


def _counted() -> dict[tuple[str, str], int]:
    """All articles of each status as readers see it, and of each year or decade."""
    bars_of = [("status", value) for value in Article.Status.values] + [("year", value) for value in _years()]
    asked = {(name, value): filters.asked_for({name: value}, User()) for name, value in bars_of}
    return counting.count_all(asked, most=None)


def _findings() -> QuerySet:
    """How many findings of each class wait in the editions that editors see, and in how many of these."""
    current = listed(Article.objects.order_by()).values(current=Coalesce(F("working"), F("live")))
    waiting = Finding.objects.open().filter(edition__in=current).order_by().values_list("code")
    counted = waiting.annotate(count=Count("pk"), articles=Count("edition", distinct=True))
    return counted.order_by("-count", "code")[:MOST_CLASSES]


def _both() -> tuple[dict[tuple[str, str], int], Classes]:
    return _counted(), list(_findings())


PICTURE = Figures("library-in-figures", _both, seconds=60)


def bars(lines: Sequence[tuple[str | Promise, int, dict[str, str]]]) -> list[Bar]:
    longest = max((count for _name, count, _query in lines), default=0)
    return [
        Bar(name, count, -(-100 * count // longest) if longest else 0, address_of(query))
        for name, count, query in lines
    ]


def _address(desk: str) -> str:
    """The address of a desk of many articles; empty where there is no such desk."""
    try:
        return reverse(f"admin:articles_article_{desk}")
    except NoReverseMatch:
        return ""
