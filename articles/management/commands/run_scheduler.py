"""Do what is done by the clock, once or until it is told to end."""

import logging
import signal
import threading
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections

from articles.actions import clockwork

EVERY = 60
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the jobs of the clock: once, or again and again until SIGTERM. Scheduled articles appear without it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do every job once and end")
        parser.add_argument("--every", type=int, default=EVERY, metavar="SECONDS", help="the pause (%(default)s)")

    def handle(self, *, once: bool, every: int, **options) -> None:
        if every < 1:
            raise CommandError("--every must be 1 or more.")
        ending = threading.Event()

        def end(number: int, frame: FrameType | None) -> None:
            ending.set()

        if once:
            self._round(ending)
            return
        former = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not ending.is_set():
                self._try_round(ending)
                ending.wait(every)
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    def _try_round(self, ending: threading.Event) -> None:
        """A database that is away for a while ends a round and not the process."""
        close_old_connections()
        try:
            self._round(ending)
        except OperationalError as error:
            log.warning("The database did not answer; the next round tries again: %s", error)

    def _round(self, ending: threading.Event) -> None:
        for name, job in clockwork.jobs().items():
            if ending.is_set():
                return
            told = clockwork.run(name, job, ending.is_set)
            done = ", ".join(f"{count} {what}" for what, count in told.items() if count)
            if done:
                self.stdout.write(f"{name}: {done}")
                self.stdout.flush()
