"""An article as readers will see it, before they do: on a phone, on paper, in the dark, in the other script."""

from typing import Any

from csp.constants import SELF
from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.actions import lending
from articles.admin import keeping, rules
from articles.admin.article_form import COLUMNS
from articles.admin.base import Page
from articles.admin.keys import searchable
from articles.models import Article, Byline, Edition, PreviewLink, Tag, WorkingCopy, parse_precise

LOOKS = ("light", "dark")
# The language whose pages are in this script; English shows the text in its own.
LANGUAGES = {"hans": "zh-hans", "hant": "zh-hant", "own": "en"}
DAYS = (1, 3, 7, 30)


def preview(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The article as readers will see it: the same page, with the edition that is being worked on.

    The address may say how: `script=hans|hant|own`, `look=light|dark`, and `copy=` for what the same
    editor has typed and not saved.
    """
    article = _article(admin, request, pk)
    mine = WorkingCopy.objects.filter(article=article, typed_by=rules.editor_of(request))
    if copy := mine.filter(token=searchable(request.GET.get("copy", ""))).first():
        show_as_typed(admin, request, article, keeping.as_sent(copy))
    look = request.GET.get("look")
    shown = {
        "article": article,
        "edition": article.current,
        "is_preview": True,
        "look": look if look in LOOKS else "",
    }
    with translation.override(LANGUAGES.get(request.GET.get("script", ""), translation.get_language())):
        page = render(request, "reading/article.html", shown)
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["X-Frame-Options"] = "SAMEORIGIN"
    # what django-csp's decorator sets, which cannot be put on a view that is called with its admin first
    page._csp_replace = {"frame-ancestors": [SELF]}
    return page


def show_as_typed(admin: ModelAdmin, request: HttpRequest, article: Article, sent: QueryDict) -> None:
    """Put what the form would send into the article, for the eye only: nothing is saved.

    What is typed by half and cannot be read yet is shown as it stands.
    """
    form = admin.get_form(request, article, change=True)(sent, instance=article)
    form.full_clean()
    typed = {name: value for name, value in form.cleaned_data.items() if name in sent}
    edition = article.current
    for name in typed.keys() & set(COLUMNS):
        setattr(edition, name, typed[name])
    if "date" in typed and typed["date"] != form.standing["date"]:
        edition.original_date, edition.original_precision = parse_precise(typed["date"])
    if "tags" in typed:
        known = {tag.name: tag for tag in Tag.objects.filter(name__in=typed["tags"])}
        tags = [known.get(name) or Tag(name=name, slug=Tag().slugify(name)) for name in typed["tags"]]
        _as_fetched(article, "tags", Tag, tags)
    for formset, inline in admin.get_formsets_with_inlines(request, article):
        prefix = formset.get_default_prefix()
        if inline.of_edition and f"{prefix}-TOTAL_FORMS" in sent:
            _as_fetched(edition, prefix, Byline, formset(sent, prefix=prefix, instance=Edition()).half_typed())


def _as_fetched(row: Model, name: str, model: type[Model], rows: list) -> None:
    """Let these rows be what the row is found to have, as if they had been fetched with it."""
    fetched = model._default_manager.none()
    fetched._result_cache = rows
    row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), name: fetched}


def previews(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The stage around the preview: widths, looks, scripts, paper."""
    return _stage(admin, request, _article(admin, request, pk))


class LendForm(forms.Form):
    note = forms.CharField(label=_("for whom"), max_length=100, required=False)
    days = forms.TypedChoiceField(label=_("open for"), coerce=int, initial=7)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in DAYS]
        self.fields["days"].choices = days


def lend(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link for somebody outside, and show its address this once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = _to_be_lent(admin, request, pk)
    form = LendForm(request.POST)
    if not form.is_valid():
        return _stage(admin, request, article, form)
    try:
        _link, token = lending.lend(article, by=rules.editor_of(request), **form.cleaned_data)
    except lending.TooManyLinks:
        form.add_error(None, _("So many links to this article are open already. Close some first."))
        return _stage(admin, request, article, form)
    admin.log_change(request, article, gettext("Lent to an outsider: %(note)s") % {"note": form.cleaned_data["note"]})
    with translation.override("zh-hans"):
        address = request.build_absolute_uri(reverse("lent", args=[token]))
    return _stage(admin, request, article, address=address)


def revoke(admin: ModelAdmin, request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Close a link at once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = _to_be_lent(admin, request, pk)
    found = get_object_or_404(PreviewLink, pk=link, article=article)
    if lending.revoke(found):
        admin.log_change(request, article, gettext("Closed a link lent to: %(note)s") % {"note": found.note})
    return HttpResponseRedirect(reverse("admin:articles_article_previews", args=[pk]) + "#links")


def _article(admin: ModelAdmin, request: HttpRequest, pk: int) -> Article:
    editions = ("working__original_source", "live__original_source")
    article = get_object_or_404(Article.objects.select_related(*editions), pk=pk)
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    return article


def _to_be_lent(admin: ModelAdmin, request: HttpRequest, pk: int) -> Article:
    article = _article(admin, request, pk)
    if not rules.may_edit(rules.editor_of(request), article):
        raise PermissionDenied
    return article


def _stage(
    admin: ModelAdmin, request: HttpRequest, article: Article, form: forms.Form | None = None, address: str = ""
) -> HttpResponse:
    may_lend = rules.may_edit(rules.editor_of(request), article)
    shown = {
        **admin.admin_site.each_context(request),
        "title": gettext("Preview"),
        "opts": admin.opts,
        "article": article,
        "address": address,
        "may_edit": may_lend,
        "form": (form or LendForm()) if may_lend else None,
        "links": article.preview_links.open().select_related("made_by") if may_lend else [],
    }
    return TemplateResponse(request, "admin/articles/article/previews.html", shown, status=400 if form else 200)


PAGES: tuple[Page, ...] = (
    ("<int:pk>/preview/", "preview", preview),
    ("<int:pk>/previews/", "previews", previews),
    ("<int:pk>/links/", "lend", lend),
    ("<int:pk>/links/<int:link>/revoke/", "revoke", revoke),
)
