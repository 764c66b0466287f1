"""When a text was published, by what its page prints and its head says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from articles.chinese.dates import FoundDate, find_dates, find_impossible
from articles.intake.metadata.found import Found, in_head
from articles.intake.metadata.surroundings import Surroundings, labels_of
from articles.restoration import Finding

LONGEST_DATE_LINE = 200
NEAR = 12
# pages date nothing earlier, and nothing later than next year: what reads so is a misprint
FIRST_YEAR = 1800
IMPOSSIBLE = "impossible_date"
MOST_IMPOSSIBLE = 5
META_NAMES = (
    "pubdate article:published_time og:release_date citation_date citation_publication_date dc.date dc.date.issued "
    "dcterms.issued dcterms.created publishdate publish_date publishtime datepublished ld:datepublished ld:pubdate "
    "script:date apub:time date dateupdate"
).split()
BEIJING = timezone(timedelta(hours=8))
UNIVERSAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|\+00:?00)")
# 06/02/2022 - 13:48, as French and British publishers of Chinese pages print it
DAY_FIRST = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?:[ -]{1,5}(\d{1,2}:\d\d))?(?![\d/.])")
# 日期 06.02.2016: a label that its style sets apart
BARE_LABEL = re.compile(r"^(?:发布|发表|更新)?(?:日期|时间)[ \u3000]{1,3}")
SHORT_YEAR = re.compile(r"(?P<day>\d\d-\d\d-\d\d)[ ]?(?P<clock>\d\d:\d\d)?(?!\d)")
EXACT = ("day", "time")
# 《江城评论》2022年第2期（总第38期） · 2022年第8卷第3期
ISSUE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[ ]?年?[ ,，]{0,2}(?:第[ ]?\d{1,3}[ ]?卷[ ,，]{0,2})?"
    r"[（(]?第[ ]?\d{1,3}(?:[-—、]\d{1,3})?[ ]?期"
    r"|[,，] ?\d{0,4}[（(]\d{1,3}[)）])"
)
# 收稿日期 · 网络首发时间: steps on an article's way to its issue
ON_THE_WAY = re.compile(r"(?:收稿|修回|修改|录用|接受|网络首发|优先出版)(?:日期|时间)")
ISSUE_NAMES = ("citation_publication_date", "citation_year")
# 二〇一六年十月二十五日 under the text
SIGN_OFF_LINES, LONGEST_DAY = 4, 14
NO_DATE: Found[str | None] = Found(None)


def find_published(around: Surroundings) -> Found[str | None]:
    """Return the day or moment of publication as ISO text, "2013" or "2013-10" where no more is printed, or None.

    A labelled date under the title goes first, then an unlabelled one there, one below the text, and the page's head.
    An article of a journal is cited by its issue: where the page prints no day, that date goes before the day it was
    put online.

    >>> find_published(Surroundings(below_title=["江城日报 2013年10月21日 17:06"], tail=["2014-01-02"])).value
    '2013-10-21T17:06'
    """
    said = _said(around)
    printed = (
        _labelled(around.below_title)
        or _plain(around.below_title)
        or _labelled(around.head[-NEAR:])
        or _day_first(around, said.value)
        or _labelled([*around.opening, *around.closing, *around.tail])
    )
    if not printed:
        above = [*around.below_title, *around.head]
        below = [*around.closing, *around.tail]
        return (
            _of_issue(around, above)
            or said
            or _plain(around.head[-NEAR:])
            or _of_paper(around)
            or _rough(around)
            or _of_issue(around, below)
        )
    if said.value and printed.value and said.value.startswith(printed.value):
        return replace(printed, value=said.value)
    return printed


def find_dates_printed(around: Surroundings) -> list[str]:
    """Return every exact date the page gives the text, as ISO text: under the title, below the text, in its head.

    >>> find_dates_printed(Surroundings(below_title=["2013年10月21日 17:06"], tail=["发布时间：2014-01-02"]))
    ['2013-10-21T17:06', '2014-01-02']
    """
    found = (
        _labelled(around.below_title) or _plain(around.below_title),
        _labelled([*around.opening, *around.closing, *around.tail]),
        _said(around),
    )
    return list(dict.fromkeys(each.value for each in found if each.value))


def doubt_dates(around: Surroundings) -> list[Finding]:
    """Return a finding for each date the page prints where its own stands that is none, like 2021-02-30."""
    near = [*around.below_title, *around.head[-NEAR:]]
    labelled = _labels([*near, *around.opening, *around.closing, *around.tail])
    printed = [found for text in (*labelled, *_short(near)) for found in find_impossible(text)]
    return [Finding(IMPOSSIBLE, "warning", 0, 0, 0, found) for found in list(dict.fromkeys(printed))[:MOST_IMPOSSIBLE]]


def _dates(text: str) -> list[FoundDate]:
    return [found for found in find_dates(text) if _is_likely(found.iso)]


def _is_likely(iso: str) -> bool:
    return FIRST_YEAR <= int(iso[:4]) <= date.today().year + 1


def _labels(lines: Iterable[str]) -> list[str]:
    return [label.value for line in lines for label in labels_of(line) if label.kind == "published"]


def _short(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if len(line) <= LONGEST_DATE_LINE and not ON_THE_WAY.search(line)]


def _labelled(lines: Iterable[str]) -> Found[str | None]:
    values = [(value, line) for line in lines for value in _labels([line])]
    return _best([(found, line) for value, line in values for found in _dates(_in_full(value))], "label")


def _in_full(value: str) -> str:
    """A labelled date with its century: 18-03-08 23:16."""
    short = SHORT_YEAR.match(value)
    return f"20{short['day']} {short['clock'] or ''}" if short else value


def _plain(lines: Iterable[str]) -> Found[str | None]:
    return _best([(found, line) for line in _short(lines) for found in _dates(line)], "date_line")


def _of_paper(around: Surroundings) -> Found[str | None]:
    """The day on a line of its own that an official paper ends with."""
    lines = [line for line in (*around.closing, *around.tail[:SIGN_OFF_LINES]) if len(line) <= LONGEST_DAY]
    return _best(
        [(each, line) for line in lines for each in _dates(line) if line == line[each.start : each.end]], "signed"
    )


def _of_issue(around: Surroundings, around_text: Sequence[str]) -> Found[str | None]:
    """The date of the journal's issue: as the head of the page gives it, else as printed, in full or its year."""
    lines = [line for line in around_text if len(line) <= LONGEST_DATE_LINE]
    printed = [(line, issue[1]) for line in lines if (issue := ISSUE.search(line))]
    if around.first_meta("citation_journal_title"):
        for name in ISSUE_NAMES:
            value = around.meta.get(name, "")
            for found in _dates(f"{value}年" if value.isdecimal() else value):
                return in_head(found.iso, name)
    months = [(found.iso, line) for line, _ in printed for found in _dates(line) if found.precision == "month"]
    years = [(year, line) for line, year in printed if _is_likely(year)]
    return next((Found(iso, "issue", line) for iso, line in (*months, *years)), NO_DATE)


