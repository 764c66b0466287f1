"""What is text and what is furniture: the lines a page sets around an article."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from articles.chinese.dates import find_dates, find_impossible
from articles.chinese.scripts import to_simplified
from articles.intake.metadata.keywords import ABSTRACT
from articles.intake.metadata.source import PAPER
from articles.intake.metadata.surroundings import LISTED, labels_of, lacks_value, may_be_value
from articles.intake.metadata.title import DASH_LINE, LONGEST_TITLE, ORIGINAL, letters

LONGEST_LINE = 2_000
LONGEST_FURNITURE = 120
LONGEST_LABEL_LINE = 160
# how much of the running text may stand behind a mark that ends the article
LARGEST_TAIL = 0.3
DEEPEST_HEAD = 16
# what a subtitle (——记东山镇的会) does not end with, and a person's speech does
SPOKEN = tuple("。？！…”：")
LONG_SENTENCE = 60
# of the article's first sentences; a line of the head may follow a shorter summary
LONG_OPENING = 40
FEWEST_TEASERS = 2

# 相关阅读 · 上一篇：… · 版权声明：… : from here on the page is about something else. Words that prose may begin with
# (相关报道说…, 举报要有回音) count only where no Chinese character follows
END = re.compile(
    r"^[\W_]{0,6}(?:(?:相关(?:阅读|新闻|文章|链接|报道|推荐|专题|资讯|内容|附件|搜索|稿件|主题(?:内容)?)|延伸阅读|推荐阅读|阅读推荐|"
    r"推荐(?:文章|新闻|访问)|猜你喜欢|为[你您]推荐|(?:网友|读者)(?:互动|热议|留言|点评)|共享此文章?|热门(?:文章|推荐|新闻|评论|排行|点击)|最新(?:文章|评论|新闻|文档)|"
    r"更多(?:相关)?(?:文章|新闻|评论|内容|报道)|免责声明|特别声明|郑重声明|版权(?:声明|说明)|举报|扫码|扫一扫|友情链接|网友评论|收藏|打印)"
    r"(?:列表|>|更多)?(?![\u4e00-\u9fff])|"
    r"你可能[会也]?(?:喜欢|感兴趣)|作者最新文章|更多精彩|上一[篇页条]|下一[篇页条]|返回(?:首页|顶部|列表|目录)|发表(?:评论|回复)|(?:个人)?签名[:：]|"
    r"(?:查看|全部)评论|我要(?:评论|留言|纠错|说说)|我来说两句|版权所有|(?:网站)?声明[:：]|温馨提示[:：]?$|来顶一下|"
    r"打印本[页文稿]|打印此[页文]|关闭(?:窗口|本页)|分享(?:到|至|让更多人)|扫一?[扫码](?:关注|下载|二维码|阅读|在手机)|"
    r"长按(?:识别)?二维码|微信扫|阅读(?:原文|下一篇)|本文(?:链接|地址|网址)|转载请(?:注明|保留)|免费订阅|"
    r"【?(?:发表评论|打印|推荐|收藏|纠错|评论)】|查看完整版本|powered by|copyright|©|本栏目所有文章|"
    r"[\u4e00-\u9fff]{2,6}(?:APP|客户端)$|(?:下载|打开)[^。]{0,8}(?:APP|客户端))",
    re.IGNORECASE,
)
# 网友互动 · 最新评论（12条）
READERS = re.compile(r"[\W_]{0,6}(?:网友|读者|最新|热门|全部|精彩)(?:评论|跟[帖贴]|留言|互动|回复|热议)[\W\d_条]{0,10}")
# lines of a footer, wherever they stand
FOOTER = re.compile(
    r"ICP(?:备|证)|公网安备|许可证(?:编)?号[:：]|All Rights Reserved|版权所有|违法和不良信息|"
    r"未经(?:书面)?(?:许可|允许|授权|本网|本站)[^。]{0,12}(?:不得|禁止|请勿)|不构成[^。]{0,8}投资建议|"
    r"不代表(?:本网|本站|本刊|\w{2,6})?[^。]{0,10}(?:观点|立场)|(?:仅|只)代表作者(?:本人|个人)?观点|与(?:本网|本站|本平台)无关|"
    r"如有侵权|侵权请?联系|自媒体[^。]{0,12}(?:发布|上传)|转载请(?:注明|保留|联系)|"
    r"(?:欢迎|请)关注[^。]{0,20}(?:公众号|微信号|微博)|扫码订阅|订阅[:： ]{0,2}[\w.-]{2,30}@|"
    r"本站(?:所有)?(?:资源|资料|文档|内容)[^。]{0,12}说明|(?:网站|网)[^。]{0,40}(?:搜集|收集)整理",
    re.IGNORECASE,
)
# what a journal sets between the head of an article and its text
LICENCE = re.compile(r"licensed under|Creative Commons|^(?:copyright|©)", re.IGNORECASE)
# controls that a page sets beside the title or below the text
BUTTON = re.compile(
    r"(?:[\W_]|分享到?|字号|字体|大|中|小|打印|收藏|纠错|评论|点赞|赞|赏|转发|转载|喜欢|举报|微信|微博|QQ空间|空间|朋友圈|关闭|返回|复制链接|"
    r"朗读|收听本文|下载|手机看|手机版|放大|缩小|默认|推荐|听新闻|Qzone|鲜花|握手|雷人|路过|鸡蛋|\d{1,6}|A[+-]?|页)++",
    re.IGNORECASE,
)
TRAIL = re.compile(r"[^。]{0,60}?(?:>{1,2}|»|›|＞|→)[^。]{0,200}")
PAGER = re.compile(r"(?:[\W_]{0,3}+(?:共?\d{1,3}+页?+|上一页|下一页|首页|末页|尾页|余下全文|页)){2,30}+[\W_]{0,3}")
ADDRESS = re.compile(r"(?:https?://|www\.)[\w./?=&%#:-]{4,300}", re.IGNORECASE | re.ASCII)
# what is left of a tag that lost its first bytes: ?/p>
TAG_RESIDUE = re.compile(r"[?？�<]{0,2}/?[a-z]{1,6}\d?>", re.IGNORECASE)
# 江城晚报 07-11 06:05: the year is the one of the page
YEARLESS = re.compile(r"[^\d。，；！？]{0,20}(?<!\d)\d{1,2}[-/月]\d{1,2}日?[ \u3000]{1,3}\d{1,2}:\d{2}")
# 点击上方蓝字关注我们 · 编者按：本文来自公众号“果园经济学”，经授权发布
INVITATION = re.compile(r"[\W_]{0,6}点击[^。，]{0,6}(?:蓝字|关注|[↑↓])[^。]{0,20}")
BY_LEAVE = re.compile(
    r"(?:编者按[:：][ \u3000]{0,2})?本文(?:来自|首发于?|原载于?|转载?自|由)[^。]{1,80}"
    r"授权[^。]{0,10}(?:发布|转载|刊发)[。]?"
)
# what a library of documents sets above the words of one
PREVIEW = re.compile(r"(?:文档|资源|文本|内容)(?:简介|描述|介绍|预览)[:：]?|正文[:：]")
# 口述/老海　整理/范谷雨 · 文｜柳长青 · （责任编辑　秦望舒）: roles and names, and nothing besides
_ROLE = (
    "(?:责任|本文|网络|执行|文字|图片)?编辑|[责美]编|编审|校[对審审]|审核|终审|监制|统筹|摄影?|图片?|文字?|图文|口述|整理|"
    "采写|撰文|制[图作]|排版|供稿|通讯员|录入|值班(?:主任|总编|编委)"
)
# （作者系江城大学教授） · （本文摘自《山川旧账》，江城人民出版社2019年4月）
COLOPHON = re.compile(
    r"[（(【\[](?:本文)?(?:作者(?:系|为|单位|简介|是)|(?:原文)?(?:摘自|译自|选自|节选自|原载|原刊|刊载|刊于|发表于))[^（()）]{2,120}[)）】\]][。]?"
)
_NAMES = r"[\u4e00-\u9fff·]{2,8}(?:[、 \u3000][\u4e00-\u9fff·]{2,4}(?![:：/／丨|｜︱])){0,4}"
CREDITS = re.compile(
    rf"[（(【\[]?(?:(?:{_ROLE})[ \u3000]{{0,2}}(?:[:：/／丨|｜︱]|(?<=[辑编对核审影述理写文])[ \u3000])[ \u3000]{{0,2}}"
    rf"{_NAMES}[ \u3000|｜；;，,]{{0,6}}){{1,6}}[)）】\]]?"
)
# …三日内答复。（责任编辑：何清）: run into the last sentence
EDITED = re.compile(
    r"(?<=[。！？”])[ \u3000]{0,4}[（(【\[][ \u3000]{0,2}(?:责任|本文|网络|执行|責任)?(?:编辑|责编|编审|編輯|責編)"
    r"[ \u3000:：/|丨]{1,3}"
    r"[\u4e00-\u9fffA-Za-z0-9_、 ]{2,16}[)）】\]][ \u3000]{0,4}$"
)
END_MARK = re.compile(r"[\W_]{0,3}(?:完|全文完|本文完|END|编后语)[\W_]{0,3}", re.IGNORECASE)

# labels that never stand inside an article's last lines as text
CLOSING_KINDS = frozenset({"editor", "other_staff", "clicks", "share", "size", "tags", "breadcrumb"})
OPENING_KINDS = CLOSING_KINDS | {"published", "original_source", "author", "reporter", "number"}
# 省略834字,正式会员可完整阅读 · 请前往某某APP阅读全文 · 此处内容需要权限查看
CUT_NOTICE = re.compile(
    r"省略\d{1,6}字|(?:会员|登录|付费|下载|APP|客户端)[^。]{0,12}(?:可|后|查看|阅读)[^。]{0,6}(?:全文|完整)|内容需要权限|"
    r"(?:阅读|查看)(?:全文|更多内容)[^。]{0,6}(?:请先|需要?|须)(?:登录|登陆|付费|购买|下载)|已阅读\d{1,4}页|"
    r"剩余?\d{1,3}%未读|还剩\d{1,4}页未读",
    re.IGNORECASE,
)


ASIDE = re.compile(r"跳过[^。，]{1,16}继续阅读")
ASIDE_END = re.compile(r"End of |[\u4e00-\u9fff]{2,8}结尾")
LONGEST_ASIDE = 20
Line = TypeVar("Line", bound="Liner")


class Liner(Protocol):
    """What the rules need of a line or block."""

    @property
    def text(self) -> str: ...

    @property
    def is_linked(self) -> bool: ...


def span(lines: Sequence[Liner], title: str) -> tuple[int, int]:
    """Return where the article's own text begins and ends among the lines found for it.

    Cut are the title and the label lines above the text and whatever stands below it: editors, notices, related lists.
    """
    start = _start(lines, title)
    end = _first_end(lines, start)
    while end > start + 1 and (below := _teasers(lines, start, end) or is_below(lines[end - 1])):
        end -= below
    return start, end


def without_asides(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without the boxes of other news that a page lets its readers skip.

    跳过热读并继续阅读 … End of 热读
    """
    kept: list[Line] = []
    aside: list[Line] = []
    for line in lines:
        if ASIDE.fullmatch(line.text[:LONGEST_LINE]):
            kept, aside = kept + aside, [line]
        elif aside and ASIDE_END.match(line.text):
            aside = []
        elif aside:
            aside.append(line)
        else:
            kept.append(line)
        if len(aside) > LONGEST_ASIDE:
            kept, aside = kept + aside, []
    return kept + aside


