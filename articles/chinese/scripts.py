"""Simplified and Traditional characters: which is which, and the one for the other."""

import re
from collections import Counter
from functools import cache

import opencc

HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))

# a text is mixed when the script it is not written in has more than this share of the telling characters
STRAY_SHARE = 0.1


HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def is_han(char: str) -> bool:
    """Return whether the character is a Chinese one (also 〇 and those beyond the basic plane)."""
    return HAN.fullmatch(char) is not None


def to_simplified(text: str) -> str:
    """Return the text with each character in its Simplified form, one for one, so that offsets stay true.

    >>> to_simplified("黨的群眾路線")
    '党的群众路线'
    """
    return text.translate(_simplified())


def to_traditional(text: str) -> str:
    """Return the text with each character in its usual Traditional form, one for one.

    Where one Simplified character stands for several (发: 發, 髮) this is the more frequent of them, not a reading.
    """
    return text.translate(_traditional())


def traditional_only(char: str) -> bool:
    """Return whether the character stands in Traditional text only (發, 動; not 里 or 后, which both scripts use)."""
    return ord(char) in _simplified() and not _encodes(char, "gb2312")


def simplified_only(char: str) -> bool:
    """Return whether the character stands in Simplified text only (发, 动)."""
    return char in _simplified_only()


def script_of(text: str) -> str:
    """Return hans, hant, or mixed; a text that tells nothing counts as hans.

    >>> script_of("群众的来信"), script_of("群眾的來信")
    ('hans', 'hant')
    """
    times = Counter(text)
    traditional = sum(count for char, count in times.items() if traditional_only(char))
    simplified = sum(count for char, count in times.items() if simplified_only(char))
    allowed = STRAY_SHARE * (traditional + simplified)
    if traditional <= allowed:
        return "hans"
    return "hant" if simplified <= allowed else "mixed"


@cache
def _simplified() -> dict[int, str]:
    return {ord(before): after for before, after in _converted("t2s")}


@cache
def _traditional() -> dict[int, str]:
    return {ord(before): after for before, after in _converted("s2tw")}


@cache
def _simplified_only() -> frozenset[str]:
    return frozenset(before for before, _ in _converted("s2t") if not _encodes(before, "big5"))


@cache
def _converted(table: str) -> list[tuple[str, str]]:
    """Every Han character that the OpenCC table changes, asked one by one so that no phrase rule has a say."""
    chars = [chr(code) for first, last in HAN_BLOCKS for code in range(first, last + 1)]
    changed = opencc.OpenCC(table).convert("\n".join(chars)).split("\n")
    return [pair for pair in zip(chars, changed, strict=True) if pair[0] != pair[1] and len(pair[1]) == 1]


@cache
def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
