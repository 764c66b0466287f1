"""Persons that a dump names together with their post: 江城市委宣传部副部长 甄小雨."""

import re
from collections.abc import Iterable

from articles.chinese.names import split_names
from articles.chinese.scripts import to_simplified
from articles.intake.draft import DraftAuthor

LONGEST = 80
POSTS = (
    "部长|书记|主任|院长|所长|处长|局长|厅长|市长|县长|区长|镇长|乡长|省长|州长|校长|会长|主席|秘书长|社长|总编辑|总编|主编|经理|董事长"
    "|教授|研究员|讲师|博士|硕士|研究生|院士|学者|专家|委员|代表|律师|法官|检察官|医师|工程师|常委|组长|干部"
)
UNITS = "大学|学院|研究院|研究所|研究中心|中心|党校|医院|中学|小学|宣传部|组织部|委员会|办公室|公司|协会|学会|报社"
CREDIT = re.compile(
    rf"(?P<unit>[^，。：:；！？]{{2,50}}(?:(?:{POSTS}|{UNITS})[ ]?[）)]?|[ ]))[ ]{{0,3}}"
    r"(?P<names>[\u4e00-\u9fff·•・、 ]{2,30})"
)
ROLE = re.compile(r"^(?:本文)?(?:执笔人?|作者|作者系|撰稿人?|文)[:：/ ]{0,3}")


def read_credit(text: str) -> list[DraftAuthor]:
    """Return the persons of a line that holds nothing but a unit or post and names.

    >>> read_credit("执笔人：江城市社会科学院研究员阿里木·温小舟")
    [DraftAuthor(name='阿里木·温小舟', affiliation='江城市社会科学院研究员', role='author')]
    """
    line = ROLE.sub("", text[:LONGEST].strip())
    match = CREDIT.fullmatch(to_simplified(line))
    if not match or not re.search(POSTS + "|" + UNITS, match["unit"]):
        return []
    unit, names = line[: match.end("unit")].strip(" ()（）"), line[match.start("names") :]
    found = split_names(names)
    if "".join(found) != re.sub(r"[、 ]", "", names):
        return []
    return [DraftAuthor(name, unit) for name in found]


def join_credits(authors: list[DraftAuthor], lines: Iterable[str]) -> list[DraftAuthor]:
    """Return the authors with the affiliations that the lines give them, and those that only the lines name."""
    credited = {credit.name: credit for line in lines for credit in read_credit(line)}
    for author in authors:
        if author.name in credited:
            author.affiliation = author.affiliation or credited.pop(author.name).affiliation
    named = any(author.role == "author" for author in authors)
    return authors if named else [*credited.values(), *authors]
