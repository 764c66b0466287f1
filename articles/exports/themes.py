"""A theme as one book: what it is about, and all that is placed in it, in the editors' order and with their reasons."""

from collections.abc import Callable, Sequence

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from articles.body.schema import clean_text
from articles.chinese import conversion
from articles.exports.epub import Book
from articles.exports.manuscript import interface_of, tag_of, tell
from articles.models import Edition, Placement, Theme

# A book beyond this is more than its reader's device opens, and more than one request may cost.
MOST_ARTICLES = 200
MOST_CHARACTERS = 2_000_000


def placed(theme: Theme) -> Sequence[Placement]:
    """Return what readers find in the theme, each with the text that is in force; one query."""
    rows = theme.placements.published().select_related("article__live__original_source").order_by("position", "pk")
    return list(rows)


def count(theme: Theme) -> tuple[int, int]:
    """Return how many articles, and how many characters, a book of the theme would hold."""
    found = theme.placements.published().aggregate(articles=Count("pk"), letters=Sum("article__character_count"))
    return found["articles"], found["letters"] or 0


def book(
    theme: Theme,
    placements: Sequence[Placement],
    *,
    language: str,
    address: str,
    address_of: Callable[[Edition], str],
    citation_of: Callable[[Edition], str],
) -> Book:
    """Return the book of a theme; `address` is its own, the rest as `tell` wants it."""

    def shown(text: str) -> str:
        return conversion.shown_to(language, " ".join(clean_text(text).split()))

    editions = []
    for placement in placements:
        edition = placement.article.live
        if edition is not None:
            edition.article = placement.article
            editions.append(edition)
    told = tell(editions, language=language, address_of=address_of, citation_of=citation_of)
    return Book(
        name=f"{address}#{language}",
        title=shown(theme.name),
        language=tag_of(theme.name + theme.introduction, language),
        interface=interface_of(language),
        address=address,
        modified=max(edition.published_at for edition in editions if edition.published_at),
        creators=(),
        introduction=[line for line in map(shown, theme.introduction.splitlines()) if line],
        notices=[_("Demonstration")] if theme.is_demonstration else [],
        manuscripts=zip(told, (shown(placement.reason) for placement in placements), strict=True),
        is_collection=True,
    )
