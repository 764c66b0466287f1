"""The text of a page as it was received: what cleaning took out or changed stands there again."""

from collections import defaultdict

from articles import body
from articles.intake.draft import Draft
from articles.restoration import Finding


def received(draft: Draft) -> tuple[str, list[str]]:
    """Return title and paragraphs before they were cleaned, as far as the findings say what stood there.

    >>> cut = Finding("inserted_pinyin", "info", 0, 2, 2, "(zhàng)", "", 0.9, applied=True)
    >>> received(Draft(title="账目", body_html="<p>村账公开</p>", findings=[cut]))
    ('账目', ['村账(zhàng)公开'])
    """
    cleaned: dict[int, list[Finding]] = defaultdict(list)
    for finding in draft.findings:
        if finding.applied:
            cleaned[finding.block].append(finding)
    paragraphs: list[str] = []
    for block in body.blocks(draft.body_html):
        paragraphs += _with_words_back(block.text, cleaned[block.index]).strip("\n").split("\n")
    return _with_words_back(draft.title, cleaned[body.TITLE]), paragraphs


def _with_words_back(text: str, cleaned: list[Finding]) -> str:
    """Put back what stood in the text, from its end; of cleanings over each other the last is taken."""
    done_from = len(text)
    for finding in sorted(cleaned, key=lambda each: (each.start, each.end), reverse=True):
        words = finding.suggestion or ""
        if finding.end <= done_from and text[finding.start : finding.end] == words:
            text = text[: finding.start] + finding.found + text[finding.end :]
            done_from = finding.start
    return text
