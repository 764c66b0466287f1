"""What the admins of sources, authors, themes and tags share: how they are found, named, and kept apart from twins."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.actions.pointing import find_anew
from articles.admin import merging, renaming, rules
from articles.admin.base import FewLines
from articles.admin.kept import KeptAdmin, kept_copy
from articles.admin.keys import searchable
from articles.admin.twins import links_to, twins_of
from articles.chinese import pinyin


class NamedForm(forms.ModelForm):
    copy = kept_copy()
    # The name somebody was warned of and gives all the same; saving once more is how they say so.
    anyway = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        name = cleaned.get("name")
        if name:
            self._look_for_twins(name)
        return cleaned

    def _look_for_twins(self, name: str) -> None:
        twins = twins_of(self.instance, name)
        if not twins or self.cleaned_data.get("anyway") == pinyin.folded(name):
            return
        text = _("There is already: {twins}. If this is another one, save once more.")
        self.add_error("name", format_html(str(text), twins=links_to(twins)))
        self.data = cast("QueryDict", self.data).copy()
        self.data["anyway"] = pinyin.folded(name)


def ranked(rows: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Put first what is called exactly so, then what begins so, then the shorter names."""
    key = pinyin.folded(term)
    if not key:
        return rows
    rank = Case(
        When(search_key__contains=f"|{key}|", then=Value(0)),
        When(search_key__contains=f"|{key}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(rank, Length("name"), "name", "pk")


class NamedAdmin(KeptAdmin):
    form = NamedForm
    # `get_search_results` asks the key; that there is something to search is what makes lists and suggestions offer it.
    search_fields = ("search_key",)
    change_form_template = "admin/articles/named/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        own = (("merge", merging.merge_view), ("rename", renaming.rename_view))
        return [
            path(
                f"<int:pk>/{step}/",
                self.admin_site.admin_view(partial(view, self)),
                name=f"articles_{self.opts.model_name}_{step}",
            )
            for step, view in own
        ] + super().get_urls()

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Another name is given by renaming, which is looked at first and can be undone."""
        fixed = super().get_readonly_fields(request, obj)
        return ["name", *fixed] if obj else fixed

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        for word in searchable(search_term).split():
            key = pinyin.folded(word)
            queryset = queryset.filter((Q(search_key__contains=key) if key else Q(pk=None)) | self.beside_name(word))
        return queryset, False

    def beside_name(self, word: str) -> Q:
        """What else than the names a row may be looked for by."""
        return Q(pk=None)

    def may_merge(self, request: HttpRequest, row: Model | None = None) -> bool:
        """Merging changes one row and takes another away."""
        return self.has_change_permission(request, row) and self.has_delete_permission(request, row)

    def may_rename(self, request: HttpRequest, row: Model | None = None) -> bool:
        """Whoever may rename may undo it: contributors, who write of names, do neither."""
        return self.has_change_permission(request, row) and rules.editor_of(request).has_perm(rules.EDIT_ALL)

    def clean_name(self, row: Any, name: str) -> str:
        """Return the name as rows of this kind are called. Raises `ValidationError` where it cannot be one."""
        return name

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            find_anew(form.instance)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        context |= {"may_merge": self.may_merge(request, row), "may_rename": self.may_rename(request, row)}
        return super().render_change_form(request, context, **kwargs)


class AliasInline(FewLines, admin.TabularInline):
    fields = ("name",)
    extra = 0
