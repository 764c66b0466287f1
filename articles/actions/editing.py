"""How the text of an article changes: only in its one working edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from articles import body as bodies
from articles import search
from articles.actions import anchoring, placing
from articles.models import Article, Author, Byline, Edition, Placement, Theme, letters_of

SUMMARY_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of a byline to be written."""

    author: Author
    role: str = Byline.Role.AUTHOR
    affiliation: str = ""
    printed: str = ""


@transaction.atomic
def start(
    *,
    by: User | None,
    bylines: Iterable[Signature] = (),
    is_demonstration: bool = False,
    is_indexed: bool = True,
    **written,
) -> Article:
    """Make a new article, a draft, whose working edition holds the columns `written` (see `Edition.WRITTEN`).

    Whoever hangs more on it in the same transaction may put it into the index at the end (`is_indexed=False`).
    Raises `ValidationError` for what no database would take, `body.BodyRefused` for a body that is too large or deep.
    """
    edition = Edition(made_by=by, changed_by=by, **written)
    edition.full_clean(exclude=["article"], validate_constraints=False)
    edition.article = article = Article.objects.create(title=edition.title, is_demonstration=is_demonstration)
    _write(article, edition)
    sign(edition, bylines)
    refresh(article, is_indexed=is_indexed)
    return article


@transaction.atomic
def revise(article: Article, *, version: int, by: User | None, **written) -> Article:
    """Write the columns `written` into the working edition, which is begun from the live one where there is none.

    Returns the article as it stands now. Raises `StaleVersion` when it changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    edition = working_edition(article, by=by)
    title, body_html = edition.title, edition.body_html
    write(article, by=by, **written)
    anchoring.follow_text(edition, title, body_html)
    return article


def write(article: Article, *, by: User | None, **written) -> Edition:
    """Write the columns into the working edition of an article that is claimed; the places in it are the caller's."""
    edition = working_edition(article, by=by)
    edition.changed_by = by
    for column, value in written.items():
        setattr(edition, column, value)
    _write(article, edition)
    refresh(article)
    return edition


def working_edition(article: Article, *, by: User | None) -> Edition:
    """Return the working edition, begun as a copy of the live one, with its bylines, where there is none."""
    if article.working is not None:
        return article.working
    live = article.current
    edition = Edition(article=article, made_by=by, changed_by=by)
    for column in Edition.WRITTEN:
        setattr(edition, column, getattr(live, column))
    _write(article, edition)
    lines = live.bylines.select_related("author")
    anchoring.carry_findings(live, edition)
    sign(edition, [Signature(line.author, line.role, line.affiliation, line.name) for line in lines])
    return edition


def sign(edition: Edition, bylines: Iterable[Signature]) -> None:
    """Put the bylines on the edition, in their order."""
    Byline.objects.bulk_create(
        Byline(
            edition=edition,
            author=line.author,
            printed=line.printed or line.author.name,
            role=line.role,
            affiliation=line.affiliation,
            position=position,
        )
        for position, line in enumerate(bylines)
    )


def settle(article: Article, places: Mapping[Theme, str]) -> list[Placement]:
    """Let the article stand in these themes for these reasons and in no others; return the new places."""
    standing = {place.theme: place for place in article.placements.select_related("theme")}
    new = []
    for theme in sorted({*standing, *places}, key=lambda theme: theme.pk):  # as everybody locks them
        if theme not in standing:
            new.append(placing.place(article, theme, reason=places[theme]))
        elif theme not in places:
            placing.remove(standing[theme])
        elif standing[theme].reason != places[theme]:
            placing.give_reason(standing[theme], places[theme])
    return new


def refresh(article: Article, *, is_indexed: bool = True) -> None:
    """Copy to the article what lists sort and show: from the live edition, else from the working one."""
    edition = article.live or article.current
    for column in ("title", "script", "original_source", "original_date", "original_precision"):
        setattr(article, column, getattr(edition, column))
    authors = edition.bylines.filter(role=Byline.Role.AUTHOR).select_related("author")
    article.byline_text = "、".join(line.name for line in authors)[:300]
    article.character_count = edition.character_count()
    article.text_digest = edition.text_digest()
    article.title_key = letters_of(edition.title)[:300]
    article.summary = _summary(edition)
    article.save()
    if is_indexed:
        search.put(article)


def _write(article: Article, edition: Edition) -> None:
    edition.full_clean(validate_constraints=False)  # the database holds the constraints; this asks it nothing
    edition.save()
    article.working = edition


def _summary(edition: Edition) -> str:
    """The abstract, or how the prose begins, without headings, tables and the marks of notes: one line for lists."""
    text = "".join((edition.abstract or bodies.prose(edition.body_html) or edition.body_text).splitlines())
    return text if len(text) <= SUMMARY_LENGTH else f"{text[:SUMMARY_LENGTH]}……"
