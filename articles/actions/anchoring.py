"""How findings and excerpts keep to their words when the text around them changes."""

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
    places = body.find_all(edition.body_html, [finding.place() for finding in waiting])
    for finding, place in zip(waiting, places, strict=True):
        if place is None:
            finding.state = Finding.State.SETTLED
        else:
            finding.moved_to(place)
    Finding.objects.bulk_update(waiting, ["state", *COLUMNS])


def carry_excerpts(before: Edition, after: Edition) -> None:
    """Take the excerpts to the next edition; one whose words are gone stays with the edition that says them."""
    excerpts = list(Excerpt.objects.filter(edition=before))
    places = body.find_all(after.body_html, [excerpt.place() for excerpt in excerpts])
    found = [excerpt.moved_to(place) for excerpt, place in zip(excerpts, places, strict=True) if place is not None]
    for excerpt in found:
        excerpt.edition = after
    Excerpt.objects.bulk_update(found, ["edition", *COLUMNS])
