"""What a reading system asks of an EPUB, checked file by file."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
SCHEMA_PROPERTIES = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")
STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


class Opened:
    """An EPUB that was unpacked."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}
        container = self.parse("META-INF/container.xml")
        self.package_path = container.find(f".//{CONTAINER}rootfile").get("full-path")
        self.package = self.parse(self.package_path)
        self.manifest = {item.get("id"): item for item in self.package.iter(f"{OPF}item")}

    def parse(self, name: str):
        return etree.fromstring(self.files[name], STRICT)

    def path(self, href: str) -> str:
        return posixpath.join(posixpath.dirname(self.package_path), unquote(href))

    def pages(self) -> dict:
        found = (item for item in self.manifest.values() if item.get("media-type") == "application/xhtml+xml")
        return {self.path(item.get("href")): self.parse(self.path(item.get("href"))) for item in found}

    def named(self, ending: str) -> str:
        """Return the text of the one file that ends so."""
        (found,) = [name for name in self.files if name.endswith(ending)]
        return self.files[found].decode()


def faults(data: bytes) -> list[str]:
    """Return a sentence for each rule that is broken; none for a sound book."""
    book = Opened(data)
    return [*_of_the_zip(book), *_of_the_package(book), *_of_the_pages(book)]


def _of_the_zip(book: Opened) -> Iterator[str]:
    first = book.entries[0]
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or first.extra:
        yield "mimetype is not first and unpacked"
    if book.files["mimetype"] != b"application/epub+zip":
        yield "mimetype says something else"
    names = Counter(entry.filename for entry in book.entries)
    yield from (f"{name} stands twice" for name, times in names.items() if times > 1)
    listed = {book.path(item.get("href")) for item in book.manifest.values()}
    others = {"mimetype", "META-INF/container.xml", book.package_path}
    yield from (f"{name} is in the manifest and not in the file" for name in listed - book.files.keys())
    yield from (f"{name} is in no manifest" for name in book.files.keys() - listed - others)


def _of_the_package(book: Opened) -> Iterator[str]:
    root = book.package
    key = root.get("unique-identifier")
    if not any(each.get("id") == key for each in root.iter(f"{DC}identifier")):
        yield "the unique identifier is missing"
    for name in ("identifier", "title", "language"):
        if not root.findtext(f".//{DC}{name}"):
            yield f"dc:{name} is missing"
    metas = list(root.iter(f"{OPF}meta"))
    modified = [each.text for each in metas if each.get("property") == "dcterms:modified"]
    if len(modified) != 1 or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", modified[0]):
        yield f"dcterms:modified is {modified}"
    said = {each.get("property") for each in metas}
    yield from (f"schema:{name} is missing" for name in SCHEMA_PROPERTIES if f"schema:{name}" not in said)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    yield from (f"the id {each} stands twice" for each, times in Counter(ids).items() if times > 1)
    refined = {each.get("refines", "").removeprefix("#") for each in metas} - {""}
    yield from (f"#{each} is refined and not there" for each in refined - set(ids))
    read = [each.get("idref") for each in root.iter(f"{OPF}itemref")]
    if not read or set(read) - book.manifest.keys():
        yield "the order of reading names what is not there"
    spine = {book.manifest[key].get("href") for key in read if key in book.manifest}
    for page in (item.get("href") for item in book.manifest.values() if item.get("properties") == "nav"):
        links = [each.get("href").partition("#")[0] for each in book.parse(book.path(page)).iter(f"{XHTML}a")]
        yield from (f"the contents lead to {link}, which nobody comes to by reading" for link in set(links) - spine)
    if sum("nav" in (item.get("properties") or "").split() for item in book.manifest.values()) != 1:
        yield "there is not one table of contents"


def _of_the_pages(book: Opened) -> Iterator[str]:
    pages = book.pages()
    ids = {name: [each.get("id") for each in root.iter() if each.get("id")] for name, root in pages.items()}
    for name, root in pages.items():
        yield from (f"{name}: the id {each} stands twice" for each, times in Counter(ids[name]).items() if times > 1)
        if not root.get("lang") or not root.findtext(f".//{XHTML}title"):
            yield f"{name} has no language or no title"
        for element in root.iter():
            for attribute in ("href", "src"):
                yield from _of_the_address(book, ids, name, element.get(attribute))
            if element.tag == f"{XHTML}img" and element.get("alt") is None:
                yield f"{name}: a picture without alt"
            if {"style", "onclick"} & set(element.keys()) or element.tag == f"{XHTML}script":
                yield f"{name}: {element.tag} carries style or script"


def _of_the_address(book: Opened, ids: dict, page: str, address: str | None) -> Iterator[str]:
    if address is None or re.match(r"(?:https?|mailto):", address):
        return
    path, _, fragment = address.partition("#")
    target = posixpath.join(posixpath.dirname(page), unquote(path)) if path else page
    if target not in book.files:
        yield f"{page} leads to {address}, which is not there"
    elif fragment and fragment not in ids.get(target, []):
        yield f"{page} leads to {address}, where no such id is"
