"""What a visitor reads when something is not there, not allowed or broken; nothing here asks the database."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("errors/400.html", request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("errors/403.html", request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("errors/404.html", request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page("errors/500.html", request, 500)


def _page(template: str, request: HttpRequest, status: int) -> HttpResponse:
    """Render without context processors: they may be what is broken, and some ask the database."""
    page = render_to_string(template, {"request": request})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
