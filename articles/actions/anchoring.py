"""How findings and excerpts keep to their words when the text around them changes."""

import html
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from articles import body, restoration
from articles.models import Edition, Excerpt, Finding
from articles.restoration.comparing import Row, compare

COLUMNS = ("block", "start", "end", "exact", "prefix", "suffix")
DECISION = ("state", "found", "remark", "decided_by", "decided_at")
EXCERPT_COLUMNS = ("edition", "is_lost", *COLUMNS)
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
    Finding.objects.bulk_create(rows_of(edition, found))


def rows_of(edition: Edition, found: Sequence[restoration.Finding]) -> list[Finding]:
    """Return findings in the text of this edition as rows that are not stored yet."""
    places = places_at(edition.title, edition.body_html, [(each.block, each.start, each.end) for each in found])
    return [row_of(edition, each, place) for each, place in zip(found, places, strict=True)]


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
    Finding.objects.bulk_create(copies(before, after))


def copies(before: Edition, after: Edition) -> list[Finding]:
    """Return the findings that go with the text as rows of the other edition that are not stored yet."""
    rows = carried(before)
    for finding in rows:
        finding.pk, finding.edition = None, after
        finding._state.adding = True
    return rows


def carried(edition: Edition) -> list[Finding]:
    """Return the findings that go with the text: all but those an edit has settled."""
    return list(edition.findings.exclude(state=Finding.State.SETTLED).order_by("pk"))


def follow_text(edition: Edition, title_before: str, body_before: str) -> None:
    """Find the place of each finding, repair and excerpt anew; a finding whose words are gone the edit has settled."""
    if (title_before, body_before) == (edition.title, edition.body_html):
        return
    rows, excerpts = carried(edition), list(edition.excerpts.all())
    if not rows and not excerpts:
        return
    moves = _Moves.between(title_before, body_before, edition)
    place_anew(edition, rows, moves.of)
    put_excerpts(edition, excerpts, places_in(edition, excerpts, body_before, moves.of_passage))


def shift(edition: Edition, rows: Sequence[Finding], edits: Sequence[Edit], body_before: str) -> None:
    """Move these findings, and the excerpts, as the edits moved their words; what other words were put for is settled.

    Excerpts have the new words of a repair in them.
    """
    by_block: dict[int, list[Edit]] = defaultdict(list)
    for edit in sorted(edits, key=lambda edit: (edit.block, edit.start)):
        by_block[edit.block].append(edit)
    place_anew(edition, rows, lambda row: _shifted(row, by_block[row.block]))
    excerpts = list(edition.excerpts.all())
    places = places_in(edition, excerpts, body_before, lambda excerpt: _repaired(excerpt, by_block[excerpt.block]))
    put_excerpts(edition, excerpts, places)


def place_anew(edition: Edition, rows: Sequence[Finding], span_of: Callable[[Finding], Span | None]) -> None:
    """Write where these findings stand now; where that is not known they are looked for by their words."""
    spans = [span_of(row) for row in rows]
    lost = [row for row, span in zip(rows, spans, strict=True) if span is None]
    found = dict(zip((row.pk for row in lost), find_all(edition, [row.place() for row in lost]), strict=True))
    known = iter(places_at(edition.title, edition.body_html, [span for span in spans if span is not None]))
    places = [found.get(row.pk) if span is None else next(known) for row, span in zip(rows, spans, strict=True)]
    doubles = _doubles(rows, places)
    changed = []
    for row, place in zip(rows, places, strict=True):
        if place is None or row.pk in doubles or not _is_still(row, place):
            row.state = Finding.State.SETTLED
        elif place == row.place():
            continue
        else:
            row.found = place.exact if row.found == row.exact else row.found
            row.moved_to(place)
        changed.append(row)
    put(changed)


def _doubles(rows: Sequence[Finding], places: Sequence[body.Place | None]) -> set[int]:
    """The keys of those that come to stand where another of their class stands, as in the one of equal paragraphs left.

    What was decided stays before what waits.
    """
    standing: dict[tuple[str, int, int, int], list[Finding]] = defaultdict(list)
    for row, place in zip(rows, places, strict=True):
        if place is not None:
            standing[(row.code, place.block, place.start, place.end)].append(row)
    return {row.pk for together in standing.values() for row in _doubled(together)}


