"""What editors decide about findings: every repair is one change of the text that can be taken back."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import body, restoration
from articles.actions import anchoring, editing, remembering, repairing
from articles.actions.repairing import Changed
from articles.models import Article, Edition, Finding

State = Finding.State
# These are read off the words where they stand. What the others go by is on the page the text came from, or was in the
# words that have been put right since, so that not seeing them again says nothing.
SEEN_AGAIN = frozenset({"lost_characters", "masked_text", "mixed_script", "punctuation_width"})


class NoSuchFinding(Exception):
    """The edition an editor sees has no such finding."""


class CannotDecide(Exception):
    """None of the findings allows this: it was decided already, has no suggestion, or its words cannot be changed."""


class NoSuggestion(CannotDecide):
    """Nothing is proposed for the place; the editor writes what belongs there into the text."""


class WordsGone(CannotDecide):
    """The words no longer stand where they stood, or marks run through them, or nothing would be left."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The article as it stands now, what was decided, and what was asked for and could not be."""

    article: Article
    done: list[Finding]
    left: list[Finding]


@dataclass(frozen=True, slots=True)
class Looked:
    """The article after the detectors were asked again, and how many findings are new and how many settled."""

    article: Article
    new: int = 0
    settled: int = 0


@dataclass(slots=True)
class _Desk:
    """An article claimed for one decision: its working edition and the findings of that."""

    article: Article
    edition: Edition
    rows: list[Finding]
    by_key: dict[int, Finding]


Which = Collection[int] | Callable[[Finding], bool]


@transaction.atomic
def accept(article: Article, keys: Collection[int], *, version: int, by: User | None) -> Outcome:
    """Put what these findings suggest into the working edition, each as one repair.

    Of findings that overlap the first and longest is taken; an open one whose words a repair took is settled.
    Raises `NoSuchFinding`, `CannotDecide` where not one can be carried out, and `StaleVersion` when the article changed
    since `version` was read.
    """
    return _accept(article, keys, version, by)


@transaction.atomic
def write(article: Article, key: int, words: str, *, version: int, by: User | None) -> Outcome:
    """Put the editor's own words where a finding says that something is lost or wrong, as one repair.

    Raises what `accept` raises; `NoSuggestion` where the finding is a remark on a passage and not on its words.
    """
    return _accept(article, [key], version, by, words)


def put_in(article: Article, place: body.Place, words: str, *, code: str, by: User | None, remark: str = "") -> Finding:
    """Put the words in the place of those that stand there, as a repair of its own in an article that is claimed.

    The place is one of the edition editors see. Raises `WordsGone` where marks run through the words, they are a whole
    paragraph, or nothing would change.
    """
    desk = _begin(article, by)
    there = (place.block, place.start, place.end)
    found = restoration.Finding(code, Finding.Severity.INFO, *there, place.exact, words, 1.0)
    row = anchoring.row_of(desk.edition, found, place)
    row.save()
    desk.rows.append(row)
    changed = repairing.carry_out(desk.edition, [row])
    if not changed.edits:
        raise WordsGone
    (done,) = _write(desk, [row], changed, State.ACCEPTED, by).done
    done.remark = remark
    done.save(update_fields=["remark"])
    return done


def takes_words(finding: Finding) -> bool:
    """Say whether an editor can say what stood there: words stand there, and nothing is suggested for them."""
    return finding.suggestion is None and finding.start < finding.end and finding.code in restoration.CODES_OF_WORDS


@transaction.atomic
def accept_class(article: Article, code: str, *, version: int, by: User | None) -> Outcome:
    """Accept every open finding of this class that has a suggestion; raises what `accept` raises."""
    return _accept(article, lambda row: row.code == code and row.suggestion is not None, version, by)


@transaction.atomic
def accept_confident(article: Article, *, version: int, by: User | None) -> Outcome:
    """Accept every open finding whose suggestion is sure enough; raises what `accept` raises."""
    return _accept(article, is_confident, version, by)


def is_confident(finding: Finding) -> bool:
    """Say whether a suggestion is sure enough to be carried out with all others like it."""
    return finding.suggestion is not None and finding.confidence >= restoration.CONFIDENT


@transaction.atomic
def take_back(article: Article, keys: Collection[int], *, version: int, by: User | None) -> Outcome:
    """Give the words back that stood where these repairs are; they wait for a decision again.

    Raises what `accept` raises; `WordsGone` where a later edit has changed what the repair had written.
    """
    desk = _claim(article, version, by)
    asked = _chosen(desk, keys)
    repairs = [row for row in asked if row.state in (State.ACCEPTED, State.CLEANED)]
    changed = repairing.undo(desk.edition, repairs)
    if not changed.edits:
        raise WordsGone if repairs else CannotDecide
    return _write(desk, asked, changed, State.OPEN, by)


@transaction.atomic
def dismiss(article: Article, keys: Collection[int], *, version: int, by: User | None, reason: str) -> Outcome:
    """Leave the words as they are, for the reason given; raises `NoSuchFinding`, `CannotDecide` and `StaleVersion`."""
    return _judge(article, keys, version, by, State.OPEN, State.DISMISSED, reason)


@transaction.atomic
def dismiss_class(article: Article, code: str, *, version: int, by: User | None, reason: str) -> Outcome:
    """Leave the words of every open finding of this class as they are; raises what `dismiss` raises."""
    return _judge(article, lambda row: row.code == code, version, by, State.OPEN, State.DISMISSED, reason)


@transaction.atomic
def reopen(article: Article, keys: Collection[int], *, version: int, by: User | None) -> Outcome:
    """Let what was dismissed wait for a decision again; raises what `dismiss` raises."""
    return _judge(article, keys, version, by, State.DISMISSED, State.OPEN, "")


