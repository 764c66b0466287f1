"""What a list can be narrowed to; none of these offers more than a person looks through.

What an option of the article list means is written here once, for the list, for the number beside the option and for
the first page of the admin.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.admin import counting
from articles.admin.base import as_key, count_of
from articles.admin.rules import editor_of
from articles.models import CLASSES, Article, Edition, Finding, Placement, Source, Theme, Witness, name_of_class

Articles = QuerySet[Article]
Lookups = list[tuple[Any, Any]]

MOST_SOURCES = 20
MOST_THEMES = 60
SINGLE_YEARS = 15
FIRST_DECADE = 1900
YEARS = range(1, 9999)
COUNTS, SECONDS = "article-list-counts", 5 * 60


def listed(articles: Articles) -> Articles:
    """Leave out drafts that were merged into another article."""
    return articles.exclude(status=Article.Status.DRAFT, merged_into__isnull=False)


def by_current_edition(articles: Articles, findings: QuerySet[Finding]) -> Articles:
    """Those of the articles to whose current edition one of the findings belongs."""
    return articles.alias(current_edition=Coalesce(F("working"), F("live"))).filter(
        current_edition__in=findings.order_by().values("edition")
    )


def of_person(articles: Articles, user: User) -> Articles:
    """What the user has begun, or was given."""
    begun = Edition.objects.filter(made_by=user, number__isnull=True).order_by().values("article")
    given = Article.objects.filter(editor=user).order_by().values("pk")
    return articles.filter(pk__in=begun.union(given))


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a filter, and what a list of it would show, or how many that are."""

    value: str
    name: str | Promise
    shown: Articles | int


class Counted(NamedTuple):
    name: str
    count: int


def in_library() -> dict[str, dict[str, Counted]]:
    """The options of every filter by their values, with what each would list; counted within the last minutes."""
    found = cache.get(COUNTS)
    if found is None:
        options = {(kind.parameter_name, option.value): option for kind in CHOICES for option in kind.counted()}
        asked = {key: option.shown for key, option in options.items() if not isinstance(option.shown, int)}
        counts = counting.count_all(asked)
        found = {kind.parameter_name: {} for kind in CHOICES}
        for (parameter, value), option in options.items():
            count = option.shown if isinstance(option.shown, int) else counts[parameter, value]
            found[parameter][value] = Counted(str(option.name), min(count, counting.MOST + 1))
        cache.set(COUNTS, found, SECONDS)
    return found


