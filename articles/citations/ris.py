"""RIS, which EndNote, NoteExpress and Zotero read: a tag a line, lines ended as the format wants them."""

from collections.abc import Iterator

from articles.citations.plain import ours
from articles.citations.reference import Reference
from articles.models import Byline

TYPES = {"newspaper": "NEWS", "journal": "JOUR", "webpage": "ELEC"}
TAGS = {Byline.Role.COMPILER: "A2", Byline.Role.TRANSLATOR: "A4", Byline.Role.PHOTOGRAPHER: "A3"}


def write(reference: Reference) -> str:
    """Return one record; its lines end with CR LF."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(reference) if value or tag == "ER")


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[reference.kind]
    yield from (("AU", name.text) for name in reference.authors)
    yield from ((tag, name.text) for role, tag in TAGS.items() for name in reference.named(role))
    yield "TI", reference.whole_title
    yield "T2", reference.outlet
    yield "PY", reference.date[:4]
    yield "DA", _date(reference.date)
    yield "ET", str(reference.number)
    yield "LA", reference.language
    yield "UR", reference.address
    yield "Y2", _date(reference.accessed)
    yield "N1", ours(reference)
    yield "ER", ""


def _date(iso: str) -> str:
    """Return a date as RIS writes it, with a slash for each part that is not known.

    >>> _date("2013-10")
    '2013/10//'
    """
    if not iso:
        return ""
    year, month, day = (*iso.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"
