"""Passages of an article under a theme: taken by their words, kept with their place."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from articles import body
from articles.actions import anchoring, placing
from articles.models import Article, Edition, Excerpt, Theme


class PassageNotFound(LookupError):
    """These words do not stand in the text, or not where they were looked for."""


class PassageAmbiguous(LookupError):
    """These words stand in the text more than once, and nothing says which are meant."""


def find(edition: Edition, passage: str, *, block: int | None = None, start: int | None = None) -> body.Place:
    """Return the place of the words, which stand inside one block; `block` and `start` say which, where several do.

    Raises `PassageNotFound`, `PassageAmbiguous`.
    """
    passage = passage.strip()
    found = [
        (one.index, at)
        for one in body.blocks(edition.body_html)
        if passage and block in (None, one.index)
        for at in _starts(one.text, passage)
    ]
    exact = [spot for spot in found if spot == (block, start)]
    if not found:
        raise PassageNotFound(passage)
    if len(found) > 1 and not exact:
        raise PassageAmbiguous(passage)
    index, at = (exact or found)[0]
    return body.place_at(edition.body_html, index, at, at + len(passage))


def _starts(text: str, passage: str) -> list[int]:
    starts, at = [], text.find(passage)
    while at >= 0:
        starts.append(at)
        at = text.find(passage, at + 1)
    return starts


@transaction.atomic
def take(edition: Edition, theme: Theme, place: body.Place, *, aspect: str = "", note: str = "") -> Excerpt:
    """Put the passage behind the others under the theme."""
    last = theme.excerpts.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    excerpt = Excerpt(edition=edition, theme=theme, aspect=aspect, note=note, position=position)
    keep(excerpt.moved_to(place))
    return excerpt


def standing(article: Article) -> list[tuple[Excerpt, body.Place | None]]:
    """Return the article's passages and where each stands in the text editors see; None where its words are gone."""
    edition, excerpts = article.current, Excerpt.objects.filter(edition__article=article)
    found = list(excerpts.select_related("theme", "edition__article"))
    here = [each for each in found if each.edition_id == edition.pk]
    others = [each for each in found if each.edition_id != edition.pk]
    before = article.live or edition
    places = {each.pk: place for each, place in _places(edition, here, edition) if not each.is_lost}
    places |= {each.pk: place for each, place in _places(edition, others, before)}
    return [(each, places.get(each.pk)) for each in found]


def _places(edition: Edition, excerpts: list[Excerpt], before: Edition) -> Iterable[tuple[Excerpt, body.Place | None]]:
    return zip(excerpts, anchoring.places_in(edition, excerpts, before.body_html), strict=True)


@transaction.atomic
def take_anew(excerpt: Excerpt, edition: Edition, place: body.Place) -> None:
    """Let the passage be these words of this edition of its article; raises `StaleVersion` as `keep` does."""
    excerpt.edition, excerpt.is_lost = edition, False
    keep(excerpt.moved_to(place))


@transaction.atomic
def keep(excerpt: Excerpt) -> None:
    """Store what was written of the passage; raises `StaleVersion` when somebody else did meanwhile."""
    placing.count_both_up(excerpt.edition.article, excerpt.theme)
    excerpt.save()


@transaction.atomic
def remove(excerpt: Excerpt) -> None:
    """Take the passage out of the theme; the article keeps its words."""
    placing.count_both_up(excerpt.edition.article, excerpt.theme)
    excerpt.delete()
