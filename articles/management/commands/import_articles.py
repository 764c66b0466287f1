"""Bring pages into the library."""

import json
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from articles import intake
from articles.actions import capturing
from articles.intake import fetching, files
from articles.models import Source, Theme

REFUSED = "refused"
Row = TypeVar("Row", Theme, Source)


class Command(BaseCommand):
    help = "Bring pages in: each becomes a draft, or a further witness of an article that is here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "places", nargs="+", metavar="PATH|URL", help="files, folders to walk through, or addresses"
        )
        parser.add_argument("--theme", metavar="SLUG", help="place the articles in this theme")
        parser.add_argument("--source", metavar="SLUG", help="the source these copies stand at")
        parser.add_argument("--publish", action="store_true", help="publish the new articles at once")
        parser.add_argument("--report", metavar="FILE", type=Path, help="write what became of each page, as JSON lines")

    def handle(self, *, places: list[str], publish: bool, report: Path | None, **options) -> None:
        theme = named(Theme, options["theme"])
        source = named(Source, options["source"])
        counts: Counter = Counter()
        with (
            opened(report) as written,
            Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as progress,
        ):
            pages = [page for place in places for page in find(place)]
            for path, refusal in progress.track(pages, description="Importing"):
                line = take(path, refusal, theme=theme, source=source, publish=publish)
                counts[line["result"]] += 1
                if "reason" in line:
                    self.stderr.write(f"{line['page']}: {line['reason']}")
                written.write(f"{json.dumps(line, ensure_ascii=False)}\n")
        self.conclude(counts)

    def conclude(self, counts: Counter) -> None:
        """Print the counts; exit with 1 when a page was refused."""
        results = [*(result.value for result in capturing.Result), REFUSED]
        self.stdout.write(", ".join(f"{result} {counts[result]}" for result in results))
        if counts[REFUSED]:
            sys.exit(1)


def opened(report: Path | None) -> TextIO:
    """Open the report before the work begins, or nothing to write to; each line is in it as soon as it is known."""
    try:
        return open(report or os.devnull, "w", buffering=1, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"The report cannot be written: {error.strerror}.") from None


def named(model: type[Row], slug: str | None) -> Row | None:
    """Return the theme or source of that address; none where none is asked for."""
    if not slug:
        return None
    try:
        return model._default_manager.get(slug=slug)
    except ObjectDoesNotExist:
        raise CommandError(f"There is no {model.__name__.lower()} with the address {slug}.") from None


def find(place: str) -> Iterator[tuple[str, str]]:
    """Yield each page of a place with the reason it is refused for already, or an empty one."""
    if not place or is_address(place):
        yield place, "" if place else "Give a file, a folder or an address."
        return
    for found in files.walk(Path(place)):
        path, reason = found if isinstance(found, tuple) else (found, "")
        yield str(path), reason


def printable(path: str) -> str:
    """Return the path for people: a name in another encoding than this system's shows its odd bytes as marks."""
    return os.fsencode(path).decode("utf-8", "replace")


def is_address(place: str) -> bool:
    """Say whether the place is an address on the web; anything else is a path."""
    return urlsplit(place).scheme in ("http", "https")


def load(place: str, source: Source | None, theme: Theme | None) -> capturing.Page:
    """Return the page that stands at the place. Raises `Unreadable`."""
    if is_address(place):
        return capturing.Page(fetching.fetch(place), address=place, source=source, theme=theme)
    return capturing.Page(files.load(Path(place)), name=Path(place).name, source=source, theme=theme)


def take(path: str, refusal: str, *, theme: Theme | None, source: Source | None, publish: bool) -> dict[str, object]:
    """Take one page in and return its line of the report."""
    if refusal:
        return {"page": printable(path), "result": REFUSED, "reason": refusal}
    try:
        taken = capturing.take_in(load(path, source, theme), publish=publish)
    except intake.Unreadable as reason:
        return {"page": printable(path), "result": REFUSED, "reason": str(reason)}
    line: dict[str, object] = {"page": printable(path), "result": taken.result.value, "article": taken.article.pk}
    if taken.impossible_dates:
        line["reason"] = f"The date {', '.join(taken.impossible_dates)} does not exist; it is left open."
    return line
