"""A phrase that stands twice running where copying doubled it: 密切密切联系."""

import re
from collections import Counter
from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "doubled_phrase"
SEVERITY = "warning"

DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,12})\1")

# 一步一步, 很多很多, 越走越: said twice on purpose
SAID_TWICE = re.compile(r"[一两几很好再又越非极太某每多少真快慢不]")


def detect(text: Text) -> Iterator[Finding]:
    """Yield doubled phrases whose single form stands elsewhere too.

    Two characters said twice are good Chinese (研究研究, 讨论讨论), so those must be doubled more than once.
    """
    found = [(number, match) for number, block in enumerate(text.blocks) for match in DOUBLED.finditer(block)]
    times = Counter(match[1] for _, match in found)
    whole = "\n".join(text.blocks)
    suspects = {phrase for phrase in times if not SAID_TWICE.match(phrase) and (len(phrase) > 2 or times[phrase] > 1)}
    doubled = {phrase for phrase in suspects if whole.count(phrase) > 2 * times[phrase]}
    for number, match in found:
        phrase = match[1]
        if phrase not in doubled:
            continue
        confidence = 0.85 if len(phrase) > 2 or times[phrase] > 2 else 0.7
        yield Finding(CODE, SEVERITY, number, match.start(), match.end(), match[0], phrase, confidence)
