"""CSL-JSON, the form that citation processors take: https://docs.citationstyles.org/en/stable/specification.html."""

import json

from articles.chinese.names import POINTED, SURNAMES, is_name
from articles.chinese.scripts import to_simplified
from articles.citations.plain import ours
from articles.citations.reference import Name, Reference
from articles.models import Byline

TYPES = {"newspaper": "article-newspaper", "journal": "article-journal", "webpage": "webpage"}
VARIABLES = {
    "author": Byline.Role.AUTHOR,
    "compiler": Byline.Role.COMPILER,
    "translator": Byline.Role.TRANSLATOR,
    "contributor": Byline.Role.PHOTOGRAPHER,
}


def write(reference: Reference) -> str:
    """Return a list of one item."""
    paragraph = f"p{reference.passage}" if reference.passage else ""
    item = {
        "id": f"wenmai{reference.article}v{reference.number}{paragraph}",
        "type": TYPES[reference.kind],
        "title": reference.whole_title,
        **{variable: list(map(_name, reference.named(role))) for variable, role in VARIABLES.items()},
        "container-title": reference.outlet,
        "issued": _date(reference.date),
        "accessed": _date(reference.accessed),
        "URL": reference.address,
        "version": str(reference.number),
        "language": reference.language,
        "note": ours(reference),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _name(name: Name) -> dict[str, str]:
    """Part a Chinese name where its surname is certain; anything else stays as it was printed."""
    plain = to_simplified(name.text)
    if not name.is_person or POINTED.fullmatch(plain) or not is_name(plain):
        return {"literal": name.text}
    length = 2 if plain[:2] in SURNAMES else 1
    return {"family": name.text[:length], "given": name.text[length:]}


def _date(iso: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else {}
