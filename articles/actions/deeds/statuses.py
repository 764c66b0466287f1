"""Deeds that change where articles stand: handed in, published, waiting for their moment, taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from articles.actions import publishing, reviewing, standing
from articles.actions.deeds.kind import (
    CHANGED_SINCE,
    Kind,
    Needs,
    Outlook,
    Refused,
    Said,
    Trace,
    refusal,
    save_claimed,
)
from articles.models import Article, Edition

NO_NEW_EDITION = gettext_noop("it has no new edition")
NOT_OPEN = gettext_noop("it has no new edition that could be submitted, or its text is empty")
NOT_PUBLIC = gettext_noop("it is not before its readers")
NO_NOTE = gettext_noop("another reason needs a note that tells readers which")
PUBLIC_ALREADY = gettext_noop("it is before its readers already; a new edition cannot wait for a later moment")
HAS_SUCCESSOR = gettext_noop("it was before its readers already; its new edition keeps its number and stays")
REFUSALS: tuple[tuple[type[Exception], str], ...] = (
    (publishing.CannotWait, PUBLIC_ALREADY),
    (publishing.ReasonMissing, gettext_noop("a new edition or a comeback needs a reason, and none was given")),
    (publishing.ErrorsOpen, gettext_noop("errors found in it wait for a decision; decide on them, or give a reason")),
    (publishing.PicturesUndescribed, gettext_noop("a picture in it has no description")),
    (publishing.OwnEdition, gettext_noop("you wrote in it; somebody else has to publish it")),
    (publishing.CannotPublish, gettext_noop("it has no new edition, or its text is empty")),
)


class Submit(Kind):
    name = "submit"
    title = gettext_lazy("Submit for review")
    explanation = gettext_lazy("Undo takes back what nobody has decided on yet.")

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        states = reviewing.OPEN_STATES
        shut = (article for article in articles if not article.working or article.working.state not in states)
        return {article.pk: refusal(NOT_OPEN) for article in shut}

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.select_related("working").get(pk=number)
        before = article.working
        try:
            edition = reviewing.submit(article, version=version, by=by)
        except reviewing.CannotSubmit:
            raise Refused(NOT_OPEN) from None
        was = {"state": before.state, "remark": before.remark, "submitted_by": before.submitted_by_id} if before else {}
        submitted_at = before.submitted_at.isoformat() if before and before.submitted_at else None
        return {"edition": edition.pk, "was": {**was, "submitted_at": submitted_at}}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        edition = Edition.objects.filter(pk=trace["edition"], state=Edition.State.SUBMITTED)
        if edition.update(**trace["was"]) != 1:
            raise Refused(CHANGED_SINCE)
        save_claimed(article.touch())


class Publish(Kind):
    name = "publish"
    title = gettext_lazy("Publish")
    explanation = gettext_lazy(
        "Each working edition gets a number and an address for ever. Undo cannot take that back: it withdraws the "
        "articles, as published in error, and leaves new editions of those that had readers before."
    )
    needs = Needs.PUBLISH

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        idle = (each for each in articles if not each.working_id and each.status != Article.Status.WITHDRAWN)
        return {article.pk: refusal(NO_NEW_EDITION) for article in idle}

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.select_related("live", "working").get(pk=number)
        was = standing.keep(article)
        edition_was = {"state": article.current.state, "reason": article.current.reason}
        at = datetime.fromisoformat(said["at"]) if said.get("at") else None
        try:
            edition = publishing.publish(article, version=version, by=by, at=at, reason=said["reason"])
        except publishing.CannotPublish as refused:
            raise Refused(next(told for kind, told in REFUSALS if isinstance(refused, kind))) from None
        return {"was": was, "edition": edition.pk, "edition_was": edition_was}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        was = trace["was"]
        is_shown = article.status in (Article.Status.PUBLISHED, Article.Status.SCHEDULED)
        if article.live_id != trace["edition"] or article.working_id or not is_shown:
            raise Refused(CHANGED_SINCE)
        if was["status"] == Article.Status.PUBLISHED:
            raise Refused(HAS_SUCCESSOR)
        if was["status"] == Article.Status.WITHDRAWN:
            standing.put_back(article.touch(), was)
        elif article.shown_status == Article.Status.SCHEDULED:
            publishing.unschedule(article, version=article.version)
            Edition.objects.filter(pk=trace["edition"], number=None).update(**trace["edition_was"])
        else:
            publishing.withdraw(article, version=article.version, reason=Article.Withdrawal.ERROR)


class Schedule(Publish):
    name = "schedule"
    title = gettext_lazy("Schedule")
    explanation = gettext_lazy(
        "Each article comes before its readers at the moment you choose. Until then undo makes it the draft it was; "
        "after that it withdraws it."
    )

    def says(self, said: Said) -> str:
        at = timezone.localtime(datetime.fromisoformat(said["at"]))
        return gettext("Schedule for %(moment)s") % {"moment": f"{at:%Y-%m-%d %H:%M}"}

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        public = (each for each in articles if each.status == Article.Status.PUBLISHED)
        return super().look(articles, said) | {article.pk: refusal(PUBLIC_ALREADY) for article in public}


class Withdraw(Kind):
    name = "withdraw"
    title = gettext_lazy("Withdraw")
    explanation = gettext_lazy(
        "Readers no longer find the text; its address stays and says why. Undo puts it before its readers as it was."
    )
    needs = Needs.PUBLISH

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        public = (Article.Status.PUBLISHED, Article.Status.SCHEDULED)
        return {article.pk: refusal(NOT_PUBLIC) for article in articles if article.status not in public}

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.get(pk=number)
        was = standing.keep(article)
        into = Article.objects.filter(pk=said["into"]).first() if said["into"] else None
        try:
            publishing.withdraw(article, version=version, reason=said["reason"], note=said["note"], into=into)
        except publishing.NoteMissing:
            raise Refused(NO_NOTE) from None
        except publishing.CannotWithdraw:
            raise Refused(NOT_PUBLIC) from None
        return {"was": was, "now": standing.keep(Article.objects.get(pk=number))}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        if standing.keep(article) != trace["now"]:
            raise Refused(CHANGED_SINCE)
        standing.put_back(article.touch(), trace["was"])
