"""The cover of a book: its title in type, with nothing else to look at."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.builder import ElementMaker

from articles.exports.epub_pages import E, page_of
from articles.exports.manuscript import library_name

if TYPE_CHECKING:
    from articles.exports.epub import Book

SVG = "http://www.w3.org/2000/svg"
DRAWN: Any = ElementMaker(namespace=SVG, nsmap={None: SVG})
WIDTH, HEIGHT, MARGIN = 1200, 1600, 140
PAPER, INK, DIM, SEAL = "#fbfaf7", "#1f1d1a", "#5c574f", "#9e2a22"
FACE = "'Songti SC','Noto Serif CJK SC','Source Han Serif SC',SimSun,serif"
# how large the letters of a title may be, and how many lines of them there is room for
SIZES = ((132, 4), (104, 6), (80, 9))
WORD = re.compile(r"[ -~]+|.", re.DOTALL)
# these begin no line
CLOSING = re.compile(r"[，。、；：？！》」』”’）]")


def page(book: "Book") -> bytes:
    """Return the page that shows the cover."""
    picture = E.img({"src": "cover.svg", "alt": _spoken(book), "role": "doc-cover", "class": "cover"})
    return page_of(book.title, book.language, E.section({"{http://www.idpf.org/2007/ops}type": "cover"}, picture))


def drawing(book: "Book") -> bytes:
    """Return the cover as a drawing; its letters are those of the reader's own device."""
    size, lines = _set(book.title)
    top = 420
    rows = [_text(line, top + size * 1.4 * number, size, INK) for number, line in enumerate(lines)]
    below = top + size * 1.4 * len(lines)
    names = "  ".join(name for name, _role in book.creators)
    small = [line for text in (book.subtitle, names) for line in _broken(text, 52)[:2] if line]
    rows += [_text(line, below + 60 + 76 * number, 52, DIM) for number, line in enumerate(small)]
    foot = [_text(library_name(), HEIGHT - 180, 64, SEAL)]
    foot += [_text(notice, HEIGHT - 110, 36, DIM) for notice in book.notices[:1]]
    root = DRAWN.svg(
        {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "width": str(WIDTH), "height": str(HEIGHT)},
        DRAWN.title(book.title),
        DRAWN.rect(width=str(WIDTH), height=str(HEIGHT), fill=PAPER),
        DRAWN.rect(x=str(MARGIN), y="220", width="120", height="12", fill=SEAL),
        *rows,
        *foot,
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _spoken(book: "Book") -> str:
    return "  ".join(filter(None, (book.title, book.subtitle, *(name for name, _role in book.creators))))


def _text(words: str, y: float, size: int, colour: str) -> Any:
    where = {"x": str(MARGIN), "y": f"{y:.0f}", "font-size": str(size), "fill": colour, "font-family": FACE}
    return DRAWN.text(words, where)


def _set(title: str) -> tuple[int, list[str]]:
    """Return the largest size in which the title fits, and its lines; the end of one that never does is left out."""
    for size, most in SIZES:
        lines = _broken(title, size)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]


def _broken(text: str, size: int) -> list[str]:
    """Break a text into lines that fit between the margins; Latin words are kept whole where they can be."""
    room = (WIDTH - 2 * MARGIN) / size
    lines, used = [""], 0.0
    for word in _words(text, room):
        width = _width(word)
        if used + width > room and lines[-1] and not CLOSING.match(word):
            lines.append("")
            used = 0.0
            word = word.lstrip()
        lines[-1] += word
        used += width
    return [line for line in lines if line]


def _words(text: str, room: float) -> Iterator[str]:
    most = max(1, int(room / 0.6))
    for match in WORD.finditer(text):
        for part in re.split(r"(?<= )", match[0]):
            yield from (part[at : at + most] for at in range(0, len(part), most))


def _width(word: str) -> float:
    return sum(0.55 if character <= "~" else 1 for character in word)
