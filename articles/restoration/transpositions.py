"""Which of the places where two copies differ are one passage that stands in another place."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.chinese.scripts import to_simplified

# so much of a passage stands in the other one
ALIKE = 0.5
# Fewer letters say nothing of their own, unless they stand again a few words away; more make a sentence.
FEWEST, SENTENCE = 4, 8
NEAR = 40
# words that differ in more places than this tell none of them apart
MOST_PLACES = 8

Grams = frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place reads in either copy, and where it is in the left one."""

    left: str
    right: str
    place: int

    @property
    def is_pure(self) -> bool:
        """Whether one of the copies has nothing there."""
        return not self.left or not self.right


def letters(text: str) -> str:
    """Return what is left of a text without script, punctuation and spaces."""
    return "".join(character for character in to_simplified(text) if character.isalnum())


def moved_among(readings: Sequence[Reading]) -> set[int]:
    """Return the numbers of the readings whose words stand in another place of the other copy.

    >>> sorted(moved_among([Reading("会开成了。", "", 0), Reading("", "会开成了。", 90)]))
    [0, 1]
    """
    return {*_far(readings), *_near(readings)}


def _far(readings: Sequence[Reading]) -> Iterator[int]:
    lefts, rights = ([_grams(side) for side in sides] for sides in _sides(readings))
    for here, there in ((lefts, rights), (rights, lefts)):
        places = _places(there)
        for number, grams in enumerate(here):
            shared = Counter(other for gram in grams for other in places.get(gram, ()) if other != number)
            counterparts = [other for other, count in shared.items() if count >= ALIKE * len(grams)]
            is_sentence = len(grams) >= SENTENCE
            if counterparts and (is_sentence or readings[number].is_pure):
                yield number
            # what a whole sentence went into is no plain addition either
            yield from counterparts if is_sentence else ()


def _sides(readings: Sequence[Reading]) -> tuple[list[str], list[str]]:
    return [reading.left for reading in readings], [reading.right for reading in readings]


def _grams(text: str) -> Grams:
    words = letters(text)
    if len(words) < FEWEST:
        return frozenset()
    return frozenset(words[place : place + 2] for place in range(len(words) - 1))


def _places(grams: Sequence[Grams]) -> dict[str, list[int]]:
    """Return where each pair of characters stands; one that stands in too many places is left out."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, some in enumerate(grams):
        for gram in some:
            places[gram].append(number)
    return {gram: numbers for gram, numbers in places.items() if len(numbers) <= MOST_PLACES}


def _near(readings: Sequence[Reading]) -> Iterator[int]:
    """Yield few letters that went here and came a few words away."""
    for number, reading in enumerate(readings):
        for other, further in enumerate(readings[number + 1 : number + 1 + MOST_PLACES], number + 1):
            if further.place - reading.place - len(reading.left) > NEAR:
                break
            if reading.is_pure and further.is_pure and _are_same(reading, further):
                yield from (number, other)


def _are_same(one: Reading, other: Reading) -> bool:
    crosswise = (one.left, other.right) if one.left else (one.right, other.left)
    here, there = (Counter(letters(words)) for words in crosswise)
    return bool(here) and here == there
