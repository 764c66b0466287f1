"""Bringing in thousands of pages: read by several processes, kept one after the other in the order of the walk."""

import re
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from django.contrib.auth.models import User

from articles import intake
from articles.actions import bringing, capturing
from articles.intake import files, workers
from articles.models import Source, Theme

REFUSED = "refused"
NO_PAGE = "not a page"
RESULTS = (*(result.value for result in capturing.Result), REFUSED)
# how far reading runs ahead of keeping: so far that one slow page holds nobody up, with a bound on what is in memory
MOST_AHEAD = 50
MOST_BYTES_AHEAD = 40_000_000
# controls and marks of direction: a file's name may hold them, a terminal or a table must not get them
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with every page of an import."""

    source: Source | None = None
    theme: Theme | None = None
    publish: bool = False
    by: User | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one place; `findings` is None where the page was not read this time."""

    place: str
    result: str
    article: int | None = None
    title: str = ""
    reason: str = ""
    findings: int | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class _Step:
    """One place on its way: on a worker's desk while it has a reading and no outcome."""

    place: str
    outcome: Outcome | None = None
    reading: workers.Reading | None = None
    seconds: float = 0.0


def bring_in(places: Iterable[str], order: Order, *, count: int, stop: Event) -> Generator[Outcome, None, None]:
    """Bring in what stands at the places, each page in a transaction of its own; yield what became of each in order.

    `count` processes read; none means that this one does. Once `stop` is set, the page at hand is the last one: those
    that are only read are left for the next time.
    """
    with workers.Workers(count) as crew:
        ahead: deque[_Step] = deque()
        for step in steps(places):
            ahead.append(step)
            _begin(step, crew)
            while ahead and _is_far(ahead):
                yield from _finished(ahead.popleft(), order, crew, stop)
            if stop.is_set():
                return
        while ahead and not stop.is_set():
            yield from _finished(ahead.popleft(), order, crew, stop)


def count_pages(places: Iterable[str]) -> int:
    """Return how many pages the places hold, those that will be refused among them."""
    return sum(1 for step in steps(places) if not step.outcome or step.outcome.result != NO_PAGE)


def steps(places: Iterable[str]) -> Iterator[_Step]:
    """Yield each place to bring in, those that are refused already with the reason."""
    for place in places:
        if not place:
            # as a path it would be the folder the command stands in
            yield _Step(place, _refused(place, "Give a file, a folder or an address."))
        elif is_address(place):
            yield _Step(place)
        else:
            yield from map(_step, files.walk(Path(place)))


def _step(entry: files.Entry) -> _Step:
    place = str(entry.path)
    if entry.refusal:
        return _Step(place, _refused(place, str(entry.refusal)))
    return _Step(place, None if entry.is_page else Outcome(printable(place), NO_PAGE))


def is_address(place: str) -> bool:
    """Say whether the place is an address on the web; anything else is a path."""
    return urlsplit(place).scheme in ("http", "https")


def printable(place: str) -> str:
    """Return the place for people: what is in no encoding of this system, or would steer a terminal, shows as a mark.

    >>> printable("村务\\x1b[2J公开.html")
    '村务�[2J公开.html'
    """
    return UNPRINTABLE.sub("\ufffd", place)


def _is_far(ahead: deque[_Step]) -> bool:
    held = sum(len(step.reading.data) for step in ahead if step.reading)
    return ahead[0].outcome is not None or len(ahead) > MOST_AHEAD or held > MOST_BYTES_AHEAD


def _begin(step: _Step, crew: workers.Workers) -> None:
    """Load the page and have it read, unless it is here already. An address is fetched when its turn comes."""
    if step.outcome or is_address(step.place):
        return
    began = time.monotonic()
    path = Path(step.place)
    try:
        data = files.load(path)
    except intake.Unreadable as reason:
        step.outcome = _refused(step.place, str(reason))
        return
    if taken := capturing.here(data):
        step.outcome = _outcome(step.place, taken, seconds=time.monotonic() - began)
        return
    step.reading = workers.Reading(data, path.name)
    step.seconds = time.monotonic() - began
    crew.hand_in(step.reading)


def _finished(step: _Step, order: Order, crew: workers.Workers, stop: Event) -> Generator[Outcome, None, None]:
    """Yield what became of the page, or nothing when the work is to stop before it is read."""
    while step.reading and not step.reading.outcome:
        if stop.is_set():
            return
        crew.look()
    if step.outcome:
        yield step.outcome
        return
    crew.look(0)
    began = time.monotonic()
    try:
        taken, draft = _keep(step.reading, order) if step.reading else (_fetch(step.place, order), None)
    except intake.Unreadable as reason:
        yield _refused(step.place, str(reason), seconds=_spent(step, began))
        return
    yield _outcome(step.place, taken, draft, seconds=_spent(step, began))


def _keep(reading: workers.Reading, order: Order) -> tuple[capturing.Taken, intake.Draft]:
    if isinstance(reading.outcome, intake.Unreadable):
        raise reading.outcome
    assert reading.outcome  # noqa: S101 - the caller has waited for it
    page = capturing.Page(reading.data, name=reading.name, source=order.source, theme=order.theme)
    return capturing.keep(page, reading.outcome, by=order.by, publish=order.publish), reading.outcome


def _fetch(address: str, order: Order) -> capturing.Taken:
    return bringing.by_address(address, source=order.source, theme=order.theme, by=order.by, publish=order.publish)


def _spent(step: _Step, began: float) -> float:
    return step.seconds + (step.reading.seconds if step.reading else 0.0) + time.monotonic() - began


def _outcome(place: str, taken: capturing.Taken, draft: intake.Draft | None = None, *, seconds: float) -> Outcome:
    odd = ", ".join(taken.impossible_dates)
    return Outcome(
        printable(place),
        taken.result.value,
        taken.article.pk,
        taken.article.title,
        f"The date {odd} does not exist; it is left open." if odd else "",
        len(draft.findings) if draft and taken.result is not capturing.Result.HERE else None,
        round(seconds, 3),
    )


def _refused(place: str, reason: str, *, seconds: float = 0.0) -> Outcome:
    return Outcome(printable(place), REFUSED, reason=reason, seconds=round(seconds, 3))
