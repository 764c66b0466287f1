"""Ask every detector about a body and its title."""

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from articles import body
from articles.restoration.detectors import (
    date_conflict,
    doubled_phrase,
    glyph_substitution,
    injected_text,
    lost_characters,
    machine_converted,
    masked_text,
    missing_stop,
    mixed_script,
    mojibake,
    ocr_confusion,
    punctuation_width,
    source_conflict,
    suspect_site,
    truncated,
)
from articles.restoration.findings import MOST_OF_ONE_CODE, Finding
from articles.restoration.text import Text


class Detector(Protocol):
    """A module of `detectors`: one class of damage."""

    CODE: str

    def detect(self, text: Text) -> Iterator[Finding]: ...


OF_THE_BODY: tuple[Detector, ...] = (
    suspect_site,
    source_conflict,
    date_conflict,
    machine_converted,
    injected_text,
    missing_stop,
    truncated,
)
# these look at characters and words wherever they stand, so the title is one more block to them
OF_THE_TITLE_TOO: tuple[Detector, ...] = (
    mojibake,
    masked_text,
    lost_characters,
    doubled_phrase,
    ocr_confusion,
    mixed_script,
    glyph_substitution,
    punctuation_width,
)
CODES_OF_WORDS = frozenset(detector.CODE for detector in OF_THE_TITLE_TOO)


def detect(
    body_html: str,
    *,
    around: str = "",
    script: str = "hans",
    truncated: bool = False,
    title: str = "",
    sources: Sequence[str] = (),
    dates: Sequence[str] = (),
    lost: int = 0,
) -> list[Finding]:
    """Return what looks wrong in a title and a body, in reading order, the first 2,000 of each code.

    `around` is the text of the page that is not the article; `truncated` says that the page admits to show a part only.
    `sources` are the outlets and `dates` the ISO dates that the page gives for the text, in order of trust; `lost`
    counts characters that could not be read and have left no mark in the text.
    """
    blocks = body.blocks(body_html)
    texts, elements = [block.text for block in blocks], [block.element for block in blocks]
    text = Text(texts, around, script, truncated, elements, sources, dates, lost)
    found = [*_ask(OF_THE_BODY, text), *_ask_with_title(text, title)]
    return sorted(_outside_inserts(found), key=lambda finding: (finding.block, finding.start, finding.end))


def _ask(detectors: Sequence[Detector], text: Text) -> list[Finding]:
    return [finding for each in detectors for finding in islice(each.detect(text), MOST_OF_ONE_CODE)]


def _ask_with_title(text: Text, title: str) -> list[Finding]:
    """Show the title as one more block behind the last, and number what is found there anew."""
    if not title:
        return _ask(OF_THE_TITLE_TOO, text)
    number = len(text.blocks)
    longer = replace(text, blocks=[*text.blocks, title], elements=[*text.elements, "title"])
    found = _ask(OF_THE_TITLE_TOO, longer)
    return [replace(each, block=body.TITLE) if each.block == number else each for each in found]


def _outside_inserts(findings: list[Finding]) -> list[Finding]:
    """Nobody mends words that are to be taken out."""
    inserts = sorted((each.block, each.start, each.end) for each in findings if each.code == injected_text.CODE)
    return [each for each in findings if each.code not in CODES_OF_WORDS or not _is_inside(each, inserts)]


def _is_inside(finding: Finding, inserts: list[tuple[int, int, int]]) -> bool:
    """Whether it begins in one of the inserts, of which no two overlap."""
    place = bisect_right(inserts, (finding.block, finding.start, sys.maxsize)) - 1
    return place >= 0 and inserts[place][0] == finding.block and finding.start < inserts[place][2]
