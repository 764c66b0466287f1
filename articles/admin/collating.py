"""Two copies of an article beside each other, and their readings for the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.actions import collating
from articles.actions.collating import SIDES
from articles.actions.descending import name_of
from articles.admin import conflicts, rules
from articles.admin.base import Page
from articles.admin.keys import version_read
from articles.models import Article, StaleVersion, Witness
from articles.restoration import variants
from articles.restoration.variants import Collation, Variant

# the side that is the article's own text
TEXT = "text"
# what the address says where copies are to be shown as they were written
OWN_SCRIPT = "own"
ON_A_PAGE = 40
MOST_ROWS = 400
MOST_CHARACTERS = 200_000
REFUSALS: dict[type[collating.CannotTake], Promise] = {
    collating.PlaceUnsure: _("It is not sure where in the text this reading belongs. Write it there by hand."),
    collating.Moved: _("These words stand elsewhere in the other copy. Move them in the text by hand."),
    collating.StandsAlready: _("The text reads so already."),
    collating.Divided: _("Marks divide these words, or they are all of a paragraph. Write the reading there by hand."),
}


@dataclass
class Pair:
    """The two sides of one look, each a copy or the text that is edited."""

    request: HttpRequest
    article: Article

    @cached_property
    def copies(self) -> list[Witness]:
        rows = self.article.witnesses.filter(capture__isnull=False).select_related("source", "capture")
        return list(rows.prefetch_related("capture__further_parts"))

    @property
    def choices(self) -> list[tuple[str, str]]:
        named = [(str(copy.pk), f"{name_of(copy)} {copy.date_there[:10]}".strip()) for copy in self.copies]
        return [(TEXT, str(_("the text as it stands now"))), *named]

    @cached_property
    def sides(self) -> tuple[str, str]:
        """What was asked for, else the first copy beside the text. Raises `Http404` for what is none of these."""
        first = str(self.copies[0].pk) if self.copies else TEXT
        left, right = (self.request.GET.get(side) or other for side, other in (("left", first), ("right", TEXT)))
        if not {left, right} <= dict(self.choices).keys():
            raise Http404(_("That is no copy of this article whose bytes are kept."))
        return left, right

    @property
    def names(self) -> tuple[str, str]:
        left, right = self.sides
        return dict(self.choices)[left], dict(self.choices)[right]

    @cached_property
    def text(self) -> list[str]:
        return collating.paragraphs(self.article.current.body_html)

    @cached_property
    def collation(self) -> Collation:
        """Raises `CannotCollate`."""
        left, right = (self._read(side) for side in self.sides)
        if max(sum(map(len, side)) for side in (left, right)) > MOST_CHARACTERS:
            raise collating.CannotCollate
        script = self.article.current.script
        return variants.collate(left, right, self.text, script=script, as_printed=self.is_own)

    def _read(self, side: str) -> Sequence[str]:
        if side == TEXT:
            return self.text
        return collating.text_of(next(copy for copy in self.copies if str(copy.pk) == side))

    @property
    def is_own(self) -> bool:
        """Whether the copies are to be compared as they were printed."""
        return OWN_SCRIPT in self.request.GET


def collate(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show where two copies differ; take a reading of one of them into the text."""
    article = get_object_or_404(Article.objects.select_related("live", "working"), pk=pk)
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    pair = Pair(request, article)
    if request.method == "POST":
        if not rules.may_edit(rules.editor_of(request), article):
            raise PermissionDenied
        return _take(admin, pair)
    return TemplateResponse(request, "admin/articles/article/collate.html", _shown(admin, pair))


def _take(admin: ModelAdmin, pair: Pair) -> HttpResponse:
    request, article = pair.request, pair.article
    key, _dash, named = request.POST.get("take", "").partition("-")
    side = next((side for side in SIDES if side == named), None)
    if side is None:
        raise Http404(_("A reading stands on the left or on the right."))
    version = version_read(request)
    if version != article.version:
        return conflicts.stale(admin, request, article)
    try:
        found = next((variant for variant in pair.collation.variants if variant.key == key), None)
        if found is None:
            raise Http404(_("The copies do not differ there."))
        source = pair.names[SIDES.index(side)]
        repair = collating.take(article, found, side, version=version, by=rules.editor_of(request), remark=source)
    except StaleVersion:
        return conflicts.stale(admin, request, article)
    except collating.CannotTake as refusal:
        admin.message_user(request, str(REFUSALS[type(refusal)]), messages.ERROR)
    except collating.CannotCollate:
        admin.message_user(request, _("One of the copies cannot be read any more."), messages.ERROR)
    else:
        taken = _("Reading taken")
        admin.log_change(request, article, f"{taken}: {repair.found} → {repair.suggestion} ({source})")
        said = _("Taken into the working edition: “%(found)s” now reads “%(suggestion)s”.")
        admin.message_user(request, said % {"found": repair.found, "suggestion": repair.suggestion}, messages.SUCCESS)
    return HttpResponseRedirect(request.get_full_path())


def _shown(admin: ModelAdmin, pair: Pair) -> dict[str, Any]:
    article, request = pair.article, pair.request
    shown = {
        **admin.admin_site.each_context(request),
        "title": _("Collation"),
        "subtitle": str(article),
        "opts": admin.opts,
        "article": article,
        "may_edit": rules.may_edit(rules.editor_of(request), article),
        "choices": pair.choices,
        "left": pair.sides[0],
        "right": pair.sides[1],
        "left_title": pair.names[0],
        "right_title": pair.names[1],
    }
    try:
        return shown | _found(pair)
    except collating.CannotCollate:
        return shown | {"is_unreadable": True}


def _found(pair: Pair) -> dict[str, Any]:
    """The variants of one page of them, and the rows around."""
    collation = pair.collation
    shows_all = "all" in pair.request.GET
    telling = [variant for variant in collation.variants if not variant.is_formal]
    chosen = collation.variants if shows_all else telling
    page = Paginator(chosen, ON_A_PAGE).get_page(pair.request.GET.get("page"))
    return {
        "page": page,
        "variants": [_entry(variant) for variant in page],
        "count": len(chosen),
        "formal_count": len(collation.variants) - len(telling),
        "shows_all": shows_all,
        "is_folded": collation.is_rewritten and not pair.is_own,
        "is_own": pair.is_own,
        "rows": collation.rows[:MOST_ROWS],
        "is_cut": len(collation.rows) > MOST_ROWS,
    }


def _entry(variant: Variant) -> dict[str, Any]:
    agreement = variant.agreement
    sides = [
        {"name": side, "words": words, "printed": printed, "stands": agreement in (side, "both")}
        for side, words, printed in zip(SIDES, variant.readings, variant.printed, strict=True)
    ]
    return {"variant": variant, "sides": sides, "agreement": agreement}


PAGES: tuple[Page, ...] = (("<int:pk>/collate/", "collate", collate),)
