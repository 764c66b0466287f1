"""Where a text came from, on whose site it stands, and who edited it there."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from articles.chinese.dates import find_dates
from articles.chinese.names import is_name, split_names
from articles.chinese.scripts import to_simplified
from articles.intake.metadata import persons, units
from articles.intake.metadata.found import Found, in_head
from articles.intake.metadata.keywords import find_breadcrumb
from articles.intake.metadata.published import ISSUE
from articles.intake.metadata.surroundings import Surroundings, labels_of
from articles.intake.metadata.title import letters
from articles.restoration.detectors.suspect_site import WORDS as SUSPECT

LONGEST_NAME = 60
LONGEST_DATE_LINE = 120
LONGEST_HEAD_TITLE = 300
LONGEST_ADDRESS_LINE = 500

# ::青石县党建网::
SITE_EDGES = " \u3000:：·*-=【】[]"
# 21世纪经济报道(广州): the town of the newsroom
TOWN = re.compile(r"[（(][\u4e00-\u9fff]{2,4}[)）]$")
# 来源CSDN: a label without its colon, set off by bars
BARE_SOURCE = re.compile(
    r"(?:^|[|｜丨 ])[ \u3000]{0,3}来源(?:于[:：])?[ \u3000]{0,3}([^|｜丨:：]{2,30}?)[ \u3000]{0,3}(?=[|｜丨]|$)"
)
# 江城商报 举报 · 浪潮新闻∙ 长三角政商 >
BUTTONS_BEHIND = re.compile(
    r"(?:[ \u3000]{1,3}(?:举报|打印|收藏|纠错|评论|分享|关注|\+关注|字号|点击).{0,20}|[∙•].{0,30}|[ ]{0,2}[>›»])$"
)
COMMENTS = re.compile(r"[ \u3000]{1,4}(?:网友)?评论.{0,20}$")
# after the date of a news line: 2005年03月21日 11:21 《理财周刊》
OUTLET = re.compile(r"《?([\u4e00-\u9fffA-Za-z0-9·]{2,20})》?")
# 江城日报 2013-10-21 17:06 · 原创 江城观察 2013-10-21
OUTLET_BEFORE = re.compile(
    r"(?:原创[ \u3000]{1,3}(?:[\u4e00-\u9fff·]{2,6}[ \u3000]{1,3})?)?"
    r"(?P<outlet>[\u4e00-\u9fffA-Za-z0-9·]{2,20})[ \u3000]{1,3}"
)
# 江城日报 · 江城新闻客户端: names that nothing but an outlet has
PAPER = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:[日晚早晨时商周]报|都市报|青年报|新闻网|广播网|周刊|杂志|通讯社|电视台|客户端)"
)
# 江城晚报 07-11 06:05
YEARLESS = re.compile(
    r"(?P<outlet>[\u4e00-\u9fff]{2,20})[ \u3000]{1,3}\d{1,2}[-/月]\d{1,2}日?[ \u3000]{1,3}\d{1,2}:\d{2}"
)
# 顶端新闻·江城商报记者何清 · 《棱镜》作者 何清
REPORTERS_OUTLET = re.compile(
    r"(?:^|[□■ \u3000·])《?(?P<outlet>[\u4e00-\u9fff]{2,12}?)》?(?:首席|见习|实习)?(?:记者|作者)"
)
DATE_WORDS = ("时间", "日期", "发布", "发表", "更新", "发稿", "原创", "作者", "编辑", "字号")
OUTLET_ENDS = tuple("网 报 社 台 刊 周刊 杂志 新闻 在线 客户端 频道 通讯 报道 论坛 传媒 电视 广播".split())
SITE_NAMES = ("og:site_name", "sitename")
WEAK_SITE_NAMES = ("application-name", "apple-mobile-web-app-title", "dc.publisher")
# 江视网(jiangshi.example)
DOMAIN_BEHIND = re.compile(r"[ ]?[（(][\w.-]{4,60}[)）]$")
SITE_END = re.compile(
    r"(?:[网报台社站]|网站|门户|日报|在线|论坛|文库|评论|医院|大学|学院|学校|[中小]学|党校|协会|学会|政府|[书图博]\w{1,2}馆|研究[院所]|中心|\.com|\.cn)$",
    re.IGNORECASE,
)
SOURCE_NAMES = ("contentsource", "source", "mediaid", "article:source", "dc.source")
# 江城日报 记者 何清: the outlet ends where its reporter begins
STAFF_BEHIND = re.compile(r"[ \u3000]{1,4}(?:本报|特约|见习|首席)?(?:记者|通讯员|作者|评论员|编辑)(?:[ \u3000]|$)")
# 《江城评论》2013年第3期
JOURNAL = re.compile(r"《([^《》]{2,30})》[ \u3000]{0,3}\d{4}年(?:第\d{1,3}卷)?第\d{1,3}期")
# 江城学刊 2018 年第 3 期
JOURNAL_NAME = re.compile(r"[\u4e00-\u9fff]{3,20}")
NEAR = 12
# 本文原载于《江城学报》2012年第2期 · 选自《江城诗刊》 · 刊载于江城生活周刊2017年第40期 · 来自微信公众号“江城观察”
CREDITED = re.compile(
    r"(?:^|[\s（(【：:，。])(?:本文|文章|原文|作品)?"
    r"(?:原载|首发|首刊|刊载|刊发|刊登|发表|转载|选自|摘自|节选自|来自|来源)(?:于|自)?[:： ]{0,2}"
    r"(?:微信)?(?:公众号|公号|客户端|账号)?[:： ]{0,2}"
    r"(?:[《“「](?P<quoted>[^《》“”「」]{2,30})[》”」]|(?P<plain>[\u4e00-\u9fff·]{2,20}?)(?=\d{4}年第?\d))"
)
# 本文地址: https://… 转载请注明出处
OWN_ADDRESS = re.compile(
    r"(?:(?:本文|原文)(?:地址|链接|网址)|^(?:网址|链接))[:：][ \u3000]{0,3}(https?://[\w./?=&%#:~+-]{4,400})"
)
# names under which systems sign what nobody signed
LOGINS = frozenset("admin administrator root webmaster system editor user guest test".split())
NO_SOURCE = frozenset(
    "原创 本站 本站原创 未知 不详 网络 网站 作者 来源 佚名 其他 其它 举报 通报 汇报 预报 本报 本刊 本网".split()
)
# 发表时间： 27/01/2025 · 7 分钟: how long it takes to read
MEASURE = re.compile(r"\d{1,6}[ \u3000]?(?:分钟|分鐘|字|次|人)")
SEPARATOR = re.compile(r"[ \u3000]{0,3}(?:_+|\||｜|>{1,2}|›|--+| - |-(?=[^-]{2,30}$)|–|—(?!—)|»)[ \u3000]{0,3}")
LABEL_START = re.compile(r"^(?:文章)?来源[:：][ \u3000]{0,3}")
EDITOR_END = re.compile("返回|查看|点击|關注|关注")
# 秦望舒_NN1234 · 叶知秋 PN044
STAFF_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])[ _]{0,2}[A-Za-z]{1,4}\d{2,8}$")
CODE = re.compile(r"[A-Za-z]{0,4}\d{2,}")


def find_source(around: Surroundings) -> Found[str]:
    """Return the outlet the page says the text came from, or ""; a person's name there is an author, not an outlet.

    >>> find_source(Surroundings(below_title=["2015-05-21 05:03 来源: 江城日报(广州)"]))
    Found(value='江城日报', rule='label', line='2015-05-21 05:03 来源: 江城日报(广州)', place='')
    """
    return next((found for found in _outlets(around) if _is_outlet(found.value)), Found(""))


def find_sources(around: Surroundings) -> list[str]:
    """Return every outlet the page prints as the text's source, the likeliest first.

    >>> find_sources(Surroundings(below_title=["来源：江城网"], tail=["来源：《江城日报》　作者：温小舟"]))
    ['江城网', '江城日报']
    """
    printed = (found.value for found in (*_labelled(around), *_beside_dates(around), *_credited(around)))
    return list(dict.fromkeys(filter(_is_outlet, printed)))


def _outlets(around: Surroundings) -> Iterator[Found[str]]:
    """Every candidate for the source, the likeliest first."""
    yield from _labelled(around)
    yield from _beside_dates(around)
    yield from _alone(around)
    yield from _credited(around)
    journal = around.said("citation_journal_title")
    yield replace(journal, rule="journal")
    yield from _journals(around)
    yield around.said("script:account")
    for line in around.accounts:
        if not _names_persons(line) and not labels_of(line):
            yield Found(tidy(line.removeprefix("原创")), "account", line)
    for name in SOURCE_NAMES:
        yield in_head(tidy(LABEL_START.sub("", around.first_meta(name))), name)
    yield from _reporters_outlets(around)


def _labelled(around: Surroundings) -> Iterator[Found[str]]:
    return (Found(value, "label", line) for line in around.label_lines() for value in _sources(line))


def _beside_dates(around: Surroundings) -> Iterator[Found[str]]:
    return (Found(outlet, "beside_date", line) for line in around.below_title for outlet in _outlets_by_date(line))


def _alone(around: Surroundings) -> Iterator[Found[str]]:
    """A newspaper's name alone on a line right above or below the date."""
    for line, beside in (
        *pairwise(around.below_title),
        *((under, over) for over, under in pairwise(around.below_title)),
    ):
        if PAPER.fullmatch(to_simplified(line[:LONGEST_NAME])) and find_dates(beside[:LONGEST_DATE_LINE]):
            yield Found(line, "beside_date", line)


