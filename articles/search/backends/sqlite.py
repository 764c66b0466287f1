"""The index in SQLite: an FTS5 table that keeps no text, row for row beside the documents."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models import SearchDocument
from articles.search.backends import Limits
from articles.search.pieces import asked, encoded, pieces

TABLE = "articles_searchpieces"
COLUMNS = ", ".join(SearchDocument.COLUMNS)
MARKS = ", ".join(["%s"] * len(SearchDocument.COLUMNS))
PUT_IN = f"INSERT INTO {TABLE} (rowid, {COLUMNS}) VALUES (%s, {MARKS})"  # noqa: S608 - our own names
# the plain SQLite of a distribution knows no other way to delete from a table that keeps no text
TAKE_OUT = f"INSERT INTO {TABLE} ({TABLE}, rowid, {COLUMNS}) VALUES ('delete', %s, {MARKS})"  # noqa: S608
FOUND = f"""
SELECT document.article_id FROM {TABLE} AS piece CROSS JOIN articles_searchdocument AS document
ON document.id = piece.rowid WHERE piece.{TABLE} MATCH %s AND document.audience = %s LIMIT %s
"""  # noqa: S608


def limits(words: Sequence[str]) -> Limits:
    """A document is read in a moment, the index names twenty thousand in a tenth of a second."""
    return Limits(common=40, named=20_000)


def put_in(documents: Iterable[SearchDocument]) -> None:
    """Put the pieces of saved documents into the index."""
    _write(PUT_IN, documents)


def take_out(documents: Iterable[SearchDocument]) -> None:
    """Take out the pieces of documents, which have to hold what was put in."""
    _write(TAKE_OUT, documents)


def found(words: Sequence[str], audience: str, most: int) -> list[int]:
    """Return the keys of articles whose document holds every word, at most so many."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [" AND ".join(map(_asked, words)), audience, most])
        return [key for (key,) in cursor.fetchall()]


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


def _asked(word: str) -> str:
    """The pieces of the phrase one after the other; of a single character at its end whatever begins with it."""
    *before, last = asked(encoded(word))
    return f'"{" ".join([*before, last])}"{"*" if len(last) == 1 else ""}'
