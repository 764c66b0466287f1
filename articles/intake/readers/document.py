"""What a document's own reader has found becomes a Draft: the rules that .docx and .pdf share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import lxml.html

from articles import body
from articles.chinese import compatibility
from articles.chinese.scripts import script_of
from articles.intake import cleaning
from articles.intake.decoding import CONTROLS, Unreadable
from articles.intake.draft import Draft
from articles.intake.metadata import byline, source, title
from articles.intake.metadata.describing import describe
from articles.intake.metadata.found import Found
from articles.intake.metadata.readings import keep, take
from articles.intake.metadata.surroundings import Surroundings, labels_of
from articles.intake.metadata.title import Candidate
from articles.intake.readers import document_issue, html_blocks, html_headings, text_people, text_title
from articles.intake.readers.finishing import finish
from articles.intake.readers.html_blocks import Block
from articles.intake.readers.html_page import squeeze
from articles.intake.readers.text_lines import read_lines
from articles.restoration import Finding

FEWEST_LETTERS = 20
LINES_AROUND = 40
EDGE_BLOCKS = 4
# how far down title, authors, abstract and keywords may reach
DEEPEST_HEAD = 30
LONGEST_HEAD_LINE = 120
COMPATIBILITY, RUNNING_HEAD = "compatibility_form", "running_head"
MOST_HEADS = 20
HEAD_KINDS = frozenset({"abstract", "keywords", "affiliation", "author", "published", "original_source", "number"})
# a label that stands in a line of its own above what it is about
BARE_LABEL = re.compile(
    r"[\[【〔(（]?(?:内容)?(?:摘[ \u3000]{0,4}要|提[ \u3000]{0,4}要|关[ \u3000]?键[ \u3000]?词)[\]】〕)）]?[:：]?"
)
# what programs put in for a title that nobody has given
NO_TITLE = re.compile(r"microsoft|untitled|\.(?:docx?|wps|pdf|indd|html?)$|^(?:文档|新建|幻灯片)", re.IGNORECASE)
CLASSIFIED = re.compile(r"(?:中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目|DOI)", re.IGNORECASE)
DASHES = ("——", "--", "―")
# （江城大学乡村治理研究中心，江城 430000） · 1. 青石县委党校
UNIT = re.compile(
    r"(?:\d[.．、 ]?)?[\u3400-\u9fff]{2,20}"
    r"(?:大学|学院|研究院|研究所|研究中心|党校|医院|委员会|局|厅|报社|学校|公司)[^。！？]{0,60}"
)
POSTCODE = re.compile(r"[，, ]{1,3}[\u3400-\u9fff]{0,10}[，, ]{0,3}\d{6}$")
HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A document in its parts: what stands above the title, under it, the text itself, and what stands below."""

    title: Found[str]
    above: Sequence[Block]
    below_title: Sequence[Block]
    article: Sequence[Block]
    tail: Sequence[Block]


def read(found: Mapping[str, Any], kind: str, url: str = "") -> Draft:
    """Return the draft of a document, whose reader found its text as HTML, its notes, running heads and description."""
    html = CONTROLS.sub("", str(found["html"]))
    script = script_of(html)
    blocks = _blocks(html, script)
    said = {name: _usual(value, script) for name, value in found["said"].items()}
    parts = _part(blocks, said)
    _refuse(parts.article)
    around = _surroundings(parts, said)
    draft = Draft(kind=kind, encoding="", url=url)
    _name(draft, parts, around)
    article = [block for block in parts.article if not _is_byline(block, draft)]
    draft.body_html, draft.findings = _body(article, script)
    draft.notes = [squeeze(_usual(note, script)) for note in found["notes"]]
    heads = _kinds([_usual(head, script) for head in found["heads"]])
    draft.findings += [Finding(RUNNING_HEAD, "info", 0, 0, 0, head, "", 0.95, applied=True) for head in heads]
    describe(draft, around)
    _take_issue(draft, heads, around)
    finish(draft, around, "\n".join(block.text for block in (*parts.above, *parts.below_title, *parts.tail)))
    return draft


