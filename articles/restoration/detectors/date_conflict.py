"""Dates of one text that cannot all be right: printed 2013-10-21, and 2015-03-04 in the head of the page."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "date_conflict"
SEVERITY = "warning"
MOST_SHOWN = 4

# what is written at night is dated the next day, and a page knows its hour by London
SAME = timedelta(days=1)
ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
# 本文地址：http://…/2013-10/21/content_1.htm · /20131021/ · /t20131021_1.html: systems file a page under its day
FILED = re.compile(
    r"(?:本文|本页|原文|文章)(?:地址|链接|网址)[:：][ \u3000]{0,3}https?://[!-~]{3,200}?/"
    r"[a-z]?((?:19|20)\d{2})[-/]?(\d{2})[-/]?(\d{2})(?=[/_])"
)

Span = tuple[date, date]


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding, placed at the beginning of the body, with the dates that are more than a day apart."""
    known = [(iso, span) for iso in text.dates if (span := _span(iso))]
    if not known:
        return
    first, trusted = known[0]
    apart = [iso[:10] for iso, span in known[1:] if _gap(trusted, span) > SAME]
    filed = (f"{year}-{month}-{day}" for year, month, day in FILED.findall(text.around))
    # a page may stand where an older text was put up, but no text is younger than its page
    apart += [iso for iso in filed if (span := _span(iso)) and trusted[0] - span[1] > SAME]
    shown = list(dict.fromkeys([first[:10], *apart]))[:MOST_SHOWN]
    if len(shown) > 1:
        yield Finding(CODE, SEVERITY, 0, 0, 0, " / ".join(shown), None, 0.7)


def _span(iso: str) -> Span | None:
    """Return the first and the last day that an ISO date, month or year means, or None where there is no such day."""
    match = ISO.fullmatch(iso)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if not month:
            return date(year, 1, 1), date(year, 12, 31)
        last = day or monthrange(year, month)[1]
        return date(year, month, day or 1), date(year, month, last)
    except ValueError:
        return None


def _gap(one: Span, other: Span) -> timedelta:
    """Return how long after the end of the earlier span the later one begins; nothing where they overlap."""
    return max(one[0] - other[1], other[0] - one[1], timedelta(0))
