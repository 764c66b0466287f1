"""What an article in a dump is called."""

import re
from collections.abc import Sequence

from articles.chinese.scripts import HAN, to_simplified
from articles.intake.readers.text_lines import Kind, Line

REACH = 30
SHORTEST, LONGEST = 4, 60
USUAL = range(8, 46)
# 某某文章_某某网 · 某某文章 - 频道 - 网站
SITE_MARK = re.compile(r" ?[-_|—–｜]{1,2} ?")
# 江城日报(武汉): an outlet, not a title
OUTLET = re.compile(r"(?:网|报|社|周刊|杂志|频道|客户端|在线)(?:[（(][^()（）]{1,6}[)）])?$")
OPENING = "“‘《【[「『（("
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条部])"
)


def find_title(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Return the number of the title's line above the article that stands in lines[start:end], or None.

    A title shares its words with the text, stands near it, above its date, and is repeated as the page's title.
    """
    body = _pairs("".join(line.text for line in lines[start : min(end, start + 60)]))
    head = [line.text for line in lines[:start]]
    scored = [
        (_score(lines, place, body, head) - 0.25 * (start - place), place)
        for place in range(max(0, start - REACH), start)
        if _may_be_title(lines[place])
    ]
    best = max(scored, default=(0.0, None))
    return best[1] if best[0] > 0 else None


def _may_be_title(line: Line) -> bool:
    if line.kind not in (Kind.SHORT, Kind.PROSE) or not SHORTEST <= len(line.text) <= LONGEST or line.han < SHORTEST:
        return False
    return "。" not in line.text and not line.text.endswith(("：", ":", "，", ",")) and not NUMBERED.match(line.text)


def _score(lines: Sequence[Line], place: int, body: set[str], head: list[str]) -> float:
    text = lines[place].text
    pairs = _pairs(text)
    shared = len(pairs & body) / max(1, len(pairs))
    below = [line.kind in (Kind.LABELS, Kind.DATE) for line in lines[place + 1 : place + 4]]
    return (
        8 * shared
        + (3 if len(text) in USUAL else 0)
        + (4 - below.index(True) if True in below else 0)
        + (5 if any(_names_page(other, text) for number, other in enumerate(head) if number != place) else 0)
        - (2 if SITE_MARK.search(text) else 0)
        - (3 if OUTLET.search(text) or not (text[0].isalnum() or text[0] in OPENING) else 0)
        - 4
    )


def _names_page(other: str, text: str) -> bool:
    """Whether the other line is the title as the page's own title has it: alone, or with the site behind it."""
    return other == text or (other.startswith(text) and bool(SITE_MARK.match(other, len(text))))


def _pairs(text: str) -> set[str]:
    chars = "".join(HAN.findall(to_simplified(text)))
    return {chars[place : place + 2] for place in range(len(chars) - 1)}
