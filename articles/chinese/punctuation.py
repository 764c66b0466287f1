"""Chinese punctuation: full-width forms for marks that stand among Han characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.chinese.scripts import HAN

WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
MARK = re.compile(r"[,;:?!][ \u00a0]{0,2}")
BRACKETS = re.compile(r"\(([^()\n]{0,200})\)")
LATIN = re.compile(r"[A-Za-z]")

# what may stand before or after a mark in Chinese text besides Han: quotes, title marks, brackets, stops
CHINESE_NEIGHBOURS = "”’》）」』】〉〕，。；：？！、…—“‘《（「『【〈〔"


@dataclass(frozen=True, slots=True)
class NarrowMark:
    """A half-width mark (with the spaces it swallows) and the full-width one that belongs there."""

    start: int
    end: int
    found: str
    wide: str
    sure: bool


def narrow_marks(text: str) -> Iterator[NarrowMark]:
    """Yield the half-width marks of Chinese text in order; those in Latin, numbers, times and addresses are left alone.

    `sure` is false where only the text after the mark is Chinese: GDP,是.

    >>> [(mark.found, mark.wide) for mark in narrow_marks("会议10:30开始,请准时(迟到不候)")]
    [(',', '，'), ('(', '（'), (')', '）')]
    """
    if len(HAN.findall(text)) <= len(LATIN.findall(text)):
        return
    yield from sorted([*_stops(text), *_brackets(text)], key=lambda mark: mark.start)


def _stops(text: str) -> Iterator[NarrowMark]:
    for match in MARK.finditer(text):
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        sure = _is_chinese(before)
        if sure or (before and _is_chinese(after) and match[0].strip() != ":"):
            found = match[0] if _is_chinese(after) else match[0][0]
            yield NarrowMark(match.start(), match.start() + len(found), found, WIDE[found[0]], sure)


def _brackets(text: str) -> Iterator[NarrowMark]:
    for match in BRACKETS.finditer(text):
        if HAN.search(match[1]) or _is_chinese(text[max(0, match.start() - 1) : match.start()]):
            yield NarrowMark(match.start(), match.start() + 1, "(", "（", True)
            yield NarrowMark(match.end() - 1, match.end(), ")", "）", True)


def _is_chinese(char: str) -> bool:
    return bool(char) and (HAN.fullmatch(char) is not None or char in CHINESE_NEIGHBOURS)
