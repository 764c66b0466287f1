"""Admins whose forms are kept aside while somebody writes in them."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from articles.admin import keeping
from articles.admin.base import LibraryAdmin
from articles.models import new_token


def kept_copy() -> forms.CharField:
    """Return the field that names the working copy which is kept of this very form."""
    return forms.CharField(required=False, max_length=40, widget=forms.HiddenInput, initial=new_token)


class KeptAdmin(LibraryAdmin):
    """Its form has a field `copy`, the name of the working copy that is kept of it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(keeping.keep, self))
        name = f"articles_{self.opts.model_name}_keep"
        ours = [path("keep/", view, name=f"{name}_new"), path("<int:pk>/keep/", view, name=name)]
        return [*ours, *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """The form; with `?copy=` it holds what was typed earlier and not saved."""
        if request.method == "GET" and (mine := keeping.asked_for(request)):
            return self.shown_again(request, object_id, mine)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        keeping.forget(request)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        context |= keeping.desk(self, request, context, kwargs.get("obj"))
        return super().render_change_form(request, context, **kwargs)
