"""Rare characters put in place of common ones to hide a copy: 噺 for 新, 昰 for 是."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from articles.chinese.glyphs import (
    HOLDS_BODY,
    is_common,
    is_everyday,
    is_standard,
    likeness,
    look_up,
    sounds_alike,
    stand_ins,
)
from articles.chinese.scripts import is_han, to_simplified, traditional_only
from articles.restoration.findings import MOST_OF_ONE_CODE, Finding
from articles.restoration.text import Text

CODE = "glyph_substitution"
SEVERITY = "warning"

# one odd character is a name; a text that has been disguised has several kinds
FEWEST_KINDS = 3
# a listed character must be this much rarer in the text than the one it may stand for
FAR_MORE_FREQUENT = 20
LOOKS, SOUNDS = 2.0, 1.0
SURE, LIKELY, GUESS = 0.85, 0.6, 0.4
# a rare character that the text repeats everywhere is its subject
SUBJECT = 0.02
# who disguises a text leaves it readable: where more of it is odd it is no Chinese, and there is nothing to propose
MOST_ODD = 0.2
KINDS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """How often characters and pairs of neighbours stand in the text itself, which is the best model of its words."""

    chars: Counter[str]
    pairs: Counter[tuple[str, str]]
    total: int

    @classmethod
    def of(cls, blocks: list[str]) -> "Counts":
        plain = [to_simplified(block) for block in blocks]
        pairs = Counter(pair for block in plain for pair in pairwise(block) if all(map(is_han, pair)))
        chars = Counter("".join(plain))
        return cls(chars, pairs, chars.total())


def detect(text: Text) -> Iterator[Finding]:
    """Yield a finding for each odd character, with the common one that fits its neighbours best.

    Only Simplified texts are read, and only those with several kinds of characters outside the standard table. A text
    of which too much is odd gets one finding, at the beginning of the body, with some of its odd characters.
    """
    chars = set().union(*text.blocks)
    odd = {char for char in chars if _is_odd(char)}
    if text.script == "hant" or len(odd) < FEWEST_KINDS:
        return
    counts = Counts.of(text.blocks)
    suspects = odd | {char for char in chars if _may_be_odd(char, counts)}
    if _is_beyond_repair(text.blocks, odd, suspects):
        shown = [char for char in dict.fromkeys("".join(text.blocks)) if char in odd][:KINDS_SHOWN]
        yield Finding(CODE, SEVERITY, 0, 0, 0, "".join(shown), None, LIKELY)
        return
    for number, block in enumerate(text.blocks):
        for place, char in enumerate(block):
            if char in suspects:
                fitting, confidence = _fit(block, place, counts, listed=char not in odd)
                if fitting or char in odd:
                    yield Finding(CODE, SEVERITY, number, place, place + 1, char, fitting or None, confidence)


def _is_beyond_repair(blocks: list[str], odd: set[str], suspects: set[str]) -> bool:
    times = Counter("".join(blocks))
    han = sum(count for char, count in times.items() if is_han(char))
    return sum(times[char] for char in odd) > MOST_OF_ONE_CODE or sum(times[char] for char in suspects) > MOST_ODD * han


def _is_odd(char: str) -> bool:
    return is_han(char) and not traditional_only(char) and not is_standard(char) and char != "〇"


def _may_be_odd(char: str, counts: Counts) -> bool:
    """Whether a listed but uncommon character might be a disguise: it stands here and there, not as the subject."""
    is_rare = is_han(char) and is_standard(char) and not is_everyday(char)
    return is_rare and counts.chars[char] < SUBJECT * counts.total


def _fit(block: str, place: int, counts: Counts, *, listed: bool) -> tuple[str, float]:
    """Return the common character that fits here best, or "", and how sure that is."""
    char = block[place]
    before, after = to_simplified(block[:place][-1:]), to_simplified(block[place + 1 : place + 2])
    scored = []
    for other, looks, usual in _candidates(char):
        beside = counts.pairs[before, other], counts.pairs[other, after]
        if listed and not _is_likelier(char, other, counts, seen=any(beside), looks=looks):
            continue
        score = sum(map(math.log1p, beside)) + math.log1p(counts.chars[other]) / 2 + usual
        scored.append((score, other, SURE if any(beside) else LIKELY if looks else GUESS))
    score, best, confidence = max(scored, default=(0.0, "", GUESS))
    return best, confidence


@lru_cache(maxsize=2_000)
def _candidates(char: str) -> list[tuple[str, float, float]]:
    """The common characters it may stand for, how alike they look, and what speaks for each whatever the text."""
    found = []
    for other in stand_ins(char):
        looks = likeness(char, other)
        usual = math.log1p(look_up(other).frequency) / 4 + LOOKS * looks + SOUNDS * sounds_alike(char, other)
        found.append((other, looks, usual))
    return found


def _is_likelier(char: str, other: str, counts: Counts, *, seen: bool, looks: float) -> bool:
    """Whether a listed character gives way: to one far more frequent that fits here, or to the body of a rare one."""
    if seen and counts.chars[other] >= FAR_MORE_FREQUENT * counts.chars[char]:
        return True
    return looks == HOLDS_BODY and not is_common(char) and counts.chars[other] > counts.chars[char]
