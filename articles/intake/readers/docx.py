"""A Word document (.docx) becomes a Draft."""

from articles.intake import confined
from articles.intake.draft import Draft
from articles.intake.readers import document

PARSER = "articles.intake.readers.docx_pages:read"


def read(data: bytes, url: str = "") -> Draft:
    """Return the draft of the document; raises `Unreadable`, whose message says what is wrong with it."""
    return document.read(confined.run(PARSER, data), "docx", url)
