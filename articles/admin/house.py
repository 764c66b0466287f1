"""The house: its rules, which superusers set, and what the site is called and says of itself, which publishers do."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.actions import picturing
from articles.admin import rules
from articles.admin.article_form import lines
from articles.admin.base import LibraryAdmin
from articles.admin.body_field import BodyField, WithBodyEditor
from articles.admin.conflicts import VersionedForm
from articles.admin.picturing import words_of
from articles.admin.rules import SuperusersOnly
from articles.intake import Unreadable
from articles.models import Site, SitePage


class OneRow:
    """A table of one row: never added to, never deleted, and the list leads straight to it."""

    model: Any
    opts: Any

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        self.model.current()  # there is one, whether or not anybody looked before
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)  # type: ignore[misc]
        row = self.model.current()
        return HttpResponseRedirect(reverse(f"admin:articles_{self.opts.model_name}_change", args=[row.pk]))


class HouseRulesAdmin(OneRow, SuperusersOnly, LibraryAdmin):
    form_purpose = _("What holds for everybody in this house; only superusers set it.")
    fields = ("needs_other_reviewer",)


class SiteForm(VersionedForm):
    logo_file = forms.FileField(
        label=_("new logo"),
        required=False,
        help_text=_("A picture (JPEG, PNG, WebP or GIF); it is drawn anew and shown beside the name."),
    )
    removes_logo = forms.BooleanField(label=_("take the logo away"), required=False)

    # who is asking
    by: Any = None

    class Meta:
        model = Site
        fields = ()
        widgets = {name: lines(3) for name in ("rights", "rights_en")}

    def clean_logo_file(self) -> UploadedFile | None:
        """Keep the picture that was sent; one whose form is not saved is tidied away later."""
        file: UploadedFile | None = self.cleaned_data["logo_file"]
        if file:
            try:
                self.instance.logo = picturing.choose(file.read(picturing.MOST_BYTES + 1), by=self.by)
            except Unreadable as refusal:
                raise ValidationError(words_of(refusal)) from refusal
        return file

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("removes_logo") and not self.cleaned_data.get("logo_file"):
            self.instance.logo = None
        return self.cleaned_data


class SiteAdmin(OneRow, LibraryAdmin):
    form = SiteForm
    form_purpose = _("What the site is called, who keeps it and how to reach them: the head and foot of every page.")
    autocomplete_fields = ("featured",)
    readonly_fields = ("shown_logo",)
    fieldsets = (
        (_("Name"), {"fields": ("name", "name_en", "tagline", "tagline_en")}),
        (_("Logo"), {"fields": ("shown_logo", "logo_file", "removes_logo")}),
        (_("Who keeps it"), {"fields": ("organiser", "filing_number", "address", "email", "phone")}),
        (_("Rights"), {"fields": ("rights", "rights_en")}),
        (_("Readers"), {"fields": ("offers_traditional", "offers_english", "featured")}),
    )

    def get_form(
        self, request: HttpRequest, obj: Site | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.by = rules.editor_of(request)
        return form

    @admin.display(description=_("logo"))
    def shown_logo(self, site: Site) -> str:
        if site.logo is None:
            return "–"
        return format_html('<img class="thumbnail" src="{}" alt="{}">', site.logo.thumbnail, gettext("logo"))


class SitePageForm(VersionedForm):
    body_html = BodyField(label=_("text"), required=False)
    body_hant = BodyField(label=_("text in Traditional characters"), required=False, help_text=_("Empty: converted."))
    body_en = BodyField(label=_("text in English"), required=False)

    class Meta:
        model = SitePage
        fields = ()


class SitePageAdmin(WithBodyEditor, LibraryAdmin):
    form = SitePageForm
    list_purpose = _("The site’s own pages, such as “About”; the foot of every page leads to them, in this order.")
    form_purpose = _("One page of the site’s own, in three languages; what is left empty is shown in Simplified.")
    list_display = ("title", "slug", "position")
    fieldsets = (
        (None, {"fields": ("slug", "position")}),
        (_("Simplified Chinese"), {"fields": ("title", "body_html")}),
        (_("Traditional Chinese"), {"fields": ("title_hant", "body_hant")}),
        (_("English"), {"fields": ("title_en", "body_en")}),
    )

    def save_model(self, request: HttpRequest, obj: SitePage, form: forms.ModelForm, change: bool) -> None:
        Site.current()  # the row it belongs to, whether or not anybody looked before
        super().save_model(request, obj, form, change)
