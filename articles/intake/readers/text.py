"""Read the plain-text dump of a page, as crawlers and colleagues hand it over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from articles import body
from articles.intake import cleaning
from articles.intake.decoding import Unreadable
from articles.intake.draft import Draft
from articles.intake.metadata import byline, source
from articles.intake.metadata.describing import describe
from articles.intake.metadata.found import ABOVE, Found
from articles.intake.metadata.readings import keep, take
from articles.intake.metadata.surroundings import Surroundings
from articles.intake.readers import text_body, text_people
from articles.intake.readers.finishing import finish
from articles.intake.readers.text_lines import Kind, Line, page_title, read_lines
from articles.intake.readers.text_site import find_site
from articles.intake.readers.text_span import find_span
from articles.intake.readers.text_title import behind_title, find_title
from articles.intake.repairs import page_cuts
from articles.restoration import Finding

FEWEST_LETTERS = 20
# a book has fewer
MOST_LINES = 60_000
LINES_AROUND = 40
EDGE_BLOCKS = 4
# the notice that a text is cut stands right under it
CUT_REACH = 5
# 江城晚报记者 甄小雨: a line or two without a full stop under the text
SIGN_OFF_LINES = 2
GLUED = "glued_byline"


@dataclass(frozen=True, slots=True)
class Parts:
    """A dump in its parts: the lines above, of and below the article, and those between title and article."""

    title: Found[str]
    head: Sequence[Line]
    below_title: Sequence[Line]
    article: Sequence[Line]
    tail: Sequence[Line]


@dataclass(slots=True)
class Written:
    """The article's paragraphs, what cleaning did to them, and the credits that were run into them."""

    paragraphs: list[str]
    findings: list[Finding]
    unit: str = ""
    signature: str = ""


def read(text: str, url: str = "") -> Draft:
    """Return what a dump says: the article without furniture, its metadata, and what looks wrong with it.

    Raises `Unreadable` when it holds no running text, or more than the library stores.
    """
    if len(text.encode("utf-8", "replace")) > body.MAX_BYTES:
        raise Unreadable("The text is longer than %(most)d MB.", most=body.MAX_BYTES // 1_000_000)
    if len(text.splitlines()) > MOST_LINES:
        raise Unreadable("The text has more than %(most)s lines.", most=f"{MOST_LINES:,}")
    parts = _part(text)
    written = _write(parts.article)
    if sum(map(str.isalnum, "".join(written.paragraphs))) < FEWEST_LETTERS:
        raise Unreadable("No article was found in the text.")
    draft = Draft(kind="text", url=url, findings=written.findings)
    draft.body_html = body.from_paragraphs(text_body.with_elements(written.paragraphs))
    draft.truncated = any(line.kind == Kind.CUT for line in [*parts.article, *parts.tail[:CUT_REACH]])
    around = _surroundings(parts, written)
    _describe(draft, parts, written, around)
    finish(draft, around, "\n".join(line.text for line in (*parts.head, *parts.tail)))
    return draft


def _part(text: str) -> Parts:
    lines = cleaning.without_asides(read_lines(text))
    start, end = find_span(lines)
    start = behind_title(lines, start, end)
    place = find_title(lines, start, end)
    title = Found(lines[place].text, "title_line", lines[place].text, ABOVE) if place is not None else page_title(text)
    return Parts(title, lines[:start], lines[(place or 0) + 1 : start], lines[start:end], lines[end:])


def _write(article: Sequence[Line]) -> Written:
    """Join what pages cut, and part the credits from the text."""
    paragraphs, findings = page_cuts.join(text_body.texts(article))
    if not paragraphs:
        return Written([], [])
    unit, paragraphs[0] = text_body.split_unit(paragraphs[0])
    for finding in findings:
        if finding.block == 0:
            finding.start = finding.end = max(0, finding.start - len(unit))
    paragraphs[-1], signature = text_body.split_signature(paragraphs[-1])
    if not paragraphs[-1]:
        paragraphs.pop()
    for credit, block, place in ((unit, 0, 0), (signature, len(paragraphs) - 1, len((paragraphs or [""])[-1]))):
        if credit and paragraphs:
            findings.append(Finding(GLUED, "info", block, place, place, credit, "", 0.8, applied=True))
    return Written(paragraphs, findings, unit, signature)


def _describe(draft: Draft, parts: Parts, written: Written, around: Surroundings) -> None:
    people = byline.find_byline(around, draft.body_text, source.persons_in_source(around))
    lines = [*written.paragraphs, *around.head, *around.tail]
    take(draft, "title", replace(parts.title, value=byline.take_from_title(parts.title.value, people, lines)), around)
    people.authors = text_people.join_credits(people.authors, [*around.below_title, written.signature])
    people.rule = people.rule or "with_unit"
    draft.authors = people.authors
    keep(draft, "authors", people.found(around), around)
    units = [author.affiliation for author in draft.authors if author.affiliation]
    draft.affiliation = people.affiliation or (units[0] if units else written.unit)
    if not draft.url:
        take(draft, "url", source.find_address(around), around)
    site = find_site(parts.below_title, [*parts.head, *parts.tail])
    take(draft, "site", site or source.find_site(around, _head_title(parts)), around)
    describe(draft, around)


def _head_title(parts: Parts) -> str:
    """The page's own title, which many dumps begin with: the article's, and the site behind it."""
    first = parts.head[0].text if parts.head else ""
    return first if parts.title and first.startswith(parts.title.value) else ""


def _surroundings(parts: Parts, written: Written) -> Surroundings:
    signed = [line.text for line in takewhile(lambda line: line.kind == Kind.SHORT, parts.tail[:SIGN_OFF_LINES])]
    closing = [*written.paragraphs[-EDGE_BLOCKS:], written.signature, *signed]
    return Surroundings(
        title=parts.title.value,
        head=[line.text for line in parts.head[-LINES_AROUND:]],
        below_title=[line.text for line in parts.below_title[-LINES_AROUND:]],
        opening=written.paragraphs[:EDGE_BLOCKS],
        closing=[text for text in closing if text],
        tail=[line.text for line in parts.tail[:LINES_AROUND]],
    )
