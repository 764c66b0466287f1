"""The index in PostgreSQL: a column of pieces under a GIN index, and the text itself where pieces do not suffice."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models import SearchDocument
from articles.search.backends import Limits
from articles.search.pieces import asked, encoded, pairs

# A tsvector holds a megabyte; what a text of several million characters has beyond that is not found.
MOST_BYTES = 900_000
# words up to this length are pieces themselves, and need no second look
PIECE = 2
PUT_IN = "UPDATE articles_searchdocument SET pieces = array_to_tsvector(%s::text[]) WHERE id = %s"
FOUND = """
SELECT article_id FROM articles_searchdocument
WHERE pieces @@ %s::tsquery AND audience = %s{phrases} LIMIT %s
"""
PHRASE = " AND (title LIKE %s OR names LIKE %s OR addresses LIKE %s OR body LIKE %s)"


def limits(words: Sequence[str]) -> Limits:
    """Reading a document costs ten times what naming it does, as long as its pieces suffice."""
    is_short = all(len(word) <= PIECE for word in words)
    return Limits(common=120, named=100_000) if is_short else Limits(common=40, named=20_000)


def put_in(documents: Iterable[SearchDocument]) -> None:
    """Put the pieces of saved documents into the index."""
    rows = [(_pieces(document), document.pk) for document in documents]
    with connection.cursor() as cursor:
        cursor.executemany(PUT_IN, rows)


def take_out(documents: Iterable[SearchDocument]) -> None:
    """Nothing to do: the pieces stand in the row, and go with it."""


def found(words: Sequence[str], audience: str, most: int) -> list[int]:
    """Return the keys of articles whose document holds every word, at most so many."""
    phrases = [_like(word) for word in words if len(word) > PIECE]
    statement = FOUND.format(phrases=PHRASE * len(phrases))
    likes = [like for like in phrases for _column in SearchDocument.COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(statement, [_asked(words), audience, *likes, most])
        return [key for (key,) in cursor.fetchall()]


def among(keys: Sequence[int]) -> RawSQL:
    """The keys as something to be `in`: however many, they are one parameter."""
    # the statement is written here whole; the keys go beside it, as its one parameter
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])


def forget_all() -> None:
    """Nothing to do: the pieces go with their rows."""


def tidy() -> None:
    """Put into the index what was written beside it for speed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('articles_searchpieces')")


def _pieces(document: SearchDocument) -> list[str]:
    words = [word for column in SearchDocument.COLUMNS for word in encoded(getattr(document, column)).split()]
    found = dict.fromkeys(piece for word in words for piece in (*word, *pairs(word)))
    kept, size = [], 0
    for piece in found:
        size += len(piece.encode())
        if size > MOST_BYTES:
            break
        kept.append(piece)
    return kept


def _asked(words: Sequence[str]) -> str:
    wanted = dict.fromkeys(piece for word in map(encoded, words) for piece in asked(word))
    return " & ".join(f"'{piece}'" for piece in wanted)


def _like(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