def _credited(around: Surroundings) -> Iterator[Found[str]]:
    """What a sentence beside the text says of its first printing."""
    for line in (*around.below_title, *around.closing, *around.tail, *around.opening[:1]):
        match = CREDITED.search(to_simplified(line[:LONGEST_DATE_LINE])) if len(line) <= LONGEST_DATE_LINE else None
        # 本文摘自《山川旧账》，江城人民出版社: a book is no outlet
        if match and "出版社" not in line:
            start, end = match.span("quoted" if match["quoted"] else "plain")
            yield Found(tidy(line[start:end]), "credit", line)


def _is_outlet(value: str) -> bool:
    return (
        bool(value)
        and "”" not in value
        and value not in NO_SOURCE
        and not MEASURE.fullmatch(value)
        and (not is_name(value) or value.endswith(OUTLET_ENDS))
    )


def find_site(around: Surroundings, head_title: str) -> Found[str]:
    """Return the name of the site: what its head says, else the end of `<title>`, else the first step of the path.

    A title that advertises betting is not the site's: its address has changed hands.
    """
    if SUSPECT.search(head_title[:LONGEST_HEAD_TITLE]):
        return Found("")
    named = around.said(*SITE_NAMES)
    if named:
        return replace(named, value=SEPARATOR.split(named.value)[0][:LONGEST_NAME].strip())
    steps = [part.strip(SITE_EDGES) for part in SEPARATOR.split(head_title) if part and part.strip(SITE_EDGES)]
    parts = [DOMAIN_BEHIND.sub("", part) for part in steps[1:] if part not in around.title]
    parts = [part for part in parts if 2 <= len(part) <= 30]
    if not parts and steps and letters(steps[0]) not in letters(around.title):
        # Site - Title, or the site alone
        parts = [
            part for part in steps[:1] if len(part) <= 30 and (len(steps) > 1 or SITE_END.search(to_simplified(part)))
        ]
    ending = [part for part in parts if SITE_END.search(to_simplified(part))] or (
        steps[:1] if len(steps) > 2 and SITE_END.search(to_simplified(steps[0])) else parts[-1:]
    )
    if ending:
        return in_head(ending[-1].removeprefix("手机"), head_title, "head_title")
    weak = around.said("ld:publisher", *WEAK_SITE_NAMES)
    return replace(weak, value=weak.value[:LONGEST_NAME], rule="weak_meta") if weak else _home(around)


