"""What every request and response of this site goes through: headers, policies, language, loopback."""

from collections.abc import Callable
from ipaddress import ip_address

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.encoding import escape_uri_path

from articles.models import Site
from site_project import policy

Handler = Callable[[HttpRequest], HttpResponse]

NOT_MODIFIED = 304
ADMIN_PREFIX = "/admin/"
PREFIXES = {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


def every_response(get_response: Handler) -> Handler:
    """Put the security headers on every response, errors and static files included; stands outermost."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in policy.HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code != NOT_MODIFIED:  # its headers would replace those the browser keeps with the page
            response.headers.setdefault("Content-Security-Policy", policy.NOT_A_PAGE)
        return response

    return middleware


def loopback_only(get_response: Handler) -> Handler:
    """Refuse visitors from elsewhere while LOCAL=true: a laptop's plain HTTP must not leave the laptop."""

    def middleware(request: HttpRequest) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR", "")
        if settings.LOCAL and not (address and ip_address(address).is_loopback):
            return HttpResponseForbidden("LOCAL=true serves this computer only.", content_type="text/plain")
        return get_response(request)

    return middleware


class ContentPolicy(CSPMiddleware):
    """The strict policy on pages: one for readers, one with a nonce for the admin."""

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if report_only or not is_page:
            return PolicyParts(config={}) if not report_only else parts
        parts.config = policy.ADMIN if request.path_info.startswith(ADMIN_PREFIX) else settings.PUBLIC_POLICY
        return parts


def language(get_response: Handler) -> Handler:
    """Choose the language by the address for readers, and by the editor's own choice under /admin/.

    Readers: no prefix is Simplified Chinese, `/zh-hant/…` and `/en/…` say so themselves, so that an address means one
    page whatever the browser asks for (no `Vary: Accept-Language`). Other spellings redirect to the one address.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        _, prefix, *rest = request.path_info.split("/", 2)
        plain = prefix.lower()
        if plain == settings.LANGUAGE_CODE or (plain in PREFIXES and plain != prefix):
            return _redirect(request, "" if plain == settings.LANGUAGE_CODE else f"/{plain}", *rest)
        if request.path_info.startswith(ADMIN_PREFIX):
            code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            chosen = code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        else:
            chosen = prefix if prefix in PREFIXES else settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen  # as Django's own LocaleMiddleware does
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware


def offered_languages(get_response: Handler) -> Handler:
    """Let nothing stand at the addresses of a language that this site does not offer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        prefix = request.path_info.split("/", 2)[1]
        if prefix in PREFIXES and not Site.shown().offers(prefix):
            raise Http404
        return get_response(request)

    return middleware


def _redirect(request: HttpRequest, prefix: str, rest: str = "") -> HttpResponse:
    """Return the redirect to the one spelling; leading slashes go, or `//host` would lead off the site."""
    query = request.META.get("QUERY_STRING", "")
    path = escape_uri_path(f"{prefix}/{rest.lstrip('/')}")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def private_pages(get_response: Handler) -> Handler:
    """Keep the admin out of every cache, and its addresses out of the Referer header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(ADMIN_PREFIX):
            patch_cache_control(response, private=True, no_store=True)
            # Not no-referrer: browsers then send `Origin: null` with a form, which the CSRF check refuses.
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return middleware
