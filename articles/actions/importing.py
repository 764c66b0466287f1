"""Bringing in thousands of pages: read by several processes, kept one after the other in the order of the walk."""

import re
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from django.contrib.auth.models import User

from articles import intake
from articles.actions import bringing, capturing
from articles.intake import files, workers
from articles.intake.robots import Visitor
from articles.models import Finding, Source, Theme

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
    """What became of one place; `findings` is None where nothing was read, or an address gave no new article."""

    place: str
    result: str
    article: int | None = None
    title: str = ""
    reason: str = ""
    findings: int | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class Step:
    """One place on its way: refused or here already (`outcome`), read by a worker (`reading`), or to be fetched."""

    place: str
    outcome: Outcome | None = None
    reading: workers.Reading | None = None
    began: float = field(default_factory=time.monotonic)

    def refuse(self, reason: object) -> Outcome:
        return Outcome(printable(self.place), REFUSED, reason=str(reason), seconds=self._seconds)

    def report(self, taken: capturing.Taken, findings: int | None = None) -> Outcome:
        article, reason = taken.article, " ".join(_remarks(taken))
        place, result = printable(self.place), taken.result.value
        return Outcome(place, result, article.pk, article.title, reason, findings, self._seconds)

    def begin_keeping(self) -> None:
        """Count from here on, and add the time of reading: in between, the page waited for others."""
        self.began = time.monotonic() - (self.reading.seconds if self.reading else 0.0)

    @property
    def _seconds(self) -> float:
        return round(time.monotonic() - self.began, 3)


def _remarks(taken: capturing.Taken) -> Iterator[str]:
    if taken.impossible_dates:
        yield f"The date {', '.join(taken.impossible_dates)} does not exist; it is left open."
    if taken.unpublished:
        yield f"Not published: {taken.unpublished}"
    if taken.missing_part:
        yield f"A further page could not be had: {printable(taken.missing_part)}"
    if taken.missed_pictures:
        yield f"Pictures that could not be had: {taken.missed_pictures}."


def bring_in(places: Iterable[str], order: Order, *, count: int, stop: Event) -> Generator[Outcome, None, None]:
    """Bring in what stands at the places, each page in a transaction of its own; yield what became of each in order.

    `count` processes read; none means that this one does. Once `stop` is set, the page at hand is the last one: those
    that are only read are left for the next time.
    """
    with workers.Workers(count) as crew:
        run = _Run(order, crew, stop)
        ahead: deque[Step] = deque()
        for step in steps(places):
            ahead.append(step)
            run.begin(step)
            while ahead and _is_far(ahead):
                yield from run.finish(ahead.popleft())
            if stop.is_set():
                return
        while ahead:
            yield from run.finish(ahead.popleft())


def _is_far(ahead: deque[Step]) -> bool:
    """Whether reading is far enough ahead of keeping, or the next page needs no reading."""
    held = sum(len(step.reading.data) for step in ahead if step.reading)
    return ahead[0].outcome is not None or len(ahead) > MOST_AHEAD or held > MOST_BYTES_AHEAD


@dataclass(slots=True)
class _Run:
    """The two halves of an import: pages begin as soon as there is room, and are finished one after the other."""

    order: Order
    crew: workers.Workers
    stop: Event
    visitor: Visitor = field(default_factory=bringing.new_visitor)

    def begin(self, step: Step) -> None:
        """Load the page and have it read, unless it is here already. An address is fetched when its turn comes."""
        if step.outcome or is_address(step.place):
            return
        path = Path(step.place)
        try:
            data = files.load(path)
        except intake.Unreadable as reason:
            step.outcome = step.refuse(reason)
            return
        if taken := capturing.here(data):
            step.outcome = step.report(taken)
        else:
            step.reading = workers.Reading(data, path.name)
            self.crew.hand_in(step.reading)

    def finish(self, step: Step) -> Iterator[Outcome]:
        """Yield what became of the page, or nothing when the work is to stop before that."""
        while step.reading and not step.reading.outcome and not self.stop.is_set():
            self.crew.look()
        if self.stop.is_set():
            return
        if not step.outcome:
            # the workers go on while the page is kept
            self.crew.look(0)
            step.begin_keeping()
            try:
                step.outcome = self._keep(step, step.reading) if step.reading else self._fetch(step)
            except intake.Unreadable as reason:
                step.outcome = step.refuse(reason)
        yield step.outcome

    def _keep(self, step: Step, reading: workers.Reading) -> Outcome:
        draft = reading.result()
        page = capturing.Page(reading.data, name=reading.name, source=self.order.source, theme=self.order.theme)
        return step.report(
            capturing.keep(page, draft, by=self.order.by, publish=self.order.publish), len(draft.findings)
        )

    def _fetch(self, step: Step) -> Outcome:
        order = self.order
        taken = bringing.by_address(
            step.place,
            source=order.source,
            theme=order.theme,
            by=order.by,
            publish=order.publish,
            visitor=self.visitor,
        )
        is_new = taken.result is capturing.Result.NEW
        return step.report(taken, Finding.objects.filter(edition__article=taken.article).count() if is_new else None)


def count_pages(places: Iterable[str]) -> int:
    """Return how many pages the places hold, those that will be refused among them."""
    return sum(1 for step in steps(places) if not step.outcome or step.outcome.result != NO_PAGE)


def steps(places: Iterable[str]) -> Iterator[Step]:
    """Yield each place to bring in, those that are refused already with the reason."""
    for place in places:
        if not place:
            # as a path it would be the folder the command stands in
            step = Step(place)
            step.outcome = step.refuse("Give a file, a folder or an address.")
            yield step
        elif is_address(place):
            yield Step(place)
        else:
            yield from map(_found, files.walk(Path(place)))


def _found(entry: files.Entry) -> Step:
    step = Step(str(entry.path))
    if entry.refusal:
        step.outcome = step.refuse(entry.refusal)
    elif not entry.is_page:
        step.outcome = Outcome(printable(step.place), NO_PAGE)
    return step


def is_address(place: str) -> bool:
    """Say whether the place is an address on the web; anything else is a path."""
    return urlsplit(place).scheme in ("http", "https")


def printable(place: str) -> str:
    """Return the place for people: what is in no encoding of this system, or would steer a terminal, shows as a mark.

    >>> printable("村务\\x1b[2J公开.html")
    '村务�[2J公开.html'
    """
    return UNPRINTABLE.sub("\ufffd", place)