def _home(around: Surroundings) -> Found[str]:
    """The site at the head of the path of channels: 江城公文网>>文秘写作>>随笔."""
    path = find_breadcrumb(around)
    home = next(iter(path.value), "")
    return Found(home, "path", path.line) if SITE_END.search(to_simplified(home)) else Found("")


def find_address(around: Surroundings) -> Found[str]:
    """Return the address that the page prints as its own, or "".

    >>> find_address(Surroundings(tail=["本文地址:https://villages.example/a/12.html 转载请注明出处"])).value
    'https://villages.example/a/12.html'
    """
    for line in (*around.closing, *around.tail, *around.below_title):
        if match := OWN_ADDRESS.search(to_simplified(line[:LONGEST_ADDRESS_LINE])):
            return Found(match[1], "printed", line)
    return Found("")


def find_editor(around: Surroundings) -> Found[str]:
    """Return the editor as printed; 责任编辑 goes before 编辑, and the head of the page is asked last.

    Neither a login nor a site edits: what stands there in a person's stead is left out.

    >>> find_editor(Surroundings(tail=["（编辑：甄小雨）", "【责任编辑：何清】"])).value
    '何清'
    """
    labels = [(label, line) for line in around.label_lines() for label in labels_of(line) if label.kind == "editor"]
    labels.sort(key=lambda pair: "责" not in pair[0].label and "責" not in pair[0].label)
    for label, line in labels:
        value = STAFF_NUMBER.sub("", EDITOR_END.split(tidy(label.value))[0])
        if _may_edit(value):
            return Found(value, "label", line)
    named = around.said("editor", "责任编辑")
    return named if is_name(named.value) else Found("")


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
    value = BUTTONS_BEHIND.sub("", COMMENTS.sub("", value.partition("》")[0]))
    value = value.removeprefix("于 ").strip(" \u3000[]［］【】《》|｜丨,，;；。")
    value = TOWN.sub("", value).strip(" \u3000()（）《》")
    return value if len(value) <= LONGEST_NAME else ""


