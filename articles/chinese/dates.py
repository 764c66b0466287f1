"""Dates as Chinese pages print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from articles.chinese.numbers import HALF_WIDTH_DIGITS, to_int

LONGEST_LINE = 2_000
YEARS = range(1000, 2100)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = r"(?P<month_name>(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6})\.?"
_SPACE = r"[ \t\u00a0\u3000]"
_NUMERAL = "〇零○一二三四五六七八九十"

# 10:59:02 · 17时06分 · 下午 5:06 · T10:59:02+08:00, after a day and perhaps its weekday
_TIME = (
    rf"(?:(?:T|{_SPACE}{{0,4}}(?:[（(]?(?:星期|周|週)[一二三四五六日天][)）]?)?[ \t\u00a0\u3000,，|｜-]{{0,4}})"
    r"(?P<half>上午|下午|晚上|早上)?[ ]?(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?"
    r"|[时時点點](?P<minute_han>\d{1,2})分)(?!\d))?"
)

# Sat Apr 12 21:33:08 2008: boards and mailboxes set the year behind the time
_ASCTIME = re.compile(
    rf"(?<![a-z]){_MONTH_NAME}[ ]{{1,2}}(?P<day>\d{{1,2}})[ ]"
    r"(?P<half>)(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})[ ](?P<year>(?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_USUAL = tuple(
    re.compile(pattern + _TIME, re.IGNORECASE)
    for pattern in (
        # 2013年10月21日 · 2013 年 10 月 · 二〇一三年十月二十一日 · 2013年
        rf"(?<![\d{_NUMERAL}])(?P<year>\d{{4}}|[{_NUMERAL}]{{4}}){_SPACE}?年"
        rf"(?:{_SPACE}?(?P<month>\d{{1,2}}|[{_NUMERAL}]{{1,2}}){_SPACE}?月"
        rf"(?:{_SPACE}?(?P<day>\d{{1,2}}|[{_NUMERAL}]{{1,3}}){_SPACE}?[日号號])?)?",
        # 2013-12-31 · 2013/3/5 · 2013.3.5 · 2013－10
        r"(?<![\d./-])(?P<year>(?:1[89]|20)\d{2})(?P<mark>[-/.－／．])(?P<month>\d{1,2})"
        r"(?:(?P=mark)(?P<day>\d{1,2}))?(?!\d|(?P=mark)\d)",
        # Oct. 21, 2013
        rf"(?<![a-z]){_MONTH_NAME}{_SPACE}{{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?{_SPACE}{{0,2}}(?P<year>(?:19|20)\d{{2}})(?!\d)",
        # 21 Oct 2013 · 21/Oct/2013
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ /-]{_MONTH_NAME},?[ /-](?P<year>(?:19|20)\d{{2}})(?!\d)",
    )
)
PATTERNS = (*_USUAL, _ASCTIME)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date read in a line: ISO text, how exact it is (year, month, day, time), and where it stands."""

    iso: str
    precision: str
    start: int
    end: int


def find_dates(line: str) -> list[FoundDate]:
    """Return the dates of a line in reading order; days that do not exist are passed over.

    >>> [(found.iso, found.precision) for found in find_dates("发布时间：2013年10月21日 17:06，修订于二〇一四年三月")]
    [('2013-10-21T17:06', 'time'), ('2014-03', 'month')]
    """
    text = line[:LONGEST_LINE].translate(HALF_WIDTH_DIGITS)
    found = sorted(_read_all(text), key=lambda each: (each.start, -each.end))
    return [each for index, each in enumerate(found) if not any(before.end > each.start for before in found[:index])]


def find_impossible(line: str) -> list[str]:
    """Return what a line prints like a day or a time of day that there is not, as it stands there.

    >>> find_impossible("发布时间：2021年2月30日　更新时间：2021-03-01 25:61")
    ['2021年2月30日', '2021-03-01 25:61']
    """
    text = line[:LONGEST_LINE].translate(HALF_WIDTH_DIGITS)
    matches = (match for pattern in PATTERNS for match in pattern.finditer(text) if _is_impossible(match.groupdict()))
    return [line[match.start() : match.end()] for match in matches]


def _is_impossible(parts: dict[str, str | None]) -> bool:
    year, day = to_int(parts["year"] or ""), parts.get("day")
    if year is None or year not in YEARS or day is None:
        return False
    try:
        date(year, _month(parts), to_int(day) or 0)
    except ValueError:
        return True
    # 24:00 is how the end of a day is written
    is_midnight = parts["hour"] == "24" and not int(parts["minute"] or parts["minute_han"] or 0)
    return bool(parts["hour"]) and not is_midnight and _clock(parts) is None


def _read_all(text: str) -> Iterator[FoundDate]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            read = _iso(match.groupdict())
            if read:
                yield FoundDate(*read, match.start(), match.end())


def _iso(parts: dict[str, str | None]) -> tuple[str, str] | None:
    year, month, day = to_int(parts["year"] or ""), _month(parts), to_int(parts.get("day") or "")
    if year is None or year not in YEARS:
        return None
    if parts.get("month") is None and parts.get("month_name") is None:
        return f"{year:04}", "year"
    if month not in range(1, 13):
        return None
    if parts.get("day") is None:
        return f"{year:04}-{month:02}", "month"
    try:
        read = date(year, month, day or 0)
    except ValueError:
        return None
    clock = _clock(parts)
    if clock is None:
        return read.isoformat(), "day"
    exact = "seconds" if parts["second"] else "minutes"
    return datetime.combine(read, clock).isoformat(timespec=exact), "time"


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("month_name")
    return MONTHS.index(name[:3].lower()) + 1 if name else to_int(parts.get("month") or "") or 0


def _clock(parts: dict[str, str | None]) -> time | None:
    if not parts["hour"]:
        return None
    hour = int(parts["hour"]) + (12 if parts["half"] in ("下午", "晚上") and int(parts["hour"]) < 12 else 0)
    minute = int(parts["minute"] or parts["minute_han"] or 0)
    second = int(parts["second"] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
