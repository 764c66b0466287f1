"""The pages of an EPUB, as XHTML that is well-formed by the way it is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from articles.body.inline import BREAK, Line, Piece
from articles.body.parts import Cell, Figure, Listing, Part, Quote, Table, Text
from articles.exports.manuscript import Manuscript, plain_line
from articles.exports.plain import byline, told

if TYPE_CHECKING:
    from articles.exports.epub import Book

XHTML, OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = f"{{{OPS}}}type"
E: Any = ElementMaker(namespace=XHTML, nsmap={None: XHTML, "epub": OPS})

# No face is named: whoever reads on a device has chosen one.
STYLE = b"""@charset "utf-8";
html { line-break: strict; overflow-wrap: anywhere; }
body { margin: 0 4%; line-height: 1.75; }
h1, h2, h3, h4 { line-height: 1.4; text-align: start; break-after: avoid; page-break-after: avoid; }
h1 { font-size: 1.5em; margin: 1.5em 0 0.5em; }
h2 { font-size: 1.25em; margin: 1.75em 0 0.6em; }
h3 { font-size: 1.1em; margin: 1.4em 0 0.5em; }
h4 { font-size: 1em; margin: 1.2em 0 0.5em; }
p { margin: 0; text-indent: 2em; text-align: justify; }
.subtitle, .byline, .notice, .label, .reason, .credit, figcaption, .notes p, .facts p, td p, th p { text-indent: 0; }
.subtitle { font-size: 1.1em; }
.byline, .notice, .reason, .apparatus { font-size: 0.9em; line-height: 1.6; }
.notice, .reason, .abstract { margin: 0.75em 0; padding: 0.25em 0.75em; border-inline-start: 3px solid #9e2a22; }
.abstract { border-color: #ddd7cb; }
.label, dt { font-weight: bold; }
.text { margin: 1.5em 0; }
blockquote { margin: 1em 0 1em 2em; }
ul, ol { margin: 0.75em 0; padding-inline-start: 2em; }
li p { text-indent: 0; }
em { font-style: normal; -epub-text-emphasis: filled dot; text-emphasis: filled dot; text-emphasis-position: under; }
table { margin: 1.25em 0; border-collapse: collapse; font-size: 0.9em; line-height: 1.5; }
th, td { padding: 0.3em 0.5em; border: 1px solid #999; vertical-align: top; text-align: start; }
figure { margin: 1.5em 0; text-align: center; break-inside: avoid; }
figcaption { font-size: 0.9em; line-height: 1.5; }
img { max-width: 100%; }
.cover { display: block; max-height: 98vh; margin: 0 auto; }
sup, sub { line-height: 0; }
.notes { font-size: 0.9em; line-height: 1.6; }
.sign-off { text-align: end; }
.apparatus { margin-top: 2.5em; border-top: 1px solid #999; }
dd { margin: 0 0 0.5em 1em; }
.address { overflow-wrap: anywhere; }
nav ol { list-style: none; padding-inline-start: 1em; }
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents, and those under it."""

    text: str
    href: str
    below: Sequence["Entry"] = ()


def page_of(title: str, language: str, *children: Any) -> bytes:
    """Return a whole page."""
    head = E.head(E.title(title), E.link({"rel": "stylesheet", "type": "text/css", "href": "style.css"}))
    root = E.html({"lang": language, XML_LANG: language}, head, E.body(*children))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype="<!DOCTYPE html>")


def contents(book: "Book", entries: Sequence[Entry]) -> bytes:
    """Return the navigation document."""
    entries = [Entry(book.title, "theme.xhtml"), *entries] if book.is_collection else entries
    start = E.li(E.a(_("Text"), {EPUB_TYPE: "bodymatter", "href": entries[0].href}))
    return page_of(
        book.title,
        book.interface,
        E.nav({EPUB_TYPE: "toc", "id": "toc", "role": "doc-toc"}, E.h1(_("Contents")), _listed(entries)),
        E.nav({EPUB_TYPE: "landmarks", "hidden": "hidden"}, E.h2(_("Landmarks")), E.ol(start)),
    )


def _listed(entries: Sequence[Entry]) -> Any:
    lines = (E.li(E.a(one.text, href=one.href), *([_listed(one.below)] if one.below else [])) for one in entries)
    return E.ol(*lines)


def introduction(book: "Book") -> bytes:
    """Return the page that says what a theme is about."""
    return page_of(
        book.title,
        book.language,
        E.section(
            E.h1(book.title),
            *(E.p(notice, {"class": "notice"}) for notice in book.notices),
            *(E.p(line) for line in book.introduction),
            E.p(E.a(book.address, href=book.address), {"class": "byline address"}),
        ),
    )


@dataclass
class Page:
    """The page of one article; `pictures` gives the files of those that the book has, by what the text calls them."""

    manuscript: Manuscript
    pictures: Mapping[str, str]
    href: str
    headings: list[Entry] = field(default_factory=list)
    level: int = 1
    block: int = 0
    referred: set[int] = field(default_factory=set)

    def written(self, book: "Book", reason: str) -> bytes:
        manuscript = self.manuscript
        text = E.div(*(made for part in manuscript.parts for made in self.part(part)), {"class": "text"})
        sign_off = f"{_('Editor as printed')} {manuscript.printed_editor}" if manuscript.printed_editor else ""
        return page_of(
            manuscript.title,
            manuscript.language,
            E.article(
                {EPUB_TYPE: "bodymatter"},
                E.header(*self.head(reason)),
                *self.abstract(),
                text,
                *([E.p(sign_off, {"class": "sign-off"})] if sign_off else []),
                *self.notes(),
                self.apparatus(book.interface),
            ),
        )

    def head(self, reason: str) -> Iterator[Any]:
        manuscript = self.manuscript
        yield E.h1(manuscript.title)
        if manuscript.subtitle:
            yield E.p(manuscript.subtitle, {"class": "subtitle"})
        for line in (byline(manuscript.signatures), f"{manuscript.outlet} {manuscript.date}".strip()):
            if line:
                yield E.p(line, {"class": "byline"})
        if reason:
            yield E.p(E.span(_("Why it stands here"), {"class": "label"}), f" {reason}", {"class": "reason"})
        yield from (E.p(notice, {"class": "notice"}) for notice in manuscript.notices)

    def abstract(self) -> Iterator[Any]:
        if self.manuscript.abstract:
            label = E.p(self.manuscript.abstract_label, {"class": "label"})
            yield E.section(label, *map(E.p, self.manuscript.abstract), {"class": "abstract"})

    def notes(self) -> Iterator[Any]:
        """The notes, each with a way back to where the text first refers to it."""
        notes = self.manuscript.notes
        if notes:
            lines = (self.note(number, note) for number, note in enumerate(notes, 1))
            kinds = {EPUB_TYPE: "endnotes", "role": "doc-endnotes", "class": "notes"}
            yield E.section(E.h2(_("Notes")), E.ol(*lines), kinds)

    def note(self, number: int, note: str) -> Any:
        made = E.p(note)
        if number in self.referred:
            label = _("Back to the text, note %(number)s") % {"number": number}
            back = E.a("↩", {"href": f"#ref{number}", "role": "doc-backlink", "aria-label": label})
            made = E.p(f"{note} ", back)
        return E.li(made, {"id": f"note{number}", EPUB_TYPE: "endnote"})

    def apparatus(self, interface: str) -> Any:
        manuscript = self.manuscript
        facts = [row for label, lines in told(manuscript) for row in (E.dt(label), *map(E.dd, lines))]
        return E.section(
            {"class": "apparatus", "lang": interface, XML_LANG: interface},
            E.h2(_("Source and editions")),
            E.dl(*facts),
            E.h2(_("To cite this text")),
            E.p(manuscript.citation, {"class": "byline"}),
            E.p(E.a(manuscript.address, href=manuscript.address), {"class": "byline address"}),
        )

    @singledispatchmethod
    def part(self, part: Part) -> Iterator[Any]:
        raise TypeError(f"{type(part).__name__} is no part of a manuscript.")

    @part.register
    def _text(self, part: Text) -> Iterator[Any]:
        """A heading stands one level below the one before at most, for those who go by headings."""
        element = part.element
        if element != "p":
            self.level = min(int(element[1]), self.level + 1)
            element = f"h{self.level}"
        made = self.set(element, part.line)
        if element != "p":
            words = plain_line([piece for piece in part.line if not self.manuscript.note_of(piece)])
            self.headings.append(Entry(words.replace("\n", " "), f"{self.href}#{made.get('id')}"))
        yield made

    @part.register
    def _quote(self, part: Quote) -> Iterator[Any]:
        yield E.blockquote(*(self.set("p", line) for line in part.paragraphs))

    @part.register
    def _listing(self, part: Listing) -> Iterator[Any]:
        items = []
        for entry in part.entries:
            if len(entry.paragraphs) == 1:
                items.append(self.set("li", entry.paragraphs[0]))
            else:
                items.append(E.li(*(self.set("p", line) for line in entry.paragraphs)))
        if part.start is None:
            yield E.ul(*items)
        else:
            yield E.ol(*items, **({"start": str(part.start)} if part.start != 1 else {}))

    @part.register
    def _figure(self, part: Figure) -> Iterator[Any]:
        """A picture with its caption; of one that is not in the book the caption stays."""
        made = E.figure()
        if href := self.pictures.get(part.src):
            made.append(E.img({"src": href, "alt": part.alt or ""}))
        captions = [self.set("span", part.caption)] if part.caption else []
        picture = self.manuscript.pictures.get(part.src)
        if picture and picture.credit:
            captions.append(E.small(picture.credit, {"class": "credit"}))
        if captions:
            made.append(E.figcaption(*captions))
        if len(made):
            yield made

    @part.register
    def _table(self, part: Table) -> Iterator[Any]:
        yield E.table(E.tbody(*(E.tr(*map(self.cell, row)) for row in part.rows)))

    def cell(self, cell: Cell) -> Any:
        made = self.set(cell.element, cell.line) if cell.line else E(cell.element)
        given = {"colspan": cell.colspan, "rowspan": cell.rowspan}
        for name, span in given.items():
            if span > 1:
                made.set(name, str(span))
        if cell.scope:
            made.set("scope", cell.scope)
        return made

    def set(self, element: str, line: Line) -> Any:
        """Return a block with its address, the same as on the site."""
        self.block += 1
        return E(element, *(child for piece in line for child in self.piece(piece)), id=f"p{self.block}")

    def piece(self, piece: Piece) -> list[Any]:
        if number := self.manuscript.note_of(piece):
            return [E.sup(self.reference(number))]
        words: list[Any] = []
        for at, text in enumerate(piece.text.split(BREAK)):
            words += [E.br()] * (at > 0) + [text]
        marks = piece.marks
        for name in filter(None, (marks.level, "em" * marks.em, "strong" * marks.strong)):
            words = [E(name, *words)]
        return [E.a(*words, href=marks.href)] if marks.href else words

    def reference(self, number: int) -> Any:
        label = _("Note %(number)s") % {"number": number}
        made = E.a(f"〔{number}〕", {EPUB_TYPE: "noteref", "role": "doc-noteref", "href": f"#note{number}"})
        made.set("aria-label", label)
        if number not in self.referred:
            self.referred.add(number)
            made.set("id", f"ref{number}")
        return made
