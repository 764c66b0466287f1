"""A PDF becomes a Draft."""

from articles.intake import confined
from articles.intake.draft import Draft
from articles.intake.readers import document

PARSER = "articles.intake.readers.pdf_pages:read"


def read(data: bytes, url: str = "") -> Draft:
    """Return the draft of the document; raises `Unreadable`, whose message says what is wrong with it."""
    return document.read(confined.run(PARSER, data), "pdf", url)
