"""What is typed and not saved is kept aside, out of the history; and who has an article open is noted."""

from collections.abc import Mapping
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Presence, WorkingCopy

# A body has five million characters at most; what is longer than its form is no form of ours.
MOST_CHARACTERS = 6_000_000
MOST_COPIES = 100
# How long after their browser last said so somebody counts as writing.
PRESENT_FOR = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(days=1)
EMPTY_FOR = timedelta(hours=1)


class TooMuch(Exception):
    """More than is kept aside for one form."""


class TooManyCopies(Exception):
    """More forms than are kept aside for one person."""


class CopyOfAnother(Exception):
    """The working copy is of another form: of another person or another article."""


@transaction.atomic
def keep(
    token: str, *, by: User, article: Article | None, version: int, fields: Mapping[str, list[str]]
) -> WorkingCopy:
    """Keep what stands in an open form, in place of what was kept of this form before.

    Raises `TooMuch`, `TooManyCopies` or `CopyOfAnother`.
    """
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        raise TooMuch(token)
    words = {_stored(name): [_stored(value) for value in values] for name, values in fields.items()}
    columns = {"version": version, "fields": words}
    mine = WorkingCopy.objects.filter(typed_by=by)
    if not mine.filter(token=token).exists() and mine.exclude(fields={}).count() >= MOST_COPIES:
        raise TooManyCopies(token)
    copy, is_new = WorkingCopy.objects.get_or_create(
        token=token, defaults={"typed_by": by, "article": article, **columns}
    )
    if copy.typed_by_id == by.pk and not copy.fields:
        return copy  # the form was saved before this came in
    if (copy.typed_by_id, copy.article_id) != (by.pk, article.pk if article else None):
        raise CopyOfAnother(token)
    if not is_new:
        copy.version, copy.fields = version, words
        copy.save()
    return copy


def _stored(text: str) -> str:
    """The text without the one character that no database stores; the form itself says so when it is saved."""
    return text.replace("\x00", "")


def waiting(user: User) -> QuerySet[WorkingCopy]:
    """Return what this person typed and has not saved, the newest first; nobody else may read it."""
    copies = WorkingCopy.objects.filter(typed_by=user).exclude(fields={})
    return copies.select_related("article").defer("fields")


@transaction.atomic
def forget(token: str, *, by: User) -> None:
    """Throw away what was kept of a form, as it was saved or discarded.

    Its token stands for a while, empty, so that an autosave still on its way does not bring the words back.
    """
    WorkingCopy.objects.filter(typed_by=by, fields={}, typed_at__lt=timezone.now() - EMPTY_FOR).delete()
    if not WorkingCopy.objects.filter(token=token).exclude(typed_by=by).exists():
        WorkingCopy.objects.update_or_create(
            token=token, defaults={"typed_by": by, "article": None, "version": 0, "fields": {}}
        )


def be_present(article: Article, editor: User) -> None:
    """Note that this person has the article open."""
    now = timezone.now()
    Presence.objects.filter(article=article, seen_at__lt=now - FORGOTTEN_AFTER).delete()
    Presence.objects.update_or_create(article=article, editor=editor, defaults={"seen_at": now})


def others(article: Article, editor: User) -> QuerySet[Presence]:
    """Return who else has had the article open a moment ago."""
    recent = Presence.objects.filter(article=article, seen_at__gte=timezone.now() - PRESENT_FOR)
    return recent.exclude(editor=editor).select_related("editor")
