"""What every admin of the library shares."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db.models import Count, ForeignKey, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.admin.keys import as_key, searchable
from articles.admin.suggestions import Suggestions
from articles.admin.versions import VersionedAdmin

TOO_LARGE = re.compile(r"\d{19}")
BOX = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
# in Django's own catalogues
BOX_LABEL = "Select this object for an action - {}"


# A screen of an article beside its form: its route under the articles, the last part of its name, and its view,
# which is called with the admin of articles, the request and what the route names.
Page = tuple[str, str, Callable[..., HttpResponse]]


def count_of(model: type[Model], key: str, *, distinct: str = "") -> Coalesce:
    """Return how many rows of `model` point at the row by `key`, as a column that is reckoned for shown rows only."""
    counted = model._default_manager.filter(**{key: OuterRef("pk")}).order_by().values(key)
    # the key itself is counted: an index of it answers alone
    counted = counted.annotate(count=Count(distinct or key, distinct=bool(distinct))).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class FewLines:
    """An inline of at most so many lines: Django would build, and show again, two thousand for whoever asks."""

    max_num: Any = 300

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        formset.absolute_max = self.max_num
        return formset


class Explained:
    """Says above the list and the form what each is for, in one line."""

    list_purpose: str | Promise = ""
    form_purpose: str | Promise = ""
    opts: Any

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A list is called by what it lists, not by what might be done to it."""
        title = capfirst(self.opts.verbose_name_plural)
        shown = {"title": title, "purpose": self.list_purpose}
        return super().changelist_view(request, shown | (extra_context or {}))  # type: ignore[misc]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["purpose"] = self.form_purpose
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


class LibraryAdmin(Explained, VersionedAdmin):
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "–"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse what no database has room for; Django checks that for `=` but not for `in`."""
        return not TOO_LARGE.search(value) and super().lookup_allowed(lookup, value, request)

    def action_checkbox(self, obj: Model) -> SafeString:
        """Django's own box before a row: as a widget with its template it took a fifth of the time of a list."""
        return format_html(BOX, ACTION_CHECKBOX_NAME, obj.pk, gettext(BOX_LABEL).format(obj))

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[dict]:
        """Name the fields as their columns are named: a label begins with a capital, and so is not found translated."""
        messages = super().construct_change_message(request, form, formsets, add)
        for said in (what for message in messages for what in message.values() if "fields" in what):
            said["fields"] = [f"{name[:1].lower()}{name[1:]}" for name in said["fields"]]
        return messages

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Offer to show all rows only where some are left out."""
        rows = super().get_changelist_instance(request)
        if not rows.query and not rows.has_active_filters:
            rows.full_result_count = rows.result_count
        return rows

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        if any(as_key(key) is None for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("A selected row has no such key.")
        return super().response_action(request, queryset)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, searchable(search_term))

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Suggest by a select that can show again what was sent and is no key."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Suggestions(db_field))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def label(self, row: Any) -> str:
        """What a suggestion shows of the row."""
        return str(row)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """An address is given once: a slug that readers may have kept does not change."""
        fixed = ["slug"] if obj and hasattr(obj, "slug") else []
        return [*super().get_readonly_fields(request, obj), *fixed]
