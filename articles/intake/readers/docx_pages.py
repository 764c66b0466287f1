"""Read a .docx; runs in the child of `confined`: whatever it needs is imported before it runs."""

import codecs

# these are loaded late otherwise
import xml.dom.expatbuilder
import xml.sax.expatreader  # noqa: F401
from collections.abc import Iterator
from typing import Any

import defusedxml.ElementTree
import lxml.html
import mammoth  # type: ignore[import-untyped]
from lxml import etree
from lxml.html import HtmlElement

from articles.intake.readers import docx_package, docx_styles

# the names of parts in old packages, and the encodings of XML
for name in ("cp437", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "ascii"):
    codecs.lookup(name)

PREFIX = "noted-"
NOTE_KINDS = (f"{PREFIX}footnote-", f"{PREFIX}endnote-")
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"


def read(data: bytes) -> dict[str, Any]:
    """Return the text of a .docx as HTML, its notes, and what it says of itself.

    Tracked changes are taken as accepted, comments and pictures are left out.
    """
    parts = docx_package.unpack(data)
    core = parts.pop("docProps/core.xml", b"")
    styles = parts.get("word/styles.xml", b"")
    converted = mammoth.convert_to_html(
        docx_package.pack(parts),
        style_map=docx_styles.style_map(styles),
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=_leave_out,
        transform_document=docx_styles.marker(styles),
        id_prefix=PREFIX,
    )
    root = lxml.html.fragment_fromstring(converted.value, create_parent="div")
    notes = list(_take_notes(root))
    html = "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)
    return {"html": html, "notes": notes, "heads": [], "said": _said(core)}


def _leave_out(image: Any) -> list[Any]:
    return []


def _take_notes(root: HtmlElement) -> Iterator[str]:
    """Take the notes off the end of the text, and their links out of it; note 1 is the first."""
    for link in list(root.iter("a")):
        if link.get("href", "").startswith(f"#{PREFIX}"):
            mark: Any = link.getparent()
            link.drop_tag()
            if mark.getparent().tag == "sup":
                mark.drop_tag()
    for item in [item for item in root.iter("li") if item.get("id", "").startswith(NOTE_KINDS)]:
        box: Any = item.getparent()
        # the last word of a note is an arrow back to the text
        yield " ".join("".join(item.itertext()).split()).removesuffix("↑").rstrip()
        item.drop_tree()
        if not len(box):
            box.drop_tree()


def _said(core: bytes) -> dict[str, str]:
    """The title and keywords of the document's own description; its author is who owned the computer."""
    root = defusedxml.ElementTree.fromstring(core) if core else None
    names = {"title": f"{DUBLIN_CORE}title", "keywords": f"{CORE}keywords"}
    return {name: ((root.findtext(tag) or "") if root is not None else "") for name, tag in names.items()}
