"""An HTML page becomes a Draft."""

from collections.abc import Sequence

from articles import body
from articles.intake import cleaning
from articles.intake.decoding import Unreadable
from articles.intake.draft import Draft
from articles.intake.metadata import byline, keywords, published, source, title
from articles.intake.metadata.surroundings import Surroundings
from articles.intake.readers import html_blocks, html_body, html_headings, html_page
from articles.intake.readers.html_blocks import Block
from articles.intake.readers.html_page import Line, Page

LINES_AROUND = 40
EDGE_BLOCKS = 4
FEWEST_LETTERS = 20


def read(text: str, url: str = "") -> Draft:
    """Return the draft of the page; raises `Unreadable` when it holds no article."""
    page = html_page.parse(text)
    address = url or page.address
    found = html_body.find_body(page)
    blocks = html_blocks.flatten(found, address) if found is not None else []
    above = _lines_above(page, blocks)
    heading = title.find_title(above, page.head_title, page.meta)
    start, end = cleaning.span(blocks, heading)
    kept = html_headings.mark(blocks[start:end])
    if sum(map(str.isalnum, "".join(block.text for block in kept))) < FEWEST_LETTERS:
        raise Unreadable("No article was found in the page.")
    draft = Draft(kind="html", title=heading, url=address, subtitle=title.find_subtitle(above, heading))
    draft.body_html = _body(kept)
    draft.truncated = any(cleaning.is_cut_notice(line.text) for line in page.lines)
    _describe(draft, _surroundings(page, blocks, (start, end), above, heading), page)
    return draft


def _body(blocks: Sequence[Block]) -> str:
    try:
        return body.normalise(html_blocks.to_html(blocks))
    except body.BodyRefused as refusal:
        raise Unreadable(f"The article cannot be stored: {refusal}") from None


def _describe(draft: Draft, around: Surroundings, page: Page) -> None:
    people = byline.find_byline(around, draft.body_text, source.persons_in_source(around))
    draft.authors, draft.affiliation = people.authors, people.affiliation
    draft.original_source = source.find_source(around)
    draft.site = source.find_site(around, page.head_title)
    draft.editor = source.find_editor(around)
    draft.published = published.find_published(around)
    draft.abstract = keywords.find_abstract(around)
    draft.keywords = keywords.find_keywords(around)
    draft.tags = keywords.find_tags(around)
    draft.breadcrumb = keywords.find_breadcrumb(around)


def _lines_above(page: Page, blocks: Sequence[Block]) -> list[title.Candidate]:
    """The lines from the top of the page to the first running text of the article."""
    first = next((block for block in blocks if cleaning.is_running(block.text)), blocks[0] if blocks else None)
    last = first.order if first else len(page.lines)
    lines = [line for line in page.lines if line.order <= last]
    stop = next((i for i, line in enumerate(lines) if first and line.text == first.text), len(lines))
    return [
        title.Candidate(line.text, line.element, line.mark, place, line.is_linked) for place, line in enumerate(lines[:stop])
    ]


def _surroundings(
    page: Page, blocks: Sequence[Block], kept: tuple[int, int], above: Sequence[title.Candidate], heading: str
) -> Surroundings:
    start, end = kept
    place = title.place_of(above, heading)
    head = [line.text for line in above]
    texts = [block.text for block in blocks]
    below = [text for text in head[place + 1 :] if place >= 0] if place >= 0 else texts[:start]
    inside = _left_out(page, blocks)
    return Surroundings(
        title=heading,
        head=head[-LINES_AROUND:],
        below_title=below[-LINES_AROUND // 2 :],
        opening=texts[start : min(end, start + EDGE_BLOCKS)],
        closing=texts[max(start, end - EDGE_BLOCKS) : end],
        tail=[*texts[end:], *inside, *_lines_below(page, blocks)][:LINES_AROUND],
        meta=page.meta,
    )


def _left_out(page: Page, blocks: Sequence[Block]) -> list[str]:
    """Label lines inside the article that the search for its body took out."""
    if not blocks:
        return []
    first, last = min(block.order for block in blocks), max(block.order for block in blocks)
    shown = {block.text for block in blocks}
    lines = [line.text for line in page.lines if first <= line.order <= last and line.text not in shown]
    return [text for text in lines if len(text) <= cleaning.LONGEST_LABEL_LINE and cleaning.is_above(text)]


def _lines_below(page: Page, blocks: Sequence[Block]) -> list[str]:
    last = max((block.order for block in blocks), default=0)
    below: list[Line] = [line for line in page.lines if line.order > last]
    return [line.text for line in below[:LINES_AROUND]]
