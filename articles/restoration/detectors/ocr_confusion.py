"""Characters that scanning and typing take for each other: 己经 for 已经, 2O13年, 二O一三年, 壹般."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "ocr_confusion"
SEVERITY = "warning"

CONFUSIONS = Path(__file__).parent / "confusions.txt"

# 二O一三年, 二0一三年
HAN_YEAR = re.compile(r"(?<![\dA-Za-z])[一二][一二三四五六七八九〇零○OoＯ0０]{3}(?=年)")
ROUND = str.maketrans("OoＯ0０", "〇〇〇〇〇")
HAN_MIXED = re.compile("[一二三四五六七八九〇零○][OoＯ0０]")
# 2O13年, l998年, l0月, 1O%
ARABIC = re.compile(r"(?<![A-Za-z\d.\-/])(?=[lIOo]{0,3}\d)[\dlI][\dlIOo]{1,5}(?=[年月日元个亿人%％]|万[元人吨亩户亿])")
ARABIC_MIXED = re.compile(r"\d[lIOo]|[lI][\dO]")
LETTERS = frozenset("lIOo")
DIGITS = str.maketrans("lIOo", "1100")
# 1991一2005年: a number is not followed by a Han one
DASH = re.compile(r"一(?<=\d一)(?=\d)")
# 壹般 can only be 一般; a brand or an amount writes 壹 too, so 壹種 is seen only beside such a word
SURELY_ONE = re.compile(r"壹(?=[般些直切旦致系再律旁味向樣样贯貫])")
LIKELY_ONE = re.compile(r"(?<![零〇萬万仟佰拾第])壹(?=[種种个個起定次条條家位方面下邊边])")


def detect(text: Text) -> Iterator[Finding]:
    """Yield what no word of the language can be, with the word that looks like it."""
    whole = "\n".join(text.blocks)
    wrong = _confusions_in(whole)
    for number, block in enumerate(text.blocks):
        for right, pattern in wrong:
            for match in pattern.finditer(block):
                yield Finding(CODE, SEVERITY, number, *match.span(), match[0], right, 0.9)
        for match, suggestion, confidence in _numbers(block):
            yield Finding(CODE, SEVERITY, number, *match.span(), match[0], suggestion, confidence)
    if SURELY_ONE.search(whole):
        yield from _ones(text)


def _numbers(block: str) -> Iterator[tuple[re.Match[str], str, float]]:
    for match in HAN_YEAR.finditer(block) if HAN_MIXED.search(block) else ():
        if match[0] != (mended := match[0].translate(ROUND)):
            yield match, mended, 0.85
    for match in ARABIC.finditer(block) if ARABIC_MIXED.search(block) else ():
        if not LETTERS.isdisjoint(match[0]):
            yield match, match[0].translate(DIGITS), 0.85
    for match in DASH.finditer(block):
        yield match, "—", 0.85


def _ones(text: Text) -> Iterator[Finding]:
    for number, block in enumerate(text.blocks):
        for pattern in (SURELY_ONE, LIKELY_ONE):
            for match in pattern.finditer(block):
                yield Finding(CODE, SEVERITY, number, *match.span(), "壹", "一", 0.85)


def _confusions_in(whole: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return the right words and the patterns of what may be found; most texts have few of the telling characters."""
    chars = set(whole)
    return [(right, pattern) for telling, found, right, pattern in _confusions() if telling in chars and found in whole]


@cache
def _confusions() -> list[tuple[str, str, str, re.Pattern[str]]]:
    """Return the lines of the list: the wrong character, the word with it, the right word, and the pattern."""
    lines = (line.split("#")[0].split() for line in CONFUSIONS.read_text(encoding="utf-8").splitlines())
    return [_confusion(*line) for line in lines if line]


def _confusion(found: str, right: str, *conditions: str) -> tuple[str, str, str, re.Pattern[str]]:
    return _wrong(found, right), found, right, _pattern(found, conditions)


def _wrong(found: str, right: str) -> str:
    return next(char for char, other in zip(found, right, strict=True) if char != other)


def _pattern(found: str, conditions: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of one line: `!甲` forbids 甲 before it, `甲!` behind it, `=甲|乙` asks for one behind it."""
    before = after = ""
    for condition in conditions:
        if condition.startswith("!"):
            before = f"(?<![{condition[1:]}])"
        elif condition.startswith("="):
            after += f"(?={condition[1:]})"
        else:
            after += f"(?![{condition.removesuffix('!')}])"
    return re.compile(before + re.escape(found) + after)
