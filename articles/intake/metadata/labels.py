"""The labels of a page's metadata lines: 来源：…　作者：…　责任编辑：…"""

import re
from dataclasses import dataclass
from pathlib import Path

from articles.chinese.dates import find_dates
from articles.chinese.scripts import to_simplified

LONGEST_LINE = 2_000

# which kind of label each word is
KIND_OF = {
    word: kind
    for kind, _, words in (
        line.partition(":")
        for line in Path(__file__).with_name("label_words.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    for word in words.split()
}

# as quick to compile as a set of characters is slow; no line holds others
GAP = r"\s"
_WORD = "|".join(f"{GAP}{{0,3}}".join(word) for word in sorted(KIND_OF, key=len, reverse=True))

# 来源： · 作 者: · 【摘要】 · 〔关键词〕：   a word that is one character long must stand free
LABEL = re.compile(
    rf"(?:[〔［\[【（(]{GAP}{{0,3}}(?P<boxed>{_WORD}){GAP}{{0,3}}[〕］\]】）)]{GAP}{{0,3}}[:：]?"
    rf"|(?P<open>[（(【\[［〔])?(?P<plain>{_WORD})(?:{GAP}{{0,6}}[:：]+|{GAP}{{0,3}}[|｜丨︱]{GAP}{{0,3}}(?=[\u4e00-\u9fff])))",
    re.IGNORECASE,
)
# 文/张三 · 摄影/李四
SLASHED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<plain>文|图文|撰文|编译|译|摄影|采写|图|来自|来源|作者|记者|发布|责编|责任编辑|编辑){GAP}{{0,2}}[/／｜](?={GAP}{{0,3}}[\u4e00-\u9fff])"
)
# （责任编辑　甄小雨）
BRACKETED = re.compile(
    rf"[（(【\[](?P<plain>责任编辑|责编|编辑|实习编辑){GAP}{{1,3}}(?=[\u4e00-\u9fff·]{{2,6}}[)）】\]])"
)

CLOSING = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕"}
BUTTONS = re.compile(
    r"(?:^|[ \t\u00a0\u3000|｜\[【])(?:打印|纠错|收藏|复制|关闭|大 ?中 ?小|小 ?中 ?大|字号|字体|分享|点赞"
    r"|我要|我有话说|我来说|有?[ ]?\d{1,6}[ ]?人参与|手机|参与|评论|举报|进入|扫|T大|A\+)"
)
LONG_VALUES = frozenset({"abstract", "keywords", "affiliation", "tags", "breadcrumb"})
EDGES = " \t\u00a0\u3000|｜丨/／,，;；、·•-—－"


@dataclass(frozen=True, slots=True)
class Label:
    """One label with its value; `start` and `end` span both in the line."""

    kind: str
    label: str
    value: str
    start: int
    end: int


def read_labels(line: str) -> list[Label]:
    """Return the labels of a line in order, each with its value; an empty value is "".

    >>> [(each.kind, each.value) for each in read_labels("时间：2013-12-31　来源：　作者：张三　点击：")]
    [('published', '2013-12-31'), ('original_source', ''), ('author', '张三'), ('clicks', '')]
    """
    line = line[:LONGEST_LINE]
    plain = to_simplified(line)
    matches = [match for match in LABEL.finditer(plain) if _stands_free(plain, match)] or [
        *BRACKETED.finditer(plain),
        *SLASHED.finditer(plain),
    ]
    if not matches:
        return []
    ends = [match.start() for match in matches[1:]] + [len(line)]
    return [_read(line, plain, match, end) for match, end in zip(matches, ends, strict=True)]


def _stands_free(plain: str, match: re.Match[str]) -> bool:
    """A one-character word (文, 译, 摄) inside a sentence is no label."""
    word = match.groupdict().get("boxed") or match["plain"]
    return len(word) > 1 or match.start() == 0 or not ("\u4e00" <= plain[match.start() - 1] <= "\u9fff")


def _read(line: str, plain: str, match: re.Match[str], end: int) -> Label:
    named = match.groupdict()
    word = re.sub(GAP, "", named.get("boxed") or match["plain"])
    kind = KIND_OF.get(word.upper() if word.isascii() else word, "photographer" if word == "图" else "author")
    closing = line.find(CLOSING[named["open"]], match.end(), end) if named.get("open") else -1
    value = line[match.end() : end if closing < 0 else closing]
    if kind not in LONG_VALUES:
        value = _short(kind, value)
    return Label(
        kind,
        line[match.start() : match.end()].strip(),
        value.strip(EDGES),
        match.start(),
        end if closing < 0 else closing + 1,
    )


def _short(kind: str, value: str) -> str:
    """Cut a value where a button or, for all but dates, a date begins; sources lose their title marks."""
    button = BUTTONS.search(value)
    value = value[: button.start()] if button else value
    if kind == "published":
        return value
    dates = [found for found in find_dates(value) if found.precision in ("day", "time")]
    value = value[: dates[0].start] if dates else value
    return value.strip(EDGES).strip("《》") if kind == "original_source" else value
