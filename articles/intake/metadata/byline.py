"""Who wrote a text: what labels, bylines, datelines and sign-offs of Chinese pages say.

Editors are not authors, and neither are organisations, sites or accounts: where no person is named, none is returned.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from articles.chinese.dates import find_dates
from articles.chinese.names import split_names
from articles.chinese.scripts import to_simplified
from articles.intake.draft import DraftAuthor
from articles.intake.metadata import persons, units
from articles.intake.metadata.found import Found, in_head
from articles.intake.metadata.surroundings import Surroundings, labels_of
from articles.intake.metadata.title import part_author

LONGEST_LINE = 2_000
LONGEST_ROLE_LINE = 60
LONGEST_NAME_LINE = 60
DATELINE = 80
SIGN_OFF = 60
MOST_AUTHORS = 12
LONGEST_AFFILIATION = 200

WRITER = (
    "记者|作者|评论员|通讯员|实习生|特约撰稿人?|撰稿人?|执笔人?|撰文|特派员|观察员|研究员|"
    "記者|評論員|通訊員|實習生|特約撰稿人?|執筆人?|特派員|觀察員"
)
GAP = "[ \u00a0\u3000]"
# □ 本报记者 王晓 · 半月谈记者 王晓 · 整合 江城日报记者 王晓 · 《棱镜》作者 王晓 · 本报记者王晓发自北京 · 作者︱王晓
ROLE_LINE = re.compile(
    rf"[^\w《（(【\[]{{0,4}}[（(【\[]?[^，。！？；]{{0,30}}?(?:{WRITER})"
    rf"{GAP}{{0,3}}[:：/︱丨|｜]?{GAP}{{0,3}}(?P<names>[^，。！？；]{{2,40}})"
)
# （记者 王晓 通讯员 李明） · （评论员 王晓） · （江城报记者 王晓） · (文/图 王晓 李明) · （记者王晓 整理）
BRACKETED = re.compile(r"[（(【\[](?P<inside>[^（()）【】\[\]。]{2,60})[)）】\]]")
ROLE_INSIDE = re.compile(
    rf"(?:[^，。:：]{{0,16}}?(?:{WRITER})|文/图|图/文|文图|图文|文|供稿|采写|执笔){GAP}{{0,3}}[:：/|]?{GAP}{{0,3}}(?P<names>[^，。]{{2,40}})"
)
# （王晓 上海报道） · （王晓）
SIGNED = re.compile(
    rf"(?P<names>[^，。/摄]{{2,30}}?){GAP}{{0,3}}(?:[\u4e00-\u9fff]{{2,4}}{GAP}?报道|整理|综合报道|报道)?"
)
DATELINE_REPORTER = re.compile(
    rf"(?:记者|記者){GAP}{{0,2}}(?P<names>[\u4e00-\u9fff·、 \u3000]{{2,20}}?){GAP}{{0,2}}"
    r"(?:报道|報道|報導|从|從|发自|發自|[:：])"
)
# （江城社记者林舟望屿21日电）: names, town and day
DATELINE_DAY = re.compile(
    rf"(?:记者|記者){GAP}{{0,2}}(?P<names>[\u4e00-\u9fff·、 \u3000]{{4,20}}?){GAP}{{0,2}}"
    r"(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊)"
)
REPORTS = ("报道", "報道", "報導")
TOWN_LENGTHS = (2, 3, 4)
BARE_LABEL = re.compile(
    rf"(?:^|[|｜丨]){GAP}{{0,3}}(?:By(?= )|作者|撰文|供稿|采写|文(?=[ |｜丨︱/])){GAP}{{0,3}}[︱丨|｜/]?{GAP}{{0,3}}"
    rf"(?P<names>[^|｜丨:：]{{2,20}}?){GAP}{{0,3}}(?=[|｜丨]|$)"
)
BOXED = re.compile(rf"\[{GAP}{{1,3}}(?P<names>[^\[\]:：]{{2,20}}?){GAP}{{1,3}}\](?={GAP}{{0,3}}来源)")
_POST = "书记|主任|教授|研究员|院长|所长|局长|部长|主席|会长|校长|[省市县区镇乡村]长|委员|博士|编审|记者|作家|学者|律师"
# 青石县委书记 何清 · 江城大学教授、博士生导师 温小舟
POST_BEFORE = re.compile(
    rf"[\u4e00-\u9fff、·]{{2,30}}(?:{_POST}|导师|秘书长){GAP}{{1,4}}(?P<names>[\u4e00-\u9fff·]{{2,8}})"
)
# 温小舟（江城大学教授）
POST_BEHIND = re.compile(rf"(?P<names>[\u4e00-\u9fff·]{{2,8}}){GAP}?[（(][^（()）]{{2,30}}(?:{_POST})[)）]?")
# 采写：江城日报记者 温小舟
ROLE_BEFORE = re.compile(r"^[^，。、]{0,12}(?:记者|記者|通讯员|通訊員)[ \u3000]{1,3}")
# By 温小舟 · 由 温小舟
MARKED_BEFORE = re.compile(r"^(?:By|由|文|作者)[:： ]{1,3}", re.IGNORECASE)
OUTLET_ENDS = tuple(
    "网 報 报 社 台 刊 志 号 號 新闻 新聞 在线 客户端 频道 论坛 传媒 公司 大学 学院 中心 发布 资讯 观察".split()
)
# 温小舟/文 柳长青/图 · 温小舟 文/图
BY_HAND = re.compile(rf"(?P<names>[\u4e00-\u9fff·]{{2,8}}){GAP}?/?{GAP}?文(?:/|{GAP}|图|$)")
# 原创 温小舟 江城观察 2021-10-08
ORIGINAL_BY = re.compile(
    r"原创[ \u3000]{1,3}(?P<names>[\u4e00-\u9fff·]{2,8})[ \u3000]{1,3}[^ \u3000]{2,20}[ \u3000]{1,3}(?=\d{4})"
)
TITLE_NAME = re.compile(r"^(?P<names>[\u4e00-\u9fff·]{2,8})[:：︱|｜]")
# what a byline may say beside the names: □ 本报记者 … 江城报道 · 文 | …
BESIDE_NAMES = re.compile(
    rf"{WRITER}|[\u4e00-\u9fff]{{2,4}}(?:报道|報道|專電|专电)|本报|本刊|本网|首席|见习|实习|特约|整理|报道|报导|图文|文|By",
    re.IGNORECASE,
)
# what follows a name on its line and is no affiliation: /文 · 说。
AFTER_NAME = re.compile(r"[/。：:]")
NO_WORD = re.compile(r"[\W_]+")
STOPS = re.compile("[。！？；，：]")
ABOUT = re.compile(r"^[（(【\[]?(?:作者单位|作者系|作者为|作者简介)[:：]?(?P<about>[^）)】\]]{4,200})")


@dataclass(slots=True)
class Byline:
    """The persons of the byline, in the order printed, and the affiliation printed for them together.

    `rule` is the one that named the authors.
    """

    authors: list[DraftAuthor] = field(default_factory=list)
    affiliation: str = ""
    rule: str = ""

    def found(self, around: Surroundings) -> Found[list[str]]:
        """Return the names with the rule that read them and the line they stand in."""
        names = [author.name for author in self.authors if author.role == "author"]
        if not names:
            return Found([])
        if self.rule == "meta":
            return in_head(names, "citation_author")
        line = around.title if self.rule == "title" else around.line_with(names[0])
        return Found(names, self.rule, line, "title" if self.rule == "title" else "")


def find_byline(around: Surroundings, body_text: str = "", in_source: Iterable[str] = ()) -> Byline:
    """Return the authors, translators and photographers the page names.

    `in_source` are names found where the source should stand; they are asked before the weakest rules.

    >>> [author.name for author in find_byline(Surroundings(closing=["账目每月贴一次。（记者 温小舟 柳青）"])).authors]
    ['温小舟', '柳青']
    """
    rule, names = _authors(around, body_text, list(in_source))
    unit_of = _units(around, names)
    authors = [DraftAuthor(name, unit_of.get(name, "")) for name in names[:MOST_AUTHORS]]
    taken = set(names)
    for role in ("translator", "photographer"):
        others = [name for name in _labelled(around, {role}, strict=True) if name not in taken]
        authors += [DraftAuthor(name, role=role) for name in others[:MOST_AUTHORS]]
        taken.update(others)
    return Byline(authors, _affiliation(around, names, unit_of), rule)


def take_from_title(title: str, people: Byline, lines: Sequence[str]) -> str:
    """Return the title without the author's name run into its end, who is added where the page names nobody else."""
    rest, name = part_author(title, lines, [author.name for author in people.authors], bool(people.affiliation))
    if name and not any(author.role == "author" for author in people.authors):
        people.authors.insert(0, DraftAuthor(name, people.affiliation))
        people.rule = "title"
    return rest


