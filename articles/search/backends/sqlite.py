"""The index in SQLite: an FTS5 table that keeps no text, row for row beside the documents."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models import SearchDocument
from articles.search.backends import NAMES_WEIGHT, TITLE_WEIGHT, Limits, Order
from articles.search.pieces import encoded, phrase_of, pieces
from articles.search.queries import Asked, Word

TABLE = "articles_searchpieces"
COLUMNS = ", ".join(SearchDocument.COLUMNS)
MARKS = ", ".join(["%s"] * len(SearchDocument.COLUMNS))
PUT_IN = f"INSERT INTO {TABLE} (rowid, {COLUMNS}) VALUES (%s, {MARKS})"  # noqa: S608 - our own names
# the plain SQLite of a distribution knows no other way to delete from a table that keeps no text
TAKE_OUT = f"INSERT INTO {TABLE} ({TABLE}, rowid, {COLUMNS}) VALUES ('delete', %s, {MARKS})"  # noqa: S608
FOUND = f"""
SELECT document.article_id FROM {TABLE} AS piece CROSS JOIN articles_searchdocument AS document
ON document.id = piece.rowid WHERE piece.{TABLE} MATCH %s AND document.audience IN (%s, %s)
"""  # noqa: S608
ORDERS = {
    Order.ANY: "",
    # the weights stand in the order of the columns
    Order.BEST: f"ORDER BY bm25({TABLE}, {TITLE_WEIGHT}, {NAMES_WEIGHT}, 1, 1), piece.rowid DESC",
    Order.LAST: "ORDER BY piece.rowid DESC",
}


def limits(asked: Asked) -> Limits:
    """A document is read in a moment, the index names twenty thousand in a tenth of a second."""
    return Limits(common=40, named=20_000)


def put_in(documents: Iterable[SearchDocument]) -> None:
    """Put the pieces of saved documents into the index."""
    _write(PUT_IN, documents)


def take_out(documents: Iterable[SearchDocument]) -> None:
    """Take out the pieces of documents, which have to hold what was put in."""
    _write(TAKE_OUT, documents)


def found(asked: Asked, audience: Sequence[str], most: int, order: Order = Order.ANY) -> list[int]:
    """Return the keys of articles whose document answers what is asked, at most so many."""
    with connection.cursor() as cursor:
        cursor.execute(f"{FOUND}{ORDERS[order]} LIMIT %s", [_match(asked), *audience, most])
        return [key for (key,) in cursor.fetchall()]


def held(tried: Sequence[Asked], audience: Sequence[str]) -> list[bool]:
    """Return for each of these whether any document answers it; one query."""
    statement = " UNION ALL ".join([f"SELECT EXISTS ({FOUND})"] * len(tried))
    with connection.cursor() as cursor:
        cursor.execute(statement, [each for asked in tried for each in (_match(asked), *audience)])
        return [bool(is_held) for (is_held,) in cursor.fetchall()]


def among(keys: Sequence[int]) -> RawSQL:
    """The keys as something to be `in`: however many, they are one parameter."""
    # the statement is written here whole; the keys go beside it, as its one parameter
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])


def forget_all() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")  # noqa: S608


def tidy() -> None:
    """Merge the parts the index was written in: it answers faster afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608


def _write(statement: str, documents: Iterable[SearchDocument]) -> None:
    rows: list[tuple[int | str, ...]] = [
        (document.pk, *(" ".join(pieces(getattr(document, column))) for column in SearchDocument.COLUMNS))
        for document in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _match(asked: Asked) -> str:
    groups = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in asked.groups)
    return f"({groups}){''.join(f' NOT {_phrase(word)}' for word in asked.without)}"


def _phrase(word: Word) -> str:
    """The pieces of the phrase one after the other; of a single character at its end whatever begins with it."""
    *before, last = phrase_of(encoded(word.text))
    column = f"{word.column} : " if word.column else ""
    return f'{column}"{" ".join([*before, last])}"{"*" if len(last) == 1 else ""}'
