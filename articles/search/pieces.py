"""The pieces a text is indexed by: every two neighbouring characters, so that each phrase of it can be found."""

import re
from itertools import pairwise

from articles.chinese.folding import fold

# What parts words: spaces, and what no database stores.
GAP = re.compile("[\\s\x00-\x20\x7f-\x9f\ud800-\udfff]+")
LONGEST_TERM = 200
# A paragraph of Chinese that ends goes on without a space in the next one; what is Latin keeps its space.
BREAK = re.compile(r"(?<=[^\x00-\x7f\s])[^\S\n]*\n\s*(?=[^\x00-\x7f])")
# How an address begins whatever a page is asked by, and how it may end.
SCHEME = re.compile(r"^(?:https?://(?:www\.)?|www\.)(?=.)")
# SQLite takes marks and symbols for gaps, but not the characters of private use.
PRIVATE, PRIVATE_SIZE = 0xE000, 6_400
KNOWN_LETTERS = re.compile("[a-z0-9\u00aa-\u1fff\u3041-\u9fcc\uac00-\ud7a3\U00020000-\U0002a6d6]")


def clean(text: str) -> str:
    """Return the text folded, in a form every database stores and whose words are parted by single spaces.

    >>> clean("《鄉村治理》\\n Open　Data")
    '《乡村治理》 open data'
    """
    return GAP.sub(" ", fold(text)).strip()


def joined(text: str) -> str:
    """Return the text with its paragraphs joined as a reader reads on: a phrase may run over their end.

    >>> joined("写明用处。\\n有不清楚的地方")
    '写明用处。有不清楚的地方'
    """
    return BREAK.sub("", text)


def address(word: str) -> str:
    """Return the word; of an address what is the same with http and https, www or without, a slash at its end or none.

    >>> address("http://www.example.cn/a/"), address("村口")
    ('example.cn/a', '村口')
    """
    bare = SCHEME.sub("", word)
    host, _slash, _rest = bare.partition("/")
    return bare.rstrip("/") if "." in host.strip(".") else bare


def pieces(text: str) -> list[str]:
    """Return the overlapping pairs of each word of a cleaned text; the last character of each ends it alone.

    >>> pieces("乡村 a1")
    ['乡村', '村', 'a1', '1']
    """
    return _of_words(encoded(text).split())


def _of_words(words: list[str]) -> list[str]:
    return [piece for word in words for piece in (*pairs(word), word[-1])]


def pairs(word: str) -> list[str]:
    """Return the pairs of one encoded word: they stand one after the other where the word stands, and nowhere else."""
    return [first + second for first, second in pairwise(word)]


def phrase_of(phrase: str) -> list[str]:
    """Return the pieces that stand one after the other where an encoded phrase stands; its last word may go on.

    >>> phrase_of("open da"), phrase_of("村")
    (['op', 'pe', 'en', 'n', 'da'], ['村'])
    """
    *whole, last = phrase.split(" ")
    return _of_words(whole) + (pairs(last) or [last])


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
