"""Which paragraphs of a .docx are its title and headings, as its styles say or its type shows."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import defusedxml.ElementTree
from mammoth import documents  # type: ignore[import-untyped]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# the names by which programs in English and Chinese call the style of a title; ids are numbers in some
TITLES = ("title", "标题")
SUBTITLES = ("subtitle", "副标题")
DEEPEST_BASE = 20
LEVELS = 6
# the article's title is the first level of headings, so that those of the text begin with h2
LOWEST = 4
NUMBERED = re.compile(r"(?:heading|标题) ?(\d)", re.IGNORECASE)
# without styles, the title is the largest type above the text
LONGEST_TITLE = 80
RUNNING = 80
LARGER = 1.15
MARKED = "wenmai-title"


def style_map(styles: bytes) -> str:
    """Return the rules by which mammoth turns the document's own styles into headings."""
    rules = [f"p[style-name='{MARKED}'] => h1.title:fresh"]
    for style, name, level in _levels(styles):
        quoted = name.replace("\\", "\\\\").replace("'", "\\'")
        if name.lower() in TITLES:
            rules.append(f"p[style-name='{quoted}'] => h1.title:fresh")
        elif name.lower() in SUBTITLES:
            rules.append(f"p[style-name='{quoted}'] => p.subtitle:fresh")
        elif level is not None and style and name and "\n" not in name:
            rules.append(f"p[style-name='{quoted}'] => h{min(level + 2, LOWEST)}:fresh")
    return "\n".join(rules)


def _levels(styles: bytes) -> Iterator[tuple[str, str, int | None]]:
    """Each style with its name and the level of heading it has, itself or from the style it is based on."""
    root: Any = defusedxml.ElementTree.fromstring(styles) if styles else []
    found = {style.get(f"{W}styleId", ""): style for style in root if style.tag == f"{W}style"}
    for key, style in found.items():
        name = style.find(f"{W}name")
        called = name.get(f"{W}val", "") if name is not None else ""
        numbered = NUMBERED.fullmatch(called)
        yield key, called, int(numbered[1]) - 1 if numbered else _level(style, found)


def _level(style: Any, found: dict[str, Any]) -> int | None:
    for _ in range(DEEPEST_BASE):
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None:
            value = outline.get(f"{W}val", "")
            return int(value) if value.isdecimal() and len(value) == 1 and int(value) < LEVELS else None
        base = style.find(f"{W}basedOn")
        style = found.get(base.get(f"{W}val", "")) if base is not None else None
        if style is None:
            return None
    return None


def marker(styles: bytes) -> Callable[[documents.Document], documents.Document]:
    """Return what gives a title's style to the largest paragraph above the text, where no paragraph has one."""
    names = {name for _, name, level in _levels(styles) if level is not None or name.lower() in TITLES}

    def mark(document: documents.Document) -> documents.Document:
        head = list(_head(document.children))
        if any(paragraph.style_name in names for paragraph in head):
            return document
        title = _largest(head, _usual_size(document.children))
        children = [
            child.copy(style_name=MARKED, style_id=None) if child is title else child for child in document.children
        ]
        return document.copy(children=children)

    return mark


def _head(children: Sequence[Any]) -> Iterator[Any]:
    """The paragraphs above the running text."""
    for child in children:
        if not isinstance(child, documents.Paragraph) or len(_text(child)) >= RUNNING:
            return
        yield child


def _largest(head: Sequence[Any], usual: float) -> Any:
    sized = [(_size(paragraph) or usual, paragraph) for paragraph in head if 0 < len(_text(paragraph)) <= LONGEST_TITLE]
    size, title = max(sized, key=lambda each: each[0], default=(usual, None))
    return title if size >= LARGER * usual else None


def _usual_size(children: Sequence[Any]) -> float:
    sizes: Counter[float] = Counter()
    for child in children:
        if isinstance(child, documents.Paragraph):
            sizes[_size(child) or 0.0] += len(_text(child))
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    # half of Word's documents do not say it: 10.5 to 12 points
    return usual or 12.0


def _size(paragraph: Any) -> float | None:
    """The size in which most of the paragraph is written, if it says so."""
    sizes: Counter[float] = Counter()
    for run in paragraph.children:
        if isinstance(run, documents.Run) and run.font_size:
            sizes[float(run.font_size)] += len(_text(run))
    return max(sizes, key=lambda size: sizes[size], default=None)


def _text(element: Any) -> str:
    if isinstance(element, documents.Text):
        return str(element.value)
    return "".join(_text(child) for child in getattr(element, "children", ()))
