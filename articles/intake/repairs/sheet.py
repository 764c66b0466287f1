"""A body under repair: its blocks as plain text, and the findings of the repairs done to it so far."""

import html
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from articles import body
from articles.body.blocks import block_lines
from articles.body.inline import is_blank
from articles.intake.repairs.edits import Change, Edit
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

    def join(self, code: str, seams: Mapping[int, str]) -> None:
        """Make each of these blocks one paragraph with the block before it; the value is what had parted them."""
        lines = self.html.split("\n")
        texts: list[str] = []
        places: list[tuple[int, int]] = []
        findings: list[Finding] = []
        for block, text in enumerate(self.texts):
            number = self.lines[block]
            if block not in seams or not self._is_paragraph_below(block):
                places.append((len(texts), 0))
                texts.append(text)
                continue
            length = len(texts[-1])
            places.append((len(texts) - 1, length))
            findings.append(Finding(code, "info", len(texts) - 1, length, length, seams[block], "", 0.95, applied=True))
            texts[-1] += text
            lines[number] = lines[number - 1].removesuffix("</p>") + lines[number].removeprefix("<p>")
            lines[number - 1] = ""
        moved = [_placed(each, *places[each.block]) if each.block >= 0 else each for each in self.findings]
        self._write([line for line in lines if line], texts, moved + findings)

    def _is_paragraph_below(self, block: int) -> bool:
        """Whether a block and the one before it are paragraphs with nothing between them."""
        below = block > 0 and self.lines[block] == self.lines[block - 1] + 1
        return below and self.elements[block - 1] == self.elements[block] == "p"

    def split(self, code: str, seams: Mapping[int, int], element: str) -> None:
        """Part each of these paragraphs at the place given; what comes first becomes the element."""
        lines = self.html.split("\n")
        texts: list[str] = []
        starts: list[list[int]] = []
        findings: list[Finding] = []
        for block, text in enumerate(self.texts):
            place = seams.get(block, 0)
            first, second = text[:place], text[place:]
            if not first or lines[self.lines[block]] != _line("p", text):
                starts.append([len(texts)])
                texts.append(text)
                continue
            findings.append(Finding(code, "info", len(texts), 0, place, first, first, 0.9, applied=True))
            lines[self.lines[block]] = f"{_line(element, first)}\n{_line('p', second)}"
            starts.append([len(texts), place])
            texts += [first, second]
        moved = [_parted(each, *starts[each.block]) if each.block >= 0 else each for each in self.findings]
        self._write(lines, texts, moved + findings)

    def _write(self, lines: list[str], texts: list[str], findings: list[Finding]) -> None:
        """Take the new body over if its blocks are these texts; those that nobody would see are left out."""
        normalised = body.normalise("\n".join(lines))
        kept = [number for number, text in enumerate(texts) if not is_blank(text)]
        if [block.text for block in body.blocks(normalised)] == [texts[number] for number in kept]:
            self.findings = _without_blank(findings, texts, kept)
            self._take(normalised)


def _line(element: str, text: str) -> str:
    return f"<{element}>{html.escape(text, quote=False)}</{element}>"


def _placed(finding: Finding, block: int, offset: int) -> Finding:
    return replace(finding, block=block, start=finding.start + offset, end=finding.end + offset)


def _parted(finding: Finding, block: int, place: int | None = None) -> Finding:
    """The finding in the half of the block that it begins in."""
    if place is None:
        return replace(finding, block=block)
    if finding.start >= place:
        return replace(finding, block=block + 1, start=finding.start - place, end=finding.end - place)
    end = min(finding.end, place)
    within = (finding.suggestion or "")[: end - finding.start]
    return replace(finding, block=block, end=end, suggestion=within)


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
        elif kept:
            above = bisect_left(kept, finding.block) - 1
            place = len(texts[kept[above]]) if above >= 0 else 0
            placed.append(replace(finding, block=max(above, 0), start=place, end=place, suggestion=""))
    return placed
