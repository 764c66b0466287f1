"""Doing one thing to many articles: chosen, said, and shown before anything is done."""

import tempfile
from typing import Any

from django.contrib import admin as django_admin
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.actions import deeds
from articles.actions.deeds import Kind, Needs
from articles.admin import rules
from articles.admin.base import Page
from articles.admin.bulk_forms import FORMS, DeedForm
from articles.admin.choosing import FIRST, Chosen, by_numbers, chosen
from articles.exports import bundles, records
from articles.models import Article

EXPORTS = {"jsonl": _("Records as JSON lines"), "zip": _("Records and captures as a ZIP file")}
TOO_LARGE = _("The captures are larger than 100 MB. Take the records without them, or those of fewer articles.")
TOO_MANY = _("At most %(most)d articles at once; narrow the list with its filters.")


def address(query: str = "") -> str:
    """Return the address of the page for the articles that this query chooses."""
    page = reverse("admin:articles_article_bulk")
    return f"{page}?{query}" if query else page


@django_admin.action(description=_("Do to all of these…"), permissions=["view"])
def selected(admin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
    """Lead from the list to the page where one chooses what to do to the ticked articles, or to all it finds."""
    if request.POST.get("select_across") == "1":
        return HttpResponseRedirect(address(request.GET.urlencode()))
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return HttpResponseRedirect(address(by_numbers(Article.objects.filter(pk__in=keys))))


def may(user: User, article: Article, needs: Needs) -> bool:
    """Say whether somebody may do what needs this to the article."""
    if needs is Needs.EDIT:
        return rules.may_edit(user, article)
    if needs is Needs.PUBLISH:
        return user.has_perm(rules.PUBLISH)
    is_public = article.status in (Article.Status.PUBLISHED, Article.Status.SCHEDULED)
    return user.has_perm(rules.EDIT_ALL) and (needs is not Needs.JOIN or not is_public or user.has_perm(rules.PUBLISH))


def offered(user: User) -> list[Kind]:
    """Return the kinds of deeds that somebody may do to articles of some sort."""
    needed = {
        Needs.EDIT: "articles.change_article",
        Needs.EDIT_ALL: rules.EDIT_ALL,
        Needs.PUBLISH: rules.PUBLISH,
        Needs.JOIN: rules.EDIT_ALL,
    }
    return [kind for kind in deeds.KINDS.values() if user.has_perm(needed[kind.needs])]


def bulk(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Choose what to do to the chosen articles, say it, and have it looked at; or take their records away."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    found = chosen(admin, request)
    if request.GET.get("do") == "export":
        return _export(admin, request, found)
    kind = _kind(request)
    form = _form(kind, request, found) if kind else None
    if kind and form and request.method == "POST" and form.is_valid():
        return _begin(admin, request, found, kind, form)
    return _page(admin, request, found, kind, form)


def _kind(request: HttpRequest) -> Kind | None:
    """The kind that was asked for; none is, as long as nobody has chosen one."""
    name = request.GET.get("do")
    if name is None:
        return None
    kind = deeds.KINDS.get(name)
    if kind is None:
        raise Http404
    if kind not in offered(rules.editor_of(request)):
        raise PermissionDenied
    return kind


def _form(kind: Kind, request: HttpRequest, found: Chosen) -> DeedForm:
    form = FORMS[kind.name](request.POST if request.method == "POST" else None)
    form.suit(found.articles)
    return form


def _begin(
    admin: ModelAdmin, request: HttpRequest, found: Chosen, kind: Kind, form: DeedForm
) -> HttpResponse | TemplateResponse:
    try:
        deed = deeds.begin(kind.name, found.articles, form.said(), by=rules.editor_of(request), may=may)
    except deeds.TooMany:
        form.add_error(None, TOO_MANY % {"most": deeds.MOST_ROWS})
        return _page(admin, request, found, kind, form)
    return HttpResponseRedirect(reverse("admin:articles_article_deed", args=[deed.pk]))


def _page(
    admin: ModelAdmin, request: HttpRequest, found: Chosen, kind: Kind | None, form: DeedForm | None
) -> TemplateResponse:
    count = found.articles.count()
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "title": kind.title if kind else _("Do to all of these"),
        "opts": admin.opts,
        "found": found,
        "count": count,
        "first": found.articles.only("title", "status", "live_from").order_by("title", "pk")[:FIRST],
        "kinds": [
            (each, address(found.address(do=each.name)), each is kind) for each in offered(rules.editor_of(request))
        ],
        "exports": [(label, address(found.address(do="export", **{"as": name}))) for name, label in EXPORTS.items()],
        "kind": kind,
        "form": form,
        "media": admin.media + form.media if form else admin.media,
    }
    return TemplateResponse(request, "admin/articles/article/bulk.html", context)


def _export(admin: ModelAdmin, request: HttpRequest, found: Chosen) -> HttpResponseBase:
    """Hand out the records of the articles, with their captures where these are asked for and not too large."""
    kind = request.GET.get("as", "jsonl")
    if kind not in EXPORTS:
        raise Http404
    name = f"wenmai-{timezone.localdate():%Y%m%d}"
    if kind == "jsonl":
        response = StreamingHttpResponse(records.lines(found.articles), content_type="application/x-ndjson")
        response["Content-Disposition"] = f'attachment; filename="{name}.jsonl"'
        return response
    if bundles.size(found.articles) > bundles.MOST_BYTES:
        admin.message_user(request, TOO_LARGE, messages.ERROR)
        return HttpResponseRedirect(address(found.query))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    bundles.write(found.articles, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.zip")


PAGES: tuple[Page, ...] = (("bulk/", "bulk", bulk),)