def _teasers(lines: Sequence[Liner], start: int, end: int) -> int:
    """How many lines at the end are headlines of other articles, each with its date under it."""
    count = 0
    while end - count - 2 > start and _is_day(lines[end - count - 1].text) and _is_short(lines[end - count - 2].text):
        count += 2
    return count if count > FEWEST_TEASERS else 0


def _start(lines: Sequence[Liner], title: str) -> int:
    start = passed = 0
    pieces = _pieces(lines[:DEEPEST_HEAD], title)
    for index, line in enumerate(lines[:DEEPEST_HEAD]):
        if index in pieces or is_above(line.text, title) or (start == index and _is_first_line(lines, index)):
            start, passed = index + 1, 0
            continue
        # many short paragraphs are running text too, but a short abstract is none
        is_abstract = index > 0 and bool(ABSTRACT.fullmatch(lines[index - 1].text))
        is_text = is_running(line.text) or ("。" in line.text and not labels_of(line.text))
        passed += len(line.text) if is_text and not is_abstract else 0
        if passed >= LONG_OPENING:
            break
    return start if start < len(lines) else 0


def _is_first_line(lines: Sequence[Liner], index: int) -> bool:
    """Whether the line is furniture where only such stands above it: credits, outlet, subtitle, a label's value."""
    text = lines[index].text[:LONGEST_LINE]
    is_subtitle = bool(DASH_LINE.match(text)) and not text.endswith(SPOKEN)
    is_outlet = index > 0 and bool(PAPER.fullmatch(text)) and _is_day(lines[index - 1].text)
    return is_subtitle or is_outlet or bool(CREDITS.fullmatch(text)) or _is_value(lines, index)


