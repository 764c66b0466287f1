"""How findings and excerpts keep to their words when the text around them changes."""

import html
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from articles import body, restoration
from articles.models import Edition, Excerpt, Finding
from articles.restoration.comparing import Row, compare

COLUMNS = ("block", "start", "end", "exact", "prefix", "suffix")
DECISION = ("state", "found", "remark", "decided_by", "decided_at")
# block, start and end of a place
Span = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """So many characters now stand where those of the span stood; `key` orders edits at one point."""

    block: int
    start: int
    end: int
    length: int
    key: int = 0


def record(edition: Edition, found: Sequence[restoration.Finding]) -> None:
    """Write findings beside the edition whose text they are about, with the words to find each place again by."""
    spans = [(each.block, each.start, each.end) for each in found]
    places = places_at(edition.title, edition.body_html, spans)
    Finding.objects.bulk_create(row_of(edition, each, place) for each, place in zip(found, places, strict=True))


def row_of(edition: Edition, found: restoration.Finding, place: body.Place) -> Finding:
    """Return a finding at its place as a row that is not stored yet."""
    return Finding(
        edition=edition,
        code=found.code,
        severity=found.severity,
        found=found.found,
        suggestion=found.suggestion,
        confidence=found.confidence,
        state=Finding.State.CLEANED if found.applied else Finding.State.OPEN,
    ).moved_to(place)


def carry_findings(before: Edition, after: Edition) -> None:
    """Copy what waits for an editor, and every decision taken, to the edition that was begun as a copy of the other.

    The copies come in the order of `carried`.
    """
    rows = carried(before)
    for finding in rows:
        finding.pk, finding.edition = None, after
        finding._state.adding = True
    Finding.objects.bulk_create(rows)


def carried(edition: Edition) -> list[Finding]:
    """Return the findings that go with the text: all but those an edit has settled."""
    return list(edition.findings.exclude(state=Finding.State.SETTLED).order_by("pk"))


def follow_text(edition: Edition, title_before: str, body_before: str) -> None:
    """Find the place of each finding and repair anew; one whose words are gone was settled by the edit."""
    if (title_before, body_before) == (edition.title, edition.body_html):
        return
    rows = carried(edition)
    if not rows:
        return
    moves = _Moves.between(title_before, body_before, edition)
    place_anew(edition, rows, moves.of)


def shift(edition: Edition, rows: Sequence[Finding], edits: Sequence[Edit]) -> None:
    """Move the places of these findings as the edits moved their words; what an edit put other words for is settled."""
    by_block: dict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_block[edit.block].append(edit)
    place_anew(edition, rows, lambda row: _shifted(row, by_block[row.block]))


def place_anew(edition: Edition, rows: Sequence[Finding], span_of: Callable[[Finding], Span | None]) -> None:
    """Write where these findings stand now; where that is not known they are looked for by their words."""
    spans = [span_of(row) for row in rows]
    lost = [row for row, span in zip(rows, spans, strict=True) if span is None]
    found = dict(zip((row.pk for row in lost), find_all(edition, [row.place() for row in lost]), strict=True))
    known = iter(places_at(edition.title, edition.body_html, [span for span in spans if span is not None]))
    changed = []
    for row, span in zip(rows, spans, strict=True):
        place = found.get(row.pk) if span is None else next(known)
        if place is None or not _is_still(row, place):
            row.state = Finding.State.SETTLED
        elif place == row.place():
            continue
        else:
            row.found = place.exact if row.found == row.exact else row.found
            row.moved_to(place)
        changed.append(row)
    put(changed)


def _is_still(row: Finding, place: body.Place) -> bool:
    return place.exact == row.exact or (_is_remark(row) and bool(place.exact))


def _is_remark(row: Finding) -> bool:
    """Whether it says something about a passage and would change nothing: a word of the passage may be mended."""
    return row.suggestion is None and row.end - row.start > 1


def put(rows: Sequence[Finding]) -> None:
    """Write places and decisions of many findings at once: row by row, or with a CASE, it would take seconds."""
    columns = [*COLUMNS, *DECISION, "suggestion", "severity", "confidence"]
    Finding.objects.bulk_create(rows, update_conflicts=True, update_fields=columns, unique_fields=["pk"])