@transaction.atomic
def look_again(article: Article, *, version: int, by: User | None) -> Looked:
    """Ask the detectors about the text as it stands; decisions that were taken stay.

    What was dismissed or repaired is not raised again, even where its words were gone meanwhile; what waits keeps its
    row. A new edition is begun only where something new waits or something is settled. Raises `StaleVersion` when the
    article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    edition = article.current
    rows = anchoring.carried(edition)
    detected = _detect(edition)
    new, gone = anchoring.rows_of(edition, _news(rows, detected)), _vanished(rows, detected)
    waiting = len(new) - len(remembering.remember(edition, new))
    if not waiting and not gone and not (new and article.working):
        article.save()
        return Looked(article)
    desk = _begin(article, by)
    settled = [desk.by_key[row.pk] for row in gone]
    for row in settled:
        row.state = State.SETTLED
    anchoring.put(settled)
    for row in new:
        row.edition = desk.edition
    Finding.objects.bulk_create(new)
    desk.article.save()
    return Looked(desk.article, waiting, len(settled))


# Which article, which findings


def _claim(article: Article, version: int, by: User | None) -> _Desk:
    return _begin(Article.objects.claim(article.pk, version), by)


def _begin(article: Article, by: User | None) -> _Desk:
    """Begin the working edition where there is none; whoever names a finding of the live one means its copy."""
    seen = article.current
    known = anchoring.carried(seen)
    edition = editing.working_edition(article, by=by)
    rows = known if edition.pk == seen.pk else anchoring.carried(edition)
    return _Desk(article, edition, rows, {was.pk: row for was, row in zip(known, rows, strict=True)})


def _chosen(desk: _Desk, which: Which) -> list[Finding]:
    if callable(which):
        return [row for row in desk.rows if row.state == State.OPEN and which(row)]
    if not set(which) <= desk.by_key.keys():
        raise NoSuchFinding
    return [desk.by_key[key] for key in dict.fromkeys(which)]


def _decide(row: Finding, state: str, by: User | None, remark: str = "") -> None:
    row.state, row.remark = state, remark
    row.decided_by, row.decided_at = (None, None) if state == State.OPEN else (by, timezone.now())


def _judge(
    article: Article, which: Which, version: int, by: User | None, before: str, after: str, reason: str
) -> Outcome:
    desk = _claim(article, version, by)
    asked = _chosen(desk, which)
    done = [row for row in asked if row.state == before]
    if not done:
        raise CannotDecide
    for row in done:
        _decide(row, after, by, reason)
    anchoring.put(done)
    desk.article.save()
    return Outcome(desk.article, done, [row for row in asked if row not in done])


# Words go in, words come back


def _accept(article: Article, which: Which, version: int, by: User | None, words: str = "") -> Outcome:
    desk = _claim(article, version, by)
    asked = _chosen(desk, which)
    waiting = [row for row in asked if row.state == State.OPEN]
    for row in (row for row in waiting if words and takes_words(row)):
        row.suggestion = words
    changed = repairing.carry_out(desk.edition, waiting)
    if not changed.edits:
        raise _why_not(waiting)
    return _write(desk, asked, changed, State.ACCEPTED, by)


def _why_not(waiting: Sequence[Finding]) -> CannotDecide:
    if not waiting:
        return CannotDecide()
    return WordsGone() if any(row.suggestion is not None for row in waiting) else NoSuggestion()


def _write(desk: _Desk, asked: Sequence[Finding], changed: Changed, state: str, by: User | None) -> Outcome:
    """Write the changed text, what became of the findings that changed it, and where all others stand now."""
    body_before = desk.edition.body_html
    editing.write(desk.article, by=by, title=changed.title, body_html=changed.body_html)
    done = [row for row in desk.rows if row.pk in changed.spans]
    places = anchoring.places_at(changed.title, changed.body_html, [changed.spans[row.pk] for row in done])
    for row, place in zip(done, places, strict=True):
        row.found = changed.found[row.pk]
        _decide(row.moved_to(place), state, by)
    anchoring.put(done)
    others = [row for row in desk.rows if row.pk not in changed.spans]
    anchoring.shift(desk.edition, others, changed.edits, body_before)
    return Outcome(desk.article, done, [row for row in asked if row.pk not in changed.spans])


# The detectors


def _detect(edition: Edition) -> list[restoration.Finding]:
    named = (edition.original_source.name if edition.original_source else "", edition.original_source_printed)
    return restoration.detect(
        edition.body_html,
        script=edition.script,
        title=edition.title,
        sources=[name for name in named if name],
        dates=[edition.original_date_iso] if edition.original_date_iso else [],
    )


def _news(rows: Iterable[Finding], detected: Iterable[restoration.Finding]) -> list[restoration.Finding]:
    """What was detected and stands in nobody's place: of its class nothing waits or was decided there."""
    taken = {(row.code, row.block, place) for row in rows for place in _places(row)}
    return [each for each in detected if not any((each.code, each.block, place) in taken for place in _places(each))]


def _places(found: Finding | restoration.Finding) -> range:
    """The characters it is about; of a place between two characters the one behind."""
    return range(found.start, max(found.end, found.start + 1))


def _vanished(rows: Iterable[Finding], detected: Iterable[restoration.Finding]) -> list[Finding]:
    """What waits and would be seen again if it were still there."""
    places = {(each.code, each.block, each.start) for each in detected}
    return [
        row
        for row in rows
        if row.state == State.OPEN and row.code in SEEN_AGAIN and (row.code, row.block, row.start) not in places
    ]
