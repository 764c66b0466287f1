"""The pieces a text is indexed by: every two neighbouring characters, so that each phrase of it can be found."""

import re
from itertools import pairwise

from articles.chinese.folding import fold

# What parts words: spaces, and what no database stores.
GAP = re.compile("[\\s\x00-\x20\x7f-\x9f\ud800-\udfff]+")
LONGEST_TERM = 200
# SQLite takes marks and symbols for gaps, but not the characters of private use.
PRIVATE, PRIVATE_SIZE = 0xE000, 6_400
KNOWN_LETTERS = re.compile("[a-z0-9\u00aa-\u1fff\u3041-\u9fcc\uac00-\ud7a3\U00020000-\U0002a6d6]")


def clean(text: str) -> str:
    """Return the text folded, in a form every database stores and whose words are parted by single spaces.

    >>> clean("《鄉村治理》\\n Open　Data")
    '《乡村治理》 open data'
    """
    return GAP.sub(" ", fold(text)).strip()


def words_of(term: str) -> list[str]:
    """Return the phrases of what somebody typed, all of which have to stand in a text; nobody types more than 200."""
    return list(dict.fromkeys(clean(term[:LONGEST_TERM]).split(" "))) if clean(term[:LONGEST_TERM]) else []


def pieces(text: str) -> list[str]:
    """Return the overlapping pairs of each word of a cleaned text; the last character of each ends it alone.

    >>> pieces("乡村 a1")
    ['乡村', '村', 'a1', '1']
    """
    return [piece for word in encoded(text).split() for piece in (*pairs(word), word[-1])]


def pairs(word: str) -> list[str]:
    """Return the pairs of one encoded word: they stand one after the other where the word stands, and nowhere else."""
    return [first + second for first, second in pairwise(word)]


def encoded(text: str) -> str:
    """Return the cleaned text with marks and symbols as letters, one for one.

    >>> encoded("村") == "村", encoded("《") == chr(0xE000 + 0x300A % 6400)
    (True, True)
    """
    return "".join(map(_encoded, text)) if not text.isascii() or not text.isalnum() else text


class _Codes(dict[str, str]):
    def __missing__(self, char: str) -> str:
        is_letter = char == " " or (char.isalnum() and KNOWN_LETTERS.match(char))
        self[char] = char if is_letter else chr(PRIVATE + ord(char) % PRIVATE_SIZE)
        return self[char]


_encoded = _Codes().__getitem__
