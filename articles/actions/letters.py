"""What readers send in, and what editors do with it."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from articles import body
from articles.actions import anchoring, restoring
from articles.chinese.conversion import shown_in
from articles.chinese.scripts import script_of
from articles.models import LONGEST_REMARK, Article, Edition, Finding, Letter, new_ticket

# What waits for an answer, of all articles and of one: past that nothing is taken in before editors have read on.
MOST_WAITING = 500
MOST_WAITING_OF_ONE = 40
ONE_DAY = timedelta(days=1)
# How long we know how to reach whoever wrote: after the letter is closed, and at most.
KEEP_CONTACT = timedelta(days=30)
KEEP_CONTACT_AT_MOST = timedelta(days=365)
CODE = "reader_correction"
TRIES = 5
# how a page sets the number of a note
NOTE = re.compile(r"〔(\d{1,3})〕")
SCRIPTS = ("", "hans", "hant")

Kind, State, Outcome = Letter.Kind, Letter.State, Letter.Outcome


class PostFull(Exception):
    """So many letters wait that no more are taken in."""


class CannotDecide(Exception):
    """The letter is not in a state in which this is done with it."""


class AnswerMissing(Exception):
    """What is declined is declined with a reason, and what is put into the text has words."""


class PassageNotFound(Exception):
    """The words the letter is about are no longer in the text, or could be meant in several places."""


class PassageDivided(Exception):
    """Marks divide the words, they are a whole paragraph, or nothing would change: an editor writes it by hand."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a reader wrote, tidied and of a length we keep; `block` and `start` say where the words were selected."""

    kind: str
    passage: str = ""
    suggestion: str = ""
    remark: str = ""
    name: str = ""
    contact: str = ""
    block: int | None = None
    start: int = 0

    def digest(self, article: int, day: datetime) -> str:
        """Return what two letters of one day share when they say the same of the same article."""
        words = [article, self.kind, self.passage, self.suggestion, self.remark, day.date().isoformat()]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()


# Readers


def known(edition: Edition, written: Written) -> Letter | None:
    """Return the letter that said the same of this article within a day."""
    now = timezone.now()
    digests = [written.digest(edition.article_id, day) for day in (now, now - ONE_DAY)]
    return Letter.objects.filter(digest__in=digests, received_at__gt=now - ONE_DAY).first()


def receive(edition: Edition, written: Written) -> Letter:
    """Take the letter in, about the edition its reader had before them; the same words twice are one letter.

    Raises `PostFull`, and `ValidationError` for what no database would take.
    """
    waiting = Letter.objects.waiting()
    of_article = waiting.filter(article=edition.article_id)
    if (found := known(edition, written)) is not None:
        return found
    if waiting.count() >= MOST_WAITING or of_article.count() >= MOST_WAITING_OF_ONE:
        raise PostFull
    letter = _new(edition, written)
    for _attempt in range(TRIES - 1):
        try:
            with transaction.atomic():
                letter.save()
            return letter
        except IntegrityError:  # somebody sent the same at this moment, or the number is taken
            if (found := known(edition, written)) is not None:
                return found
            letter.ticket = new_ticket()
    letter.save()
    return letter


def _new(edition: Edition, written: Written) -> Letter:
    now = timezone.now()
    columns = {name: getattr(written, name) for name in ("kind", "passage", "suggestion", "remark", "name", "contact")}
    letter = Letter(
        edition=edition,
        article_id=edition.article_id,
        received_at=now,
        digest=written.digest(edition.article_id, now),
        **columns,
    )
    place = locate(edition, written.passage, block=written.block, start=written.start)
    return letter.moved_to(place) if place else letter


def locate(edition: Edition, passage: str, *, block: int | None = None, start: int = 0) -> body.Place | None:
    """Return where a passage stands that was read on a page, in whichever script; None where that is not sure.

    `block` and `start` say where it was selected: they choose among several, and are not taken at their word.
    """
    words = NOTE.sub(r"[\1]", passage).split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))  # however the page set the spaces
    texts = {body.TITLE: edition.title} | {each.index: each.text for each in body.blocks(edition.body_html)}
    chosen = {block: texts[block]} if block in texts else {}
    for among in (chosen, texts):
        for script in SCRIPTS:
            spans = [(key, *span) for key, text in among.items() for span in _spans(text, pattern, script)]
            if among is chosen:
                spans = sorted(spans, key=lambda span: abs(span[1] - start))[:1]
            if len(spans) == 1:
                return anchoring.places_at(edition.title, edition.body_html, spans)[0]
            if spans:
                return None
    return None


def _spans(text: str, pattern: re.Pattern[str], script: str) -> list[tuple[int, int]]:
    """Where the words stand; a text in another script counts only where each of its characters keeps its place."""
    read = shown_in(text, script) if script else text
    return [match.span() for match in pattern.finditer(read)] if len(read) == len(text) else []


# Editors


def place_now(letter: Letter) -> body.Place | None:
    """Return where the words the letter is about stand in the edition editors see; None where that is not known."""
    if not letter.is_placed:
        return None
    return anchoring.find_all(letter.article.current, [letter.place()])[0]


