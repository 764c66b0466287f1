"""Rare characters put in place of common ones to hide a copy: 噺 for 新, 昰 for 是."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from articles.chinese.glyphs import beyond_standard, is_everyday, is_standard
from articles.chinese.scripts import is_han, traditional_only
from articles.restoration.disguises import Reader, Reading
from articles.restoration.findings import MOST_OF_ONE_CODE, Finding
from articles.restoration.text import Text

CODE = "glyph_substitution"
SEVERITY = "warning"

# one odd character is a name; a text that has been disguised has several kinds
FEWEST_KINDS = 2
# who disguises a text leaves it readable: where more of it is odd it is no Chinese, and there is nothing to propose
MOST_ODD = 0.2
# of the odd kinds so many must turn out to hide words, and more where they are two only; in a disguised text two in
# three do, in an old one with rare characters one in twenty
HIDING, HIDING_OF_FEW = 1 / 3, 1 / 2
# a rare character that the text repeats everywhere is its subject
SUBJECT = 0.02
# the table counts it among the everyday ones; in disguised texts it is 在
RARE_ALL_THE_SAME = "茬"
# below this a reading is not worth proposing
LIKELY = 0.6
BEYOND_REPAIR, UNREAD = 0.6, 0.4
KINDS_SHOWN = 10

# signs that pages use for the character they look like
SIGNS = dict.fromkeys("┅━─", "一") | {
    "の": "的",
    "ㄖ": "日",
    "ロ": "口",
    "エ": "工",
    "ニ": "二",
    "カ": "力",
    "ハ": "八",
}
# beside a Chinese character, and no part of a dash or of a foreign word
HAN, STOP = "\u4e00-\u9fff", "，。、；：！？“”（）《》"
SIGN = re.compile(rf"(?<=[{HAN}])[{''.join(SIGNS)}](?=[{HAN}{STOP}])|(?<=[{STOP}])[{''.join(SIGNS)}](?=[{HAN}])")

# 嘚嘚, 嘚瑟: listed characters said twice, and in words that the word list lacks
WORD = re.compile(rf"([{HAN}])\1|嘚[瑟啵吧]")


def detect(text: Text) -> Iterator[Finding]:
    """Yield a finding for each odd character, with the common one that its words and the text make likely.

    Only Simplified texts are read, and only those in which several odd characters turn out to hide words. A text of
    which too much is odd gets one finding, at the beginning of the body, with some of its odd characters.
    """
    chars: set[str] = set().union(*text.blocks)
    odd = {char for char in beyond_standard(chars) if not traditional_only(char)}
    if text.script == "hant" or len(odd) < FEWEST_KINDS:
        return
    times = Counter("".join(text.blocks))
    if _is_beyond_repair(times, odd):
        shown = [char for char in times if char in odd][:KINDS_SHOWN]
        yield Finding(CODE, SEVERITY, 0, 0, 0, "".join(shown), None, BEYOND_REPAIR)
        return
    reader = Reader(text.blocks)
    readings = reader.read(_places(text.blocks, odd))
    if _is_disguised(readings):
        listed = reader.read(_listed(text.blocks, _scattered(times))[:MOST_OF_ONE_CODE])
        signs = [reader.read_sign(number, at, SIGNS[text.blocks[number][at]]) for number, at in _signs(text.blocks)]
        yield from map(_finding, [*readings, *(each for each in listed if each.confidence >= LIKELY), *signs])


def _is_beyond_repair(times: Counter[str], odd: set[str]) -> bool:
    oddities = sum(times[char] for char in odd)
    return oddities > MOST_OF_ONE_CODE or oddities > MOST_ODD * sum(times[char] for char in times if is_han(char))


def _scattered(times: Counter[str]) -> set[str]:
    """The listed but rare characters that stand here and there, and are not what the text is about."""
    few = SUBJECT * times.total()
    return {char for char, count in times.items() if count < few and _is_rare(char)}


def _is_rare(char: str) -> bool:
    return (is_standard(char) and not is_everyday(char)) or char in RARE_ALL_THE_SAME


def _places(blocks: list[str], chars: set[str]) -> list[tuple[int, int]]:
    return [(number, at) for number, block in enumerate(blocks) for at, char in enumerate(block) if char in chars]


def _listed(blocks: list[str], chars: set[str]) -> list[tuple[int, int]]:
    words = {
        (number, at)
        for number, block in enumerate(blocks)
        for match in WORD.finditer(block)
        for at in range(*match.span())
    }
    return [place for place in _places(blocks, chars) if place not in words]


def _signs(blocks: list[str]) -> list[tuple[int, int]]:
    return [(number, match.start()) for number, block in enumerate(blocks) for match in SIGN.finditer(block)]


def _is_disguised(readings: list[Reading]) -> bool:
    """Whether enough kinds of odd characters hide words, in more than half of their places."""
    proofs: dict[str, list[bool]] = defaultdict(list)
    for reading in readings:
        proofs[reading.char].append(reading.is_proof)
    hiding = sum(2 * sum(found) > len(found) for found in proofs.values())
    share = HIDING_OF_FEW if hiding == FEWEST_KINDS else HIDING
    return hiding >= max(FEWEST_KINDS, share * len(proofs))


def _finding(reading: Reading) -> Finding:
    meant, confidence = (reading.meant, reading.confidence) if reading.confidence >= LIKELY else (None, UNREAD)
    end = reading.at + 1
    return Finding(CODE, SEVERITY, reading.block, reading.at, end, reading.char, meant, round(confidence, 2))
