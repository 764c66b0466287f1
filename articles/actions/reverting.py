"""Going back to a text that was: an old edition taken up again, a working edition let go."""

from django.contrib.auth.models import User
from django.db import transaction

from articles.actions import anchoring, editing, remembering
from articles.actions.editing import Signature
from articles.models import Article, Edition


class CannotRestore(Exception):
    """The edition belongs to another article, or is the working one itself."""


class CannotDiscard(Exception):
    """There is no working edition, or nothing published would remain without it."""


@transaction.atomic
def restore(article: Article, *, version: int, by: User, edition: Edition) -> Edition:
    """Make the text, the metadata and the byline of a numbered edition those of the working one, and return it.

    A working edition there is gets these in the place of its own. What was found in the old text waits again, but for
    what was dismissed since.
    Raises `CannotRestore`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    if edition.article_id != article.pk or edition.number is None:
        raise CannotRestore
    working = editing.working_edition(article, by=by)
    body_before = working.body_html
    for column in Edition.WRITTEN:
        setattr(working, column, getattr(edition, column))
    working.changed_by = by
    working.save()
    _sign_as(working, edition)
    remembering.replace(working, anchoring.copies(edition, working))
    anchoring.follow_excerpts(working, body_before)
    editing.refresh(article)
    return working


@transaction.atomic
def discard(article: Article, *, version: int) -> Article:
    """Drop the working edition of an article that has a published one, and return the article.

    Excerpts taken from it go over to the published text where that has their words.
    Raises `CannotDiscard`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    if article.working is None or article.live is None:
        raise CannotDiscard
    dropped, article.working = article.working, None
    anchoring.carry_excerpts(dropped, article.live)
    editing.refresh(article)
    dropped.delete()
    return article


def _sign_as(working: Edition, edition: Edition) -> None:
    lines = edition.bylines.select_related("author")
    working.bylines.all().delete()
    editing.sign(working, [Signature(line.author, line.role, line.affiliation, line.name) for line in lines])
