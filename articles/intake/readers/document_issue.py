"""What a running head says of the journal a document was cut from: 江城乡村评论　2021年第2期."""

import re
from collections.abc import Iterable, Sequence

from articles.chinese.dates import find_dates
from articles.intake.metadata.found import Found

LONGEST_HEAD = 80
PLACE = "running head"
ISSUE = re.compile(r"第 ?\d{1,4} ?[期卷]")
YEAR_OF_ISSUE = re.compile(r"((?:19|20)\d\d) ?年第 ?\d{1,4} ?期")
# what of such a head is no name: numbers, dates, words for volume and issue
NOT_NAME = re.compile(r"总?第 ?\d{1,4} ?[期卷]|\d{1,4} ?[年月日]?|[^\u3400-\u9fff]")
NAME_LENGTH = range(3, 21)


def find_source(heads: Iterable[str], not_names: Sequence[str]) -> Found[str]:
    """Return the journal a running head names beside its issue; it is none of `not_names`: title and authors.

    >>> find_source(["第36卷第2期 江城乡村评论 2021年3月"], ["账目上墙以后"]).value
    '江城乡村评论'
    """
    for head in _of_issue(heads):
        parts = [part for part in NOT_NAME.sub(" ", head).split() if len(part) in NAME_LENGTH]
        names = [part for part in parts if not any(part in other or other in part for other in not_names if other)]
        if len(names) == 1:
            return Found(names[0], "running_head", head, PLACE)
    return Found("")


def find_published(heads: Iterable[str]) -> Found[str | None]:
    """Return the month, or else the year, of the issue.

    >>> find_published(["第36卷第2期 江城乡村评论 2021年3月"]).value, find_published(["2021年第2期"]).value
    ('2021-03', '2021')
    """
    for head in _of_issue(heads):
        dates = [found.iso for found in find_dates(head) if found.precision != "year"]
        years = [match[1] for match in YEAR_OF_ISSUE.finditer(head)]
        if dates or years:
            return Found((dates or years)[0], "running_head", head, PLACE)
    return Found(None)


def _of_issue(heads: Iterable[str]) -> list[str]:
    return [head for head in heads if len(head) <= LONGEST_HEAD and ISSUE.search(head)]
