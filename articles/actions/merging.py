"""Two names of one thing become one: all that hangs on the one goes to the other, and can be given back for 30 days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Max, Model
from django.db.models.functions import Now
from django.utils.translation import gettext

from articles.actions.placing import count_up
from articles.actions.pointing import ARTICLE_OF, Pointing, articles_of, find_anew, pointing_at
from articles.actions.recording import Record, rebuilt, take_back
from articles.models import Article, Author, Byline, Deed, Placement, Source, Tag, Theme, keep_findable

Name = TypeVar("Name", Author, Source, Tag, Theme)
AnyName = Author | Source | Tag | Theme
FIRST = 20


class CannotMerge(Exception):
    """These two cannot be merged; the message is a sentence for the editor."""


class CannotUndo(Exception):
    """The merge cannot be taken back; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Move:
    """What goes from the one to the other, from one table."""

    title: str
    count: int
    first: list[str]
    doubled: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a merge would do."""

    moves: list[Move]
    aliases: list[str]
    refusal: str


def outlook(survivor: Name, gone: Name) -> Outlook:
    """Say what `merge` would do, and why it would not."""
    moves = []
    for pointing in pointing_at(gone):
        if count := pointing.rows(gone).count():
            title = str(pointing.model._meta.verbose_name_plural)
            moves.append(Move(title, count, _names(pointing, gone), len(pointing.doubled(survivor, gone))))
    aliases = [gone.name, *gone.aliases.values_list("name", flat=True)]
    return Outlook(moves, [name for name in dict.fromkeys(aliases) if name != survivor.name], _refusal(survivor, gone))


def _names(pointing: Pointing, name: Model) -> list[str]:
    path = ARTICLE_OF.get(pointing.table)
    if path is None or pointing.model is Article:
        return [str(row) for row in pointing.rows(name)[:FIRST]]
    keys = pointing.rows(name).order_by(path).values_list(path, flat=True).distinct()[:FIRST]
    return [str(article) for article in Article.objects.only("title").in_bulk(list(keys)).values()]


def _refusal(survivor: AnyName, gone: AnyName) -> str:
    if type(survivor) is not type(gone) or survivor.pk == gone.pk:
        return gettext("These are not two of one kind.")
    if isinstance(survivor, Theme) and isinstance(gone, Theme):
        return _refusal_in_the_tree(survivor, gone)
    return ""


def _refusal_in_the_tree(survivor: Theme, gone: Theme) -> str:
    if gone.pk in survivor.ancestors():
        return gettext("A theme cannot be merged into one that stands under it.")
    twins = set(survivor.children.values_list("name", flat=True)) & set(gone.children.values_list("name", flat=True))
    if twins:
        return gettext("Both have a theme “%s” under them; merge these first.") % "”, “".join(sorted(twins))
    return ""


@transaction.atomic
def merge(survivor: Name, gone: Name, *, versions: tuple[int, int], by: User) -> Deed:
    """Let everything that points at `gone` point at `survivor`, which takes its names and address over.

    `versions` are those the editor saw, of the survivor and of the other. Returns what `undo` takes.
    Raises `CannotMerge`, and `StaleVersion` when either changed meanwhile.
    """
    articles_of(gone).hold()
    survivor, gone = _claim(survivor, gone, versions)
    articles_of(gone).count_up()
    if refusal := _refusal(survivor, gone):
        raise CannotMerge(refusal)
    said = {"gone": gone.name, "gone_key": gone.pk, "survivor": survivor.name, "survivor_key": survivor.pk}
    deed = Deed.objects.create(kind=f"merge_{survivor._meta.model_name}", said=said, done_by=by)
    record = Record(deed)
    for pointing in pointing_at(gone):
        _move(record, pointing, survivor, gone)
    _take_aliases(record, survivor, gone)
    record.remove(gone)
    _lead_on(record, survivor, gone)
    record.keep()
    keep_findable(survivor)
    find_anew(survivor)
    deed.state = Deed.State.DONE
    deed.save(update_fields=["state"])
    return deed


def _claim(survivor: Name, gone: Name, versions: tuple[int, int]) -> tuple[Name, Name]:
    """Claim both, always in one order, and let nobody point at either until we are done."""
    rows = type(survivor)._default_manager
    pairs = sorted(zip((survivor.pk, gone.pk), versions, strict=True))
    claimed = {key: rows.claim(key, version) for key, version in pairs}
    list(rows.select_for_update().filter(pk__in=claimed).order_by("pk").values_list("pk"))
    return claimed[survivor.pk], claimed.get(gone.pk, claimed[survivor.pk])


def _move(record: Record, pointing: Pointing, survivor: AnyName, gone: AnyName) -> None:
    doubled = pointing.doubled(survivor, gone)
    rows = list(pointing.rows(gone))
    for row in rows:
        setattr(row, pointing.column, gone)  # what it says of itself asks for it, row by row
        if row.pk in doubled:
            _leave_reason(record, row, survivor)
            record.remove(row)
    column = cast("ForeignKey", pointing.model._meta.get_field(pointing.column)).attname
    record.change(
        _moved((row for row in rows if row.pk not in doubled), column, survivor, gone, _next(pointing, survivor))
    )
    if pointing.model is Theme:
        Theme.objects.filter(parent=survivor.pk).count_up()


def _moved(
    rows: Iterable[Any], column: str, survivor: AnyName, gone: AnyName, position: int
) -> Iterator[tuple[Model, dict[str, Any]]]:
    for row in rows:
        columns: dict[str, Any] = {column: survivor.pk}
        if isinstance(row, Byline):
            columns["printed"] = row.printed or gone.name  # what was printed does not change with the name
        if isinstance(row, Placement | Theme):
            columns["position"], position = position, position + 1
        yield row, columns


def _next(pointing: Pointing, survivor: AnyName) -> int:
    """The place behind the last one, in tables that keep an order under the name."""
    if pointing.model not in (Placement, Theme):
        return 0
    last = pointing.rows(survivor).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _leave_reason(record: Record, row: Any, survivor: AnyName) -> None:
    """Of two placements of one article the survivor's stays; without a reason it takes the other's."""
    if not isinstance(row, Placement) or not row.reason:
        return
    staying = Placement.objects.get(theme=survivor.pk, article=row.article_id)
    if not staying.reason:
        record.change([(staying, {"reason": row.reason})])


def _take_aliases(record: Record, survivor: AnyName, gone: AnyName) -> None:
    """The survivor takes the aliases over; one it has already keeps the address readers may come by."""
    own = {alias.name: alias for alias in survivor.aliases.all()}
    for alias in list(gone.aliases.all()):
        if alias.name in own:
            record.remove(alias)
            _keep_address(record, survivor, own[alias.name], alias.slug)
        else:
            record.change([(alias, {f"{alias.OF}_id": survivor.pk})])


def _lead_on(record: Record, survivor: AnyName, gone: AnyName) -> None:
    """The name becomes an alias, and its address leads on."""
    same = survivor.aliases.filter(name=gone.name).first()
    if same is None:
        record.add(survivor.aliases.model(name=gone.name, slug=gone.slug, **{survivor.aliases.model.OF: survivor}))
    else:
        _keep_address(record, survivor, same, gone.slug)


def _keep_address(record: Record, survivor: AnyName, alias: Any, slug: str | None) -> None:
    """Let the alias lead on from the address; where it leads on from another, one more does, named by the address."""
    if not slug:
        return
    if alias.slug is None:
        record.change([(alias, {"slug": slug})])
    else:
        record.add(survivor.aliases.model(name=slug, slug=slug, **{alias.OF: survivor}))


@transaction.atomic
def undo(deed: Deed, *, by: User) -> None:
    """Give back exactly what was: same keys, same addresses, same places; what somebody changed since stays theirs.

    Raises `CannotUndo` with the reason.
    """
    deed = Deed.objects.select_for_update().get(pk=deed.pk)
    if not Deed.objects.undoable().filter(pk=deed.pk, kind__startswith="merge_").exists():
        raise CannotUndo(gettext("It was done more than thirty days ago, or is undone already."))
    gone = _gone(deed)
    survivor = type(gone)._default_manager.filter(pk=deed.said["survivor_key"]).first()
    if survivor is None:
        raise CannotUndo(gettext("“%s” was itself merged or deleted since; undo that first.") % deed.said["survivor"])
    _check_free(gone)
    articles_of(survivor).count_up()
    take_back(deed)
    for row in (survivor, type(gone)._default_manager.get(pk=gone.pk)):
        count_up(row)
        keep_findable(row)
        find_anew(row)
    Deed.objects.filter(pk=deed.pk).update(state=Deed.State.UNDONE, undone_by=by, undone_at=Now())


def _gone(deed: Deed) -> AnyName:
    line = deed.rows.get(table=deed.kind.removeprefix("merge_"), key=deed.said["gone_key"], after__isnull=True)
    return cast("AnyName", rebuilt(line))


def _check_free(gone: AnyName) -> None:
    """Raises `CannotUndo` when the place of the row that comes back was taken since."""
    if isinstance(gone, Theme) and gone.parent_id and not Theme.objects.filter(pk=gone.parent_id).exists():
        raise CannotUndo(gettext("The theme it stood under is gone."))
    try:
        gone.validate_unique()
        gone.validate_constraints()
    except ValidationError as taken:
        raise CannotUndo(gettext("The name “%s” or its address is in use again.") % gone.name) from taken
