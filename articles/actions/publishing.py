"""How an article comes before its readers, and how it is taken back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from articles.actions import anchoring, letters, picturing
from articles.actions.editing import refresh
from articles.models import Article, Edition, Finding, HouseRules


class CannotPublish(Exception):
    """There is no new edition to publish, or it has no text."""

    def __str__(self) -> str:
        return str(self.__doc__)


class CannotWait(CannotPublish):
    """The article is before its readers; a new edition of it cannot wait for a later moment."""


class ReasonMissing(CannotPublish):
    """Every edition after the first says why it was made, and what was withdrawn why it comes back."""


class ErrorsOpen(CannotPublish):
    """Open findings say that something is wrong, and nobody wrote why it is published all the same."""


class PicturesUndescribed(CannotPublish):
    """A picture has neither words for who cannot see it nor the mark of a decorative one."""


class OwnEdition(CannotPublish):
    """The house asks for another person than those who wrote in the edition."""


class CannotWithdraw(Exception):
    """The article is not before its readers."""


class NoteMissing(CannotWithdraw):
    """Readers who are told of another reason are told which."""


class NotScheduled(Exception):
    """The article does not wait for a moment, or the moment has come."""


@transaction.atomic
def publish(
    article: Article, *, version: int, by: User | None, at: datetime | None = None, reason: str = ""
) -> Edition:
    """Number the working edition and put it before the readers, at once or from the moment `at`.

    The first publication makes edition 1; the article keeps the moment of its first publication. What was taken back
    and has no working edition comes back as it was, with the reason in the history of the edition.
    Raises `CannotPublish`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    now = moment()
    if at and at > now and article.live_from and article.live_from <= now:
        raise CannotWait
    if article.working is not None:
        before, article.live = article.live, _number(article, article.working, by=by, now=now, reason=reason.strip())
        if before is not None:
            anchoring.carry_excerpts(before, article.live)
            letters.close_put_into(article.live)
        article.working = None
    else:
        _come_back(article, by=by, now=now, reason=reason.strip())
    if article.live_from is None or article.live_from > now:
        _live_from(article, at, now)
    else:
        article.status = Article.Status.PUBLISHED
    article.withdrawal_reason = article.withdrawal_note = ""
    article.merged_into = None
    refresh(article)
    return article.current


@transaction.atomic
def reschedule(article: Article, *, version: int, at: datetime | None) -> Article:
    """Give an article that waits another moment, or none: then it is before its readers at once.

    Raises `NotScheduled`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    now = moment()
    if not _waits(article, now):
        raise NotScheduled
    _live_from(article, at, now)
    article.save()
    return article


@transaction.atomic
def withdraw(article: Article, *, version: int, reason: str, note: str = "", into: Article | None = None) -> None:
    """Take the article back; its address stays and says why. One that waits for its moment is a draft again.

    `reason` is one of `Article.Withdrawal`; `into` names the article it was merged into.
    Raises `CannotWithdraw`, `NoteMissing` for another reason that no note tells, and `StaleVersion` when the article
    changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    if into == article:
        raise CannotWithdraw("An article cannot be merged into itself.")
    if article.status not in (Article.Status.PUBLISHED, Article.Status.SCHEDULED):
        raise CannotWithdraw("Only a published or scheduled article can be withdrawn.")
    if reason == Article.Withdrawal.OTHER and not note.strip():
        raise NoteMissing
    if _waits(article, moment()):
        _unschedule(article)
    else:
        article.status = Article.Status.WITHDRAWN
        article.withdrawal_reason, article.withdrawal_note, article.merged_into = reason, note, into
    article.save()