class Choice(admin.SimpleListFilter):
    """A filter whose options are counted over the whole library."""

    template = "admin/articles/article/_filter.html"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        """The options and their names."""
        raise NotImplementedError

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        """Return the articles that the option means; None when there is no such option."""
        raise NotImplementedError

    @classmethod
    def counted(cls) -> Iterator[Option]:
        """Every option with the articles a list of it would show."""
        for value, name in cls.options().items():
            articles = cls.narrow(listed(Article.objects.all()), value)
            if articles is not None:
                yield Option(value, name, articles)

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return list(self.options().items())

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Options that would list nothing are left out, unless one of them is chosen."""
        counts = in_library()[self.parameter_name]
        for choice, value in zip(super().choices(changelist), ["", *dict(self.lookup_choices)], strict=True):
            count = counts[value].count if value in counts else None
            if count != 0 or choice["selected"]:
                yield {**choice, **counting.said(count), "is_counted": count is not None}

    def queryset(self, request: HttpRequest, queryset: Articles) -> Articles:
        value = self.value()
        narrowed = self.narrow(queryset, value) if value else None
        return queryset if narrowed is None else narrowed


class StatusFilter(Choice):
    """As readers see it at this moment: what was scheduled for an hour ago is published."""

    title = _("status")
    parameter_name = "status"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {**dict(Article.Status.choices), "merged": _("draft merged into another")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        narrowed = {
            "draft": articles.filter(status=Article.Status.DRAFT, merged_into__isnull=True),
            "scheduled": articles & Article.objects.waiting(),
            "published": articles & Article.objects.published(),
            "withdrawn": articles.filter(status=Article.Status.WITHDRAWN),
            "merged": articles.filter(status=Article.Status.DRAFT, merged_into__isnull=False),
        }
        return narrowed.get(value)

    @classmethod
    def counted(cls) -> Iterator[Option]:
        yield from (option for option in super().counted() if option.value != "merged")
        merged = Article.objects.filter(status=Article.Status.DRAFT, merged_into__isnull=False)
        yield Option("merged", cls.options()["merged"], merged)

    def queryset(self, request: HttpRequest, queryset: Articles) -> Articles:
        """Merged drafts are shown to who asks for them, and to nobody else."""
        return super().queryset(request, queryset if self.value() == "merged" else listed(queryset))


class EditionFilter(Choice):
    title = _("work")
    parameter_name = "edition"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {
            "any": _("with a working edition"),
            "beside": _("a new edition beside the live one"),
            "submitted": _("waiting for review"),
            "returned": _("returned with a remark"),
        }

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        if value in (Edition.State.SUBMITTED, Edition.State.RETURNED):
            return articles.filter(working__in=Edition.objects.filter(state=value).order_by().values("pk"))
        begun = articles.filter(working__isnull=False)
        return {"any": begun, "beside": begun.filter(live__isnull=False)}.get(value)


class FindingFilter(Choice):
    title = _("open findings")
    parameter_name = "findings"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        worst = {severity.value: severity.label for severity in reversed(Finding.Severity)}
        return {"any": _("any"), **worst, "none": _("none")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        found = Finding.objects.open()
        if value == "none":
            return articles.alias(current_edition=Coalesce(F("working"), F("live"))).exclude(
                current_edition__in=found.order_by().values("edition")
            )
        if value not in ("any", *Finding.Severity.values):
            return None
        return by_current_edition(articles, found if value == "any" else found.filter(severity=value))


class FindingClassFilter(Choice):
    title = _("class of finding")
    parameter_name = "class"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {code: name_of_class(code) for code in CLASSES}

    @classmethod
    def counted(cls) -> Iterator[Option]:
        """Most classes have nothing open, and need no search for it."""
        open_ones = set(Finding.objects.open().order_by().values_list("code", flat=True).distinct())
        for option in super().counted():
            yield option if option.value in open_ones else Option(option.value, option.name, 0)

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        return by_current_edition(articles, Finding.objects.open().filter(code=value[:40].replace("\x00", "")))


class NamedChoice(Choice):
    """Rows of the library to choose from: the most used ones, and whatever is chosen."""

    none: ClassVar[str | Promise]

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        found = in_library()[cls.parameter_name]
        return {"none": cls.none} | {value: option.name for value, option in found.items() if value != "none"}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        found = self.options()
        if (chosen := self.value()) and chosen not in found and (name := self.name_of(chosen)):
            found[chosen] = name
        return list(found.items())

    @classmethod
    def name_of(cls, value: str) -> str:
        """The name of a row that is not among the most used ones; empty when there is none."""
        raise NotImplementedError


class SourceFilter(NamedChoice):
    """The sources with most articles, and the chosen one; every other is found by the search box."""

    title = _("original source")
    parameter_name = "source"
    none = _("not known")

    @classmethod
    def counted(cls) -> Iterator[Option]:
        articles = listed(Article.objects.all())
        yield Option("none", "", articles.filter(original_source=None))
        found = Source.objects.annotate(count=count_of(Article, "original_source")).filter(count__gt=0)
        for source in found.only("name").order_by("-count", "pk")[:MOST_SOURCES]:
            yield Option(str(source.pk), source.name, articles.filter(original_source=source))

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        return articles.filter(original_source=None if value == "none" else as_key(value) or 0)

    @classmethod
    def name_of(cls, value: str) -> str:
        source = Source.objects.filter(pk=as_key(value) or 0).only("name").first()
        return source.name if source else ""


class ThemeFilter(NamedChoice):
    """A theme stands for itself and everything under it."""

    title = _("theme")
    parameter_name = "theme"
    none = _("in no theme")

    @classmethod
    def counted(cls) -> Iterator[Option]:
        articles, tree = listed(Article.objects.all()), Theme.objects.tree()
        yield Option("none", "", articles.filter(placements=None))
        parents = {theme.parent_id for theme in tree}
        placed = Placement.objects.exclude(article__in=StatusFilter.narrow(Article.objects.all(), "merged"))
        counts = dict(placed.order_by().values_list("theme").annotate(count=Count("pk")))
        for theme in tree[:MOST_THEMES]:
            under = cls._under(articles, theme.pk, tree) if theme.pk in parents else counts.get(theme.pk, 0)
            yield Option(str(theme.pk), "　" * theme.depth + theme.name, under)

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        if value == "none":
            return articles.filter(placements=None)
        return cls._under(articles, as_key(value) or 0, Theme.objects.tree())

    @classmethod
    def name_of(cls, value: str) -> str:
        theme = Theme.objects.filter(pk=as_key(value) or 0).only("name").first()
        return theme.name if theme else ""

    @staticmethod
    def _under(articles: Articles, root: int, tree: list[Theme]) -> Articles:
        under = [theme.pk for theme in tree if root in (theme.pk, *(ancestor.pk for ancestor in theme.path))]
        return articles.filter(pk__in=Placement.objects.filter(theme__in=under).order_by().values("article"))


class ScriptFilter(Choice):
    title = _("script")
    parameter_name = "script"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return dict(Edition.Script.choices)

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        return articles.filter(script=value) if value in Edition.Script.values else None


class YearFilter(Choice):
    """The last years one by one, before them decades; any year may be written into the address."""

    title = _("original year")
    parameter_name = "year"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        now = timezone.localtime().year
        first = now - SINGLE_YEARS + 1
        decades = range(first // 10 * 10, FIRST_DECADE - 1, -10)
        return {
            **{str(year): str(year) for year in range(now + 1, first - 1, -1)},
            **{f"{decade}s": f"{decade}–{min(decade + 9, first - 1)}" for decade in decades if decade < first},
            "earlier": _("before %(year)d") % {"year": FIRST_DECADE},
            "none": _("not known"),
        }

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        if value == "none":
            return articles.filter(original_date=None)
        if value == "earlier":
            return articles.filter(original_date__lt=start_of(FIRST_DECADE))
        first = as_key(value.removesuffix("s"))
        if first not in YEARS:
            return None
        # a decade ends where the single years begin
        after = first + 1 if not value.endswith("s") else min(first + 10, timezone.localtime().year - SINGLE_YEARS + 1)
        return articles.filter(original_date__gte=start_of(first), original_date__lt=start_of(min(after, 9999)))


def start_of(year: int) -> datetime:
    """The first moment of the year, where the library is."""
    return timezone.make_aware(datetime(year, 1, 1))


class TracingFilter(Choice):
    title = _("tracing")
    parameter_name = "tracing"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return dict(Article.Tracing.choices)

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        return articles.filter(tracing=value) if value in Article.Tracing.values else None


class LackFilter(Choice):
    title = _("what is missing")
    parameter_name = "lacks"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {"author": _("author"), "date": _("original date"), "source": _("original source")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        lacks = {
            "author": {"byline_text": ""},
            "date": {"original_date": None},
            "source": {"original_source": None},
        }
        return articles.filter(**lacks[value]) if value in lacks else None


class TwinFilter(Choice):
    """Articles that are perhaps one work."""

    title = _("duplicates")
    parameter_name = "twins"
    COLUMNS: ClassVar = {"text": "text_digest", "title": "title_key"}

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {"text": _("same text as another"), "title": _("same title as another")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        column = cls.COLUMNS.get(value)
        if column is None:
            return None
        said = listed(Article.objects.order_by()).exclude(**{column: ""}).values(column)
        twice = said.annotate(times=Count("pk")).filter(times__gt=1).values(column)
        return articles.filter(**{f"{column}__in": twice})


class CopyFilter(Choice):
    title = _("copies")
    parameter_name = "copies"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {"dead": _("with a dead address")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        dead = Witness.objects.filter(is_dead=True).order_by().values("article")
        return articles.filter(pk__in=dead) if value == "dead" else None


class MineFilter(admin.SimpleListFilter):
    title = _("editor")
    parameter_name = "mine"
    template = Choice.template

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [("me", pgettext_lazy("begun by me, or given to me", "mine"))]

    def queryset(self, request: HttpRequest, queryset: Articles) -> Articles:
        return of_person(queryset, editor_of(request)) if self.value() == "me" else queryset


OF_ARTICLES = (
    StatusFilter,
    EditionFilter,
    MineFilter,
    FindingFilter,
    FindingClassFilter,
    TracingFilter,
    LackFilter,
    TwinFilter,
    CopyFilter,
    SourceFilter,
    ThemeFilter,
    YearFilter,
    ScriptFilter,
)

CHOICES: tuple[type[Choice], ...] = tuple(kind for kind in OF_ARTICLES if issubclass(kind, Choice))


def asked_for(query: Mapping[str, str], user: User) -> Articles:
    """Return what the list shows the user for this query."""
    articles = Article.objects.all() if query.get("status") == "merged" else listed(Article.objects.all())
    for kind in CHOICES:
        narrowed = kind.narrow(articles, query[kind.parameter_name]) if kind.parameter_name in query else None
        articles = articles if narrowed is None else narrowed
    return of_person(articles, user) if query.get(MineFilter.parameter_name) == "me" else articles


class ClassFilter(admin.SimpleListFilter):
    """The classes that occur, by their names."""

    title = _("class")
    parameter_name = "class"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        codes = Finding.objects.order_by("code").values_list("code", flat=True).distinct()
        return [(code, name_of_class(code)) for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        return queryset.filter(code=self.value()) if self.value() in dict(self.lookup_choices) else queryset