def is_byline(text: str, names: Sequence[str]) -> bool:
    """Return whether the text holds these names, or the key to their numbers, and nothing but a role or unit besides.

    >>> is_byline("□ 本报记者 温小舟", ["温小舟"]), is_byline("温小舟说，账目要公开", ["温小舟"])
    (True, False)
    """
    if len(text) > LONGEST_ROLE_LINE:
        return False
    if units.is_key(text):
        return True
    line = text.strip("（(【[)）】]□■●◎ \u3000")
    role = ROLE_LINE.fullmatch(line)
    run = role["names"] if role else line
    found = persons.alone(run) or list(units.read([line]))
    return (bool(found) and set(found) <= set(names)) or _is_names_and_roles(line, names)


def _is_names_and_roles(line: str, names: Sequence[str]) -> bool:
    """Whether nothing is left of a line that holds names but roles, units and a date."""
    rest = units.before_date(line)
    if not any(name in rest for name in names):
        return False
    for name in names:
        rest = rest.replace(name, " ")
    if STOPS.search(rest):
        return False
    return all(units.is_unit(part) for part in NO_WORD.split(BESIDE_NAMES.sub(" ", rest)) if part)


def _authors(around: Surroundings, body_text: str, in_source: list[str]) -> tuple[str, list[str]]:
    """The names of the authors, and the rule that read them."""
    said = _unique(split_names(around.first_meta("citation_authors", "citation_author", "dc.creator")))
    if said:
        return "meta", said
    labelled = (
        _labelled(around, {"author"})
        or _by(BARE_LABEL, (*around.below_title, *around.opening, *around.closing, *around.tail))
        or _by(BOXED, around.below_title)
    )
    signed = _unique(_signed_with_role(around))
    helping = _labelled(around, {"reporter", "correspondent"}, strict=True)
    # two lists that share somebody are one byline printed twice
    reporters = max(signed, helping, key=len) if set(signed) & set(helping) else [*signed, *helping]
    if labelled:
        # two bylines are one byline printed twice, unless they share nobody
        return "label", _unique([*reporters, *labelled]) if set(labelled) & set(reporters) else labelled
    return ("reporter", reporters) if reporters else _weaker(around, body_text, in_source)


