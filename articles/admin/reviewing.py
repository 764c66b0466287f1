"""Handing an article in, taking it back, returning it; and where it stands on its way to the readers."""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.actions import reviewing
from articles.admin import moments, rules, steps
from articles.admin.base import Page
from articles.admin.publication import words_field
from articles.admin.steps import Step
from articles.models import Article, Edition

Words = str | Promise


class RemarkForm(forms.Form):
    remark = words_field(
        _("remark"), help_text=_("What has to be done before it can be published; the writer sees it.")
    )

    def suit(self, article: Article) -> None:
        self.initial["remark"] = article.working.remark if article.working else ""


SUBMIT = Step(
    _("Submit for review"),
    _("Editors and publishers find it in their queue. What is missing does not stop you; who reviews it sees it too."),
    lambda article, version, by, said: reviewing.submit(article, version=version, by=by),
    lambda said: gettext("Submitted for review."),
    rules.may_write,
    lists_lacks=True,
)
TAKE_BACK = Step(
    _("Take back"),
    _("The article leaves the queue of those who review, and you can go on writing."),
    lambda article, version, by, said: reviewing.take_back(article, version=version, by=by),
    lambda said: gettext("Taken back."),
    rules.may_write,
)
RETURN = Step(
    _("Return with a remark"),
    _("The writer gets the article back with your remark, changes it and submits it again."),
    lambda article, version, by, said: reviewing.give_back(article, version=version, remark=said["remark"]),
    lambda said: gettext("Returned: %(remark)s") % said,
    lambda user, article: user.has_perm(rules.REVIEW),
    RemarkForm,
    lists_lacks=True,
)

PAGES: tuple[Page, ...] = (
    steps.page("submit", "submit", SUBMIT),
    steps.page("take-back", "take_back", TAKE_BACK),
    steps.page("return", "return", RETURN),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A step that can be taken next; the main one is what this person would most likely do."""

    address: str
    words: Words
    is_main: bool = False


@dataclass(slots=True)
class Standing:
    """Where an article stands, for the top of its form: what readers see, who has to act, what can be done."""

    status: Article.Status
    sentence: Words
    state: Words = ""
    who: User | None = None
    since: datetime | None = None
    remark: str = ""
    ways: list[Way] = field(default_factory=list)


def standing_of(user: User, article: Article) -> Standing:
    """Return where the article stands and the steps this person may take from there."""
    status, working = article.shown_status, article.working
    standing = Standing(
        status, _sentence(article, status, rules.may_write(user, article)), ways=_ways(user, article, status)
    )
    if working is not None and working.state != Edition.State.WORKING:
        standing.state = working.get_state_display()
        standing.who, standing.since, standing.remark = working.submitted_by, working.submitted_at, working.remark
    return standing


def _sentence(article: Article, status: Article.Status, may_write: bool) -> Words:
    if status == Article.Status.SCHEDULED and article.live_from:
        return gettext("Readers see it from %(moment)s on.") % {"moment": moments.in_words(article.live_from)}
    if status == Article.Status.WITHDRAWN:
        return _("Readers are told that it was withdrawn, and why.")
    if status == Article.Status.DRAFT:
        return _("No reader sees this yet.")
    if article.working_id:
        return _("You see the new edition that has been begun; readers see the one before it.")
    if not may_write:
        return _("You see the published edition.")
    return _(
        "You see the published edition; saving a change begins a new one, and readers see no difference until it is"
        " published."
    )


def _ways(user: User, article: Article, status: Article.Status) -> list[Way]:
    """The steps that lead somewhere from here, for this person; the most final one stands last."""

    def way(name: str, words: Words, *, is_main: bool = False) -> Way:
        return Way(reverse(f"admin:articles_article_{name}", args=[article.pk]), words, is_main)

    publishes = user.has_perm(rules.PUBLISH)
    may_discard = bool(article.live_id and article.working_id) and rules.may_edit(user, article)
    is_over = status in (Article.Status.DRAFT, Article.Status.WITHDRAWN)
    offered = (
        (rules.may_submit(user, article), way("submit", _("Submit…"), is_main=not publishes)),
        (rules.may_take_back(user, article), way("take_back", _("Take back…"))),
        (publishes and bool(article.working_id or is_over), way("publish", _("Publish…"), is_main=True)),
        (rules.may_return(user, article), way("return", _("Return…"))),
        (publishes and status == Article.Status.SCHEDULED, way("schedule", _("Change the moment…"))),
        (publishes and status == Article.Status.SCHEDULED, way("unschedule", _("Take out of the schedule…"))),
        (may_discard, way("discard_edition", _("Discard changes…"))),
        (publishes and status == Article.Status.PUBLISHED, way("withdraw", _("Withdraw…"))),
    )
    return [step for is_offered, step in offered if is_offered]