def _may_edit(value: str) -> bool:
    if (
        value.lower() in LOGINS
        or (value.isascii() and value.islower())
        or CODE.fullmatch(value)
        or not any(map(str.isalpha, value))
    ):
        return False
    return not SITE_END.search(to_simplified(value)) or bool(split_names(value))


def _names_persons(line: str) -> bool:
    """Whether a line that a page marks as author or account names persons, perhaps with their units."""
    return bool(persons.alone(line) or units.read([line]))


def _journals(around: Surroundings) -> list[Found[str]]:
    lines = (*around.below_title, *around.opening, *around.closing, *around.head[-NEAR:])
    quoted = [
        Found(match[1], "journal", line) for line in lines for match in JOURNAL.finditer(line[:LONGEST_DATE_LINE])
    ]
    issues = [
        (line[: issue.start()].strip(" \u3000.,，·"), line)
        for line in lines
        if (issue := ISSUE.search(line[:LONGEST_DATE_LINE]))
    ]
    return quoted or [Found(name, "journal", line) for name, line in issues if JOURNAL_NAME.fullmatch(name)]


def _sources(line: str) -> list[str]:
    labelled = [tidy(part(label.value)[0]) for label in labels_of(line) if label.kind == "original_source"]
    return labelled or [tidy(match[1]) for match in BARE_SOURCE.finditer(line[:LONGEST_DATE_LINE])]


def _reporters_outlets(around: Surroundings) -> list[Found[str]]:
    """The outlets whose reporters sign above or below the text."""
    lines = [line for line in (*around.below_title, *around.opening, *around.closing) if len(line) <= LONGEST_NAME]
    signed = [(match, line) for line in lines for match in REPORTERS_OUTLET.finditer(line)]
    return [
        Found(match["outlet"], "reporter", line)
        for match, line in signed
        if match["outlet"].endswith(OUTLET_ENDS) or "》" in match[0]
    ]


def _outlets_by_date(line: str) -> list[str]:
    if len(line) > LONGEST_DATE_LINE:
        return []
    if yearless := YEARLESS.fullmatch(line):
        return [yearless["outlet"]] if to_simplified(yearless["outlet"]).endswith(OUTLET_ENDS) else []
    dates = [found for found in find_dates(line) if found.precision in ("day", "time")]
    if not dates:
        return []
    after = [
        match[1] for match in OUTLET.finditer(line[dates[-1].end :]) if to_simplified(match[1]).endswith(OUTLET_ENDS)
    ]
    before = OUTLET_BEFORE.fullmatch(line[: dates[0].start])
    if not after and before and not any(word in before["outlet"] for word in DATE_WORDS):
        return [before["outlet"]]
    return after
