"""The log of what was done to many articles at once: going on with it, looking at each row, taking it back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.actions import deeds
from articles.admin import remarks, rules
from articles.admin.base import Page
from articles.admin.bulk import may
from articles.admin.choosing import FIRST
from articles.models import Deed, DeedRow

SEE = "articles.view_deed"
LOG_LENGTH = 50
ROWS_A_PAGE = 100
# The rows of a deed by what became of them: what is counted, called and filtered by.
SORTS = {
    "waiting": (_("waiting"), Q(outcome=DeedRow.Outcome.WAITING)),
    "done": (_("done"), Q(outcome=DeedRow.Outcome.DONE)),
    "unchanged": (_("nothing to do"), Q(outcome=DeedRow.Outcome.UNCHANGED)),
    "failed": (_("not done"), Q(outcome=DeedRow.Outcome.FAILED)),
    "undone": (_("undone"), Q(outcome=DeedRow.Outcome.UNDONE)),
}
COUNTS = {name: Count("pk", filter=rows) for name, (_label, rows) in SORTS.items()}
CARRY_ON, STOP, UNDO = "carry_on", "stop", "undo"


def log(admin: ModelAdmin, request: HttpRequest) -> TemplateResponse:
    """Show what was done to many articles, the newest first."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    pages = Paginator(Deed.objects.select_related("done_by", "undone_by"), LOG_LENGTH)
    page = pages.get_page(request.GET.get("p"))
    of_page = DeedRow.objects.filter(deed__in=[deed.pk for deed in page]).order_by().values_list("deed")
    counts = {deed: dict(zip(COUNTS, each, strict=True)) for deed, *each in of_page.annotate(**COUNTS)}
    undoable = set(Deed.objects.undoable().filter(pk__in=[deed.pk for deed in page]).values_list("pk", flat=True))
    user = rules.editor_of(request)
    lines = [
        {
            "deed": deed,
            "sentence": deeds.sentence(deed),
            "counts": _shown(counts.get(deed.pk, {})),
            "is_unbegun": deed.state == Deed.State.RUNNING and not counts.get(deed.pk, {}).get("done"),
            "may_undo": deed.pk in undoable and may_undo(user, deed),
            "may_go_on": deed.state == Deed.State.RUNNING and may_go_on(user, deed),
        }
        for deed in page
    ]
    context = {**_context(admin, request, _("What was done in bulk")), "lines": lines, "page": page}
    return TemplateResponse(request, "admin/articles/article/deeds.html", context)


