"""Characters out of step since a byte was lost: 難點?；鶎狱h組織 is 難點。基層黨組織.

In GBK a character has two bytes. Where a program has lost the first byte of one, or put a question mark in its place,
the second goes together with the first of the next character, and so on up to a byte that stands for itself.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from articles.chinese.scripts import script_of, to_simplified
from articles.intake.repairs.edits import Edit
from articles.intake.repairs.likelihood import odd_kinds, surprise
from articles.intake.repairs.out_of_step import read
from articles.intake.repairs.sheet import Sheet
from articles.restoration import Finding

CODE = "lost_bytes"

# no paragraph is longer, and the way through a text is kept in memory
LONGEST = 20_000
# what stands in Chinese text only where a byte is lost: ?； ?⑥ ＿ Ｈ, and a letter or sign alone behind a mark
SIGN = re.compile(
    "[?\ufffd][\uff01-\uff5e\u2460-\u24ff\u2500-\u25ff]|[?\ufffd][!,;][\u4e00-\u9fffA-Z]"
    "|[?\ufffd][\u4e00-\u9fff]{1,20}[@-~][^ -~]"
    "|[\uff03-\uff07\uff0a\uff0b\uff0d\uff0f-\uff19\uff1d\uff20-\uff5e\ue000-\uf8ff]"
)
MARKED = re.compile("[?\ufffd][\u4e00-\u9fff]")
FEWEST_ODD = 3
# odd characters among usual ones, as they stand out of step
ODD_MEAN = 11.0
BEHIND_MARK = re.compile("[?\ufffd]([\u3400-\u9fff\ue000-\uf8ff\uff01-\uff5e]{4,12})")

LOST_CODE = "lost_characters"
LOST_RUN = re.compile("[?]+")


def repair(sheet: Sheet) -> None:
    """Put the characters back in step where that makes common words of rare ones."""
    suspects = [block for block, text in enumerate(sheet.texts) if len(text) <= LONGEST and _is_suspect(text)]
    if suspects:
        is_simplified = script_of("".join(sheet.texts)) == "hans"
        sheet.change([edit for block in suspects for edit in _edits(block, sheet.texts[block], is_simplified)])
        lost = [each for finding in sheet.findings if finding.code == CODE for each in _lost(finding)]
        sheet.findings += [*lost, *(each for block in suspects for each in _garbled(block, sheet.texts[block]))]


def _lost(repaired: Finding) -> Iterator[Finding]:
    """The characters of a repaired run of which too little was left."""
    for match in LOST_RUN.finditer(repaired.suggestion or ""):
        start, end = (repaired.start + place for place in match.span())
        yield Finding(LOST_CODE, "warning", repaired.block, start, end, match[0], None, 0.9)


def _garbled(block: int, text: str) -> Iterator[Finding]:
    """The runs that cannot be put back in step: behind the mark nothing but rare characters."""
    for match in BEHIND_MARK.finditer(text):
        if sum(map(surprise, match[1])) > ODD_MEAN * len(match[1]):
            yield Finding(CODE, "warning", block, match.start(), match.end(), match[0], None, 0.6)


def _is_suspect(text: str) -> bool:
    """Whether the text is worth the closer look, which takes its time."""
    odd = odd_kinds(text)
    return odd >= FEWEST_ODD or (odd > 0 and bool(MARKED.search(text))) or bool(SIGN.search(text))


def _edits(block: int, text: str, is_simplified: bool) -> list[Edit]:
    edits: list[Edit] = []
    start = 0
    for is_repair, steps in groupby(read(text), key=lambda step: step.is_repair):
        taken = list(steps)
        end = taken[-1].end
        if is_repair:
            new = "".join(step.read for step in taken)
            # the page was converted after the damage was done
            edits.append(Edit(CODE, block, start, end, to_simplified(new) if is_simplified else new))
        start = end
    return edits
