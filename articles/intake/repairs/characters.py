"""Characters that are no text: invisible ones, those of icon fonts, and entities that a site escaped twice."""

import html
import re

from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet

ENTITY = r"(?:nbsp|ensp|emsp|amp|quot|ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot);"

# zero-width space, joiners and marks of direction, soft hyphen; a joiner between emoji stays
_ZERO_WIDTH = "[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]{1,50}"
_PRIVATE_USE = "[\ue000-\uf8ff\U000f0000-\U0010fffd]{1,50}"
INVISIBLE = re.compile(f"{_ZERO_WIDTH}|{_PRIVATE_USE}")
IN_TEXT = re.compile(f"(?P<zero_width>{_ZERO_WIDTH})|(?P<private_use>{_PRIVATE_USE})|(?P<html_residue>&{ENTITY})")


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


def _instead(found: str) -> str:
    return html.unescape(found).strip() if found.startswith("&") else ""