def _shifted(row: Finding, edits: Iterable[Edit]) -> Span | None:
    start, end, moved, grown = row.start, row.end, 0, 0
    for edit in edits:
        longer = edit.length - (edit.end - edit.start)
        is_inside = start <= edit.start and edit.end <= end and (edit.start, edit.end) != (start, end)
        if _is_before(edit, row):
            moved += longer
        elif _is_remark(row) and is_inside and edit.start < end:
            grown += longer
        elif edit.start < end and start < edit.end:
            return None
    return row.block, start + moved, end + moved + grown


def _is_before(edit: Edit, row: Finding) -> bool:
    """Whether the row's words stand behind the edit; of two places without length at one point the older is first."""
    if edit.start == edit.end == row.start == row.end:
        return edit.key < row.pk
    return edit.end <= row.start


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where the runs that two texts share stood (block, start) and stand (block, start), with their length."""

    runs: dict[int, list[tuple[int, int, int, int]]]

    @classmethod
    def between(cls, title: str, body_html: str, edition: Edition) -> "_Moves":
        runs: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        texts = ([block.text for block in body.blocks(each)] for each in (body_html, edition.body_html))
        for row in compare(*texts, tidy=False):
            _note(row, runs)
        for row in compare([title], [edition.title], tidy=False):
            _note(Row(body.TITLE, body.TITLE, row.runs), runs)
        return cls(runs)

    def of(self, row: Finding) -> Span | None:
        """Return where the words stand now, None where something was done to them."""
        whole = self._of(row.block, row.start, row.end)
        if whole or not _is_remark(row):
            return whole
        first, last = self._of(row.block, row.start, row.start + 1), self._of(row.block, row.end - 1, row.end)
        if first is None or last is None or first[0] != last[0] or first[1] >= last[2]:
            return None
        return first[0], first[1], last[2]

    def _of(self, block: int, start: int, end: int) -> Span | None:
        for begin, length, new_block, new_start in self.runs.get(block, ()):
            if begin <= start and end <= begin + length:
                return new_block, new_start + start - begin, new_start + end - begin
        return None


def _note(row: Row, runs: dict[int, list[tuple[int, int, int, int]]]) -> None:
    if row.left is None or row.right is None:
        return
    here, there = [row.left, 0], [row.right, 0]
    for run in row.runs:
        for number, text in enumerate(run.text.split("\n")):
            if run.kind != "in":
                here = [here[0] + 1, 0] if number else here
            if run.kind != "out":
                there = [there[0] + 1, 0] if number else there
            if run.kind == "same":
                runs[here[0]].append((here[1], len(text), there[0], there[1]))
            here[1] += len(text) if run.kind != "in" else 0
            there[1] += len(text) if run.kind != "out" else 0


def places_at(title: str, body_html: str, spans: Iterable[Span]) -> list[body.Place]:
    """Return the place of each block, start and end; those with the block number `body.TITLE` lie in the title."""
    spans = list(spans)
    in_body = iter(body.places_at(body_html, [span for span in spans if span[0] != body.TITLE]))
    in_title = iter(body.places_at(as_body(title), [(0, *span[1:]) for span in spans if span[0] == body.TITLE]))
    return [
        replace(next(in_title), block=body.TITLE) if block == body.TITLE else next(in_body) for block, _, _ in spans
    ]


def find_all(edition: Edition, places: Sequence[body.Place]) -> list[body.Place | None]:
    """Find places anew, each where it was: in the title or in the body."""
    in_body = iter(body.find_all(edition.body_html, [place for place in places if place.block != body.TITLE]))
    titled = [replace(place, block=0) for place in places if place.block == body.TITLE]
    in_title = iter(body.find_all(as_body(edition.title), titled))
    found: list[body.Place | None] = []
    for place in places:
        now = next(in_title) if place.block == body.TITLE else next(in_body)
        found.append(replace(now, block=body.TITLE) if now and place.block == body.TITLE else now)
    return found


def as_body(title: str) -> str:
    """Return the title as the one block of a body, character for character."""
    return f"<p>{html.escape(title, quote=False)}</p>"


def carry_excerpts(before: Edition, after: Edition) -> None:
    """Take the excerpts to the next edition; one whose words are gone stays with the edition that says them."""
    excerpts = list(Excerpt.objects.filter(edition=before))
    places = body.find_all(after.body_html, [excerpt.place() for excerpt in excerpts])
    found = [excerpt.moved_to(place) for excerpt, place in zip(excerpts, places, strict=True) if place is not None]
    for excerpt in found:
        excerpt.edition = after
    Excerpt.objects.bulk_update(found, ["edition", *COLUMNS])
