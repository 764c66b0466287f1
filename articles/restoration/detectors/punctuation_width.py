"""Half-width punctuation among Han characters: 强调,要 → 强调，要."""

from collections.abc import Iterator

from articles.chinese.punctuation import narrow_marks
from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "punctuation_width"
SEVERITY = "info"


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding for each mark; brackets are proposed in pairs."""
    for number, block in enumerate(text.blocks):
        for mark in narrow_marks(block):
            confidence = 0.95 if mark.sure else 0.85
            yield Finding(CODE, SEVERITY, number, mark.start, mark.end, mark.found, mark.wide, confidence)
