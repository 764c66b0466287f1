"""The restoration desk: what copying did to a text, beside what came in, decided one by one or class by class."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.actions import restoring
from articles.actions.restoring import CannotDecide, Looked, NoSuchFinding, NoSuggestion, Outcome, WordsGone
from articles.admin import conflicts, rules, typed
from articles.admin.article_form import line
from articles.admin.base import Page
from articles.admin.finding_list import Desk
from articles.admin.keys import as_key, version_read
from articles.models import Article, Finding, StaleVersion, name_of_class

LONGEST_REASON = int(Finding._meta.get_field("remark").max_length or 0)
LONGEST_WORDS = 200
REASONS: dict[str, Promise] = {
    "printed": gettext_lazy("It stands so in the original."),
    "meant": gettext_lazy("It is meant so: a quotation, a name, a usage of its time."),
    "alarm": gettext_lazy("A false alarm: nothing is wrong here."),
    "unsure": gettext_lazy("Something is wrong, but what stood there cannot be known."),
}
REFUSALS: dict[type[CannotDecide], Promise] = {
    CannotDecide: gettext_lazy("There is nothing left to decide here."),
    NoSuggestion: gettext_lazy("Nothing is suggested for this place. Write what belongs there in the form."),
    WordsGone: gettext_lazy(
        "The words no longer stand there by themselves, or marks divide them. Change the place in the form."
    ),
}


class RemarkForm(forms.Form):
    remark = forms.CharField(label=gettext_lazy("reason"), required=False, max_length=LONGEST_REASON, widget=line())


class WordsForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("what stood here"), max_length=LONGEST_WORDS, widget=line())


# What is typed for a decision.
FORMS: dict[str, type[forms.Form]] = {"dismiss": RemarkForm, "write": WordsForm}


class Refused(Exception):
    """What was sent cannot be done; the sentence says why, in the editor's words."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Words that were refused, for the page on which they stand again: of which finding, in which field, and why."""

    key: int | None
    name: str
    words: str
    why: str
    is_listed: bool


def restore_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the copy that came in beside the text, with its findings; decide on them."""
    article = Article.objects.select_related("working", "live").filter(pk=pk).first()
    if article is None:
        return typed.gone(admin, request, lambda: _words(request))
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    desk = Desk(article, request.GET)
    if request.method == "POST":
        return _decide(admin, request, desk)
    return _page(admin, request, desk)


def _page(admin: ModelAdmin, request: HttpRequest, desk: Desk, unsaid: Unsaid | None = None) -> HttpResponse:
    article = desk.article
    shown = {
        **admin.admin_site.each_context(request),
        "title": _("Restore: %(article)s") % {"article": article.current.title},
        "opts": admin.opts,
        "article": article,
        "desk": desk,
        "may_edit": rules.may_edit(rules.editor_of(request), article),
        "reasons": REASONS,
        "longest_reason": LONGEST_REASON,
        "unsaid": unsaid,
    }
    return TemplateResponse(request, "admin/articles/article/restore.html", shown)


# Decisions


def _decide(admin: ModelAdmin, request: HttpRequest, desk: Desk) -> HttpResponse:
    if not rules.may_edit(rules.editor_of(request), desk.article):
        raise PermissionDenied
    decision = DECISIONS.get(request.POST.get("do", ""))
    if decision is None:
        raise BadRequest("No such decision.")
    said = {"version": version_read(request), "by": rules.editor_of(request)}
    try:
        outcome = decision(request, desk.article, said)
    except StaleVersion:
        return _stale(admin, request, desk.article)
    except NoSuchFinding:
        if not _words(request) or not Finding.objects.filter(edition__article=desk.article, pk=_keys(request)[0]):
            raise Http404 from None
        return _stale(admin, request, desk.article)
    except CannotDecide as refusal:
        return _again(admin, request, desk, str(REFUSALS[type(refusal)]))
    except Refused as refusal:
        return _again(admin, request, desk, str(refusal))
    _tell(admin, request, outcome)
    return HttpResponseRedirect(desk.next_address(outcome))


def _again(admin: ModelAdmin, request: HttpRequest, desk: Desk, why: str) -> HttpResponse:
    """Say why nothing was done: beside the words where some were typed, so that they can be put right."""
    name = next(iter(FORMS[do].base_fields), "") if (do := request.POST.get("do", "")) in FORMS else ""
    if not request.POST.get(name):
        admin.message_user(request, why, messages.ERROR)
        return HttpResponseRedirect(f"{desk.address()}#content-start")
    key = as_key(request.POST.get("finding"))
    is_listed = any(item.finding.pk == key and (name == "remark" or item.takes_words) for item in desk.items)
    return _page(admin, request, desk, Unsaid(key, name, request.POST[name], why, is_listed))


def _stale(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The page for who came second: what became of the finding meanwhile, and their words to be sent again."""
    form = FORMS.get(request.POST.get("do", ""))
    now = Article.objects.filter(pk=article.pk).first()
    finding = Finding.objects.filter(pk=as_key(request.POST.get("finding")) or 0, edition__article=article).first()
    if form is None or now is None or finding is None or finding.edition_id != (now.working_id or now.live_id):
        return conflicts.stale(admin, request, article, lost=_words(request))
    told = _("The finding “%(class)s” is now: %(state)s.") % {
        "class": name_of_class(finding.code),
        "state": finding.get_state_display(),
    }
    stands = {"remark": finding.remark, "words": finding.suggestion or ""}
    empty: conflicts.Words = dict.fromkeys(stands, "")
    return conflicts.stale(
        admin, request, article, typed.into(form(request.POST), empty, form(initial=stands)), told=told
    )


