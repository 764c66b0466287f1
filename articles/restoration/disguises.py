"""What a character stands for that was put in place of another: what its words and the text itself make likely."""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise, takewhile

from articles.chinese.glyphs import is_everyday, is_standard, look_up, stand_ins
from articles.chinese.scripts import is_han, to_simplified
from articles.chinese.words import FARTHEST, Filling, Gap

# How much the words of Chinese count against what the text itself says of a character, and what the word list makes
# longer words seem too rare by. Fitted to half of a newspaper with one character in fifty disguised
# (docs/decisions/0014-word-model.md).
WORDS, PAIR, TRIPLE, SINGLE = 0.85, 1.8, 0.7, 0.5
LONGER = {1: 0.0, 2: 0.9, 3: 1.4, 4: 1.4}
# a listed character is what it seems unless something else is exp(6) = 400 times likelier
AS_IT_STANDS = 6.0
# no reading is surer than this
MOST_SURE = 0.97
# a reading proves a disguise when it is this sure, and makes a word that costs at most so much more than a hole
PROOF, DEAREST_WORD = 0.9, 3.0
# so many characters are tried at each place
MOST_TRIED = 60
# a reading more likely than not helps to read its neighbours
HELPFUL = 0.5
DEAREST_SIGN, SIGN_FITS, SIGN_STRANGE = 8.0, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """What the character at a place may stand for (itself: nothing better was found), and how sure that is.

    `is_proof` says that it makes a good word, or something the text has elsewhere too, which no name does by chance.
    """

    block: int
    at: int
    char: str
    meant: str
    confidence: float
    is_proof: bool


class Counts:
    """How often characters stand in the text itself, single and beside one another."""

    def __init__(self, blocks: list[str]) -> None:
        self.singles = Counter("".join(blocks))
        self.pairs = Counter(pair for block in blocks for pair in pairwise(block))
        self.triples = Counter(block[at : at + 3] for block in blocks for at in range(len(block) - 2))

    def speak_for(self, char: str, before: str, after: str, *, less: int = 0) -> float:
        """Return what the text says for the character between two others on each side; `less` of them do not count."""
        pairs = self.pairs[before[-1:], char], self.pairs[char, after[:1]]
        return (
            PAIR * sum(math.log1p(max(0, count - less)) for count in pairs)
            + TRIPLE * sum(math.log1p(max(0, count - less)) for count in self.around(char, before, after))
            + SINGLE * math.log1p(max(0, self.singles[char] - less))
        )

    def around(self, char: str, before: str, after: str) -> tuple[int, int, int]:
        """Return how often the text has the three characters that end in this one, have it inside, begin with it."""
        inside = before[-1:] + char + after[:1]
        return self.triples[before + char], self.triples[inside], self.triples[char + after]


class Reader:
    """Reads the odd characters of one text; what it has read with some confidence helps it to read what stands near."""

    def __init__(self, blocks: list[str]) -> None:
        self.written = blocks
        self.lines = [to_simplified(block) for block in blocks]
        self.counts = Counts(self.lines)

    def read(self, places: list[tuple[int, int]]) -> list[Reading]:
        """Return a reading for each place, given by block and offset."""
        first = [(_sides(self.lines[block], at), self._read(block, at)) for block, at in places]
        for _, reading in first:
            if reading.confidence > HELPFUL:
                line = self.lines[reading.block]
                self.lines[reading.block] = line[: reading.at] + reading.meant + line[reading.at + 1 :]
        return [
            reading if _sides(self.lines[reading.block], reading.at) == sides else self._read(reading.block, reading.at)
            for sides, reading in first
        ]

    def read_sign(self, block: int, at: int, meant: str) -> Reading:
        """Return the reading of a sign that can stand for one character only."""
        gap = Gap(*_sides(self.lines[block], at))
        sure = SIGN_FITS if gap.fill(meant).cost <= gap.apart + DEAREST_SIGN else SIGN_STRANGE
        return Reading(block, at, self.written[block][at], meant, sure, is_proof=False)

    def _read(self, block: int, at: int) -> Reading:
        char, line = self.written[block][at], self.lines[block]
        gap, near = Gap(*_sides(line, at)), (line[max(0, at - 2) : at], line[at + 1 : at + 3])
        scores = self._scores(char, gap, *near)
        meant = max(scores, key=lambda other: scores[other], default=char)
        if meant == char:
            return Reading(block, at, char, char, 0.0, is_proof=False)
        sure = 1 / sum(math.exp(score - scores[meant]) for score in scores.values())
        makes_sense = _is_good_word(gap, meant) or any(self.counts.around(meant, *near))
        # an old text may write its variants honestly
        is_proof = sure >= PROOF and makes_sense and meant not in map(to_simplified, look_up(char).variants)
        return Reading(block, at, char, meant, min(MOST_SURE, sure), is_proof)

    def _scores(self, char: str, gap: Gap, before: str, after: str) -> dict[str, float]:
        """The characters that may be meant, with the logarithms of how likely each is."""
        listed = is_standard(char)
        scores = {
            other: math.log(likely) + _speak_for(gap.fill(other)) + self.counts.speak_for(other, before, after)
            for other, likely in _most_likely(char)
            if not listed or is_everyday(other)
        }
        if listed:
            said = self.counts.speak_for(char, before, after, less=1)
            scores[char] = AS_IT_STANDS + _speak_for(gap.fill(char)) + said
        return scores


@lru_cache(maxsize=2_000)
def _most_likely(char: str) -> list[tuple[str, float]]:
    """What the character may stand for before anything is known of its place, as far as it is worth trying."""
    found = stand_ins(char).items()
    return nlargest(MOST_TRIED, found, key=lambda each: each[1] * math.sqrt(1 + look_up(each[0]).frequency))


def _is_good_word(gap: Gap, char: str) -> bool:
    filling = gap.fill(char)
    return filling.length > 1 and filling.cost <= gap.apart + DEAREST_WORD


def _speak_for(filling: Filling) -> float:
    return LONGER[filling.length] - WORDS * filling.cost


def _sides(line: str, at: int) -> tuple[str, str]:
    """The Chinese characters on both sides, as far as they tell."""
    before = "".join(takewhile(is_han, line[max(0, at - FARTHEST) : at][::-1]))[::-1]
    return before, "".join(takewhile(is_han, line[at + 1 : at + 1 + FARTHEST]))
