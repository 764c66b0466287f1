"""The index in PostgreSQL: a column of pieces under a GIN index, and the text itself where pieces do not suffice."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models import SearchDocument
from articles.search.backends import NAMES_WEIGHT, TITLE_WEIGHT, Limits, Order
from articles.search.pieces import encoded, pairs, phrase_of
from articles.search.queries import Asked, Word

# A tsvector holds a megabyte; what a text of several million characters has beyond that is not found.
MOST_BYTES = 900_000
# words up to this length are pieces themselves, and need no second look
PIECE = 2
PUT_IN = "UPDATE articles_searchdocument SET pieces = array_to_tsvector(%s::text[]) WHERE id = %s"
FOUND = "SELECT article_id FROM articles_searchdocument WHERE pieces @@ %s::tsquery AND audience IN (%s, %s)"
# How often a word stands in the text, the less each further time; a text of any length is worth the same.
OFTEN = "(char_length(body) - char_length(replace(body, %s, ''))) / char_length(%s)::float"
WORTH = (
    f"(CASE WHEN title LIKE %s THEN {TITLE_WEIGHT} ELSE 0 END"
    f" + CASE WHEN names LIKE %s THEN {NAMES_WEIGHT} ELSE 0 END + ln(1 + {OFTEN}))"
)


def limits(asked: Asked) -> Limits:
    """Reading a document costs ten times what naming it does, as long as its pieces suffice."""
    is_short = all(map(_is_piece, [*asked.words, *asked.without]))
    return Limits(common=120, named=100_000) if is_short else Limits(common=40, named=20_000)


def put_in(documents: Iterable[SearchDocument]) -> None:
    """Put the pieces of saved documents into the index."""
    rows = [(_pieces(document), document.pk) for document in documents]
    with connection.cursor() as cursor:
        cursor.executemany(PUT_IN, rows)


def take_out(documents: Iterable[SearchDocument]) -> None:
    """Nothing to do: the pieces stand in the row, and go with it."""


def found(asked: Asked, audience: Sequence[str], most: int, order: Order = Order.ANY) -> list[int]:
    """Return the keys of articles whose document answers what is asked, at most so many."""
    statement, parameters = _answering(asked, audience)
    if order is Order.LAST:
        statement += " ORDER BY id DESC"
    if order is Order.BEST:
        statement += f" ORDER BY {' + '.join([WORTH] * len(asked.words))} DESC, id DESC"
        parameters += [each for word in asked.words for each in (*[_like(word.text)] * 2, word.text, word.text)]
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT %s", [*parameters, most])
        return [key for (key,) in cursor.fetchall()]


def held(tried: Sequence[Asked], audience: Sequence[str]) -> list[bool]:
    """Return for each of these whether any document answers it; one query."""
    each = [_answering(asked, audience) for asked in tried]
    statement = " UNION ALL ".join(f"SELECT EXISTS ({one})" for one, _parameters in each)
    with connection.cursor() as cursor:
        cursor.execute(statement, [parameter for _one, parameters in each for parameter in parameters])
        return [is_held for (is_held,) in cursor.fetchall()]


def _answering(asked: Asked, audience: Sequence[str]) -> tuple[str, list[str]]:
    """The statement that names the articles, and its parameters."""
    statement, parameters = FOUND, [_pieces_of(asked), *audience]
    for group in asked.groups:
        if not all(map(_is_piece, group)):
            statement += f" AND ({' OR '.join(map(_stands, group))})"
            parameters += [like for word in group for like in _likes(word)]
    for word in asked.without:
        statement += f" AND NOT ({_stands(word)})"
        parameters += _likes(word)
    return statement, parameters


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


def _is_piece(word: Word) -> bool:
    """Whether the index alone can tell where the word stands."""
    return len(word.text) <= PIECE and not word.column


def _pieces_of(asked: Asked) -> str:
    """The pieces that have to be there: more than needed is found by them, and looked at again."""
    groups = (" | ".join(f"({_pieces_of_word(word)})" for word in group) for group in asked.groups)
    return " & ".join(f"({group})" for group in groups)


def _pieces_of_word(word: Word) -> str:
    return " & ".join(f"'{piece}'" for piece in dict.fromkeys(phrase_of(encoded(word.text))))


def _stands(word: Word) -> str:
    return " OR ".join(f"{column} LIKE %s" for column in _columns(word))


def _likes(word: Word) -> list[str]:
    return [_like(word.text)] * len(_columns(word))


def _columns(word: Word) -> Sequence[str]:
    return [word.column] if word.column else SearchDocument.COLUMNS


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
