"""Steps of an article's way to its readers: shown first, then done, against the version that was seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.actions import publishing, reverting, reviewing
from articles.admin import conflicts, readiness, rules, typed
from articles.admin.base import Page
from articles.admin.keys import version_read
from articles.models import Article, StaleVersion

Words = str | Promise
Said = dict[str, Any]

# Why a step was not done, and the field of its form that can change it.
REFUSALS: Mapping[type[Exception], tuple[Words, str]] = {
    StaleVersion: (_("it changed since you looked at it; look at it again"), ""),
    publishing.CannotPublish: (_("it has no new edition, or its text is empty"), ""),
    publishing.CannotWait: (_("readers see it already, so a new edition of it cannot wait for a later moment"), "at"),
    publishing.ReasonMissing: (
        _("every edition after the first says why it was made, and what was withdrawn why it comes back"),
        "reason",
    ),
    publishing.ErrorsOpen: (
        _("open findings say that something is wrong; decide on them, or write why it is published all the same"),
        "reason",
    ),
    publishing.PicturesUndescribed: (_("a picture has no description and is not marked as decorative"), ""),
    publishing.OwnEdition: (_("in this house somebody else publishes what you wrote"), ""),
    publishing.NotScheduled: (_("it does not wait for a moment, or the moment has come"), ""),
    publishing.CannotWithdraw: (_("it is not before its readers"), ""),
    publishing.NoteMissing: (_("readers who are told of another reason are told which"), "note"),
    reviewing.CannotSubmit: (_("it has no new edition that could be submitted, or its text is empty"), ""),
    reviewing.CannotTakeBack: (_("it is not submitted, or somebody else submitted it"), ""),
    reviewing.CannotGiveBack: (_("it is not submitted"), ""),
    reviewing.RemarkMissing: (_("who gets it back is told why"), "remark"),
    reverting.CannotRestore: (_("this is no edition of this article"), ""),
    reverting.CannotDiscard: (_("it has no new edition, or nothing was published before it"), ""),
}


class AsksNothing(forms.Form):
    """A step that needs no words."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to an article: what it is called, who may ask for it, how it is done and told."""

    title: Words
    explanation: Words
    do: Callable[[Article, int, User, Said], object]
    told: Callable[[Said], str]
    may: Callable[[User, Article], bool]
    form: type[forms.Form] = AsksNothing
    lists_lacks: bool = False
    template: str = "admin/articles/article/publication.html"


def may_publish(user: User, article: Article) -> bool:
    """Say whether the person is one who publishes; which articles is asked when it is done."""
    return user.has_perm(rules.PUBLISH)


def page(route: str, name: str, step: Step, **options: Any) -> Page:
    """Return the address of the step; `options` are those of `take`."""
    return (f"<int:pk>/{route}/", name, partial(take, step, **options))


def take(
    step: Step,
    admin: ModelAdmin,
    request: HttpRequest,
    pk: int,
    shown: Callable[[Article, forms.Form], dict[str, Any]] | None = None,
) -> HttpResponse:
    """Show the step, or take it; `shown` gives what its screen has besides."""
    article = _standing(pk)
    if article is None:
        return typed.gone(admin, request, lambda: typed.words_of(request, step.form()))
    user = rules.editor_of(request)
    if not step.may(user, article):
        raise PermissionDenied
    form = _form(step, article, request.POST if request.method == "POST" else None)
    if request.method == "POST" and version_in(request, article) != article.version:
        return _stale(step, admin, request, article)
    if request.method == "POST" and form.is_valid():
        refusal = attempt(step, article, version_in(request, article), user, form.cleaned_data)
        if refusal is None:
            return _done(step, admin, request, article, form.cleaned_data)
        if isinstance(refusal, StaleVersion):
            return _stale(step, admin, request, _standing(pk) or article)
        words, field = REFUSALS[type(refusal)]
        form.add_error(field if field in form.fields else None, _("Not done, because %(reason)s.") % {"reason": words})
    context = screen(admin, request, step, form, [article]) | (shown(article, form) if shown else {})
    return TemplateResponse(request, step.template, context)


def _standing(pk: int) -> Article | None:
    return Article.objects.with_standing().select_related("working", "live").filter(pk=pk).first()


def _stale(step: Step, admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The page for who came second; the form of the article as it stands says what stands in its fields."""
    base = conflicts.unseal(request.POST.get("base", ""), article)
    mine = typed.into(_form(step, article, request.POST), base, _form(step, article))
    return conflicts.stale(admin, request, article, mine, version=f"version-{article.pk}")


def _form(step: Step, article: Article, sent: QueryDict | None = None) -> forms.Form:
    """The step's form; one that wants to know the article has a method for that."""
    form = step.form(sent)
    if hasattr(form, "suit"):
        form.suit(article)
    return form


def attempt(step: Step, article: Article, version: int, by: User, said: Said) -> Exception | None:
    """Take the step in a transaction of its own; return why it was refused, if it was."""
    try:
        step.do(article, version, by, said)
    except tuple(REFUSALS) as refusal:
        return refusal
    return None


def _done(step: Step, admin: ModelAdmin, request: HttpRequest, article: Article, said: Said) -> HttpResponse:
    told = step.told(said)
    admin.log_change(request, article, told)
    admin.message_user(request, told, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def version_in(request: HttpRequest, article: Article) -> int:
    """Return the version of this article that the page was made of; 0, which no article has, where none was sent."""
    return version_read(request, f"version-{article.pk}")


def screen(
    admin: ModelAdmin, request: HttpRequest, step: Step, form: forms.Form, articles: list[Article]
) -> dict[str, Any]:
    """What every screen of a step shows."""
    return {
        **admin.admin_site.each_context(request),
        "title": step.title,
        "opts": admin.opts,
        "step": step,
        "form": form,
        "articles": articles,
        "base": conflicts.seal(_begun_with(step, form, articles[0]), articles[0]) if len(articles) == 1 else "",
        "lacks": readiness.lacks(articles[0]) if step.lists_lacks and len(articles) == 1 else [],
    }


def _begun_with(step: Step, form: forms.Form, article: Article) -> conflicts.Words:
    """What stands in the form before anything is typed."""
    return typed.values_of(_form(step, article) if form.is_bound else form)
