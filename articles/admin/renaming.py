"""Giving a source, an author, a theme or a tag another name: typed, looked at, done, and undone for thirty days."""

from typing import Any
from urllib.parse import unquote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import renaming
from articles.actions.renaming import Wish
from articles.admin import rules
from articles.admin.keys import as_key, version_read
from articles.admin.twins import links_to, twins_of
from articles.models import StaleVersion


class RenameForm(forms.Form):
    """What the row is to be called, and what becomes of its old name and address."""

    keep_old_name = forms.BooleanField(
        label=gettext_lazy("keep the old name as an alias"), required=False, initial=True
    )
    new_address = forms.BooleanField(
        label=gettext_lazy("make a new address from the name"),
        required=False,
        help_text=gettext_lazy("The old address leads readers on, and the old name stays as an alias."),
    )
    field_order = ("name",)

    def __init__(self, admin: Any, row: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        column = row._meta.get_field("name")
        self.admin, self.row = admin, row
        self.fields["name"] = column.formfield(
            label=gettext_lazy("new name"), initial=row.name, widget=forms.TextInput(attrs={"class": "vTextField"})
        )
        self.order_fields(self.field_order)

    def clean_name(self) -> str:
        return self.admin.clean_name(self.row, self.cleaned_data["name"])

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(said["name"], keeps_alias=said["keep_old_name"], takes_address=said["new_address"])


def rename_view(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Type another name, look at what it would change, and do it."""
    if as_key(str(pk)) is None:
        raise Http404
    row = get_object_or_404(admin.model, pk=pk)
    if not admin.may_rename(request, row):
        raise PermissionDenied
    said = request.POST if request.method == "POST" else request.GET
    form = RenameForm(admin, row, said if "name" in said else None)
    if not form.is_valid():
        return _page(admin, request, row, form, status=400 if request.method == "POST" else 200)
    if request.method == "POST":
        return _rename(admin, request, row, form)
    return _page(admin, request, row, form)


def _rename(admin: Any, request: HttpRequest, row: Any, form: RenameForm) -> HttpResponse:
    try:
        deed = renaming.rename(row, form.wish(), version=version_read(request), by=rules.editor_of(request))
    except StaleVersion:
        told = _("Somebody changed it meanwhile; it was not renamed. This is how it stands now.")
        return _page(admin, request, row, form, told=told, status=409)
    except renaming.CannotRename:
        return _page(admin, request, row, form, status=400)
    text = _("“%(old)s” is called “%(new)s” now.") % deed.said
    admin.log_change(request, row, text)
    address = reverse("admin:articles_article_deed", args=[deed.pk])
    undo = format_html('<a href="{}">{}</a>', address, _("What was done, and undo for 30 days"))
    admin.message_user(request, format_html("{} {}", text, undo), messages.SUCCESS)
    return HttpResponseRedirect(reverse(f"admin:articles_{admin.opts.model_name}_change", args=[row.pk]))


def _page(
    admin: Any, request: HttpRequest, row: Any, form: RenameForm, *, told: str = "", status: int = 200
) -> HttpResponse:
    row = admin.model._default_manager.filter(pk=row.pk).first() or row
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Rename “%s”") % row,
        "opts": admin.opts,
        "media": admin.media + form.media,
        "form": form,
        "row": row,
        "told": told,
        "change": f"admin:articles_{admin.opts.model_name}_change",
    }
    if form.is_bound and form.is_valid():
        context |= _looked_at(row, form.wish())
    return TemplateResponse(request, "admin/articles/named/rename.html", context, status=status)


def _looked_at(row: Any, wish: Wish) -> dict[str, Any]:
    """What the page shows of the wish before it is done."""
    outlook = renaming.outlook(row, wish)
    slugs = dict.fromkeys((row.slug, outlook.slug))
    return {
        "wish": wish,
        "outlook": outlook,
        "twins": links_to(twins_of(row, wish.name)),
        "addresses": [unquote(reverse(row._meta.model_name, args=[slug])) for slug in slugs],
        "most_shown": renaming.FIRST,
    }
