"""Every repair that needs no judgement, in the one order in which they can be done."""

from collections import Counter
from collections.abc import Iterable, Iterator

from articles.intake.repairs import (
    characters,
    glued_headings,
    indentation,
    lost_bytes,
    machine_tail,
    mojibake,
    page_cuts,
    pinyin,
    residue,
    running_heads,
)
from articles.intake.repairs.sheet import Sheet
from articles.restoration import Finding
from articles.restoration.findings import MOST_OF_ONE_CODE

# whole tables before single bytes, and bytes before what can only be told by the characters they make
REPAIRS = (
    mojibake,
    lost_bytes,
    residue,
    characters,
    pinyin,
    running_heads,
    page_cuts,
    indentation,
    glued_headings,
    machine_tail,
)


def clean(body_html: str, earlier: Iterable[Finding] = ()) -> tuple[str, list[Finding]]:
    """Return a canonical body after all repairs, and an applied finding for each, placed in it.

    `earlier` are findings of what was done to the body before; they come back too, in their new places. The findings
    are in reading order, the first 2,000 of each code.
    """
    sheet = Sheet(body_html)
    sheet.findings += earlier
    for repair in REPAIRS:
        repair.repair(sheet)
    return sheet.html, list(_first_of_each_code(sheet.findings))


def _first_of_each_code(findings: list[Finding]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for finding in sorted(findings, key=lambda each: (each.block, each.start, each.end)):
        seen[finding.code] += 1
        if seen[finding.code] <= MOST_OF_ONE_CODE:
            yield finding