def _weaker(around: Surroundings, body_text: str, in_source: list[str]) -> tuple[str, list[str]]:
    rules: dict[str, Callable[[], list[str]]] = {
        "beside_source": lambda: in_source,
        "with_unit": lambda: list(units.read([*around.below_title, *around.opening[:3]])),
        "sign_off": lambda: _unique(_sign_offs(around)),
        "alone": lambda: _below_title(around),
        "marked": lambda: _marked(around),
        "title": lambda: _in_title(around.title, body_text),
        "said_and_shown": lambda: _said_and_shown(around),
    }
    return next(((rule, names) for rule, read in rules.items() if (names := read())), ("", []))


def _labelled(around: Surroundings, kinds: set[str], strict: bool = False) -> list[str]:
    """The names after labels of these kinds; the first line that names somebody decides."""
    for line in around.label_lines():
        values = [ROLE_BEFORE.sub("", label.value) for label in labels_of(line) if label.kind in kinds]
        names = _unique(
            name
            for value in values
            for name in (
                (persons.reporters(value) if strict else split_names(persons.cut(value)))
                or ([] if strict else persons.pen_names(value))
            )
        )
        if names:
            return names
    return []


def _signed_with_role(around: Surroundings) -> Iterator[str]:
    """Names with 记者, 评论员 … on a line of their own, in the dateline, or in brackets at the end."""
    for line in (*around.below_title[-4:], *around.opening, *around.closing, *around.tail[:8]):
        if len(line) <= LONGEST_ROLE_LINE and (match := ROLE_LINE.fullmatch(line.strip("）)】]□■●◎ \u3000"))):
            yield from persons.with_role(match["names"])
    for line in around.opening[:3]:
        start = line[:DATELINE]
        if match := DATELINE_REPORTER.search(start):
            yield from persons.with_role(match["names"])
        if match := DATELINE_DAY.search(start):
            yield from _before_town(match["names"])
        else:
            yield from _bracketed_with_role(start)
    for line in reversed(around.closing):
        yield from _bracketed_with_role(line[-SIGN_OFF:])


