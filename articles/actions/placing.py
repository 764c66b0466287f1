"""Where articles stand in the tree of themes, and why."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Max

from articles.models import Article, Placement, StaleVersion, Theme, Versioned


class UnknownArticle(LookupError):
    """An article that is to be placed is not there."""


@transaction.atomic
def place(article: Article, theme: Theme, *, reason: str = "") -> Placement:
    """Put the article at the end of the theme; one that stands there already keeps its place and reason."""
    count_up(theme)  # first, so that two who place at once get two places
    standing = Placement.objects.filter(article=article, theme=theme).first()
    if standing:
        return standing
    count_up(article)
    return Placement.objects.create(article=article, theme=theme, reason=reason, position=_next(theme))


@transaction.atomic
def remove(placement: Placement) -> None:
    """Take the article out of the theme."""
    _count_both_up(placement)
    placement.delete()


@transaction.atomic
def give_reason(placement: Placement, reason: str) -> None:
    """Say anew why the article stands there."""
    _count_both_up(placement)
    placement.reason = reason
    placement.save(update_fields=["reason"])


@transaction.atomic
def reorder(theme: Theme, placed: Sequence[tuple[int, str]], children: Sequence[int] = (), *, version: int) -> Theme:
    """Let these articles, by their keys, stand in the theme in this order with these reasons, and no others.

    The themes under it that are named in `children` come first, in that order. Returns the theme as it stands now.
    Raises `UnknownArticle`, and `StaleVersion` when the theme changed since `version` was read.
    """
    theme = Theme.objects.claim(theme.pk, version)
    standing = {placement.article_id: placement for placement in theme.placements.all()}
    wanted = dict(placed)
    new = wanted.keys() - standing.keys()
    if Article.objects.filter(pk__in=new).count() != len(new):
        raise UnknownArticle
    gone = standing.keys() - wanted.keys()
    told = {key for key in wanted.keys() - new if standing[key].reason != wanted[key]}
    Placement.objects.filter(theme=theme, article__in=gone).delete()
    rows = [standing.get(key) or Placement(theme=theme, article_id=key) for key in wanted]
    for position, (placement, reason) in enumerate(zip(rows, wanted.values(), strict=True)):
        placement.position, placement.reason = position, reason
    Placement.objects.bulk_create(placement for placement in rows if placement.pk is None)
    Placement.objects.bulk_update([one for one in rows if one.article_id in standing], ["position", "reason"], 500)
    Article.objects.filter(pk__in=new | gone | told).update(version=F("version") + 1)
    _reorder_children(theme, children)
    return theme


def _reorder_children(theme: Theme, children: Sequence[int]) -> None:
    rank = {key: place for place, key in enumerate(children)}
    standing = sorted(theme.children.all(), key=lambda child: rank.get(child.pk, len(rank)))
    for position, child in enumerate(standing):
        if child.position != position:
            child.position = position
            child.save(update_fields=["position", "version"])


def _count_both_up(placement: Placement) -> None:
    count_up(placement.theme)
    count_up(placement.article)


def count_up(row: Versioned) -> None:
    """Let whoever has the row open find out that something beside it changed.

    What is put beside others undoes nothing of what was written since the row was read, so an old one will do.
    """
    try:
        row.touch()
    except StaleVersion:
        type(row)._base_manager.filter(pk=row.pk).update(version=F("version") + 1)


def _next(theme: Theme) -> int:
    last = theme.placements.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