def _doubled(together: Sequence[Finding]) -> list[Finding]:
    have_met = len({(row.block, row.start, row.end) for row in together}) > 1
    waiting = [row for row in together if row.state == Finding.State.OPEN] if have_met else []
    return waiting if len(waiting) < len(together) else waiting[1:]


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
class _Answer:
    """What became of a block: where it begins among its neighbours, and what was done to them all together."""

    offset: int
    edits: list[Edit]
    row: Row

    def of_passage(self, start: int, end: int) -> Span | None:
        """Return where a passage stands of which at least half is left, inside one block."""
        start, end = start + self.offset, end + self.offset
        gone = sum(max(min(edit.end, end) - max(edit.start, start), 0) for edit in self.edits)
        first, last = _stretched(start, end, self.edits)
        text = self.row.right_text
        if self.row.right is None or gone * 2 > end - start or first >= last or "\n" in text[first:last]:
            return None
        begin = text.rfind("\n", 0, first) + 1
        return self.row.right + text.count("\n", 0, first), first - begin, last - begin


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where the runs that two texts share stood (block, start) and stand (block, start), with their length.

    For passages, which go on though they were touched inside, also what became of each block.
    """

    runs: dict[int, list[tuple[int, int, int, int]]]
    answers: dict[int, _Answer]

    @classmethod
    def between(cls, title: str, body_html: str, edition: Edition) -> "_Moves":
        runs: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        texts = ([block.text for block in body.blocks(each)] for each in (body_html, edition.body_html))
        rows = compare(*texts, tidy=False)
        for row in rows:
            _note(row, runs)
        for row in compare([title], [edition.title], tidy=False):
            _note(Row(body.TITLE, body.TITLE, row.runs), runs)
        return cls(runs, dict(answer for row in rows for answer in _answers(row)))

    def of_passage(self, excerpt: Excerpt) -> Span | None:
        """Return where the passage stands now; None where its words are gone, or went somewhere else."""
        answer = self.answers.get(excerpt.block)
        return answer.of_passage(excerpt.start, excerpt.end) if answer else None

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


def _answers(row: Row) -> Iterator[tuple[int, _Answer]]:
    """Yield the number of each old block of the row with what became of it."""
    if row.left is None:
        return
    edits, at = [], 0
    for run, behind in zip(row.runs, [*row.runs[1:], None], strict=True):
        gone = 0 if run.kind == "in" else len(run.text)
        if run.kind == "out":
            edits.append(Edit(row.left, at, at + gone, len(behind.text) if behind and behind.kind == "in" else 0))
        elif run.kind == "in" and not (edits and edits[-1].end == at):
            edits.append(Edit(row.left, at, at, len(run.text)))
        at += gone
    offset = 0
    for number, text in enumerate(row.left_text.split("\n")):
        yield row.left + number, _Answer(offset, edits, row)
        offset += len(text) + 1


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


# Excerpts


def carry_excerpts(before: Edition, after: Edition) -> None:
    """Take the excerpts of the article to this edition, as the text moved since the edition before."""
    excerpts = list(Excerpt.objects.filter(edition__article=after.article_id).exclude(edition=after))
    put_excerpts(after, excerpts, places_in(after, excerpts, before.body_html))


def follow_excerpts(edition: Edition, body_before: str) -> None:
    """Find the place of each excerpt anew where a whole text took the place of another."""
    excerpts = list(edition.excerpts.all())
    put_excerpts(edition, excerpts, places_in(edition, excerpts, body_before))


def places_in(
    edition: Edition,
    excerpts: Sequence[Excerpt],
    body_before: str,
    span_of: Callable[[Excerpt], Span | None] | None = None,
) -> list[body.Place | None]:
    """Return where these passages of the text before stand in the edition; None where their words are gone.

    A passage that was touched inside goes on with its new words.
    """
    if not excerpts:
        return []
    span_of = span_of or _Moves.between(edition.title, body_before, edition).of_passage
    texts = [block.text for block in body.blocks(body_before)]
    spans = [span_of(each) if _stands(each, texts) else None for each in excerpts]
    known = iter(body.places_at(edition.body_html, [span for span in spans if span is not None]))
    lost = [each.place() for each, span in zip(excerpts, spans, strict=True) if span is None]
    found = iter(body.find_all(edition.body_html, lost))
    return [next(found) if span is None else next(known) for span in spans]


def put_excerpts(edition: Edition, excerpts: Sequence[Excerpt], places: Sequence[body.Place | None]) -> None:
    """Write where these excerpts stand in the edition; one that stands nowhere keeps its old words and is lost."""
    changed = []
    for excerpt, place in zip(excerpts, places, strict=True):
        was = (excerpt.edition_id, excerpt.is_lost, excerpt.place())
        excerpt.edition = edition
        excerpt.is_lost = place is None
        if place is not None:
            excerpt.moved_to(place)
        if was != (edition.pk, excerpt.is_lost, excerpt.place()):
            changed.append(excerpt)
    Excerpt.objects.bulk_update(changed, EXCERPT_COLUMNS)


def _stands(excerpt: Excerpt, texts: Sequence[str]) -> bool:
    is_there = not excerpt.is_lost and excerpt.block < len(texts)
    return is_there and texts[excerpt.block][excerpt.start : excerpt.end] == excerpt.exact


def _repaired(excerpt: Excerpt, edits: Sequence[Edit]) -> Span | None:
    """Where a passage stands after repairs; one that is a part of what a repair rewrote cannot be told from it."""
    span = (excerpt.start, excerpt.end)
    for edit in edits:
        is_part = edit.start <= excerpt.start and excerpt.end <= edit.end and span != (edit.start, edit.end)
        if is_part and edit.start < edit.end and edit.length != edit.end - edit.start:
            return None
    start, end = _stretched(*span, edits)
    return (excerpt.block, start, end) if start < end else None


def _stretched(start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int]:
    """Where a passage begins and ends after the edits, which come in order: with all that was put inside it."""
    return _after(start, edits, is_end=False), _after(end, edits, is_end=True)


def _after(at: int, edits: Sequence[Edit], *, is_end: bool) -> int:
    """Where a point between two characters is after the edits; of what comes in just there nothing is taken in."""
    moved = 0
    for edit in edits:
        if edit.end <= at and not (is_end and edit.start == at):
            moved += edit.length - (edit.end - edit.start)
        elif edit.start < at < edit.end:
            # as many characters are taken in as were
            out = min(at - edit.start, edit.length) if is_end else edit.length - min(edit.end - at, edit.length)
            return edit.start + moved + out
    return at + moved
