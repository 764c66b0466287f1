"""Publishing, scheduling and withdrawing from the admin, one article or many."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.actions import publishing
from articles.admin import moments, readiness, rules, steps, typed
from articles.admin.base import Page
from articles.admin.keys import as_key
from articles.admin.moments import MomentField
from articles.admin.steps import Said, Step
from articles.models import Article, Finding

MOST_AT_ONCE = 400
FIRST = 20
MOST_FAILURES_TOLD = 20


def words_field(label: Any, **options: Any) -> forms.CharField:
    """Return a field for a few lines."""
    area = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    return forms.CharField(label=label, max_length=2_000, widget=area, **options)


class PublishForm(forms.Form):
    at = MomentField(required=False)
    reason = words_field(
        _("reason for this edition"),
        required=False,
        help_text=_(
            "Readers see it in the history of the article. Asked for from the second edition on, and where a withdrawn"
            " article comes back."
        ),
    )

    def suit(self, article: Article) -> None:
        """Begin with what is known: the reason written while editing, the moment that was set."""
        self.initial["reason"] = article.working.reason if article.working else ""
        status = article.shown_status
        if status == Article.Status.SCHEDULED:
            self.initial["at"] = article.live_from
        elif article.live_from and not self.data.get("at"):
            del self.fields["at"]  # readers see it already, and its next edition cannot wait


class ScheduleForm(forms.Form):
    at = MomentField(required=False)

    def suit(self, article: Article) -> None:
        self.initial["at"] = article.live_from


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(label=_("reason"), choices=[("", "–"), *Article.Withdrawal.choices])
    note = words_field(
        _("note"),
        required=False,
        help_text=_("Readers see it at the article’s address. Asked for where the reason is another one."),
    )
    into = forms.ModelChoiceField(
        Article.objects.published(),
        label=_("merged into number"),
        required=False,
        widget=forms.NumberInput,
        help_text=_("Only for an article that was merged into another one."),
        error_messages={"invalid_choice": _("No published article has this number.")},
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("reason") == Article.Withdrawal.OTHER and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say what the reason is."))
        is_merged = cleaned.get("reason") == Article.Withdrawal.MERGED
        if is_merged and not cleaned.get("into") and "into" not in self.errors:
            self.add_error("into", _("Say which article it was merged into."))
        if not is_merged:
            cleaned["into"] = None
        return cleaned


class WithdrawOneForm(WithdrawForm):
    def suit(self, article: Article) -> None:
        """Begin with what is said of an article that is withdrawn already."""
        if article.status == Article.Status.WITHDRAWN:
            self.initial = {"reason": article.withdrawal_reason, "note": article.withdrawal_note}
            self.initial["into"] = article.merged_into_id


def told_published(said: Said) -> str:
    at, reason = said.get("at"), said.get("reason")
    told = gettext("Scheduled for %(moment)s.") % {"moment": moments.in_words(at)} if at else gettext("Published.")
    return f"{told} {reason}".strip()


def told_withdrawn(said: Said) -> str:
    told = gettext("Withdrawn: %(reason)s.") % {"reason": Article.Withdrawal(said["reason"]).label}
    return f"{told} {said['note']}".strip()


PUBLISH = Step(
    _("Publish"),
    _("The working edition gets a number and an address for ever; readers see it at once, or from a moment you set."),
    lambda article, version, by, said: publishing.publish(
        article, version=version, by=by, at=said.get("at"), reason=said.get("reason", "")
    ),
    told_published,
    steps.may_publish,
    PublishForm,
    lists_lacks=True,
)
SCHEDULE = Step(
    _("Change the moment"),
    _("The article waits; readers see it from the moment you set, whether or not anybody or anything is at work then."),
    lambda article, version, by, said: publishing.reschedule(article, version=version, at=said["at"]),
    told_published,
    steps.may_publish,
    ScheduleForm,
)
UNSCHEDULE = Step(
    _("Take out of the schedule"),
    _("The article no longer waits for its moment and is a draft again; no reader has seen it."),
    lambda article, version, by, said: publishing.unschedule(article, version=version),
    lambda said: gettext("Taken out of the schedule."),
    steps.may_publish,
)
WITHDRAW = Step(
    _("Withdraw"),
    _("Readers no longer find the text; its address stays and says why. It can be published again."),
    lambda article, version, by, said: publishing.withdraw(article, version=version, **said),
    told_withdrawn,
    steps.may_publish,
    WithdrawOneForm,
)


@dataclass(frozen=True, slots=True)
class Batch:
    """A step taken by many articles at once, from their list: the name of the list's action, and how it is counted."""

    action: str
    step: Step
    counted: Callable[[int], str]


