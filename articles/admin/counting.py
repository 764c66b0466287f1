"""Numbers beside links: counted up to a cap, so that they cost the same in a large library as in a small one."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField, QuerySet, Subquery

Name = TypeVar("Name", bound=Hashable)

# a list shows no more than this, and what is more is called so
MOST = 2_000


class CappedCount(Subquery):
    """How many rows there are, up to one more than the cap."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet, most: int | None = MOST) -> None:
        keys = rows.order_by().values("pk")
        super().__init__(keys if most is None else keys[: most + 1])


class FirstKeys(Subquery):
    """The keys of the first rows, in their order, joined by commas."""

    output_field = CharField()
    template = "(SELECT group_concat(_first.pk) FROM (%(subquery)s) _first)"
    as_text = "(SELECT string_agg(_first.pk::text, ',') FROM (%(subquery)s) _first)"

    def __init__(self, rows: QuerySet, most: int | None) -> None:
        super().__init__(rows.values("pk")[:most])

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.as_text)


def first_and_count(
    asked: Mapping[Name, QuerySet], most: int, beside: Subquery
) -> tuple[dict[Name, tuple[list[int], int]], Any]:
    """Return for each of these its first keys and how many there are up to one more than the cap, and what `beside` is.

    It is one query for all of them.
    """
    named: dict[str, Subquery] = {}
    for place, rows in enumerate(asked.values()):
        named |= {f"count_{place}": CappedCount(rows), f"keys_{place}": FirstKeys(rows, most)}
    named["beside"] = beside
    row = ContentType.objects.order_by("pk").annotate(**named).values(*named).first()
    found = {name: (_keys(row[f"keys_{place}"]), row[f"count_{place}"]) for place, name in enumerate(asked)}
    return found, row["beside"]


def keys_of_all(asked: Mapping[Name, QuerySet]) -> dict[Name, set[int]]:
    """Return the keys of every one of these, in one query: for a library that is small."""
    named = {f"keys_{place}": FirstKeys(rows.order_by(), None) for place, rows in enumerate(asked.values())}
    row = ContentType.objects.order_by("pk").annotate(**named).values_list(*named)[:1]
    return {name: set(_keys(joined)) for name, joined in zip(asked, row[0], strict=True)}


def _keys(joined: str | None) -> list[int]:
    return [int(key) for key in (joined or "").split(",") if key]


def count_all(counted: Mapping[Name, QuerySet], *, most: int | None = MOST) -> dict[Name, int]:
    """Count every one of these, up to one more than the cap, in one query."""
    named = {f"count_{place}": CappedCount(rows, most) for place, rows in enumerate(counted.values())}
    # one row of a table that always has some
    row = ContentType.objects.order_by("pk").annotate(**named).values_list(*named)[:1]
    return dict(zip(counted, row[0], strict=True))


def said(count: int | None) -> dict[str, Any]:
    """What a template says of a count: the number, and whether there are more."""
    return {"count": min(count or 0, MOST), "has_more": (count or 0) > MOST}
