"""The editions of an article: seen, compared, taken up again, or let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.actions import reverting
from articles.admin import rules, steps
from articles.admin.base import Page
from articles.admin.keys import as_key
from articles.admin.steps import Step
from articles.models import Article, Edition
from articles.restoration.bodies import compare_bodies

ON_PAGE = 50
# What is compared word against word beside the text.
FACTS = (
    "title",
    "subtitle",
    "abstract",
    "notes",
    "original_source",
    "original_source_printed",
    "printed_editor",
    "keywords",
)
CHOICES = ("abstract_by", "language", "script", "checking")


@dataclass(frozen=True, slots=True)
class Line:
    """One edition in the list of them, with how much longer it is than the one before."""

    edition: Edition
    count: int
    change: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something two editions do not say alike."""

    name: str | Promise
    left: str
    right: str


def editions_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Every edition there is: what became of it, by whom, when and why."""
    article = _readable(admin, request, pk)
    page = Paginator(_newest_first(article), ON_PAGE).get_page(request.GET.get("page"))
    may_edit = rules.may_edit(rules.editor_of(request), article)
    shown = {
        "article": article,
        "page": page,
        "lines": _lines(list(page.object_list)),
        "may_restore": may_edit,
        "may_discard": may_edit and bool(article.live_id and article.working_id),
    }
    return _screen(admin, request, article, "editions", _("Editions"), shown)


def compare_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Two editions beside each other; without a choice the two newest."""
    article = _readable(admin, request, pk)
    newest = list(_newest_first(article).values_list("pk", flat=True)[:2])
    left = _of_article(article, request.GET.get("left", str(newest[-1])))
    right = _of_article(article, request.GET.get("right", str(newest[0])))
    return _screen(admin, request, article, "compare", _("Two editions"), {"article": article, **beside(left, right)})


def restore_view(admin: ModelAdmin, request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """Show what would change, then make the old edition the working one."""
    if not rules.may_edit(rules.editor_of(request), get_object_or_404(Article, pk=pk)):
        raise PermissionDenied
    old = get_object_or_404(Edition.objects.select_related("original_source"), pk=edition, article=pk, number__gt=0)
    words = {"number": old.number}
    step = Step(
        _("Restore edition %(number)d") % words,
        _(
            "Its text, metadata and byline become the working edition, for you to change and publish; readers see no"
            " difference until then, and no published edition is touched."
        ),
        lambda article, version, by, said: reverting.restore(article, version=version, by=by, edition=old),
        lambda said: gettext("Edition %(number)d is the working edition again.") % words,
        rules.may_edit,
        template="admin/articles/article/revert.html",
    )
    return steps.take(step, admin, request, pk, shown=lambda article, form: _what_goes(article, old))


def _what_goes(article: Article, into: Edition) -> dict[str, Any]:
    replaced = _("A new edition has been begun. What stands in it now goes, as shown below.")
    return {"warning": replaced if article.working_id else "", **beside(article.current, into)}


def _what_is_discarded(article: Article, form: forms.Form) -> dict[str, Any]:
    if article.working is None or article.live is None:
        return {}
    warning = _("What was changed since the published edition goes for good.")
    return {"warning": warning, **beside(article.working, article.live)}


DISCARD = Step(
    _("Discard changes"),
    _("The new edition that has been begun is dropped; what readers see stays as it is."),
    lambda article, version, by, said: reverting.discard(article, version=version),
    lambda said: gettext("Changes discarded."),
    rules.may_edit,
    template="admin/articles/article/revert.html",
)


def beside(left: Edition, right: Edition) -> dict[str, Any]:
    """Return what a screen shows of two editions: the text and its markup by paragraph, and every fact that differs."""
    rows = compare_bodies(left.body_html, right.body_html)
    return {
        "left": left,
        "right": right,
        "left_title": name_of(left),
        "right_title": name_of(right),
        "rows": rows,
        "word_count": sum(not row.is_same for row in rows),
        "markup_count": sum(row.differs_in_markup_only for row in rows),
        "facts": _facts(left, right),
    }


def name_of(edition: Edition) -> str:
    if edition.number is None:
        return gettext("Working edition")
    return gettext("Edition %(number)d") % {"number": edition.number}


def _facts(left: Edition, right: Edition) -> list[Fact]:
    """What both say of themselves, where they differ."""
    sayings = zip(_said(left), _said(right), strict=True)
    return [Fact(capfirst(name), before, after) for (name, before), (_name, after) in sayings if before != after]


def _said(edition: Edition) -> list[tuple[Any, str]]:
    """What an edition says beside its text: names with words."""
    names = {name: Edition._meta.get_field(name).verbose_name for name in (*FACTS, *CHOICES)}
    signed = "、".join(map(str, edition.bylines.select_related("author")))
    return [
        *((names[name], str(getattr(edition, name) or "")) for name in FACTS),
        (_("authors"), signed),
        (_("original date"), edition.original_date_text),
        *((names[name], str(getattr(edition, f"get_{name}_display")())) for name in CHOICES),
    ]


def _newest_first(article: Article) -> QuerySet[Edition]:
    """The working edition, then the others down from the last number."""
    people = ("made_by", "changed_by", "published_by")
    return article.editions.select_related(*people).order_by(F("number").desc(nulls_first=True))


def _lines(editions: Sequence[Edition]) -> list[Line]:
    counts = [edition.character_count() for edition in editions]
    before: list[int | None] = [*counts[1:], None]
    return [
        Line(edition, count, None if last is None else count - last)
        for edition, count, last in zip(editions, counts, before, strict=True)
    ]


def _readable(admin: ModelAdmin, request: HttpRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.with_standing().select_related("working", "live"), pk=pk)
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    return article


def _of_article(article: Article, key: str) -> Edition:
    edition = article.editions.select_related("original_source").filter(pk=as_key(key) or 0).first()
    if edition is None:
        raise Http404(_("This article has no such edition."))
    return edition


def _screen(
    admin: ModelAdmin, request: HttpRequest, article: Article, name: str, title: str | Promise, shown: dict[str, Any]
) -> HttpResponse:
    context = {**admin.admin_site.each_context(request), "title": title, "opts": admin.opts, **shown}
    return TemplateResponse(request, f"admin/articles/article/{name}.html", context)


PAGES: tuple[Page, ...] = (
    ("<int:pk>/editions/", "editions", editions_view),
    ("<int:pk>/compare/", "compare", compare_view),
    ("<int:pk>/editions/<int:edition>/restore/", "restore_edition", restore_view),
    steps.page("discard", "discard_edition", DISCARD, shown=_what_is_discarded),
)
