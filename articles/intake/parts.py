"""An article on several pages: its further pages are followed and joined into one draft."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from articles import body
from articles.intake import pager, pipeline
from articles.intake.decoding import LIMIT_BYTES, Unreadable, decode
from articles.intake.draft import Draft
from articles.intake.fetching import Fetched
from articles.intake.metadata.title import letters
from articles.intake.readers import html_page
from articles.intake.readers.html_page import Page
from articles.intake.repairs.page_cuts import CODE as PAGE_CUT
from articles.intake.repairs.page_cuts import SENTENCE_END
from articles.restoration import Finding

MOST_PARTS = 50
TRUNCATED = "truncated"
# so much of the title is looked for on a further page, which may add （2） or cut it short
KNOWN_BY = 10
PARAGRAPH = re.compile(r"\A<p>(.*)</p>")


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the article as it came, and what was read on it."""

    fetched: Fetched
    draft: Draft


@dataclass(slots=True)
class Parts:
    """The pages of one article in order; `missing` is the address of the page that could not be had, if any."""

    found: list[Part] = field(default_factory=list)
    missing: str = ""


def follow(first: Fetched, draft: Draft, fetch: Callable[[str], Fetched]) -> Parts:
    """Return the article's pages, the first and those it leads to.

    The first page that cannot be fetched or read ends it: what stands behind a gap would be taken for what follows.
    """
    parts = Parts([Part(first, draft)])
    waiting = _further(first, first.url)
    asked: set[int] = set()
    while waiting:
        number = min(waiting)
        asked.add(number)
        address = waiting.pop(number)
        if len(parts.found) == MOST_PARTS or sum(len(part.fetched.data) for part in parts.found) > LIMIT_BYTES:
            parts.missing = address
            break
        try:
            page = fetch(address)
            part = Part(page, pipeline.read(page.data, url=page.url))
        except Unreadable:
            parts.missing = address
            break
        if not _continues(part, parts, first.url):
            continue
        parts.found.append(part)
        waiting |= {n: address for n, address in _further(page, first.url).items() if n not in asked}
    return parts


def begin(given: Fetched, fetch: Callable[[str], Fetched]) -> Fetched:
    """Return the first page of the article of which `given` may be a further one; that page itself where it is none."""
    found = source_of(given)
    address = pager.first_of(found[0], given.url) if found else ""
    if not address:
        return given
    try:
        first = fetch(address)
    except Unreadable:
        return given
    return first if _number_of(given, first) else given


def _number_of(page: Fetched, first: Fetched) -> int | None:
    """Which page of the text that begins at `first` a page is by what that one links to, or None."""
    return next((number for number, address in _further(first, first.url).items() if address == page.url), None)


def join(parts: Parts) -> Draft:
    """Return the one draft of all pages: the body of each in order, what the first says of the article, and who edited
    it, which stands on the last."""
    first, last = parts.found[0].draft, parts.found[-1].draft
    joined = replace(first, findings=list(first.findings), readings=list(first.readings))
    for part in parts.found[1:]:
        _append(joined, part.draft)
    if len(parts.found) > 1:
        _take_from_end(joined, last)
    if parts.missing:
        _say_missing(joined, parts.missing)
    return joined


def source_of(fetched: Fetched) -> tuple[Page, str] | None:
    """Return the page as it is parsed and as it is written, or None where it is no HTML."""
    try:
        text = decode(fetched.data).text
        return (html_page.parse(text), text) if pipeline.is_html(text) else None
    except Unreadable:
        return None


def _further(fetched: Fetched, first: str) -> dict[int, str]:
    found = source_of(fetched)
    return pager.further(*found, fetched.url, first) if found else {}


def _continues(part: Part, parts: Parts, first: str) -> bool:
    """Whether the page is a further one of the same article: it bears its title, and says what was not said yet."""
    if part.fetched.url != first and pager.number_in(part.fetched.url, first) is None:
        return False
    said = _said(part.draft)
    if any(said in _said(other.draft) for other in parts.found):
        return False
    return _bears(part.fetched, parts.found[0].draft.title)


def _said(draft: Draft) -> str:
    return "".join(filter(str.isalnum, draft.body_text))


def _bears(fetched: Fetched, title: str) -> bool:
    """Whether the page bears the title, elsewhere than in a link to it."""
    found = source_of(fetched)
    known = letters(title)[:KNOWN_BY]
    if not found:
        return False
    lines = [found[0].head_title, *(line.text for line in found[0].lines if not line.is_linked)]
    return any(known in letters(line[:300]) for line in lines)


def _append(joined: Draft, draft: Draft) -> None:
    """Add the text of a further page; a sentence that its page end has cut becomes one again."""
    before, after = joined.body_html.split("\n"), draft.body_html.split("\n")
    texts = [block.text for block in body.blocks(joined.body_html)]
    offset, indent = len(texts), 0
    upper, lower = PARAGRAPH.fullmatch(before[-1]), PARAGRAPH.fullmatch(after[0])
    joined.findings = [found for found in joined.findings if found.code != TRUNCATED]
    if upper and lower and not SENTENCE_END.search(texts[-1]):
        before[-1:], after = [f"<p>{upper[1]}{lower[1]}</p>"], after[1:]
        offset, indent = offset - 1, len(texts[-1])
        joined.findings.append(Finding(PAGE_CUT, "info", offset, indent, indent, "\n", "", 0.95, applied=True))
    joined.body_html = _stored("\n".join([*before, *after]))
    joined.findings += [_moved(found, offset, indent) for found in draft.findings if _is_of_text(found)]
    joined.truncated = draft.truncated


def _stored(html: str) -> str:
    try:
        return body.normalise(html)
    except body.BodyRefused as refusal:
        raise Unreadable("The article cannot be stored: %(reason)s", reason=str(refusal)) from None


def _is_of_text(found: Finding) -> bool:
    """Whether it is about a place in the text; what is about the page as a whole is said on the first."""
    return found.block >= 0 and (found.applied or found.end > found.start)


def _moved(found: Finding, offset: int, indent: int) -> Finding:
    shift = indent if found.block == 0 else 0
    return replace(found, block=found.block + offset, start=found.start + shift, end=found.end + shift)


def _take_from_end(joined: Draft, last: Draft) -> None:
    """Take what pages print below the text, and what the first page left open."""
    for name in ("editor", "original_source", "authors"):
        value = getattr(last, name)
        if value and (name == "editor" or not getattr(joined, name)):
            setattr(joined, name, value)
            kept = [reading for reading in joined.readings if reading.field != name]
            joined.readings = kept + [reading for reading in last.readings if reading.field == name]


def _say_missing(joined: Draft, address: str) -> None:
    last = body.blocks(joined.body_html)[-1]
    end = len(last.text)
    joined.truncated = True
    joined.findings = [found for found in joined.findings if found.code != TRUNCATED]
    joined.findings.append(Finding(TRUNCATED, "error", last.index, end, end, address))
