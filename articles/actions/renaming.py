"""A source, an author, a theme or a tag gets another name, and can be given the old one back for thirty days."""

from copy import copy
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from articles.actions.merging import FIRST, AnyName, CannotUndo, Name
from articles.actions.pointing import articles_of, find_anew, pointing_at
from articles.actions.recording import Record, take_back
from articles.models import (
    Alias,
    Article,
    Author,
    Deed,
    Source,
    Tag,
    Theme,
    addresses_like,
    keep_findable,
    slug_from,
)

KIND = "rename_"
TABLES: dict[str, type[AnyName]] = {f"{KIND}{table._meta.model_name}": table for table in (Author, Source, Tag, Theme)}


class CannotRename(Exception):
    """The row cannot be called so; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants the row to be called, and what is to become of its old name and address."""

    name: str
    keeps_alias: bool = True
    # the old address leads readers on, and the old name stays as an alias whatever was wished
    takes_address: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What renaming would do."""

    slug: str
    alias: str
    article_count: int
    first: list[str]
    refusal: str


def outlook(row: AnyName, wish: Wish) -> Outlook:
    """Say what `rename` would do, and why it would not."""
    keys = sorted({key for pointing in pointing_at(row) for key in pointing.articles(row)})
    first = Article.objects.only("title").in_bulk(keys[:FIRST])
    alias = row.name if _keeps_alias(row, wish) else ""
    titles = [str(first[key]) for key in sorted(first)]
    return Outlook(_slug(row, wish), alias, len(keys), titles, refusal(row, wish))


def refusal(row: AnyName, wish: Wish) -> str:
    """Return why the row cannot be called so; empty where it can."""
    if wish.name == row.name:
        return gettext("That is its name already.")
    renamed = copy(row)
    renamed.name, renamed.slug = wish.name, ""  # asked like a new row: the name has to make an address
    try:
        renamed.clean_fields(exclude={field.name for field in row._meta.fields} - {"name"})
        renamed.clean()
    except ValidationError as error:
        return error.messages[0]
    if _is_taken(renamed):
        return gettext("Another one is called so already; merge the two instead.")
    if _keeps_alias(row, wish) and _own_alias(row, row.name) is None and _is_taken(_alias(row, row.name)):
        return gettext("The old name is an alias of another one already; give it up, and keep the address.")
    return ""


@transaction.atomic
def rename(row: Name, wish: Wish, *, version: int, by: User) -> Deed:
    """Call the row so, and return what `undo` takes. `version` is the one the editor saw.

    Raises `CannotRename`, and `StaleVersion` when the row changed meanwhile.
    """
    row = type(row)._default_manager.claim(row.pk, version)
    if told := refusal(row, wish):
        raise CannotRename(told)
    said = {"key": row.pk, "old": row.name, "new": wish.name}
    deed = Deed.objects.create(kind=f"{KIND}{row._meta.model_name}", said=said, done_by=by, state=Deed.State.DONE)
    record = Record(deed)
    try:
        with transaction.atomic():
            _call(record, row, wish)
    except IntegrityError as taken:  # another writer took the name or the address in this very moment
        raise CannotRename(gettext("Another one is called so already; merge the two instead.")) from taken
    record.keep()
    if isinstance(row, Tag) and _own_alias(row, deed.said["old"]) is None:
        # a form of one of its articles that is open would bring the old name back
        articles_of(row).count_up()
    keep_findable(row)
    find_anew(row)
    return deed


def _call(record: Record, row: AnyName, wish: Wish) -> None:
    old_name, old_slug, slug = row.name, row.slug, _slug(row, wish)
    same = _own_alias(row, wish.name)
    # what leads readers on stays, though it is called like the row now
    if same and same.slug in (None, slug):
        record.remove(same)
    record.change([(row, {"name": wish.name, "slug": slug})])
    if slug != old_slug:
        _lead_on(record, row, old_name, old_slug)
    elif wish.keeps_alias and _own_alias(row, old_name) is None:
        record.add(_alias(row, old_name))


def _lead_on(record: Record, row: AnyName, name: str, slug: str) -> None:
    """Let an alias lead on from the old address; where that of the name leads on from another, one named by it."""
    alias = _own_alias(row, name)
    if alias is None or alias.slug is not None:
        record.add(_alias(row, slug if alias else name, slug))
    else:
        record.change([(alias, {"slug": slug})])


def _keeps_alias(row: AnyName, wish: Wish) -> bool:
    return wish.keeps_alias or _slug(row, wish) != row.slug


def _slug(row: AnyName, wish: Wish) -> str:
    """The address the row will have: its own one, or the first free one that the name makes."""
    wanted = slug_from(wish.name) if wish.takes_address else ""
    if not wanted:
        return row.slug
    own = _own_alias(row, wish.name)
    return slug_from(wanted, addresses_like(wanted, row) - {own.slug if own else None})


def _own_alias(row: AnyName, name: str) -> Alias | None:
    return row.aliases.filter(name=name).first()


def _alias(row: AnyName, name: str, slug: str | None = None) -> Alias:
    return row.aliases.model(name=name, slug=slug, **{row.aliases.model.OF: row})


def _is_taken(row: AnyName | Alias) -> bool:
    """Say whether another row stands where this one is to stand."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return True
    return False


@transaction.atomic
def undo(deed: Deed, *, by: User) -> None:
    """Give back the name, the address and the aliases as they were. Raises `CannotUndo` with the reason."""
    deed = Deed.objects.select_for_update().get(pk=deed.pk)
    if not Deed.objects.undoable().filter(pk=deed.pk, kind__startswith=KIND).exists():
        raise CannotUndo(gettext("It was done more than thirty days ago, or is undone already."))
    row = _standing(deed)
    _check_free(deed, row)
    take_back(deed)
    row.refresh_from_db()
    row.touch()
    keep_findable(row)
    find_anew(row)
    Deed.objects.filter(pk=deed.pk).update(state=Deed.State.UNDONE, undone_by=by, undone_at=Now())


def _standing(deed: Deed) -> AnyName:
    """The row, if it is still called as the deed left it."""
    row = TABLES[deed.kind]._default_manager.filter(pk=deed.said["key"]).first()
    if row is None:
        raise CannotUndo(gettext("“%s” was itself merged or deleted since; undo that first.") % deed.said["new"])
    if row.name != deed.said["new"]:
        raise CannotUndo(gettext("“%s” was given another name since; undo that first.") % deed.said["new"])
    return row


def _check_free(deed: Deed, row: AnyName) -> None:
    line = deed.rows.get(table=row._meta.model_name)
    former = copy(row)
    for column, value in (line.before or {}).items():
        setattr(former, column, value)
    if _is_taken(former):
        raise CannotUndo(gettext("The name “%s” or its address is in use again.") % former.name)
