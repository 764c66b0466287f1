"""A page that names one outlet for its text above it and another below."""

import re
from collections.abc import Iterator, Sequence

from articles.chinese.scripts import to_simplified
from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "source_conflict"
SEVERITY = "warning"
MOST_SHOWN = 4
LONGEST_NAME = 60

PARTS = re.compile(r"[\s\-－—·•/、,，|｜＞>]+")
BRACKETED = re.compile(r"[（(【\[][^()（）【】\[\]]{0,30}[)）】\]]")
MARKS = re.compile(r"[《》〈〉“”\"'：:。.]")
# 江城网 and 江城日报 are doors of one house
FORM = re.compile(
    r"(?:官方|手机)?(?:网站|官网|网络版|电子版|微信公众号|公众号|微信|微博|客户端|app|记者站|记者|编辑部|杂志社|杂志"
    r"|日报社|晚报社|日报|晚报|早报|周报|报社|报|通讯社|出版社|电视台|广播|频道|新闻|在线|综合|整理|[网社台刊])$"
)
NOBODY = frozenset(
    "本站 本网 本报 本刊 网络 互联网 原创 转载 综合 未知 不详 佚名 其他 其它 来源 网上 作者 admin".split()
)
# names by which an outlet goes that share no characters
ALIASES = {"cctv": "央视", "中央电视": "央视", "cnr": "央广", "中央人民": "央广", "cri": "国际在线", "cnn": "有线"}


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding, placed at the beginning of the body, with the outlets that cannot be one and the same."""
    named = [(source, parts) for source in text.sources if (parts := _folded(source))]
    if not named:
        return
    first, trusted = named[0]
    others = [source for source, parts in named[1:] if not _are_one(trusted, parts)]
    shown = list(dict.fromkeys([first, *others]))[:MOST_SHOWN]
    if len(shown) > 1:
        yield Finding(CODE, SEVERITY, 0, 0, 0, " / ".join(name[:LONGEST_NAME] for name in shown), None, 0.7)


def _folded(source: str) -> list[str]:
    """Return the parts of a name without what is only its form: 人民网-《人民日报》 gives 人民 twice."""
    plain = MARKS.sub("", BRACKETED.sub("", to_simplified(source[:LONGEST_NAME]).casefold()))
    parts = [_core(part) for part in PARTS.split(plain) if part and part not in NOBODY]
    return [ALIASES.get(part, part) for part in parts if part]


def _core(part: str) -> str:
    """Take the form of an outlet off its name as long as a name is left."""
    while len(shorter := FORM.sub("", part)) > 1 and shorter != part:
        part = shorter
    return part


def _are_one(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(_is_short_for(a, b) or _is_short_for(b, a) for a in one for b in other)


def _is_short_for(short: str, long: str) -> bool:
    """Return whether the characters of the one stand in the other in their order: 中新 for 中国新闻."""
    rest = iter(long)
    return all(char in rest for char in short)
