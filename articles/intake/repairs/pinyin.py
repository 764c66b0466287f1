"""Readings in brackets that a mirror site has put after characters: 發(fā)展."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby

from articles import body
from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet
from articles.restoration.findings import Finding

CODE = "inserted_pinyin"
FEWEST = 3

_LETTER = "a-zɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
# after a Han character, or inside a Latin word: 發(fā)展, l(fā)aziness
READING = re.compile(rf"(?<=[\u3400-\u9fff])[（(][{_LETTER}]{{1,6}}[)）]|(?<=[A-Za-z])\([{_LETTER}]{{1,6}}\)(?=[a-z])")
SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong"
    r"|u|ua|uo|uai|ui|uan|un|uang|ueng|ue|ü|üe|üan|ün)"
)
TONES = "\u0304\u0301\u030c\u0300"


@dataclass(frozen=True, slots=True)
class Reading:
    """One inserted reading and its place in the text that still has it."""

    block: int
    start: int
    end: int
    found: str


def find(blocks: list[str]) -> list[Reading]:
    """Return the inserted readings of a text, or none when it has too few to be sure.

    A mirror marks the same characters again and again, a textbook each character once.
    """
    readings: list[Reading] = []
    marked: Counter[str] = Counter()
    for number, text in enumerate(blocks):
        for match in READING.finditer(text):
            if _is_reading(match[0][1:-1]):
                readings.append(Reading(number, match.start(), match.end(), match[0]))
                marked[text[match.start() - 1] + match[0]] += 1
    return readings if len(readings) >= FEWEST and max(marked.values()) > 1 else []


def repair(sheet: Sheet) -> None:
    """Take them out."""
    sheet.change(Edit(CODE, each.block, each.start, each.end, "", 0.98) for each in find(sheet.texts))


def remove(blocks: list[str], earlier: Iterable[Finding] = ()) -> tuple[list[str], list[Finding]]:
    """Return the texts without inserted readings, and an applied finding for each, placed in the new texts.

    `earlier` are findings of repairs done before; they come back too, placed in the new texts.
    """
    readings = find(blocks)
    removed = [
        Finding(CODE, "info", reading.block, reading.start, reading.start, reading.found, "", 0.98, applied=True)
        for reading in readings
    ]
    gaps = {block: _Gaps(tuple(inside)) for block, inside in groupby(readings, key=lambda reading: reading.block)}
    cleaned = [gaps[number].close(text) if number in gaps else text for number, text in enumerate(blocks)]
    return cleaned, [_moved(finding, gaps.get(finding.block)) for finding in (*earlier, *removed)]


class _Gaps:
    """What is gone from one block, so that a place in it is found anew in one look."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings
        self._starts = [reading.start for reading in readings]
        self._gone = [0, *accumulate(len(reading.found) for reading in readings)]

    def close(self, text: str) -> str:
        """Return the text without the readings."""
        starts = [0, *(reading.end for reading in self._readings)]
        ends = [*self._starts, len(text)]
        return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))

    def before(self, place: int) -> int:
        """Return how many characters are gone before the place."""
        return self._gone[bisect_left(self._starts, place)]


def _moved(finding: Finding, gaps: _Gaps | None) -> Finding:
    """The finding where it stands once the readings before it are gone."""
    gone = gaps.before(finding.start) if gaps else 0
    return replace(finding, start=finding.start - gone, end=finding.end - gone)


def remove_from_html(body_html: str) -> tuple[str, list[Finding]]:
    """Do the same for a body; a reading that is broken up by markup stays."""
    before = [block.text for block in body.blocks(body_html)]
    cleaned, findings = remove(before)
    if not findings:
        return body_html, []
    without = READING.sub(lambda match: "" if _is_reading(match[0][1:-1]) else match[0], body_html)
    return (without, findings) if [block.text for block in body.blocks(without)] == cleaned else (body_html, [])


@lru_cache(maxsize=2_000)
def _is_reading(letters: str) -> bool:
    """Whether the letters are one syllable of pinyin with its tone."""
    parts = unicodedata.normalize("NFD", letters.replace("ɡ", "g"))
    plain = unicodedata.normalize("NFC", "".join(char for char in parts if char not in TONES))
    return len(parts) > len(plain) and sum(char in TONES for char in parts) == 1 and bool(SYLLABLE.fullmatch(plain))
