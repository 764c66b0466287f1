"""Where in a text the words of a question stand: the passage that shows most of them, and the words marked in it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from articles.chinese.folding import fold
from articles.search.pieces import GAP, joined

LENGTH = 110
# how much is shown before the first word, at most
BEFORE = 24
# of one word no more places are weighed
MOST_PLACES = 40
STOP = re.compile("[。！？；!?]")


class Piece(NamedTuple):
    """Some of a text; `is_found` where it is a word of the question."""

    text: str
    is_found: bool


def passage(text: str, words: Iterable[str], *, length: int = LENGTH) -> str:
    """Return so much of the text as holds most of the folded words, from the beginning of a sentence where one is near.

    >>> passage("议事会开了三次。" * 30 + "预算贴在村口。", ["预算"], length=20)
    '…议事会开了三次。预算贴在村口。'
    """
    text = GAP.sub(" ", joined(text)).strip()
    folded = fold(text)
    places = [place for word in words for place in _places(folded, word)]
    if len(text) <= length:
        return text
    first = max(places, key=lambda place: (_held(places, place, length), -place[0]), default=(0, ""))[0]
    start = max(0, min(first - BEFORE, len(text) - length))
    stops = [stop.end() for stop in STOP.finditer(text, start, first)]
    start = stops[0] if stops and start else start
    end = min(len(text), start + length)
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def marked(text: str, words: Iterable[str]) -> list[Piece]:
    """Return the text in pieces, each place where one of the folded words stands by itself.

    >>> [tuple(piece) for piece in marked("鄉村的帳目", ["乡村", "账目"])]
    [('鄉村', True), ('的', False), ('帳目', True)]
    """
    folded = fold(text)
    found = [False] * len(text)
    for word in words:
        for place, _word in _places(folded, word, most=len(text)):
            found[place : place + len(word)] = [True] * len(word)
    pieces: list[Piece] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or found[end] != found[start]:
            pieces.append(Piece(text[start:end], found[start]))
            start = end
    return pieces


def _places(folded: str, word: str, most: int = MOST_PLACES) -> list[tuple[int, str]]:
    places: list[tuple[int, str]] = []
    place = folded.find(word)
    while place >= 0 and len(places) < most:
        places.append((place, word))
        place = folded.find(word, place + max(1, len(word)))
    return places


def _held(places: list[tuple[int, str]], first: tuple[int, str], length: int) -> int:
    """How many of the words stand within a passage that begins with this place."""
    return len(
        {word for place, word in places if first[0] <= place and place + len(word) <= first[0] + length - BEFORE}
    )
