"""How an article comes before its readers, and how it is taken back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from articles.actions import anchoring
from articles.actions.editing import refresh
from articles.models import Article, Edition


class CannotPublish(Exception):
    """There is no new edition to publish, or it has no text."""


class CannotWithdraw(Exception):
    """The article is not before its readers."""


@transaction.atomic
def publish(
    article: Article, *, version: int, by: User | None, at: datetime | None = None, reason: str = ""
) -> Edition:
    """Number the working edition and put it before the readers, at once or from the moment `at`.

    The first publication makes edition 1; the article keeps the moment of its first publication. What was taken back
    and has no working edition comes back as it was.
    Raises `CannotPublish`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    now = _now()
    if at and at > now and article.live_from and article.live_from <= now:
        raise CannotPublish("The article is before its readers; a new edition of it cannot wait for a later moment.")
    if article.working is not None:
        before, article.live = article.live, _number(article, article.working, by=by, now=now, reason=reason)
        if before is not None:
            anchoring.carry_excerpts(before, article.live)
        article.working = None
    elif article.live is None or article.status in (Article.Status.PUBLISHED, Article.Status.SCHEDULED):
        raise CannotPublish("There is no working edition to publish.")
    if article.live_from is None or article.live_from > now:
        article.live_from = at.replace(microsecond=0) if at else now
    article.status = Article.Status.SCHEDULED if article.live_from > now else Article.Status.PUBLISHED
    article.withdrawal_reason = article.withdrawal_note = ""
    article.merged_into = None
    refresh(article)
    return article.current


@transaction.atomic
def withdraw(article: Article, *, version: int, reason: str, note: str = "", into: Article | None = None) -> None:
    """Take the article back; its address stays and says why. One that waits for its moment is a draft again.

    `reason` is one of `Article.Withdrawal`; `into` names the article it was merged into.
    Raises `CannotWithdraw`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    if into == article:
        raise CannotWithdraw("An article cannot be merged into itself.")
    if article.status not in (Article.Status.PUBLISHED, Article.Status.SCHEDULED):
        raise CannotWithdraw("Only a published or scheduled article can be withdrawn.")
    if article.live_from and article.live_from > _now():
        article.status, article.live_from = Article.Status.DRAFT, None
    else:
        article.status = Article.Status.WITHDRAWN
        article.withdrawal_reason, article.withdrawal_note, article.merged_into = reason, note, into
    article.save()


def _now() -> datetime:
    """The database's own clock, which also decides what is published, to the whole second.

    SQLite compares moments as text, where one with a fraction sorts behind the shorter form the clock gives.
    """
    clock = Article.objects.annotate(clock=Now()).values_list("clock", flat=True)[:1]
    return clock[0].replace(microsecond=0)


def _number(article: Article, edition: Edition, *, by: User | None, now: datetime, reason: str) -> Edition:
    """Make the working edition the newest published one; the one before it is superseded, and both stay for ever."""
    if not edition.body_html:
        raise CannotPublish("The article has no text.")
    last = article.editions.aggregate(last=Max("number"))["last"]
    article.editions.filter(state=Edition.State.PUBLISHED).update(state=Edition.State.SUPERSEDED)
    Edition.objects.filter(pk=edition.pk).update(
        number=(last or 0) + 1,
        state=Edition.State.PUBLISHED,
        published_at=now,
        published_by=by,
        reason=reason or edition.reason,
    )
    edition.refresh_from_db()
    return edition
