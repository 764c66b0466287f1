"""Headings run into their text: 三、推进活动室建设活动室是……"""

import re
from collections.abc import Iterator

from articles.intake.repairs.sheet import Sheet

CODE = "glued_heading"

# 一、 · （二） · 第三章 · 4、
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|第[一二三四五六七八九十]{1,3}[章节節][ \u3000]?|\d{1,2}[、．.](?!\d))"
)
# heading and the beginning of its text, up to the first mark
OPENING = re.compile(r"[\u4e00-\u9fff]{6,80}")
SHORTEST_HEADING, LONGEST_HEADING = 4, 30
# the words that come again: at the end of the heading, or anywhere in it
SHORTEST_ECHO, SHORTEST_INNER_ECHO = 3, 4
SHORTEST_TEXT = 30
# what a sentence goes on with behind its subject
PREDICATE = tuple("是在作为為有指要应應必可将將不既对對由具包主就已也")
# a heading does not end with these, nor would its text begin behind them
NO_END = tuple("的是和与與为為在对對把将將及或从從以向于於就也都被让讓使给給到不")


def repair(sheet: Sheet) -> None:
    """Part the heading from its text where the text begins with the heading's own words."""
    for brackets, element in ((False, "h2"), (True, "h3")):
        sheet.split(dict(_seams(sheet, brackets=brackets)), CODE, element)


def _seams(sheet: Sheet, *, brackets: bool) -> Iterator[tuple[int, list[int]]]:
    for block, text in enumerate(sheet.texts):
        number = NUMBERED.match(text) if sheet.elements[block] == "p" else None
        if number and brackets == text.startswith(("（", "(")) and (place := _boundary(text, number.end())):
            yield block, [place]


def _boundary(text: str, start: int) -> int:
    """Where the text begins, or 0 where there is no heading before it."""
    opening = OPENING.match(text, start)
    if not opening or len(text) - start < SHORTEST_TEXT or "。" not in text:
        return 0
    last = min(start + LONGEST_HEADING, opening.end() - SHORTEST_ECHO)
    for place in range(start + SHORTEST_HEADING, last + 1):
        heading = text[start:place]
        if not heading.endswith(NO_END) and _echoes(heading, text[place : opening.end()]):
            return place
    return 0


def _echoes(heading: str, text: str) -> bool:
    """Whether the text begins with words of the heading, and then says something of them."""
    for length in range(min(len(heading), len(text) - 1), SHORTEST_ECHO - 1, -1):
        words = text[:length]
        is_long = length >= (SHORTEST_ECHO if heading.endswith(words) else SHORTEST_INNER_ECHO)
        if is_long and words in heading and text[length:].startswith(PREDICATE):
            return True
    return False
