"""What is typed and not saved is kept aside, out of the history; and who has an article open is noted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from articles.models import Article, Presence, WorkingCopy

# A body has five million characters at most; what is longer than its form is no form of ours.
MOST_CHARACTERS = 6_000_000
MOST_COPIES = 100
LONGEST_TITLE = 200
# How long after their browser last said so somebody counts as writing.
PRESENT_FOR = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(days=1)
EMPTY_FOR = timedelta(hours=1)


class TooMuch(Exception):
    """More than is kept aside for one form."""


class TooManyCopies(Exception):
    """More forms than are kept aside for one person."""


class CopyOfAnother(Exception):
    """The working copy is of another form: of another person or another row."""


def form_for(model: type[Model], key: int | None, row: Model | None) -> dict[str, Any]:
    """Return the columns that say which form a working copy is of; an article, while it is there, has its own."""
    is_article = model is Article
    article = row if is_article else None
    return {"table": str(model._meta.model_name), "row": None if is_article else key, "article": article}


@transaction.atomic
def keep(
    token: str,
    *,
    by: User,
    version: int,
    fields: Mapping[str, list[str]],
    article: Article | None = None,
    table: str = "article",
    row: int | None = None,
    title: str = "",
) -> WorkingCopy:
    """Keep what stands in an open form, in place of what was kept of this form before.

    `title` is what its row is called, where there is one. Raises `TooMuch`, `TooManyCopies` or `CopyOfAnother`.
    """
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        raise TooMuch(token)
    words = {_stored(name): [_stored(value) for value in values] for name, values in fields.items()}
    columns = {"version": version, "fields": words} | ({"title": title[:LONGEST_TITLE]} if title else {})
    mine = WorkingCopy.objects.filter(typed_by=by)
    if not mine.filter(token=token).exists() and mine.exclude(fields={}).count() >= MOST_COPIES:
        raise TooManyCopies(token)
    copy, is_new = WorkingCopy.objects.get_or_create(
        token=token, defaults={"typed_by": by, "article": article, "table": table, "row": row, **columns}
    )
    if copy.typed_by_id == by.pk and not copy.fields:
        return copy  # the form was saved before this came in
    form = (by.pk, table, row, article.pk if article else None)
    if (copy.typed_by_id, copy.table, copy.row, copy.article_id) != form:
        raise CopyOfAnother(token)
    if not is_new:
        for name, value in columns.items():
            setattr(copy, name, value)
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


def others(article: int, editor: User) -> QuerySet[Presence]:
    """Return who else has had the article with this key open a moment ago."""
    recent = Presence.objects.filter(article=article, seen_at__gte=timezone.now() - PRESENT_FOR)
    return recent.exclude(editor=editor).select_related("editor")
