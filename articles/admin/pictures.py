"""The pictures of the library: looked at, credited, and never lost while a text shows them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.actions import picturing
from articles.admin import rules
from articles.admin.base import LibraryAdmin
from articles.admin.keys import version_read
from articles.models import Article, Picture

MOST_ARTICLES = 20


class PictureAdmin(LibraryAdmin):
    list_purpose = _("Every picture of the library, with who made it and the articles that show it.")
    form_purpose = _("Say who made the picture; what it shows is said in each article, under “Pictures”.")
    list_display = ("thumbnail", "shown_size", "credit", "articles", "received_at")
    list_display_links = ("thumbnail",)
    list_filter = ("media_type",)
    search_fields = ("credit", "address", "sha256")
    fields = ("thumbnail", "credit", "shown_size", "articles", "address", "received_by", "received_at", "sha256")
    readonly_fields = ("thumbnail", "shown_size", "articles", "address", "received_by", "received_at", "sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        return super().get_queryset(request).select_related("received_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A picture comes in with the article it belongs to."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or rules.may_credit(rules.editor_of(request), obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        """What any edition shows stays: old editions keep their pictures too."""
        return super().has_delete_permission(request, obj) and obj is not None and not picturing.is_used(obj)

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        try:
            picturing.discard(obj, version=version_read(request))
        except picturing.StillUsed:
            raise PermissionDenied from None

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Find out for the whole page at once which articles show its pictures."""
        rows = super().get_changelist_instance(request)
        self._use(rows.result_list)
        return rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        picture: Any = super().get_object(request, object_id, from_field)
        if picture is not None:
            self._use([picture])
        return picture

    def _use(self, pictures: Any) -> None:
        used = picturing.articles_with(pictures)
        for picture in pictures:
            picture.used_in = used.get(picture.sha256, [])

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> str:
        said = _("Picture %(digest)s") % {"digest": picture.sha256[:12]}
        return format_html('<img class="thumbnail" src="{}" alt="{}" loading="lazy">', picture.thumbnail, said)

    @admin.display(description=_("size"), ordering="size")
    def shown_size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height} · {filesizeformat(picture.size)}"

    @admin.display(description=_("articles"))
    def articles(self, picture: Any) -> str:
        shown: list[Article] = picture.used_in[:MOST_ARTICLES]
        links = (
            (reverse("admin:articles_article_change", args=[article.pk]), article.title or article.pk)
            for article in shown
        )
        more = "……" if len(picture.used_in) > MOST_ARTICLES else ""
        return format_html("{}{}", format_html_join("、", '<a href="{}">{}</a>', links), more) or "–"
