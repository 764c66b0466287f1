"""Lists an editor comes back to: kept under a name, for themselves or for everybody."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin import filters, rules
from articles.admin.base import Page
from articles.admin.keys import searchable
from articles.models import SavedView

MOST_SHOWN = 40
KNOWN = (SEARCH_VAR, ORDER_VAR, *(kind.parameter_name for kind in filters.OF_ARTICLES))


class ViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ("name", "is_shared")


def known(query: str) -> str:
    """Return what stands behind the ? with what the list understands, and nothing else.

    >>> known("status=draft&p=3&password=x")
    'status=draft'
    """
    asked, kept = QueryDict(query[:1_000]), QueryDict(mutable=True)
    for name in KNOWN:
        if value := searchable(asked.get(name, "")):
            kept[name] = value
    return kept.urlencode()


def context(request: HttpRequest) -> dict[str, Any]:
    """What the list shows of saved views: own ones first, then those of the house."""
    user = rules.editor_of(request)
    views = SavedView.objects.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner")
    shown = sorted(views[:MOST_SHOWN], key=lambda view: view.owner_id != user.pk)
    query = known(request.GET.urlencode())
    return {
        "saved_views": shown,
        "view_query": query,
        "view_form": ViewForm(),
        "may_share": user.has_perm(rules.EDIT_ALL),
        "list_address": address_of(""),
    }


def address_of(query: str) -> str:
    return reverse("admin:articles_article_changelist") + (f"?{query}" if query else "")


def keep(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Keep the list under a name; a view of one's own with this name is replaced."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not admin.has_view_permission(request):
        raise PermissionDenied
    user, query = rules.editor_of(request), known(request.POST.get("query", ""))
    form = ViewForm(request.POST)
    if not query:
        admin.message_user(request, _("Choose a filter or search first: this would be the whole list."), messages.ERROR)
    elif not form.is_valid():
        admin.message_user(request, _("Give the view a name of at most 60 characters."), messages.ERROR)
    else:
        shared = form.cleaned_data["is_shared"] and user.has_perm(rules.EDIT_ALL)
        SavedView.objects.update_or_create(
            owner=user, name=form.cleaned_data["name"], defaults={"query": query, "is_shared": shared}
        )
        admin.message_user(request, _("The view “%s” is kept.") % form.cleaned_data["name"], messages.SUCCESS)
    return HttpResponseRedirect(address_of(query))


def delete(admin: ModelAdmin, request: HttpRequest, view: int) -> HttpResponse:
    """Delete a view of one's own; what it listed is untouched."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    mine = get_object_or_404(SavedView, pk=view, owner=rules.editor_of(request))
    mine.delete()
    admin.message_user(request, _("The view “%s” is deleted.") % mine.name, messages.SUCCESS)
    return HttpResponseRedirect(address_of(known(mine.query)))


PAGES: tuple[Page, ...] = (
    ("views/keep/", "keep_view", keep),
    ("views/<int:view>/delete/", "delete_view", delete),
)
