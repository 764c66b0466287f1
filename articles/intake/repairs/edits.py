"""Repairs of one block: words taken out or replaced in its text and in its markup at once."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from articles.restoration import Finding

# one character of a block's text as its line has it, or a tag, which is none
ATOM = re.compile(r"(?P<tag><(?!br>)[^<>]*+>)|<br>|&[^;<&]{1,10};|[^<]")
SPACES = " \u3000"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of one block and what is to stand in their place; `code` becomes the finding's."""

    code: str
    block: int
    start: int
    end: int
    new: str = ""
    confidence: float = 0.95


class Change:
    """What the edits make of one block."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self._old = text
        self._edits = _without_trailing_spaces(text, _without_double_spaces(text, edits))
        self._ends = [edit.end for edit in self._edits]
        grown = (len(edit.new) - edit.end + edit.start for edit in self._edits)
        self._shifts = [0, *accumulate(grown)]
        self.text = "".join(self._pieces(list(text)))

    def line(self, line: str) -> str:
        """Return the block's line of HTML with the edits carried out between its tags."""
        opening, rest = line.split(">", 1)
        inner, closing = rest.rsplit("</", 1)
        if "<" not in inner:
            return f"{opening}>{html.escape(self.text, quote=False)}</{closing}"
        atoms: list[str] = []
        tags = ""
        for match in ATOM.finditer(inner):
            if match["tag"]:
                tags += match[0]
            else:
                atoms.append(tags + match[0])
                tags = ""
        pieces = self._pieces(atoms, markup=True)
        return f"{opening}>{''.join(pieces)}{tags}</{closing}"

    def _pieces(self, atoms: Sequence[str], *, markup: bool = False) -> Iterable[str]:
        """The atoms outside the edits, and in the place of those inside their tags and the new words."""
        place = 0
        for edit in self._edits:
            yield from atoms[place : edit.start]
            gone = "".join(atoms[edit.start : edit.end])
            tags = "".join(match[0] for match in ATOM.finditer(gone) if match["tag"]) if markup else ""
            # the new words take the marks of the first that goes out
            opening = _leading_tags(atoms[edit.start]) if markup and edit.start < edit.end else ""
            yield opening + (html.escape(edit.new, quote=False) if markup else edit.new) + tags[len(opening) :]
            place = edit.end
        yield from atoms[place:]

    def findings(self) -> list[Finding]:
        """Return an applied finding for each edit, placed in the new text."""
        return [
            Finding(
                edit.code,
                "info",
                edit.block,
                edit.start + shift,
                edit.start + shift + len(edit.new),
                self._old[edit.start : edit.end],
                edit.new,
                edit.confidence,
                applied=True,
            )
            for edit, shift in zip(self._edits, self._shifts, strict=False)
        ]

    def moved(self, finding: Finding) -> Finding:
        """Return an earlier finding where it stands in the new text."""
        start, end = self._moved(finding.start), self._moved(finding.end)
        end = max(start, end)
        return standing(finding, start, end, self.text)

    def _moved(self, place: int) -> int:
        done = bisect_right(self._ends, place)
        if done < len(self._edits) and self._edits[done].start < place:
            return self._edits[done].start + self._shifts[done]
        return place + self._shifts[done]


def standing(finding: Finding, start: int, end: int, text: str) -> Finding:
    """Return the finding at this place of the text, and with what stands there."""
    now = text[start:end]
    if finding.applied:
        return replace(finding, start=start, end=end, suggestion=now)
    return replace(finding, start=start, end=end, found=now)


def _leading_tags(atom: str) -> str:
    match = re.match(r"(?:<(?!br>)[^<>]*+>)*+", atom)
    return match[0] if match else ""


def _without_double_spaces(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, none into another, each with the space behind it where one stands before it too.

    A block begins with no space and has no two in a row, so those that an edit brings together go with it.
    """
    tidy: list[Edit] = []
    place, last = 0, ""
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        start = max(edit.start, place)
        if start >= edit.end and not (edit.new and start == edit.start):
            continue
        last = text[start - 1] if start > place else last
        new = edit.new if last not in ("", " ") else edit.new.lstrip(" " if last else SPACES)
        last = new[-1:] or last
        end = edit.end
        while end < len(text) and ((last in ("", " ") and text[end] == " ") or (not last and text[end] in SPACES)):
            end += 1
        is_tidy = (start, end, new) == (edit.start, edit.end, edit.new)
        tidy.append(edit if is_tidy else replace(edit, start=start, end=end, new=new))
        place = end
    return tidy


def _without_trailing_spaces(text: str, edits: list[Edit]) -> list[Edit]:
    """The edits, the last of them with the spaces before it where it reaches to the end of the block."""
    while edits and edits[-1].end == len(text):
        last = edits.pop()
        new = last.new.rstrip(SPACES)
        floor = edits[-1].end if edits else 0
        start = last.start
        while not new and start > floor and text[start - 1] in SPACES:
            start -= 1
        if new or start > floor or not edits:
            return [*edits, replace(last, start=start, new=new)]
        # nothing is left between the two
        edits.append(replace(edits.pop(), end=len(text)))
    return edits
