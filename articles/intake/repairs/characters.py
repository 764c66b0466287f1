"""Characters that are no text: invisible ones, those of icon fonts, and entities that a site escaped twice."""

import html
import re

from articles import body
from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet
from articles.restoration import Finding

MOST_FINDINGS = 200
ENTITY = r"(?:nbsp|ensp|emsp|amp|quot|ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot);"

# zero-width space, joiners and marks of direction, soft hyphen; a joiner between emoji stays
_ZERO_WIDTH = "[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]{1,50}"
_PRIVATE_USE = "[\ue000-\uf8ff\U000f0000-\U0010fffd]{1,50}"
INVISIBLE = re.compile(f"{_ZERO_WIDTH}|{_PRIVATE_USE}")
IN_TEXT = re.compile(f"(?P<zero_width>{_ZERO_WIDTH})|(?P<private_use>{_PRIVATE_USE})|(?P<html_residue>&{ENTITY})")
IN_HTML = re.compile(f"{_ZERO_WIDTH}|{_PRIVATE_USE}|&amp;{ENTITY}")


def strip(text: str) -> str:
    """Return the text without invisible and private-use characters.

    >>> strip("公开\u200b预算\ue62a")
    '公开预算'
    """
    return INVISIBLE.sub("", text)


def repair(sheet: Sheet) -> None:
    """Take them out."""
    sheet.change(
        Edit(match.lastgroup or "", block, match.start(), match.end(), _instead(match[0]), 1.0)
        for block, text in enumerate(sheet.texts)
        for match in IN_TEXT.finditer(text)
    )


def clean(body_html: str) -> tuple[str, list[Finding]]:
    """Return the body without them, and an applied finding for each (the first 200), placed in the new body."""
    before = [block.text for block in body.blocks(body_html)]
    cleaned = IN_HTML.sub(lambda match: html.escape(_instead(match[0].replace("&amp;", "&")), quote=False), body_html)
    if cleaned == body_html:
        return body_html, []
    if len(body.blocks(cleaned)) != len(before):
        # a block held nothing else: the body is written anew, and places are no longer those of its findings
        return body.normalise(cleaned), []
    found = [finding for number, text in enumerate(before) for finding in _findings(number, text)]
    return cleaned, found[:MOST_FINDINGS]


def _findings(block: int, text: str) -> list[Finding]:
    findings, shift = [], 0
    for match in IN_TEXT.finditer(text):
        new = _instead(match[0])
        start = match.start() + shift
        code = match.lastgroup or ""
        findings.append(Finding(code, "info", block, start, start + len(new), match[0], new, applied=True))
        shift += len(new) - len(match[0])
    return findings


def _instead(found: str) -> str:
    return html.unescape(found).strip() if found.startswith("&") else ""
