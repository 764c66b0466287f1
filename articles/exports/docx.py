"""An article as a Word document: real headings, lists, tables with spans, pictures, and footnotes."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from functools import singledispatchmethod
from typing import IO, Any

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm
from PIL import Image

from articles.body.inline import BREAK, Line, Piece
from articles.body.parts import Figure, Listing, Part, Quote, Table, Text
from articles.exports import docx_styles
from articles.exports.album import Album
from articles.exports.archive import Archive
from articles.exports.docx_xml import Footnotes, element, grid, paragraph, run
from articles.exports.manuscript import Manuscript
from articles.exports.plain import byline, told

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADINGS = {"h2": "Heading1", "h3": "Heading2", "h4": "Heading3"}
# python-docx refuses longer ones
LONGEST_PROPERTY = 255
PIXELS_A_MM = 96 / 25.4


def write(manuscript: Manuscript, file: IO[bytes]) -> None:
    """Write the file; the same bytes for the same manuscript, which python-docx by itself does not promise."""
    document = Document()
    docx_styles.dress(document, manuscript.language)
    _describe(document, manuscript)
    Writer(document, manuscript).write()
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, Archive(file) as archive:
        for name in parts.namelist():
            archive.add(name, parts.read(name))


def _describe(document: Any, manuscript: Manuscript) -> None:
    properties = document.core_properties
    said = {
        "title": manuscript.title,
        "author": "、".join(one.name for one in manuscript.signatures if not one.label),
        "subject": manuscript.subtitle,
        "keywords": "、".join(manuscript.keywords),
        "identifier": manuscript.address,
        "language": manuscript.language,
        "comments": "  ".join(manuscript.notices),
        "last_modified_by": "",
    }
    for name, value in said.items():
        setattr(properties, name, value[:LONGEST_PROPERTY])
    # without its zone, as python-docx writes every moment down as one in Greenwich
    properties.created = properties.modified = manuscript.published_at.replace(tzinfo=None, microsecond=0)
    properties.revision = 1


class Writer:
    """Writes one manuscript into the body of a document."""

    def __init__(self, document: Any, manuscript: Manuscript) -> None:
        self.document = document
        self.manuscript = manuscript
        self.end = document.element.body.sectPr
        self.album = Album()
        self.footnotes = Footnotes()
        self.parts = manuscript.parts
        self.has_footnotes = self._refers_in_order()

    def _refers_in_order(self) -> bool:
        """Word counts footnotes as they come: our notes can be that only where the text refers to each in its order."""
        pieces = (piece for part in self.parts for line in part.texts() for piece in line)
        numbers = dict.fromkeys(filter(None, map(self.manuscript.note_of, pieces)))
        return list(numbers) == list(range(1, len(self.manuscript.notes) + 1))

    def write(self) -> None:
        manuscript = self.manuscript
        self.put(manuscript.title, "Title")
        if manuscript.subtitle:
            self.put(manuscript.subtitle, "Subtitle")
        for line in (byline(manuscript.signatures), f"{manuscript.outlet} {manuscript.date}", *manuscript.notices):
            if line.strip():
                self.put(line.strip(), docx_styles.BYLINE)
        if manuscript.abstract:
            self.put(manuscript.abstract_label, docx_styles.LABEL)
            for line in manuscript.abstract:
                self.put(line, docx_styles.ABSTRACT)
        for part in self.parts:
            for made in self.part(part):
                self.end.addprevious(made)
        if manuscript.printed_editor:
            self.put(f"{_('Editor as printed')} {manuscript.printed_editor}", docx_styles.SIGN_OFF)
        self.apparatus()
        self.footnotes.attach(self.document.part, manuscript.notes if self.has_footnotes else [])

    def apparatus(self) -> None:
        manuscript = self.manuscript
        if manuscript.notes and not self.has_footnotes:
            self.put(_("Notes"), docx_styles.LABEL)
            for number, note in enumerate(manuscript.notes, 1):
                self.put(f"[{number}] {note}", docx_styles.APPARATUS)
        self.put(_("Source and editions"), docx_styles.LABEL)
        for label, lines in told(manuscript):
            self.put(f"{label}：{'；'.join(lines)}", docx_styles.APPARATUS)
        self.put(_("To cite this text"), docx_styles.LABEL)
        self.put(manuscript.citation, docx_styles.APPARATUS)
        self.put(f"{_('Permanent address')} {manuscript.address}", docx_styles.APPARATUS)

    def put(self, text: str, style: str) -> None:
        self.end.addprevious(paragraph(style, [run(text)]))

    @singledispatchmethod
    def part(self, part: Part) -> Iterator[Any]:
        raise TypeError(f"{type(part).__name__} is no part of a manuscript.")

    @part.register
    def _text(self, part: Text) -> Iterator[Any]:
        yield self.set(part.line, HEADINGS.get(part.element, docx_styles.TEXT))

    @part.register
    def _quote(self, part: Quote) -> Iterator[Any]:
        for line in part.paragraphs:
            yield self.set(line, docx_styles.QUOTE)

    @part.register
    def _listing(self, part: Listing) -> Iterator[Any]:
        """Each numbered list counts anew; the further paragraphs of an item stand under it without a number."""
        is_counted = part.start is not None and part.start >= 0
        number = docx_styles.numbering(self.document, part.start or 0) if is_counted else None
        for at, entry in enumerate(part.entries):
            first = self.set(entry.paragraphs[0], "ListBullet" if part.start is None else "ListNumber", number)
            if part.start is not None and not is_counted:  # Word counts nothing below nought
                first = self.set(
                    [Piece(f"{part.start + at}. ", entry.paragraphs[0][0].marks), *entry.paragraphs[0]],
                    docx_styles.CONTINUED,
                )
            yield first
            for line in entry.paragraphs[1:]:
                yield self.set(line, docx_styles.CONTINUED)

    @part.register
    def _figure(self, part: Figure) -> Iterator[Any]:
        """A picture with its caption; of one that is gone the caption stays."""
        drawn = self.drawing(part)
        if drawn is not None:
            yield paragraph(docx_styles.FIGURE, [element("w:r", drawn)])
        if part.caption:
            yield self.set(part.caption, "Caption")
        picture = self.manuscript.pictures.get(part.src)
        if picture and picture.credit:
            yield paragraph("Caption", [run(picture.credit)])

    def drawing(self, part: Figure) -> Any:
        data = self.album.take(self.manuscript.pictures, part.src)
        if data is None:
            return None
        picture = self.manuscript.pictures[part.src]
        if picture.media_type == "image/webp":  # which Word does not know
            data = _as_png(data)
        width = Mm(min(docx_styles.TEXT_WIDTH, max(1, picture.width / PIXELS_A_MM)))
        inline = self.document.part.new_pic_inline(io.BytesIO(data), width=width)
        inline.docPr.set("descr", part.alt or "")
        return element("w:drawing", inline)

    @part.register
    def _table(self, part: Table) -> Iterator[Any]:
        """Written cell by cell: python-docx looks at the whole table for each of them."""
        rows = [
            element("w:tr", *(self.cell(cell, span, is_continued) for cell, span, is_continued in row))
            for row in grid(part.rows)
        ]
        width = sum(cell.colspan for cell in part.rows[0])
        columns = [element("w:gridCol", w=str(docx_styles.TEXT_TWIPS // max(1, width))) for _column in range(width)]
        yield element(
            "w:tbl",
            element("w:tblPr", element("w:tblStyle", val="TableGrid"), element("w:tblW", w="5000", type="pct")),
            element("w:tblGrid", *columns),
            *rows,
        )
        yield paragraph(docx_styles.AFTER_TABLE, [])

    def cell(self, cell: Any, span: int, is_continued: bool) -> Any:
        properties = element("w:tcPr")
        if span > 1:
            properties.append(element("w:gridSpan", val=str(span)))
        if is_continued or cell.rowspan > 1:
            properties.append(element("w:vMerge", val="continue" if is_continued else "restart"))
        style = docx_styles.CELL if is_continued or cell.element == "td" else docx_styles.HEAD_CELL
        return element("w:tc", properties, self.set([] if is_continued else cell.line, style))

    def set(self, line: Line, style: str, number: int | None = None) -> Any:
        """Return the paragraph of a line; `number` is the list that counts it."""
        made = paragraph(style, self.pieces(line))
        if number is not None:
            counted = element("w:numPr", element("w:ilvl", val="0"), element("w:numId", val=str(number)))
            made[0].append(counted)
        return made

    def pieces(self, line: Sequence[Piece]) -> Iterator[Any]:
        for piece in line:
            note = self.manuscript.note_of(piece)
            if note and self.has_footnotes and self.footnotes.is_new(note):
                yield self.footnotes.reference(note)
                continue
            marks = piece.marks
            words = piece.text.replace(BREAK, "\n")
            made = run(words, strong=marks.strong, em=marks.em, level=marks.level, is_link=bool(marks.href))
            yield self.link(made, marks.href) if marks.href else made

    def link(self, made: Any, address: str) -> Any:
        key = self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return element("w:hyperlink", made, **{"r:id": key})


def _as_png(data: bytes) -> bytes:
    """Return a picture of ours, which was made by us of pixels alone, in a form that Word knows."""
    png = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.save(png, "PNG")
    return png.getvalue()
