"""The indent of a paragraph whose line end is lost: 都签了字。　　第二年."""

import re
from collections import defaultdict

from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet

CODE = "indentation"

# two full-width spaces begin a paragraph; one sets 张　三 as wide as a name of three characters
INDENT = re.compile("(?<=[。！？…”’」』）：；]) ?\u3000{2,20} ?")


def repair(sheet: Sheet) -> None:
    """Take the indent out, and begin a paragraph there."""
    sheet.change(
        Edit(CODE, block, match.start(), match.end())
        for block, text in enumerate(sheet.texts)
        if "\u3000\u3000" in text
        for match in INDENT.finditer(text)
    )
    seams: dict[int, list[int]] = defaultdict(list)
    for finding in sheet.findings:
        if finding.code == CODE:
            seams[finding.block].append(finding.start)
    sheet.split(seams)
