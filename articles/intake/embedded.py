"""The pictures inside a Word document: which there are, where they stand, and each drawn anew.

Runs in the child of `confined`: whatever it needs is imported at its top.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import defusedxml.ElementTree

from articles.intake import redrawing
from articles.intake.decoding import Unreadable, gettext_noop
from articles.intake.readers import docx_package
from articles.intake.readers.docx_pages import codecs  # noqa: F401 - it looks the old encodings up before they are shut off

MOST_PICTURES = 40
MOST_BYTES = 10_000_000
LONGEST_SAID = 300

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

NOT_IN_IT = gettext_noop("The document holds no such picture.")


def find(data: bytes) -> list[dict[str, str]]:
    """Return the pictures in the order of the text: the name of each, its description there, the text before it."""
    parts = docx_package.unpack(data)
    targets = dict(_targets(parts.get(RELATIONS, b"")))
    found: dict[str, dict[str, str]] = {}
    before = ""
    for paragraph in defusedxml.ElementTree.fromstring(parts[DOCUMENT]).iter(f"{WORD}p"):
        for drawing in paragraph.iter(f"{WORD}drawing"):
            for blip in drawing.iter(f"{DRAWING}blip"):
                name = targets.get(blip.get(f"{OFFICE}embed", ""))
                if name and len(found) < MOST_PICTURES:
                    found.setdefault(name, {"name": name, "alt": _said(drawing), "before": before})
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{WORD}t")).strip()
        before = text or before
    return list(found.values())


def draw(asked: bytes) -> bytes:
    """Return one picture drawn anew, packed for `redrawing.unpack`; `asked` is its name, a newline and the document."""
    name, _, data = asked.partition(b"\n")
    wanted = name.decode()
    if wanted not in {picture["name"] for picture in find(data)}:
        raise Unreadable(NOT_IN_IT)
    with zipfile.ZipFile(BytesIO(data)) as package, package.open(wanted) as stream:
        picture = stream.read(MOST_BYTES + 1)
    if len(picture) > MOST_BYTES:
        raise Unreadable(docx_package.TOO_LARGE, most=MOST_BYTES // 1_000_000)
    return redrawing.redraw_chosen(picture)


def _targets(relations: bytes) -> Iterator[tuple[str, str]]:
    """The parts of the package that the text names as its pictures; what is linked from outside is none."""
    if not relations:
        return
    for relation in defusedxml.ElementTree.fromstring(relations).iter(f"{PACKAGE}Relationship"):
        if relation.get("TargetMode") != "External" and relation.get("Type", "").endswith("/image"):
            yield relation.get("Id", ""), posixpath.normpath(posixpath.join("word", relation.get("Target", "")))


def _said(drawing: Any) -> str:
    described = next(drawing.iter(f"{PLACED}docPr"), None)
    return " ".join((described.get("descr", "") if described is not None else "").split())[:LONGEST_SAID]
