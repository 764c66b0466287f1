"""Nothing typed is lost: working copies of open forms, and who else has the article open."""

import re
from copy import copy as copy_of
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms.formsets import TOTAL_FORM_COUNT
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions import keeping
from articles.admin import conflicts, rules
from articles.admin.base import Page
from articles.admin.keys import version_read
from articles.models import Article, WorkingCopy

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")
# Of so many the form shows how they differ from what stands; further ones only when they were typed.
MOST_SHOWN = 2
MOST_LISTED = 10
MOST_PRESENT = 5
TABLE = f"-{TOTAL_FORM_COUNT}"
PAYLOAD_TOO_LARGE = 413


def keep(admin: ModelAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Keep what stands in an open form. Asked, it hands out the token that a form needs after a new sign-in.

    What is typed into a row that somebody deleted is kept like the rest.
    """
    row = _mine_to_change(admin, request, pk)
    if request.method == "GET":
        return JsonResponse({"csrf": get_token(request)})
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "POST"])
    token = request.POST.get("copy", "")
    if not TOKEN.fullmatch(token):
        return _refused(_("This form has no name of its own. Load the page anew."), 400)
    version = version_read(request)
    fields = {name: values for name, values in request.POST.lists() if is_typed(name)}
    form, by, title = keeping.form_for(admin.model, pk, row), rules.editor_of(request), str(row or "")
    try:
        copy = keeping.keep(token, by=by, version=version, fields=fields, title=title, **form)
    except keeping.TooMuch:
        return _refused(_("So long a text is not kept aside. Save it."), PAYLOAD_TOO_LARGE)
    except keeping.TooManyCopies:
        return _refused(_("You have 100 unsaved texts already. Discard some, or save this one."), 409)
    except keeping.CopyOfAnother:
        return _refused(_("This form is another’s. Load the page anew."), 409)
    is_gone = pk is not None and row is None
    gone = _("Somebody deleted this meanwhile. What you type is kept: you find it on the first page.")
    return JsonResponse({"kept": _clock(copy), "gone": gone if is_gone else ""})


def is_typed(name: str) -> bool:
    """Say whether a field of a form holds words: not its token, and not the button that was pressed."""
    return name not in ("csrfmiddlewaretoken", "copy") and not name.startswith("_")


def discard(admin: ModelAdmin, request: HttpRequest, token: str) -> HttpResponse:
    """Throw away what was typed earlier, and show the form as it stands."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = rules.editor_of(request)
    copy = keeping.waiting(user).filter(token=token).first()
    if copy is None:
        raise Http404
    keeping.forget(token, by=user)
    admin.message_user(request, _("What you had typed earlier was discarded."), messages.SUCCESS)
    return HttpResponseRedirect(form_of(copy))


def presence(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody has the article open, and tell them who else has."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = _mine_to_change(admin, request, pk)
    if not isinstance(article, Article):
        raise Http404
    keeping.be_present(article, rules.editor_of(request))
    return JsonResponse({"words": presence_words(pk, request)})


# a deed has its number elsewhere below the articles
OF_ARTICLE = "/articles/article/<int:pk>/"


def at_desk(request: HttpRequest) -> dict[str, Any]:
    """Return what every screen of one article shows: who else is at it, asked only where it is shown."""
    match = request.resolver_match
    pk = match.kwargs["pk"] if match and OF_ARTICLE in match.route else None
    if pk is None or not request.user.has_perm("articles.change_article"):
        return {}
    presence_at = reverse("admin:articles_article_presence", args=[pk])
    return {"presence_at": presence_at, "present": partial(presence_words, pk, request)}


def presence_words(article: int, request: HttpRequest) -> str:
    """Return who else is at the article with this key, as a sentence; nothing where nobody is."""
    found = keeping.others(article, rules.editor_of(request))[:MOST_PRESENT]
    return " ".join(_seen(row.editor.get_full_name() or row.editor.get_username(), row.seen_at) for row in found)


def _seen(name: str, moment: Any) -> str:
    minutes = int((timezone.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("%(name)s is editing now.") % {"name": name}
    text = ngettext(
        "%(name)s was editing %(count)d minute ago.", "%(name)s was editing %(count)d minutes ago.", minutes
    )
    return text % {"name": name, "count": minutes}


# The form


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed earlier, and how it differs from what stands; None where that was not looked at."""

    copy: WorkingCopy
    differences: list[conflicts.Difference] | None
    address: str


def desk(admin: ModelAdmin, request: HttpRequest, context: dict[str, Any], row: Model | None) -> dict[str, Any]:
    """Return what the form shows beside its fields: who else is here, and what was typed earlier."""
    if not (admin.has_change_permission(request, row) if row else admin.has_add_permission(request)):
        return {}
    name = f"admin:articles_{admin.opts.model_name}"
    article = row if isinstance(row, Article) else None
    return {
        "keep_at": reverse(f"{name}_keep", args=[row.pk]) if row else reverse(f"{name}_keep_new"),
        "presence_at": reverse("admin:articles_article_presence", args=[article.pk]) if article else "",
        "present": presence_words(article.pk, request) if article else "",
        "unsaved": [] if context["adminform"].form.is_bound else _unsaved(admin, request, context, row),
    }


def _unsaved(admin: ModelAdmin, request: HttpRequest, context: dict[str, Any], row: Model | None) -> list[Unsaved]:
    form_asked = keeping.form_for(admin.model, row.pk if row else None, row)
    mine = list(keeping.waiting(rules.editor_of(request)).filter(**form_asked).defer(None)[:MOST_LISTED])
    form = context["adminform"].form
    formsets = [inline.formset for inline in context["inline_admin_formsets"]] if mine else []
    stands = conflicts.words_of(form, formsets) if mine else {}
    found = []
    for number, copy in enumerate(mine):
        differences = None
        if number < MOST_SHOWN:
            differences = _differences(form, formsets, stands, as_sent(copy))
        if differences != []:
            found.append(Unsaved(copy, differences, f"{form_of(copy)}?copy={copy.token}"))
    return found


def _differences(form: Any, formsets: list[Any], stands: conflicts.Words, sent: QueryDict) -> list[Any]:
    """Return the fields in which what was typed differs from what stands."""
    tables = [type(formset)(sent, prefix=formset.prefix, instance=formset.instance) for formset in formsets]
    typed = conflicts.words_of(type(form)(sent), tables)
    differing = conflicts.Conflict(changed_by_both=tuple(name for name in stands if stands[name] != typed[name]))
    return conflicts.differences(differing, (None, stands, typed), form, formsets)


def asked_for(request: HttpRequest) -> QueryDict | None:
    """Return the working copy that `?copy=` names, as its form would be sent; None where there is none of theirs."""
    token = request.GET.get("copy", "")
    if not TOKEN.fullmatch(token) or not request.user.is_authenticated:
        return None
    copy = keeping.waiting(rules.editor_of(request)).filter(token=token).defer(None).first()
    return None if copy is None or form_of(copy) != request.path else as_sent(copy)


def as_sent(copy: WorkingCopy) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, values in copy.fields.items():
        sent.setlist(name, values)
    sent["copy"] = copy.token
    if is_of_new(copy):
        # the rows under one that was deleted went with it, and come back as new ones
        for prefix in [name.removesuffix(TABLE) for name in copy.fields if name.endswith(TABLE)]:
            sent = conflicts.with_rows_that_stand(sent, prefix, set())
    return sent


def is_of_new(copy: WorkingCopy) -> bool:
    """Say whether there is no row that the words would be saved into: it is being begun, or was deleted."""
    model, key = _row_of(copy)
    return key is None or (copy.article_id is None and not model._base_manager.filter(pk=key).exists())


def _row_of(copy: WorkingCopy) -> tuple[type[Model], int | None]:
    return apps.get_model("articles", copy.table), copy.article_id or copy.row


def forget(request: HttpRequest) -> None:
    """What is saved need not be kept aside any more."""
    token = request.POST.get("copy", "")
    if TOKEN.fullmatch(token):
        keeping.forget(token, by=rules.editor_of(request))


def next_of(admin: ModelAdmin, request: HttpRequest, article: Article) -> int | None:
    """Return the key of the article behind this one on the page of the list that its editor came from.

    Saving may have taken it off that list, as it should in a queue: then the first one is next.
    """
    looking = copy_of(request)
    looking.method, looking.GET = "GET", QueryDict(request.GET.get("_changelist_filters", ""))
    try:
        rows = [row.pk for row in admin.get_changelist_instance(looking).result_list]
    except IncorrectLookupParameters:
        return None
    if article.pk not in rows:
        return rows[0] if rows else None
    behind = rows[rows.index(article.pk) + 1 :]
    return behind[0] if behind else None


def form_of(copy: WorkingCopy) -> str:
    """Return the address of the form in which the words were typed; where its row is gone, that of a new one."""
    model, key = _row_of(copy)
    name = f"admin:articles_{model._meta.model_name}"
    return reverse(f"{name}_add") if is_of_new(copy) else reverse(f"{name}_change", args=[key])


def _mine_to_change(admin: ModelAdmin, request: HttpRequest, pk: int | None) -> Model | None:
    """Return the row; None for one that is being begun, or was deleted. Raises what refuses everybody else."""
    rows = Article.objects.select_related("working") if admin.model is Article else admin.model._default_manager
    row = None if pk is None else rows.filter(pk=pk).first()
    may = admin.has_add_permission(request) if pk is None else admin.has_change_permission(request, row)
    if not may:
        raise PermissionDenied
    return row


def _refused(words: str, status: int) -> JsonResponse:
    return JsonResponse({"refused": words}, status=status)


def _clock(copy: WorkingCopy) -> str:
    return date_format(timezone.localtime(copy.typed_at), "H:i")


PAGES: tuple[Page, ...] = (
    ("<int:pk>/presence/", "presence", presence),
    ("unsaved/<str:token>/discard/", "discard_copy", discard),
)
