"""Answers "which articles say this?", whatever the database.

A phrase is found exactly where it stands, folded: in either script, in any width, in capitals or not. What is put in
here is put in with the writer's own transaction, so that a killed process leaves both or neither.
"""

import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import Article, SearchDocument
from articles.search.asking import backend, said
from articles.search.documents import RULES, written
from articles.search.finding import MOST, Found, find
from articles.search.guessing import guesses, with_words
from articles.search.naming import called, known, titled
from articles.search.passages import Piece, marked, passage
from articles.search.pieces import LONGEST_TERM, clean
from articles.search.queries import Query, parse

__all__ = [
    "MOST",
    "RULES",
    "Found",
    "Piece",
    "Query",
    "begin_anew",
    "called",
    "find",
    "guesses",
    "marked",
    "matching",
    "meant",
    "parse",
    "passage",
    "put",
    "put_all",
    "remove",
    "tidy",
    "titled",
    "waiting",
    "with_words",
]

WRITTEN = ("rules", "reading", *SearchDocument.COLUMNS)
# How an article is named: by its number as lists show it, or by its address, the readers' one or the editors' own.
NAMED = re.compile(
    r"#?([0-9]{1,9})|(?:https?://[^/ ]+)?(?:/[a-z-]+)?/(?:admin/articles/article|articles)/([0-9]{1,9})(?:[/?#].*)?"
)


def put(article: Article) -> None:
    """Make the article findable by what it says now; call it in the transaction that writes it, after the writing."""
    put_all([article.pk])


@transaction.atomic
def put_all(keys: Sequence[int]) -> int:
    """Make these articles findable by what they say now, and return how many were to be written anew."""
    stored = {(document.article_id, document.audience): document for document in _documents_of(keys)}
    now = {(document.article_id, str(document.audience)): document for document in written(keys)}
    changed = {key: document for key, document in now.items() if not _is_same(stored.get(key), document)}
    gone = [document for key, document in stored.items() if key not in now]
    backend().take_out([*gone, *(stored[key] for key in changed if key in stored)])
    SearchDocument.objects.filter(pk__in=[document.pk for document in gone]).delete()
    for key, document in changed.items():
        document.pk = stored[key].pk if key in stored else None
    SearchDocument.objects.bulk_create([document for document in changed.values() if document.pk is None])
    SearchDocument.objects.bulk_update([document for key, document in changed.items() if key in stored], WRITTEN)
    backend().put_in(changed.values())
    return len({document.article_id for document in changed.values()})


def _documents_of(keys: Sequence[int]) -> QuerySet[SearchDocument]:
    return SearchDocument.objects.filter(article__in=keys)


@transaction.atomic
def remove(pk: int) -> None:
    """Make the article unfindable; call it before the article is deleted."""
    documents = _documents_of([pk])
    backend().take_out(documents)
    documents.delete()


def matching(term: str, *, among: QuerySet[Article]) -> QuerySet[Article]:
    """Return those of `among` that answer the term in what editors see of them; a number or address is its article too.

    Anything that can be typed is answered. It asks the index at once, and the QuerySet it returns goes on from there.
    """
    return among.filter(meant(term))


def meant(term: str) -> Q:
    """Return the same as a condition, for who asks more than one QuerySet about one term."""
    query = parse(term)
    if not query:
        return Q(pk__in=())
    is_meant = known(query, SearchDocument.OF_EDITORS) & said(query.asked, SearchDocument.OF_EDITORS)
    if named := NAMED.fullmatch(clean(term[:LONGEST_TERM])):
        is_meant |= Q(pk=int(named[1] or named[2]))
    return is_meant


def waiting(*, after: int = 0, most: int) -> list[int]:
    """Return articles that were never put in, or by older rules: the next ones after a number, at most so many."""
    current = SearchDocument.objects.filter(article=OuterRef("pk"), audience__in=SearchDocument.OF_EDITORS, rules=RULES)
    return list(
        Article.objects.filter(~Exists(current), pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most]
    )


@transaction.atomic
def begin_anew() -> None:
    """Empty the index; `reindex` fills it again, from where it was stopped."""
    backend().forget_all()
    SearchDocument.objects.all().delete()


def tidy() -> None:
    """Bring the index into the form in which it answers fastest."""
    backend().tidy()


def _is_same(before: SearchDocument | None, now: SearchDocument) -> bool:
    return before is not None and all(
        getattr(before, name) == getattr(now, name)
        for name in ("audience", "rules", "reading", *SearchDocument.COLUMNS)
    )
