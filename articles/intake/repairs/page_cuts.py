"""Paragraphs that a document-sharing site has cut at its page ends and numbered: 群众工 / 2、作的理念."""

import re
from itertools import pairwise

from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet
from articles.restoration.findings import Finding

CODE = "page_cut"

NUMBERED = re.compile(r"(\d{1,3})[、.．][ \u3000]{0,4}(?!\d)")
SENTENCE_END = re.compile(r"[。！？!?…：:；;][”’」』）)】\]》]{0,3}$")
SHORTEST_PAGE = 60
FEWEST_PAGES = 2


def repair(sheet: Sheet) -> None:
    """Do to the paragraphs of a body what `join` does to those of a dump."""
    pages = _pages([text if element == "p" else "" for text, element in zip(sheet.texts, sheet.elements, strict=True)])
    cut = [block for block in pages if block and not SENTENCE_END.search(sheet.texts[block - 1])]
    sheet.change(Edit(CODE, block, 0, len(number)) for block, number in pages.items())
    sheet.join(cut)


def join(paragraphs: list[str]) -> tuple[list[str], list[Finding]]:
    """Return the paragraphs with cut sentences joined and page numbers gone, and a finding for each number.

    Page numbers run 1, 2, 3 … over the whole text, the pages are long, and most of them begin in the middle of
    a sentence; a list of the author's own has none of that and stays.
    """
    pages = _pages(paragraphs)
    joined: list[str] = []
    findings: list[Finding] = []
    for place, paragraph in enumerate(paragraphs):
        number = pages.get(place, "")
        rest = paragraph[len(number) :]
        if number and joined and not SENTENCE_END.search(joined[-1]):
            findings.append(_cut(len(joined) - 1, len(joined[-1]), "\n" + number))
            joined[-1] += rest
            continue
        if number:
            findings.append(_cut(len(joined), 0, number))
        joined.append(rest)
    return joined, findings


def _cut(block: int, place: int, number: str) -> Finding:
    return Finding(CODE, "info", block, place, place, number, "", 0.95, applied=True)


def _pages(paragraphs: list[str]) -> dict[int, str]:
    """Where each page begins, with its number as it stands there; empty when the text was not cut."""
    pages: dict[int, str] = {}
    for place, paragraph in enumerate(paragraphs):
        match = NUMBERED.match(paragraph)
        if match and int(match[1]) == len(pages) + 1:
            pages[place] = match[0]
    starts = [place for place in pages if place]
    lengths = [sum(map(len, paragraphs[start:end])) for start, end in pairwise([*pages, len(paragraphs)])]
    cuts = [place for place in starts if not SENTENCE_END.search(paragraphs[place - 1].rstrip())]
    # the last page ends with the text, not with the paper
    long = sum(length >= SHORTEST_PAGE for length in lengths[:-1])
    was_cut = len(pages) >= FEWEST_PAGES and cuts and 2 * len(cuts) > len(starts) and 2 * long > len(lengths) - 1
    return pages if was_cut else {}
