"""Readings in brackets that a mirror site has put after characters: 發(fā)展, 農民(min), 一(yi)(yi)直."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from articles.chinese.glyphs import is_everyday, look_up
from articles.chinese.scripts import is_han, to_simplified
from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet

CODE = "inserted_pinyin"
FEWEST = 3
# the table gives one reading of most characters: where so many fit, the others are second readings
FITTING = 0.7

_LETTER = "a-zɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
# after a Han character, or inside a Latin word: 發(fā)展, l(fā)aziness
READING = re.compile(
    rf"(?<=[\u3400-\u9fff])(?:\([{_LETTER}]{{1,6}}\)|（[{_LETTER}]{{1,6}}）){{1,4}}"
    rf"|(?<=[A-Za-z])\([{_LETTER}]{{1,6}}\)(?=[a-z])"
)
LETTERS = re.compile(r"[（(]([^（()）]+)[)）]")
SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong"
    r"|u|ua|uo|uai|ui|uan|un|uang|ueng|ue|ü|üe|üan|ün)"
)
TONES = "\u0304\u0301\u030c\u0300"


def repair(sheet: Sheet) -> None:
    """Take the readings out of a text that has been marked by machine."""
    sheet.change(find(sheet.texts))


def find(texts: list[str]) -> list[Edit]:
    """Return an edit for each inserted reading, or none when the text has too few to be sure."""
    found = [
        Reading(block, match.start(), match.end(), text[match.start() - 1], _letters(match[0]))
        for block, text in enumerate(texts)
        if ")" in text or "）" in text
        for match in READING.finditer(text)
    ]
    toned = [reading for reading in found if _is_toned(reading.letters)]
    # without tones the brackets may hold any word
    bare = [reading for reading in found if reading.letters.isascii() and reading.fits]
    inserted = [reading for each in (toned, bare) if _are_inserted(each) for reading in each]
    return [Edit(CODE, reading.block, reading.start, reading.end, "", 0.98) for reading in inserted]


def strip(line: str) -> str:
    """Return a line of a page whose text was marked without the readings in it.

    >>> strip("论村规民约的可操(cāo)作性")
    '论村规民约的可操作性'
    """
    return READING.sub(lambda match: "" if _is_toned(_letters(match[0])) else match[0], line)


@dataclass(frozen=True, slots=True)
class Reading:
    """Letters in brackets behind a character, the same letters in each pair of brackets."""

    block: int
    start: int
    end: int
    char: str
    letters: str

    @property
    def fits(self) -> bool:
        """Whether the character is read so, whatever the tone."""
        return "".join(filter(str.isascii, unicodedata.normalize("NFD", self.letters))) in _syllables(self.char)


def _letters(found: str) -> str:
    pairs = set(LETTERS.findall(found.replace("ɡ", "g")))
    return pairs.pop() if len(pairs) == 1 else ""


def _are_inserted(readings: list[Reading]) -> bool:
    """Whether a machine has put the readings in.

    A mirror marks the same everyday characters again and again; a textbook explains each once, an author a rare one.
    """
    if len(readings) < FEWEST:
        return False
    marked = Counter((reading.char, reading.letters) for reading in readings)
    behind_han = [reading for reading in readings if is_han(reading.char)]
    fitting = sum(reading.fits for reading in behind_han)
    everyday = sum(is_everyday(to_simplified(reading.char)) for reading in behind_han)
    recurs = max(marked.values()) > 1
    return recurs and fitting >= FITTING * len(behind_han) and 2 * everyday >= len(behind_han) > 0


@lru_cache(maxsize=5_000)
def _syllables(char: str) -> frozenset[str]:
    return frozenset((*look_up(char).syllables, *look_up(to_simplified(char)).syllables))


@lru_cache(maxsize=2_000)
def _is_toned(letters: str) -> bool:
    """Whether the letters are one syllable of pinyin with its tone."""
    plain = _without_tone(letters)
    tones = sum(char in TONES for char in unicodedata.normalize("NFD", letters))
    return tones == 1 and bool(SYLLABLE.fullmatch(plain))


def _without_tone(letters: str) -> str:
    parts = unicodedata.normalize("NFD", letters)
    return unicodedata.normalize("NFC", "".join(char for char in parts if char not in TONES))
