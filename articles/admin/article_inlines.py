"""What hangs on an article and is edited with it: its byline, its witnesses, its places in the tree."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet, TextField
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.actions.editing import Signature
from articles.models import Article, Byline, Edition, Placement, Witness


class BylineForm(forms.ModelForm):
    """One line of the byline. An emptied line goes away; lines without a position come last."""

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
        if cleaned.get("affiliation") and not cleaned.get("author"):
            self.add_error("author", _("Whose affiliation is this?"))
        return cleaned

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return 9999 if position is None else position


class BylineFormSet(BaseInlineFormSet):
    """The byline as a list of values, written anew: no row of a published edition can be reached by it."""

    new_objects: list[Byline] = []
    changed_objects: list[Byline] = []
    deleted_objects: list[Byline] = []

    def signatures(self) -> list[Signature]:
        """The lines that name an author, in the order of their positions."""
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        named = sorted((row for row in rows if row.get("author")), key=lambda row: row["position"])
        return [Signature(row["author"], row["role"], row["affiliation"]) for row in named]

    def is_revised(self, edition: Edition) -> bool:
        """Say whether these lines differ from those of the edition."""
        return self.signatures() != signatures_of(edition)


def signatures_of(edition: Edition) -> list[Signature]:
    if edition.pk is None:
        return []
    return [Signature(line.author, line.role, line.affiliation) for line in edition.bylines.select_related("author")]


class BylineInline(admin.TabularInline):
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ("author",)
    section = "identity"

    def __init__(self, parent_model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(Edition, admin_site)  # a byline hangs on an edition, and the article's form shows that of one

    def get_queryset(self, request: HttpRequest) -> QuerySet[Byline]:
        return Byline.objects.none()

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        return len(self.rows(obj)) if obj else 1

    def rows(self, article: Article) -> list[dict[str, Any]]:
        """What the byline's lines show before anything is typed."""
        return [
            {"author": line.author.pk, "role": line.role, "affiliation": line.affiliation, "position": position}
            for position, line in enumerate(signatures_of(article.current))
        ]


class WitnessFormSet(BaseInlineFormSet):
    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """A copy whose bytes we keep is evidence, and no form deletes it."""
        super().add_fields(form, index)
        if form.instance.capture_id and forms.formsets.DELETION_FIELD_NAME in form.fields:
            form.fields[forms.formsets.DELETION_FIELD_NAME].disabled = True


class WitnessInline(admin.StackedInline):
    model = Witness
    formset = WitnessFormSet
    fields = (
        ("source", "kind"),
        "address",
        ("title_there", "date_there"),
        "evidence",
        ("confidence", "capture_link"),
    )
    readonly_fields = ("capture_link",)
    autocomplete_fields = ("source",)
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}
    extra = 0
    section = "provenance"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Witness]:
        return super().get_queryset(request).select_related("capture", "source")

    @admin.display(description=_("bytes as received"))
    def capture_link(self, witness: Witness) -> str:
        if witness.capture is None:
            return "–"
        address = reverse("admin:articles_capture_change", args=[witness.capture_id])
        return format_html('<a href="{}">{}</a>', address, witness.capture)


class PlacementInline(admin.TabularInline):
    model = Placement
    fields = ("theme", "position", "reason")
    autocomplete_fields = ("theme",)
    extra = 0
    section = "themes"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("theme")
