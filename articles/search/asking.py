"""How the index is asked, whatever the database."""

from collections.abc import Sequence
from types import ModuleType

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from articles.models import SearchDocument
from articles.search.queries import Asked, Word

# How many of the newest articles tell whether a term is common.
SAMPLE = 200
READ_FIRST = ("title", "names", "addresses", "body")


def said(asked: Asked, audience: Sequence[str]) -> Q:
    """Return the condition that a document for `audience` answers what is asked.

    The index names the articles; where those are too many, they are met by reading one article after the other.
    """
    if not asked.groups:
        return read_through(asked, audience) if asked.without else Q()
    limits = backend().limits(asked)
    newest = SearchDocument.objects.filter(audience__in=audience).order_by("-pk").values("pk")[:SAMPLE]
    if SearchDocument.objects.filter(_holding(asked), pk__in=newest).count() >= limits.common:
        return read_through(asked, audience)
    found = backend().found(asked, audience, limits.named + 1)
    return Q(pk__in=backend().among(found)) if len(found) <= limits.named else read_through(asked, audience)


def read_through(asked: Asked, audience: Sequence[str]) -> Q:
    """For what very many articles hold: the first of them in any order are found by reading them in that order.

    A yes or no for each article, not "there is a document that …": PostgreSQL takes words for rare, makes a join of
    such a question, and reads the whole library first.
    """
    documents = SearchDocument.objects.filter(article=OuterRef("pk"), audience__in=audience)
    is_held = documents.annotate(is_held=ExpressionWrapper(_holding(asked), BooleanField())).values("is_held")
    return Q(Subquery(is_held[:1], BooleanField()))


def _holding(asked: Asked) -> Q:
    held = Q(*(Q(*map(_stands, group), _connector=Q.OR) for group in asked.groups))
    return held & ~Q(*map(_stands, asked.without), _connector=Q.OR) if asked.without else held


def _stands(word: Word) -> Q:
    columns = [word.column] if word.column else READ_FIRST
    return Q(*((f"{column}__contains", word.text) for column in columns), _connector=Q.OR)


def backend() -> ModuleType:
    """Return the index of the database in use."""
    # each is imported only where its database is the one in use
    if connection.vendor == "postgresql":
        from articles.search.backends import postgresql

        return postgresql
    from articles.search.backends import sqlite

    return sqlite
