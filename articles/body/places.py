"""Name a place in a body so that it can be found again after the text around it has changed."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from articles.body.blocks import Block, block_lines, blocks
from articles.body.inline import BREAK, Line, Piece, merged, paragraphs, parse, render
from articles.body.normalising import normalise
from articles.body.schema import check_size, clean_text

CONTEXT = 32
# The block number of a place in the title.
TITLE = -1
# So many characters rarely stand twice in one article, so they are known again even where all around them is new.
SURE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A run of characters of one block, with what a W3C TextQuoteSelector says of it.

    `start` and `end` count code points of the block's text. `exact` is empty for a place between two characters.
    `prefix` and `suffix` are what stands before and after in the whole text, blocks joined by a newline.
    """

    block: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Text:
    """The plain text of a body, and where each of its blocks begins in it."""

    blocks: list[Block]
    plain: str
    starts: list[int]

    @classmethod
    def of(cls, body: str) -> "Text":
        found = blocks(body)
        starts = [0, *accumulate(len(block.text) + 1 for block in found)]
        return cls(found, "\n".join(block.text for block in found), starts)

    def place(self, start: int, end: int) -> Place:
        block = max(bisect_right(self.starts[:-1], start) - 1, 0)
        first = self.starts[block]
        return Place(
            block,
            start - first,
            end - first,
            self.plain[start:end],
            self.plain[max(start - CONTEXT, 0) : start],
            self.plain[end : end + CONTEXT],
        )


def place_at(body: str, block: int, start: int, end: int) -> Place:
    """Return the place of these code points; raise `IndexError` where the block has none such."""
    found = blocks(body)
    check_range(found[block].text if 0 <= block < len(found) else None, start, end)
    return places_at(body, [(block, start, end)])[0]


def places_at(body: str, spans: Iterable[tuple[int, int, int]]) -> list[Place]:
    """Return the place of each block, start and end, with one look at the body; the spans are taken at their word."""
    text = Text.of(body)
    return [text.place(text.starts[block] + start, text.starts[block] + end) for block, start, end in spans]


def check_range(text: str | None, start: int, end: int) -> None:
    if text is None or not 0 <= start <= end <= len(text):
        raise IndexError("The body has no such place.")


def find(body: str, place: Place) -> Place | None:
    """Return where the place is now, or None where its words are gone or could be meant in several places.

    Where the words stand at the old offsets beside at least some of their old neighbours, they have not moved.
    Elsewhere the one occurrence with most of the old neighbours is taken, if they are half of them, or the words are
    long, or the whole block went with them.
    """
    return find_all(body, [place])[0]


def find_all(body: str, places: Iterable[Place]) -> list[Place | None]:
    """Return what `find` says of each place, with one look at the body."""
    text = Text.of(body)
    return [_unmoved(text, place) or _moved(text, place) for place in places]


def _unmoved(text: Text, place: Place) -> Place | None:
    if not 0 <= place.block < len(text.blocks):
        return None
    old = text.starts[place.block] + place.start
    beside = agreement(text.plain, old, place) * 2 >= len(place.prefix) + len(place.suffix)
    stands = beside and text.plain.startswith(place.exact, old)
    return text.place(old, old + len(place.exact)) if stands else None


def _moved(text: Text, place: Place) -> Place | None:
    scores = {start: agreement(text.plain, start, place) for start in occurrences(text.plain, place)}
    full = len(place.prefix) + len(place.suffix)
    if not scores:
        return None
    best = max(scores.values())
    starts = [start for start, score in scores.items() if score == best]
    found = text.place(starts[0], starts[0] + len(place.exact))
    is_long = len(scores) == 1 and len(place.exact) >= SURE_LENGTH
    is_sure = best * 2 >= full or is_long or _is_in_same_block(text, place, found)
    return found if len(starts) == 1 and is_sure else None


def _is_in_same_block(text: Text, place: Place, found: Place) -> bool:
    """Whether the old neighbours show a whole block, and it stands here word for word."""
    before, after = place.prefix.rpartition("\n"), place.suffix.partition("\n")
    is_whole = (before[1] or len(place.prefix) < CONTEXT) and (after[1] or len(place.suffix) < CONTEXT)
    same_words = text.blocks[found.block].text == f"{before[2]}{place.exact}{after[0]}"
    return bool(is_whole) and same_words and found.start == len(before[2])


def occurrences(plain: str, place: Place) -> Iterator[int]:
    """Yield every start of the words; those of a place between two characters are its neighbours."""
    before = "" if place.exact else place.prefix
    needle = place.exact or place.prefix + place.suffix
    if not needle:
        yield 0
        return
    found = plain.find(needle)
    while found >= 0:
        yield found + len(before)
        found = plain.find(needle, found + 1)


def agreement(plain: str, start: int, place: Place) -> int:
    """Return how many of the old neighbours stand beside this occurrence."""
    end = start + len(place.exact)
    before = plain[max(start - CONTEXT, 0) : start][::-1]
    after = plain[end : end + CONTEXT]
    return shared_length(before, place.prefix[::-1]) + shared_length(after, place.suffix)


def shared_length(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def replace(body: str, block: int, start: int, end: int, new_text: str) -> str:
    """Return the body with these code points replaced, and every mark around and between them kept.

    Only what really differs is touched; text that comes in takes the marks of the first character that goes out, or of
    the character before it. A block that is left empty is taken out.
    """
    check_size(new_text)
    lines = body.split("\n")
    found = list(block_lines(body))
    if not 0 <= block < len(found):
        raise IndexError("The body has no such place.")
    number, match = found[block]
    line = parse(match["inner"])
    check_range("".join(piece.text for piece in line), start, end)
    changed = paragraphs(splice(characters(line), start, end, clean_text(new_text)))
    inner = render(merged(changed[0])) if changed else ""
    lines[number] = f"<{match['element']}{match['attributes']}>{inner}</{match['element']}>"
    result = "\n".join(lines)
    return result if changed else normalise(result)


def characters(line: Line) -> Line:
    return [Piece(character, piece.marks) for piece in line for character in piece.text]


def splice(line: Line, start: int, end: int, new_text: str) -> Line:
    """Put the new text in the place of the old, character for character where both are of one length."""
    old = line[start:end]
    if len(old) == len(new_text):
        pairs = zip(old, new_text, strict=True)
        return line[:start] + [kept_or_new(piece, character) for piece, character in pairs] + line[end:]
    shown = "".join(" " if piece.text == BREAK else piece.text for piece in old)
    first = shared_length(shown, new_text)
    last = shared_length(shown[first:][::-1], new_text[first:][::-1])
    start, end, new_text = start + first, end - last, new_text[first : len(new_text) - last]
    model = line[start] if start < end else line[max(start - 1, 0)]
    return [*line[:start], Piece(new_text, model.marks), *line[end:]]


def kept_or_new(piece: Piece, character: str) -> Piece:
    is_same_break = piece.text == BREAK and character == " "
    return piece if is_same_break else Piece(character, piece.marks)
