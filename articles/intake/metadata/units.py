"""The units and posts that author lines print with the names: 温小舟（江城大学） · 温小舟1 （1.江城大学）."""

import re
from collections.abc import Sequence

from articles.chinese.dates import find_dates
from articles.intake.metadata import persons

LONGEST_LINE = 300
LONGEST_UNIT = 60
# the key to the numbers behind the names stands on the next line or two
KEY_LINES = 2

# 温小舟1,2 · 柳长青²*: what journals set raised behind a name
MARK = re.compile(r"(?<=[\u4e00-\u9fff])([\d¹²³⁴⁵⁶⁷⁸⁹*＊†,，]{0,8}[\d¹²³⁴⁵⁶⁷⁸⁹*＊†])(?!\d)")
RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
# 1.江城大学 · 2 青石县党校
KEY = re.compile(r"(?<!\d)(?P<mark>\d)[.．、)）:： ]{0,3}(?P<unit>[\u4e00-\u9fff][^\d；;。（()）]{2,60})")
BRACKETED = re.compile(r"[（(]([^（()）]{2,80})[)）]")
# …江城大学法学院，江城 430072
POSTCODE = re.compile(r"[，, ]{1,3}[\u4e00-\u9fff]{2,8}[，, ]{0,3}\d{6}$")
# …江城大学法学院，江城: the key to the numbers ends where digits begin
TOWN = re.compile(r"(?<=[校院系所心室处局])[，,][ \u3000]?[\u4e00-\u9fff]{2,4}$")
# 温小舟/江城大学 parts a name from its unit, 温小舟/文 does not
GAP = re.compile(r"[ \u00a0\u3000，,：:]+|/(?![文图摄译编])")
OUTLET = re.compile(r"(?:[网報报台刊]|新闻|频道|客户端|在线|周刊|杂志)$")
PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[镇乡村]|街道)")


def read(lines: Sequence[str]) -> dict[str, str]:
    """Return each person of the first line that holds nothing but persons and their units, with the unit.

    >>> read(["温小舟1　柳长青2", "（1.江城大学；2.青石县委党校）"])
    {'温小舟': '江城大学', '柳长青': '青石县委党校'}
    """
    for place, line in enumerate(lines):
        if len(line) <= LONGEST_LINE:
            below = lines[place + 1 : place + 1 + KEY_LINES]
            found = _numbered(line, below) or _bracketed(line) or signed(line)
            if found:
                return found
    return {}


def signed(text: str) -> dict[str, str]:
    """Return the persons before or behind one unit or post, set off by a space or comma; a date may follow.

    >>> signed("沈小舟，退休统计工作者"), signed("东山镇 温小舟 柳长青"), signed("温小舟，你好")
    ({'沈小舟': '退休统计工作者'}, {'温小舟': '东山镇', '柳长青': '东山镇'}, {})
    """
    line = before_date(text[:LONGEST_LINE]).strip()
    for gap in GAP.finditer(line):
        before, behind = line[: gap.start()], line[gap.end() :]
        names, unit = persons.alone(before), _tidy(behind)
        if names and is_unit(unit) and not persons.alone(unit):
            return dict.fromkeys(names, unit)
        names, unit = persons.alone(behind), _tidy(before)
        if names and is_unit(unit) and not OUTLET.search(unit) and not persons.alone(unit):
            return dict.fromkeys(names, unit)
    return {}


def before_date(text: str) -> str:
    """Return the text up to its first date."""
    return text[: next((found.start for found in find_dates(text)), len(text))]


def is_institution(text: str) -> bool:
    """Return whether the text names a body that writes, and no newspaper or site."""
    return is_unit(text) and bool(persons.ORGANISATION.search(text)) and not OUTLET.search(text)


def is_unit(text: str) -> bool:
    """Return whether the text names where somebody works or what he is, and nothing more."""
    if PLACE.fullmatch(text):
        return True
    if not 4 <= len(text) <= LONGEST_UNIT or any(mark in text for mark in "。！？：:、/") or persons.STAFF.search(text):
        return False
    return bool(persons.ORGANISATION.search(text) or persons.CALLING.search(text))


def _numbered(line: str, below: Sequence[str]) -> dict[str, str]:
    """Names with raised numbers, whose key follows; without a key two such names are enough to tell a byline."""
    names, bracket, rest = line.partition("（") if "（" in line else line.partition("(")
    marked = _marked(names.strip())
    if not marked:
        return {}
    # of a mark explained twice the nearer key counts
    keys = [match for text in (*reversed(below), bracket + rest) for match in KEY.finditer(text)]
    units = {match["mark"]: _tidy(match["unit"]) for match in keys}
    if not units and len(marked) < 2:
        return {}
    return {name: "；".join(units[mark] for mark in marks if mark in units) for name, marks in marked.items()}


def _marked(text: str) -> dict[str, str]:
    """Each name with the marks behind it; nothing when the text holds anything else."""
    pieces = MARK.split(text)
    marked: dict[str, str] = {}
    for piece, marks in zip(pieces[::2], pieces[1::2], strict=False):
        names = persons.alone(piece)
        if not names:
            return {}
        marked |= dict.fromkeys(names, marks.translate(RAISED))
    return {} if pieces[-1].strip(" \u3000，,、") else marked


def _bracketed(line: str) -> dict[str, str]:
    """温小舟（江城大学）、柳长青（青石县委党校）."""
    pieces = BRACKETED.split(line.strip())
    found: dict[str, str] = {}
    for names, unit in zip(pieces[::2], pieces[1::2], strict=False):
        persons_before, unit = persons.alone(names), _tidy(unit)
        if not persons_before or not is_unit(unit):
            return {}
        found |= dict.fromkeys(persons_before, unit)
    return {} if pieces[-1].strip(" \u3000，,、。") else found


def is_key(line: str) -> bool:
    """Return whether the line is the key to the numbers behind names: （1.江城大学；2.青石县委党校）."""
    pieces = re.split("[；;]", line[:LONGEST_LINE].strip(" \u3000（()）"))
    keys = [KEY.fullmatch(piece.strip()) for piece in pieces if piece.strip()]
    return bool(keys) and all(key and is_unit(_tidy(key["unit"])) for key in keys)


def behind(names: Sequence[str], value: str) -> dict[str, str]:
    """Return the unit that a value has right behind one of the names, known from elsewhere.

    >>> behind(["温小舟"], "温小舟青石县作者")
    {'温小舟': '青石县作者'}
    """
    rests = {name: _tidy(value.removeprefix(name)) for name in names if value.startswith(name)}
    return {name: rest for name, rest in rests.items() if is_unit(rest)}


def _tidy(unit: str) -> str:
    return TOWN.sub("", POSTCODE.sub("", unit.strip(" \u3000（()）；;，,.。")))
