"""Footnotes: the small print at the foot of a column, and the marks in the text that lead to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from articles.intake.readers.pdf_lines import Line, Piece

# how much smaller than the text a note is
SMALL = 0.93
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
NUMERAL = r"[\[［〔(（]?(?:\d{1,3}|[ivx]{1,5}|[*＊†‡]{1,3})[\]］〕)）]?"
# ① · [1] · (1) · 1 · * at the beginning of a note
MARK = re.compile(rf"\A\s*(?:(?P<circled>[{CIRCLED}])|(?P<numeral>{NUMERAL}))[.．、:：]?\s*")
REFERENCE = re.compile(rf"\A\s*(?:[{CIRCLED}]|{NUMERAL})\s*")
# set above the line, like any raised number, but it has its note
RESOLVED = 2
BARE = re.compile(r"[\[\]［］〔〕()（）\s]")


@dataclass(frozen=True, slots=True)
class Noted:
    """The lines of a document without its notes, and each note as its lines; note 1 is the first."""

    flows: list[list[Line]]
    notes: list[list[Line]]


def take(flows: Sequence[Sequence[Line]], body: float) -> Noted:
    """Take the notes off the columns, and write [n] where the text refers to the n-th; `body` is the size of its type.

    Each column restarts or continues the numbers as its writer pleased: here they run through.
    """
    kept: list[list[Line]] = []
    notes: list[list[Line]] = []
    for place, flow in enumerate(flows):
        start = _start(flow, [flow], body)
        if start == len(flow) and place == len(flows) - 1:
            # notes at the end of the whole
            start = _start(flow, [*kept, flow], body)
        kept.append(list(flow[:start]))
        for mark, lines in _divide(flow[start:]):
            if not mark and notes:
                # the note began on the page before
                notes[-1] += lines
                continue
            notes.append(lines)
            _refer(kept, mark, len(notes))
    return Noted(kept, notes)


def _start(flow: Sequence[Line], above: Sequence[Sequence[Line]], body: float) -> int:
    """Where in a column its notes begin: the small print at its end, if the text above refers to it."""
    start = len(flow)
    while start and flow[start - 1].size < SMALL * body:
        start -= 1
    marks = {_bare(match[0]) for line in flow[start:] if (match := _mark(line))}
    text = [*(line for lines in above if lines is not flow for line in lines), *flow[:start]]
    referred = {_bare(piece.text) for line in text for piece in line.pieces if _refers(piece)}
    first = next((place for place in range(start, len(flow)) if _mark(flow[place])), len(flow))
    return first if marks & referred else len(flow)


def _divide(lines: Sequence[Line]) -> Iterable[tuple[str, list[Line]]]:
    """Each note with its mark."""
    notes: list[tuple[str, list[Line]]] = []
    for line in lines:
        match = _mark(line)
        if match or not notes:
            notes.append((_bare(match[0]) if match else "", [_without(line, match.end() if match else 0)]))
        else:
            notes[-1][1].append(line)
    return notes


def _mark(line: Line) -> re.Match[str] | None:
    """The mark at the beginning of a note: raised, in brackets, or a sign of its own; 2018 begins a sentence."""
    match = MARK.match(line.text[:12])
    if match is None:
        return None
    is_sign = bool(match["circled"]) or match["numeral"][0] in "[［〔(（*＊†‡"
    return match if is_sign or line.pieces[0].raised > 0 or line.pieces[0].text.strip() == match["numeral"] else None


def _refers(piece: Piece) -> bool:
    return piece.raised == 1 and REFERENCE.fullmatch(piece.text) is not None


def _refer(flows: Sequence[list[Line]], mark: str, number: int) -> None:
    """Write the number of the note at the nearest raised mark above that leads to it, the first of its column."""
    for flow in reversed(flows):
        for place, line in enumerate(flow):
            for index, piece in enumerate(line.pieces):
                if _refers(piece) and _bare(piece.text) == mark:
                    reference = replace(piece, text=f"[{number}]", raised=RESOLVED)
                    flow[place] = replace(line, pieces=(*line.pieces[:index], reference, *line.pieces[index + 1 :]))
                    return


def _bare(mark: str) -> str:
    return BARE.sub("", mark).rstrip(".．、:：")


def _without(line: Line, length: int) -> Line:
    """The line without so many characters at its beginning."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        taken = min(length, len(piece.text))
        length -= taken
        pieces.append(replace(piece, text=piece.text[taken:], raised=0 if taken else piece.raised))
    return replace(line, pieces=tuple(pieces))
