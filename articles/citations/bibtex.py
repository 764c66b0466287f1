"""BibTeX, with the fields that biblatex adds and BibTeX passes over."""

import re
from collections.abc import Iterator

from articles.citations.plain import ours
from articles.citations.reference import Name, Reference
from articles.models import Byline

# A brace counts for BibTeX even behind a backslash, so braces are named; the rest would be commands to LaTeX.
ESCAPED = str.maketrans(
    {
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&#$_"},
    }
)
# a name that BibTeX would part at a comma or at "and", or at its spaces, as that of a body
PLAIN_NAME = re.compile(r"[^\W\d_]+(?:[ ·.-]+[^\W\d_]+)*\.?")
UNSAFE_IN_ADDRESS = re.compile(r"[{}\\\s]")


def write(reference: Reference) -> str:
    """Return one entry: @article where a newspaper or journal printed it first, else @misc."""
    entry = "misc" if reference.kind == "webpage" else "article"
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(reference) if value)
    return f"@{entry}{{{_key(reference)},\n{fields}\n}}\n"


def _key(reference: Reference) -> str:
    paragraph = f"p{reference.passage}" if reference.passage else ""
    return f"wenmai{reference.article}v{reference.number}{paragraph}"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    year, month, _day = (*reference.date.split("-"), "", "")[:3]
    yield "author", _people(reference.authors)
    yield "title", f"{{{escape(reference.whole_title)}}}"
    yield "journal" if reference.kind != "webpage" else "howpublished", escape(reference.outlet)
    yield "year", year
    yield "month", month.lstrip("0")
    yield "date", reference.date
    yield "editor", _people(reference.named(Byline.Role.COMPILER))
    yield "translator", _people(reference.named(Byline.Role.TRANSLATOR))
    yield "url", UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", reference.address)
    yield "urldate", reference.accessed
    yield "version", str(reference.number)
    yield "langid", "english" if reference.is_english else "chinese"
    yield "note", escape(ours(reference))


def _people(names: list[Name]) -> str:
    return " and ".join(_person(name) for name in names)


def _person(name: Name) -> str:
    is_plain = name.is_person and PLAIN_NAME.fullmatch(name.text) and " and " not in f" {name.text.lower()} "
    return escape(name.text) if is_plain else f"{{{escape(name.text)}}}"


def escape(text: str) -> str:
    r"""Return the text as it stands in a field.

    >>> escape("100%{村务}")
    '100\\%\\textbraceleft{}村务\\textbraceright{}'
    """
    return text.translate(ESCAPED)
