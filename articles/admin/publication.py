"""Publishing and withdrawing from the admin: shown first, then done row by row, against the version that was read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.actions import publishing
from articles.admin import rules
from articles.admin.base import Page, as_key
from articles.models import Article, Finding, StaleVersion

MOST_AT_ONCE = 400
FIRST = 20
MOST_FAILURES_TOLD = 20

REFUSALS = {
    StaleVersion: _("it changed since you looked at it; look at it again"),
    publishing.CannotPublish: _("it has no new edition, or its text is empty"),
    publishing.CannotWithdraw: _("it is not before its readers"),
}


class PublishForm(forms.Form):
    """Publishing asks nothing; the reason for an edition stands in the edition."""


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(label=_("reason"), choices=[("", "–"), *Article.Withdrawal.choices])
    note = forms.CharField(
        label=_("note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Readers see it at the article’s address."),
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
        is_merged = cleaned.get("reason") == Article.Withdrawal.MERGED
        if is_merged and not cleaned.get("into") and "into" not in self.errors:
            self.add_error("into", _("Say which article it was merged into."))
        if not is_merged:
            cleaned["into"] = None
        return cleaned


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to articles, one or many."""

    action: str
    title: str | Promise
    explanation: str | Promise
    form: type[forms.Form]
    do: Callable[[Article, int, User, dict[str, Any]], object]
    done: Callable[[int], str]


def published(count: int) -> str:
    return ngettext("%(count)d article published.", "%(count)d articles published.", count) % {"count": count}


def withdrawn(count: int) -> str:
    return ngettext("%(count)d article withdrawn.", "%(count)d articles withdrawn.", count) % {"count": count}


PUBLISH = Deed(
    "publish_selected",
    _("Publish"),
    _("The working edition gets a number and an address for ever, and readers see it at once."),
    PublishForm,
    lambda article, version, by, said: publishing.publish(article, version=version, by=by),
    published,
)
WITHDRAW = Deed(
    "withdraw_selected",
    _("Withdraw"),
    _("Readers no longer find the text; its address stays and says why."),
    WithdrawForm,
    lambda article, version, by, said: publishing.withdraw(article, version=version, **said),
    withdrawn,
)


def publish_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    return one(admin, request, pk, PUBLISH)


def withdraw_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    return one(admin, request, pk, WITHDRAW)


def one(admin: ModelAdmin, request: HttpRequest, pk: int, deed: Deed) -> HttpResponse:
    """The page that asks, and does, for one article."""
    if not request.user.has_perm(rules.PUBLISH):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    page = _ask_or_do(admin, request, [article], deed)
    return page or HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))


def many(admin: ModelAdmin, request: HttpRequest, articles: QuerySet[Article], deed: Deed) -> HttpResponse | None:
    """The page that asks for the selected articles; None when it is done, for the list to be shown again."""
    if "confirmed" in request.POST:
        # Those that were shown, whether or not they still match the list's filters.
        keys = [as_key(key) or 0 for key in request.POST.getlist(ACTION_CHECKBOX_NAME)]
        articles = Article.objects.filter(pk__in=keys)
    found = list(articles.order_by("pk")[: MOST_AT_ONCE + 1])
    if len(found) > MOST_AT_ONCE:
        text = _("At most %(most)d articles at once.") % {"most": MOST_AT_ONCE}
        admin.message_user(request, text, messages.ERROR)
        return None
    return _ask_or_do(admin, request, found, deed)


def _ask_or_do(admin: ModelAdmin, request: HttpRequest, articles: list[Article], deed: Deed) -> HttpResponse | None:
    is_confirmed = request.method == "POST" and "confirmed" in request.POST
    form = deed.form(request.POST if is_confirmed else None)
    if is_confirmed and form.is_valid():
        versions = {article.pk: as_key(request.POST.get(f"version-{article.pk}")) or 0 for article in articles}
        _do(admin, request, articles, versions, deed, form.cleaned_data)
        return None
    context = {
        **admin.admin_site.each_context(request),
        "title": deed.title,
        "opts": admin.opts,
        "deed": deed,
        "form": form,
        "articles": articles,
        "first": articles[:FIRST],
        "checkbox": ACTION_CHECKBOX_NAME,
        "warning": _waiting(articles) if deed is PUBLISH else "",
    }
    return TemplateResponse(request, "admin/articles/article/publication.html", context)


def _waiting(articles: list[Article]) -> str:
    """Say how many findings nobody has decided on yet; readers will see what they point at."""
    begun = [article.working_id for article in articles if article.working_id]
    errors = Count("pk", filter=Q(severity=Finding.Severity.ERROR))
    found = Finding.objects.open().filter(edition__in=begun).aggregate(count=Count("pk"), errors=errors)
    if not found["count"]:
        return ""
    text = _(
        "%(count)d findings wait for a decision, %(errors)d of them errors. Readers will see these places as they are."
    )
    return text % found


def _do(
    admin: ModelAdmin,
    request: HttpRequest,
    articles: Iterable[Article],
    versions: dict[int, int],
    deed: Deed,
    said: dict[str, Any],
) -> None:
    done, refused = 0, []
    for article in articles:
        refusal = _try(deed, article, versions[article.pk], rules.editor_of(request), said)
        if refusal is None:
            done += 1
            admin.log_change(request, article, str(deed.title))
        else:
            refused.append((article, refusal))
    if done:
        admin.message_user(request, deed.done(done), messages.SUCCESS)
    for article, refusal in refused[:MOST_FAILURES_TOLD]:
        text = _("%(article)s: not done, because %(reason)s.") % {"article": article, "reason": refusal}
        admin.message_user(request, text, messages.ERROR)
    if len(refused) > MOST_FAILURES_TOLD:
        text = _("%(count)d more were not done.") % {"count": len(refused) - MOST_FAILURES_TOLD}
        admin.message_user(request, text, messages.ERROR)


def _try(deed: Deed, article: Article, version: int, by: User, said: dict[str, Any]) -> str | Promise | None:
    """Do it to one article in a transaction of its own; return why it was refused, if it was."""
    try:
        deed.do(article, version, by, said)
    except tuple(REFUSALS) as refusal:
        return REFUSALS[type(refusal)]
    return None


PAGES: tuple[Page, ...] = (
    ("<int:pk>/publish/", "publish", publish_view),
    ("<int:pk>/withdraw/", "withdraw", withdraw_view),
)
