"""The steps from bytes to Draft, in order."""

import re

from articles.chinese.scripts import script_of
from articles.intake.decoding import decode
from articles.intake.draft import Draft
from articles.intake.readers import html

HTML_START = re.compile(r"<(?:!doctype html|html|head|body|meta|title|div|p|table|script|link)[\s>]", re.IGNORECASE)
SNIFFED = 4_000


def read(data: bytes, *, name: str = "", url: str = "") -> Draft:
    """Return the draft of a page or text file; raises `Unreadable`, whose message says what is wrong with it."""
    decoded = decode(data)
    draft = html.read(decoded.text, url)
    draft.encoding = decoded.encoding
    draft.script = script_of(draft.body_text)
    return draft
