"""Ask every detector about a body."""

from itertools import islice

from articles import body
from articles.restoration.detectors import (
    doubled_phrase,
    glyph_substitution,
    injected_text,
    masked_text,
    mixed_script,
    punctuation_width,
    suspect_site,
    truncated,
)
from articles.restoration.findings import MOST_OF_ONE_CODE, Finding
from articles.restoration.text import Text

DETECTORS = (
    suspect_site,
    masked_text,
    injected_text,
    doubled_phrase,
    mixed_script,
    glyph_substitution,
    punctuation_width,
    truncated,
)


def detect(body_html: str, *, around: str = "", script: str = "hans", truncated: bool = False) -> list[Finding]:
    """Return what looks wrong in a body, in reading order, the first 2,000 of each code.

    `around` is the text of the page that is not the article; `truncated` says that the page admits to show a part only.
    """
    text = Text([block.text for block in body.blocks(body_html)], around, script, truncated)
    found = [finding for detector in DETECTORS for finding in islice(detector.detect(text), MOST_OF_ONE_CODE)]
    return sorted(_outside_inserts(found), key=lambda finding: (finding.block, finding.start, finding.end))


def _outside_inserts(findings: list[Finding]) -> list[Finding]:
    """Nobody mends the punctuation of words that are to be taken out."""
    inserts = [finding for finding in findings if finding.code == injected_text.CODE]
    return [each for each in findings if each.code != punctuation_width.CODE or not _is_inside(each, inserts)]


def _is_inside(finding: Finding, inserts: list[Finding]) -> bool:
    return any(other.block == finding.block and other.start <= finding.start < other.end for other in inserts)
