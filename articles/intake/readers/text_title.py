"""What an article in a dump is called."""

import re
from collections.abc import Sequence

from articles.chinese.names import split_names
from articles.chinese.scripts import HAN, to_simplified
from articles.intake.readers.text_lines import Kind, Line
from articles.intake.readers.text_people import read_credit

REACH = 30
SHORTEST, LONGEST = 4, 60
USUAL = range(8, 46)
# 春天 · 秤: what stands alone above a text is its title, however short
SHORTEST_ALONE = 1
# title, subtitle, author, unit, date: where more stands above the text, it is a page with menus
MOST_ALONE = 5
# 某某文章_某某网 · 某某文章 - 频道 - 网站
SITE_MARK = re.compile(r" ?[-_|—–｜]{1,2} ?")
# 江城日报(武汉): an outlet, not a title
OUTLET = re.compile(r"(?:网|报|社|周刊|杂志|频道|客户端|在线)(?:[（(][^()（）]{1,6}[)）])?$")
# what WeChat prints under a title
ORIGIN = ("原创", "转载")
CALLS = ("？", "！", "?", "!", "……")
DASHES = ("——", "--", "―")
OPENING = "“‘《【[「『（("
# 第A08版：副刊 本版新闻列表
LEAF = re.compile(r"第?[A-Z]?\d{1,3}版|第?[A-Z]\d{1,2}[:：]|[本上下]一?版")
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
    return best[1] if best[0] > 0 else _alone(lines[:start])


def behind_title(lines: Sequence[Line], start: int, end: int) -> int:
    """Return where the text begins when its first line is the title, a question or a call that reads like text."""
    line = lines[start] if start == 0 and end > 1 else None
    if not line or not line.text.endswith(CALLS) or len(line.text) > LONGEST or "。" in line.text:
        return start
    return next((place for place in range(1, end) if lines[place].kind == Kind.PROSE), start)


def _alone(head: Sequence[Line]) -> int | None:
    """The first line that is nobody's name, where title, author and date are all that stands above the text."""
    places = [
        place
        for place, line in enumerate(head[:MOST_ALONE])
        if line.kind in (Kind.SHORT, Kind.PROSE) and len(line.text) <= LONGEST and line.han >= SHORTEST_ALONE
    ]
    title = next((place for place in places if not _is_people(head[place])), next(iter(places), None))
    others = (line for place, line in enumerate(head) if place != title)
    return title if len(head) <= MOST_ALONE and all(map(_tells_of_article, others)) else None


def _tells_of_article(line: Line) -> bool:
    """Whether a line beside the title tells of the article: a label, a date, a subtitle, a heading or who wrote it."""
    if line.kind in (Kind.LABELS, Kind.DATE, Kind.ABSTRACT, Kind.RUNNING_HEAD):
        return True
    return line.text.startswith(DASHES) or bool(NUMBERED.match(line.text)) or _is_people(line)


def _is_people(line: Line) -> bool:
    letters = "".join(HAN.findall(line.text))
    return bool(letters) and (
        "".join(HAN.findall("".join(split_names(line.text)))) == letters or bool(read_credit(line.text))
    )


def _may_be_title(line: Line) -> bool:
    if line.kind not in (Kind.SHORT, Kind.PROSE) or not SHORTEST <= len(line.text) <= LONGEST or line.han < SHORTEST:
        return False
    is_other = NUMBERED.match(line.text) or LEAF.match(line.text)
    return "。" not in line.text and not line.text.endswith(("：", ":", "，", ",")) and not is_other


def _score(lines: Sequence[Line], place: int, body: set[str], head: list[str]) -> float:
    text = lines[place].text
    pairs = _pairs(text)
    shared = len(pairs & body) / max(1, len(pairs))
    below = [
        line.kind in (Kind.LABELS, Kind.DATE) or _is_people(line) or line.text in ORIGIN
        for line in lines[place + 1 : place + 4]
    ]
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
