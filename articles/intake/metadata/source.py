"""Where a text came from, on whose site it stands, and who edited it there."""

import re

from articles.chinese.dates import find_dates
from articles.chinese.names import is_name, split_names
from articles.chinese.scripts import to_simplified
from articles.intake.metadata import persons, units
from articles.intake.metadata.keywords import find_breadcrumb
from articles.intake.metadata.surroundings import Surroundings, labels_of
from articles.restoration.detectors.suspect_site import WORDS as SUSPECT

LONGEST_NAME = 60
LONGEST_DATE_LINE = 120
LONGEST_HEAD_TITLE = 300
LONGEST_ADDRESS_LINE = 500

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
SITE_END = re.compile(r"(?:[网报台社站]|网站|门户|日报|在线|论坛|文库|评论|\.com|\.cn)$", re.IGNORECASE)
SOURCE_NAMES = ("contentsource", "source", "mediaid", "article:source", "dc.source")
# 江城日报 记者 何清: the outlet ends where its reporter begins
STAFF_BEHIND = re.compile(r"[ \u3000]{1,4}(?:本报|特约|见习|首席)?(?:记者|通讯员|作者|评论员|编辑)(?:[ \u3000]|$)")
# 《江城评论》2013年第3期
JOURNAL = re.compile(r"《([^《》]{2,30})》[ \u3000]{0,3}\d{4}年(?:第\d{1,3}卷)?第\d{1,3}期")
# 本文地址: https://… 转载请注明出处
OWN_ADDRESS = re.compile(r"(?:本文|原文)(?:地址|链接|网址)[:：][ \u3000]{0,3}(https?://[\w./?=&%#:~+-]{4,400})")
# names under which systems sign what nobody signed
LOGINS = frozenset("admin administrator root webmaster system editor user guest test".split())
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
    journal = [around.first_meta("citation_journal_title"), *_journals(around)]
    accounts = [tidy(line.removeprefix("原创")) for line in around.accounts if not _names_persons(line)]
    for value in (*printed, *by_date, *journal, *accounts, *named, *_reporters_outlets(around)):
        if value and value not in NO_SOURCE and (not is_name(value) or value.endswith(OUTLET_ENDS)):
            return value
    return ""


def find_site(around: Surroundings, head_title: str) -> str:
    """Return the name of the site: what its head says, else the end of `<title>`, else the first step of the path.

    A title that advertises betting is not the site's: its address has changed hands.
    """
    if SUSPECT.search(head_title[:LONGEST_HEAD_TITLE]):
        return ""
    named = around.first_meta(*SITE_NAMES)
    if named:
        return SEPARATOR.split(named)[0][:LONGEST_NAME].strip()
    parts = [part.strip() for part in SEPARATOR.split(head_title)[1:] if part and part.strip() not in around.title]
    parts = [part for part in parts if 2 <= len(part) <= 30]
    ending = [part for part in parts if SITE_END.search(to_simplified(part))] or parts[-1:]
    return ending[-1] if ending else around.first_meta(*WEAK_SITE_NAMES)[:LONGEST_NAME] or _home(around)


def _home(around: Surroundings) -> str:
    """The site at the head of the path of channels: 江城公文网>>文秘写作>>随笔."""
    home = next(iter(find_breadcrumb(around)), "")
    return home if SITE_END.search(to_simplified(home)) else ""


def find_address(around: Surroundings) -> str:
    """Return the address that the page prints as its own, or "".

    >>> find_address(Surroundings(tail=["本文地址:https://villages.example/a/12.html 转载请注明出处"]))
    'https://villages.example/a/12.html'
    """
    lines = (to_simplified(line[:LONGEST_ADDRESS_LINE]) for line in (*around.closing, *around.tail))
    return next((match[1] for line in lines if (match := OWN_ADDRESS.search(line))), "")


def find_editor(around: Surroundings) -> str:
    """Return the editor as printed; 责任编辑 goes before 编辑, and the head of the page is asked last.

    Neither a login nor a site edits: what stands there in a person's stead is left out.

    >>> find_editor(Surroundings(tail=["（编辑：甄小雨）", "【责任编辑：何清】"]))
    '何清'
    """
    labels = [label for line in around.label_lines() for label in labels_of(line) if label.kind == "editor"]
    labels.sort(key=lambda label: "责" not in label.label and "責" not in label.label)
    for value in (tidy(label.value) for label in labels):
        if _may_edit(value):
            return value
    named = around.first_meta("editor", "责任编辑")
    return named if named and is_name(named) else ""


def persons_in_source(around: Surroundings) -> list[str]:
    """Return the persons named where the source should stand (来源: 尹小娟)."""
    values = [
        label.value for line in around.label_lines() for label in labels_of(line) if label.kind == "original_source"
    ]
    return [name for value in values for name in (split_names(value) if is_name(value) else part(value)[1])]


def part(value: str) -> tuple[str, list[str]]:
    """Part an outlet from the persons printed behind it.

    >>> part("江城日报 记者 温小舟"), part("江城在线评论频道 温小舟")
    (('江城日报', ['温小舟']), ('江城在线评论频道', ['温小舟']))
    """
    staff = STAFF_BEHIND.search(value)
    if staff:
        return value[: staff.start()], persons.with_role(value[staff.end() :])
    outlet, _, behind = value.rpartition(" " if " " in value else "\u3000")
    if len(outlet) > 3 and is_name(behind) and not behind.endswith(OUTLET_ENDS):
        return outlet.strip(), [behind]
    return value, []


def tidy(value: str) -> str:
    """Return a label's value without brackets, title marks and the town of the newsroom."""
    value = COMMENTS.sub("", value).strip(" \u3000[]［］【】《》|｜丨,，;；。")
    value = TOWN.sub("", value).strip(" \u3000()（）《》")
    return value if len(value) <= LONGEST_NAME else ""


def _may_edit(value: str) -> bool:
    if value.lower() in LOGINS or CODE.fullmatch(value) or not any(map(str.isalpha, value)):
        return False
    return not SITE_END.search(to_simplified(value)) or bool(split_names(value))


def _names_persons(line: str) -> bool:
    """Whether a line that a page marks as author or account names persons, perhaps with their units."""
    return bool(persons.alone(line) or units.read([line]))


def _journals(around: Surroundings) -> list[str]:
    lines = (*around.below_title, *around.opening, *around.closing)
    return [match[1] for line in lines for match in JOURNAL.finditer(line[:LONGEST_DATE_LINE])]


def _sources(line: str) -> list[str]:
    labelled = [tidy(part(label.value)[0]) for label in labels_of(line) if label.kind == "original_source"]
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
