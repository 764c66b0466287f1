"""Where articles stand in the tree of themes, and why."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F, Max, Q

from articles.models import Article, Excerpt, Placement, StaleVersion, Theme, Versioned, VersionedQuerySet


class UnknownArticle(LookupError):
    """An article that is to be placed is not there."""


@transaction.atomic
def place(article: Article, theme: Theme, *, reason: str = "") -> Placement:
    """Put the article at the end of the theme; one that stands there already keeps its place and reason."""
    count_both_up(article, theme)  # first, so that two who place at once get two places
    standing = Placement.objects.filter(article=article, theme=theme).first()
    if standing:
        return standing
    return Placement.objects.create(article=article, theme=theme, reason=reason, position=_next(theme))


@transaction.atomic
def remove(placement: Placement) -> None:
    """Take the article out of the theme."""
    count_both_up(placement.article, placement.theme)
    placement.delete()


@transaction.atomic
def give_reason(placement: Placement, reason: str) -> None:
    """Say anew why the article stands there."""
    count_both_up(placement.article, placement.theme)
    placement.reason = reason
    placement.save(update_fields=["reason"])


@transaction.atomic
def reorder(theme: Theme, placed: Sequence[tuple[int, str]], children: Sequence[int] = (), *, version: int) -> Theme:
    """Let these articles, by their keys, stand in the theme in this order with these reasons, and no others.

    The themes under it that are named in `children` come first, in that order. Returns the theme as it stands now.
    Raises `UnknownArticle`, and `StaleVersion` when the theme changed since `version` was read.
    """
    wanted = dict(placed)
    concerned = Article.objects.filter(pk__in=_concerned(_standing(theme), wanted))
    concerned.hold()
    Theme.objects.filter(Q(pk=theme.pk) | Q(parent=theme.pk)).hold()
    theme = Theme.objects.claim(theme.pk, version)
    standing = _standing(theme)  # the claim says that it is what it was a moment ago
    new = wanted.keys() - standing.keys()
    if Article.objects.filter(pk__in=new).count() != len(new):
        raise UnknownArticle
    Placement.objects.filter(theme=theme, article__in=standing.keys() - wanted.keys()).delete()
    rows = [standing.get(key) or Placement(theme=theme, article_id=key) for key in wanted]
    for position, (placement, reason) in enumerate(zip(rows, wanted.values(), strict=True)):
        placement.position, placement.reason = position, reason
    Placement.objects.bulk_create(placement for placement in rows if placement.pk is None)
    Placement.objects.bulk_update([one for one in rows if one.article_id in standing], ["position", "reason"], 500)
    concerned.count_up()
    _reorder_children(theme, children)
    return theme


def _standing(theme: Theme) -> dict[int, Placement]:
    return {placement.article_id: placement for placement in theme.placements.all()}


def _concerned(standing: Mapping[int, Placement], wanted: Mapping[int, str]) -> set[int]:
    """The articles that come, go, or stand there for another reason."""
    told = {key for key in standing.keys() & wanted.keys() if standing[key].reason != wanted[key]}
    return (standing.keys() ^ wanted.keys()) | told


def _reorder_children(theme: Theme, children: Sequence[int]) -> None:
    rank = {key: place for place, key in enumerate(children)}
    standing = sorted(theme.children.all(), key=lambda child: rank.get(child.pk, len(rank)))
    for position, child in enumerate(standing):
        if child.position != position:
            child.position = position
            child.save(update_fields=["position", "version"])


def themes_of(articles: Iterable[int]) -> VersionedQuerySet[Theme]:
    """Return the themes in which these articles stand, or passages of them."""
    keys = list(articles)
    placed = Placement.objects.filter(article__in=keys).order_by().values("theme")
    taken = Excerpt.objects.filter(edition__article__in=keys).order_by().values("theme")
    return Theme.objects.filter(Q(pk__in=placed) | Q(pk__in=taken))


def count_both_up(article: Article, theme: Theme) -> None:
    """Let whoever has the article or the theme open find out what changed between the two."""
    count_up(article)
    count_up(theme)


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
