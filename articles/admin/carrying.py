"""A form sent after its session ended: its words go through the sign-in page and back into the form.

They travel in the pages themselves, signed, so that a stranger can neither fill our tables nor bring words along.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from articles.admin import rules
from articles.admin.conflicts import RESTORED
from articles.admin.keeping import TOKEN
from articles.models import WorkingCopy

SALT = "articles.carried"
SECONDS = 24 * 60 * 60
FORMS = ("_change", "_add")

View = Callable[..., HttpResponse]


def past_sign_in(site: AdminSite, view: View) -> View:
    """Return the view, which asks people whose session ended to sign in without letting go of what they sent."""

    @wraps(view)
    def carrying(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # scripts that send by themselves keep their words and want to hear that the session ended
        is_sent_by_hand = request.method == "POST" and "text/html" in request.headers.get("Accept", "")
        if request.user.is_authenticated or not is_sent_by_hand or request.path == reverse("admin:logout"):
            return view(request, *args, **kwargs)
        return _sign_in(site, request)

    return carrying


def _sign_in(site: AdminSite, request: HttpRequest) -> HttpResponse:
    asking = copy(request)
    asking.method, asking.POST = "GET", QueryDict()
    shown = {"app_path": reverse("admin:login"), "next": request.get_full_path(), "carried": pack(request)}
    response = site.login(asking, shown)
    response.status_code = 403
    return response


def pack(request: HttpRequest) -> str:
    """Return what was sent, and where to, in a form that nobody but us can have written."""
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    return signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)


def unpack(text: str) -> tuple[str, list[tuple[str, list[str]]]] | None:
    """Return the address and the fields; None for what is not ours, or a day old."""
    try:
        address, fields = signing.loads(text, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return address, fields


def go_on(site: AdminSite, request: HttpRequest, text: str) -> HttpResponse | None:
    """Return the page that leads back to where the words were typed; None where there are none."""
    found = unpack(text)
    if found is None:
        return None
    address, fields = found
    if _are_anothers(fields, rules.editor_of(request)):
        return None
    is_form = leads_to_a_form(address)
    # a form is shown with its words and not saved; everything else is done when it is pressed once more
    kept = [(name, values) for name, values in fields if not (is_form and name.startswith("_"))]
    words = [(name, value) for name, values in kept for value in values]
    shown = {
        **site.each_context(request),
        "title": _("You are signed in again"),
        "address": address,
        "words": [*words, (RESTORED, "yes")] if is_form else words,
        "is_form": is_form,
    }
    return TemplateResponse(request, "admin/carry_on.html", shown)


def _are_anothers(fields: list[tuple[str, list[str]]], user: User) -> bool:
    """Say whether the words were typed into a form that somebody else had open, on a machine that people share."""
    tokens = [value for name, values in fields if name == "copy" for value in values if TOKEN.fullmatch(value)]
    return WorkingCopy.objects.filter(token__in=tokens).exclude(typed_by=user).exists()


def leads_to_a_form(address: str) -> bool:
    """Say whether the address is that of a form which can show words without saving them."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return False
    return match.namespace == "admin" and (match.url_name or "").endswith(FORMS)
