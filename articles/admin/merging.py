"""Merging two names of one thing: chosen, looked at, done, and undone for thirty days."""

from typing import Any
from urllib.parse import unquote

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import merging
from articles.admin import rules
from articles.admin.keys import as_key, version_read
from articles.admin.suggestions import TYPED, Suggestions
from articles.models import Byline, StaleVersion, TaggedArticle, Theme, Witness

# A column that points at each table, by which its rows are suggested.
SUGGESTED_BY: dict[str, ForeignKey] = {
    "author": Byline._meta.get_field("author"),
    "source": Witness._meta.get_field("source"),
    "tag": TaggedArticle._meta.get_field("tag"),
    "theme": Theme._meta.get_field("parent"),
}


class IntoForm(forms.Form):
    """Which row the other is merged into."""

    def __init__(self, admin: Any, gone: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.ModelChoiceField(
            admin.model._default_manager.exclude(pk=gone.pk),
            label=gettext_lazy("merge into"),
            widget=Suggestions(SUGGESTED_BY[admin.opts.model_name], without=gone.pk),
            help_text=gettext_lazy("This one stays; the other becomes an alias of it."),
        )


def merge_view(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the row that stays, look at what would move, and do it."""
    if as_key(str(pk)) is None:
        raise Http404
    gone = get_object_or_404(admin.model, pk=pk)
    if not admin.may_merge(request, gone):
        raise PermissionDenied
    said = request.POST if request.method == "POST" else request.GET
    form = IntoForm(admin, gone, said if {"into", f"into{TYPED}"} & said.keys() else None)
    if not form.is_valid():
        return _page(admin, request, gone, form, status=400 if request.method == "POST" else 200)
    survivor = form.cleaned_data["into"]
    if request.method == "POST":
        return _merge(admin, request, gone, survivor, form)
    return _page(admin, request, gone, form, survivor=survivor)


def _merge(admin: Any, request: HttpRequest, gone: Any, survivor: Any, form: IntoForm) -> HttpResponse:
    versions = (version_read(request, "into_version"), version_read(request))
    try:
        deed = merging.merge(survivor, gone, versions=versions, by=rules.editor_of(request))
    except StaleVersion:
        told = _("Somebody changed one of the two meanwhile; nothing was merged. This is how they stand now.")
        return _page(admin, request, gone, form, survivor=survivor, told=told, status=409)
    except merging.CannotMerge as refusal:
        return _page(admin, request, gone, form, survivor=survivor, told=str(refusal), status=400)
    admin.log_change(request, survivor, _("Took over “%(name)s” (#%(key)d).") % {"name": gone.name, "key": gone.pk})
    text = _("“%(gone)s” is merged into “%(survivor)s”.") % {"gone": gone, "survivor": survivor}
    address = reverse("admin:articles_article_deed", args=[deed.pk])
    undo = format_html('<a href="{}">{}</a>', address, _("What was done, and undo for 30 days"))
    admin.message_user(request, format_html("{} {}", text, undo), messages.SUCCESS)
    return HttpResponseRedirect(reverse(f"admin:articles_{admin.opts.model_name}_change", args=[survivor.pk]))


def _page(
    admin: ModelAdmin,
    request: HttpRequest,
    gone: Any,
    form: IntoForm,
    *,
    survivor: Any = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    if survivor is not None:
        rows = admin.model._default_manager
        gone, survivor = rows.filter(pk=gone.pk).first() or gone, rows.filter(pk=survivor.pk).first() or survivor
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Merge “%s”") % gone,
        "opts": admin.opts,
        "media": admin.media + form.media,
        "form": form,
        "gone": gone,
        "survivor": survivor,
        "addresses": [unquote(row.get_absolute_url()) for row in (gone, survivor) if row],
        "outlook": merging.outlook(survivor, gone) if survivor else None,
        "most_shown": merging.FIRST,
        "told": told,
        "change": f"admin:articles_{admin.opts.model_name}_change",
    }
    return TemplateResponse(request, "admin/articles/named/merge.html", context, status=status)