def _before_town(run: str) -> list[str]:
    """The names before the town that a dateline runs into the last of them: 林舟望屿."""
    found = (persons.with_role(run[:-length]) for length in TOWN_LENGTHS)
    return next(filter(None, found), [])


def _bracketed_with_role(text: str) -> Iterator[str]:
    for match in BRACKETED.finditer(text):
        if DATELINE_DAY.search(match["inside"]):
            continue
        for part in re.split(r"[，；]|(?=通讯员|通訊員|实习生|記者|记者(?!证))", match["inside"]):
            role = ROLE_INSIDE.fullmatch(part.strip(" \u3000、，"))
            if role and "摄" not in part and "编辑" not in part:
                yield from persons.with_role(role["names"])


def _sign_offs(around: Surroundings) -> Iterator[str]:
    """Names alone in brackets behind the last sentence, or with their town before the first: （温小舟 江城报道）."""
    for line in around.opening[:1]:
        start = BRACKETED.match(line)
        if start and start["inside"].endswith(REPORTS) and (signed := SIGNED.fullmatch(start["inside"].strip())):
            yield from persons.alone(signed["names"])
    for line in (*reversed(around.closing[-2:]), *around.opening[:1]):
        text = line.rstrip(" \u3000")
        matches = list(BRACKETED.finditer(text[-SIGN_OFF:]))
        if not matches or not text.endswith(matches[-1][0]):
            continue
        before = text[: len(text) - len(matches[-1][0])]
        if before and before[-1] not in "。！？!?…”’.":
            continue
        inside = matches[-1]["inside"].strip(" \u3000")
        signed = SIGNED.fullmatch(inside)
        names = (persons.alone(signed["names"]) or persons.with_unit(signed["names"])) if signed else []
        if names := names or list(units.signed(inside)):
            yield from names
            return


def _below_title(around: Surroundings) -> list[str]:
    """Names on a line between title and text: alone, with post or unit, marked by a bullet, or beside the date."""
    for line in (*around.below_title, *around.opening[:2]):
        text = line.strip(" \u3000[]【】（）()□■○●◎")
        if len(text) > LONGEST_NAME_LINE:
            continue
        if names := persons.alone(text) or _with_post(text) or _beside_date(text):
            return names
        if text != line and (names := persons.with_unit(text)):
            return names
    return []