def _blocks(html: str, script: str) -> list[Block]:
    """The blocks of the text. Their markup keeps the characters as they came, their plain text has the usual ones."""
    root = lxml.html.fragment_fromstring(html or "<p></p>", create_parent="div")
    blocks = [replace(block, text=_usual(block.text, script)) for block in html_blocks.flatten(root, "")]
    joined: list[Block] = []
    for block in blocks:
        if joined and BARE_LABEL.fullmatch(joined[-1].text):
            label = joined.pop().text.strip("：:")
            block = replace(block, html=f"{label}：{block.html}", text=f"{label}：{block.text}", strong=0)
        joined.append(block)
    return joined


def _usual(text: str, script: str) -> str:
    return compatibility.to_usual(CONTROLS.sub("", text), script)


def _part(blocks: Sequence[Block], said: Mapping[str, str]) -> Parts:
    heading, place = _title(blocks, said)
    start = _text_start(blocks, place + 1, heading.value)
    first, end = cleaning.span(blocks[start:], heading.value)
    below_title = [*blocks[place + 1 : start], *blocks[start : start + first]]
    article = html_headings.mark(_levelled(blocks[start + first : start + end]))
    return Parts(heading, blocks[: max(place, 0)], below_title, article, blocks[start + end :])


def _title(blocks: Sequence[Block], said: Mapping[str, str]) -> tuple[Found[str], int]:
    """The title and the number of its block, -1 where it stands in none."""
    stop = next((place for place, block in enumerate(blocks) if cleaning.is_running(block.text)), len(blocks))
    styled = next((number for number, block in enumerate(blocks[:stop]) if block.mark == "title"), None)
    if styled is not None:
        return Found(blocks[styled].text, "style", blocks[styled].text), styled
    place = _heading(blocks, stop)
    if place is None:
        lines = read_lines("\n".join(block.text or "-" for block in blocks))
        place = text_title.find_title(lines, stop, len(lines)) if len(lines) == len(blocks) else None
    if place is not None:
        return Found(blocks[place].text, "title_line", blocks[place].text), place
    own = said["title"].strip()
    is_title = not NO_TITLE.search(own) and len(HAN.findall(own)) >= 4 and len(own) <= title.LONGEST_TITLE
    return Found(own if is_title else "", "meta", "title", "document properties" if is_title else ""), -1


def _heading(blocks: Sequence[Block], stop: int) -> int | None:
    """The one heading above the text, where it is no numbered one."""
    headings = [place for place, block in enumerate(blocks[:stop]) if block.element in body.HEADINGS]
    is_one = headings and not html_headings.FIRST_LEVEL.fullmatch(blocks[headings[0]].text)
    return headings[0] if is_one and len(headings) == 1 else None


def _text_start(blocks: Sequence[Block], first: int, heading: str) -> int:
    """Where the text begins: behind the last line near the top that tells of the article."""
    start = first
    for place in range(first, min(len(blocks), first + DEEPEST_HEAD)):
        block = blocks[place]
        if _is_of_head(block, heading) or (place == start and _may_be_unit(blocks, place)):
            start = place + 1
        elif cleaning.is_running(block.text):
            break
    return start if start < len(blocks) else first


def _is_of_head(block: Block, heading: str) -> bool:
    text = block.text[: cleaning.LONGEST_LINE]
    if block.mark == "subtitle" or text.startswith(DASHES) or cleaning.is_above(text, heading):
        return True
    labels = labels_of(text)
    if (labels and labels[0].start <= 2 and labels[0].kind in HEAD_KINDS) or CLASSIFIED.match(text):
        return True
    if len(text) > LONGEST_HEAD_LINE or "。" in text or block.element != "p":
        return False
    around = Surroundings(title=heading, below_title=[text])
    return bool(byline.find_byline(around).authors or text_people.read_credit(text)) or byline.is_byline(text, [])


def _may_be_unit(blocks: Sequence[Block], place: int) -> bool:
    """Whether a line right under the others is the unit of the authors: （某某大学，某地 430000）."""
    text = blocks[place].text.strip("（()） ")
    return place > 0 and blocks[place].element == "p" and bool(UNIT.fullmatch(text))


