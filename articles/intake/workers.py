"""Reading many pages at once, each in a process that may fail without harm to the rest.

A worker reads one page after another and touches nothing else: no database, no file, no network. A page that takes too
long, fills the memory or brings its worker down is refused; another worker goes on with the next.
"""

import os
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, get_context
from pathlib import Path
from types import TracebackType

from articles.intake.decoding import Unreadable
from articles.intake.draft import Draft
from articles.intake.pipeline import read

SECONDS = 60
MEMORY_MEGABYTES = 2_048
# memory that the parsers never give back is given back with the process
MOST_PAGES = 2_000
# how a worker says that its memory was full
OUT_OF_MEMORY = 12
# how Python ends a process after an error that nobody caught
FAILED = 1
PATIENCE = 0.2

# Not a fork of the command, which has a database open, and threads; the server they are forked from loads intake once.
CONTEXT = get_context("forkserver")

Reader = Callable[..., Draft]


@dataclass(slots=True, eq=False)
class Reading:
    """A page on its way to a worker and back; `outcome` is the draft, or why there is none, once it is known."""

    data: bytes
    name: str = ""
    outcome: Draft | Unreadable | None = None
    seconds: float = 0.0

    def result(self) -> Draft:
        """Return the draft, once there is an outcome. Raises `Unreadable` where there is none to return."""
        if isinstance(self.outcome, Draft):
            return self.outcome
        raise self.outcome or LookupError("the page is not read yet")


class Workers:
    """Some processes that read pages; with none of them, a page is read in this one as soon as it is handed in."""

    def __init__(self, count: int, *, reader: Reader = read, seconds: int = SECONDS) -> None:
        self._count, self._reader, self._seconds = count, reader, seconds
        self._busy: dict[connection.Connection, _Worker] = {}
        self._idle: list[_Worker] = []
        self._waiting: deque[Reading] = deque()
        self._has_failed = False

    def __enter__(self) -> "Workers":
        CONTEXT.set_forkserver_preload([__name__])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in [*self._idle, *self._busy.values()]:
            worker.close()

    def hand_in(self, reading: Reading) -> None:
        """Take a page to read, now or as soon as a worker is free."""
        if not self._count:
            reading.outcome, reading.seconds = _timed(self._reader, reading.data, reading.name)
            return
        self._waiting.append(reading)
        self.look(0)

    def look(self, seconds: float = PATIENCE) -> None:
        """Gather the answers that are there, waiting at most so long for the first, and give the free workers work."""
        self._hand_out()
        for pipe in connection.wait(list(self._busy), seconds):
            worker = self._busy.pop(pipe)  # type: ignore[call-overload]  # only our own pipes were asked
            if worker.gather() and worker.pages < MOST_PAGES:
                self._idle.append(worker)
            else:
                self._has_failed = self._has_failed or worker.has_failed
                worker.close()
        self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting and len(self._busy) < self._count:
            worker = self._idle.pop() if self._idle else _Worker(self._reader, self._seconds, quiet=self._has_failed)
            worker.give(self._waiting.popleft())
            self._busy[worker.pipe] = worker


class _Worker:
    """One process and the page it is at; never handed a second one, so that its pipe cannot fill on both sides."""

    def __init__(self, reader: Reader, seconds: int, *, quiet: bool) -> None:
        self._seconds = seconds
        self.pipe, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_serve, args=(theirs, reader, seconds, quiet), daemon=True)
        self._process.start()
        theirs.close()
        self._reading: Reading | None = None
        self._began = 0.0
        self.pages = 0

    def give(self, reading: Reading) -> None:
        self._reading, self._began = reading, time.monotonic()
        self.pages += 1
        try:
            self.pipe.send((reading.data, reading.name))
        except OSError:
            # it has ended, and `gather` will see it
            return

    def gather(self) -> bool:
        """Write the answer into the page that was given; false when the worker did not live to answer."""
        assert self._reading  # noqa: S101 - only a worker that was given a page is asked
        try:
            self._reading.outcome, self._reading.seconds = self.pipe.recv()
        except (EOFError, OSError):
            self._reading.outcome, self._reading.seconds = self._obituary(), time.monotonic() - self._began
            return False
        return True

    def _obituary(self) -> Unreadable:
        self._process.join(PATIENCE * 10)
        if self._process.exitcode == -signal.SIGALRM:
            return Unreadable("Reading the page takes longer than %(most)d seconds.", most=self._seconds)
        if self._process.exitcode == OUT_OF_MEMORY:
            return Unreadable("Reading the page takes more than %(most)d MB of memory.", most=MEMORY_MEGABYTES)
        return Unreadable("Reading the page fails; this is a fault of the reader, not of the page.")

    @property
    def has_failed(self) -> bool:
        """Whether the process ended by an error of ours, whose traceback it has printed."""
        return self._process.exitcode == FAILED

    def close(self) -> None:
        """End the process; one that is busy is not waited for."""
        self.pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve(pipe: connection.Connection, reader: Reader, seconds: int, quiet: bool) -> None:
    """Read what comes until nobody is there to send more.

    The pipe closes with the command, however that ends; a page at hand is read to its end, or to the alarm, first.
    """
    # the command is told to stop, not its workers: they end with it
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _limit_memory()
    if quiet:
        # one traceback says what is wrong with the reader; thousands would bury what else is said
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the process ends
    while True:
        try:
            data, name = pipe.recv()
            # the system ends the process at this alarm wherever it is, also inside a parser written in C
            signal.alarm(seconds)
            answer = _timed(reader, data, name)
            signal.alarm(0)
            pipe.send(answer)
        except (EOFError, ConnectionError):
            return
        except MemoryError:
            # not sys.exit: tidying up needs the memory that is missing
            os._exit(OUT_OF_MEMORY)


def _limit_memory() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY_MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _timed(reader: Reader, data: bytes, name: str) -> tuple[Draft | Unreadable, float]:
    began = time.monotonic()
    outcome: Draft | Unreadable
    try:
        outcome = reader(data, name=name)
    except Unreadable as reason:
        outcome = reason
    return outcome, time.monotonic() - began
