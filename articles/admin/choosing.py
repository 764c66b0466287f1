"""Which articles something is to be done to: those that were ticked, or all that a list shows, however many."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from articles.admin.keys import as_key
from articles.models import Article

NUMBER = "number"
# What the address of the page says besides; everything else in it belongs to the list.
OURS = frozenset((NUMBER, "do", "as", "deed"))
FIRST = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles, and what stands behind the ? of an address that chooses them again."""

    articles: QuerySet[Article]
    query: str
    is_filter: bool

    @property
    def is_everything(self) -> bool:
        return self.is_filter and not self.query

    def address(self, **said: str) -> str:
        """What stands behind the ? when more is said."""
        return "&".join(part for part in (self.query, urlencode(said)) if part)


def chosen(admin: ModelAdmin, request: HttpRequest) -> Chosen:
    """Return the articles an address chooses: by their numbers, or as the list of the same address shows them."""
    if NUMBER in request.GET:
        keys = [as_key(value) for value in request.GET.getlist(NUMBER)]
        numbers = [key for key in keys if key is not None]
        if len(numbers) < len(keys):
            raise BadRequest("A chosen article has no such number.")
        query = urlencode([(NUMBER, number) for number in numbers])
        return Chosen(Article.objects.filter(pk__in=numbers), query, is_filter=False)
    listed = _listed(request.GET)
    return Chosen(_matching(admin, request, listed), listed.urlencode(), is_filter=True)


def by_numbers(articles: QuerySet[Article]) -> str:
    """Return the query that chooses these articles one by one."""
    return urlencode([(NUMBER, key) for key in articles.order_by("pk").values_list("pk", flat=True)])


def _listed(query: QueryDict) -> QueryDict:
    """What the address says of the list."""
    listed = query.copy()
    for name in OURS & set(listed):
        del listed[name]
    return listed


class Matching(ChangeList):
    """What a list's filters and search find, without asking for its rows."""

    def get_results(self, request: HttpRequest) -> None:
        self.result_list = self.queryset.none()
        self.result_count = self.full_result_count = 0
        self.can_show_all = self.multi_page = False
        self.paginator = None


def _matching(admin: ModelAdmin, request: HttpRequest, listed: Mapping[str, str]) -> QuerySet[Article]:
    asked = HttpRequest()
    asked.method, asked.user, asked.GET, asked.path = "GET", request.user, listed, request.path
    try:
        found = Matching(
            asked,
            admin.model,
            admin.get_list_display(asked),
            admin.get_list_display_links(asked, admin.get_list_display(asked)),
            admin.get_list_filter(asked),
            admin.date_hierarchy,
            admin.get_search_fields(asked),
            admin.get_list_select_related(asked),
            admin.list_per_page,
            admin.list_max_show_all,
            admin.list_editable,
            admin,
            [],
            None,
        )
    except IncorrectLookupParameters:
        raise BadRequest("There is no such list.") from None
    return Article.objects.filter(pk__in=found.queryset.order_by().values("pk"))
