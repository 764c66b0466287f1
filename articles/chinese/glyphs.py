"""Rare characters, and the common ones they may stand for."""

from collections import Counter, defaultdict
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from articles.chinese.scripts import to_simplified

GLYPHS = Path(__file__).parent / "data" / "glyphs.txt"

# the standard table has three levels: everyday, less common, and characters of names and trades
EVERYDAY = 3_500
COMMON = 6_500

FIRST, LAST = "一", "\u9fff"


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is known of a character.

    `number` is its place in the standard table (0: not in it), `frequency` how often it is met, `syllables` its
    readings without their tones, `parts` what it is made of, `variants` other ways to write it.
    """

    number: int = 0
    frequency: int = 0
    syllables: tuple[str, ...] = ()
    parts: str = ""
    variants: str = ""


NOT_LISTED = Glyph()

# what more characters than this have in common says nothing: a radical
MOST_ALIKE = 150

# how a character can be recognised in another, and by what: the sound "xin", the part 木
Way = tuple[str, str]


@lru_cache(maxsize=10_000)
def look_up(char: str) -> Glyph:
    """Return what is known of a character."""
    row = _rows().get(char)
    return _glyph(row) if row else NOT_LISTED


def is_standard(char: str) -> bool:
    """Return whether the Table of General Standard Chinese Characters has the character.

    >>> is_standard("新"), is_standard("噺")
    (True, False)
    """
    return char in _standard()


def is_everyday(char: str) -> bool:
    """Return whether the character is of the table's first level."""
    return 0 < look_up(char).number <= EVERYDAY


def is_common(char: str) -> bool:
    """Return whether the character is of the table's first two levels."""
    return 0 < look_up(char).number <= COMMON


def beyond_standard(chars: Set[str]) -> set[str]:
    """Return those of the characters that are Chinese and not in the standard table, Traditional ones among them.

    >>> beyond_standard({"新", "噺", "，", "〇"})
    {'噺'}
    """
    return {char for char in chars - _standard() if FIRST <= char <= LAST}


@lru_cache(maxsize=2_000)
def stand_ins(char: str) -> dict[str, float]:
    """Return the common characters that a rare one may stand for, and how likely each would be disguised as this one.

    A disguise is another way to write the character, holds it as a part, shares a part or its sound, or its sound and a
    part. Where few characters could do, each is likely: two hold 工 and sound like it, a hundred just sound so.

    >>> found = stand_ins("叺"); max(found, key=found.get), "新" in stand_ins("噺")
    ('入', True)
    """
    found: dict[str, float] = {}
    disguises = _disguises()
    for way in _ways(look_up(char)):
        others = _common_by_way().get(way, [])
        for other in others if len(others) <= MOST_ALIKE else ():
            found[other] = found.get(other, 0.0) + 1 / (1 + disguises[way[0], other])
    found.pop(char, None)
    return found


def _ways(glyph: Glyph) -> set[Way]:
    """What a character has that another can be recognised by."""
    written = {("variant", other) for other in to_simplified(glyph.variants)}
    holds = {("held", part) for part in to_simplified(glyph.parts)}
    return written | holds | _shared(glyph, glyph.parts)


def _marks(char: str, glyph: Glyph) -> set[Way]:
    """What a common character can be recognised by."""
    return {("variant", char), ("held", char)} | _shared(glyph, char + glyph.parts)


def _shared(glyph: Glyph, parts: str) -> set[Way]:
    """What two characters may have in common: a part, the sound, or both."""
    sounds = {("sound", syllable) for syllable in glyph.syllables}
    both = {("sound and part", part + syllable) for part in parts for syllable in glyph.syllables}
    return sounds | both | {("part", part) for part in parts}


@cache
def _common_by_way() -> dict[Way, list[str]]:
    """The common characters that can be recognised by each thing."""
    found: dict[Way, list[str]] = {}
    for char in _rows():
        if char in _standard() and is_common(char):
            for mark in _marks(char, look_up(char)):
                found.setdefault(mark, []).append(char)
    return found


@cache
def _disguises() -> dict[Way, int]:
    """In how many uncommon characters each common one can be recognised, by the kind of thing."""
    ways = Counter[Way]()
    for char, row in _rows().items():
        if char not in _standard() or not is_everyday(char):
            ways.update(_ways(_glyph(row)))
    found: dict[Way, int] = defaultdict(int)
    for way, chars in _common_by_way().items():
        for char in chars:
            found[way[0], char] += ways[way]
    return found


@cache
def _standard() -> frozenset[str]:
    return frozenset(char for char, row in _rows().items() if row.split("\t", 2)[1])


@cache
def _rows() -> dict[str, str]:
    """The table's lines by their characters; taken apart only when asked for, since most never are."""
    lines = GLYPHS.read_text(encoding="utf-8").splitlines()
    return {line[0]: line for line in lines if not line.startswith("#")}


def _glyph(row: str) -> Glyph:
    _, number, frequency, syllables, parts, variants = [*row.split("\t"), *[""] * 4][:6]
    return Glyph(int(number or 0), int(frequency or 0), tuple(syllables.split()), parts, variants)
