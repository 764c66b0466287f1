"""Showing an article that is not public to somebody without an account, for a while."""

import hashlib
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Article, PreviewLink, new_token

MOST_OPEN = 20


class TooManyLinks(Exception):
    """So many links to one article are open that nobody knows any more who reads it."""


@transaction.atomic
def lend(article: Article, *, by: User, days: int, note: str = "") -> tuple[PreviewLink, str]:
    """Make a link that shows the article's edition in work for so many days; return it and its address part.

    The address part is kept nowhere and cannot be shown again. Raises `TooManyLinks`.
    """
    if article.preview_links.open().count() >= MOST_OPEN:
        raise TooManyLinks(article.pk)
    token = new_token()
    link = PreviewLink.objects.create(
        digest=hashlib.sha256(token.encode()).hexdigest(),
        article=article,
        note=note,
        made_by=by,
        expires_at=timezone.now().replace(microsecond=0) + timedelta(days=days),
    )
    return link, token


def revoke(link: PreviewLink) -> bool:
    """Close the link at once; return whether it was open."""
    return bool(PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()))
