"""What hangs on an article and is edited with it: its byline, and its places in the tree.

Both are lists of values, written anew by an action: no row of a published edition or of another article can be reached
by them, and a row that went meanwhile takes no words along.
"""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import BaseInlineFormSet
from django.forms.models import InlineForeignKeyField, construct_instance
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.actions.editing import Signature
from articles.admin.base import FewLines
from articles.admin.keys import as_key
from articles.admin.suggestions import TYPED, Suggestions
from articles.models import Article, Byline, Edition, Placement, Theme


class KnownSelect(Suggestions):
    """The suggesting select that asks the database once for the rows of a whole table, not for each line."""

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list[tuple]:
        known = self.choices.field.known
        rows = [(key, known[key]) for key in map(str, value) if key in known]
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, key, str(row), True, len(options)) for key, row in rows]
        return [(None, options, 0)]


class KnownChoice(forms.ModelChoiceField):
    """One of the rows its table has asked for already."""

    known: dict[str, Model] = {}

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        row = self.known.get(str(getattr(value, "pk", value)))
        if row is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return row


class LineForm(forms.ModelForm):
    """One line of a table of values; an emptied line goes away."""

    def _post_clean(self) -> None:
        """Ask the columns what no form field asks; the row itself is written elsewhere, and its link is known."""
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        links = {name for name, field in self.fields.items() if isinstance(field, KnownChoice | InlineForeignKeyField)}
        try:
            self.instance.clean_fields(exclude=links | self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    def fields_known(self) -> str:
        return next(name for name, field in self.fields.items() if isinstance(field, KnownChoice))


class LineFormSet(BaseInlineFormSet):
    """A table as a list of values: nothing in it is saved by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_objects: list[Model] = []
        self.changed_objects: list[tuple[Model, list[str]]] = []
        self.deleted_objects: list[Model] = []

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[form.fields_known()].known = self.known

    @cached_property
    def known(self) -> dict[str, Model]:
        """The rows that the lines name, by their keys."""
        name = next(name for name, field in self.form.base_fields.items() if isinstance(field, KnownChoice))
        line = re.compile(rf"({self.prefix}-\d+-{name})(?:{TYPED})?")
        widget = self.form.base_fields[name].widget
        lines = {found[1] for found in map(line.fullmatch, self.data) if found} if self.is_bound else set()
        chosen = (widget.value_from_datadict(self.data, self.files, line) or "" for line in lines)
        keys = {*chosen, *(str(row[name]) for row in self.initial_extra or ())}
        rows = self.form.base_fields[name].queryset
        return {str(row.pk): row for row in rows.filter(pk__in=[key for key in keys if as_key(key)])}

    def lines(self) -> list[dict[str, Any]]:
        """The lines that are filled in and not struck out."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [form.cleaned_data for form in kept if form.cleaned_data.get(form.fields_known())]


class LineInline(FewLines, admin.TabularInline):
    """Shows the values as they stand; what is sent is read by the article's admin."""

    formset = LineFormSet
    of_edition = False
    # what the lines show before anything is typed
    rows: Callable[[Article], list[dict[str, Any]]]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.model._default_manager.none()

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs |= {"form_class": KnownChoice, "widget": KnownSelect(db_field)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """What stands there, and one line to be filled: without script no more can be asked for."""
        return len(self.shown(obj)) + 1 if obj else 1

    def shown(self, article: Article) -> list[dict[str, Any]]:
        """The lines as they stood when they were first asked for: Django asks several times for one page."""
        known = article.__dict__.setdefault("lines_shown", {})
        if self.model not in known:
            known[self.model] = self.rows(article)
        return known[self.model]


class BylineForm(LineForm):
    """One line of the byline; lines without a position come last."""

    position = forms.IntegerField(
        label=_("position"), required=False, min_value=0, max_value=9999, widget=forms.NumberInput(attrs={"size": 4})
    )

    class Meta:
        model = Byline
        fields = ("author", "role", "affiliation", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("affiliation") and not cleaned.get("author") and "author" not in self.errors:
            self.add_error("author", _("Whose affiliation is this?"))
        return cleaned

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return 9999 if position is None else position


class BylineFormSet(LineFormSet):
    def signatures(self) -> list[Signature]:
        """The lines that name an author, in the order of their positions."""
        named = sorted(self.lines(), key=lambda row: row["position"])
        return [Signature(row["author"], row["role"], row["affiliation"]) for row in named]

    def half_typed(self) -> list[Byline]:
        """The lines that name an author, each as far as it can be read: for the eye, before anything is saved."""
        self.full_clean()
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("author")]
        rows = sorted((row for row in rows if not row.get("DELETE")), key=lambda row: row.get("position", 9999))
        names = ("author", "role", "affiliation")
        return [Byline(**{name: row[name] for name in names if name in row}) for row in rows]

    def is_revised(self, edition: Edition) -> bool:
        """Say whether these lines differ from those of the edition."""
        return self.signatures() != signatures_of(edition)


def signatures_of(edition: Edition) -> list[Signature]:
    if edition.pk is None:
        return []
    return [Signature(line.author, line.role, line.affiliation) for line in edition.bylines.select_related("author")]


class BylineInline(LineInline):
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ("author",)
    section = "identity"
    of_edition = True

    def __init__(self, parent_model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(Edition, admin_site)  # a byline hangs on an edition, and the article's form shows that of one

    def rows(self, article: Article) -> list[dict[str, Any]]:
        return [
            {"author": line.author.pk, "role": line.role, "affiliation": line.affiliation, "position": position}
            for position, line in enumerate(signatures_of(article.current))
        ]


class PlacementForm(LineForm):
    class Meta:
        model = Placement
        fields = ("theme", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("reason") and not cleaned.get("theme") and "theme" not in self.errors:
            self.add_error("theme", _("Which theme is this the reason for?"))
        return cleaned


class PlacementFormSet(LineFormSet):
    def places(self) -> dict[Theme, str]:
        """The themes that are named, each with the reason."""
        return {row["theme"]: row["reason"] for row in self.lines()}


class PlacementInline(LineInline):
    model = Placement
    form = PlacementForm
    formset = PlacementFormSet
    autocomplete_fields = ("theme",)
    section = "themes"

    def rows(self, article: Article) -> list[dict[str, Any]]:
        rows = article.placements.order_by("theme__name", "pk").values("theme", "reason")
        return [dict(row) for row in rows]
