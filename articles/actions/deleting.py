"""How rows go for good: what was looked at is what goes, and whoever has open what it hung on finds out."""

from django.db import transaction

from articles import search
from articles.actions import placing, pointing
from articles.models import Article, Author, Excerpt, Source, Tag, Theme, Versioned, VersionedQuerySet


def delete(row: Versioned, *, version: int) -> None:
    """Delete the row with all that hangs on it.

    Raises `StaleVersion` when it changed since `version` was read.
    """
    row.version = version
    if isinstance(row, Article):
        _delete_article(row)
    else:
        _delete_beside(row)


@transaction.atomic
def _delete_article(article: Article) -> None:
    article.touch()
    placing.themes_of([article.pk]).count_up()
    search.remove(article.pk)
    article.delete()


@transaction.atomic
def _delete_beside(row: Versioned) -> None:
    """Delete what stands beside articles: a form of one of them that is open would write it anew."""
    _articles(row).count_up()
    if isinstance(row, Excerpt):
        placing.count_up(row.theme)
    row.touch()
    row.delete()


def _articles(row: Versioned) -> VersionedQuerySet[Article]:
    if isinstance(row, Excerpt):
        return Article.objects.filter(pk=row.edition.article_id)
    return pointing.articles_of(row) if isinstance(row, Author | Source | Tag | Theme) else Article.objects.none()
