"""The few elements of WordprocessingML that an article needs (ECMA-376, part 1, chapter 17)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from articles.body.parts import Cell

FOOTNOTE_STYLE, FOOTNOTE_MARK = "FootnoteText", "FootnoteReference"
# what stands between text and footnotes takes the first two numbers
FIRST_FOOTNOTE = 2
LINK_COLOUR = "0B4F8A"
SEPARATORS = ("separator", "continuationSeparator")


def element(name: str, *children: Any, **attributes: str) -> Any:
    """Return an element; an attribute without a prefix is Word's own."""
    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(attribute if ":" in attribute else f"w:{attribute}"), value)
    made.extend(children)
    return made


def paragraph(style: str, runs: Iterable[Any]) -> Any:
    return element("w:p", element("w:pPr", element("w:pStyle", val=style)), *runs)


def run(text: str, *, strong: bool = False, em: bool = False, level: str = "", is_link: bool = False) -> Any:
    """Return a run of text; a newline becomes a line break, and emphasis the dots that Chinese sets below.

    The properties stand in the order of the standard, without which Word calls a file damaged.
    """
    made = element("w:r")
    properties = [element("w:b")] * strong
    if is_link:
        properties += [element("w:color", val=LINK_COLOUR), element("w:u", val="single")]
    if level:
        properties.append(element("w:vertAlign", val="superscript" if level == "sup" else "subscript"))
    if em:
        properties.append(element("w:em", val="dot"))
    if properties:
        made.append(element("w:rPr", *properties))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("w:br"))
        words = element("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def grid(rows: Sequence[Sequence[Cell]]) -> Iterator[list[tuple[Cell | None, int, bool]]]:
    """Yield for each row its cells, how many columns each takes, and whether it only goes on from the row above.

    Word wants a cell in every row that another reaches into.
    """
    above: dict[int, tuple[int, int]] = {}
    for row in rows:
        cells, column, here = iter(row), 0, list[tuple[Cell | None, int, bool]]()
        below: dict[int, tuple[int, int]] = {}
        while True:
            if column in above:
                left, span = above[column]
                here.append((None, span, True))
            elif cell := next(cells, None):
                left, span = cell.rowspan, cell.colspan
                here.append((cell, span, False))
            else:
                break
            if left > 1:
                below[column] = (left - 1, span)
            column += span
        above = below
        yield here


class Footnotes:
    """The footnotes of one document; each is referred to once, as Word wants it."""

    def __init__(self) -> None:
        self.used: set[int] = set()

    def is_new(self, number: int) -> bool:
        """Whether nothing refers to this note yet."""
        return number not in self.used

    def reference(self, number: int) -> Any:
        self.used.add(number)
        mark = element("w:footnoteReference", id=str(number + FIRST_FOOTNOTE - 1))
        return element("w:r", element("w:rPr", element("w:rStyle", val=FOOTNOTE_MARK)), mark)

    def attach(self, document: Any, notes: Sequence[str]) -> None:
        """Add the part that holds the notes to the document's own."""
        if not notes:
            return
        root = element("w:footnotes")
        for number, kind in enumerate(SEPARATORS):
            line = element("w:p", element("w:r", element(f"w:{kind}")))
            root.append(element("w:footnote", line, type=kind, id=str(number)))
        for number, note in enumerate(notes, FIRST_FOOTNOTE):
            mark = element("w:r", element("w:rPr", element("w:rStyle", val=FOOTNOTE_MARK)), element("w:footnoteRef"))
            root.append(element("w:footnote", paragraph(FOOTNOTE_STYLE, [mark, run(f" {note}")]), id=str(number)))
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.package)
        document.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
