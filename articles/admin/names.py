"""Sources and authors: who published and who wrote."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.base import LibraryAdmin, count_of
from articles.models import Article, Author, Byline, Source, SourceAlias, SourceDomain, Witness


def articles_counted(count: int) -> str:
    return ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}


class AliasInline(admin.TabularInline):
    model = SourceAlias
    extra = 0


class DomainInline(admin.TabularInline):
    model = SourceDomain
    extra = 0


class SourceAdmin(LibraryAdmin):
    list_display = ("name", "kind", "standing", "article_count", "copy_count")
    list_filter = ("kind", "standing")
    search_fields = ("name", "aliases__name", "domains__name")
    fields = ("name", "slug", "kind", "standing", "homepage", "notes")
    inlines = (AliasInline, DomainInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        counts = {
            "article_count": count_of(Article, "original_source"),
            "copy_count": count_of(Witness, "source"),
        }
        return super().get_queryset(request).annotate(**counts)

    def label(self, row: Source) -> str:
        return f"{row.name} · {row.get_kind_display()} · {articles_counted(row.article_count)}"

    @admin.display(description=gettext_lazy("articles"))
    def article_count(self, source: Source) -> int:
        return source.article_count

    @admin.display(description=gettext_lazy("copies"))
    def copy_count(self, source: Source) -> int:
        return source.copy_count


class AuthorAdmin(LibraryAdmin):
    list_display = ("name", "kind", "article_count", "note")
    list_filter = ("kind",)
    search_fields = ("name",)
    fields = ("name", "slug", "kind", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        count = count_of(Byline, "author", distinct="edition__article")
        return super().get_queryset(request).annotate(article_count=count)

    def label(self, row: Author) -> str:
        note = f" · {row.note[:40]}" if row.note else ""
        return f"{row.name} · {articles_counted(row.article_count)}{note}"

    @admin.display(description=gettext_lazy("articles"))
    def article_count(self, author: Author) -> int:
        return author.article_count
