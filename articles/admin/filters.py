"""Filters beside the list of articles; none offers more than a person looks through."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import as_key
from articles.admin.rules import editor_of
from articles.models import Article, Edition, Finding, Source, Theme, name_of_class

MOST_SOURCES = 20
MOST_THEMES = 60
MOST_YEARS = 40

Lookups = list[tuple[Any, Any]]


class SourceFilter(admin.SimpleListFilter):
    """The sources with most articles, and the chosen one; every other is found by the search box."""

    title = _("original source")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        sources = Source.objects.annotate(count=Count("articles")).filter(count__gt=0)
        found = {source.pk: f"{source.name} ({source.count})" for source in sources.order_by("-count")[:MOST_SOURCES]}
        chosen = as_key(self.value())
        if chosen and chosen not in found:
            found |= {source.pk: source.name for source in Source.objects.filter(pk=chosen)}
        return [("none", _("not known")), *found.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "none":
            return queryset.filter(original_source=None)
        return queryset.filter(original_source=as_key(self.value())) if self.value() else queryset


class ThemeFilter(admin.SimpleListFilter):
    """A theme stands for itself and everything under it."""

    title = _("theme")
    parameter_name = "theme"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        self.tree = Theme.objects.tree()
        shown = [(theme.pk, "　" * theme.depth + theme.name) for theme in self.tree[:MOST_THEMES]]
        return [("none", _("in no theme")), *shown]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "none":
            return queryset.filter(placements=None)
        if not self.value():
            return queryset
        root = as_key(self.value())
        under = [theme.pk for theme in self.tree if root in (theme.pk, *(ancestor.pk for ancestor in theme.path))]
        return queryset.filter(pk__in=Article.objects.filter(placements__theme__in=under).values("pk"))


class FindingFilter(admin.SimpleListFilter):
    title = _("open findings")
    parameter_name = "findings"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        worst = [(severity.value, severity.label) for severity in reversed(Finding.Severity)]
        return [("any", _("any")), *worst, ("none", _("none"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not self.value():
            return queryset
        # The list gives every article its current edition.
        findings = Finding.objects.open().filter(edition=OuterRef("current_edition"))
        if self.value() in Finding.Severity.values:
            findings = findings.filter(severity=self.value())
        return queryset.exclude(Exists(findings)) if self.value() == "none" else queryset.filter(Exists(findings))


class ClassFilter(admin.SimpleListFilter):
    """The classes that occur, by their names."""

    title = _("class")
    parameter_name = "class"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        codes = Finding.objects.order_by("code").values_list("code", flat=True).distinct()
        return [(code, name_of_class(code)) for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        return queryset.filter(code=self.value()) if self.value() in dict(self.lookup_choices) else queryset


class ScriptFilter(admin.SimpleListFilter):
    title = _("script")
    parameter_name = "script"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return list(Edition.Script.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(script=self.value()) if self.value() in Edition.Script.values else queryset


class YearFilter(admin.SimpleListFilter):
    title = _("original year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        years = Article.objects.dates("original_date", "year", order="DESC")[:MOST_YEARS]
        return [("none", _("not known")), *((year.year, str(year.year)) for year in years)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "none":
            return queryset.filter(original_date=None)
        year = as_key(self.value())
        return queryset.filter(original_date__year=year) if year and year in range(1, 9999) else queryset


class MineFilter(admin.SimpleListFilter):
    title = _("begun by")
    parameter_name = "begun"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [("me", _("me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(working__made_by=editor_of(request)) if self.value() == "me" else queryset
