"""Repairs and doubtful places drawn into a text that is set for the page, each with its line in a list below it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import body
from articles.models import Edition, Finding, name_of_class
from articles.restoration.spans import apart
from articles.templatetags.comparison import in_signs

# More marks are no page anybody looks through.
MOST = 500
# of longer words only the beginning is said in the text
MOST_WORDS = 60
STATES = (Finding.State.CLEANED, Finding.State.ACCEPTED, Finding.State.OPEN)

OPENING = re.compile(r'<[a-z0-9]++(?: [^<>]*)? id="p(?P<number>[0-9]{1,9})">')
TOKEN = re.compile(r"<br>|(?P<tag></?(?P<name>[a-z0-9]++)[^<>]*>)|&[a-zA-Z0-9#]{1,8};|.", re.DOTALL)
CREDIT = '<small class="credit">'


@dataclass(slots=True)
class Mark:
    """A finding under its number on the page; `is_drawn` says that it could be marked in the text itself."""

    number: int
    finding: Finding
    is_drawn: bool = False

    @property
    def start(self) -> int:
        return self.finding.start

    @property
    def end(self) -> int:
        return self.finding.end

    @property
    def is_doubt(self) -> bool:
        return self.finding.state == Finding.State.OPEN

    @property
    def is_in_title(self) -> bool:
        return self.finding.block == body.TITLE

    @property
    def paragraph(self) -> int:
        return self.finding.block + 1

    @property
    def words(self) -> str:
        """What stands there now."""
        return self.finding.exact if self.is_doubt else self.finding.suggestion or ""

    @property
    def before(self) -> str:
        return self.finding.found

    @property
    def title(self) -> str:
        if self.is_doubt:
            return _("Doubtful: %(class)s") % {"class": name_of_class(self.finding.code)}
        return _("Before: “%(words)s”") % {"words": in_signs(self.before[:MOST_WORDS])}

    def opened(self, *, is_first: bool, is_linked: bool) -> str:
        """Return the start of the mark; its first piece bears the address, and says what it is where it is heard."""
        element, kind = ("mark", "doubt") if self.is_doubt else ("ins" if self.words else "del", "emend")
        address = format_html(' id="m{}"', self.number) if is_first else ""
        said = format_html('<span class="unseen">[{}] </span>', self.title) if is_first else ""
        link = format_html('<a href="#r{}">', self.number) if is_linked else ""
        return format_html('<{} class="{}"{} title="{}">{}{}', element, kind, address, self.title, link, said)

    def closed(self, *, is_linked: bool) -> str:
        element = "mark" if self.is_doubt else "ins" if self.words else "del"
        return f"{'</a>' if is_linked else ''}</{element}>"


@dataclass(frozen=True, slots=True)
class Group:
    """Marks of one class that say the same of the same words."""

    code: str
    before: str
    words: str
    marks: list[Mark]


def grouped(marks: Iterable[Mark]) -> list[Group]:
    """Return the marks in groups, each where its first mark stands."""
    groups: dict[tuple[str, str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[mark.finding.code, mark.before, mark.words].append(mark)
    return [Group(*key, alike) for key, alike in groups.items()]


def marks_of(findings: Iterable[Finding]) -> list[Mark]:
    """Return the repairs and doubtful places among the findings in the order of the text, numbered from 1."""
    shown = sorted(
        (each for each in findings if each.state in STATES), key=lambda each: (each.block, each.start, each.pk)
    )
    return [Mark(number, finding) for number, finding in enumerate(shown[:MOST], 1)]


def draw(html: str, edition: Edition, marks: Sequence[Mark]) -> str:
    """Return the set text, in which every block is a line, with the marks drawn in; each one that is drawn says so.

    Of two that lie over each other a repair is drawn rather than a doubt, and what no longer stands in the text is not.
    """
    texts = [block.text for block in body.blocks(edition.body_html)]
    drawn: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        block = mark.finding.block
        text = texts[block] if 0 <= block < len(texts) else ""
        if text[mark.start : mark.end] == mark.words and mark.end <= len(text) and block >= 0:
            drawn[block].append(mark)
    return "\n".join(_line(line, texts, drawn) for line in html.split("\n"))


def _line(line: str, texts: Sequence[str], drawn: dict[int, list[Mark]]) -> str:
    opening = OPENING.search(line)
    marks = drawn.get(int(opening["number"]) - 1) if opening else None
    if not opening or not marks:
        return line
    inner, credit, rest = line[opening.end() :].partition(CREDIT)
    inner, close, name = (inner, "", "") if credit else inner.rpartition("</")
    tokens = list(TOKEN.finditer(inner))
    if sum(token["tag"] is None for token in tokens) != len(texts[marks[0].finding.block]):
        return line  # a phrase that is longer in the other script
    return "".join((line[: opening.end()], *_marked(tokens, _together(marks)), close, name, credit, rest))


def _together(marks: Sequence[Mark]) -> list[Mark]:
    """Return those that can be drawn: of what lies over each other the first, and repairs before doubts."""
    repairs = apart(mark for mark in marks if not mark.is_doubt)
    doubts = (mark for mark in marks if mark.is_doubt and not any(_meet(mark, repair) for repair in repairs))
    return apart([*repairs, *doubts])


def _meet(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end


def _marked(tokens: Sequence[re.Match[str]], marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the block piece by piece; a mark ends before every tag and goes on behind it, so that tags stay whole."""
    waiting, at, links = list(marks), 0, 0
    is_note = False
    current: Mark | None = None
    is_linked = False
    for token in tokens:
        place = waiting[0] if waiting else None
        if current and (token["tag"] or at >= current.end):
            yield current.closed(is_linked=is_linked)
            current = None
        while place and at >= place.end and (place.start < place.end or not token["tag"]):
            if place.start == place.end:
                yield _gap(place, is_linked=not links)
            waiting.pop(0)
            place = waiting[0] if waiting else None
        if token["tag"]:
            links += (token["name"] == "a") * (-1 if token[0].startswith("</") else 1)
            is_note = 'class="note"' in token[0]
        else:
            if place and not current and place.start <= at < place.end and not is_note:
                current, is_linked = place, not links
                yield place.opened(is_first=not place.is_drawn, is_linked=is_linked)
                place.is_drawn = True
            at += 1
        yield token[0]
    if current:
        yield current.closed(is_linked=is_linked)
    yield from (_gap(mark, is_linked=True) for mark in waiting if mark.start == mark.end == at)


def _gap(mark: Mark, *, is_linked: bool) -> str:
    """Where words were taken out, and nothing stands now, a word says so; a doubt between two characters asks."""
    mark.is_drawn = True
    sign = "〔？〕" if mark.is_doubt else format_html("〔{}〕", _("cut"))
    return f"{mark.opened(is_first=True, is_linked=is_linked)}{sign}{mark.closed(is_linked=is_linked)}"
