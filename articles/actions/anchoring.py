"""How findings and excerpts keep to their words when the text around them changes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles import body
from articles.models import Edition, Excerpt, Finding

COLUMNS = ("block", "start", "end", "exact", "prefix", "suffix")


def carry_findings(before: Edition, after: Edition) -> None:
    """Copy what waits for an editor to the edition that was begun as a copy of the one before."""
    waiting = list(before.findings.open())
    for finding in waiting:
        finding.pk, finding.edition = None, after
        finding._state.adding = True
    Finding.objects.bulk_create(waiting)


def follow_text(edition: Edition) -> None:
    """Find the place of each open finding anew; one whose words are gone was settled by the edit."""
    waiting = list(edition.findings.open())
    places = _find_all(edition, [finding.place() for finding in waiting])
    for finding, place in zip(waiting, places, strict=True):
        if place is None:
            finding.state = Finding.State.SETTLED
        else:
            finding.moved_to(place)
    Finding.objects.bulk_update(waiting, ["state", *COLUMNS])


def places_at(title: str, body_html: str, spans: Iterable[tuple[int, int, int]]) -> list[body.Place]:
    """Return the place of each block, start and end; those with the block number `body.TITLE` lie in the title."""
    spans = list(spans)
    in_body = iter(body.places_at(body_html, [span for span in spans if span[0] != body.TITLE]))
    in_title = iter(body.places_at(_as_body(title), [(0, *span[1:]) for span in spans if span[0] == body.TITLE]))
    return [
        replace(next(in_title), block=body.TITLE) if block == body.TITLE else next(in_body) for block, _, _ in spans
    ]


def _find_all(edition: Edition, places: Sequence[body.Place]) -> list[body.Place | None]:
    """Find places anew, each where it was: in the title or in the body."""
    in_body = iter(body.find_all(edition.body_html, [place for place in places if place.block != body.TITLE]))
    titled = [replace(place, block=0) for place in places if place.block == body.TITLE]
    in_title = iter(body.find_all(_as_body(edition.title), titled))
    found: list[body.Place | None] = []
    for place in places:
        now = next(in_title) if place.block == body.TITLE else next(in_body)
        found.append(replace(now, block=body.TITLE) if now and place.block == body.TITLE else now)
    return found


def _as_body(title: str) -> str:
    return body.from_paragraphs([title])


def carry_excerpts(before: Edition, after: Edition) -> None:
    """Take the excerpts to the next edition; one whose words are gone stays with the edition that says them."""
    excerpts = list(Excerpt.objects.filter(edition=before))
    places = body.find_all(after.body_html, [excerpt.place() for excerpt in excerpts])
    found = [excerpt.moved_to(place) for excerpt, place in zip(excerpts, places, strict=True) if place is not None]
    for excerpt in found:
        excerpt.edition = after
    Excerpt.objects.bulk_update(found, ["edition", *COLUMNS])
