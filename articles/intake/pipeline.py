"""The steps from bytes to Draft, in order."""

import re

from articles.intake.decoding import decode, refuse
from articles.intake.draft import Draft
from articles.intake.readers import docx, html, pdf, text

SNIFFED = 20_000
PDF_MARK, ZIP_MARK = b"%PDF-", b"PK\x03\x04"
# what may stand before the mark of a PDF
BLANK = b"\xef\xbb\xbf\x00 \t\r\n"
# a page saved without its head still has this many tags of layout near its top
FEWEST_TAGS = 6
DOCUMENT = re.compile(r"<(?:!doctype\s{1,9}html|html|head|body|frameset)[\s>]", re.IGNORECASE)
LAYOUT = re.compile(r"</?(?:p|div|br|span|td|tr|table|meta|title|h[1-6]|ul|li)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)


def read(data: bytes, *, name: str = "", url: str = "") -> Draft:
    """Return the draft of a page, text or document; raises `Unreadable`, whose message says what is wrong with it.

    The content decides which of them it is; `name` only where the content leaves it open.
    """
    refuse(data)
    if data.lstrip(BLANK).startswith(PDF_MARK):
        return pdf.read(data, url)
    if data.startswith(ZIP_MARK):
        return docx.read(data, url)
    decoded = decode(data)
    draft = (html if is_html(decoded.text, name) else text).read(decoded.text, url)
    draft.encoding = decoded.encoding
    return draft


def is_html(decoded: str, name: str = "") -> bool:
    """Return whether the text is a page, by the tags near its top.

    >>> is_html("<!DOCTYPE html><title>账目公开</title>"), is_html("账目公开\\n村里每月贴一次 <图>")
    (True, False)
    """
    top = decoded[:SNIFFED]
    if DOCUMENT.search(top):
        return True
    tags = len(LAYOUT.findall(top))
    return tags >= FEWEST_TAGS or (tags > 0 and name.lower().endswith((".html", ".htm", ".shtml", ".xhtml")))
