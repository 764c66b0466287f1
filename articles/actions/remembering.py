"""Decisions taken before: words somebody looked at and left as they are do not wait for a decision again."""

from collections.abc import Sequence

from django.db.models import F

from articles import body
from articles.actions import anchoring
from articles.models import Edition, Finding

State = Finding.State
DECISION = ("remark", "decided_by", "decided_at")


def remember(edition: Edition, rows: Sequence[Finding]) -> list[Finding]:
    """Let what waits in this text be dismissed where it was so in any edition of the article; return what is now.

    It is the same where class and words are, and most of what stands around them. Nothing is stored.
    """
    waiting = {_spot(row, row.place()): row for row in rows if row.state == State.OPEN}
    if not waiting:
        return []
    found = Finding.objects.dismissed().filter(edition__article=edition.article_id)
    before = found.filter(code__in={code for code, *_ in waiting}).select_related("decided_by")
    decided = list(before.order_by(F("decided_at").asc(nulls_first=True), "pk"))
    places = anchoring.find_all(edition, [row.place() for row in decided])
    again = {}
    for was, place in zip(decided, places, strict=True):
        row = waiting.get(_spot(was, place)) if place else None
        if row is not None and row.exact == was.exact:
            again[_spot(row, row.place())] = _decide_as(row, was)
    return list(again.values())


def replace(edition: Edition, rows: Sequence[Finding]) -> None:
    """Store these findings in the place of those of a text that is gone.

    What was dismissed stays so while its words stand; else it is kept as settled, to be known when they come back.
    """
    remember(edition, rows)
    edition.findings.exclude(state__in=(State.DISMISSED, State.SETTLED)).delete()
    kept = list(edition.findings.filter(state=State.DISMISSED))
    spots = {_spot(row, row.place()) for row in rows}
    for was, place in zip(kept, anchoring.find_all(edition, [row.place() for row in kept]), strict=True):
        if place is None:
            was.state = State.SETTLED
        elif _spot(was, place) in spots:
            was.delete()
        else:
            was.moved_to(place)
    anchoring.put([row for row in kept if row.pk])
    Finding.objects.bulk_create(rows)


def _spot(row: Finding, place: body.Place) -> tuple[str, int, int, int]:
    return row.code, place.block, place.start, place.end


def _decide_as(row: Finding, was: Finding) -> Finding:
    row.state = State.DISMISSED
    for column in DECISION:
        setattr(row, column, getattr(was, column))
    return row