def _best(found: Sequence[tuple[FoundDate, str]], rule: str) -> Found[str | None]:
    """The first exact date, with the time of day when the same day is printed with one elsewhere."""
    exact = [(each.iso, line) for each, line in found if each.precision in EXACT]
    timed = (pair for pair in exact if pair[0].startswith(exact[0][0][:10]) and "T" in pair[0])
    return next((Found(iso, rule, line) for iso, line in (*timed, *exact[:1])), NO_DATE)


def _said(around: Surroundings) -> Found[str | None]:
    """The date the head of the page gives: the first that carries a time, else the first."""
    dates: list[Found[str | None]] = [
        in_head(read, name) for name in META_NAMES if (read := _said_by(around.meta.get(name, "")))
    ]
    days = [str(each.value)[:10] for each in dates]
    timed = [each for each, day in zip(dates, days, strict=True) if "T" in str(each.value) and day == days[0]]
    return next(iter([*timed, *dates]), NO_DATE)


def _said_by(value: str) -> str | None:
    read = _best([(found, "") for found in _dates(value)], "").value
    if read and UNIVERSAL.fullmatch(value) and not find_impossible(value):
        # readers of a Chinese page live by Beijing time
        moment = datetime.fromisoformat(value).astimezone(BEIJING)
        return moment.replace(tzinfo=None, microsecond=0).isoformat()
    return read


def _day_first(around: Surroundings, said: str | None) -> Found[str | None]:
    """A day-first date that the head of the page confirms; where a dump has no head, one behind a label."""
    lines = list(reversed(around.head)) if said else [*around.head, *around.tail]
    for line in lines:
        text = line if said or BARE_LABEL.match(line) else " ".join(_labels([line]))
        for day, month, year, clock in DAY_FIRST.findall(text[:LONGEST_DATE_LINE]):
            iso = f"{year}-{int(month):02}-{int(day):02}"
            if said is None or said.startswith(iso):
                return _best([(found, line) for found in _dates(f"{iso} {clock}")], "day_first")
    return NO_DATE


def _rough(around: Surroundings) -> Found[str | None]:
    """A labelled year or month, where the page prints no day."""
    lines = around.label_lines()
    for line in lines:
        for found in (found for value in _labels([line]) for found in _dates(value)):
            return Found(found.iso, "rough", line)
    return NO_DATE
