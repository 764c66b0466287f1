"""Rare characters, and the common ones they may stand for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import normalize

GLYPHS = Path(__file__).parent / "data" / "glyphs.txt"

# the standard table has three levels: everyday, less common, and characters of names and trades
EVERYDAY = 3_500
COMMON = 6_500

HOLDS_BODY, SHARES_BODY, HOLDS_RADICAL, SHARES_RADICAL = 1.0, 0.7, 0.4, 0.2


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is known of a character.

    `number` is its place in the standard table (0: not in it), `frequency` how often it is met, `strokes` those of the
    whole and `beside` those of what stands beside its radical; `parts` begin with the radical.
    """

    number: int
    frequency: int
    readings: frozenset[str]
    strokes: int
    beside: int
    parts: str


NOT_LISTED = Glyph(0, 0, frozenset(), 0, 0, "")


def look_up(char: str) -> Glyph:
    """Return what is known of a character."""
    return _glyphs().get(char, NOT_LISTED)


def is_standard(char: str) -> bool:
    """Return whether the Table of General Standard Chinese Characters has the character.

    >>> is_standard("新"), is_standard("噺")
    (True, False)
    """
    return look_up(char).number > 0


def is_everyday(char: str) -> bool:
    """Return whether the character is of the table's first level."""
    return 0 < look_up(char).number <= EVERYDAY


def is_common(char: str) -> bool:
    """Return whether the character is of the table's first two levels."""
    return 0 < look_up(char).number <= COMMON


def stand_ins(char: str) -> list[str]:
    """Return the common characters that a rare one may stand for: those it is made of, then those that sound like it.

    >>> stand_ins("叺")[:2], "新" in stand_ins("噺")
    (['口', '入'], True)
    """
    glyph = look_up(char)
    made_of = [part for part in glyph.parts if is_common(part)]
    alike = [other for syllable in sorted(_syllables(glyph)) for other in _by_syllable().get(syllable, [])]
    return [other for other in dict.fromkeys([*made_of, *alike]) if other != char]


def likeness(char: str, other: str) -> float:
    """Return how alike two characters look, from 0 to 1: the one holds the other, or they share a part.

    A character's radical comes first and its body last, so the body says more.

    >>> likeness("笁", "工"), likeness("鍢", "福"), likeness("笁", "福")
    (1.0, 0.7, 0.0)
    """
    glyph, other_glyph = look_up(char), look_up(other)
    parts, other_parts = glyph.parts, other_glyph.parts
    if not parts:
        # nobody has taken it apart, but beside its radical there is room for just this character
        return SHARES_BODY if glyph.beside == other_glyph.strokes and sounds_alike(char, other) else 0.0
    if other in parts:
        return HOLDS_BODY if parts.endswith(other) else HOLDS_RADICAL
    if parts and parts[-1:] == other_parts[-1:]:
        return SHARES_BODY
    return SHARES_RADICAL if set(parts) & set(other_parts) else 0.0


def sounds_alike(char: str, other: str) -> float:
    """Return how alike two characters sound: 1 the same, 0.6 but for the tone, 0 not at all.

    >>> sounds_alike("昰", "是"), sounds_alike("鍢", "福"), sounds_alike("笁", "工")
    (1.0, 0.6, 0.0)
    """
    glyph, other_glyph = look_up(char), look_up(other)
    if glyph.readings & other_glyph.readings:
        return 1.0
    return 0.6 if _syllables(glyph) & _syllables(other_glyph) else 0.0


def _syllables(glyph: Glyph) -> set[str]:
    """The readings without their tones."""
    return {"".join(filter(str.isascii, normalize("NFD", reading))) for reading in glyph.readings}


@cache
def _glyphs() -> dict[str, Glyph]:
    lines = GLYPHS.read_text(encoding="utf-8").splitlines()
    rows = [[*line.split("\t"), *[""] * 6][:7] for line in lines if not line.startswith("#")]
    return {row[0]: _glyph(*row[1:]) for row in rows}


def _glyph(number: str, frequency: str, readings: str, strokes: str, beside: str, parts: str) -> Glyph:
    spoken = frozenset(readings.split())
    return Glyph(int(number or 0), int(frequency or 0), spoken, int(strokes or 0), int(beside or 0), parts)


@cache
def _by_syllable() -> dict[str, list[str]]:
    """The common characters of each syllable."""
    common: dict[str, list[str]] = {}
    for char, glyph in _glyphs().items():
        if 0 < glyph.number <= COMMON:
            for syllable in _syllables(glyph):
                common.setdefault(syllable, []).append(char)
    return common
