"""The parts of a .docx, looked at before any parser of documents sees them."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from articles.intake.decoding import Unreadable, gettext_noop

MOST_ENTRIES = 5_000
MOST_MEGABYTES = 40
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
PIECE = 256 * 1024
DEEPEST = 500
MOST_ELEMENTS = 2_000_000

NAMES = ("[Content_Types].xml", "_rels/.rels", "docProps/core.xml")
FOLDERS = ("word/", "word/_rels/")
# these can be large, and nothing in them is text of the article
LEFT_OUT = ("comments", "settings", "webSettings", "fontTable", "header", "footer", "people", "stylesWithEffects")

ENCRYPTED = gettext_noop("The document is locked with a password: save it without one.")
NOT_A_DOCUMENT = gettext_noop("The file is a zip archive and no Word document: unpack it and bring in what it holds.")
OTHERS = (
    ("xl/", gettext_noop("Spreadsheets cannot be read: paste the table into a Word document (.docx).")),
    ("ppt/", gettext_noop("Slides cannot be read: save their text as a Word document (.docx).")),
    ("META-INF/container.xml", gettext_noop("E-books cannot be read: save the chapter as a web page or .docx.")),
    ("content.xml", gettext_noop("OpenDocument files (.odt) cannot be read: save the document as .docx.")),
    ("Index/Document.iwa", gettext_noop("Pages documents cannot be read: export the document as .docx.")),
)
DAMAGED = gettext_noop("The document is damaged: open it in the program it was written in and save it anew.")
TOO_LARGE = gettext_noop("The document unpacks to more than %(most)d MB: divide it.")
TOO_DEEP = gettext_noop("The document is too complicated to read: save it as plain text or divide it.")
NOT_PLAIN = gettext_noop("The document holds declarations no Word document has, and is refused.")


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts that hold text, styles and notes, each by its name in the package; refuses what is no document.

    What a part says of its own size is not believed: it is counted as it is unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _refuse_kind(package)
            return _read(package)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Unreadable(DAMAGED) from None


def pack(parts: dict[str, bytes]) -> BytesIO:
    """Return the parts as a package again, with nothing else in it."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    packed.seek(0)
    return packed


def _refuse_kind(package: zipfile.ZipFile) -> None:
    names = [entry.filename for entry in package.infolist()]
    if len(names) > MOST_ENTRIES:
        raise Unreadable("The document has more than %(most)d parts.", most=MOST_ENTRIES)
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        for start, reason in OTHERS:
            if any(name.startswith(start) for name in names):
                raise Unreadable(reason)
        raise Unreadable(NOT_A_DOCUMENT)


def _read(package: zipfile.ZipFile) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in package.infolist():
        if not _is_wanted(entry.filename):
            continue
        if entry.flag_bits & 1:
            raise Unreadable(ENCRYPTED)
        if entry.filename in parts:
            # two programs would read two different documents
            raise Unreadable(DAMAGED)
        parts[entry.filename] = _inflate(package, entry, left)
        left -= len(parts[entry.filename])
    _check(parts.values())
    return parts


def _is_wanted(name: str) -> bool:
    if name in NAMES:
        return True
    folder, _, own = name.rpartition("/")
    return f"{folder}/" in FOLDERS and own.endswith((".xml", ".rels")) and not own.startswith(LEFT_OUT)


def _inflate(package: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    part = bytearray()
    with package.open(entry) as stream:
        while piece := stream.read(PIECE):
            part += piece
            if len(part) > most:
                raise Unreadable(TOO_LARGE, most=MOST_MEGABYTES)
    return bytes(part)


def _check(parts: Iterable[bytes]) -> None:
    """Refuse XML that declares entities, or is deeper or larger than any document."""
    counter = _Counter()
    for part in parts:
        try:
            defusedxml.sax.parseString(part, counter, forbid_dtd=True)
        except DefusedXmlException:
            raise Unreadable(NOT_PLAIN) from None
        except SAXParseException:
            raise Unreadable(DAMAGED) from None


@dataclass
class _Counter(ContentHandler):
    """Counts elements, and how deep they stand in one another."""

    depth: int = 0
    elements: int = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            raise Unreadable(TOO_DEEP)

    def endElement(self, name: str) -> None:
        self.depth -= 1
