"""Bring pages into the library."""

import os
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event
from types import FrameType
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper
from django.db import DatabaseError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from articles.actions import importing
from articles.management import reporting
from articles.models import Source, Theme

MOST_WORKERS = 64
Row = TypeVar("Row", Theme, Source)

EXAMPLES = """
examples:
  import_articles saved-pages                        every page in a folder and all below it
  import_articles a.html b.txt --source qinghe       two files, both copies that stand at one source
  import_articles https://example.org/2021/3.html    a page by its address
  import_articles saved-pages --report report.csv    and a table of what became of each page

Folders are walked through; files that are no pages by their names, links and hidden files are passed over. The same
bytes are never taken twice, so a run that was stopped, at whatever moment, is simply repeated.

exit status: 0 when every page came in, 1 when one was refused, 130 or 143 when Ctrl-C or SIGTERM stopped the run
"""


class Command(BaseCommand):
    help = "Bring pages in: each becomes a draft, or a further witness of an article that is here."

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXAMPLES, formatter_class=RawDescriptionHelpFormatter, **options
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "places", nargs="+", metavar="PATH|URL", help="files, folders to walk through, or addresses"
        )
        parser.add_argument("--theme", metavar="SLUG", help="place the new articles in this theme")
        parser.add_argument("--source", metavar="SLUG", help="the source these copies stand at")
        parser.add_argument("--publish", action="store_true", help="publish the new articles at once")
        parser.add_argument(
            "--workers",
            metavar="N",
            type=worker_count,
            default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            help="how many processes read pages (default: one a processor); with 0 this process reads them itself",
        )
        parser.add_argument("--report", metavar="FILE", help="write what became of each page; - is the standard output")
        parser.add_argument(
            "--format",
            choices=reporting.KINDS,
            help="how the report is written (default: what its suffix says, else text)",
        )

    def handle(self, *, places: list[str], report: str | None, workers: int, **options: Any) -> None:
        order = importing.Order(
            named(Source, options["source"]), named(Theme, options["theme"]), publish=options["publish"]
        )
        counts: Counter[str] = Counter()
        with stopping() as stop, self.opened(report, options["format"], places) as written, bar(places) as progress:
            try:
                with closing(importing.bring_in(places, order, count=workers, stop=stop)) as outcomes:
                    for outcome in outcomes:
                        counts[outcome.result] += 1
                        if outcome.result != importing.NO_PAGE:
                            self.tell(outcome, counts, progress)
                            written.add(outcome)
            except (OSError, DatabaseError) as error:
                raise CommandError(
                    f"The import stopped: {error}. What came in is whole; repeat the command to go on."
                ) from error
            finally:
                self.conclude(counts, self.stderr if report == reporting.STANDARD_OUTPUT else self.stdout)
        if stop.number or counts[importing.REFUSED]:
            sys.exit(128 + stop.number if stop.number else 1)

    @contextmanager
    def opened(self, report: str | None, given: str | None, places: list[str]) -> Iterator[reporting.Report]:
        """Open the report before the work begins, or nothing to write to."""
        if report and report != reporting.STANDARD_OUTPUT and reporting.is_among(report, places):
            raise CommandError("The report would stand among the pages that are read: give it another place or suffix.")
        try:
            written = reporting.opened(report or os.devnull, given, self.stdout)
        except OSError as error:
            raise CommandError(f"The report cannot be written: {error.strerror}.") from None
        with closing(written):
            yield written

    def tell(self, outcome: importing.Outcome, counts: Counter[str], progress: Progress) -> None:
        """Show a line about a page that something is to be said of, and how far the work is."""
        if outcome.reason:
            line = f"{outcome.place}: {outcome.reason}"
            if progress.disable:
                self.stderr.write(line)
            else:
                progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        for task in progress.task_ids:
            progress.update(task, advance=1, refused=counts[importing.REFUSED])

    def conclude(self, counts: Counter[str], out: OutputWrapper) -> None:
        """Print the counts: first what was passed over, where there was any, and last what came in."""
        if passed_over := counts[importing.NO_PAGE]:
            out.write(f"passed over, no pages by their names: {passed_over}")
        out.write(", ".join(f"{result} {counts[result]}" for result in importing.RESULTS))


class Stop(Event):
    """Set by a signal, whose number it keeps."""

    number = 0

    def receive(self, number: int, frame: FrameType | None) -> None:
        self.number = number
        self.set()
        # whoever asks twice does not want to wait for the page at hand
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@contextmanager
def stopping() -> Iterator[Stop]:
    """Let Ctrl-C and SIGTERM stop the work after the page at hand."""
    stop = Stop()
    before = {number: signal.signal(number, stop.receive) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:.0f} a second")


def bar(places: list[str]) -> Progress:
    """Return a progress bar for the pages of the places; it shows nothing where nobody sits before it."""
    columns = (
        TextColumn("Importing"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[refused]} refused"),
    )
    is_watched = sys.stderr.isatty()
    progress = Progress(*columns, console=Console(stderr=True), disable=not is_watched, transient=True)
    if is_watched:
        progress.add_task("Importing", total=importing.count_pages(places), refused=0)
    return progress


def worker_count(given: str) -> int:
    """Return the number of workers. Raises `ArgumentTypeError`."""
    if not given.isascii() or not given.isdigit() or int(given) > MOST_WORKERS:
        raise ArgumentTypeError(f"{given} is no number from 0 to {MOST_WORKERS}.")
    return int(given)


def named(model: type[Row], slug: str | None) -> Row | None:
    """Return the theme or source of that address; none where none is asked for."""
    if not slug:
        return None
    try:
        return model._default_manager.get(slug=slug)
    except ObjectDoesNotExist:
        raise CommandError(f"There is no {model.__name__.lower()} with the address {slug}.") from None
