"""Sources and authors: who published and who wrote."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin import rules
from articles.admin.base import FewLines, count_of
from articles.admin.naming import AliasInline, NamedAdmin
from articles.models import Article, Author, AuthorAlias, Byline, Source, SourceAlias, SourceDomain, Witness


def articles_counted(count: int) -> str:
    return ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}


class SourceAliasInline(AliasInline):
    model = SourceAlias


class AuthorAliasInline(AliasInline):
    model = AuthorAlias


class DomainInline(FewLines, admin.TabularInline):
    model = SourceDomain
    extra = 0


class SourceAdmin(NamedAdmin):
    list_purpose = _("Every outlet at which texts or copies of them appeared, and how far each is to be trusted.")
    form_purpose = _(
        "What is known of this outlet. Readers see kind, standing and notes; by its domains copies find their source."
    )
    list_display = ("name", "kind", "standing", "article_count", "copy_count")
    list_filter = ("kind", "standing")
    fields = ("name", "slug", "kind", "standing", "homepage", "notes")
    inlines = (SourceAliasInline, DomainInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        counts = {
            "article_count": count_of(Article, "original_source"),
            "copy_count": count_of(Witness, "source"),
        }
        return super().get_queryset(request).annotate(**counts)

    def beside_name(self, word: str) -> Q:
        return Q(pk__in=SourceDomain.objects.filter(name__contains=word.lower()).values("source"))

    def label(self, row: Source) -> str:
        return f"{row.name} · {row.get_kind_display()} · {articles_counted(row.article_count)}"

    @admin.display(description=_("articles"))
    def article_count(self, source: Source) -> int:
        return source.article_count

    @admin.display(description=_("copies"))
    def copy_count(self, source: Source) -> int:
        return source.copy_count


class AuthorAdmin(NamedAdmin):
    list_purpose = _("Every person or body that signed an article; two names of one person are merged.")
    form_purpose = _("One person or body. Other names are aliases; how it signed an article stands in its byline.")
    list_display = ("name", "kind", "article_count", "note")
    list_filter = ("kind",)
    fields = ("name", "slug", "kind", "note")
    inlines = (AuthorAliasInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        count = count_of(Byline, "author", distinct="edition__article")
        return super().get_queryset(request).annotate(article_count=count)

    def has_change_permission(self, request: HttpRequest, obj: Author | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or rules.may_change_author(rules.editor_of(request), obj)
        )

    def label(self, row: Author) -> str:
        note = f" · {row.note[:40]}" if row.note else ""
        return f"{row.name} · {articles_counted(row.article_count)}{note}"

    @admin.display(description=_("articles"))
    def article_count(self, author: Author) -> int:
        return author.article_count
