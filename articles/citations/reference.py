"""What every citation is made of: an edition's facts, in the script of the reader, each on one line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from articles.body.schema import clean_text
from articles.chinese import conversion
from articles.models import Byline, Edition, Site, Source

PRINTED = {Source.Kind.NEWSPAPER: "newspaper", Source.Kind.JOURNAL: "journal"}
TAGS = {"hans": "zh-Hans", "hant": "zh-Hant"}
# a name that is written as a title; each form of citation has marks of its own for that
IN_MARKS = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class Name:
    """A person or body with its part in the work, one of the roles of a byline."""

    text: str
    role: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """An edition as a citation names it; dates are ISO and cut to what is known, and empty is unknown.

    `kind` is newspaper, journal or webpage, by where the text first appeared; `library` is what this site is called.
    """

    article: int
    number: int
    names: list[Name]
    title: str
    subtitle: str
    outlet: str
    kind: str
    date: str
    edition_date: str
    accessed: str
    address: str
    library: str
    language: str
    script: str
    is_english: bool
    passage: int | None

    @property
    def whole_title(self) -> str:
        """Title and subtitle, parted as catalogues part them."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def authors(self) -> list[Name]:
        return self.named(Byline.Role.AUTHOR)

    def named(self, role: str) -> list[Name]:
        """The names that have this part in the work, in their printed order."""
        return [name for name in self.names if name.role == role]


def refer(edition: Edition, language: str, address: str, passage: int | None, accessed: date | None) -> Reference:
    """Return what citations say of the edition; asks for its bylines and source, which a caller may prefetch."""

    def shown(text: str, script: str = "") -> str:
        return conversion.shown_to(language, one_line(text), script)

    source, outlet = edition.original_source, shown(edition.original_outlet)
    is_english = edition.language == Edition.Language.ENGLISH
    script = conversion.SCRIPT_OF_LANGUAGE.get(language, edition.script)
    return Reference(
        article=edition.article_id,
        number=edition.number or 0,
        names=[_name(line, shown(line.name)) for line in edition.bylines.all()],
        title=shown(edition.title, edition.script),
        subtitle=shown(edition.subtitle, edition.script),
        outlet=IN_MARKS.sub(r"\1", outlet) if IN_MARKS.fullmatch(outlet) else outlet,
        kind=PRINTED.get(Source.Kind(source.kind), "webpage") if source else "webpage",
        date=edition.original_date_iso[:10],
        edition_date=timezone.localtime(edition.published_at).date().isoformat() if edition.published_at else "",
        accessed=accessed.isoformat() if accessed else "",
        address=f"{address}#p{passage}" if passage else address,
        library=shown(Site.shown().shown_name),
        language="en" if is_english else TAGS.get(script, "zh"),
        script=script,
        is_english=is_english,
        passage=passage,
    )


def one_line(text: str) -> str:
    """Return the text without line ends and characters that no file format takes.

    >>> one_line("账本\\n上墙\\x07 ")
    '账本 上墙'
    """
    return " ".join(clean_text(text).split())


def ordered(names: Iterable[str], most: int) -> tuple[list[str], bool]:
    """Return the first names, and whether there are more."""
    given = list(names)
    return given[:most], len(given) > most


def _name(line: Byline, text: str) -> Name:
    return Name(text, line.role, line.author.is_person)
