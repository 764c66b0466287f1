"""What editors find out about the copies of an article: where each stood, and which of them came first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import transaction

from articles import search
from articles.actions import descending, editing
from articles.models import Article, Witness, parse_precise

JUDGED = ("source", "address", "title_there", "date_there", "kind", "evidence", "confidence", "copied_from")


class Contradiction(Exception):
    """What was said about the copies cannot all be so."""


class CopiedInACircle(Contradiction):
    """A copy would be reprinted from itself, be it by way of others."""


class CopyOfAnother(Contradiction):
    """The copy, or the one it would be reprinted from, is no copy of this article."""


class RestsOnCapture(Contradiction):
    """A copy whose bytes are kept is evidence, and does not go away."""


class TwoOriginals(Contradiction):
    """Only one copy can be the first."""


class OriginalIsKnown(Contradiction):
    """The original was looked for and not found, it is said, while one of the copies is called it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an editor says in one go.

    `copies` are rows to be written, new ones among them; `original` is the one that came first, and `takes_over` says
    that the text is to bear its source and date. `tracing` is how the search stands where the copies do not say it.
    """

    copies: Sequence[Witness] = ()
    removed: Sequence[Witness] = ()
    original: Witness | None = None
    takes_over: bool = False
    tracing: str = ""
    note: str | None = None


@transaction.atomic
def record(article: Article, said: Said, *, version: int, by: User | None) -> Article:
    """Write it all, or nothing, and return the article as it stands now.

    Raises `Contradiction`, and `StaleVersion` when the article changed since `version` was read.
    """
    original = _original(said)
    if original and said.takes_over:
        article = editing.revise(article, version=version, by=by, **_provenance(original))
    else:
        article = Article.objects.claim(article.pk, version)
    _orphan(said)
    _remove(article, said.removed)
    _write(article, said.copies)
    if original:
        _set_original(article, original)
    if said.tracing == Article.Tracing.OPEN:
        article.witnesses.filter(kind=Witness.Kind.ORIGINAL).update(kind=Witness.Kind.UNKNOWN)
    _refuse_circles(article)
    article.tracing = _standing(article, said.tracing)
    article.tracing_note = article.tracing_note if said.note is None else said.note
    article.save()
    search.put(article)
    return article


def _original(said: Said) -> Witness | None:
    """The copy that is said to be the first: by itself, or by its kind."""
    named = [copy for copy in said.copies if copy.kind == Witness.Kind.ORIGINAL]
    if said.original is None and len(named) > 1:
        raise TwoOriginals
    return said.original or (named[0] if named else None)


def _provenance(original: Witness) -> dict[str, Any]:
    """What the working edition takes over; what the copy leaves open stays as it was."""
    taken: dict[str, Any] = {}
    if name := original.source.name if original.source else urlsplit(original.address).hostname:
        taken = {"original_source": original.source, "original_source_printed": name}
    moment, precision = parse_precise(original.date_there)
    return {**taken, "original_date": moment, "original_precision": precision} if moment else taken


def _orphan(said: Said) -> None:
    """What was reprinted from a copy that goes away came from somewhere that is not known."""
    gone = {copy.pk for copy in said.removed}
    for copy in said.copies:
        if copy.copied_from_id in gone:
            copy.copied_from = None


def _remove(article: Article, copies: Sequence[Witness]) -> None:
    for copy in copies:
        if copy.article_id != article.pk:
            raise CopyOfAnother
        if copy.capture_id:
            raise RestsOnCapture
        copy.delete()


def _write(article: Article, copies: Sequence[Witness]) -> None:
    for copy in copies:
        if copy.article_id != article.pk or (copy.copied_from and copy.copied_from.article_id != article.pk):
            raise CopyOfAnother
    Witness.objects.bulk_update([copy for copy in copies if copy.pk], JUDGED)
    for copy in copies:
        if not copy.pk:
            copy.save()


def _set_original(article: Article, original: Witness) -> None:
    if original.article_id != article.pk:
        raise CopyOfAnother
    others = article.witnesses.filter(kind=Witness.Kind.ORIGINAL).exclude(pk=original.pk)
    others.update(kind=Witness.Kind.REPRINT)
    article.witnesses.filter(pk=original.pk).update(kind=Witness.Kind.ORIGINAL, copied_from=None)


def _refuse_circles(article: Article) -> None:
    came_from = dict(article.witnesses.values_list("pk", "copied_from_id"))
    if any(_is_in_a_circle(key, came_from) for key in came_from):
        raise CopiedInACircle


def _is_in_a_circle(key: int, came_from: Mapping[int, int | None]) -> bool:
    seen: set[int] = set()
    at: int | None = key
    while at is not None and at not in seen:
        seen.add(at)
        at = came_from.get(at)
    return at is not None


def _standing(article: Article, said: str) -> str:
    """Traced is an article of which one copy is the original, and no other one is."""
    has_original = article.witnesses.filter(kind=Witness.Kind.ORIGINAL).exists()
    if has_original and said == Article.Tracing.UNKNOWN:
        raise OriginalIsKnown
    if has_original:
        return Article.Tracing.TRACED
    stands = said or article.tracing
    return Article.Tracing.OPEN if stands == Article.Tracing.TRACED else stands


def chain(article: Article, copies: Sequence[Witness] | None = None) -> descending.Chain:
    """Return how the text came from copy to copy, to be said and drawn; `copies` where they are at hand already."""
    if copies is None:
        copies = list(article.witnesses.select_related("source", "capture"))
    return descending.chain(copies, is_given_up=article.tracing == Article.Tracing.UNKNOWN)
