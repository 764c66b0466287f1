"""An article as readers will see it, before they do."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.admin.base import Page
from articles.models import Article


def preview(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The article as readers will see it: the same page, with the edition that is being worked on."""
    editions = ("working__original_source", "live__original_source")
    article = get_object_or_404(Article.objects.select_related(*editions), pk=pk)
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    shown = {"article": article, "edition": article.current, "is_preview": True}
    page = render(request, "reading/article.html", shown)
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page


PAGES: tuple[Page, ...] = (("<int:pk>/preview/", "preview", preview),)
