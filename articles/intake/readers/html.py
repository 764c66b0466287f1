"""An HTML page becomes a Draft."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from articles import body
from articles.intake import cleaning
from articles.intake.decoding import Unreadable
from articles.intake.draft import Draft, DraftAuthor
from articles.intake.metadata import byline, keywords, source, title
from articles.intake.metadata.describing import describe
from articles.intake.metadata.found import Found
from articles.intake.metadata.readings import keep, take
from articles.intake.metadata.surroundings import LISTED, Surroundings, labels_of, lacks_value, may_be_value
from articles.intake.metadata.title import Candidate
from articles.intake.readers import html_blocks, html_body, html_headings, html_page
from articles.intake.readers.finishing import finish
from articles.intake.readers.html_blocks import Block
from articles.intake.readers.html_page import Line, Page, mark_of
from articles.restoration import Finding

LINES_AROUND = 40
LINES_BELOW_TITLE = 20
EDGE_BLOCKS = 4
OPENING_BLOCKS = 40
FEWEST_LETTERS = 20
# the page has a title, but one longer than the library holds: an editor must write one
LONG_TITLE = "long_title"
SHOWN_OF_TITLE = 60
# what pages call the line that names the account a text was posted by
PATH_MARK = re.compile(r"breadcrumb|crumb|(?<![a-z])path(?![a-z])")
ACCOUNT_MARK = re.compile(r"author|account|media(?!_tool)|source|nickname")


@dataclass(frozen=True, slots=True)
class Parts:
    """A page in its parts: the lines above the text, the blocks found for it that are none, the text, the lines below.

    `place` is the number of the first line that stands where the text was found; `way` says how, in the element `box`.
    """

    title: Found[str]
    above: Sequence[Candidate]
    place: int
    cut_above: Sequence[Block]
    article: Sequence[Block]
    below: Sequence[str]
    way: str
    box: str


def read(text: str, url: str = "") -> Draft:
    """Return the draft of the page; raises `Unreadable` when it holds no article."""
    page = html_page.parse(text)
    if sum(len(line.text) for line in page.lines) > body.MAX_BYTES:
        raise Unreadable(
            "The page holds more than %(most)d million characters of text.", most=body.MAX_BYTES // 1_000_000
        )
    address = url or page.address
    parts = _part(page, address)
    around = _surroundings(parts, page)
    draft = Draft(kind="html", url=address)
    _name(draft, parts, around)
    draft.body_html = _body(_without_byline(parts.article, draft.authors))
    draft.truncated = any(cleaning.is_cut_notice(line.text) for line in page.lines)
    _describe(draft, parts, around, page)
    finish(draft, around, _beside(draft, page))
    keep(draft, "body", Found(draft.body_text, parts.way, parts.box, "text"), around)
    return draft


def _part(page: Page, address: str) -> Parts:
    found, way = html_body.find_body(page)
    blocks = cleaning.without_asides(
        html_blocks.part_editors(html_blocks.flatten(found, address)) if found is not None else []
    )
    first, last = _place(page, blocks)
    above = _candidates(page, blocks, first)
    sentences = [block for block in blocks if "。" in block.text][:OPENING_BLOCKS]
    heading = title.find_title(above, page.head_title, page.meta, _text(sentences))
    start, end = cleaning.span(blocks, heading.value)
    article = html_headings.mark(blocks[start:end])
    _refuse(article)
    left_out = _left_out(page.lines[first:last], blocks)
    spaced = {line.text: line.spaced for line in page.lines[first:last]}
    behind = [
        *_carried((spaced.get(block.text, block.text), block.is_linked) for block in blocks[end:]),
        *left_out,
        *_carried((line.spaced, line.is_linked) for line in page.lines[last:]),
    ]
    box = f"{found.tag!s} {mark_of(found)}".strip() if found is not None else ""
    return Parts(heading, above, first, blocks[:start], article, behind[:LINES_AROUND], way, box)


def _refuse(article: Sequence[Block]) -> None:
    """Raise `Unreadable` for what is no article, or more than the library holds, before the costly steps."""
    if sum(len(block.html.encode()) for block in article) > body.MAX_BYTES:
        raise Unreadable("The article is longer than %(most)d MB.", most=body.MAX_BYTES // 1_000_000)
    if sum(map(str.isalnum, _text(article))) < FEWEST_LETTERS:
        raise Unreadable("No article was found in the page.")


def _place(page: Page, blocks: Sequence[Block]) -> tuple[int, int]:
    """Where among the lines of the page the found element begins and ends."""
    first = min((block.order for block in blocks), default=0)
    last = max((block.order for block in blocks), default=-1)
    places = [place for place, line in enumerate(page.lines) if first <= line.order <= last]
    return (places[0], places[-1] + 1) if places else (0, len(page.lines))


def _candidates(page: Page, blocks: Sequence[Block], first: int) -> list[Candidate]:
    """The lines from the top of the page to the first running text of the article, where its title must stand."""
    opening = next((block.text for block in blocks if cleaning.is_running(block.text)), None)
    places = [place for place, line in enumerate(page.lines) if line.text == opening]
    stop = next((place for place in places if place >= first), first + len(blocks))
    return [
        Candidate(
            line.text,
            line.element,
            line.mark,
            place,
            line.is_linked,
            line.spaced,
            line.signed,
            line.order,
            line.is_loud,
        )
        for place, line in enumerate(page.lines[:stop])
    ]


def _left_out(lines: Sequence[Line], blocks: Sequence[Block]) -> list[str]:
    """Label lines inside the article that the search for its body took out."""
    shown = {block.text for block in blocks}
    texts = _carried((line.spaced, line.is_linked) for line in lines if line.text not in shown)
    short = (text for text in texts if len(text) <= cleaning.LONGEST_LABEL_LINE)
    return [text for text in short if cleaning.is_above(text) or cleaning.ends_article(text) or _is_labelled(text)]


def _is_labelled(text: str) -> bool:
    return any(label.start == 0 for label in labels_of(text)[:1])


def _surroundings(parts: Parts, page: Page) -> Surroundings:
    texts = _texts(parts.article)
    place = title.place_of(parts.above, parts.title.value, parts.place)
    opening = [line.place for line in parts.above if line.place >= parts.place and line.text in texts[:EDGE_BLOCKS]]
    stop = next((start for start in opening if start > place), len(page.lines))
    head = [line for line in parts.above if line.place < stop]
    below = [line for line in head if line.place > place >= 0][:LINES_BELOW_TITLE]
    return Surroundings(
        title=parts.title.value,
        head=_carried((_path(line), line.is_linked) for line in head)[-LINES_AROUND:],
        below_title=_carried((line.spaced, line.is_linked) for line in below)
        or [block.text for block in parts.cut_above],
        accounts=[line.spaced for line in below if ACCOUNT_MARK.search(line.mark) and len(line.text) <= 20],
        bylines=[line.signed for line in head if line.signed],
        opening=texts[:EDGE_BLOCKS],
        closing=texts[-EDGE_BLOCKS:],
        tail=parts.below,
        meta=page.meta,
    )


def _carried(lines: Iterable[tuple[str, bool]]) -> list[str]:
    """The lines, each label that ends its own with the value that stands in the next: 来源： / 江城日报.

    Every line comes with whether it is linked: words after 标签： may stand one by one in links.
    """
    texts: list[str] = []
    lacking = ""
    for text, is_linked in lines:
        is_more = lacking in LISTED and not lacks_value(texts[-1])
        is_value = lacking and may_be_value(text)
        if is_value and (is_linked or not is_more):
            texts[-1] += f"{text}；" if lacking in LISTED else f" {text}"
            lacking = lacking if lacking in LISTED else ""
        else:
            texts.append(text)
            lacking = lacks_value(text)
    return texts


def _path(line: Candidate) -> str:
    """The line, with the signs between the steps of a path that its style sets."""
    is_path = PATH_MARK.search(line.mark) and line.is_linked and " " in line.spaced
    return " > ".join(line.spaced.split()) if is_path and not keywords.STEP.search(line.spaced) else line.spaced


def _without_byline(blocks: Sequence[Block], authors: Sequence[DraftAuthor]) -> list[Block]:
    """Take the lines that name the authors off both ends: the byline is kept beside the text."""
    names = [author.name for author in authors if author.role == "author"]
    edges = {*range(EDGE_BLOCKS), *range(len(blocks) - EDGE_BLOCKS, len(blocks))}
    kept = [
        block for place, block in enumerate(blocks) if place not in edges or not byline.is_byline(block.text, names)
    ]
    return kept or list(blocks)


def _body(blocks: Sequence[Block]) -> str:
    try:
        return body.normalise(html_blocks.to_html(blocks))
    except body.BodyRefused as refusal:
        raise Unreadable("The article cannot be stored: %(reason)s", reason=str(refusal)) from None


def _name(draft: Draft, parts: Parts, around: Surroundings) -> None:
    """Set title and byline, which may be run into one another."""
    people = byline.find_byline(around, _text(parts.article), source.persons_in_source(around))
    lines = [*_texts(parts.article), *around.head, *around.tail]
    take(draft, "title", replace(parts.title, value=byline.take_from_title(parts.title.value, people, lines)), around)
    draft.authors, draft.affiliation = people.authors, people.affiliation
    keep(draft, "authors", people.found(around), around)


def _describe(draft: Draft, parts: Parts, around: Surroundings, page: Page) -> None:
    take(draft, "subtitle", title.find_subtitle(parts.above, draft.title, parts.place), around)
    if not draft.url:
        take(draft, "url", source.find_address(around), around)
    take(draft, "site", source.find_site(around, page.head_title), around)
    describe(draft, around)
    if not draft.title and len(page.head_title) > title.LONGEST_TITLE:
        draft.findings.append(Finding(LONG_TITLE, "warning", 0, 0, 0, page.head_title[:SHOWN_OF_TITLE]))


def _beside(draft: Draft, page: Page) -> str:
    """The text of the page that is not in the body."""
    shown = {block.text for block in body.blocks(draft.body_html)}
    return "\n".join(line.text for line in page.lines if line.text not in shown)


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(_texts(blocks))


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks]
