"""Choices beside the article list: what an option means is written once, for the list and for the number beside it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import F, QuerySet, TextChoices
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import Promise

from articles.admin import counting
from articles.admin.figures import Figures
from articles.models import Article, Edition, Finding

Articles = QuerySet[Article]
Lookups = list[tuple[Any, Any]]

KINDS: "list[type[Choice]]" = []


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


class Numbered(NamedTuple):
    name: str
    count: int


# the parameter of a filter, and one of its values
Key = tuple[str, str]
Library = dict[str, dict[str, Numbered]]


def in_library() -> Library:
    """The options of every filter by their values, with how many each would list."""
    options = _options(listed(Article.objects.all()))
    counts = counting.count_all(_asked(options))
    return _numbered(options, lambda key: min(counts[key], counting.MOST + 1))


def in_list(left: Mapping[str, Articles]) -> Library:
    """The same within a list that is narrowed: of the articles which the filters other than its own leave.

    `left` are the articles that each filter leaves by itself, by its parameter. Every key is read: for a library that
    is small.
    """
    options = _options(Article.objects.all())
    asked: dict[Any, Articles] = {**_asked(options), **left}
    keys = counting.keys_of_all(asked)

    def count(key: Key) -> int:
        others = (keys[parameter] for parameter in left if parameter != key[0])
        return min(len(keys[key].intersection(*others)), counting.MOST + 1)

    return _numbered(options, count)


def _options(articles: Articles) -> dict[Key, Option]:
    return {(kind.parameter_name, option.value): option for kind in KINDS for option in kind.counted(articles)}


def _asked(options: Mapping[Key, Option]) -> dict[Key, Articles]:
    return {key: option.shown for key, option in options.items() if not isinstance(option.shown, int)}


def _numbered(options: Mapping[Key, Option], count: Callable[[Key], int]) -> Library:
    found: Library = {kind.parameter_name: {} for kind in KINDS}
    for (parameter, value), option in options.items():
        shown = option.shown if isinstance(option.shown, int) else count((parameter, value))
        found[parameter][value] = Numbered(str(option.name), shown)
    return found


COUNTS = Figures("article-list-counts", in_library, seconds=5 * 60)


def counted() -> tuple[Library, datetime | None]:
    """The options of every filter as they were last counted, and when; none where that is being done."""
    return COUNTS.kept() or ({kind.parameter_name: {} for kind in KINDS}, None)


def counted_of(parameter: str) -> dict[str, Numbered]:
    return counted()[0][parameter]


class Choice(ABC, admin.SimpleListFilter):
    """A filter whose options are counted over the whole library."""

    template = "admin/articles/article/_filter.html"
    parameter_name: str = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.parameter_name:
            KINDS.append(cls)

    @classmethod
    @abstractmethod
    def options(cls) -> dict[str, str | Promise]:
        """The options and their names."""

    @classmethod
    @abstractmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        """Return the articles that the option means; None when there is no such option."""

    @classmethod
    def counted(cls, articles: Articles) -> Iterator[Option]:
        """Every option with those of the articles that a list of it would show."""
        for value, name in cls.options().items():
            narrowed = cls.narrow(articles, value)
            if narrowed is not None:
                yield Option(value, name, narrowed)

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return list(self.options().items())

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Options that would list nothing are left out, unless one of them is chosen."""
        counts, whole = changelist.numbers[self.parameter_name], changelist.whole[self.parameter_name]
        for choice, value in zip(super().choices(changelist), ["", *dict(self.lookup_choices)], strict=True):
            count = counts[value].count if value in counts else None
            known = whole.get(value) if count is None else counts[value]
            if choice["selected"] or not known or known.count:
                yield {**choice, **counting.said(count), "is_counted": count is not None}

    def queryset(self, request: HttpRequest, queryset: Articles) -> Articles:
        value = self.value()
        narrowed = self.narrow(queryset, value) if value else None
        return queryset if narrowed is None else narrowed


class ColumnChoice(Choice):
    """What a column of the article says; the parameter is called like the column."""

    among: ClassVar[type[TextChoices]]

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        return dict(cls.among.choices)

    @classmethod
    def narrow(cls, articles: Articles, value: str) -> Articles | None:
        return articles.filter(**{cls.parameter_name: value}) if value in cls.among.values else None


class NamedChoice(Choice):
    """Rows of the library to choose from: the most used ones, and whatever is chosen."""

    none: ClassVar[str | Promise]

    @classmethod
    def options(cls) -> dict[str, str | Promise]:
        found = counted_of(cls.parameter_name)
        return {"none": cls.none} | {value: option.name for value, option in found.items() if value != "none"}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        found = self.options()
        if (chosen := self.value()) and chosen not in found and (name := self.name_of(chosen)):
            found[chosen] = name
        return list(found.items())

    @classmethod
    @abstractmethod
    def name_of(cls, value: str) -> str:
        """The name of a row that is not among the most used ones; empty when there is none."""
