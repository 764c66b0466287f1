"""Characters that were lost on the way and left a gap: �, □, 第届, 同比增长%, 1941519日, BSTRACT."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "lost_characters"
SEVERITY = "error"

_HAN = "\u4e00-\u9fff"
HAN = f"[{_HAN}]"
YEAR = r"(?:1[89]|20)\d{2}"
REPLACEMENT = "\ufffd"
BLANKS = ("  ", "\u3000\u3000", "\u00a0\u00a0", " \u00a0", "\u00a0 ")

# each class of gap: what is in the text wherever it is, the pattern, and how sure it is that something stood there
GAPS = (
    ((REPLACEMENT,), re.compile(f"{REPLACEMENT}{{1,200}}"), 0.95),
    # 全村□□户; □ also opens the line of a reporter, and stands in forms
    (
        ("□", "■", "〓"),
        re.compile(rf"(?<={HAN})(?<![是否男女有无])[□■〓]{{1,20}}(?=[{_HAN}，。、；])(?!本报|记者|通讯|特约|文|图|摄)"),
        0.8,
    ),
    # 用[图]表示
    (
        ("[图", "【图", "〔图", "[公式", "[表情", "[img", "[image", "[pic"),
        re.compile(rf"(?<=[{_HAN}，、：“])[\[【〔](?:图片?|公式|表情|img|image|pic)[\]】〕](?=[{_HAN}，。、；”])"),
        0.8,
    ),
    (("??",), re.compile(rf"(?<={HAN})(?<![吗呢么啊吧什])\?{{2,10}}(?={HAN})"), 0.6),
    # 同比增长%, 达到%
    (("%", "％"), re.compile(r"(?:(?:增长|增加|下降|减少|提高|上升|回落)了?|占|达|达到|超过)[%％]"), 0.9),
    # 第届 can only have had a number; 及第, 等第, 门第 are words
    (("第届", "第条", "第款"), re.compile(r"第(?<![次等门府及落科宅]第)[届条款](?![件目式项])"), 0.8),
    # 在  工作: a word that calls for another, and two blanks instead
    (BLANKS, re.compile(rf"(?<=[在于从由与和把被对为的以及到给或])[ \u3000\u00a0]{{2,8}}(?={HAN})"), 0.6),
    (BLANKS, re.compile(r"(?<=[有约达第共近])[ \u3000\u00a0]{2,8}(?=[万亿元人个家户次%％])"), 0.6),
)
PAIRS = ("（）", "()", "“”", "《》", "「」")
EMPTY = re.compile(rf"(?<={HAN})(?<![用加是为有号])(?:（）|\(\)|“”|《》|「」)(?=[{_HAN}，、；])(?!号)")
# 199112005年, 19912005年: years whose dash was lost or read as a digit
YEARS = re.compile(rf"({YEAR})(?<!\d{{5}})1?({YEAR})(?=年)")
# 1941519日: a date without its 年 and 月
DATE = re.compile(rf"({YEAR})(?<!\d{{5}})(\d{{2,4}})日")
# BSTRACT: the first letter was set as a picture, or apart
DROP_CAP = re.compile(
    r"(?<![A-Za-z])(?:(?:A )?(BSTRACT)|(?:K )?(EY ?WORDS?)|(?:I )?(NTRODUCTION)|(?:R )?(EFERENCES))(?![A-Za-z])"
)
INITIALS = "AKIR"
CAPPED = ("BSTRACT", "EYWORD", "EY WORD", "NTRODUCTION", "EFERENCES")
LONGEST_PERIOD = 150

# start, end, suggestion, confidence
Gap = tuple[int, int, str | None, float]


def detect(text: Text) -> Iterator[Finding]:
    """Yield the gaps; what stood there is proposed only where nothing else can have stood there.

    Characters that were lost without a mark give one finding at the beginning of the body.
    """
    if text.lost:
        yield Finding(CODE, SEVERITY, 0, 0, 0, REPLACEMENT * min(text.lost, 20), None, 0.9)
    blocks = text.simplified()
    whole = "\n".join(blocks)
    gaps = [(pattern, confidence) for telling, pattern, confidence in GAPS if any(each in whole for each in telling)]
    is_capped = any(word in whole for word in CAPPED)
    for number, block in enumerate(blocks):
        for start, end, suggestion, confidence in (*_gaps(block, gaps), *_empty(block), *_dates(block)):
            stands = text.blocks[number][start:end]
            yield Finding(CODE, SEVERITY, number, start, end, stands, suggestion, confidence)
        for match in DROP_CAP.finditer(block) if is_capped else ():
            group = match.lastindex or 1
            yield Finding(CODE, SEVERITY, number, *match.span(), match[0], INITIALS[group - 1] + match[group], 0.9)


def _gaps(block: str, gaps: Sequence[tuple[re.Pattern[str], float]]) -> Iterator[Gap]:
    for pattern, confidence in gaps:
        for match in pattern.finditer(block):
            yield *match.span(), None, confidence


def _empty(block: str) -> Iterator[Gap]:
    """Yield brackets around nothing; ”甲“和”乙“ are quotation marks turned the wrong way, and not empty."""
    opened = counted = 0
    for match in EMPTY.finditer(block) if any(pair in block for pair in PAIRS) else ():
        opened += block.count("“", counted, match.start()) - block.count("”", counted, match.start())
        counted = match.start()
        if match[0] != "“”" or not opened:
            yield *match.span(), None, 0.6


def _dates(block: str) -> Iterator[Gap]:
    for match in YEARS.finditer(block):
        if 0 < int(match[2]) - int(match[1]) < LONGEST_PERIOD:
            yield *match.span(), f"{match[1]}—{match[2]}", 0.7
    for match in DATE.finditer(block):
        yield *match.span(), _only_day(int(match[1]), match[2]), 0.7


def _only_day(year: int, digits: str) -> str | None:
    """Return the one day that the digits of month and day can mean, or None: 519 is 5月19日, 111 may be two days."""
    days = set()
    for cut in range(1, len(digits)):
        try:
            days.add(date(year, int(digits[:cut]), int(digits[cut:])))
        except ValueError:
            continue
    return "{0.year}年{0.month}月{0.day}日".format(*days) if len(days) == 1 else None
