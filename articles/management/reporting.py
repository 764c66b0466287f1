"""The report of an import: what became of every page, as text, JSON, JSON lines or a table."""

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from articles.actions import importing
from articles.actions.importing import Outcome
from articles.intake import files

STANDARD_OUTPUT = "-"
COLUMNS = [field.name for field in fields(Outcome)]
# a spreadsheet takes a cell that begins so for a formula, and carries it out
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def format_of(report: str, given: str | None = None) -> str:
    """Return the format that was asked for, else what the name's suffix says, else text."""
    suffix = Path(report).suffix.lower().removeprefix(".")
    return given or (suffix if suffix in KINDS else "text")


def is_among(report: str, places: Iterable[str]) -> bool:
    """Return whether the report would be written over a page of the places, or be read as one of them."""
    path = Path(report).resolve()
    paths = [Path(place).resolve() for place in places if place and not importing.is_address(place)]
    is_in_folder = any(path.is_relative_to(folder) for folder in paths if files.is_folder(folder))
    return path in paths or (is_in_folder and path.suffix.lower() in files.PAGE_SUFFIXES)


class Report(ABC):
    """Written line by line, and whole after each: a run that is killed leaves a report of what it did."""

    def __init__(self, out: io.TextIOBase, *, is_file: bool) -> None:
        self.out, self.is_file = out, is_file

    @abstractmethod
    def written(self, outcome: Outcome) -> str:
        """Return the outcome as it stands in the report."""

    def add(self, outcome: Outcome) -> None:
        self.out.write(self.written(outcome))
        self.out.flush()

    def close(self) -> None:
        if self.is_file:
            self.out.close()


class TextReport(Report):
    def written(self, outcome: Outcome) -> str:
        details = [f"article {outcome.article}: {outcome.title}"] if outcome.article else []
        details += [f"{outcome.findings} findings"] if outcome.findings else []
        details += [outcome.reason] if outcome.reason else []
        return f"{outcome.result}: {outcome.place}{''.join(f' · {detail}' for detail in details)}\n"


class LinesReport(Report):
    def written(self, outcome: Outcome) -> str:
        return f"{json.dumps(asdict(outcome), ensure_ascii=False)}\n"


class JsonReport(LinesReport):
    """One list; in a file each outcome takes the place of the closing bracket and brings a new one, in one write."""

    START, END = "[\n", "]\n"

    def __init__(self, out: io.TextIOBase, *, is_file: bool) -> None:
        super().__init__(out, is_file=is_file)
        self._place = 0
        self._write(self.START)

    def add(self, outcome: Outcome) -> None:
        comma = "," if self._place > len(self.START) else ""
        self._write(comma + self.written(outcome))

    def _write(self, text: str) -> None:
        if self.is_file:
            self.out.seek(self._place)
        self.out.write(text + self.END if self.is_file else text)
        self.out.flush()
        self._place += len(text.encode())

    def close(self) -> None:
        if not self.is_file:
            self.out.write(self.END)
        super().close()


class TableReport(Report):
    """Comma-separated values by RFC 4180, with the mark that Excel knows UTF-8 by."""

    def __init__(self, out: io.TextIOBase, *, is_file: bool) -> None:
        super().__init__(out, is_file=is_file)
        self.out.write("\ufeff" + self._row(COLUMNS))
        self.out.flush()

    def written(self, outcome: Outcome) -> str:
        return self._row(["" if value is None else defused(str(value)) for value in asdict(outcome).values()])

    def _row(self, cells: list[str]) -> str:
        row = io.StringIO()
        csv.writer(row).writerow(cells)
        return row.getvalue()


def defused(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula.

    >>> defused("=HYPERLINK(1)"), defused("预算公开")
    ("'=HYPERLINK(1)", '预算公开')
    """
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA) else cell


KINDS: dict[str, type[Report]] = {"text": TextReport, "json": JsonReport, "jsonl": LinesReport, "csv": TableReport}


def opened(report: str, given: str | None, standard_output: io.TextIOBase) -> Report:
    """Open the report anew. Raises `OSError` where it cannot be written."""
    kind, is_file = KINDS[format_of(report, given)], report != STANDARD_OUTPUT
    # its own newlines: a table ends its lines by CR LF, the others by LF
    out = open(report, "w", encoding="utf-8", newline="") if is_file else standard_output  # noqa: SIM115 - `close`
    return kind(out, is_file=is_file)