@transaction.atomic
def unschedule(article: Article, *, version: int) -> Article:
    """Let an article wait for no moment any more: it is a draft again, and no reader has seen it.

    Its first edition gives its number back; what was published before that keeps its own.

    Raises `NotScheduled`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    if not _waits(article, moment()):
        raise NotScheduled
    _unschedule(article)
    _give_number_back(article)
    article.save()
    return article


def arrive(pk: int) -> bool:
    """Let the row of an article whose moment has come say so; False where there was nothing to say.

    Readers need no such call: they see the article from its moment on. It tells nobody anything new, so it counts no
    version; an editor who writes the row meanwhile puts the old status back, and the next call finds it again.
    """
    return bool(Article.objects.due().filter(pk=pk).update(status=Article.Status.PUBLISHED))


def moment() -> datetime:
    """The database's own clock, which also decides what is published, to the whole second.

    SQLite compares moments as text, where one with a fraction sorts behind the shorter form the clock gives.
    """
    clock = Article.objects.annotate(clock=Now()).values_list("clock", flat=True)[:1]
    return clock[0].replace(microsecond=0)


def open_errors(edition: Edition) -> int:
    """Return how many findings of this edition say that something is wrong and wait for a decision."""
    return edition.findings.open().filter(severity=Finding.Severity.ERROR).count()


def is_own(edition: Edition, by: User) -> bool:
    """Say whether this person wrote in the edition or handed it in, in a house that asks for somebody else then."""
    if not HouseRules.current().needs_other_reviewer:
        return False
    return by.pk == edition.submitted_by_id or edition.hands.filter(user=by).exists()


def _waits(article: Article, now: datetime) -> bool:
    return article.status == Article.Status.SCHEDULED and article.live_from is not None and article.live_from > now


def _live_from(article: Article, at: datetime | None, now: datetime) -> None:
    article.live_from = at.replace(microsecond=0) if at else now
    article.status = Article.Status.SCHEDULED if article.live_from > now else Article.Status.PUBLISHED


def _unschedule(article: Article) -> None:
    article.status, article.live_from = Article.Status.DRAFT, None


def _give_number_back(article: Article) -> None:
    """Make the only edition of an article, which no reader has seen, its working edition again."""
    waiting = article.live
    if waiting is None or article.working or article.editions.exclude(pk=waiting.pk).exclude(number=None).exists():
        return
    unnumbered = {"number": None, "state": Edition.State.WORKING, "published_at": None, "published_by": None}
    Edition.objects.filter(pk=waiting.pk).update(**unnumbered)
    article.working, article.live = Edition.objects.get(pk=waiting.pk), None


def _number(article: Article, edition: Edition, *, by: User | None, now: datetime, reason: str) -> Edition:
    """Make the working edition the newest published one; the one before it is superseded, and both stay for ever."""
    last = article.editions.aggregate(last=Max("number"))["last"]
    _check(edition, by=by, reason=reason, is_explained=last is None or bool(reason or edition.reason.strip()))
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


def _come_back(article: Article, *, by: User | None, now: datetime, reason: str) -> None:
    """Check what was published before like any edition, and write into its history why readers see it again."""
    edition = article.live
    if edition is None or article.status in (Article.Status.PUBLISHED, Article.Status.SCHEDULED):
        raise CannotPublish
    was_seen = article.status == Article.Status.WITHDRAWN
    _check(edition, by=by, reason=reason, is_explained=bool(reason) or not was_seen)
    if was_seen:
        comeback = {"at": now.isoformat(), "by": by.username if by else "", "reason": reason}
        edition.comebacks = [*edition.comebacks, comeback]
    else:
        edition.reason = reason or edition.reason
    # past `save`, which lets nobody change a published text
    Edition.objects.filter(pk=edition.pk).update(comebacks=edition.comebacks, reason=edition.reason)


def _check(edition: Edition, *, by: User | None, reason: str, is_explained: bool) -> None:
    """Raise what speaks against publishing the edition, the gravest first."""
    if not edition.body_html:
        raise CannotPublish
    if by is not None and is_own(edition, by):
        raise OwnEdition
    if picturing.undescribed(edition.body_html):
        raise PicturesUndescribed
    if not is_explained:
        raise ReasonMissing
    # what was written before anybody was to publish it says nothing of its errors
    if reason in ("", edition.reason.strip()) and open_errors(edition):
        raise ErrorsOpen
