"""Show what intake reads in a page."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from articles import intake, restoration
from articles.intake import Draft, Unreadable, files


class Command(BaseCommand):
    help = "Print what intake reads in pages, as one JSON object a line. Touches no database."
    # nothing here needs the site to be configured soundly, and a look at a page should start at once
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="pages; a folder is walked through")
        parser.add_argument("--url", default="", help="the address the pages were found at")
        parser.add_argument("--repaired", action="store_true", help="carry out every confident suggestion")

    def handle(self, *, url: str, repaired: bool, **options: Any) -> None:
        failed = False
        for path, refusal in pages(options["files"]):
            line = describe(path, refusal, url=url, repaired=repaired)
            failed = failed or line["error"] is not None
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        if failed:
            sys.exit(1)


def pages(places: list[str]) -> Iterator[tuple[str, str]]:
    """Yield every page to read, and "" or the reason why it cannot be."""
    for place in places:
        if not place:
            # as a path it would be the folder the command stands in
            yield place, "Give a file, a folder or an address."
            continue
        for entry in files.walk(Path(place)):
            if entry.is_page:
                yield str(entry.path), str(entry.refusal or "")


def describe(path: str, refusal: str, *, url: str, repaired: bool) -> dict[str, Any]:
    """Return everything intake reads in the file, or the same fields empty and the reason in `error`."""
    draft, error = Draft(kind="", encoding="", script=""), refusal or None
    if not refusal:
        try:
            draft = intake.read(files.load(Path(path)), name=Path(path).name, url=url)
        except Unreadable as reason:
            error = str(reason)
    body_html = restoration.apply(draft.body_html, draft.findings) if repaired else draft.body_html
    shown = asdict(draft) | {"body_html": body_html}
    draft.body_html = body_html
    return {"file": printable(path), **shown, "body_text": draft.body_text, "headings": draft.headings, "error": error}


def printable(path: str) -> str:
    """Return the path for people: a name in another encoding than this system's shows its odd bytes as marks."""
    return os.fsencode(path).decode("utf-8", "replace")
