"""Setting a stored body for the page: paragraphs get addresses, notes can be followed, links do no harm."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.body.blocks import BLOCK, NOTE_MARK, inner_text
from articles.models import Edition, Finding, Picture
from articles.templatetags import marking
from articles.templatetags.marking import Mark
from articles.templatetags.showing import shown

# A link is taken whole, so that a note's number inside its words stays as it is: links do not nest.
LINK_OR_NOTE = re.compile(
    r'<a href="(?P<href>[^"]*)">(?P<words>(?:[^<]|<(?!/?a[ >]))*+)</a>|<sup>\[(?P<note>[1-9][0-9]{0,2})\]</sup>'
)
PICTURE = re.compile(r'<img src="(?P<src>[^"]*)"(?P<described> alt=)?')
CAPTION = re.compile(r"附?表\s?[0-9一二三四五六七八九十]")
REL = "noopener noreferrer nofollow"
# the column of the text, as site.css sets it
SIZES = "(max-width: 46rem) 100vw, 44rem"

MANY_HEADINGS = 3
LONG_TEXT = 2_500


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents."""

    number: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note below the text; `has_reference` says that the text leads to it, and it back."""

    number: int
    text: str
    has_reference: bool


@dataclass(frozen=True, slots=True)
class SetText:
    """An edition's text as a page shows it."""

    html: SafeString
    headings: list[Heading]
    notes: list[Note]
    character_count: int
    marks: list[Mark] = field(default_factory=list)

    @property
    def repairs(self) -> list[marking.Group]:
        """What was put right, where the page shows it."""
        return marking.grouped(mark for mark in self.marks if not mark.is_doubt)

    @property
    def doubts(self) -> list[marking.Group]:
        """What nobody has decided yet, where the page shows it."""
        return marking.grouped(mark for mark in self.marks if mark.is_doubt)

    @property
    def needs_contents(self) -> bool:
        """Say whether a reader needs a table of contents to find the way."""
        return len(self.headings) >= MANY_HEADINGS or (bool(self.headings) and self.character_count >= LONG_TEXT)


class Setter:
    """Goes through the lines of one body, in which every block has a line of its own."""

    def __init__(self, note_count: int, pictures: Mapping[str, Picture]) -> None:
        self.note_count = note_count
        self.pictures = pictures
        self.credit = ""
        self.is_quoting = False
        self.referred: set[int] = set()
        self.headings: list[Heading] = []
        self.block_count = 0

    def line(self, line: str, following: str) -> str:
        match = BLOCK.fullmatch(line)
        if match is None:
            return self.structure(line)
        self.block_count += 1
        element, inner = match["element"], LINK_OR_NOTE.sub(self.link_or_note, match["inner"])
        if element in ("h2", "h3", "h4"):
            element = self.heading(int(element[1]), match["inner"])
        if element == "figcaption":
            inner, self.credit = f"{inner}{self.credit}", ""
        role = self.role(match["inner"], following) if element == "p" else ""
        return f'<{element}{match["attributes"]}{role} id="p{self.block_count}">{inner}</{element}>'

    def role(self, inner: str, following: str) -> str:
        """Return how a paragraph is set that is no prose: a quotation's source, the caption of the table behind it."""
        if self.is_quoting and inner.startswith("——"):
            return ' class="from"'
        if following == "<table>" and CAPTION.match(inner):
            return ' class="caption"'
        return ""

    def structure(self, line: str) -> str:
        """A wide table scrolls in a box of its own, which a keyboard can reach; pictures wait until they are near."""
        if line in ("<blockquote>", "</blockquote>"):
            self.is_quoting = line == "<blockquote>"
        if line == "<table>":
            return format_html('<div class="wide" role="region" aria-label="{}" tabindex="0"><table>', _("Table"))
        if line == "</table>":
            return "</table></div>"
        if line == "</figure>" and self.credit:
            credit, self.credit = self.credit, ""
            return f"<figcaption>{credit}</figcaption></figure>"
        return PICTURE.sub(self.picture, line)

    def picture(self, match: re.Match[str]) -> str:
        """One that nobody has described is passed over in silence, not spelled out by its address."""
        alt = match["described"] or ' alt=""'
        picture = self.pictures.get(match["src"])
        self.credit = (
            format_html('<small class="credit">{}</small>', picture.credit) if picture and picture.credit else ""
        )
        srcset = f' srcset="{picture.srcset}" sizes="{SIZES}"' if picture and picture.srcset else ""
        # what may be chosen from stands before what is loaded otherwise
        return f'<img loading="lazy"{srcset} src="{_ascii(match["src"])}"{alt}'

    def heading(self, level: int, inner: str) -> str:
        """Return the element to use: one level below the heading before at most, for those who go by headings."""
        level = min(level, self.headings[-1].level + 1 if self.headings else 2)
        self.headings.append(Heading(self.block_count, level, inner_text(NOTE_MARK.sub("", inner))))
        return f"h{level}"

    def link_or_note(self, match: re.Match[str]) -> str:
        if match["note"] is None:
            return f'<a href="{_ascii(match["href"])}" rel="{REL}">{match["words"]}</a>'
        number = int(match["note"])
        if number > self.note_count:
            return match[0]
        address = "" if number in self.referred else format_html(' id="ref{}"', number)
        self.referred.add(number)
        label = _("Note %(number)s") % {"number": number}
        return format_html(
            '<sup><a class="note"{} href="#note{}" aria-label="{}">〔{}〕</a></sup>', address, number, label, number
        )


def set_text(edition: Edition, marked: Iterable[Finding] = ()) -> SetText:
    """Return the text of the edition in the script of the page, ready to be shown, these findings marked in it.

    Block n of the body (counted from 0) gets the address `#p{n+1}`.
    """
    notes = edition.note_list
    setter = Setter(len(notes), Picture.objects.standing_in(edition.body_html))
    lines = edition.body_html.split("\n")
    text = shown("\n".join(map(setter.line, lines, [*lines[1:], ""])), edition.script)
    marks = marking.marks_of(marked)
    return SetText(
        mark_safe(marking.draw(text, edition, marks) if marks else text),  # noqa: S308  # the stored body is sanitised on every write
        setter.headings,
        [Note(number, note, number in setter.referred) for number, note in enumerate(notes, 1)],
        edition.character_count(),
        marks,
    )


def _ascii(address: str) -> str:
    """Return the escaped address without Chinese in it, which the change of script would change too."""
    return html.escape(iri_to_uri(html.unescape(address)))
