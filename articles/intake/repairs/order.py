"""Every repair that needs no judgement, in the one order in which they can be done."""

from collections import Counter
from collections.abc import Iterable

from articles.intake.repairs import characters, pinyin
from articles.intake.repairs.sheet import Sheet
from articles.restoration import Finding
from articles.restoration.findings import MOST_OF_ONE_CODE

# bytes before what stands on their characters
REPAIRS = (characters, pinyin)


def clean(body_html: str, earlier: Iterable[Finding] = ()) -> tuple[str, list[Finding]]:
    """Return a canonical body after all repairs, and an applied finding for each, placed in it.

    `earlier` are findings of what was done to the body before; they come back too, placed anew. The
    findings are in reading order, the first 2,000 of each code.
    """
    sheet = Sheet(body_html)
    sheet.findings += earlier
    for repair in REPAIRS:
        repair.repair(sheet)
    seen: Counter[str] = Counter()
    kept = []
    for finding in sorted(sheet.findings, key=lambda each: (each.block, each.start, each.end)):
        seen[finding.code] += 1
        if seen[finding.code] <= MOST_OF_ONE_CODE:
            kept.append(finding)
    return sheet.html, kept
