"""What a list can be narrowed to; none of these offers more than a person looks through.

What an option of the article list means is written here once, for the list, for the number beside the option and for
the first page of the admin.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.admin.base import count_of
from articles.admin.choices import (
    KINDS,
    Articles,
    Choice,
    ColumnChoice,
    Lookups,
    NamedChoice,
    Option,
    by_current_edition,
    listed,
    of_person,
)
from articles.admin.figures import is_small
from articles.admin.keys import as_key
from articles.admin.rules import editor_of
from articles.models import CLASSES, Article, Edition, Finding, Placement, Source, Theme, Witness, name_of_class

MOST_SOURCES = 20
MOST_THEMES = 60
SINGLE_YEARS = 15
FIRST_DECADE = 1900
YEARS = range(1, 9999)


def merged() -> Articles:
    """Drafts that were merged into another article: what `listed` leaves out."""
    return Article.objects.filter(status=Article.Status.DRAFT, merged_into__isnull=False)


class StatusFilter(Choice):
    """As readers see it at this moment: what was scheduled for an hour ago is published."""

    title = _("status")
    parameter_name = "status"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {**dict(Article.Status.choices), "kept": _("not withdrawn"), "merged": _("draft merged into another")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        narrowed = {
            "draft": articles.filter(status=Article.Status.DRAFT, merged_into__isnull=True),
            "scheduled": articles & Article.objects.waiting(),
            "published": articles & Article.objects.published(),
            "withdrawn": articles.filter(status=Article.Status.WITHDRAWN),
            "kept": listed(articles).exclude(status=Article.Status.WITHDRAWN),
            "merged": articles.filter(status=Article.Status.DRAFT, merged_into__isnull=False),
        }
        return narrowed.get(value)

    @classmethod
    def counted(cls, articles: Articles) -> Iterator[Option]:
        yield from (option for option in super().counted(articles) if option.value != "merged")
        yield Option("merged", cls.options()["merged"], merged())

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
    def counted(cls, articles: Articles) -> Iterator[Option]:
        """Most classes have nothing open, and in a large library need no search for it."""
        options = list(super().counted(articles))
        if is_small():
            yield from options
            return
        open_ones = set(Finding.objects.open().order_by().values_list("code", flat=True).distinct())
        for option in options:
            yield option if option.value in open_ones else Option(option.value, option.name, 0)

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        return by_current_edition(articles, Finding.objects.open().filter(code=value[:40].replace("\x00", "")))


class SourceFilter(NamedChoice):
    """The sources with most articles, and the chosen one; every other is found by the search box."""

    title = _("original source")
    parameter_name = "source"
    none = _("not known")

    @classmethod
    def counted(cls, articles: Articles) -> Iterator[Option]:
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
    def counted(cls, articles: Articles) -> Iterator[Option]:
        tree = Theme.objects.tree()
        yield Option("none", "", articles.filter(placements=None))
        for theme in tree[:MOST_THEMES]:
            yield Option(str(theme.pk), "　" * theme.depth + theme.name, cls._under(articles, theme.pk, tree))

    @classmethod
    def narrow(cls, articles: Articles, value: str, tree: list[Theme] | None = None) -> Articles | None:
        if value == "none":
            return articles.filter(placements=None)
        return cls._under(articles, as_key(value) or 0, tree or Theme.objects.tree())

    @cached_property
    def tree(self) -> list[Theme]:
        """Asked for once: the list is narrowed by it, and so is what the numbers beside it are counted in."""
        return Theme.objects.tree()

    def queryset(self, request: HttpRequest, queryset: Articles) -> Articles:
        value = self.value()
        narrowed = self.narrow(queryset, value, self.tree) if value else None
        return queryset if narrowed is None else narrowed

    @classmethod
    def name_of(cls, value: str) -> str:
        theme = Theme.objects.filter(pk=as_key(value) or 0).only("name").first()
        return theme.name if theme else ""

    @staticmethod
    def _under(articles: Articles, root: int, tree: list[Theme]) -> Articles:
        under = [theme.pk for theme in tree if root in (theme.pk, *(ancestor.pk for ancestor in theme.path))]
        return articles.filter(pk__in=Placement.objects.filter(theme__in=under).order_by().values("article"))


class ScriptFilter(ColumnChoice):
    title = _("script")
    parameter_name = "script"
    among = Edition.Script


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
            "later": _("after %(year)d") % {"year": now + 1},
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
        if value == "later":
            return articles.filter(original_date__gte=start_of(timezone.localtime().year + 2))
        first = as_key(value.removesuffix("s"))
        if first is None or first not in YEARS:
            return None
        # a decade ends where the single years begin
        after = first + 1 if not value.endswith("s") else min(first + 10, timezone.localtime().year - SINGLE_YEARS + 1)
        return articles.filter(original_date__gte=start_of(first), original_date__lt=start_of(min(after, 9999)))


def start_of(year: int) -> datetime:
    """The first moment of the year, where the library is."""
    return timezone.make_aware(datetime(year, 1, 1))


class TracingFilter(ColumnChoice):
    title = _("tracing")
    parameter_name = "tracing"
    among = Article.Tracing


class LackFilter(Choice):
    title = _("what is missing")
    parameter_name = "lacks"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {"author": _("author"), "date": _("original date"), "source": _("original source")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        lacks = {
            "author": articles.filter(byline_text=""),
            "date": articles.filter(original_date=None),
            "source": articles.filter(original_source=None),
        }
        return lacks.get(value)


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
        twice = said.annotate(times=Count(column)).filter(times__gt=1).values(column)
        return articles.filter(**{f"{column}__in": twice})


class CopyFilter(Choice):
    title = _("copies")
    parameter_name = "copies"

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return {"any": _("with a copy"), "none": _("without a copy"), "dead": _("with a dead address")}

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        held = Witness.objects.order_by().values("article")
        narrowed = {
            "any": articles.filter(pk__in=held),
            "none": articles.exclude(pk__in=held),
            "dead": articles.filter(pk__in=held.filter(is_dead=True)),
        }
        return narrowed.get(value)


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


def asked_for(query: Mapping[str, str], user: User) -> Articles:
    """Return what the list shows the user for this query."""
    articles = Article.objects.all() if query.get("status") == "merged" else listed(Article.objects.all())
    for kind in KINDS:
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