def _marked(around: Surroundings) -> list[str]:
    """The name on a line that the page itself marks as its author's: 渠边人, By 温小舟, and what its data say."""
    for line in around.bylines:
        names = persons.pen_names(MARKED_BEFORE.sub("", line).strip(" \u3000|｜·"))
        if names and not any(name.endswith(OUTLET_ENDS) for name in names):
            return names
    shown = around.first_meta("name")
    return persons.alone(around.first_meta("ld:person")) or (
        persons.pen_names(shown) if shown in around.below_title and not shown.endswith(OUTLET_ENDS) else []
    )


def _with_post(text: str) -> list[str]:
    match = POST_BEFORE.fullmatch(text) or POST_BEHIND.fullmatch(text) or BY_HAND.match(text)
    return persons.alone(match["names"]) if match else []


def _beside_date(text: str) -> list[str]:
    """The names on a line that holds a date and, at most, outlets besides."""
    if original := ORIGINAL_BY.match(text):
        return persons.alone(original["names"])
    dates = find_dates(text)
    if not dates or any(found.precision == "year" for found in dates):
        return []
    for found in reversed(dates):
        text = f"{text[: found.start]} {text[found.end :]}"
    return persons.with_unit(text)


def _in_title(title: str, body_text: str) -> list[str]:
    """The name before the colon of a title (何清:账目为什么要公开), unless the text speaks of that person."""
    match = TITLE_NAME.match(title)
    names = persons.alone(match["names"]) if match else []
    return names if names and body_text and not any(name in body_text for name in names) else []


def _said_and_shown(around: Surroundings) -> list[str]:
    """The author the head of the page gives, where the page shows that name and not as the editor."""
    names = persons.alone(around.first_meta("author", "og:article:author", "article:author"))
    shown = " ".join((*around.below_title, *around.opening[:2]))
    edited = " ".join(
        label.value for line in around.label_lines() for label in labels_of(line) if label.kind == "editor"
    )
    return names if names and all(name in shown and name not in edited for name in names) else []


def _by(pattern: re.Pattern[str], lines: Iterable[str]) -> list[str]:
    runs = [match["names"] for line in lines for match in pattern.finditer(line[:300])]
    return _unique(name for run in runs for name in (persons.with_role(run) or persons.pen_names(run)))


def _units(around: Surroundings, names: list[str]) -> dict[str, str]:
    """The unit of each person, where a line prints the two together."""
    values = [label.value for line in around.label_lines() for label in labels_of(line) if label.kind == "author"]
    brackets = [match["inside"] for line in around.closing[-2:] for match in BRACKETED.finditer(line[-SIGN_OFF:])]
    signed = [pair for inside in brackets for pair in units.signed(inside.strip(" \u3000")).items()]
    glued = [pair for value in values for pair in units.behind(names, value).items()]
    return dict(
        [*signed, *glued, *units.read(values).items(), *units.read([*around.below_title, *around.opening[:3]]).items()]
    )


def _affiliation(around: Surroundings, names: list[str], unit_of: Mapping[str, str]) -> str:
    shared = {unit_of.get(name, "") for name in names}
    if shared and shared != {""}:
        return shared.pop() if len(shared) == 1 else ""
    for line in around.label_lines():
        # the words before the unit are as long in either script
        about = ABOUT.match(to_simplified(line[:LONGEST_LINE]))
        if about:
            return line[about.start("about") : about.end("about")].strip(" \u3000：:")[:LONGEST_AFFILIATION]
        for label in labels_of(line):
            if label.kind == "author" and (glued := persons.unglue(label.value)):
                return glued[1]
            if label.kind == "author" and not names and units.is_institution(label.value):
                return label.value
    for line in around.below_title:
        rest = next((line.removeprefix(name) for name in names if line.startswith(name)), "")
        if 4 <= len(rest) <= 60 and not labels_of(line) and not AFTER_NAME.search(rest) and not persons.alone(rest):
            return rest.strip(" \u3000，,（()）")
    return ""


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
