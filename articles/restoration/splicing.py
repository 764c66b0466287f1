"""Put words into one line of a body and leave its marks as they are."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.body.blocks import block_lines

# a break counts as one space of the text, any other tag as nothing
PIECE = re.compile(r"<br>|(?P<tag><[^<>]*+>)|&[^&;]*+;|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """Words to put in the place of those between two offsets of a block's text."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """The line of one block, and where each character of its text begins and ends in it."""

    html: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, line: str) -> "Line":
        ((_, match),) = block_lines(line)
        pieces = [piece for piece in PIECE.finditer(line, match.start("inner"), match.end("inner")) if not piece["tag"]]
        return cls(line, [piece.start() for piece in pieces], [piece.end() for piece in pieces])

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether no mark and no break stands between these offsets of the text.

        >>> Line.of("<p>账<em>目</em></p>").is_whole(0, 1), Line.of("<p>账<em>目</em></p>").is_whole(0, 2)
        (True, False)
        """
        if start == end:
            return True
        return "<" not in self.html[self.starts[start] : self.ends[end - 1]]

    def is_joined(self, place: int) -> bool:
        """Return whether the character before this offset and the one behind it have the same marks."""
        return 0 < place < len(self.starts) and self.is_whole(place - 1, place + 1)

    def with_changes(self, changes: Iterable[Change]) -> str:
        """Return the line with the changes, which stand in order and do not overlap."""
        pieces, done = [], 0
        for change in changes:
            start = self.starts[change.start] if change.start < change.end else self._gap(change.start)
            pieces += [self.html[done:start], html.escape(change.new, quote=False)]
            done = self.ends[change.end - 1] if change.start < change.end else start
        return "".join([*pieces, self.html[done:]])

    def _gap(self, place: int) -> int:
        """What is put between two characters belongs to the first."""
        return self.ends[place - 1] if place else self.starts[0]
