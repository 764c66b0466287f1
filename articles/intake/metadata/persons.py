"""Runs of persons' names as bylines print them."""

import re

from articles.chinese.names import NEVER_IN_NAMES, NOT_NAMES, POINTED, SURNAMES, is_name, split_names
from articles.chinese.scripts import to_simplified

# what ends a run of names: 发自北京 · /摄 · 报道 · 供图
AFTER_NAMES = re.compile(
    r"发自|[／/][\u4e00-\u9fff]{2,6}[报報][道導]|[报報][道導]|摄影?|攝影?|供图|[图文]/|/[图文摄]|/|编辑|责编|实习生|来源|通讯员|记者|"
    r"见习|特约|整理|综合|编译|译|校对|审核|[\d（(\[【:：]|返回|查看|阅读|点击|发布|日期|时间"
)
# [英]约翰·格林
COUNTRY = re.compile(
    r"^[ \u3000]{0,3}[\[［【〔（(][\u4e00-\u9fff]{1,3}[\]］】〕）)][ \u3000]{0,2}(?=[\u4e00-\u9fff]{1,8}[·•・])"
)
ROLE = re.compile(r"(?:本报|特约|见习|实习|首席)?(?:记者|記者|通讯员|通訊員|实习生|實習生)[ \u3000:：]{0,3}")
# who works on a text without writing it: （责任编辑 何清）
STAFF = re.compile(r"编辑$|责编|校对|审|监制|摄|来源|统筹")
SPLIT = re.compile(r"[ \t\u00a0\u3000、，,；;/&＆|｜]+|和(?=[\u4e00-\u9fff]{2,4}$)")
ORGANISATION = re.compile(
    r"(?:[网报社部室局委办院校厅台站组司会团队所处科系厂]|中心|频道|公司|大学|学院|周刊|杂志|传媒|编辑|小编|平台|课题组|联盟|政府|[图博]\w{1,2}馆)$"
)
# what a person is, at the end of a phrase: 江城大学教授, 退休统计工作者
CALLING = re.compile(
    r"(?:书记|主任|教授|讲师|研究员|院长|所长|局长|部长|主席|会长|校长|[省市县区镇乡村]长|委员|博士|硕士|编审|工作者|撰稿人|学者|作家|作者|"
    r"教师|律师|医师|工程师|职工|员工|居民|村民|市民|读者|干部|代表|志愿者|记者|党校|医院)$"
)
NATIONAL_START = re.compile("中共|中央|中国|国家|国务院|全国|北京|上海|天津|重庆|最高|人民")
ORGANISATION_START = re.compile(
    rf"{NATIONAL_START.pattern}|[\u4e00-\u9fff]{{2,3}}[省市县区州]|[\u4e00-\u9fff]{{2,8}}(?:大学|学院|研究|日报|报社)"
)
NOBODY = frozenset(
    "佚名 匿名 未知 不详 无名 网络 网友 本站 本网 本报 本刊 小编 编辑 记者 作者 综合 整理 转载 原创 管理员 网络整理 "
    "本站编辑 本网编辑 编辑部 本报讯 新闻中心 投稿 网站 来源 通讯员 受访者 资料 最新文章 全部文章 更多文章".split()
)
LONGEST_PEN_NAME = 8
MOST_PEN_NAMES = 4


def alone(text: str) -> list[str]:
    """Return the names of the text if it holds nothing else.

    >>> alone("温小舟、柳长青"), alone("温小舟说")
    (['温小舟', '柳长青'], [])
    """
    names = split_names(text)
    parts = [part for part in SPLIT.split(text) if part]
    if names and "".join(names) == "".join(parts):
        return names
    # 赵小东、风小天: one uncommon surname in a list of names
    is_list = "、" in text and names and 2 * len(names) >= len(parts)
    return parts if is_list and all(len(part) in (2, 3) and _is_pen_name(part) for part in parts) else []


def with_unit(text: str) -> list[str]:
    """Return the names of the text if it holds nothing else but organisations.

    >>> with_unit("江城日报 温小舟"), with_unit("江城日报 报道")
    (['温小舟'], [])
    """
    parts = [part for part in SPLIT.split(text) if part]
    names = [part for part in parts if is_name(part)]
    units = [part for part in parts if part not in names]
    is_signed = all(ORGANISATION.search(part) and not STAFF.search(part) for part in units)
    return names if names and is_signed else []


def with_role(run: str) -> list[str]:
    """Return the names after a role word, also uncommon ones of four characters: the role says that they are names.

    >>> with_role("罗科苏盈发自北京"), with_role("温小舟 通讯员 柳长青")
    (['罗科苏盈'], ['温小舟', '柳长青'])
    """
    return [name for part in ROLE.split(run) for name in _after_role(part)]


def reporters(value: str) -> list[str]:
    """Return the names after a reporter's label, among known ones also those of peoples without surnames.

    >>> reporters("次仁多吉　李秀兰"), reporters("李秀兰 青石县委")
    (['次仁多吉', '李秀兰'], ['李秀兰'])
    """
    run = cut(value)
    known = split_names(run)
    parts = [part for part in SPLIT.split(run) if part]
    more = [part for part in parts if part in known or (known and len(part) == 4 and _may_be_whole_name(part))]
    return more if len(more) == len(parts) else known


def _may_be_whole_name(part: str) -> bool:
    return _is_pen_name(part) and not NEVER_IN_NAMES.intersection(to_simplified(part))


def _after_role(run: str) -> list[str]:
    run = cut(run)
    known = split_names(run)
    parts = [part for part in SPLIT.split(run) if part]
    if known and (len(known) >= len(parts) or "".join(known) == "".join(parts)):
        return known
    return [part for part in parts if is_name(part) or (len(part) == 4 and part[0] in SURNAMES and _is_pen_name(part))]


def pen_names(value: str) -> list[str]:
    """Return names that only a label makes believable: pen names, foreign names, a name glued to an organisation."""
    glued = unglue(value)
    if glued:
        return [glued[0]]
    parts = [part for part in SPLIT.split(cut(value)) if part]
    if len(parts) > MOST_PEN_NAMES or any(len(part) > LONGEST_PEN_NAME for part in parts):
        return []
    return [part for part in parts if _is_pen_name(part)]


def unglue(value: str) -> tuple[str, str] | None:
    """Part a name from the organisation it is glued to.

    >>> unglue("何清中共青石县委宣传部")
    ('何清', '中共青石县委宣传部')
    """
    value = value.strip()
    if not re.fullmatch(r"[\u4e00-\u9fff·]{6,40}", value) or not (ORGANISATION.search(value) or CALLING.search(value)):
        return None
    pairs = [(value[:length], value[length:]) for length in (3, 2, 4) if is_name(value[:length])]
    # a word that no name ends in tells better where the organisation begins than a place of any name does
    for start in (NATIONAL_START, ORGANISATION_START):
        for name, rest in pairs:
            if start.match(rest):
                return name, rest
    return None


def cut(run: str) -> str:
    """Return the run of names up to where something else begins, without the country of a foreign author.

    >>> cut("[英]约翰·格林 编辑 何清")
    '约翰·格林'
    """
    run = COUNTRY.sub("", run)
    match = AFTER_NAMES.search(run)
    return (run[: match.start()] if match else run).strip(" \t\u3000、，,；;|｜丨︱-—)）】]")


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