def _levelled(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the first level of headings as h2, whatever level the writer began with."""
    used = sorted({block.element for block in blocks if block.element in body.HEADINGS})
    levels = dict(zip(used, ("h2", "h3", "h4"), strict=False))
    return [replace(block, element=levels.get(block.element, block.element)) for block in blocks]


def _refuse(article: Sequence[Block]) -> None:
    if sum(len(block.html.encode("utf-8", "replace")) for block in article) > body.MAX_BYTES:
        raise Unreadable("The article is longer than %(most)d MB.", most=body.MAX_BYTES // 1_000_000)
    if sum(map(str.isalnum, "".join(block.text for block in article))) < FEWEST_LETTERS:
        raise Unreadable("No article was found in the document.")


def _surroundings(parts: Parts, said: Mapping[str, str]) -> Surroundings:
    texts = [block.text for block in parts.article]
    above = [block.text for block in parts.above]
    below = [block.text for block in parts.below_title]
    return Surroundings(
        title=parts.title.value,
        head=[*above, parts.title.value, *below][-LINES_AROUND:],
        below_title=below[:LINES_AROUND],
        opening=texts[:EDGE_BLOCKS],
        closing=texts[-EDGE_BLOCKS:],
        tail=[block.text for block in parts.tail[:LINES_AROUND]],
        meta={"keywords": said["keywords"]},
    )


def _name(draft: Draft, parts: Parts, around: Surroundings) -> None:
    """Set title, subtitle, byline and site."""
    texts = [block.text for block in parts.article]
    people = byline.find_byline(around, "\n".join(texts), source.persons_in_source(around))
    heading = byline.take_from_title(parts.title.value, people, [*texts, *around.head, *around.tail])
    take(draft, "title", replace(parts.title, value=heading), around)
    people.authors = text_people.join_credits(people.authors, around.below_title)
    units = [block.text for place, block in enumerate(parts.below_title) if _may_be_unit(parts.below_title, place)]
    draft.authors = people.authors
    has_units = any(author.affiliation for author in draft.authors)
    if not has_units:
        draft.affiliation = people.affiliation or POSTCODE.sub("", "".join(units[:1]).strip("（()）"))
    keep(draft, "authors", people.found(around), around)
    lines = [
        Candidate(block.text, block.element, block.mark, place)
        for place, block in enumerate([Block("p", "", parts.title.value, 0), *parts.below_title])
    ]
    take(draft, "subtitle", title.find_subtitle(lines, draft.title, 1), around)
    take(draft, "site", source.find_site(around, ""), around)


def _is_byline(block: Block, draft: Draft) -> bool:
    names = [author.name for author in draft.authors if author.role == "author"]
    return block.element == "p" and bool(names) and byline.is_byline(block.text, names)


def _body(blocks: Sequence[Block], script: str) -> tuple[str, list[Finding]]:
    """The body with every character the usual one, and a finding for each that was not."""
    try:
        body_html = body.normalise(html_blocks.to_html(blocks))
    except body.BodyRefused as refusal:
        raise Unreadable("The article cannot be stored: %(reason)s", reason=str(refusal)) from None
    findings = [
        Finding(COMPATIBILITY, "info", number, match.start(), match.end(), match[0], usual, 0.99, applied=True)
        for number, block in enumerate(body.blocks(body_html))
        for match in compatibility.FORMS.finditer(block.text)
        if (usual := compatibility.to_usual(match[0], script)) != match[0]
    ]
    return compatibility.to_usual(body_html, script), findings


def _kinds(heads: Sequence[str]) -> list[str]:
    """One of each kind of running head or foot, give or take its numbers."""
    kinds: dict[str, str] = {}
    for head in heads:
        kinds.setdefault(re.sub(r"\d+", "#", head), head)
    return list(kinds.values())[:MOST_HEADS]


def _take_issue(draft: Draft, heads: Sequence[str], around: Surroundings) -> None:
    """Set what only the running heads say: the journal and its issue."""
    if not draft.original_source:
        names = [draft.title, *(author.name for author in draft.authors)]
        take(draft, "original_source", document_issue.find_source(heads, names), around)
    if not draft.published:
        take(draft, "published", document_issue.find_published(heads), around)
