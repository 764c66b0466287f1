"""Lines of a paper page that a document-sharing site has left between the paragraphs: _第2页, - 3 -, 第2页 共9页."""

import re

from articles.intake.repairs.edits import Edit
from articles.intake.repairs.page_cuts import SENTENCE_END
from articles.intake.repairs.sheet import Sheet

CODE = "running_head"

LONGEST = 80
# a paragraph that a page has cut in two reaches over a line at least
SHORTEST_CUT = 30
NUMBER = r" ?(\d{1,4}) ?"
PAGE = re.compile(
    rf"(?:[^。！？]{{0,60}}[_ ])?第{NUMBER}[页頁](?:[/,， ]{{0,2}}共{NUMBER}[页頁])?|[-—–]{{1,2}}{NUMBER}[-—–]{{1,2}}"
)
# nobody writes so but a machine, so that one is enough
SURE = re.compile(r".{0,60}_第 ?\d{1,4} ?[页頁]|第 ?\d{1,4} ?[页頁][/,， ]{0,2}共 ?\d{1,4} ?[页頁]")


def repair(sheet: Sheet) -> None:
    """Take the lines out, and join the sentences they stood in."""
    numbers = {block: number for block, text in enumerate(sheet.texts) if (number := _page_number(text))}
    counted = list(numbers.values())
    is_series = len(counted) > 1 and counted == sorted(set(counted))
    heads = [block for block in numbers if is_series or SURE.fullmatch(sheet.texts[block])]
    cut = {block + 1 for block in heads if _breaks_off(sheet, block)}
    gone = set(heads)
    kept = [block for block in range(len(sheet.texts)) if block not in gone]
    sheet.change(Edit(CODE, block, 0, len(sheet.texts[block]), "", 0.95) for block in heads)
    if len(sheet.texts) == len(kept):
        sheet.join(place for place, block in enumerate(kept) if block in cut)


def _page_number(text: str) -> int:
    match = PAGE.fullmatch(text) if len(text) <= LONGEST else None
    return int(match[1] or match[3]) if match else 0


def _breaks_off(sheet: Sheet, block: int) -> bool:
    """Whether the paragraph above the line goes on below it."""
    if not 0 < block < len(sheet.texts) - 1 or sheet.elements[block] != "p":
        return False
    above, below = sheet.texts[block - 1], sheet.texts[block + 1]
    return len(above) >= SHORTEST_CUT and not SENTENCE_END.search(above) and "\u4e00" <= below[0] <= "\u9fff"
