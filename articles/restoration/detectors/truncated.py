"""A text that stops before its end."""

import re
from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "truncated"
SEVERITY = "error"

SENTENCE_END = re.compile(r"[。！？!?…．.；;—～~][”’」』）)】\]》〉\"' ]{0,3}$")
# （记者 甄小雨） · ——何清 · 2013年10月21日 · http://…: who said or wrote it, behind the last sentence
SIGNED = re.compile(
    r"(?:[（(【\[][^()（）【】\[\]]{1,60}[)）】\]]|(?:——|--)[^。！？，,]{1,20}|[^。！？，,]{0,25}\d{4}年\d{1,2}月(?:\d{1,2}日)?|https?://[!-~]{5,70})$"
)
SHORTEST_SENTENCE = 30
TAIL = 20
LONGEST_SIGNATURE = 80
# 省略834字,正式会员可完整阅读: what a site sets where it stops
NOTICE = re.compile(
    r"省略\d{2,6}字|(?:剩余|还剩)(?:内容|\d{1,3}[%％页])[^。！？]{0,10}(?:未读|付费|阅读|查看)|试读(?:已)?(?:结束|完毕)"
    r"|[（(]?未完[,，]?待续[)）]?|此处内容需要(?:权限|登录|付费)|(?:登录|付费|开通会员|正式会员)[^。！？]{0,6}(?:阅读|查看)(?:全文|完整|剩余)"
)


def detect(text: Text) -> Iterator[Finding]:
    """Yield the notices of a site that cuts its texts, else one finding at the end of the last block.

    That is where the page says that it is cut, or where a sentence breaks off.
    """
    noticed = False
    for number, block in enumerate(text.simplified()):
        for match in NOTICE.finditer(block):
            noticed = True
            stands = text.blocks[number][match.start() : match.end()]
            yield Finding(CODE, SEVERITY, number, match.start(), match.end(), stands, None, 0.9)
    if not text.blocks or noticed:
        return
    number, last = len(text.blocks) - 1, text.blocks[-1]
    if text.truncated or (_is_running(text) and len(last) >= SHORTEST_SENTENCE and not ends_whole(last)):
        start = max(0, len(last) - TAIL)
        yield Finding(CODE, SEVERITY, number, start, len(last), last[start:], None, 0.95 if text.truncated else 0.6)


def ends_whole(block: str) -> bool:
    """Return whether the block ends as a sentence does, or with who wrote it.

    >>> ends_whole("账目贴在村口。（记者 甄小雨）"), ends_whole("账目贴在村口，每一笔")
    (True, False)
    """
    if SENTENCE_END.search(block.rstrip()[-10:]):
        return True
    unsigned = SIGNED.sub("", block[-LONGEST_SIGNATURE:].rstrip())
    return SENTENCE_END.search(unsigned.rstrip()[-10:]) is not None or unsigned == ""


def _is_running(text: Text) -> bool:
    return not text.elements or text.elements[-1] in ("p", "li")
