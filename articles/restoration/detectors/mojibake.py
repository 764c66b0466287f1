"""Text that was read by the wrong table and has lost bytes on the way: 闂傚倸鍊搁崐鎼佸磹, ï¿½Ä¼þ."""

import re
from collections.abc import Iterator
from functools import lru_cache

from articles.chinese.glyphs import is_common, is_standard
from articles.chinese.scripts import is_han, to_simplified
from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "mojibake"
SEVERITY = "error"

# a clause: what stands between the marks that end one, and what is no ASCII
CLAUSE = re.compile("[^\x00-\x7f。！？；]{6,2000}")
FEWEST_HAN = 6
# in a text that is disguised or learned fewer characters are rare
RARE_SHARE, UNLISTED_SHARE = 0.3, 0.15
# accented letters and signs of Latin-1 and Windows, hardly any other among them, and not letters only
_HIGH = "\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’“”„†‡•…‰‹›€™"
WESTERN = re.compile(f"[{_HIGH}][{_HIGH} -~]{{7,2000}}")
HIGH = re.compile("[\x80-\xffŒœŠšŸŽžƒˆ˜‰‹›€™]")
SIGN = re.compile("[\x80-\xbf×÷ˆ˜‰‹›€™]")
HIGH_SHARE, FEWEST_SIGNS = 0.6, 2


def detect(text: Text) -> Iterator[Finding]:
    """Yield the runs that make no sense; what they said cannot be told."""
    for number, block in enumerate(text.blocks):
        for match in CLAUSE.finditer(block):
            if _makes_no_sense(match[0]):
                yield Finding(CODE, SEVERITY, number, match.start(), match.end(), match[0], None, 0.9)
        for match in () if block.isascii() else WESTERN.finditer(block):
            if _is_western(match[0]):
                yield Finding(CODE, SEVERITY, number, match.start(), match.end(), match[0], None, 0.8)


def _makes_no_sense(clause: str) -> bool:
    han = [char for char in clause if is_han(char)]
    rare, unlisted = (sum(map(test, han)) for test in (_is_rare, _is_unlisted))
    return len(han) >= FEWEST_HAN and rare >= RARE_SHARE * len(han) and unlisted >= UNLISTED_SHARE * len(han)


def _is_western(run: str) -> bool:
    return len(HIGH.findall(run)) >= HIGH_SHARE * len(run) and len(SIGN.findall(run)) >= FEWEST_SIGNS


@lru_cache(maxsize=30_000)
def _is_rare(char: str) -> bool:
    return not is_common(to_simplified(char))


@lru_cache(maxsize=30_000)
def _is_unlisted(char: str) -> bool:
    return not is_standard(to_simplified(char))
