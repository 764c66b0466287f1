"""How repairs go into the title and the text of an edition, and how the words that stood there come back."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from articles import body, restoration
from articles.actions.anchoring import Edit, Span, as_body
from articles.models import Edition, Finding

LONGEST_TITLE = int(Edition._meta.get_field("title").max_length or 0)


@dataclass(slots=True)
class Proposal(restoration.Finding):
    """A finding as restoration speaks of it, with the key of its row."""

    key: int = 0


@dataclass(slots=True)
class Changed:
    """A title and a body after their repairs: what was done to them, and by key where each repair stands now.

    `found` are the words that went out; with some goes the space beside them.
    """

    title: str
    body_html: str
    edits: list[Edit] = field(default_factory=list)
    spans: dict[int, Span] = field(default_factory=dict)
    found: dict[int, str] = field(default_factory=dict)


Operation = Callable[[str, list[Proposal]], tuple[str, list[Proposal]]]


def carry_out(edition: Edition, rows: Sequence[Finding]) -> Changed:
    """Return title and body with what these rows suggest, as far as each can be taken back to the byte."""
    return _changed(edition, [_proposal(row) for row in rows if row.suggestion is not None], _put_in)


def undo(edition: Edition, rows: Sequence[Finding]) -> Changed:
    """Return title and body with the words that stood where these rows' suggestions stand.

    Left alone is what no longer stands there, and words that stood across two paragraphs.
    """
    return _changed(edition, [_proposal(row) for row in rows if "\n" not in row.found], _take_out)


def _proposal(row: Finding) -> Proposal:
    """What an editor has said yes to is sure, whatever the detector thought."""
    return Proposal(row.code, row.severity, row.block, row.start, row.end, row.found, row.suggestion or "", key=row.pk)


def _changed(edition: Edition, proposals: Sequence[Proposal], operation: Operation) -> Changed:
    of_body = [each for each in proposals if each.block != body.TITLE]
    of_title = [replace(each, block=0) for each in proposals if each.block == body.TITLE]
    line, in_title = _fitting(as_body(edition.title), of_title, operation, _is_title)
    body_html, in_body = _fitting(edition.body_html, of_body, operation, _is_canonical)
    changed = Changed(_title_of(line), body_html)
    for each in in_body:
        _note(changed, each, each.block)
    for each in in_title:
        _note(changed, each, body.TITLE)
    changed.edits = _edits(changed, [*(replace(each, block=body.TITLE) for each in in_title), *in_body])
    return changed


def _note(changed: Changed, done: Proposal, block: int) -> None:
    changed.spans[done.key] = (block, done.start, done.end)
    changed.found[done.key] = done.found


def _edits(changed: Changed, done: Sequence[Proposal]) -> list[Edit]:
    """Say in the offsets of the old text what was done to it; `done` comes in order, in those of the new one."""
    moved: dict[int, int] = defaultdict(int)
    edits = []
    for each in done:
        gone, come = (each.suggestion or "", each.found) if not each.applied else (each.found, each.suggestion or "")
        start = each.start - moved[each.block]
        edits.append(Edit(each.block, start, start + len(gone), len(come), each.key))
        moved[each.block] += len(come) - len(gone)
    return edits


# One piece of HTML


def _fitting(
    html: str, proposals: list[Proposal], operation: Operation, is_fit: Callable[[str], bool]
) -> tuple[str, list[Proposal]]:
    """Carry the operation out for all proposals that leave what can be stored as it is."""
    unfit = {each.key for each in _unfit(html, proposals, operation, is_fit)}
    changed, done = operation(html, [each for each in proposals if each.key not in unfit])
    return (changed, done) if is_fit(changed) else (html, [])


def _unfit(html: str, proposals: list[Proposal], operation: Operation, is_fit: Callable[[str], bool]) -> list[Proposal]:
    if not proposals or is_fit(operation(html, proposals)[0]):
        return []
    if len(proposals) == 1:
        return proposals
    half = len(proposals) // 2
    return [
        *_unfit(html, proposals[:half], operation, is_fit),
        *_unfit(html, proposals[half:], operation, is_fit),
    ]


def _put_in(html: str, proposals: list[Proposal]) -> tuple[str, list[Proposal]]:
    repaired = restoration.carry_out(html, proposals)
    return repaired.body_html, [each for each in repaired.findings if isinstance(each, Proposal)]


def _take_out(html: str, proposals: list[Proposal]) -> tuple[str, list[Proposal]]:
    standing = _standing(html, proposals)
    moved: dict[int, int] = defaultdict(int)
    done = []
    for each in standing:
        start = each.start + moved[each.block]
        done.append(replace(each, start=start, end=start + len(each.found)))
        moved[each.block] += len(each.found) - len(each.suggestion or "")
    return restoration.undo(html, standing), done


def _standing(html: str, proposals: list[Proposal]) -> list[Proposal]:
    """The proposals of which the words stand where they say, in order, no two of them over each other."""
    texts = [block.text for block in body.blocks(html)]
    standing: list[Proposal] = []
    free: dict[int, int] = defaultdict(int)
    for each in sorted(proposals, key=lambda each: (each.block, each.start, each.end, each.key)):
        is_there = each.block < len(texts) and texts[each.block][each.start : each.end] == each.suggestion
        if is_there and each.start >= free[each.block]:
            standing.append(each)
            free[each.block] = each.end
    return standing


def _is_canonical(html: str) -> bool:
    return body.normalise(html) == html


def _is_title(html: str) -> bool:
    title = _title_of(html)
    return title == title.strip() and 0 < len(title) <= LONGEST_TITLE


def _title_of(html: str) -> str:
    return unescape(html.removeprefix("<p>").removesuffix("</p>"))