def _words(request: HttpRequest) -> typed.Said:
    return typed.words_of(request, RemarkForm(), WordsForm())


def _accept(request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    return restoring.accept(article, _keys(request), **said)


def _write(request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    words = request.POST.get("words", "").strip()
    if not words or len(words) > LONGEST_WORDS or not _is_line(words):
        raise Refused(_("Write what stood here: one line of at most %(most)d characters.") % {"most": LONGEST_WORDS})
    return restoring.write(article, _keys(request)[0], words, **said)


def _accept_class(request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    return restoring.accept_class(article, request.POST.get("class", ""), **said)


def _accept_confident(_request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    return restoring.accept_confident(article, **said)


def _dismiss(request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    return restoring.dismiss(article, _keys(request), reason=_reason(request), **said)


def _dismiss_class(request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    return restoring.dismiss_class(article, request.POST.get("class", ""), reason=_reason(request), **said)


def _reopen(request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    return restoring.reopen(article, _keys(request), **said)


def _take_back(request: HttpRequest, article: Article, said: dict[str, Any]) -> Outcome:
    return restoring.take_back(article, _keys(request), **said)


def _look_again(_request: HttpRequest, article: Article, said: dict[str, Any]) -> Looked:
    return restoring.look_again(article, **said)


DECISIONS: dict[str, Callable[[HttpRequest, Article, dict[str, Any]], Outcome | Looked]] = {
    "accept": _accept,
    "write": _write,
    "accept_class": _accept_class,
    "accept_confident": _accept_confident,
    "dismiss": _dismiss,
    "dismiss_class": _dismiss_class,
    "reopen": _reopen,
    "take_back": _take_back,
    "look_again": _look_again,
}


def _keys(request: HttpRequest) -> list[int]:
    """The finding that was named; there is one button for each."""
    key = as_key(request.POST.get("finding"))
    if key is None:
        raise Http404
    return [key]


def _reason(request: HttpRequest) -> str:
    """The reason chosen from the list, the words typed beside it, or both."""
    chosen, typed = request.POST.get("reason", ""), " ".join(request.POST.get("remark", "").split())
    if chosen and chosen not in REASONS:
        raise BadRequest("No such reason.")
    reason = " ".join(part for part in (str(REASONS[chosen]) if chosen else "", typed) if part)
    if not reason:
        raise Refused(_("Say why it stays as it is: choose a reason or write one."))
    if len(reason) > LONGEST_REASON or not _is_line(reason):
        raise Refused(_("A reason is one line of at most %(most)d characters.") % {"most": LONGEST_REASON})
    return reason


def _is_line(text: str) -> bool:
    """Say whether people can see all of it; the wide space of Chinese typesetting is a space like others."""
    return text.replace("\u3000", " ").isprintable()


def _tell(admin: ModelAdmin, request: HttpRequest, outcome: Outcome | Looked) -> None:
    """Say what was done, where that is more than the finding in view, and write all of it down."""
    if isinstance(outcome, Looked):
        text = _("Looked again: %(new)d new findings, %(settled)d settled.")
        admin.message_user(request, text % {"new": outcome.new, "settled": outcome.settled}, messages.SUCCESS)
        return
    done = len(outcome.done)
    admin.log_change(request, outcome.article, _log(outcome))
    if done + len(outcome.left) > 1:
        is_dismissed = outcome.done and outcome.done[0].state == Finding.State.DISMISSED
        dismissed = ngettext("%(count)d finding dismissed.", "%(count)d findings dismissed.", done)
        accepted = ngettext("%(count)d finding accepted.", "%(count)d findings accepted.", done)
        admin.message_user(request, (dismissed if is_dismissed else accepted) % {"count": done}, messages.SUCCESS)
    if outcome.left and done:
        text = _("%(count)d could not be carried out by themselves: they overlap another, or marks divide their words.")
        admin.message_user(request, text % {"count": len(outcome.left)}, messages.WARNING)


def _log(outcome: Outcome) -> str:
    first = outcome.done[0]
    words = {"state": first.get_state_display(), "class": name_of_class(first.code), "count": len(outcome.done)}
    if len(outcome.done) > 1:
        return _("Findings: %(count)d now %(state)s") % words
    return _("Finding “%(class)s” now %(state)s") % words


PAGES: tuple[Page, ...] = (("<int:pk>/restore/", "restore", restore_view),)