def _is_value(lines: Sequence[Liner], index: int) -> bool:
    """Whether the line is what the label above it lacks, or one of several such words in links."""
    if not index or not may_be_value(lines[index].text):
        return False
    above = index - 1
    while above and lines[index].is_linked and lines[above].is_linked and may_be_value(lines[above].text):
        above -= 1
    lacking = lacks_value(lines[above].text)
    return bool(lacking) and (above == index - 1 or lacking in LISTED)


def _pieces(lines: Sequence[Liner], title: str) -> set[int]:
    """The places of two or three lines on end that are the title together, as official papers print it."""
    parts, whole = [letters(line.text) for line in lines], letters(title)
    runs = [range(start, start + count) for count in (2, 3) for start in range(len(parts) - count + 1)]
    return {place for run in runs if whole and "".join(parts[at] for at in run) == whole for place in run}


def _first_end(lines: Sequence[Liner], start: int) -> int:
    shortest = LONG_SENTENCE if any(is_running(line.text) for line in lines) else 0
    running = [len(line.text) >= shortest and "。" in line.text and not line.is_linked for line in lines]
    behind = [len(line.text) if runs else 0 for line, runs in zip(lines, running, strict=True)]
    whole = left = sum(behind[start:])
    for index in range(start, len(lines)):
        text = lines[index].text[:LONGEST_LINE]
        is_small = left <= LARGEST_TAIL * whole and ends_article(text)
        # readers may write more than the author
        is_readers = whole - left >= LONG_SENTENCE and bool(READERS.fullmatch(text))
        if index > start and (is_small or is_readers):
            return index
        left -= behind[index]
    return len(lines)


