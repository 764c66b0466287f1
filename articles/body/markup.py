"""How the words of a canonical body are marked: the kind of each block, what stands around it, and the pictures."""

import re
from dataclasses import dataclass

from articles.body.blocks import BLOCK
from articles.body.figures import IMAGE, Standing, pictures
from articles.body.inline import BREAK, Marks, parse

OPENING = re.compile(r"\A<(?P<name>[a-z]+)[^<>]*>\Z")
FIGURE = ("<figure>", "</figure>")
NUMBERED, ITEM, QUOTE = "numbered", "item", "quote"


@dataclass(frozen=True, slots=True)
class Dress:
    """One block without its words.

    `kind` is its element, or numbered, item, quote by what stands around it. `frame` is what opens and closes between
    the block before and this one, with its own attributes.
    """

    kind: str
    frame: tuple[str, ...]
    inner: str

    def marks(self) -> list[tuple[Marks, bool]]:
        """Return the marks of each character of the block's text, and whether it is a line break.

        >>> [marks.strong for marks, _ in Dress("p", (), "账<strong>目</strong>").marks()]
        [False, True]
        """
        return [(piece.marks, character == BREAK) for piece in parse(self.inner) for character in piece.text]


@dataclass(frozen=True, slots=True)
class Dressing:
    """A whole body without its words; `tail` is what closes behind the last block."""

    blocks: list[Dress]
    pictures: list["Hung"]
    tail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture with its printed size and the number of the block behind it."""

    standing: Standing
    size: str
    behind: int


def dressing(body: str) -> Dressing:
    """Return how the words of a canonical body are marked.

    >>> [block.kind for block in dressing("<h2>账目</h2>\\n<ul>\\n<li>收入</li>\\n</ul>").blocks]
    ['h2', 'item']
    """
    blocks: list[Dress] = []
    hung: list[tuple[str, int]] = []
    around: list[str] = []
    between: list[str] = []
    for line in body.split("\n"):
        if block := BLOCK.fullmatch(line):
            frame = (*between, block["attributes"])
            blocks.append(Dress(_kind(block["element"], around), frame, block["inner"]))
            between = []
        elif image := IMAGE.fullmatch(line):
            hung.append((image["sizes"].strip(), len(blocks)))
        elif line not in FIGURE:
            between.append(line)
            _follow(line, around)
    standing = zip(pictures(body), hung, strict=True)
    return Dressing(blocks, [Hung(picture, *place) for picture, place in standing], tuple(between))


def _follow(line: str, around: list[str]) -> None:
    """Keep the elements that are open around the next line."""
    if line.startswith("</"):
        del around[-1:]
    elif opening := OPENING.fullmatch(line):
        around.append(opening["name"])


def _kind(element: str, around: list[str]) -> str:
    if element == "li" or around[-1:] == ["li"]:
        return NUMBERED if "ol" in around else ITEM
    return QUOTE if around[-1:] == ["blockquote"] else element
