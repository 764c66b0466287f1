"""What the admins of sources, authors, themes and tags share: how they are found, named, and kept apart from twins."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.actions.pointing import find_anew
from articles.admin import merging
from articles.admin.base import LibraryAdmin, searchable
from articles.chinese import pinyin

MOST_TWINS = 5


class NamedForm(forms.ModelForm):
    # The name somebody was warned of and gives all the same; saving once more is how they say so.
    anyway = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    keep_old_name = forms.BooleanField(
        label=_("keep the old name as an alias"),
        required=False,
        initial=True,
        help_text=_("Only when the name changes."),
    )

    @property
    def old_name(self) -> str:
        """The name that goes out of use and is to be kept; empty where none does."""
        is_renamed = "name" in self.initial and "name" in self.changed_data
        return str(self.initial["name"]) if is_renamed and self.cleaned_data.get("keep_old_name") else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        name = cleaned.get("name")
        if name and "name" in self.changed_data:
            self._look_for_twins(name)
        if name and self.old_name:
            self._check_alias(self.old_name)
        return cleaned

    def _look_for_twins(self, name: str) -> None:
        twins = twins_of(self.instance, name)
        if not twins or self.cleaned_data.get("anyway") == pinyin.folded(name):
            return
        links = format_html_join(
            "、", '<a href="{}" target="_blank">{}</a>', [(_address(twin), twin) for twin in twins]
        )
        text = _("There is already: {twins}. If this is another one, save once more.")
        self.add_error("name", format_html(str(text), twins=links))
        self.data = cast("QueryDict", self.data).copy()
        self.data["anyway"] = pinyin.folded(name)

    def _check_alias(self, old_name: str) -> None:
        aliases = self.instance.aliases
        if aliases.filter(name=old_name).exists():
            return
        alias = aliases.model(name=old_name, **{aliases.model.OF: self.instance})
        try:
            alias.validate_unique()
        except ValidationError:
            self.add_error("keep_old_name", _("Another row has this alias; untick this to give the name up."))


def twins_of(row: Any, name: str) -> list[Any]:
    """Other rows of the table that bear this name, or have it for an alias, in either script."""
    folded = pinyin.folded(name)
    others = type(row)._default_manager.filter(search_key__contains=f"|{folded}|").exclude(pk=row.pk)
    return [
        other
        for other in others.prefetch_related("aliases")[: MOST_TWINS * 4]
        if folded in {pinyin.folded(known) for known in (other.name, *(str(alias) for alias in other.aliases.all()))}
    ][:MOST_TWINS]


def _address(row: Model) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


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


class NamedAdmin(LibraryAdmin):
    form = NamedForm
    # `get_search_results` asks the key; that there is something to search is what makes lists and suggestions offer it.
    search_fields = ("search_key",)
    change_form_template = "admin/articles/named/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        opts = self.opts
        view = self.admin_site.admin_view(partial(merging.merge_view, self))
        return [path("<int:pk>/merge/", view, name=f"articles_{opts.model_name}_merge"), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        name, *others = super().get_fields(request, obj)
        is_renaming = obj is not None and self.has_change_permission(request, obj)
        return [name, "keep_old_name", *others] if is_renaming else [name, *others]

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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if old_name := cast("NamedForm", form).old_name:
            obj.aliases.get_or_create(name=old_name)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "name" in form.changed_data or any(formset.has_changed() for formset in formsets):
            find_anew(form.instance)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        context["may_merge"] = self.may_merge(request, kwargs.get("obj"))
        return super().render_change_form(request, context, **kwargs)


class AliasInline(admin.TabularInline):
    fields = ("name",)
    extra = 0
