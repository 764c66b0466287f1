"""Carry out what findings suggest, and take it back to the byte."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles import body
from articles.body.blocks import block_lines
from articles.restoration.findings import Finding
from articles.restoration.splicing import Change, Line

CONFIDENT = 0.8


@dataclass(frozen=True, slots=True)
class Repaired:
    """A body after its repairs, and the findings carried out, each placed where its suggestion stands now."""

    body_html: str
    findings: list[Finding]


def apply(body_html: str, findings: Iterable[Finding]) -> str:
    """Return the body with every confident suggestion carried out."""
    return carry_out(body_html, findings).body_html


def carry_out(body_html: str, findings: Iterable[Finding]) -> Repaired:
    """Carry out every confident suggestion that is open; of those that overlap the first and longest is taken.

    Left alone is what could not be taken back to the byte: words that markup divides, and a block's whole text. What
    stands in the title is `apply_to_title`'s.
    """
    lines = body_html.split("\n")
    chosen: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if _is_to_do(finding):
            chosen[finding.block].append(finding)
    done: list[Finding] = []
    for block, (number, _) in enumerate(block_lines(body_html)):
        if block in chosen:
            lines[number], carried = _repair_line(lines[number], chosen[block])
            done += carried
    return Repaired("\n".join(lines), done)


def apply_to_title(title: str, findings: Iterable[Finding]) -> str:
    """Return the title with every confident suggestion about it carried out; it is never emptied.

    >>> apply_to_title("密切密切联系村民", [Finding("doubled_phrase", "warning", -1, 0, 4, "密切密切", "密切", 0.9)])
    '密切联系村民'
    """
    chosen = [finding for finding in findings if finding.block == body.TITLE and _is_to_do(finding)]
    changed = title
    for finding in reversed(_apart(title, chosen)):
        changed = changed[: finding.start] + (finding.suggestion or "") + changed[finding.end :]
    return changed if changed.strip() else title


def undo(body_html: str, findings: Iterable[Finding]) -> str:
    """Return the body as it was before `carry_out` gave back these findings, in their order."""
    lines = body_html.split("\n")
    carried: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        carried[finding.block].append(finding)
    for block, (number, _) in enumerate(block_lines(body_html)):
        if block in carried:
            # of two that now stand at one point the one that took words out stood first
            back = sorted(carried[block], key=lambda each: (each.start, each.end))
            changes = [Change(each.start, each.end, each.found) for each in back]
            lines[number] = Line.of(lines[number]).with_changes(changes)
    return "\n".join(lines)


def _is_to_do(finding: Finding) -> bool:
    return not finding.applied and finding.suggestion is not None and finding.confidence >= CONFIDENT


def _repair_line(line: str, findings: list[Finding]) -> tuple[str, list[Finding]]:
    """Carry out the findings of one block, and say where each stands afterwards."""
    spliced = Line.of(line)
    text = body.plain_text(line)
    done = _reversible(spliced, _apart(text, [_with_space(text, each) for each in findings]))
    moved, shift = [], 0
    for finding in done:
        new = finding.suggestion or ""
        start = finding.start + shift
        moved.append(replace(finding, start=start, end=start + len(new), applied=True))
        shift += len(new) - len(finding.found)
    return spliced.with_changes(Change(each.start, each.end, each.suggestion or "") for each in done), moved


def _with_space(text: str, finding: Finding) -> Finding:
    """The finding with a space beside its words where they go out and the line would keep one too many."""
    if finding.suggestion:
        return finding
    start, end = finding.start, finding.end
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    if behind == " " and before in ("", " "):
        end += 1
    elif before == " " and not behind:
        start -= 1
    return replace(
        finding, start=start, end=end, found=" " * (finding.start - start) + finding.found + text[finding.end : end]
    )


def _reversible(line: Line, findings: list[Finding]) -> list[Finding]:
    """The findings whose words have the same marks throughout, and leave a character that says where they stood."""
    done: list[Finding] = []
    free_from = 0
    for finding in findings:
        if finding.start < free_from or not line.is_whole(finding.start, finding.end):
            continue
        if not finding.suggestion and not line.is_joined(finding.start):
            if finding.start or not line.is_joined(finding.end):
                continue
            # what stood at the very beginning is known by the character behind it
            free_from = finding.end + 1
        done.append(finding)
    return done


def _apart(text: str, findings: list[Finding]) -> list[Finding]:
    """The findings in order that do not overlap, and still stand where they say."""
    apart: list[Finding] = []
    free_from = 0
    for finding in sorted(findings, key=lambda each: (each.start, -each.end)):
        stands = text.startswith(finding.found, finding.start) and finding.end == finding.start + len(finding.found)
        if stands and finding.start >= free_from:
            apart.append(finding)
            free_from = finding.end
    return apart
