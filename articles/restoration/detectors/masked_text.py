"""Words that a site has masked: 中国***, 20__年, ××同志."""

import re
from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "masked_text"
SEVERITY = "error"

HAN = "[\u4e00-\u9fff]"
MASK = re.compile(
    # **重点**: how plain text makes words bold
    r"(?P<bold>(?<![^\s\W])\*\*(?=[^\s*])[^*\n]{1,60}\*\*(?!\*))"
    # 中国***, ***同志; one star alone marks a note
    rf"|(?<={HAN})[*＊]{{2,8}}|(?<![*＊])[*＊]{{2,8}}(?={HAN}|[，。、,])"
    # 20__年, 20xx年, __镇; a form has ____年__月 to be filled in
    r"|(?<=20)(?:[_＿]{1,4}|[xXＸ×*＊]{2})(?=年)|(?<![_＿年月：: ])[_＿]{2,4}(?=[省市县区镇乡村])"
    # x同志, ××市, 在×××领导下
    r"|(?<![A-Za-z\d])[xXＸ×]{1,3}(?=(?:同志|省|市|县|区|镇|乡|村|书记|主任))"
    rf"|(?<={HAN})[×✕╳]{{2,8}}(?={HAN}|[，。、；])|(?<={HAN})[█▇]{{2,20}}"
    r"|[\[【（(](?:敏感词|屏蔽词|违禁词|已屏蔽|内容已屏蔽|敏感词已屏蔽|和谐)[\]】）)]"
)
MASKS = frozenset("*＊_＿xXＸ×✕╳█▇")
WORDS = ("敏感", "屏蔽", "违禁", "和谐")
# 村务公开研究**: a mark at the end of a title leads to a note
LONGEST_TITLE = 60


def detect(text: Text) -> Iterator[Finding]:
    """Yield the masks; what stood there is never guessed."""
    for number, block in enumerate(text.simplified()):
        if MASKS.isdisjoint(block) and not any(word in block for word in WORDS):
            continue
        for match in MASK.finditer(block):
            if not match["bold"] and not _is_note(block, match):
                yield Finding(CODE, SEVERITY, number, match.start(), match.end(), match[0], None, 0.9)


def _is_note(block: str, match: re.Match[str]) -> bool:
    return len(block) <= LONGEST_TITLE and match.end() == len(block) and match[0] in ("*", "**")
