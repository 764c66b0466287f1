"""A text that stops before its end."""

import re
from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "truncated"
SEVERITY = "error"

SENTENCE_END = re.compile(r"[。！？!?…．.；;][”’」』）)】\]》〉\"' ]{0,3}$")
# （记者 甄小雨） · ——何清: who said or wrote it, behind the last sentence
SIGNED = re.compile(r"(?:[（(【\[][^()（）【】\[\]]{1,60}[)）】\]]|(?:——|--)[^。，,]{1,20})$")
SHORTEST_SENTENCE = 30
TAIL = 20


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding at the end of the last block, where the page says that it is cut or a sentence breaks off."""
    if not text.blocks:
        return
    number, last = len(text.blocks) - 1, text.blocks[-1]
    breaks_off = len(last) >= SHORTEST_SENTENCE and not SENTENCE_END.search(SIGNED.sub("", last[-80:]).rstrip()[-10:])
    if text.truncated or breaks_off:
        start = max(0, len(last) - TAIL)
        yield Finding(CODE, SEVERITY, number, start, len(last), last[start:], None, 0.95 if text.truncated else 0.6)
