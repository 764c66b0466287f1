"""What a visitor reads when something is not there, not allowed or broken; nothing here asks the database."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import translation

from articles.models import Site

# The editors' forms, which can show words without saving them.
FORMS = ("_change", "_add")

logger = logging.getLogger(__name__)

# What is left to say when a half-finished deployment broke the templates or the translations too.
LAST_WORDS = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>文脉 Wenmai</title>'
    '<p>网站出了差错，请稍后再试。</p><p lang="en">Something went wrong on our side. Please try again later.</p>'
    '<p><a href="/">文脉 Wenmai</a></p></html>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("errors/400.html", request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("errors/403.html", request, 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: most often the page stood open over a restart or a new sign-in."""
    words = _typed(request)
    said = {"words": words, "token": get_token(request)} if words else {}
    return _page("errors/form_expired.html", request, 403, **said)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the words of an editor's form that was sent from one of our own pages, to be shown and not saved.

    Another site's page could send a form as well; what it sends is not offered, and the browser says who sent it.
    """
    own = f"{request.scheme}://{request.get_host()}"
    is_ours = request.method == "POST" and request.headers.get("Origin") == own
    match = request.resolver_match
    if not is_ours or match is None or match.namespace != "admin" or not (match.url_name or "").endswith(FORMS):
        return []
    sent = ((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    words = [(name, value) for name, values in sent for value in values if not name.startswith("_")]
    return [*words, ("_restored", "yes")]


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict) -> HttpResponse:
    """Too many wrong passwords from one address for one name."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    return _page("errors/locked_out.html", request, 429, minutes=minutes)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("errors/404.html", request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of last resort: no layout, no static file, and an answer even where it cannot be made itself."""
    try:
        page = _apology(request.path_info)
    except (TemplateDoesNotExist, TemplateSyntaxError, OSError, UnicodeError):
        logger.exception("The page for errors is broken too.")
        page = LAST_WORDS
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})


def _apology(path: str) -> str:
    """Return the page in the language of the address, also where the fault came before the language was chosen."""
    language = translation.get_language_from_path(path) or translation.get_language() or settings.LANGUAGE_CODE
    prefix = "" if language == settings.LANGUAGE_CODE else f"{language}/"
    with translation.override(language):
        return render_to_string("errors/500.html", {"language": language, "home": f"{get_script_prefix()}{prefix}"})


def _page(template: str, request: HttpRequest, status: int, **said: object) -> HttpResponse:
    """Render without context processors: they may be what is broken, and some ask the database."""
    page = render_to_string(template, {"request": request, "identity": Site.remembered(), **said})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