def is_running(text: str) -> bool:
    """Return whether the line is running text: long, with a full stop."""
    return len(text) >= LONG_SENTENCE and "。" in text


def is_above(text: str, title: str = "") -> bool:
    """Return whether the line is one that stands between title and text: title, labels, date, path, buttons."""
    text = text[:LONGEST_LINE]
    if is_title(text, title) or ORIGINAL.match(text):
        return True
    if len(text) > LONGEST_LABEL_LINE or (text.endswith("。") and not BY_LEAVE.fullmatch(text)):
        return False
    kinds = {label.kind for label in labels_of(text)}
    if LICENCE.search(text):
        return True
    is_told = bool(kinds & OPENING_KINDS and _is_labelled(text))
    is_said = any(pattern.fullmatch(text) for pattern in (INVITATION, BY_LEAVE, PREVIEW))
    return is_told or is_said or is_date_line(text) or _is_control(text)


def is_below(line: Liner) -> bool:
    """Return whether the line is one that stands under the text: labels, links, notices, buttons."""
    text = line.text[:LONGEST_LINE]
    plain = to_simplified(text) if len(text) <= LONGEST_LABEL_LINE else text
    if not any(map(str.isalnum, text)) or line.is_linked or ends_article(text):
        return True
    if len(text) > LONGEST_LABEL_LINE or _is_day(text):
        # 2013年3月5日 at the end is the date of an official paper
        return False
    if (
        FOOTER.search(text)
        or ORIGINAL.match(text)
        or END_MARK.fullmatch(text)
        or any(pattern.fullmatch(plain) for pattern in (CREDITS, COLOPHON, INVITATION))
        or _is_control(text)
        or _is_left_over(text)
    ):
        return True
    labels = labels_of(text)
    return bool(labels) and _is_labelled(text) and labels[0].kind in OPENING_KINDS | {"keywords"}


