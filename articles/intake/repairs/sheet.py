"""A body under repair: its blocks as plain text, and the findings of the repairs done to it so far."""

import html
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from articles import body
from articles.body.blocks import block_lines
from articles.body.inline import is_blank
from articles.intake.repairs.edits import SPACES, Change, Edit, standing
from articles.restoration import Finding


class Sheet:
    """A canonical body, whose findings stay true to their places whatever is done to it next.

    Each repair either comes out as foreseen or is not done at all.
    """

    def __init__(self, body_html: str) -> None:
        self.findings: list[Finding] = []
        self._take(body_html)

    def _take(self, body_html: str) -> None:
        self.html = body_html
        found = body.blocks(body_html)
        self.texts = [block.text for block in found]
        self.elements = [block.element for block in found]
        self._lines: list[int] | None = None

    @property
    def lines(self) -> list[int]:
        """The number of the line that holds each block."""
        if self._lines is None:
            self._lines = [number for number, _ in block_lines(self.html)]
        return self._lines

    def change(self, edits: Iterable[Edit]) -> None:
        """Carry out edits inside blocks."""
        of_block: dict[int, list[Edit]] = defaultdict(list)
        for edit in edits:
            of_block[edit.block].append(edit)
        if not of_block:
            return
        changes = {block: Change(self.texts[block], of_block[block]) for block in sorted(of_block)}
        texts = [changes[block].text if block in changes else text for block, text in enumerate(self.texts)]
        findings = [changes[each.block].moved(each) if each.block in changes else each for each in self.findings]
        findings += [finding for change in changes.values() for finding in change.findings()]
        lines = self.html.split("\n")
        for block, change in changes.items():
            lines[self.lines[block]] = change.line(lines[self.lines[block]])
        self._write(lines, texts, findings)

    def join(self, blocks: Iterable[int]) -> None:
        """Make each of these paragraphs one with the paragraph right before it."""
        chosen = {block for block in blocks if self._is_paragraph_below(block)}
        if not chosen:
            return
        lines = self.html.split("\n")
        texts: list[str] = []
        places: list[tuple[int, int]] = []
        for block, text in enumerate(self.texts):
            number = self.lines[block]
            if block not in chosen:
                places.append((len(texts), 0))
                texts.append(text)
                continue
            places.append((len(texts) - 1, len(texts[-1])))
            texts[-1] += text
            lines[number] = lines[number - 1].removesuffix("</p>") + lines[number].removeprefix("<p>")
            lines[number - 1] = ""
        moved = [_placed(each, *places[each.block]) if each.block >= 0 else each for each in self.findings]
        self._write([line for line in lines if line], texts, moved)

    def _is_paragraph_below(self, block: int) -> bool:
        """Whether a block and the one before it are paragraphs with nothing between them."""
        below = block > 0 and self.lines[block] == self.lines[block - 1] + 1
        return below and self.elements[block - 1] == self.elements[block] == "p"

    def split(self, seams: Mapping[int, list[int]], code: str = "", element: str = "p") -> None:
        """Part each of these paragraphs at the places given, without the spaces there.

        What comes first becomes the element, and has a finding where a code is given.
        """
        if not seams:
            return
        lines = self.html.split("\n")
        texts: list[str] = []
        starts: list[tuple[int, list[int]]] = []
        findings: list[Finding] = []
        for block, text in enumerate(self.texts):
            spans = _spans(text, seams.get(block, []))
            if len(spans) < 2 or lines[self.lines[block]] != _line("p", text):
                spans = [(0, len(text))]
            parts = [text[start:end] for start, end in spans]
            if len(parts) > 1:
                first = parts[0]
                lines[self.lines[block]] = "\n".join([_line(element, first), *(_line("p", part) for part in parts[1:])])
                findings.append(Finding(code, "info", len(texts), 0, len(first), first, first, 0.9, applied=True))
            starts.append((len(texts), [start for start, _ in spans]))
            texts += parts
        moved = [_parted(each, *starts[each.block], texts) if each.block >= 0 else each for each in self.findings]
        self._write(lines, texts, moved + findings if code else moved)

    def _write(self, lines: list[str], texts: list[str], findings: list[Finding]) -> None:
        """Take the new body over if its blocks are these texts; those that nobody would see are left out."""
        try:
            normalised = body.normalise("\n".join(lines))
        except body.BodyRefused:
            # new paragraphs have made it larger than a body may be
            return
        kept = [number for number, text in enumerate(texts) if not is_blank(text)]
        if [block.text for block in body.blocks(normalised)] == [texts[number] for number in kept]:
            self.findings = _without_blank(findings, texts, kept)
            self._take(normalised)


def _line(element: str, text: str) -> str:
    return f"<{element}>{html.escape(text, quote=False)}</{element}>"


def _placed(finding: Finding, block: int, offset: int) -> Finding:
    return replace(finding, block=block, start=finding.start + offset, end=finding.end + offset)


def _spans(text: str, places: list[int]) -> list[tuple[int, int]]:
    """The parts of a text between the places, without the spaces around them; an empty one is left out."""
    spans = []
    for start, end in pairwise([0, *places, len(text)]):
        part = text[start:end]
        if kept := part.strip(SPACES):
            first = start + part.index(kept)
            spans.append((first, first + len(kept)))
    return spans


def _parted(finding: Finding, block: int, starts: list[int], texts: list[str]) -> Finding:
    """The finding in the part of the block that it begins in; `starts` are those of the parts."""
    part = max(bisect_right(starts, finding.start) - 1, 0)
    length = len(texts[block + part])
    start, end = (min(max(place - starts[part], 0), length) for place in (finding.start, finding.end))
    return standing(replace(finding, block=block + part), start, end, texts[block + part])


def _without_blank(findings: list[Finding], texts: list[str], kept: list[int]) -> list[Finding]:
    """The findings counted by the blocks that are kept; those of a block that is gone stand where it was.

    The title, whose findings have no block, stays what it is.
    """
    if len(kept) == len(texts):
        return findings
    numbers = {old: new for new, old in enumerate(kept)}
    placed = []
    for finding in findings:
        if finding.block < 0:
            placed.append(finding)
        elif finding.block in numbers:
            placed.append(replace(finding, block=numbers[finding.block]))
        elif kept and finding.applied:
            above = bisect_left(kept, finding.block) - 1
            place = len(texts[kept[above]]) if above >= 0 else 0
            placed.append(replace(finding, block=max(above, 0), start=place, end=place, suggestion=""))
    return placed
