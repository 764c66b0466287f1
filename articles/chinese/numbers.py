"""Chinese numerals as numbers."""

DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
TENS = "十"

# ０１２３…９ → 0123…9, one character for one, so that offsets stay true
HALF_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def to_int(numeral: str) -> int | None:
    """Return the number a short Chinese numeral or run of digits stands for, or None.

    Read are place-value digits and numbers below one hundred, which is what dates and lists are made of.

    >>> to_int("二〇一三"), to_int("二十一"), to_int("十月")
    (2013, 21, None)
    """
    plain = numeral.translate(HALF_WIDTH_DIGITS)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if TENS in plain:
        return _below_hundred(plain)
    if plain and all(char in DIGITS for char in plain):
        return int("".join(str(DIGITS[char]) for char in plain))
    return None


def _below_hundred(numeral: str) -> int | None:
    tens, _, ones = numeral.partition(TENS)
    if len(tens) > 1 or len(ones) > 1 or any(char not in DIGITS for char in tens + ones):
        return None
    return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