def ends_article(text: str) -> bool:
    """Return whether what follows from this line on is no longer the article."""
    text = text[:LONGEST_LINE]
    if len(text) > LONGEST_FURNITURE and not text.startswith(("版权", "免责", "声明", "特别声明")):
        return False
    if END.match(to_simplified(text)):
        return True
    labels = labels_of(text)
    return bool(labels) and labels[0].kind in CLOSING_KINDS and _is_labelled(text)


def is_title(text: str, title: str) -> bool:
    """Return whether the line repeats the title, give or take marks and spaces."""
    if not title or len(text) > LONGEST_TITLE:
        return False
    # a hijacked site sets its own words before the title
    return letters(text) == letters(title) or (text.startswith(("[", "【")) and letters(text).endswith(letters(title)))


def is_date_line(text: str) -> bool:
    """Return whether the line is a date with at most an outlet beside it."""
    if YEARLESS.fullmatch(text):
        return True
    dates = [found for found in find_dates(text[:LONGEST_LINE]) if found.precision in ("day", "time")]
    printed = [text[found.start : found.end] for found in dates] or find_impossible(text)
    rest = len(text) - sum(map(len, printed))
    return bool(printed) and rest <= 40 and not any(stop in text for stop in "。！？；，")


def _is_day(text: str) -> bool:
    return len(text) <= 20 and is_date_line(text)


def _is_short(text: str) -> bool:
    return len(text) < LONG_SENTENCE and not text.endswith("。")


def _is_labelled(text: str) -> bool:
    """Whether the first label stands at the start of the line, after a date and the page's address at most."""
    first = labels_of(text)[0].start
    before = ADDRESS.sub("", text[:first])
    return len(before) - sum(found.end - found.start for found in find_dates(before)) <= 12


def _is_control(text: str) -> bool:
    return bool(
        BUTTON.fullmatch(text)
        or PAGER.fullmatch(text)
        or ADDRESS.fullmatch(text)
        or (TRAIL.fullmatch(text) and sum(map(text.count, (">", "»", "›", "＞"))) > 1)
    )


def _is_left_over(text: str) -> bool:
    """Whether a cut left the line behind: the notice of it, or a piece of a tag."""
    return is_cut_notice(text) or bool(TAG_RESIDUE.fullmatch(text))


def is_cut_notice(text: str) -> bool:
    """Return whether the line says that the page shows only a part of the article."""
    return len(text) <= LONGEST_FURNITURE and bool(CUT_NOTICE.search(text))
