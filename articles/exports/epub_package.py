"""The package document of an EPUB: what the book is, what it holds, and for whom it can be read."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from articles.exports.manuscript import library_name
from articles.models import Byline

if TYPE_CHECKING:
    from articles.exports.epub import Book

OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
E: Any = ElementMaker(namespace=OPF, nsmap={None: OPF, "dc": DC})
DUBLIN: Any = ElementMaker(namespace=DC, nsmap={"dc": DC})
CONTAINER = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
# the relator codes of the Library of Congress
RELATORS = {
    Byline.Role.AUTHOR: "aut",
    Byline.Role.COMPILER: "com",
    Byline.Role.TRANSLATOR: "trl",
    Byline.Role.PHOTOGRAPHER: "pht",
}


class Item(NamedTuple):
    """A file of the book; `is_read` says that it stands in the order of reading."""

    key: str
    href: str
    media_type: str = "application/xhtml+xml"
    properties: str = ""
    is_read: bool = False


class Sight(NamedTuple):
    """What of the book is for the eye."""

    has_pictures: bool = False
    are_described: bool = True

    def with_picture(self, *, is_described: bool) -> "Sight":
        return Sight(True, self.are_described and is_described)


def package(book: "Book", items: Sequence[Item], sight: Sight) -> bytes:
    """Return the document; every file of the book but the container's own is in its manifest."""
    root = E.package(
        {"version": "3.0", "unique-identifier": "book", XML_LANG: book.language},
        E.metadata(*_metadata(book), *_accessibility(sight)),
        E.manifest(*map(_item, items)),
        E.spine(*(E.itemref(idref=item.key) for item in items if item.is_read)),
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _item(item: Item) -> Any:
    made = E.item({"id": item.key, "href": item.href, "media-type": item.media_type})
    if item.properties:
        made.set("properties", item.properties)
    return made


def _metadata(book: "Book") -> Iterator[Any]:
    yield DUBLIN.identifier(book.identifier, id="book")
    yield DUBLIN.title(book.title, id="title")
    yield _refined("title", "title-type", "main")
    if book.subtitle:
        yield DUBLIN.title(book.subtitle, id="subtitle")
        yield _refined("subtitle", "title-type", "subtitle")
    yield DUBLIN.language(book.language)
    for number, (name, role) in enumerate(book.creators, 1):
        is_creator = role in (Byline.Role.AUTHOR, Byline.Role.COMPILER)
        yield (DUBLIN.creator if is_creator else DUBLIN.contributor)(name, id=f"name-{number}")
        yield _refined(f"name-{number}", "role", RELATORS[Byline.Role(role)], scheme="marc:relators")
    yield DUBLIN.publisher(library_name())
    for element, value in (("description", book.description), ("source", book.outlet), ("relation", book.address)):
        if value:
            yield getattr(DUBLIN, element)(value)
    yield _meta("dcterms:modified", book.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _accessibility(sight: Sight) -> Iterator[Any]:
    """What https://www.w3.org/TR/epub-a11y-11/ asks every book to say of itself."""
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    modes = ["textual"] + ["visual"] * sight.has_pictures
    yield from (_meta("schema:accessMode", mode) for mode in modes)
    if sight.are_described:
        yield _meta("schema:accessModeSufficient", "textual")
        features += ["alternativeText"] * sight.has_pictures
    yield from (_meta("schema:accessibilityFeature", feature) for feature in features)
    yield _meta("schema:accessibilityHazard", "none")
    summary = _("Text with real headings, lists and tables; notes are linked both ways.")
    undescribed = "" if sight.are_described else _("Not every picture has a description.")
    yield _meta("schema:accessibilitySummary", " ".join(filter(None, (summary, undescribed))))


def _meta(name: str, value: str) -> Any:
    return E.meta(value, {"property": name})


def _refined(key: str, name: str, value: str, scheme: str = "") -> Any:
    made = E.meta(value, {"refines": f"#{key}", "property": name})
    if scheme:
        made.set("scheme", scheme)
    return made
