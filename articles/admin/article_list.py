"""The list of articles: what it shows of each, and how one is found in it."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.admin import choices, counting, figures, filters, saved_views
from articles.admin.base import count_of
from articles.admin.kept import KeptAdmin
from articles.admin.keys import searchable
from articles.models import Article, Edition, Finding, Placement, Witness

# How bad an open finding is, so that the worst of an article can be asked of the database.
RANKS = {severity: rank for rank, severity in enumerate(Finding.Severity.values)}
MOST_THEMES = 2
SHOWN = (
    "title",
    "byline_text",
    "status",
    "live",
    "live_from",
    "original_date",
    "original_precision",
    "original_source__name",
    "changed_at",
    "merged_into",
    *(f"editor__{name}" for name in ("username", "first_name", "last_name")),
    "working__state",
    *(f"working__changed_by__{name}" for name in ("username", "first_name", "last_name")),
)
RANK = Case(*(When(severity=name, then=rank) for name, rank in RANKS.items()), output_field=IntegerField())
# written without the annotation of the current edition, so that a list can be sorted by it, too
OPEN = Finding.objects.open().filter(edition=Coalesce(OuterRef("working"), OuterRef("live"))).order_by()
FINDING_COUNT = Coalesce(Subquery(OPEN.values("edition").annotate(count=Count("edition")).values("count")), 0)
READS = Coalesce(F("tally__recent"), 0)
WORST_FINDING = Subquery(OPEN.values("edition").annotate(worst=Max(RANK)).values("worst"))


class ArticleChanges(ChangeList):
    """The rows of one page. The database is asked for keys alone, in their order and up to the cap.

    So a page far back costs what the first one does, and what a row shows is reckoned for fifty articles only.
    """

    def get_results(self, request: HttpRequest) -> None:
        keys = list(self.queryset.values_list("pk", flat=True)[: counting.MOST + 1])
        self.has_more = len(keys) > counting.MOST
        self.paginator = Paginator(keys[: counting.MOST], self.list_per_page)
        self.result_count = self.paginator.count
        self.show_full_result_count, self.full_result_count = False, None
        self.show_admin_actions, self.can_show_all = True, False
        self.multi_page = self.result_count > self.list_per_page
        try:
            page = self.paginator.page(self.page_num).object_list
        except InvalidPage as missing:
            raise IncorrectLookupParameters from missing
        rows = self.model_admin.rows(page)
        self.result_list = [rows[key] for key in page if key in rows]
        self.whole, self.counted_at = choices.counted()
        self.numbers = self._numbers(request)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Article]) -> list[Any]:
        """The column that was chosen and then the number: an index gives that order, and the library isn't sorted."""
        chosen = super().get_ordering(request, queryset.order_by())
        return chosen if len(chosen) > 1 else super().get_ordering(request, queryset)

    def _numbers(self, request: HttpRequest) -> choices.Library:
        """What stands beside the options: what each would list beside all else the list is narrowed to.

        A large library is counted now and then, as a whole: there a number stands only where it is that of its list.
        """
        used = {spec.parameter_name for spec in self.filter_specs if spec.value()}
        self.is_counted_itself = bool(used or self.query) and figures.is_small()
        if self.is_counted_itself:
            return choices.in_list(self._left_by_each(request))
        return {
            parameter: options if not self.query and used <= {parameter} else {}
            for parameter, options in self.whole.items()
        }

    def _left_by_each(self, request: HttpRequest) -> dict[str, QuerySet[Article]]:
        """What the search, under an empty name, and each filter leaves of all articles."""
        found, _may_repeat = self.model_admin.get_search_results(request, self.root_queryset, self.query)
        left = {spec.parameter_name: spec.queryset(request, self.root_queryset) for spec in self.filter_specs}
        return {"": found} | {name: articles for name, articles in left.items() if articles is not self.root_queryset}

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What the list is narrowed to: the name of each filter and of what is chosen in it."""
        lines = [(str(spec.title), choice) for spec in self.filter_specs for choice in spec.choices(self)]
        return [(title, str(choice["display"]).strip()) for title, choice in lines if _is_chosen(choice)]


def _is_chosen(choice: Mapping[str, Any]) -> bool:
    return choice["selected"] and choice["display"] != _("All")


class ArticleList(KeptAdmin):
    list_purpose = _(
        "Every article of the library: narrow the list, search its texts, open one, or choose several and do one thing "
        "to all of them."
    )
    list_display = (
        "shown_title",
        "shown_status",
        "shown_source",
        "shown_date",
        "shown_themes",
        "shown_findings",
        "shown_copies",
        "shown_reads",
        "shown_editor",
        "changed",
        "ways",
    )
    list_filter = filters.OF_ARTICLES
    ordering = ("-changed_at", "-pk")
    search_fields = ("title",)
    search_help_text = _("Title, author, source, number, address, or words of the text, in either script")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChanges

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, saved_views.context(request) | (extra_context or {}))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Find the words wherever an editor may remember them from; a number is an article's."""
        term = searchable(search_term)
        return (queryset.filter(self._meant(request, term)) if term else queryset), False

    @staticmethod
    def _meant(request: HttpRequest, term: str) -> Q:
        """What the index says of the term: asked once for the list and for the numbers beside its filters."""
        known: dict[str, Q] = vars(request).setdefault("meant", {})
        if term not in known:
            known[term] = search.meant(term)
        return known[term]

    def rows(self, keys: list[int]) -> dict[int, Article]:
        """Return what the list shows of these articles, by number."""
        placements = Placement.objects.select_related("theme").order_by("pk")
        found = (
            Article.objects.with_standing()
            .filter(pk__in=keys)
            .select_related("original_source", "editor", "working__changed_by")
            .only(*SHOWN)
            .annotate(
                finding_count=FINDING_COUNT,
                worst_finding=WORST_FINDING,
                copy_count=count_of(Witness, "article"),
                recent=READS,
                printed_source=Coalesce(
                    F("working__original_source_printed"), F("live__original_source_printed"), Value("")
                ),
            )
            .prefetch_related(Prefetch("placements", queryset=placements, to_attr="places"))
        )
        return {article.pk: article for article in found}

    def label(self, row: Article) -> str:
        return " · ".join(part for part in (str(row), row.byline_text, str(row.shown_status.label)) if part)

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, article: Article) -> str:
        return article.title

    @admin.display(description=_("status"), ordering="status")
    def shown_status(self, article: Article) -> SafeString:
        """How readers see it, and how far its next edition is."""
        if article.merged_into_id and article.status == Article.Status.DRAFT:
            return format_html('<span class="chip">{}</span>', _("merged into #%d") % article.merged_into_id)
        status = article.shown_status
        begun = article.working
        chip = format_html('<span class="chip chip-{}">{}</span>', status.value, status.label)
        if begun is None or (article.live_id is None and begun.state == Edition.State.WORKING):
            return chip
        state = _("new edition begun") if begun.state == Edition.State.WORKING else begun.get_state_display()
        return format_html('{} <span class="chip chip-{}">{}</span>', chip, begun.state, state)

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

    @admin.display(description=_("findings"), ordering=FINDING_COUNT)
    def shown_findings(self, article: Article) -> str:
        if not article.finding_count:
            return "–"
        worst = Finding.Severity(Finding.Severity.values[article.worst_finding])
        words = format_html("{} · {}", article.finding_count, worst.label)
        way = way_to("restore", article)
        return format_html('<a class="chip chip-{}" href="{}">{}</a>', worst.value, way, words) if way else words

    @admin.display(description=_("copies"), ordering=count_of(Witness, "article"))
    def shown_copies(self, article: Article) -> int:
        return article.copy_count

    @admin.display(description=_("reads of late"), ordering=READS)
    def shown_reads(self, article: Article) -> int:
        return article.recent

    @admin.display(description=_("editor"), ordering="editor__username")
    def shown_editor(self, article: Article) -> str:
        """Whose it is; else who wrote in it last."""
        return name_of(article.editor or (article.working.changed_by if article.working else None))

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, article: Article) -> SafeString:
        moment = timezone.localtime(article.changed_at)
        is_fresh = timezone.now() - moment < timedelta(minutes=1)
        ago = _("just now") if is_fresh else _("%(time)s ago") % {"time": timesince(moment, depth=1)}
        exact = f"{moment:%Y-%m-%d %H:%M}"
        return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, ago)

    @admin.display(description=_("ways"))
    def ways(self, article: Article) -> SafeString:
        ways = [(way_to("restore", article), _("compare")), (way_to("preview", article), _("preview"))]
        if article.live_id and article.working_id:
            sides = urlencode({"left": article.live_id, "right": article.working_id})
            ways.insert(1, (f"{way_to('compare', article)}?{sides}", _("changes")))
        return format_html_join(" ", '<a href="{}">{}</a>', (way for way in ways if way[0]))


def way_to(desk: str, article: Article) -> str:
    """The address of a desk of the article; empty where there is no such desk."""
    return _way_to(desk).replace("/0/", f"/{article.pk}/", 1)


@cache
def _way_to(desk: str) -> str:
    """Looked up once: a list of fifty articles has two hundred such ways."""
    try:
        return reverse(f"admin:articles_article_{desk}", args=[0])
    except NoReverseMatch:
        return ""


def name_of(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else "–"
