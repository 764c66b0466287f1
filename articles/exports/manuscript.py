"""One edition as a file tells it: every word in the script and language of the file, whatever the format."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Prefetch, prefetch_related_objects
from django.utils import formats, timezone, translation
from django.utils.encoding import iri_to_uri
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import body
from articles.body.inline import BREAK, Line, Piece
from articles.body.parts import Part
from articles.body.schema import clean_text
from articles.chinese import conversion
from articles.chinese.scripts import script_of
from articles.models import (
    Byline,
    Edition,
    Finding,
    Picture,
    Site,
    Witness,
    date_text,
    name_of_class,
    parse_precise,
)

TAGS = {"hans": "zh-Hans", "hant": "zh-Hant"}
LINK = re.compile(r'<a href="([^"]*)">')
REFERENCE = re.compile(r"\[([1-9][0-9]{0,2})\]")
# what became of findings, in the order it is told; dismissed ones say nothing about the text
CHANGES = (Finding.State.CLEANED, Finding.State.ACCEPTED, Finding.State.OPEN)


@dataclass(frozen=True, slots=True)
class Signature:
    """A name of the byline; `label` names its part in the work, and is empty for an author."""

    name: str
    role: str
    label: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known of the text: what it is, and one line or several."""

    label: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a file holds of one edition.

    `language` is the tag of the text as it stands here, `interface` that of the words around it; `pictures` gives the
    rows of those that are known, by the address the text names them by.
    """

    article: int
    number: int
    title: str
    subtitle: str
    signatures: Sequence[Signature]
    outlet: str
    date: str
    date_iso: str
    abstract_label: str
    abstract: Sequence[str]
    body_html: str
    notes: Sequence[str]
    printed_editor: str
    keywords: Sequence[str]
    notices: Sequence[str]
    facts: Sequence[Fact]
    citation: str
    address: str
    language: str
    interface: str
    published_at: datetime
    pictures: Mapping[str, Picture]

    @property
    def parts(self) -> list[Part]:
        """The text in its parts; made anew each time, so that a book need not hold all of them."""
        return body.take_apart(self.body_html)

    @property
    def name(self) -> str:
        """What no other edition in no other language is called, for keys and identifiers."""
        return f"{self.address}#{self.language}"

    def note_of(self, piece: Piece) -> int:
        """Return the number of the note that a piece of the text refers to, or 0: links and stray numbers are none."""
        is_raised = piece.marks.level == "sup" and not piece.marks.href
        match = REFERENCE.fullmatch(piece.text) if is_raised else None
        return int(match[1]) if match and int(match[1]) <= len(self.notes) else 0


def tell(
    editions: Sequence[Edition],
    *,
    language: str,
    address_of: Callable[[Edition], str],
    citation_of: Callable[[Edition], str],
) -> Iterator[Manuscript]:
    """Yield a manuscript of each edition, in a number of queries that does not grow with them.

    `language` (zh-hans, zh-hant, en) is that of the file and decides the script; `address_of` gives the full permanent
    address and `citation_of` the reference to print. The editions come with article and original source.
    """
    _gather(editions)
    changes = _changes(editions)
    pictures = Picture.objects.standing_in("\n".join(edition.body_html for edition in editions))
    for edition in editions:
        with translation.override(language):
            telling = Telling(edition, language)
            told = telling.manuscript(address_of(edition), citation_of(edition), changes.get(edition.pk, []), pictures)
        yield told


def _gather(editions: Sequence[Edition]) -> None:
    bylines = Prefetch("bylines", Byline.objects.select_related("author"))
    witnesses = Prefetch("article__witnesses", Witness.objects.shown().select_related("source"))
    numbered = Edition.objects.filter(number__isnull=False).order_by("-number")
    others = Prefetch("article__editions", numbered.only("number", "published_at", "reason", "article", "comebacks"))
    prefetch_related_objects(editions, bylines, witnesses, others)


def _changes(editions: Sequence[Edition]) -> dict[int, list[tuple[str, str, int]]]:
    """For each edition, its findings counted by what became of them and by class."""
    found = Finding.objects.filter(edition__in=editions, state__in=CHANGES).order_by("code")
    counted = found.values_list("edition", "state", "code").annotate(count=Count("pk"))
    changes: dict[int, list[tuple[str, str, int]]] = {}
    for edition, state, code, count in counted:
        changes.setdefault(edition, []).append((state, code, count))
    return changes


class Telling:
    """Tells one edition in the language that is active."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition = edition
        self.language = language

    def manuscript(
        self,
        address: str,
        citation: str,
        changes: Iterable[tuple[str, str, int]],
        pictures: Mapping[str, Picture],
    ) -> Manuscript:
        edition = self.edition
        script = conversion.SCRIPT_OF_LANGUAGE.get(self.language, edition.script)
        is_english = edition.language == Edition.Language.ENGLISH
        return Manuscript(
            article=edition.article_id,
            number=edition.number or 0,
            title=self.line(edition.title, edition.script),
            subtitle=self.line(edition.subtitle, edition.script),
            signatures=[self.signature(line) for line in edition.bylines.all()],
            outlet=self.line(edition.original_outlet),
            date=edition.original_date_text,
            date_iso=edition.original_date_iso,
            abstract_label=capfirst(str(edition.get_abstract_by_display())),
            abstract=self.lines(edition.abstract, edition.script),
            body_html=conversion.shown_to(self.language, _with_ascii_links(edition.body_html), edition.script),
            notes=[self.line(note, edition.script) for note in edition.note_list],
            printed_editor=self.line(edition.printed_editor, edition.script),
            keywords=[self.line(word, edition.script) for word in edition.keyword_list],
            notices=list(self.notices()),
            facts=list(self.facts(changes)),
            citation=citation,
            address=address,
            language="en" if is_english else TAGS.get(script, "zh"),
            interface=interface_of(self.language),
            published_at=edition.published_at or datetime(2000, 1, 1, tzinfo=UTC),
            pictures=pictures,
        )

    def line(self, text: str, script: str = "") -> str:
        """The text on one line, fit for any file."""
        return conversion.shown_to(self.language, " ".join(clean_text(text).split()), script)

    def lines(self, text: str, script: str = "") -> list[str]:
        return [line for line in (self.line(line, script) for line in text.splitlines()) if line]

    def signature(self, line: Byline) -> Signature:
        label = "" if line.role == Byline.Role.AUTHOR else str(line.get_role_display())
        return Signature(self.line(line.name), line.role, label, self.line(line.affiliation))

    def notices(self) -> Iterator[str]:
        """What a reader has to know before anything else."""
        edition = self.edition
        if edition.article.is_demonstration:
            yield _("Demonstration")
        if edition.pk != edition.article.live_id:
            yield _("This is edition %(number)s, kept as it was.") % {"number": edition.number}
        if conversion.SCRIPT_OF_LANGUAGE.get(self.language, edition.script) != edition.script:
            if edition.script == Edition.Script.HANS:
                yield _("Converted automatically from Simplified characters.")
            elif edition.script == Edition.Script.HANT:
                yield _("Converted automatically from Traditional characters.")
            else:
                yield _("The text mixes Simplified and Traditional characters; it is shown in one script.")

    def facts(self, changes: Iterable[tuple[str, str, int]]) -> Iterator[Fact]:
        """Where the text is from, what was done to it, and how it came to stand here."""
        edition = self.edition
        outlet = self.line(edition.original_outlet) or _("Source unknown")
        yield Fact(_("First appeared"), [f"{outlet}  {edition.original_date_text or _('Date unknown')}"])
        yield Fact(_("Level of checking"), [capfirst(str(edition.get_checking_display()))])
        counted = list(changes)
        labels = (_("Cleaned on arrival"), _("Repaired by the editors"), _("Doubtful, not yet decided"))
        for state, label in zip(CHANGES, labels, strict=True):
            told = [f"{name_of_class(code)} {count}" for its, code, count in counted if its == state]
            if told:
                yield Fact(label, ["  ".join(told)])
        if copies := [self.copy(witness) for witness in edition.article.witnesses.all()]:
            yield Fact(_("Copies this text rests on"), copies)
        yield Fact(_("Editions"), [line for one in edition.article.editions.all() for line in self.history(one)])
        if rights := self.lines(Site.shown().shown_rights):
            yield Fact(_("Rights"), rights)

    def copy(self, witness: Witness) -> str:
        source = self.line(witness.source.name) if witness.source else _("Source unknown")
        there = clean_text(witness.date_there)
        day = date_text(*parse_precise(there)) or there
        said = [source, str(witness.get_kind_display()), day, " ".join(clean_text(witness.address).split())]
        return "  ".join(filter(None, said))

    def history(self, edition: Edition) -> Iterator[str]:
        """One edition of the article with its reason; then each time it came back after it had been withdrawn."""
        name = _("Edition %(number)s") % {"number": edition.number}
        yield "  ".join(filter(None, (name, _day(edition.published_at), self.line(edition.reason))))
        for back in edition.comeback_list:
            again = _("Withdrawn and published again on %(date)s:") % {"date": _day(back.at)}
            yield f"{again} {self.line(back.reason)}"


def _day(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def _with_ascii_links(body_html: str) -> str:
    """Return the body without Chinese in the addresses of its links, which the change of script would change too."""
    return LINK.sub(lambda found: f'<a href="{html.escape(iri_to_uri(html.unescape(found[1])))}">', body_html)


def plain_line(line: Line) -> str:
    """Return the words of a line; a break inside it is a newline."""
    return "".join(piece.text for piece in line).replace(BREAK, "\n")


def interface_of(language: str) -> str:
    """Return the language tag of the words a file of this language sets around a text."""
    return TAGS.get(conversion.SCRIPT_OF_LANGUAGE.get(language, ""), "en")


def tag_of(text: str, language: str) -> str:
    """Return the language tag of a Chinese text of which the script is not recorded, in a file of this language."""
    return TAGS.get(conversion.SCRIPT_OF_LANGUAGE.get(language, script_of(text)), "zh")


def library_name() -> str:
    """Return what this site is called, in the language that is active."""
    return conversion.shown_to(translation.get_language() or "", " ".join(clean_text(Site.shown().shown_name).split()))
