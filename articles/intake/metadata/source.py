"""Where a text came from, on whose site it stands, and who edited it there."""

import re

from articles.chinese.dates import find_dates
from articles.chinese.names import is_name, split_names
from articles.intake.metadata.surroundings import Surroundings, labels_of

LONGEST_NAME = 60
LONGEST_DATE_LINE = 120

# 21世纪经济报道(广州): the town of the newsroom
TOWN = re.compile(r"[（(][\u4e00-\u9fff]{2,4}[)）]$")
# 来源CSDN: a label without its colon, set off by bars
BARE_SOURCE = re.compile(
    r"(?:^|[|｜丨 ])[ \u3000]{0,3}来源(?:于[:：])?[ \u3000]{0,3}([^|｜丨:：]{2,30}?)[ \u3000]{0,3}(?=[|｜丨]|$)"
)
COMMENTS = re.compile(r"[ \u3000]{1,4}(?:网友)?评论.{0,20}$")
# after the date of a news line: 2005年03月21日 11:21 《理财周刊》
OUTLET = re.compile(r"《?([\u4e00-\u9fffA-Za-z0-9·]{2,20})》?")
# 江城日报 2013-10-21 17:06 · 原创 江城观察 2013-10-21
OUTLET_BEFORE = re.compile(r"(?:原创[ \u3000]{1,3})?(?P<outlet>[\u4e00-\u9fffA-Za-z0-9·]{2,20})[ \u3000]{1,3}")
# 顶端新闻·江城商报记者何清 · 《棱镜》作者 何清
REPORTERS_OUTLET = re.compile(
    r"(?:^|[□■ \u3000·])《?(?P<outlet>[\u4e00-\u9fff]{2,12}?)》?(?:首席|见习|实习)?(?:记者|作者)"
)
DATE_WORDS = ("时间", "日期", "发布", "发表", "更新", "发稿", "原创", "作者", "编辑", "字号")
OUTLET_ENDS = tuple("网 报 社 台 刊 周刊 杂志 新闻 在线 客户端 频道 通讯 报道 论坛 传媒 电视 广播".split())
SITE_NAMES = ("og:site_name", "sitename")
WEAK_SITE_NAMES = ("application-name", "apple-mobile-web-app-title", "dc.publisher")
SITE_END = re.compile(r"(?:[网报台社站]|网站|门户|日报|\.com|\.cn)$", re.IGNORECASE)
SOURCE_NAMES = ("contentsource", "source", "citation_journal_title", "mediaid", "article:source", "dc.source")
NO_SOURCE = frozenset("原创 本站 本站原创 未知 不详 网络 网站 作者 来源 佚名 其他 其它".split())
SEPARATOR = re.compile(r"[ \u3000]{0,3}(?:_+|\||｜|--+| - |-(?=[^-]{2,30}$)|–|—(?!—)|»)[ \u3000]{0,3}")
LABEL_START = re.compile(r"^(?:文章)?来源[:：][ \u3000]{0,3}")
CODE = re.compile(r"[A-Za-z]{0,4}\d{2,}")


def find_source(around: Surroundings) -> str:
    """Return the outlet the page says the text came from, or ""; a person's name there is an author, not an outlet.

    >>> find_source(Surroundings(below_title=["2015-05-21 05:03 来源: 江城日报(广州)"]))
    '江城日报'
    """
    printed = [value for line in around.label_lines() for value in _sources(line)]
    by_date = [outlet for line in around.below_title for outlet in _outlets_by_date(line)]
    named = [tidy(LABEL_START.sub("", around.first_meta(name))) for name in SOURCE_NAMES]
    for value in (*printed, *by_date, *map(_account, around.accounts), *named, *_reporters_outlets(around)):
        if value and value not in NO_SOURCE and (not is_name(value) or value.endswith(OUTLET_ENDS)):
            return value
    return ""


def find_site(around: Surroundings, head_title: str) -> str:
    """Return the name of the site: what its head says, else the end of `<title>`."""
    named = around.first_meta(*SITE_NAMES)
    if named:
        return SEPARATOR.split(named)[0][:LONGEST_NAME].strip()
    parts = [part.strip() for part in SEPARATOR.split(head_title)[1:] if part and part.strip() not in around.title]
    parts = [part for part in parts if 2 <= len(part) <= 30]
    ending = [part for part in parts if SITE_END.search(part)] or parts[-1:]
    return ending[-1] if ending else around.first_meta(*WEAK_SITE_NAMES)[:LONGEST_NAME]


def find_editor(around: Surroundings) -> str:
    """Return the editor as printed; 责任编辑 goes before 编辑, and the head of the page is asked last.

    >>> find_editor(Surroundings(tail=["（编辑：甄小雨）", "【责任编辑：何清】"]))
    '何清'
    """
    labels = [label for line in around.label_lines() for label in labels_of(line) if label.kind == "editor"]
    labels.sort(key=lambda label: "责" not in label.label and "責" not in label.label)
    for value in (tidy(label.value) for label in labels):
        if value and not CODE.fullmatch(value) and any(map(str.isalpha, value)):
            return value
    named = around.first_meta("editor", "责任编辑")
    return named if named and is_name(named) else ""


def persons_in_source(around: Surroundings) -> list[str]:
    """Return the persons named where the source should stand (来源: 尹小娟)."""
    return [
        name
        for line in around.label_lines()
        for label in labels_of(line)
        if label.kind == "original_source" and is_name(label.value)
        for name in split_names(label.value)
    ]


def tidy(value: str) -> str:
    """Return a label's value without brackets, title marks and the town of the newsroom."""
    value = COMMENTS.sub("", value).strip(" \u3000[]［］【】《》|｜丨,，;；。")
    value = TOWN.sub("", value).strip(" \u3000()（）《》")
    return value if len(value) <= LONGEST_NAME else ""


def _account(line: str) -> str:
    return tidy(line.removeprefix("原创"))


def _sources(line: str) -> list[str]:
    labelled = [tidy(label.value) for label in labels_of(line) if label.kind == "original_source"]
    return labelled or [tidy(match[1]) for match in BARE_SOURCE.finditer(line[:LONGEST_DATE_LINE])]


def _reporters_outlets(around: Surroundings) -> list[str]:
    """The outlets whose reporters sign above or below the text."""
    lines = [line for line in (*around.below_title, *around.opening, *around.closing) if len(line) <= LONGEST_NAME]
    signed = [match for line in lines for match in REPORTERS_OUTLET.finditer(line)]
    return [match["outlet"] for match in signed if match["outlet"].endswith(OUTLET_ENDS) or "》" in match[0]]


def _outlets_by_date(line: str) -> list[str]:
    if len(line) > LONGEST_DATE_LINE:
        return []
    dates = [found for found in find_dates(line) if found.precision in ("day", "time")]
    if not dates:
        return []
    after = [match[1] for match in OUTLET.finditer(line[dates[-1].end :]) if match[1].endswith(OUTLET_ENDS)]
    before = OUTLET_BEFORE.fullmatch(line[: dates[0].start])
    if not after and before and not any(word in before["outlet"] for word in DATE_WORDS):
        return [before["outlet"]]
    return after
