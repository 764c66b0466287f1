"""Answers "which articles say this?", whatever the database.

A phrase is found exactly where it stands, folded: in either script, in any width, in capitals or not. What is put in
here is put in with the writer's own transaction, so that a killed process leaves both or neither.
"""

import re
from collections.abc import Sequence
from types import ModuleType

from django.db import connection, transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from articles.models import Article, SearchDocument
from articles.search.documents import RULES, written
from articles.search.pieces import LONGEST_TERM, clean, words_of

__all__ = ["RULES", "begin_anew", "matching", "meant", "put", "put_all", "remove", "tidy", "waiting"]

# How many of the newest articles tell whether a term is common.
SAMPLE = 200
EDITORS = SearchDocument.Audience.EDITORS
# How an article is named: by its number as lists show it, or by its address, the readers' one or the editors' own.
NAMED = re.compile(
    r"#?([0-9]{1,9})|(?:https?://[^/ ]+)?(?:/[a-z-]+)?/(?:admin/articles/article|articles)/([0-9]{1,9})(?:[/?#].*)?"
)
READ_FIRST = ("title", "names", "addresses", "body")


def put(article: Article) -> None:
    """Make the article findable by what it says now; call it in the transaction that writes it, after the writing."""
    put_all([article.pk])


@transaction.atomic
def put_all(keys: Sequence[int]) -> int:
    """Make these articles findable by what they say now, and return how many that are."""
    before = {document.article_id: document for document in SearchDocument.objects.filter(article__in=keys)}
    now = [document for document in written(keys) if not _is_same(before.get(document.article_id), document)]
    _backend().take_out([before[document.article_id] for document in now if document.article_id in before])
    for document in now:
        if document.article_id in before:
            document.pk = before[document.article_id].pk
    SearchDocument.objects.bulk_create([document for document in now if document.pk is None])
    SearchDocument.objects.bulk_update(
        [document for document in now if document.article_id in before], ["rules", *SearchDocument.COLUMNS]
    )
    _backend().put_in(now)
    return len(now)


@transaction.atomic
def remove(pk: int) -> None:
    """Make the article unfindable; call it before the article is deleted."""
    documents = SearchDocument.objects.filter(article=pk)
    _backend().take_out(documents)
    documents.delete()


def matching(term: str, *, among: QuerySet[Article]) -> QuerySet[Article]:
    """Return those of `among` that hold every word of the term, wherever; a number or an address is also its article.

    Anything that can be typed is answered. It asks the index at once, and the QuerySet it returns goes on from there.
    """
    return among.filter(meant(term))


def meant(term: str) -> Q:
    """Return the same as a condition, for who asks more than one QuerySet about one term."""
    words = words_of(term)
    if not words:
        return Q(pk__in=())
    is_meant = _meant(words)
    if named := NAMED.fullmatch(clean(term[:LONGEST_TERM])):
        is_meant |= Q(pk=int(named[1] or named[2]))
    return is_meant


def waiting(*, after: int = 0, most: int) -> list[int]:
    """Return articles that were never put in, or by older rules: the next ones after a number, at most so many."""
    current = SearchDocument.objects.filter(article=OuterRef("pk"), audience=EDITORS, rules=RULES)
    return list(
        Article.objects.filter(~Exists(current), pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most]
    )


@transaction.atomic
def begin_anew() -> None:
    """Empty the index; `reindex` fills it again, from where it was stopped."""
    _backend().forget_all()
    SearchDocument.objects.all().delete()


def tidy() -> None:
    """Bring the index into the form in which it answers fastest."""
    _backend().tidy()


def _is_same(before: SearchDocument | None, now: SearchDocument) -> bool:
    return before is not None and all(
        getattr(before, name) == getattr(now, name) for name in ("rules", *SearchDocument.COLUMNS)
    )


def _meant(words: Sequence[str]) -> Q:
    """The articles the index names; where those are too many, what is met by reading one article after the other."""
    limits = _backend().limits(words)
    newest = SearchDocument.objects.filter(audience=EDITORS).order_by("-pk").values("pk")[:SAMPLE]
    if SearchDocument.objects.filter(_holding(words), pk__in=newest).count() >= limits.common:
        return _read_through(words)
    found = _backend().found(words, EDITORS, limits.named + 1)
    return Q(pk__in=_backend().among(found)) if len(found) <= limits.named else _read_through(words)


def _read_through(words: Sequence[str]) -> Q:
    """For what very many articles hold: the first of them in any order are found by reading them in that order.

    A yes or no for each article, not "there is a document that …": PostgreSQL takes words for rare, makes a join of
    such a question, and reads the whole library first.
    """
    documents = SearchDocument.objects.filter(article=OuterRef("pk"), audience=EDITORS)
    is_held = documents.annotate(is_held=ExpressionWrapper(_holding(words), BooleanField())).values("is_held")
    return Q(Subquery(is_held, BooleanField()))


def _holding(words: Sequence[str]) -> Q:
    return Q(*(Q(*((f"{column}__contains", word) for column in READ_FIRST), _connector=Q.OR) for word in words))


def _backend() -> ModuleType:
    # each is imported only where its database is the one in use
    if connection.vendor == "postgresql":
        from articles.search.backends import postgresql

        return postgresql
    from articles.search.backends import sqlite

    return sqlite
