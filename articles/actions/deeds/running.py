"""How a deed runs: its rows are fixed, done some at a time, and given back for thirty days.

A batch is one transaction: a process that is killed leaves its rows waiting. Whoever takes rows has them locked, and
takes only those that still wait, so that no row is done twice, however many browsers go on with one deed.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext, gettext_noop

from articles.actions import merging, renaming
from articles.actions.deeds.kind import (
    CHANGED,
    CHANGED_SINCE,
    NOT_ALLOWED,
    STOPPED,
    Kind,
    Needs,
    NothingToDo,
    Outlook,
    Refused,
    Said,
)
from articles.actions.deeds.kinds import KINDS, is_of_names, sentence
from articles.models import Article, Deed, DeedRow, StaleVersion

BATCH = 50
MOST_ROWS = 20_000
TABLE = "article"
LONGEST_NAME = int(DeedRow._meta.get_field("name").max_length or 0)
RUNNING = gettext_noop("It is still being done; stop it first.")
TOO_LATE = gettext_noop("It was done more than thirty days ago.")
UNDONE = gettext_noop("It has been undone already.")

May = Callable[[User, Article, Needs], bool]


class TooMany(Exception):
    """More articles than one deed takes."""


class CannotCarryOn(Exception):
    """The deed was begun by somebody else."""


class CannotUndo(Exception):
    """The deed cannot be taken back; the message is a sentence for the editor."""


def anybody(user: User, article: Article, needs: Needs) -> bool:
    """Let everything pass, for callers that have asked already."""
    return True


@transaction.atomic
def begin(kind: str, articles: QuerySet[Article], said: Said, *, by: User, may: May = anybody) -> Deed:
    """Fix which articles it is about and say of each that is left alone why; nothing is done yet.

    Raises `TooMany`.
    """
    _forget_unbegun(by)
    found = _read(articles)
    outlooks = _outlooks(KINDS[kind], found, said, by, may)
    deed = Deed.objects.create(kind=kind, said=said, done_by=by)
    DeedRow.objects.bulk_create(
        _row(deed, position, article, outlooks.get(article.pk)) for position, article in enumerate(found)
    )
    return deed


def _forget_unbegun(by: User) -> None:
    """What somebody looked at and never did is not worth a line in the log for longer than a day."""
    ours = Deed.objects.filter(done_by=by, state=Deed.State.RUNNING, kind__in=KINDS)
    ours.filter(done_at__lt=Now() - timedelta(days=1)).exclude(rows__outcome=DeedRow.Outcome.DONE).delete()


def _read(articles: QuerySet[Article]) -> list[Article]:
    """Read what deciding takes of each article, in the order in which all deeds lock them."""
    columns = ("title", "version", "status", "live", "live_from", "editor", "merged_into", "working__made_by")
    bare = Article.objects.filter(pk__in=articles.order_by().values("pk"))
    found = list(bare.select_related("working").only(*columns, "working__state").order_by("pk")[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise TooMany
    return found


def _outlooks(kind: Kind, articles: Sequence[Article], said: Said, by: User, may: May) -> dict[int, Outlook]:
    outlooks = kind.look(articles, said)
    forbidden = Outlook(DeedRow.Outcome.FAILED, NOT_ALLOWED)
    return outlooks | {article.pk: forbidden for article in articles if not may(by, article, kind.needs)}


def _row(deed: Deed, position: int, article: Article, outlook: Outlook | None) -> DeedRow:
    return DeedRow(
        deed=deed,
        position=position,
        table=TABLE,
        key=article.pk,
        name=article.title[:LONGEST_NAME],
        before={"version": article.version},
        outcome=outlook.outcome if outlook else DeedRow.Outcome.WAITING,
        told=outlook.told if outlook else "",
    )


def is_begun(deed: Deed) -> bool:
    """Say whether it was done to any article yet."""
    return deed.state != Deed.State.RUNNING or deed.rows.filter(outcome=DeedRow.Outcome.DONE).exists()


@transaction.atomic
def carry_on(deed: Deed, *, by: User, most: int = BATCH, may: May = anybody) -> Deed:
    """Do it to the next articles that wait, and return the deed as it stands then; one that is done stays as it is.

    Raises `CannotCarryOn`.
    """
    deed = Deed.objects.get(pk=deed.pk)
    _ask_whose(deed, by)
    if deed.state != Deed.State.RUNNING:
        return deed
    # others may be going on with this deed: each takes rows nobody else holds
    waiting = deed.rows.select_for_update(skip_locked=True).filter(outcome=DeedRow.Outcome.WAITING)
    rows = list(waiting[:most])
    kind = KINDS[deed.kind]
    kind.hold([row.key for row in rows], deed.said)
    articles = _articles(rows)
    for row in rows:
        article = articles.get(row.key)
        if article is None:
            row.outcome, row.told = DeedRow.Outcome.FAILED, CHANGED
        elif not may(by, article, kind.needs):
            row.outcome, row.told = DeedRow.Outcome.FAILED, NOT_ALLOWED
        else:
            _do(row, kind, deed.said, by)
    DeedRow.objects.bulk_update(rows, ["outcome", "told", "after"])
    done = [row for row in rows if row.outcome == DeedRow.Outcome.DONE]
    _log(done, by, gettext("%(what)s (deed %(number)d)") % {"what": sentence(deed), "number": deed.pk})
    return _finished(deed)


def _ask_whose(deed: Deed, by: User) -> None:
    if deed.done_by_id != by.pk and not by.is_superuser:
        raise CannotCarryOn


def _articles(rows: Sequence[DeedRow]) -> dict[int, Article]:
    """The articles of these rows, with what deciding who may change them takes."""
    bare = Article.objects.filter(pk__in=[row.key for row in rows]).select_related("working")
    return {article.pk: article for article in bare.defer("working__body_html", "working__notes")}


def _do(row: DeedRow, kind: Kind, said: Said, by: User) -> None:
    """Do it to one article, whole or not at all, and write into the row what came of it."""
    try:
        with transaction.atomic():
            row.after = kind.do(row.key, version=(row.before or {})["version"], said=said, by=by)
        row.outcome = DeedRow.Outcome.DONE
    except NothingToDo:
        row.outcome = DeedRow.Outcome.UNCHANGED
    except StaleVersion:
        row.outcome, row.told = DeedRow.Outcome.FAILED, CHANGED
    except Refused as reason:
        row.outcome, row.told = DeedRow.Outcome.FAILED, str(reason)


def _log(rows: Sequence[DeedRow], by: User, message: str) -> None:
    """Write into the history of each article what was done to it."""
    table = ContentType.objects.get_for_model(Article)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=by,
            content_type=table,
            object_id=str(row.key),
            object_repr=f"{row.name} (#{row.key})"[:200],
            action_flag=CHANGE,
            change_message=message,
        )
        for row in rows
    )


def _finished(deed: Deed) -> Deed:
    """Close the deed when no row waits any more; who comes first to the lock lets the other see its rows."""
    deed = Deed.objects.select_for_update().get(pk=deed.pk)
    if deed.state == Deed.State.RUNNING and not deed.rows.filter(outcome=DeedRow.Outcome.WAITING).exists():
        Deed.objects.filter(pk=deed.pk).update(state=Deed.State.DONE, done_at=Now())
        deed.refresh_from_db()
    return deed


@transaction.atomic
def stop(deed: Deed, *, by: User) -> Deed | None:
    """Leave alone what still waits, and return the deed, or None where nothing had been done: it is forgotten then.

    Raises `CannotCarryOn`.
    """
    _ask_whose(deed, by)
    return close(deed)


@transaction.atomic
def close(deed: Deed) -> Deed | None:
    """Do what `stop` does, whoever asks: what was begun and left is not gone on with for ever."""
    deed = Deed.objects.select_for_update().get(pk=deed.pk)
    if not is_begun(deed):
        deed.delete()
        return None
    if deed.state == Deed.State.RUNNING:
        # a batch on its way holds its rows and will want the deed, which we hold: it ends by itself
        free = deed.rows.select_for_update(skip_locked=True).filter(outcome=DeedRow.Outcome.WAITING)
        waiting = deed.rows.filter(pk__in=list(free.values_list("pk", flat=True)))
        waiting.update(outcome=DeedRow.Outcome.UNCHANGED, told=STOPPED)
    return _finished(deed)


def waits_for_undo(deed: Deed) -> bool:
    """Say whether rows of a deed that is being taken back still stand as it left them, and may be given back."""
    is_in_time = deed.state == Deed.State.UNDONE and Deed.objects.half_undone().filter(pk=deed.pk).exists()
    return is_in_time and _to_undo(deed).exists()


def _to_undo(deed: Deed) -> QuerySet[DeedRow]:
    # a row that could not be given back says why, and is not tried again
    return deed.rows.filter(outcome=DeedRow.Outcome.DONE, told="")


@transaction.atomic
def undo(deed: Deed, *, by: User, most: int | None = None, may: May = anybody) -> Deed:
    """Give back what was to `most` articles, the last first, and return the deed as it stands then.

    What others changed since is left as it is, and says so. Raises `CannotUndo`.
    """
    deed = Deed.objects.select_for_update().get(pk=deed.pk)
    if is_of_names(deed.kind):
        return _undo_of_names(deed, by)
    _begin_undo(deed, by)
    rows = list(_to_undo(deed).select_for_update(skip_locked=True).order_by("-position")[:most])
    kind = KINDS[deed.kind]
    kind.hold([row.key for row in rows], deed.said)
    for row in rows:
        _undo(row, kind, by, may)
    DeedRow.objects.bulk_update(rows, ["outcome", "told"], batch_size=BATCH)
    undone = [row for row in rows if row.outcome == DeedRow.Outcome.UNDONE]
    _log(undone, by, gettext("Undone: %(what)s (deed %(number)d)") % {"what": sentence(deed), "number": deed.pk})
    return deed


def _undo_of_names(deed: Deed, by: User) -> Deed:
    undo = renaming.undo if deed.kind.startswith(renaming.KIND) else merging.undo
    try:
        undo(deed, by=by)
    except merging.CannotUndo as reason:
        raise CannotUndo(str(reason)) from reason
    return Deed.objects.get(pk=deed.pk)


def _begin_undo(deed: Deed, by: User) -> None:
    """Let the deed, which is locked, be one that is taken back. Raises `CannotUndo`."""
    if deed.state == Deed.State.RUNNING:
        raise CannotUndo(RUNNING)
    if deed.state == Deed.State.UNDONE and not _to_undo(deed).exists():
        raise CannotUndo(UNDONE)
    if waits_for_undo(deed):
        return
    if not Deed.objects.undoable().filter(pk=deed.pk).exists():
        raise CannotUndo(TOO_LATE)
    Deed.objects.filter(pk=deed.pk).update(state=Deed.State.UNDONE, undone_by=by, undone_at=Now())
    deed.refresh_from_db()


def _undo(row: DeedRow, kind: Kind, by: User, may: May) -> None:
    try:
        with transaction.atomic():
            article = Article.objects.select_for_update(of=("self",)).select_related("working").get(pk=row.key)
            if not may(by, article, kind.needs):
                raise Refused(NOT_ALLOWED)
            kind.undo(article, row.after or {}, by=by)
        row.outcome = DeedRow.Outcome.UNDONE
    except (Article.DoesNotExist, StaleVersion):
        row.told = CHANGED_SINCE
    except Refused as reason:
        row.told = str(reason)
