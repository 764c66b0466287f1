"""The lines of a plain-text dump, and what each of them is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from articles.chinese.dates import find_dates
from articles.chinese.scripts import HAN, to_simplified
from articles.intake import cleaning
from articles.intake.metadata.found import Found
from articles.intake.metadata.labels import Label, read_labels
from articles.intake.readers import text_fields
from articles.intake.repairs import characters

LONGEST_READ = 2_000
SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u3000]+")
SENTENCE_END = re.compile(r"[。！？!?…；;：:][”’」』）)】\]》〉\"' ]{0,3}$")
LONG_TEXT = 40
LONGEST_VALUE = 30
WITH_VALUE = frozenset({"published", "original_source", "author", "reporter", "editor", "affiliation"})

# <image>data:…" alt="某某_第1頁"</image>, also with a namespace
IMAGE = re.compile(
    r"<(?:\w{1,20}:)?(?:image|img)\b[^<>]{0,4000}(?:>(?:[^<]{0,4000}</(?:\w{1,20}:)?image>)?|$)", re.IGNORECASE
)
ALT = re.compile(r'alt="([^"]{1,300})"')
# 党课讲稿1_第2页
PAGE_OF = re.compile(r"^(.{2,200}?)[ _-]{0,2}第\d{1,4}[页頁]$")

# read after folding to Simplified: the page says that it shows a part only
CUT = re.compile(
    r"请?前往[^。]{0,12}(?:APP|客户端)|(?:仅|只)(?:显示|展示|提供)部分内容|省略\d{1,7}字|会员可?(?:完整)?阅读"
    r"|余下全文|还剩\d{1,5}页|需要权限查看|登[录陆]后(?:才能|可)?(?:查看|阅读)"
    r"|(?:阅读|查看|展开)(?:全文|更多)[，, ]{1,2}请?先?(?:登[录陆]|下载)|试读结束",
    re.IGNORECASE,
)
# ![渡口](1.jpg) · [首页](/) · *作者：甄小雨*: crawlers hand pages over as Markdown
MARKS = ("](", "*", "# ")
HEADING = re.compile(r"^#{1,6} {1,3}")
PICTURE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)")
LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{0,500}\)")
# a mask (中国***) stands right behind a word, emphasis before one
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])([^*]{1,200})(?<=[^\s*])\1(?![\w*])")
# [12]相关新闻 … References / 12. http://…
LINK_NUMBER = re.compile(r"\[\d{1,3}\](?=\S)")
REFERENCES = re.compile(r"^References\s{1,10}\d{1,3}\. (?:https?|file)://", re.MULTILINE)
# 标题：修桥 · 作者: 渔歌子 时间: 2009-3-14 标题: 修桥
TITLE_LABEL = re.compile(r"(?:^|(?<= ))(?:文章|稿件)?(?:标 ?题|標 ?題|题 ?目|題 ?目|题名)[:：] {0,3}(?=\S)")
# 村务公开怎么做2016-01-20 11:08何清: the line under the title run into it
LONGEST_GLUED = 100
LONGEST_EDITED = 60
# fewer characters are an outlet or a channel
SHORTEST_GLUED = 8
LABEL_END = re.compile(r"[于時时間间期布表新稿]$")
# 江城文史资料 第六辑 41: the head of a printed page, with its number
RUNNING_HEAD = re.compile(r"(.{4,40}) \d{1,4}$")
NAVIGATION = re.compile(r"[ |｜·•/丨]{1,10}")
COMMENTS = re.compile(r"^[\W_]{0,6}(?:网友|最新|热门|全部|精彩|发表|查看|我要|提交|参与)?(?:评论|跟帖|留言|回复)")
BULLET = re.compile(r"(?:[-*•·●■▪]|\d{1,2}\.) ")


class Kind(StrEnum):
    """What a line is."""

    PROSE = "prose"
    SHORT = "short"
    LABELS = "labels"
    ABSTRACT = "abstract"
    DATE = "date"
    TRAIL = "trail"
    FURNITURE = "furniture"
    LISTED = "listed"
    END = "end"
    CUT = "cut"
    IMAGE = "image"
    RUNNING_HEAD = "running_head"


@dataclass(slots=True)
class Line:
    """One line that is not empty: its text, what it is, its labels, and whether a blank line stands above it."""

    text: str
    kind: Kind
    labels: list[Label] = field(default_factory=list)
    after_blank: bool = False

    @property
    def is_linked(self) -> bool:
        """A dump does not tell links from text."""
        return False

    @property
    def han(self) -> int:
        """How many Chinese characters the line has."""
        return len(HAN.findall(self.text))


def read_lines(text: str) -> list[Line]:
    """Return the lines of a dump that are not empty, each with its kind."""
    lines: list[Line] = []
    after_blank = False
    for raw in _without_numbers(text_fields.unfold(text)).splitlines():
        clean = SPACES.sub(" ", _without_marks(characters.strip(raw))).strip()
        lines += [_line(piece, after_blank) for piece in _pieces(clean) if piece]
        if len(LINK.findall(raw[:LONGEST_READ])) > 1 and lines[-1].kind == Kind.SHORT and not _beside_links(raw):
            lines[-1].kind = Kind.FURNITURE
        after_blank = not clean
    _mark_running_heads(lines)
    for line, below in pairwise(lines):
        _carry_value(line, below)
    return lines


def _without_numbers(dump: str) -> str:
    """Return a dump of lynx without the numbers of its links, which it explains at the end."""
    references = REFERENCES.search(dump)
    return LINK_NUMBER.sub("", dump[: references.start()]) if references else dump


def _without_marks(raw: str) -> str:
    """Return the line without the marks of Markdown; long lines are text, and left as they are."""
    if len(raw) > LONGEST_READ or not any(mark in raw for mark in MARKS):
        return raw
    return EMPHASIS.sub(r"\2", LINK.sub(r"\1", PICTURE.sub("", HEADING.sub("", raw))))


def _beside_links(raw: str) -> bool:
    """Whether the line holds words that are no links."""
    return any(map(str.isalnum, LINK.sub("", raw)))


def _pieces(line: str) -> Iterator[str]:
    """Part the title from what stands with it on its line: labels before it, or date and author glued to it."""
    title = TITLE_LABEL.search(line) if len(line) <= LONGEST_READ else None
    if title:
        yield line[title.end() :]
        yield line[: title.start()].rstrip()
    elif place := _glued_at(line):
        yield line[:place]
        yield line[place:]
    elif edited := cleaning.EDITED.search(line, max(0, len(line) - LONGEST_EDITED)):
        yield line[: edited.start()]
        yield edited[0].strip()
    else:
        yield line


def _glued_at(line: str) -> int:
    """Where in the line a date with its time is glued to a title, or 0."""
    if len(line) > LONGEST_GLUED or "。" in line:
        return 0
    date = next((found for found in find_dates(line) if found.precision == "time"), None)
    title = line[: date.start] if date else ""
    is_title = len(HAN.findall(title)) >= SHORTEST_GLUED and bool(HAN.match(title[-1]))
    return len(title) if is_title and not LABEL_END.search(title) and not read_labels(title) else 0


def _mark_running_heads(lines: Sequence[Line]) -> None:
    """The head of a printed page comes again with another number."""
    heads = [RUNNING_HEAD.fullmatch(line.text) for line in lines]
    times = Counter(head[1] for head in heads if head)
    for line, head in zip(lines, heads, strict=True):
        if head and times[head[1]] > 1 and line.kind == Kind.SHORT:
            line.kind = Kind.RUNNING_HEAD


def _carry_value(line: Line, below: Line) -> None:
    """A label that ends its line has its value in the next one: 来源： / 江城日报."""
    last = line.labels[-1] if line.labels and line.kind in (Kind.LABELS, Kind.END) else None
    is_value = below.kind in (Kind.SHORT, Kind.DATE) and len(below.text) <= LONGEST_VALUE and not below.after_blank
    if last and not last.value and last.kind in WITH_VALUE and last.end >= len(line.text) and is_value:
        line.text = f"{line.text} {below.text}"
        line.labels[-1] = replace(last, value=below.text)
        below.kind = Kind.LABELS


def page_title(text: str) -> Found[str]:
    """Return the title that the pictures of a page preview give (alt="某某_第1页"), or nothing."""
    titles = (PAGE_OF.match(alt[1]) for tag in IMAGE.finditer(text) for alt in ALT.finditer(tag[0][:LONGEST_READ]))
    return next((Found(match[1], "picture", match[0], "pictures") for match in titles if match), Found(""))


def _line(text: str, after_blank: bool) -> Line:
    start = text[:LONGEST_READ]
    if IMAGE.match(start):
        return Line(text, Kind.IMAGE, after_blank=after_blank)
    page = PAGE_OF.fullmatch(text) if len(text) <= LONGEST_GLUED else None
    if page:
        return Line(page[1], Kind.SHORT, after_blank=after_blank)
    labels = read_labels(start)
    return Line(text, _kind(start, labels), labels, after_blank)


def _kind(text: str, labels: list[Label]) -> Kind:
    plain = to_simplified(text)
    if len(text) <= cleaning.LONGEST_FURNITURE and CUT.search(plain):
        return Kind.CUT
    if labels and labels[0].start <= LONG_TEXT // 2 and labels[0].kind in ("abstract", "keywords"):
        return Kind.ABSTRACT
    if _is_label_line(text, labels):
        return Kind.TRAIL if labels[0].kind == "breadcrumb" else Kind.LABELS
    if cleaning.ends_article(plain) or (len(text) <= 200 and cleaning.FOOTER.search(plain)):
        return Kind.END
    if cleaning.TRAIL.fullmatch(text) and len(text) <= cleaning.LONGEST_FURNITURE:
        return Kind.TRAIL
    if cleaning.is_date_line(text):
        return Kind.DATE
    if _is_furniture(text):
        return Kind.FURNITURE
    if BULLET.match(text):
        return Kind.LISTED
    return Kind.PROSE if is_prose(text) else Kind.SHORT


def is_prose(text: str) -> bool:
    """Return whether the line is running text: it holds a sentence, or is long and has commas."""
    if "。" in text or (len(HAN.findall(text)) >= 8 and SENTENCE_END.search(text[-8:])):
        return True
    return len(HAN.findall(text)) >= LONG_TEXT and any(mark in text for mark in "，,、")


def _is_label_line(text: str, labels: list[Label]) -> bool:
    """Labels are a line when they begin it and no sentence follows; an interview's 记者：… is text."""
    if not labels or labels[0].start > LONG_TEXT or len(text) > cleaning.LONGEST_LABEL_LINE:
        return False
    lead = text[: labels[0].start]
    return not is_prose(lead) and not any("。" in label.value or len(label.value) > LONG_TEXT for label in labels[:1])


def _is_furniture(text: str) -> bool:
    if cleaning.BUTTON.fullmatch(text) or cleaning.PAGER.fullmatch(text) or cleaning.ADDRESS.fullmatch(text):
        return True
    tokens = [token for token in NAVIGATION.split(text) if token]
    short = sum(len(token) <= 6 for token in tokens)
    return len(tokens) >= 4 and short > 0.8 * len(tokens) and "。" not in text and "，" not in text
