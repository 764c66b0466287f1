"""Words a site has put into the text: stock links, calls to its app or its account, its own name and address."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "injected_text"
SEVERITY = "warning"


@dataclass(frozen=True, slots=True)
class Insert:
    """A class of inserted words: its pattern, words of which it holds one, and how sure it is."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    confidence: float


_STOCK_WORD = "(?:股吧|行情|诊股|资讯|资金流向|资金|研报|净值|爱基|基金吧|主力买卖|买入|点评|专区|咨询|自选股|加自选)"
_FIGURE = r"(?:[A-Z]{2}\d{6}|\d{5,6}(?:\.[A-Z]{2})?|[+-]?\d{1,6}\.\d{1,3}[%％]?)"
_COMMA = "[,， \u3000]{1,2}"
_REST = r"[^。！？\n]"
_CLAUSE = r"[^。！？，\n]"

INSERTS = (
    # 老百姓(603883,股吧) · 某公司（00700.HK，行情）
    Insert(
        re.compile(rf"[（(\[](?:{_FIGURE}{_COMMA}){{1,4}}{_STOCK_WORD}(?:{_COMMA}{_STOCK_WORD}){{0,5}}[)）\]]"),
        ("股吧", "行情", "诊股", "资讯", "资金", "净值", "买入", "自选"),
        0.95,
    ),
    # 某基金(爱基,净值,资讯) · 某公司[-0.25% 资金 研报]
    Insert(
        re.compile(rf"[（(\[]{_STOCK_WORD}(?:{_COMMA}{_STOCK_WORD}){{1,5}}[)）\]]"),
        ("股吧", "行情", "诊股", "资讯", "资金", "净值", "买入", "自选"),
        0.95,
    ),
    # 某公司(12.34, -0.05, -0.40%)
    Insert(
        re.compile(r"[（(]\d{1,5}\.\d{2,3}[,，] ?[+-]?\d{1,4}\.\d{2,3}[,，] ?[+-]?\d{1,3}\.\d{2}[%％][)）]"),
        ("%", "％"),
        0.9,
    ),
    # 某人[微博]
    Insert(re.compile(r"(?:\[ ?微博 ?\]|\(微博\)|\[简介 最新动态\])"), ("微博", "最新动态"), 0.85),
    Insert(
        re.compile(
            rf"(?:请前往|请下载|下载|打开){_REST}{{1,12}}(?:APP|App|app|客户端){_REST}{{0,12}}(?:阅读|查看|全文)[。！]?"
        ),
        ("APP", "App", "app", "客户端"),
        0.9,
    ),
    Insert(
        re.compile(
            rf"[（(【\[]?(?:更多精彩|更多资讯|更多内容|欢迎关注){_REST}{{0,20}}(?:公众号|关注|扫码|二维码){_REST}{{0,20}}[。！)）】\]]?"
        ),
        ("更多", "欢迎关注"),
        0.7,
    ),
    Insert(
        re.compile(
            rf"更多{_CLAUSE}{{0,12}}(?:请|敬请|就在|尽在)(?:关注|点击|访问|登录|登陆|搜索|下载|收听){_REST}{{0,40}}[。！]?"
        ),
        ("更多",),
        0.7,
    ),
    Insert(re.compile(r"收听本文(?: ?\d{2}:\d{2} ?/ ?\d{2}:\d{2})?"), ("收听本文",), 0.9),
    Insert(
        re.compile(
            r"(?:点击|长按|扫描|扫一扫)(?:上方|下方|左下角|右上角|图片|识别|关注|查看|阅读|进入|下载){1,3}"
            rf"(?:蓝字|全文|原文|更多|详情|专题|二维码|{_CLAUSE}{{0,6}}公众号){_CLAUSE}{{0,12}}[。！]?"
        ),
        ("点击", "长按", "扫描", "扫一扫"),
        0.7,
    ),
    # 本文来自江城网 · 本文由江城范文网整理
    Insert(
        re.compile(
            r"(?:^|(?<=[。！？ ]))[（(]?本文(?:来自|来源于?|转自|转载自|摘自|由)[:：]?(?!作者|记者|据|根据)"
            rf"{_CLAUSE}{{0,20}}"
            r"(?:网站?|公众号|平台|文库|范文|https?://[!-~]{4,60}|www\.[!-~]{4,60})"
            r"(?:提供|整理|首发|发布|收集|编辑|原创|分享|[，,]){0,3}[)）]?[。！]?"
        ),
        ("本文",),
        0.8,
    ),
    # 听念账（来源：江城网）的人: a credit belongs behind a text, not into a sentence
    Insert(
        re.compile(r"[（(](?:来源|摘自|转自|转载自)[:：][^()（）\n]{1,20}(?:网站?|在线|频道)[)）](?=[\u4e00-\u9fff])"),
        ("来源", "摘自", "转自", "转载自"),
        0.7,
    ),
    Insert(re.compile(rf"转载请(?:注明|标明|保留){_REST}{{0,40}}[。！]?"), ("转载请",), 0.8),
    # 返回江城网首页>>
    Insert(re.compile(r"[\[（(]?返回[\u4e00-\u9fff]{0,8}首页(?:[\]）)]|>{1,3}|》{1,3})"), ("首页",), 0.9),
    Insert(re.compile(r"[\[【](?:查看全文|阅读全文|详细|阅读原文)[\]】]$"), ("[", "【"), 0.8),
)
# www.villages.example in the middle of a sentence, where nobody is told to go there
ADDRESS = re.compile(
    r"(?<![到至在为是见录陆问入于A-Za-z\d/.@-])[（(]?(?:https?://)?www\.([a-z0-9-]{2,40}\.[a-z.]{2,12})/?[)）]?(?=[\u4e00-\u9fff])"
)
FEWEST_ADDRESSES = 2


def detect(text: Text) -> Iterator[Finding]:
    """Yield what was put in; the suggestion is to take it out."""
    blocks = text.simplified()
    whole = "\n".join(blocks)
    possible = [insert for insert in INSERTS if any(word in whole for word in insert.words)]
    for number, block in enumerate(blocks):
        found = [(match, each.confidence) for each in possible for match in each.pattern.finditer(block)]
        found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
        free_from = 0
        for match, confidence in found:
            if match.start() >= free_from:
                free_from = match.end()
                stands = text.blocks[number][match.start() : match.end()]
                yield Finding(CODE, SEVERITY, number, *match.span(), stands, "", confidence)
    if whole.count("www.") >= FEWEST_ADDRESSES:
        yield from _watermarks(text)


def _watermarks(text: Text) -> Iterator[Finding]:
    """Yield the addresses of one site that stand in several sentences."""
    found = [(number, match) for number, block in enumerate(text.blocks) for match in ADDRESS.finditer(block)]
    times = Counter(match[1] for _, match in found)
    for number, match in found:
        if times[match[1]] >= FEWEST_ADDRESSES:
            yield Finding(CODE, SEVERITY, number, *match.span(), match[0], "", 0.7)