def proposed(letter: Letter) -> str:
    """Return what the reader proposes, in the script of the text."""
    script = letter.article.current.script
    is_other = script in ("hans", "hant") and script_of(letter.suggestion) != script
    return shown_in(letter.suggestion, script) if is_other else letter.suggestion


def may_be_put_in(letter: Letter) -> bool:
    """Say whether the correction waits to be put into the text: undecided, or taken out of the text again."""
    is_gone = letter.state == State.ACCEPTED and bool(letter.words) and not _is_standing(letter.repair)
    return not letter.is_comment and (letter.is_waiting or is_gone)


def _is_standing(repair: Finding | None) -> bool:
    return repair is not None and repair.state == Finding.State.ACCEPTED


@transaction.atomic
def put_in(
    letter: Letter, words: str, *, version: int, article_version: int, by: User | None, answer: str = ""
) -> Letter:
    """Put the words in the place of the passage as one repair of the working edition, and so take the letter up.

    Raises `CannotDecide`, `AnswerMissing` without words, `PassageNotFound`, `PassageDivided`, and `StaleVersion` when
    the letter or the article changed since the versions were read.
    """
    article = Article.objects.claim(letter.article_id, article_version)  # before what hangs on it: decision 22
    letter = Letter.objects.claim(letter.pk, version)
    if not may_be_put_in(letter):
        raise CannotDecide
    if not words:
        raise AnswerMissing
    place = place_now(letter)
    if place is None:
        raise PassageNotFound
    try:
        letter.repair = restoring.put_in(article, place, words, code=CODE, by=by, remark=letter.ticket)
    except restoring.WordsGone as reason:
        raise PassageDivided from reason
    letter.words = words
    return _decided(letter, Outcome.ACCEPTED, by, answer=answer)


@transaction.atomic
def accept(letter: Letter, *, version: int, by: User | None, answer: str = "") -> Letter:
    """Take the letter up: a comment stands below its article, and a correction the editor writes by hand.

    Raises `CannotDecide`, and `StaleVersion` when the letter changed since `version` was read.
    """
    letter = Letter.objects.claim(letter.pk, version)
    if not letter.is_waiting and not (letter.is_comment and letter.outcome == Outcome.DECLINED):
        raise CannotDecide
    return _decided(_with_reason(letter, ""), Outcome.ACCEPTED, by, answer=answer)


@transaction.atomic
def decline(letter: Letter, *, version: int, by: User | None, reason: str) -> Letter:
    """Say why the letter is not taken up; a comment that stood below its article goes from there.

    Raises `CannotDecide`, `AnswerMissing`, and `StaleVersion` when the letter changed since `version` was read.
    """
    letter = Letter.objects.claim(letter.pk, version)
    if not letter.is_waiting and not (letter.is_comment and letter.is_taken_up):
        raise CannotDecide
    if not reason:
        raise AnswerMissing
    return _decided(_with_reason(letter, reason), Outcome.DECLINED, by)


@transaction.atomic
def close(letter: Letter, *, version: int, by: User | None, answer: str = "") -> Letter:
    """Close a letter that was decided on; a correction names the edition that came since, where there is one.

    Raises `CannotDecide`, and `StaleVersion` when the letter changed since `version` was read.
    """
    letter = Letter.objects.claim(letter.pk, version)
    if letter.state not in (State.ACCEPTED, State.DECLINED):
        raise CannotDecide
    live = letter.article.live
    is_later = live is not None and (live.number or 0) > (letter.edition.number or 0)
    letter.put_into = live if is_later and letter.is_taken_up and not letter.is_comment else None
    letter.state, letter.closed_at, letter.handled_by = State.CLOSED, timezone.now(), by
    letter.answer = answer or letter.answer
    letter.save()
    return letter


def close_put_into(edition: Edition) -> int:
    """Close the letters whose corrections stand in an edition that was just published; return how many."""
    standing = Letter.objects.filter(article=edition.article_id, state=State.ACCEPTED)
    standing = standing.filter(repair__edition=edition, repair__state=Finding.State.ACCEPTED)
    return standing.update(state=State.CLOSED, closed_at=Now(), put_into=edition, version=F("version") + 1)


def forget_contacts() -> int:
    """Throw away how to reach people whose letters were closed long enough ago, or came very long ago."""
    kept = Letter.objects.exclude(contact="").order_by()
    closed = kept.filter(closed_at__lt=Now() - KEEP_CONTACT)
    return closed.update(contact="") + kept.filter(received_at__lt=Now() - KEEP_CONTACT_AT_MOST).update(contact="")


def _with_reason(letter: Letter, reason: str) -> Letter:
    letter.reason = reason
    return letter


def _decided(letter: Letter, outcome: str, by: User | None, *, answer: str = "") -> Letter:
    """Write the decision; how long it took counts from the first one."""
    now = timezone.now()
    letter.state = State.ACCEPTED if outcome == Outcome.ACCEPTED else State.DECLINED
    letter.outcome, letter.handled_by, letter.closed_at = outcome, by, None
    letter.decided_at = letter.decided_at or now
    letter.days = max((letter.decided_at - letter.received_at).days, 0)
    letter.answer = answer[:LONGEST_REMARK] or letter.answer
    letter.save()
    return letter
