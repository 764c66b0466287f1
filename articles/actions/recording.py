"""What a deed did to the rows of any table, column by column, so that it can be taken back exactly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext_noop

from articles.models import Deed, DeedRow

BATCH = 500
LONGEST_NAME = int(DeedRow._meta.get_field("name").max_length or 0)
CHANGED_SINCE = gettext_noop("it was changed since, and is left as it is")
GONE_SINCE = gettext_noop("what it belonged to is gone since")

Columns = Mapping[str, Any]
Item = TypeVar("Item")


class Record:
    """Does things to rows and writes down what stood there before and what stands there now."""

    def __init__(self, deed: Deed) -> None:
        self.deed = deed
        self.rows: list[DeedRow] = []

    def change(self, changes: Iterable[tuple[Model, Columns]]) -> None:
        """Write these columns into these rows, all of one table and with the same columns.

        Past `save` and its checks: what asked for the deed has claimed what it must, and published editions, which
        take no save, have to follow a name that is merged.
        """
        for batch in _batches(changes):
            for row, columns in batch:
                self._write(row, {name: getattr(row, name) for name in columns}, dict(columns))
                for name, value in columns.items():
                    setattr(row, name, value)
            rows = [row for row, _ in batch]
            type(rows[0])._base_manager.bulk_update(rows, list(batch[0][1]))

    def remove(self, row: Model) -> None:
        """Take the row away; nothing may point at it any more."""
        self._write(row, dump(row), None)
        type(row)._base_manager.filter(pk=row.pk).delete()

    def add(self, row: Model) -> None:
        row.save(force_insert=True)
        self._write(row, None, dump(row))

    def keep(self) -> None:
        """Store what was written down."""
        DeedRow.objects.bulk_create(self.rows, batch_size=BATCH)

    def _write(self, row: Model, before: Columns | None, after: Columns | None) -> None:
        line = DeedRow(
            deed=self.deed,
            position=len(self.rows),
            table=str(row._meta.model_name),
            key=row.pk,
            name=str(row)[:LONGEST_NAME],
            before=before,
            after=after,
            outcome=DeedRow.Outcome.DONE,
        )
        self.rows.append(line)


def dump(row: Model) -> dict[str, Any]:
    """Return every column of the row; the tables of names and what hangs on them hold nothing JSON cannot."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def rebuilt(line: DeedRow) -> Model:
    """Return the row that was taken away, not yet stored."""
    return apps.get_model("articles", line.table)(**(line.before or {}))


def take_back(deed: Deed) -> None:
    """Give every row back what stood in it, last things first; what somebody changed since is left, and said so."""
    lines = list(deed.rows.filter(outcome=DeedRow.Outcome.DONE).order_by("-position"))
    for (table, columns), group in groupby(lines, _same_kind):
        model = apps.get_model("articles", table)
        for batch in _batches(group):
            _give_back(model, columns, batch)
    DeedRow.objects.bulk_update(lines, ["outcome", "told"], batch_size=BATCH)


def _same_kind(line: DeedRow) -> tuple[str, tuple[str, ...] | bool]:
    if line.before is None or line.after is None:
        return line.table, line.before is None
    return line.table, tuple(line.after)


def _give_back(model: type[Model], columns: tuple[str, ...] | bool, lines: Sequence[DeedRow]) -> None:
    if columns is True:
        model._default_manager.filter(pk__in=[line.key for line in lines]).delete()
        told = {}
    elif columns is False:
        told = {line.key: GONE_SINCE for line in lines if not _put_back(rebuilt(line))}
    else:
        told = {line.key: CHANGED_SINCE for line in _not_changed_back(model, columns, lines)}
    for line in lines:
        line.told = told.get(line.key, "")
        line.outcome = DeedRow.Outcome.UNCHANGED if line.told else DeedRow.Outcome.UNDONE


def _put_back(row: Model) -> bool:
    """Store the row under its old key; say whether what it points at is still there and its place still free."""
    columns = [field for field in row._meta.concrete_fields if isinstance(field, ForeignKey)]
    keys = [(field.related_model, key) for field in columns if (key := getattr(row, field.attname)) is not None]
    if not all(model._base_manager.filter(pk=key).exists() for model, key in keys):
        return False
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return False
    row.save_base(raw=True, force_insert=True)
    return True


def _not_changed_back(model: type[Model], columns: tuple[str, ...], lines: Sequence[DeedRow]) -> list[DeedRow]:
    """Write the old columns into the rows that stand as the deed left them; return the lines of the others."""
    standing = model._base_manager.in_bulk([line.key for line in lines])
    changed, left = [], []
    for line in lines:
        row, before, after = standing.get(line.key), line.before or {}, line.after or {}
        if row is None or any(getattr(row, name) != after[name] for name in columns):
            left.append(line)
            continue
        for name in columns:
            setattr(row, name, before[name])
        changed.append(row)
    model._base_manager.bulk_update(changed, columns)
    return left


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch
