"""The record of an article: all of it that matters to people, the same bytes for the same article on every database.

A record names rows by what people know them by (numbers of articles and editions, slugs, names of users, digests of
bytes), never by the keys of rows that may be made anew; and it leaves out what counts writes (`version`, `changed_at`).
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet

from articles.models import (
    Article,
    Byline,
    Edition,
    Excerpt,
    Finding,
    Hand,
    Letter,
    Placement,
    TaggedArticle,
    Witness,
)

Record = dict[str, Any]

AT_ONCE = 100
EDITION_COLUMNS = (
    *(name for name in Edition.WRITTEN if name not in ("original_source", "original_date")),
    "number",
    "state",
    "reason",
    "remark",
    "comebacks",
)
PLACE = ("block", "start", "end", "exact", "prefix", "suffix")
FINDING_COLUMNS = (*PLACE, "code", "severity", "found", "suggestion", "confidence", "state", "remark")
EXCERPT_COLUMNS = (*PLACE, "aspect", "note", "position", "is_lost", "is_demonstration")
# Not how to reach whoever wrote: that is thrown away after a time, and would outlive it in a file.
LETTER_COLUMNS = (
    *PLACE,
    "ticket",
    "kind",
    "passage",
    "suggestion",
    "remark",
    "name",
    "state",
    "outcome",
    "words",
    "answer",
    "reason",
    "days",
    "is_demonstration",
)
WITNESS_COLUMNS = (
    "address",
    "title_there",
    "date_there",
    "kind",
    "evidence",
    "confidence",
    "is_dead",
    "answer",
    "readings",
    "is_demonstration",
)


def library() -> Iterator[bytes]:
    """Yield the record of every article, a line each, in the order of their numbers."""
    return lines(Article.objects.all())


def lines(articles: QuerySet[Article]) -> Iterator[bytes]:
    """Yield the records of these articles as JSON, a line each, in the order of their numbers."""
    for record in records(articles):
        yield line(record)


def line(record: Record) -> bytes:
    """Return the record as one line of JSON: keys sorted, Chinese as it is written.

    >>> line({"title": "预算", "number": 1}).decode()
    '{"number":1,"title":"预算"}\\n'
    """
    written = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{written}\n".encode()


def records(articles: QuerySet[Article]) -> Iterator[Record]:
    """Yield the records in the order of their numbers, some at a time, so that a whole library fits."""
    keys = list(articles.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        found = Article.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk")
        yield from map(record, found.select_related("editor").prefetch_related(*_hanging()))


def _hanging() -> Iterator[Prefetch]:
    """What hangs on an article, each table with one question for all of them."""
    people = ("made_by", "changed_by", "submitted_by", "published_by")
    yield Prefetch("editions", Edition.objects.select_related("original_source", *people))
    yield Prefetch("editions__bylines", Byline.objects.select_related("author"))
    yield Prefetch("editions__hands", Hand.objects.select_related("user"))
    yield Prefetch("editions__findings", Finding.objects.select_related("decided_by"))
    yield Prefetch("editions__excerpts", Excerpt.objects.select_related("theme"))
    yield Prefetch("editions__letters", Letter.objects.select_related("put_into", "handled_by").defer("contact"))
    copies = Witness.objects.select_related("source", "capture", "copied_from__capture")
    yield Prefetch("witnesses", copies.prefetch_related("capture__further_parts"))
    yield Prefetch("placements", Placement.objects.select_related("theme"))
    yield Prefetch("tag_items", TaggedArticle.objects.select_related("tag"))


def record(article: Article) -> Record:
    """Return the record of one article."""
    editions = sorted(article.editions.all(), key=lambda edition: (edition.number is None, edition.number))
    return {
        "number": article.pk,
        "status": article.status,
        "live": next((edition.number for edition in editions if edition.pk == article.live_id), None),
        "live_from": _moment(article.live_from),
        "withdrawal": {
            "reason": article.withdrawal_reason,
            "note": article.withdrawal_note,
            "merged_into": article.merged_into_id,
        },
        "tracing": {"state": article.tracing, "note": article.tracing_note},
        "editor": _name(article.editor),
        "created_at": _moment(article.created_at),
        "is_demonstration": article.is_demonstration,
        "editions": list(map(_edition, editions)),
        "witnesses": _sorted(map(_witness, article.witnesses.all())),
        "placements": _sorted(map(_placement, article.placements.all())),
        "tags": sorted(item.tag.slug for item in article.tag_items.all()),
    }


def _edition(edition: Edition) -> Record:
    return {
        **_columns(edition, EDITION_COLUMNS),
        "original_source": edition.original_source.slug if edition.original_source else None,
        "original_date": _moment(edition.original_date),
        "made_by": _name(edition.made_by),
        "changed_by": _name(edition.changed_by),
        "hands": sorted(hand.user.username for hand in edition.hands.all()),
        "submitted_by": _name(edition.submitted_by),
        "submitted_at": _moment(edition.submitted_at),
        "published_by": _name(edition.published_by),
        "published_at": _moment(edition.published_at),
        "bylines": [
            {"author": line.author.slug, **_columns(line, ("printed", "role", "affiliation", "position"))}
            for line in sorted(edition.bylines.all(), key=lambda line: (line.position, line.author.slug, line.role))
        ],
        "findings": _sorted(map(_finding, edition.findings.all())),
        "excerpts": _sorted(map(_excerpt, edition.excerpts.all())),
        "letters": _sorted(map(_letter, edition.letters.all())),
    }


def _finding(finding: Finding) -> Record:
    decided = {"decided_by": _name(finding.decided_by), "decided_at": _moment(finding.decided_at)}
    return {**_columns(finding, FINDING_COLUMNS), **decided}


def _excerpt(excerpt: Excerpt) -> Record:
    return {"theme": excerpt.theme.slug, **_columns(excerpt, EXCERPT_COLUMNS)}


def _letter(letter: Letter) -> Record:
    """Its repair names it in its remark, by the ticket."""
    return {
        **_columns(letter, LETTER_COLUMNS),
        "put_into": letter.put_into.number if letter.put_into else None,
        "handled_by": _name(letter.handled_by),
        "received_at": _moment(letter.received_at),
        "decided_at": _moment(letter.decided_at),
        "closed_at": _moment(letter.closed_at),
    }


def _witness(witness: Witness) -> Record:
    capture = witness.capture
    parts = sorted(capture.further_parts.all(), key=lambda part: part.part) if capture else []
    return {
        **_columns(witness, WITNESS_COLUMNS),
        "source": witness.source.slug if witness.source else None,
        "captures": [part.sha256 for part in ([capture, *parts] if capture else [])],
        "copied_from": _copy(witness.copied_from),
        "seen_at": _moment(witness.seen_at),
        "checked_at": _moment(witness.checked_at),
    }


def _copy(witness: Witness | None) -> Record | None:
    """Name another copy by its bytes, where we have them, else by where it was found and when."""
    if witness is None:
        return None
    digest = witness.capture.sha256 if witness.capture else None
    return {"capture": digest, "address": witness.address, "seen_at": _moment(witness.seen_at)}


def _placement(placement: Placement) -> Record:
    return {"theme": placement.theme.slug, **_columns(placement, ("position", "reason", "is_demonstration"))}


def _columns(row: Any, names: Iterable[str]) -> Record:
    return {name: getattr(row, name) for name in names}


def _sorted(found: Iterable[Record]) -> list[Record]:
    """Put rows in the order of what they say: that of their keys is an accident of when they were made."""
    return sorted(found, key=line)


def _name(user: User | None) -> str | None:
    return user.username if user else None


def _moment(moment: datetime | None) -> str | None:
    """Return the moment as it is in Greenwich, whatever zone the database answers in."""
    return moment.astimezone(UTC).isoformat() if moment else None
