"""How usual a character is in Chinese text: what a repair is judged by."""

import math
from functools import lru_cache

from articles.chinese.glyphs import is_common, is_everyday, look_up
from articles.chinese.scripts import is_han, to_simplified

# all characters that the frequencies of the glyph table were counted in
COUNTED = 2_200_000
# what the count has not met counts so often by its level in the standard table; it leaves out everyday ones too
EVERYDAY_UNMET, COMMON_UNMET, STANDARD_UNMET, UNLISTED = 60.0, 1.5, 0.2, 0.02

STOPS = (
    dict.fromkeys("，。", 3.0)
    | dict.fromkeys("、“”《》：；？！（）…—「」", 5.0)
    | dict.fromkeys("『』‘’·〈〉【】～", 7.0)
)
# rarer than what the count has not met of the standard table's second level
ODD = 13.0
FULL_WIDTH, OTHER, PRIVATE = 10.0, 12.0, 16.0


@lru_cache(maxsize=30_000)
def surprise(char: str) -> float:
    """Return how unexpected the character is in Chinese text, in nats: 3 for a comma, 5 to 8 for everyday characters.

    A Traditional character is as usual as its Simplified form.

    >>> surprise("的") < surprise("账") < surprise("鶎")
    True
    """
    if char in STOPS:
        return STOPS[char]
    if is_han(char):
        return math.log(COUNTED / _met(to_simplified(char)))
    if "\uff01" <= char <= "\uff5e":
        return FULL_WIDTH
    return PRIVATE if "\ue000" <= char <= "\uf8ff" else OTHER


def odd_kinds(text: str) -> int:
    """Return how many kinds of characters the text has that are hardly met in Chinese.

    >>> odd_kinds("账目公开"), odd_kinds("鶎狱鶎")
    (0, 1)
    """
    return sum(map(_is_odd, set(text)))


@lru_cache(maxsize=30_000)
def _is_odd(char: str) -> bool:
    return is_han(char) and surprise(char) > ODD


def _met(char: str) -> float:
    glyph = look_up(char)
    if not glyph.number:
        return UNLISTED
    unmet = EVERYDAY_UNMET if is_everyday(char) else COMMON_UNMET if is_common(char) else STANDARD_UNMET
    return max(float(glyph.frequency), unmet)
