"""The list of articles: what it shows of each, and how one is found in it."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from articles.admin.base import LibraryAdmin, count_of, searchable
from articles.admin.filters import FindingFilter, MineFilter, ScriptFilter, SourceFilter, ThemeFilter, YearFilter
from articles.models import Article, Finding, Placement, Witness, letters_of

# How bad an open finding is, so that the worst of an article can be asked of the database.
RANKS = {severity: rank for rank, severity in enumerate(Finding.Severity.values)}
MOST_THEMES = 2


class ArticleList(LibraryAdmin):
    list_display = (
        "shown_title",
        "shown_status",
        "shown_source",
        "shown_date",
        "shown_themes",
        "shown_findings",
        "copies",
        "byline_text",
        "changed",
    )
    list_filter = ("status", FindingFilter, SourceFilter, ThemeFilter, ScriptFilter, YearFilter, MineFilter)
    list_select_related = ("original_source",)
    ordering = ("-changed_at", "-pk")
    search_fields = ("title",)
    search_help_text = _("Title, author, number, source or address")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        of_current = Finding.objects.open().filter(edition=OuterRef("current_edition")).order_by().values("edition")
        rank = Case(*(When(severity=name, then=rank) for name, rank in RANKS.items()), output_field=IntegerField())
        placements = Placement.objects.select_related("theme").order_by("pk")
        return (
            super()
            .get_queryset(request)
            .annotate(
                current_edition=Coalesce(F("working"), F("live")),
                finding_count=Coalesce(Subquery(of_current.annotate(count=Count("pk")).values("count")), 0),
                worst_finding=Subquery(of_current.annotate(worst=Max(rank)).values("worst")),
                copy_count=count_of(Witness, "article"),
                printed_source=Coalesce(
                    F("working__original_source_printed"), F("live__original_source_printed"), Value("")
                ),
            )
            .prefetch_related(Prefetch("placements", queryset=placements, to_attr="places"))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Find the term in title (either script), authors, source and addresses of copies; a number is an article's."""
        term = searchable(search_term)
        if not term:
            return queryset, False
        copies = Witness.objects.filter(Q(address__icontains=term) | Q(source__name__icontains=term))
        is_meant = (
            Q(title__icontains=term)
            | Q(byline_text__icontains=term)
            | Q(original_source__name__icontains=term)
            | Q(pk__in=copies.values("article"))
        )
        if letters := letters_of(term):
            is_meant |= Q(title_key__icontains=letters)
        if term.isascii() and term.isdigit() and len(term) < 10:
            is_meant |= Q(pk=int(term))
        return queryset.filter(is_meant), False

    def label(self, row: Article) -> str:
        return " · ".join(part for part in (str(row), row.byline_text, row.get_status_display()) if part)

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, article: Article) -> str:
        return article.title

    @admin.display(description=_("status"), ordering="status")
    def shown_status(self, article: Article) -> str:
        also = _("with a new edition begun") if article.live_id and article.working_id else ""
        return format_html(
            '<span class="chip chip-{}">{}</span>{}',
            article.status,
            article.get_status_display(),
            format_html(' <span class="quiet">{}</span>', also) if also else "",
        )

    @admin.display(description=_("original source"), ordering="original_source__name")
    def shown_source(self, article: Article) -> str:
        return str(article.original_source or article.printed_source or "–")

    @admin.display(description=_("original date"), ordering="original_date")
    def shown_date(self, article: Article) -> str:
        return article.original_date_text or "–"

    @admin.display(description=_("themes"))
    def shown_themes(self, article: Article) -> str:
        names = [placement.theme.name for placement in article.places]
        if len(names) <= MOST_THEMES:
            return "、".join(names) or "–"
        first = {"names": "、".join(names[:MOST_THEMES]), "count": len(names)}
        return format_html(
            '<span title="{}">{}</span>', "、".join(names), _("%(names)s and more, %(count)d in all") % first
        )

    @admin.display(description=_("findings"))
    def shown_findings(self, article: Article) -> str:
        if not article.finding_count:
            return "–"
        worst = Finding.Severity(Finding.Severity.values[article.worst_finding])
        return format_html('<span class="chip chip-{}">{} · {}</span>', worst.value, article.finding_count, worst.label)

    @admin.display(description=_("copies"))
    def copies(self, article: Article) -> int:
        return article.copy_count

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, article: Article) -> str:
        moment = timezone.localtime(article.changed_at)
        is_fresh = timezone.now() - moment < timedelta(minutes=1)
        ago = _("just now") if is_fresh else _("%(time)s ago") % {"time": timesince(moment, depth=1)}
        exact = f"{moment:%Y-%m-%d %H:%M}"
        return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, ago)
