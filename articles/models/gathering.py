"""Rows that hang on another in small numbers, as a column of its query: they cost a page no query of their own."""

from typing import Any

from django.db.models import Aggregate, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Gathered(Aggregate):
    """The objects of a group as one JSON array."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


def gathered(rows: QuerySet[Any], key: str, to: str, **columns: str) -> Subquery:
    """Return the column of the rows whose `key` is the outer row's `to`: a list of dicts in no order, or None."""
    group = rows.filter(**{key: OuterRef(to)}).order_by().values(key)
    return Subquery(group.annotate(gathered=Gathered(JSONObject(**columns))).values("gathered"))