def one(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show one deed: before it is begun what it will do, after that what became of every row; go on, stop or undo."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    deed = get_object_or_404(Deed.objects.select_related("done_by", "undone_by"), pk=pk)
    if request.method == "POST":
        return _act(admin, request, deed)
    if deed.state == Deed.State.RUNNING and not deeds.is_begun(deed) and not deeds.is_of_names(deed.kind):
        return _preview(admin, request, deed)
    return _result(admin, request, deed)


def may_go_on(user: User, deed: Deed) -> bool:
    """Say whether somebody may go on with a deed, or stop it: whoever began it."""
    return user.is_superuser or deed.done_by_id == user.pk


def may_undo(user: User, deed: Deed) -> bool:
    """Say whether somebody may take a deed back; which articles they may is asked of each again."""
    is_ours = deed.done_by_id == user.pk and not deeds.is_of_names(deed.kind)
    return is_ours or user.has_perm(rules.EDIT_ALL)


def _context(admin: ModelAdmin, request: HttpRequest, title: Any) -> dict[str, Any]:
    return {**admin.admin_site.each_context(request), "title": title, "opts": admin.opts}


def _counts(deed: Deed) -> dict[str, int]:
    return deed.rows.order_by().aggregate(**COUNTS)


def _shown(counts: dict[str, int]) -> list[tuple[str, Any, int]]:
    """The sorts of rows that occur, by their names."""
    return [(name, label, counts[name]) for name, (label, _rows) in SORTS.items() if counts.get(name)]


def _preview(admin: ModelAdmin, request: HttpRequest, deed: Deed) -> TemplateResponse:
    """What will be done to how many, to which nothing, and to which it cannot."""
    if not may_go_on(rules.editor_of(request), deed):
        raise PermissionDenied
    counts = _counts(deed)
    waiting, failed = (
        deed.rows.filter(outcome=outcome).order_by("name", "position")[:FIRST]
        for outcome in (DeedRow.Outcome.WAITING, DeedRow.Outcome.FAILED)
    )
    context = {
        **_context(admin, request, deeds.sentence(deed)),
        "deed": deed,
        "kind": deeds.KINDS[deed.kind],
        "counts": counts,
        "waiting": list(remarks.beside(deed, waiting)),
        "failed": failed,
        "batch": deeds.BATCH,
    }
    return TemplateResponse(request, "admin/articles/deed/preview.html", context)


def _result(admin: ModelAdmin, request: HttpRequest, deed: Deed) -> TemplateResponse:
    counts = _counts(deed)
    sort = request.GET.get("rows", "")
    rows = deed.rows.filter(SORTS[sort][1]) if sort in SORTS else deed.rows.all()
    user = rules.editor_of(request)
    is_running = deed.state == Deed.State.RUNNING
    is_undoing = deeds.waits_for_undo(deed)
    left = counts["waiting"] if is_running else counts["done"]
    total = sum(counts.values())
    context = {
        **_context(admin, request, deeds.sentence(deed)),
        "deed": deed,
        "kind": deeds.KINDS.get(deed.kind),
        "sorts": _shown(counts),
        "sort": sort,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p")),
        "total": total,
        "over": total - left,
        "is_running": is_running,
        "is_undoing": is_undoing,
        "may_go_on": may_go_on(user, deed) if is_running else may_undo(user, deed),
        "may_undo": may_undo(user, deed) and Deed.objects.undoable().filter(pk=deed.pk).exists(),
        "undo_count": counts["done"],
        # whoever has just asked for it wants it to go on by itself; whoever comes back from the log is asked
        "is_going": "going" in request.GET,
    }
    return TemplateResponse(request, "admin/articles/article/deed.html", context)


def _act(admin: ModelAdmin, request: HttpRequest, deed: Deed) -> HttpResponse:
    act, user = request.POST.get("act"), rules.editor_of(request)
    try:
        if act == CARRY_ON:
            return _answer(request, deeds.carry_on(deed, by=user, may=may))
        if act == STOP:
            return _stopped(admin, request, deeds.stop(deed, by=user))
        if act == UNDO:
            if not may_undo(user, deed):
                raise PermissionDenied
            return _answer(request, deeds.undo(deed, by=user, most=deeds.BATCH, may=may))
    except deeds.CannotCarryOn:
        raise PermissionDenied from None
    except deeds.CannotUndo as reason:
        admin.message_user(request, gettext(str(reason)), messages.ERROR)
        return HttpResponseRedirect(_address(deed))
    raise BadRequest("Nothing of this name is done with a deed.")


def _answer(request: HttpRequest, deed: Deed) -> HttpResponse:
    """Say how far it is: to the script as numbers, to a browser without one as the page."""
    is_undoing = deeds.waits_for_undo(deed)
    is_over = deed.state != Deed.State.RUNNING and not is_undoing
    if request.headers.get("Accept") != "application/json":
        return HttpResponseRedirect(_address(deed) if is_over else f"{_address(deed)}?going=1")
    counts = _counts(deed)
    left = counts["done"] if is_undoing else counts["waiting"]
    total = sum(counts.values())
    told = ngettext("%(over)d of %(total)d article", "%(over)d of %(total)d articles", total)
    told %= {"over": total - left, "total": total}
    return JsonResponse({"over": total - left, "total": total, "told": told, "is_over": is_over})


def _stopped(admin: ModelAdmin, request: HttpRequest, deed: Deed | None) -> HttpResponse:
    if deed is not None:
        return HttpResponseRedirect(_address(deed))
    admin.message_user(request, _("Nothing was done."), messages.INFO)
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


def _address(deed: Deed) -> str:
    return reverse("admin:articles_article_deed", args=[deed.pk])


PAGES: tuple[Page, ...] = (("deeds/", "deeds", log), ("deeds/<int:pk>/", "deed", one))