def published(count: int) -> str:
    return ngettext("%(count)d article published.", "%(count)d articles published.", count) % {"count": count}


def withdrawn(count: int) -> str:
    return ngettext("%(count)d article withdrawn.", "%(count)d articles withdrawn.", count) % {"count": count}


PUBLISH_MANY = Batch("publish_selected", PUBLISH, published)
WITHDRAW_MANY = Batch("withdraw_selected", WITHDRAW, withdrawn)


def many(admin: ModelAdmin, request: HttpRequest, articles: QuerySet[Article], batch: Batch) -> HttpResponse | None:
    """The page that asks for the selected articles; None when it is done, for the list to be shown again."""
    is_confirmed = request.method == "POST" and "confirmed" in request.POST
    if is_confirmed:
        # Those that were shown, whether or not they still match the list's filters.
        keys = [as_key(key) or 0 for key in request.POST.getlist(ACTION_CHECKBOX_NAME)]
        articles = Article.objects.filter(pk__in=keys)
    found = list(articles.with_standing().select_related("working", "live").order_by("pk")[: MOST_AT_ONCE + 1])
    if len(found) > MOST_AT_ONCE:
        text = _("At most %(most)d articles at once.") % {"most": MOST_AT_ONCE}
        admin.message_user(request, text, messages.ERROR)
        return None
    form = batch.step.form(request.POST if is_confirmed else None)
    typed_words = typed.words_of(request, form) if is_confirmed else []
    if is_confirmed and form.is_valid():
        refused = _do(admin, request, found, batch, form.cleaned_data)
        if not refused or not typed_words:
            return None
        # what was typed for them is on the page again, against the versions that stand now
        found = list(Article.objects.filter(pk__in=refused).with_standing().order_by("pk"))
    if is_confirmed and typed_words and not found:
        return typed.gone(admin, request, lambda: typed_words)
    lacks = readiness.lacks_of(found[:FIRST]) if batch.step.lists_lacks else {}
    context = {
        **steps.screen(admin, request, batch.step, form, found),
        "action": batch.action,
        "lacks": [],
        "first": [(article, lacks.get(article.pk, [])) for article in found[:FIRST]],
        "checkbox": ACTION_CHECKBOX_NAME,
        "warning": _waiting(found) if batch is PUBLISH_MANY else "",
    }
    return TemplateResponse(request, batch.step.template, context)


def _waiting(articles: list[Article]) -> str:
    """Say how many findings nobody has decided on yet; readers will see what they point at."""
    shown = [article.working_id or article.live_id for article in articles]
    errors = Count("pk", filter=Q(severity=Finding.Severity.ERROR))
    found = Finding.objects.open().filter(edition__in=shown).aggregate(count=Count("pk"), errors=errors)
    if not found["count"]:
        return ""
    text = _(
        "%(count)d findings wait for a decision, %(errors)d of them errors. Readers will see these places as they are."
    )
    return text % found


def _do(admin: ModelAdmin, request: HttpRequest, articles: Iterable[Article], batch: Batch, said: Said) -> list[int]:
    """Take the step for each article and say what came of it; return the keys of those that were refused."""
    done, refused = 0, []
    for article in articles:
        version, by = steps.version_in(request, article), rules.editor_of(request)
        refusal = steps.attempt(batch.step, article, version, by, said)
        if refusal is None:
            done += 1
            admin.log_change(request, article, batch.step.told(said))
        else:
            refused.append((article, steps.REFUSALS[type(refusal)][0]))
    if done:
        admin.message_user(request, batch.counted(done), messages.SUCCESS)
    for article, words in refused[:MOST_FAILURES_TOLD]:
        text = _("%(article)s: not done, because %(reason)s.") % {"article": article, "reason": words}
        admin.message_user(request, text, messages.ERROR)
    if len(refused) > MOST_FAILURES_TOLD:
        text = _("%(count)d more were not done.") % {"count": len(refused) - MOST_FAILURES_TOLD}
        admin.message_user(request, text, messages.ERROR)
    return [article.pk for article, _words in refused]


PAGES: tuple[Page, ...] = (
    steps.page("publish", "publish", PUBLISH),
    steps.page("withdraw", "withdraw", WITHDRAW),
    steps.page("schedule", "schedule", SCHEDULE),
    steps.page("unschedule", "unschedule", UNSCHEDULE),
)
