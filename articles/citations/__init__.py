"""Writes an article's reference the way a discipline wants it; the one door of this room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from articles.citations import bibtex, csl, gbt7714, plain, ris
from articles.citations.reference import Reference, refer
from articles.models import Edition

__all__ = ["FORMATS", "Format", "cite"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to cite; `suffix` ends the name of its file, and is empty where people copy the line."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Reference], str]


FORMATS = {
    "gbt7714": Format("GB/T 7714-2015", "text/plain", "", gbt7714.write),
    "plain": Format("plain", "text/plain", "", plain.write),
    "bibtex": Format("BibTeX", "application/x-bibtex", "bib", bibtex.write),
    "ris": Format("RIS", "application/x-research-info-systems", "ris", ris.write),
    "csl-json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl.write),
}


def cite(
    edition: Edition,
    format: str,
    *,
    language: str,
    address: str,
    passage: int | None = None,
    accessed: date | None = None,
) -> str:
    """Return the reference to an edition, or to one paragraph of it, in one of the `FORMATS`.

    `language` is that of the reader (zh-hans, zh-hant, en); `address` the edition's full permanent address; `passage` a
    paragraph as its address counts them (#p12); `accessed` the day it was read, left out where a file must not change
    from day to day. Raises `KeyError` for an unknown format.
    """
    with translation.override(language):
        return FORMATS[format].write(refer(edition, language, address, passage, accessed))
