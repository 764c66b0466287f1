"""What a detector is given to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.chinese.scripts import to_simplified

PARAGRAPH = "p"


@dataclass(frozen=True, slots=True)
class Text:
    """The blocks of a body as plain text, and what is known about the page they came from.

    `around` is the text of the page that is not the article; `truncated` says that the page itself admits to be cut.
    `elements` names the element of each block. `sources` are the outlets and `dates` the ISO dates that the page gives
    for the text, in order of trust. `lost` counts characters that could not be read and have left no mark in the text.
    """

    blocks: list[str] = field(default_factory=list)
    around: str = ""
    script: str = "hans"
    truncated: bool = False
    elements: Sequence[str] = ()
    sources: Sequence[str] = ()
    dates: Sequence[str] = ()
    lost: int = 0

    def simplified(self) -> list[str]:
        """Return the blocks as patterns written in Simplified can read them, one character for one."""
        return self.blocks if self.script == "hans" else [to_simplified(block) for block in self.blocks]

    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of the blocks of running text: no headings, list items, cells or captions."""
        for number, block in enumerate(self.blocks):
            if not self.elements or self.elements[number] == PARAGRAPH:
                yield number, block
