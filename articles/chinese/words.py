"""How likely characters stand side by side: the words of Chinese, their parts of speech, and which follow which.

A run of characters is cut into words in every way. Each way costs what its words cost, and what it costs that they
follow one another; the run costs what its cheapest way costs. Costs are nats: 5 more is 150 times less likely.
"""

import lzma
import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

WORDS = Path(__file__).parent / "data" / "words.txt.xz"

LONGEST = 4
# words further away than this say nothing about a gap
FARTHEST = 8
# a character that no word has: a name's, or damage
UNKNOWN_STATE, UNKNOWN = "Sn", 11.0
# how the file writes states and costs down
STEPS, STEP, FIRST_LETTER, TENTHS = 64, 0.5, 0x4E00, 10
BITS = 16

# what it costs to get to a place or to go on from it, by the part of speech of the word that stands there
Costs = dict[int, float]


class Filling(NamedTuple):
    """What a run costs when a character fills its gap, and how long the word is that the character is then part of."""

    cost: float
    length: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words, each with its state (part of speech, single character or more) and cost.

    `follow[one][other]` is what it costs that one state follows the other; its last row begins a run and its last
    column ends one. Words of two to four characters stand in order as numbers, their letters in the same order.
    """

    edge: int
    unknown: int
    follow: list[list[float]]
    single: dict[str, Costs]
    longer: "dict[int, array[int]]"
    letters: "dict[int, array[int]]"

    def readings(self, word: str) -> Costs:
        """Return the states in which the characters are a word, with their costs; one character always is one."""
        if len(word) == 1:
            return self.single.get(word) or {self.unknown: UNKNOWN}
        return self.listed(len(word), _number(word), 0, len(self.longer[len(word)]))

    def listed(self, length: int, number: int, first: int, last: int) -> Costs:
        """Return the readings of the longer word with this number if it stands between two places of its list."""
        words = self.longer[length]
        place = bisect_left(words, number, first, last)
        if place == last or words[place] != number:
            return {}
        state, cost = _state_and_cost(self.letters[length][place])
        return {state: cost}

    def beginning(self, start: str, length: int) -> tuple[int, int]:
        """Return between which places the words of this length stand that begin so."""
        words = self.longer[length]
        rest = length - len(start)
        first = bisect_left(words, _number(start + "\0" * rest))
        return first, bisect_left(words, _number(start + "\uffff" * rest), first)


@dataclass(slots=True)
class Span:
    """Characters on both sides of a gap that may be one word with what fills it.

    `number` is the word's number without the character of the gap, which has to be moved by `shift` to its place in it.
    """

    length: int
    number: int
    shift: int
    first: int
    last: int
    left: Costs
    right: Costs
    beside: Costs = field(default_factory=dict)

    def readings(self, char: str, words: Lexicon) -> Costs:
        """Return the readings of the word that the character makes here."""
        if self.length == 1:
            return words.readings(char)
        return words.listed(self.length, self.number + (ord(char) << self.shift), self.first, self.last)

    def cost(self, state: int, follow: list[list[float]]) -> float:
        """Return what everything beside the word costs when the word is of this state."""
        if state not in self.beside:
            left = min(cost + follow[other][state] for other, cost in self.left.items())
            self.beside[state] = left + min(follow[state][other] + cost for other, cost in self.right.items())
        return self.beside[state]


class Gap:
    """A place between two runs of characters, where one character has to be found."""

    def __init__(self, before: str, after: str) -> None:
        self.lexicon = lexicon()
        before, after = before[-FARTHEST:], after[:FARTHEST]
        lefts, rights = _leftwards(before, self.lexicon), _rightwards(after, self.lexicon)
        # what the two runs cost when nothing joins them
        self.apart = min(lefts[-1].values()) + min(
            cost + self.lexicon.follow[self.lexicon.edge][state] for state, cost in rights[0].items()
        )
        self.spans: list[Span] = []
        for start in range(max(0, len(before) - LONGEST + 1), len(before) + 1):
            for end in range(min(len(after), LONGEST - 1 - len(before) + start) + 1):
                self._add(before[start:], after[:end], lefts[start], rights[end])

    def _add(self, before: str, after: str, left: Costs, right: Costs) -> None:
        length = len(before) + 1 + len(after)
        first, last = (0, 1) if length == 1 else self.lexicon.beginning(before, length)
        if first < last:
            shift = BITS * (_places(length) - 1 - len(before))
            self.spans.append(Span(length, _number(before + "\0" + after), shift, first, last, left, right))

    def fill(self, char: str) -> Filling:
        """Return what the run costs with this character in the gap.

        >>> Gap("账目要公", "让村民看").fill("开").cost < Gap("账目要公", "让村民看").fill("升").cost
        True
        """
        best, length = float("inf"), 1
        for span in self.spans:
            for state, own in span.readings(char, self.lexicon).items():
                cost = own + span.cost(state, self.lexicon.follow)
                if cost < best:
                    best, length = cost, span.length
        return Filling(best, length)


def _leftwards(run: str, words: Lexicon) -> list[Costs]:
    """What it costs to get to each place of the run."""
    costs: list[Costs] = [{words.edge: 0.0}]
    for end in range(1, len(run) + 1):
        here: Costs = {}
        for start in range(max(0, end - LONGEST), end):
            for state, own in words.readings(run[start:end]).items():
                cost = own + min(before + words.follow[other][state] for other, before in costs[start].items())
                here[state] = min(cost, here.get(state, cost))
        costs.append(here)
    return costs


def _rightwards(run: str, words: Lexicon) -> list[Costs]:
    """What it costs to go on from each place of the run to its end, by the state of the word that comes next."""
    costs: list[Costs] = [{words.edge: 0.0}]
    for start in range(len(run) - 1, -1, -1):
        here: Costs = {}
        for end in range(start + 1, min(len(run), start + LONGEST) + 1):
            for state, own in words.readings(run[start:end]).items():
                cost = own + min(words.follow[state][other] + after for other, after in costs[len(run) - end].items())
                here[state] = min(cost, here.get(state, cost))
        costs.append(here)
    return costs[::-1]


@cache
def lexicon() -> Lexicon:
    """Read the words, which takes a tenth of a second and 4 MB."""
    lines = lzma.decompress(WORDS.read_bytes()).decode().split("\n")
    states = lines[0].split()
    edge = len(states)
    begin, *follow = [[int(cost) / TENTHS for cost in line.split()] + [0.0] for line in lines[1 : edge + 2]]
    lists = lines[edge + 2 :]
    single: dict[str, Costs] = {}
    for char, letter in zip(*lists[:2], strict=True):
        single.setdefault(char, {}).update([_state_and_cost(ord(letter))])
    longer = {length: _numbers(lists[2 * length - 2], _places(length)) for length in range(2, LONGEST + 1)}
    letters = {length: _numbers(lists[2 * length - 1], 1) for length in range(2, LONGEST + 1)}
    return Lexicon(edge, states.index(UNKNOWN_STATE), [*follow, begin], single, longer, letters)


def _state_and_cost(letter: int) -> tuple[int, float]:
    state, steps = divmod(letter - FIRST_LETTER, STEPS)
    return state, steps * STEP


def _places(length: int) -> int:
    """A word of three characters stands in the file, and so in its number, with a space to make four."""
    return 4 if length == 3 else length


def _number(word: str) -> int:
    """The word as a number, of the same order among words of its length."""
    return int.from_bytes(word.ljust(_places(len(word))).encode("utf-16-be"))


def _numbers(characters: str, each: int) -> "array[int]":
    """So many characters each as one number, all at once."""
    numbers = array({1: "H", 2: "I", 4: "Q"}[each], characters.encode("utf-16-be"))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
