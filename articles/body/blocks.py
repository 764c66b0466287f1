"""The blocks of a body: its pieces of running text, numbered in the order a reader meets them."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.body.normalising import normalise

# `normalise` puts every block on one line of its own, so a line that is no block is only structure.
BLOCK = re.compile(r"\A<(?P<element>p|h2|h3|h4|li|th|td|figcaption)(?P<attributes>[^>]*)>(?P<inner>.+)</(?P=element)>")
TAG = re.compile(r"<[^<>]*+>")
NOTE_MARK = re.compile(r"<sup>\[[0-9]{1,3}\]</sup>")

PARAGRAPH_ELEMENTS = frozenset({"p", "h2", "h3", "h4", "li", "blockquote"})


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of running text; a line break inside it counts as one space, so that `text` never holds a newline."""

    index: int
    element: str
    text: str


def block_lines(body: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the line number and the match of every block of a canonical body."""
    for number, line in enumerate(body.split("\n")):
        if match := BLOCK.fullmatch(line):
            yield number, match


def blocks(body: str) -> list[Block]:
    """Return the blocks of a canonical body; a cell without text is none.

    >>> blocks("<h2>預算公開</h2>\\n<p>每一筆<br>都寫明用處。</p>")[1]
    Block(index=1, element='p', text='每一筆 都寫明用處。')
    """
    return [
        Block(index, match["element"], inner_text(match["inner"])) for index, (_, match) in enumerate(block_lines(body))
    ]


def inner_text(inner: str) -> str:
    return html.unescape(TAG.sub("", inner.replace("<br>", " ")))


def plain_text(body: str) -> str:
    """Return the blocks joined by one newline.

    >>> plain_text("<h2>預算公開</h2>\\n<p>每一筆都寫明用處。</p>")
    '預算公開\\n每一筆都寫明用處。'
    """
    return "\n".join(block.text for block in blocks(body))


def prose(body: str) -> str:
    """Return the paragraphs and list items, one a line, without the marks of notes.

    >>> prose("<h2>預算公開</h2>\\n<p>每一筆<sup>[1]</sup>都寫明用處。</p>")
    '每一筆都寫明用處。'
    """
    return "\n".join(block.text for block in blocks(NOTE_MARK.sub("", body)) if block.element in ("p", "li"))


def from_paragraphs(paragraphs: Iterable[str | tuple[str, str]]) -> str:
    """Return the body made of plain paragraphs, or of pairs of element (p, h2–h4, li, blockquote) and text.

    >>> from_paragraphs([("h2", "預算公開"), "收入 < 支出"])
    '<h2>預算公開</h2>\\n<p>收入 &lt; 支出</p>'
    """
    pairs = [("p", item) if isinstance(item, str) else item for item in paragraphs]
    return normalise("".join(marked_up(pairs)))


def marked_up(pairs: list[tuple[str, str]]) -> Iterator[str]:
    before = ""
    for element, text in [*pairs, ("p", "")]:
        if element not in PARAGRAPH_ELEMENTS:
            raise ValueError(f"A paragraph cannot be made of <{element}>.")
        if before == "li" != element:
            yield "</ul>"
        elif element == "li" != before:
            yield "<ul>"
        yield f"<{element}>{html.escape(text)}</{element}>"
        before = element
