"""GB/T 7714-2015, 顺序编码制: the form in which Chinese scholars cite."""

from collections.abc import Iterable

from articles.chinese import conversion
from articles.citations.plain import ours
from articles.citations.reference import Name, Reference, ordered
from articles.models import Byline

MOST_NAMES = 3  # 8.1.2: 主要责任者不超过3个时，全部照录
MARKS = {"newspaper": "N/OL", "journal": "J/OL", "webpage": "EB/OL"}
PARTS = {
    Byline.Role.COMPILER: ("编", "comp."),
    Byline.Role.TRANSLATOR: ("译", "trans."),
    Byline.Role.PHOTOGRAPHER: ("摄", "photog."),
}


def write(reference: Reference) -> str:
    """Return the line: authors, title and mark, other names, outlet and dates, address; then our own edition.

    Without an author the title stands first, as 8.1.3 leaves open (nobody is called 佚名); without an outlet the date
    of a web page stands alone, as in the standard's own examples of [EB/OL].
    """
    others = [_with_part(reference, role) for role in PARTS if reference.named(role)]
    said = [
        _names(reference, reference.authors).rstrip("."),
        f"{reference.whole_title}[{MARKS[reference.kind]}]",
        *others,
        _place(reference),
        reference.address,
    ]
    return f"{'. '.join(filter(None, said))}. {ours(reference)}"


def _names(reference: Reference, names: Iterable[Name]) -> str:
    """At most three, then 等 or et al. by the language of the text, not of the reader."""
    first, are_more = ordered((name.text for name in names), MOST_NAMES)
    rest = ["et al" if reference.is_english else "等"] if are_more else []
    return ", ".join([*first, *rest])


def _with_part(reference: Reference, role: str) -> str:
    chinese, english = PARTS[Byline.Role(role)]
    part = english if reference.is_english else _in_script(reference, chinese)
    return f"{_names(reference, reference.named(role))}, {part}".rstrip(".")


def _in_script(reference: Reference, text: str) -> str:
    return conversion.shown_in(text, "hant") if reference.script == "hant" else text


def _place(reference: Reference) -> str:
    """Outlet, date as far as it is known, day of reading: 青禾日报, 2013-10-21[2026-11-30].

    Of a web page the year is that of publication, and the whole date stands in brackets behind it (8.8).
    """
    accessed = f"[{reference.accessed}]" if reference.accessed else ""
    if reference.kind != "webpage":
        return ", ".join(filter(None, (reference.outlet, reference.date))) + accessed
    year, rest = reference.date[:4], reference.date[4:]
    whole = f"({reference.date})" if rest else ""
    published = whole if whole and not reference.outlet else f"{year}{whole}"
    return ", ".join(filter(None, (reference.outlet, published))) + accessed
