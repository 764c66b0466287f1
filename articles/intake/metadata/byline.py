"""Who wrote a text: what labels, bylines, datelines and sign-offs of Chinese pages say.

Editors are not authors, and neither are organisations, sites or accounts: where no person is named, none is returned.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from articles.chinese.names import NOT_NAMES, POINTED, SURNAMES, is_name, split_names
from articles.chinese.scripts import to_simplified
from articles.intake.draft import DraftAuthor
from articles.intake.metadata.surroundings import Surroundings, labels_of

LONGEST_LINE = 2_000
LONGEST_ROLE_LINE = 60
DATELINE = 80
SIGN_OFF = 60
MOST_AUTHORS = 12
LONGEST_AFFILIATION = 200
LONGEST_PEN_NAME = 8

WRITER = "记者|作者|评论员|通讯员|特约撰稿人?|撰稿人?|执笔人?|撰文|特派员|观察员|研究员"
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
    rf"记者{GAP}{{0,2}}(?P<names>[\u4e00-\u9fff·、 \u3000]{{2,20}}?){GAP}{{0,2}}(?:报道|从|发自|[:：])"
)
# what ends a run of names: 发自北京 · /摄 · 报道 · 供图
AFTER_NAMES = re.compile(
    r"发自|报道|報道|摄影?|攝影?|供图|[图文]/|/[图文摄]|/|编辑|责编|实习生|来源|通讯员|记者|见习|特约|整理|综合|编译|译|校对|审核|[\d（(\[【:：]|"
    r"返回|查看|阅读|点击|发布|日期|时间"
)
BARE_LABEL = re.compile(
    rf"(?:^|[|｜丨]){GAP}{{0,3}}作者{GAP}{{0,3}}[︱丨|｜/]?{GAP}{{0,3}}(?P<names>[^|｜丨:：]{{2,20}}?){GAP}{{0,3}}(?=[|｜丨]|$)"
)
BOXED = re.compile(rf"\[{GAP}{{1,3}}(?P<names>[^\[\]:：]{{2,20}}?){GAP}{{1,3}}\](?={GAP}{{0,3}}来源)")
AFTER_DATE = re.compile(rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?{GAP}{{0,3}}(?P<names>[\u4e00-\u9fff·、 \u3000]{{2,16}})$")
TITLE_NAME = re.compile(r"^(?P<names>[\u4e00-\u9fff·]{2,8})[:：︱|｜]")
ABOUT = re.compile(r"^[（(【\[]?(?:作者单位|作者系|作者为|作者简介)[:：]?(?P<about>[^）)】\]]{4,200})")
SPLIT = re.compile(r"[ \t\u00a0\u3000、，,；;/&＆|｜]+|和(?=[\u4e00-\u9fff]{2,4}$)")

ORGANISATION = re.compile(
    r"(?:[网报社部室局委办院校厅台站组司会团队所处科]|中心|频道|公司|大学|学院|医院|周刊|杂志|传媒|编辑|日报|晚报|小编|平台|课题组|联盟|政府|法院)$"
)
ORGANISATION_START = re.compile(
    r"中共|中央|中国|国家|国务院|全国|北京|上海|天津|重庆|(?:[\u4e00-\u9fff]{2,3}[省市县区州])|最高|人民|[\u4e00-\u9fff]{2,8}(?:大学|学院|研究|日报|报社)"
)
NOBODY = frozenset(
    "佚名 匿名 未知 不详 无名 网络 网友 本站 本网 本报 本刊 小编 编辑 记者 作者 综合 整理 转载 原创 管理员 网络整理 "
    "本站编辑 本网编辑 编辑部 本报讯 新闻中心 投稿 网站 来源 通讯员 受访者 资料".split()
)


@dataclass(slots=True)
class Byline:
    """The persons of the byline, in the order printed, and the affiliation printed for them together."""

    authors: list[DraftAuthor] = field(default_factory=list)
    affiliation: str = ""


def find_byline(around: Surroundings, body_text: str = "", persons: Iterable[str] = ()) -> Byline:
    """Return the authors, translators and photographers the page names.

    `persons` are names found where the source should stand; they are asked before the weakest rules.

    >>> [author.name for author in find_byline(Surroundings(closing=["账目每月贴一次。（记者 温小舟 柳青）"])).authors]
    ['温小舟', '柳青']
    """
    names = _authors(around, body_text, list(persons))
    authors = [DraftAuthor(name) for name in names[:MOST_AUTHORS]]
    taken = set(names)
    for role in ("translator", "photographer"):
        others = [name for name in _labelled(around, {role}, strict=True) if name not in taken]
        authors += [DraftAuthor(name, role=role) for name in others[:MOST_AUTHORS]]
        taken.update(others)
    return Byline(authors, _affiliation(around, names))


def _authors(around: Surroundings, body_text: str, persons: list[str]) -> list[str]:
    said = _unique(split_names(around.first_meta("citation_authors", "citation_author", "dc.creator")))
    if said:
        return said
    labelled = (
        _labelled(around, {"author"})
        or _by(BARE_LABEL, (*around.below_title, *around.opening, *around.closing, *around.tail))
        or _by(BOXED, around.below_title)
    )
    reporters = _labelled(around, {"reporter", "correspondent"}, strict=True) or _unique(_signed_with_role(around))
    if labelled and reporters:
        # two bylines are one byline printed twice, unless they share nobody
        return _unique([*reporters, *labelled]) if set(labelled) & set(reporters) else labelled
    return labelled or reporters or _weaker(around, body_text, persons)


def _weaker(around: Surroundings, body_text: str, persons: list[str]) -> list[str]:
    rules: tuple[Callable[[], list[str]], ...] = (
        lambda: persons,
        lambda: _unique(_sign_offs(around)),
        lambda: _below_title(around),
        lambda: _in_title(around.title, body_text),
        lambda: _said_and_shown(around),
    )
    return next((names for rule in rules if (names := rule())), [])


def _labelled(around: Surroundings, kinds: set[str], strict: bool = False) -> list[str]:
    """The names after labels of these kinds; the first line that names somebody decides."""
    for line in around.label_lines():
        values = [label.value for label in labels_of(line) if label.kind in kinds]
        names = _unique(
            name for value in values for name in (split_names(_cut(value)) or ([] if strict else _pen_names(value)))
        )
        if names:
            return names
    return []


def _pen_names(value: str) -> list[str]:
    """Names that only a label makes believable: pen names, foreign names, and a name glued to an organisation."""
    glued = _unglue(value)
    if glued:
        return [glued[0]]
    parts = [part for part in SPLIT.split(_cut(value)) if part]
    return (
        [part for part in parts[:4] if _is_pen_name(part)]
        if len(parts) <= 4 and all(len(part) < 9 for part in parts)
        else []
    )


def _is_pen_name(part: str) -> bool:
    plain = to_simplified(part)
    return (
        2 <= len(plain) <= LONGEST_PEN_NAME
        and plain not in NOBODY
        and plain not in NOT_NAMES
        and plain[:2] not in NOBODY
        and not ORGANISATION.search(plain)
        and not ORGANISATION_START.match(plain)
        and bool(POINTED.fullmatch(plain) or re.fullmatch(r"[\u4e00-\u9fff]{2,5}", plain))
    )


def _unglue(value: str) -> tuple[str, str] | None:
    """Part 何清江城县委宣传部 into name and organisation."""
    value = value.strip()
    if not re.fullmatch(r"[\u4e00-\u9fff·]{6,40}", value) or not ORGANISATION.search(value):
        return None
    for length in (2, 3, 4):
        name, rest = value[:length], value[length:]
        if is_name(name) and ORGANISATION_START.match(rest):
            return name, rest
    return None


def _signed_with_role(around: Surroundings) -> Iterator[str]:
    """Names with 记者, 评论员 … on a line of their own, in the dateline, or in brackets at the end."""
    for line in (*around.below_title[-4:], *around.opening, *around.closing, *around.tail[:8]):
        if len(line) <= LONGEST_ROLE_LINE and (match := ROLE_LINE.fullmatch(line.strip("）)】]□■●◎ \u3000"))):
            yield from _names_with_role(match["names"])
    for line in around.opening[:3]:
        start = line[:DATELINE]
        if match := DATELINE_REPORTER.search(start):
            yield from _names_with_role(match["names"])
        yield from _bracketed_with_role(start)
    for line in reversed(around.closing):
        yield from _bracketed_with_role(line[-SIGN_OFF:])


def _bracketed_with_role(text: str) -> Iterator[str]:
    for match in BRACKETED.finditer(text):
        for part in re.split(r"(?=通讯员|记者(?!证))", match["inside"]):
            role = ROLE_INSIDE.fullmatch(part.strip(" \u3000、，"))
            if role and "摄" not in part and "编辑" not in part:
                yield from _names_with_role(role["names"])


def _names_with_role(run: str) -> list[str]:
    """Names after a role word: also uncommon ones of four characters, for the role says that they are names."""
    run = _cut(run)
    known = split_names(run)
    parts = [part for part in SPLIT.split(run) if part]
    if known and (len(known) >= len(parts) or "".join(known) == "".join(parts)):
        return known
    return [part for part in parts if is_name(part) or (len(part) == 4 and part[0] in SURNAMES and _is_pen_name(part))]


def _sign_offs(around: Surroundings) -> Iterator[str]:
    """Names alone in brackets behind the last sentence."""
    for line in reversed(around.closing[-2:]):
        text = line.rstrip(" \u3000")
        matches = list(BRACKETED.finditer(text[-SIGN_OFF:]))
        if not matches or not text.endswith(matches[-1][0]):
            continue
        before = text[: len(text) - len(matches[-1][0])]
        signed = SIGNED.fullmatch(matches[-1]["inside"].strip(" \u3000"))
        if signed and (not before or before[-1] in "。！？!?…”’."):
            yield from _only_names(signed["names"])
            return


def _below_title(around: Surroundings) -> list[str]:
    """Names alone on a line between title and text, or after the date there."""
    for line in (*around.below_title, *around.opening[:2]):
        text = line.strip(" \u3000[]【】（）()")
        if len(text) <= 40 and (names := _only_names(text)):
            return names
        if match := AFTER_DATE.search(line[:LONGEST_ROLE_LINE]):
            return _only_names(match["names"])
    return []


def _in_title(title: str, body_text: str) -> list[str]:
    """The name before the colon of a title (何清:账目为什么要公开), unless the text speaks of that person."""
    match = TITLE_NAME.match(title)
    names = _only_names(match["names"]) if match else []
    return names if names and body_text and not any(name in body_text for name in names) else []


def _said_and_shown(around: Surroundings) -> list[str]:
    """The author the head of the page gives, where the page shows that name and not as the editor."""
    names = _only_names(around.first_meta("author", "og:article:author", "article:author"))
    shown = " ".join((*around.below_title, *around.opening[:2]))
    edited = " ".join(
        label.value for line in around.label_lines() for label in labels_of(line) if label.kind == "editor"
    )
    return names if names and all(name in shown and name not in edited for name in names) else []


def _only_names(text: str) -> list[str]:
    """The names of the text if it holds nothing else."""
    names = split_names(text)
    parts = [part for part in SPLIT.split(text) if part]
    if names and "".join(names) == "".join(parts):
        return names
    # 赵小东、风小天: one uncommon surname in a list of names
    is_list = "、" in text and names and 2 * len(names) >= len(parts)
    return parts if is_list and all(len(part) in (2, 3) and _is_pen_name(part) for part in parts) else []


def _by(pattern: re.Pattern[str], lines: Iterable[str]) -> list[str]:
    runs = [match["names"] for line in lines for match in pattern.finditer(line[:300])]
    return _unique(name for run in runs for name in (_names_with_role(run) or _pen_names(run)))


def _cut(run: str) -> str:
    """Cut a run of names where something else begins."""
    match = AFTER_NAMES.search(run)
    return (run[: match.start()] if match else run).strip(" \t\u3000、，,；;|｜丨︱-—")


def _affiliation(around: Surroundings, names: list[str]) -> str:
    for line in around.label_lines():
        about = ABOUT.match(line[:LONGEST_LINE])
        if about:
            return about["about"].strip(" \u3000：:")[:LONGEST_AFFILIATION]
        for label in labels_of(line):
            glued = _unglue(label.value) if label.kind == "author" else None
            if glued:
                return glued[1]
    for line in around.below_title:
        rest = next((line.removeprefix(name) for name in names if line.startswith(name)), "")
        if 4 <= len(rest) <= 60 and not labels_of(line) and "。" not in rest:
            return rest.strip(" \u3000，,")
    return ""


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
