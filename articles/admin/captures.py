"""Captures and findings: what came in and what looked wrong in it; looked at, never written by hand."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.admin import readings
from articles.admin.base import LibraryAdmin
from articles.admin.filters import ClassFilter
from articles.admin.rules import ReadOnly
from articles.models import Capture, Finding, name_of_class

# Nothing that came from outside may act as a page of this site, whatever a browser takes it for.
INERT = "default-src 'none'; sandbox"


class ValuesFilter(admin.AllValuesFieldListFilter):
    """Each value there is; what has none is called so, for a link without words leads nobody."""

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or self.empty_value_display}


class CaptureAdmin(ReadOnly, LibraryAdmin):
    list_purpose = _("What came in, byte for byte: kept for ever, changed by nobody.")
    form_purpose = _("What came in, byte for byte, and from which of its lines author, date and source were read.")
    list_display = ("__str__", "article", "media_type", "encoding", "size", "received_at")
    list_filter = (("media_type", ValuesFilter), ("encoding", ValuesFilter))
    list_select_related = ("witness__article",)
    search_fields = ("file_name", "address", "sha256")
    fields = (
        "file_name",
        "address",
        "media_type",
        "encoding",
        "size",
        "sha256",
        "received_at",
        "article",
        "download",
        "readings",
    )
    readonly_fields = ("article", "download", "readings")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bytes_view)
        return [path("<int:pk>/bytes/", view, name="articles_capture_bytes"), *super().get_urls()]

    def bytes_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand out the bytes exactly as they came, as a file to keep and nothing a browser opens."""
        capture = get_object_or_404(Capture, pk=pk)
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        try:
            file = default_storage.open(capture.path)
        except FileNotFoundError:
            raise Http404(_("The bytes of this capture are not where they should be.")) from None
        response = FileResponse(file, as_attachment=True, content_type="application/octet-stream")
        name = capture.file_name.replace("\\", "/").rsplit("/", 1)[-1] or f"{capture.sha256}.bin"
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        response["Content-Security-Policy"] = INERT
        return response

    @admin.display(description=_("article"))
    def article(self, capture: Capture) -> str:
        witness = getattr(capture, "witness", None)
        if witness is None:
            return "–"
        address = reverse("admin:articles_article_change", args=[witness.article_id])
        return format_html('<a href="{}">{}</a>', address, witness.article)

    @admin.display(description=_("bytes as received"))
    def download(self, capture: Capture) -> str:
        address = reverse("admin:articles_capture_bytes", args=[capture.pk])
        return format_html('<a href="{}">{}</a>', address, _("Download"))

    @admin.display(description=_("how it was read"))
    def readings(self, capture: Capture) -> str:
        witness = getattr(capture, "witness", None)
        return readings.table(witness.readings if witness else [])


class FindingAdmin(ReadOnly, LibraryAdmin):
    list_purpose = _("Everything that looks damaged in any article; decide on it under “Restore” of that article.")
    form_purpose = _("One place that looks damaged; decide on it under “Restore” of its article.")
    list_display = ("shown_class", "severity", "found", "suggestion", "confidence", "state", "article")
    list_filter = ("state", "severity", ClassFilter)
    list_select_related = ("edition__article",)
    ordering = ("-pk",)
    search_fields = ("code", "found", "suggestion", "edition__title")
    fields = (
        "article",
        "shown_class",
        "severity",
        "place",
        "found",
        "suggestion",
        "exact",
        "confidence",
        "state",
        "found_at",
    )
    readonly_fields = ("article", "shown_class", "place")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Finding]:
        return super().get_queryset(request).defer("edition__body_html")

    @admin.display(description=_("class"), ordering="code")
    def shown_class(self, finding: Finding) -> str | Promise:
        return name_of_class(finding.code)

    @admin.display(description=_("place"))
    def place(self, finding: Finding) -> str | Promise:
        in_title = finding.block == body.TITLE
        return _("title") if in_title else gettext("paragraph %(number)d") % {"number": finding.block + 1}

    @admin.display(description=_("article"), ordering="edition__article")
    def article(self, finding: Finding) -> str:
        article = finding.edition.article
        return format_html('<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[article.pk]), article)
