"""Read a PDF; runs in the child of `confined`: whatever it needs is imported or looked up before it runs."""

import codecs
import heapq  # noqa: F401 - Counter loads it late otherwise
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

# loaded late otherwise
import pypdf._codecs.core_font_metrics
import pypdf._crypt_providers._fallback
import pypdf.filters
import pypdf.xmp  # noqa: F401
from pypdf import PdfReader, overwrite_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from articles.intake.decoding import Unreadable, gettext_noop
from articles.intake.readers import pdf_columns, pdf_furniture, pdf_lines, pdf_markup, pdf_notes, pdf_paragraphs
from articles.intake.readers.pdf_fonts import UNKNOWN
from articles.intake.readers.pdf_glyphs import Pen, Run
from articles.intake.readers.pdf_lines import Line

MOST_PAGES = 1_000
MOST_LETTERS = 3_000_000
LARGEST_STREAM = 30_000_000
# a page of pictures may show the name of a library under each of them
FEWEST_LETTERS_A_PAGE = 30
MOST_UNKNOWN = 0.3

PROTECTED = gettext_noop(
    "The PDF is locked with a password: open it with the password, print it into a new PDF and bring that in."
)
SCANNED = gettext_noop(
    "The PDF holds pictures of pages and no text: run text recognition (OCR) on it first and bring the result in."
)
UNNAMED = gettext_noop(
    "The fonts of the PDF do not say which characters they show: run text recognition (OCR) on it first."
)
EMPTY = gettext_noop("The PDF holds no text.")
TOO_LARGE = gettext_noop("The PDF unpacks to more than can be read: print it into a new PDF and bring that in.")

# those that pypdf asks for by name
for name in "utf-16-be utf-16 utf-8 gbk gb2312 gb18030 cp950 cp932 charmap latin-1 cp1252 ascii".split():
    codecs.lookup(name)


def read(data: bytes) -> dict[str, Any]:
    """Return the text of a PDF as HTML, its notes, its running heads and page numbers, and what it says of itself."""
    try:
        pdf = opened(data)
        pages, pictures = _pages(pdf)
        _refuse(pages, pictures)
        return _write(pages) | {"said": _said(pdf)}
    except LimitReachedError:
        raise Unreadable(TOO_LARGE) from None


def opened(data: bytes) -> PdfReader:
    """Return the PDF, whose parts unpack to no more than we read; raises `Unreadable` where it is locked or long."""
    overwrite_configuration(
        zlib_maximum_output_length=LARGEST_STREAM,
        lzw_maximum_output_length=LARGEST_STREAM,
        run_length_maximum_output_length=LARGEST_STREAM,
        array_based_stream_maximum_output_length=LARGEST_STREAM,
        maximum_declared_stream_length=LARGEST_STREAM,
    )
    try:
        pdf = PdfReader(BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise Unreadable(PROTECTED)
        if len(pdf.pages) > MOST_PAGES:
            raise Unreadable("The PDF has more than %(most)d pages: divide it.", most=MOST_PAGES)
    except (DependencyError, FileNotDecryptedError, NotImplementedError):
        # a cipher that needs another library
        raise Unreadable(PROTECTED) from None
    return pdf


def _pages(pdf: PdfReader) -> tuple[list[list[Run]], int]:
    """The runs of each page, as if all were upright, and how many pictures the pages show."""
    pages, letters, pictures = [], 0, 0
    for page in islice(pdf.pages, MOST_PAGES):
        pen = Pen(pdf)
        contents = page.get("/Contents")
        if contents is not None:
            pen.draw(contents, page.get("/Resources"))
        box = [float(edge) for edge in page.mediabox]
        runs = [run for run in pen.runs if _is_on(run, box)]
        letters += sum(len(run.text) for run in runs)
        pictures += pen.pictures
        if letters > MOST_LETTERS:
            raise Unreadable(TOO_LARGE)
        pages.append(pdf_lines.upright(runs))
    return pages, pictures


def _is_on(run: Run, box: list[float]) -> bool:
    """Whether the run begins on the page; what stands beside it nobody sees."""
    return box[0] - 1 <= run.x <= box[2] + 1 and box[1] - 1 <= run.y <= box[3] + 1


def _refuse(pages: list[list[Run]], pictures: int) -> None:
    letters = [char for page in pages for run in page for char in run.text if char.isalnum() or char == UNKNOWN]
    if len(letters) < FEWEST_LETTERS_A_PAGE * len(pages) and pictures:
        raise Unreadable(SCANNED)
    if not letters:
        raise Unreadable(EMPTY)
    unknown = sum(
        char == UNKNOWN or "\ue000" <= char <= "\uf8ff" for page in pages for run in page for char in run.text
    )
    if unknown > MOST_UNKNOWN * len(letters):
        raise Unreadable(UNNAMED)


def _write(pages: list[list[Run]]) -> dict[str, Any]:
    edges = pdf_furniture.find([pdf_lines.rows(page) for page in pages])
    flows = list(_flows(pages, edges))
    noted = pdf_notes.take(flows, pdf_paragraphs.body_size(flows))
    return {
        "html": pdf_markup.write(pdf_paragraphs.build(noted.flows)),
        "notes": [pdf_markup.plain(note) for note in noted.notes],
        "heads": [head for page in edges for head in page.heads],
    }


def _flows(pages: list[list[Run]], edges: list[pdf_furniture.Edges]) -> Iterator[list[Line]]:
    for page, edge in zip(pages, edges, strict=True):
        text = [run for run in page if edge.foot < run.y < edge.top]
        for flow in pdf_columns.flows(text):
            if lines := pdf_lines.rows(flow):
                yield lines


def _said(pdf: PdfReader) -> dict[str, str]:
    """The title and keywords of the document's own description."""
    info: Any = pdf.metadata or {}
    return {name: str(info.get(key) or "") for name, key in (("title", "/Title"), ("keywords", "/Keywords"))}
