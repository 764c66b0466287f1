"""The files a reader may take an article away in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from articles.exports import docx, epub, markdown, plain
from articles.exports.manuscript import Manuscript


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called, what it is served as, and who writes it."""

    name: str
    media_type: str
    write: Callable[[Manuscript, IO[bytes]], None]


FORMATS = {
    "txt": Format("TXT", "text/plain; charset=utf-8", plain.write),
    "md": Format("Markdown", "text/markdown; charset=utf-8; variant=CommonMark", markdown.write),
    "docx": Format("DOCX", docx.MEDIA_TYPE, docx.write),
    "epub": Format("EPUB", epub.MEDIA_TYPE, epub.write),
}
