"""Read hostile or broken markup once, from left to right, and write it down in the words of the schema.

nh3 takes a time that grows with the square of the nesting, and lxml loses text below a depth of 256, so depth is
counted here, before either sees the text. What nh3 gets is written anew from our own tokens, so that nothing can be
nested deeper than it was counted. The time is linear in the length of the text.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.body.schema import ATTRIBUTES, ELEMENTS, MARKS, MAX_DEPTH, RENAMED, VOID, BodyTooDeep

TOKEN = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?:[!?]|/[^a-zA-Z])[^>]*+(?:>|\Z)
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)
      (?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))|=)*+)(?:>|\Z)
    | (?P<text>[^<]++|<)""",
    re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(
    r"""(?P<name>[a-zA-Z]{1,20}+)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+))
    | [^\s=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+
    | .""",
    re.DOTALL | re.VERBOSE,
)

# Their content is no text of the article. The first group swallows the rest when it is never closed, as in a browser.
RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
DROPPED = frozenset(
    {
        "applet",
        "audio",
        "canvas",
        "datalist",
        "head",
        "math",
        "noscript",
        "object",
        "select",
        "svg",
        "template",
        "video",
    }
)
# nh3 takes time that grows with the square of the characters it escapes in one run of text: a comment parts the run,
# at no place inside an entity or a line end
SEAM = re.compile(r".{4000}[A-Za-z0-9#;\n]*+", re.DOTALL)
END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>", re.IGNORECASE) for name in RAW | DROPPED}

# A new one closes everything open in the cell before it.
TABLE_PARTS = frozenset({"caption", "tbody", "td", "tfoot", "th", "thead", "tr"})
# These never stand inside themselves without one of the counted elements between.
UNCOUNTED = TABLE_PARTS | {"p", "li"}
# A table brings a body, a row and a cell with it, a list an item.
WEIGHT = {"table": 4, "ul": 2, "ol": 2}


@dataclass(slots=True)
class Scope:
    """What is open inside one table, or outside all of them: an end tag closes nothing beyond it."""

    open: list[str] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    weight: int = 0

    def clear(self) -> None:
        self.open.clear()
        self.count.clear()
        self.weight = 0


class Depth:
    """Counts how deep a browser would nest the tags it is told of, or a little deeper."""

    def __init__(self) -> None:
        self.scopes = [Scope()]
        self.total = 0

    def start(self, name: str) -> None:
        if name in TABLE_PARTS and len(self.scopes) > 1:
            self.total -= self.scopes[-1].weight
            self.scopes[-1].clear()
        if name in UNCOUNTED:
            return
        weight = WEIGHT.get(name, 1)
        self.total += weight
        if self.total > MAX_DEPTH:
            raise BodyTooDeep(f"The text is nested more than {MAX_DEPTH} levels deep.")
        if name == "table":
            self.scopes.append(Scope())
            return
        scope = self.scopes[-1]
        scope.open.append(name)
        scope.count[name] += 1
        scope.weight += weight

    def end(self, name: str) -> None:
        if name == "table" and len(self.scopes) > 1:
            self.total -= self.scopes.pop().weight + WEIGHT["table"]
            return
        scope = self.scopes[-1]
        while scope.count[name]:
            closed = scope.open.pop()
            weight = WEIGHT.get(closed, 1)
            scope.count[closed] -= 1
            scope.weight -= weight
            self.total -= weight
            if closed == name:
                return


class Scanner:
    """Writes the tokens of one text down again in the words of the schema."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.depth = Depth()
        self.open_marks: Counter[str] = Counter()
        self.link: str | None = None
        self.link_is_written = False
        self.reading_at: int | None = None
        self.ruby = 0
        self.skips_text = False
        self.never_closed: set[str] = set()

    def scan(self, html: str) -> str:
        position = 0
        while match := TOKEN.match(html, position):
            position = match.end()
            if match["text"]:
                self.text(match["text"])
            elif match["name"]:
                self.skips_text = False
                name = match["name"].lower()
                if match["end"]:
                    self.end(name)
                elif name in END:
                    position = self.skip(name, html, position)
                else:
                    self.start(name, match["attributes"])
        self.close_reading()
        return "".join(self.out)

    def skip(self, name: str, html: str, position: int) -> int:
        """Return where the content of a dropped element ends."""
        match = None if name in self.never_closed else END[name].search(html, position)
        if match:
            return match.end()
        self.never_closed.add(name)
        return len(html) if name in RAW else position

    def text(self, text: str) -> None:
        if self.ruby:
            text = text.strip()
        if not text or self.skips_text:
            return
        if text.strip(" \t\n\r\f"):
            self.write_link()
        self.out.append(SEAM.sub(r"\g<0><!---->", text.replace("<", "&lt;")))

    def start(self, name: str, attributes: str) -> None:
        if name in RUBY:
            RUBY[name](self)
            return
        name = RENAMED.get(name, name)
        if name == "hr":
            self.boundary(name)
            self.out.append("<div></div>")
        elif name == "a":
            self.close_link()
            self.link = kept_attributes("a", attributes)
        elif name in MARKS:
            self.open_marks[name] += 1
            if self.open_marks[name] == 1:
                self.out.append(f"<{name}>")
        elif name in VOID:
            self.write_link()
            self.out.append(f"<{name}{kept_attributes(name, attributes)}>")
        elif name in ELEMENTS:
            self.boundary(name)
            self.depth.start(name)
            self.out.append(f"<{name}{kept_attributes(name, attributes)}>")

    def end(self, name: str) -> None:
        name = RENAMED.get(name, name)
        if name in {"rt", "ruby"}:
            self.close_reading()
            self.ruby -= name == "ruby" and self.ruby > 0
        elif name == "a":
            self.close_link()
            self.link = None
        elif name in MARKS:
            self.open_marks[name] -= 1
            if self.open_marks[name] == 0:
                self.out.append(f"</{name}>")
            self.open_marks[name] = max(self.open_marks[name], 0)
        elif name in ELEMENTS - VOID:
            self.boundary(name)
            self.depth.end(name)
            self.out.append(f"</{name}>")

    def boundary(self, name: str) -> None:
        """Close what does not reach over the edge of this block."""
        self.ruby = 0
        self.close_reading()
        if self.link_is_written:
            self.close_link()
            self.link = None
        ending = MARKS if name == "table" or name in TABLE_PARTS else ("sub", "sup")
        for mark in ending:
            if self.open_marks.pop(mark, 0):
                self.out.append(f"</{mark}>")

    def write_link(self) -> None:
        """Write the open link only where its text begins: a browser would repeat it in every block that follows."""
        if self.link is not None and not self.link_is_written:
            self.out.append(f"<a{self.link}>")
            self.link_is_written = True

    def close_link(self) -> None:
        if self.link_is_written:
            self.out.append("</a>")
        self.link_is_written = False

    def open_ruby(self) -> None:
        self.ruby += 1

    def open_reading(self) -> None:
        self.close_reading()
        self.reading_at = len(self.out)
        self.out.append("(")

    def open_bracket(self) -> None:
        """Pass over the bracket a page shows where a browser knows no ruby: we write our own."""
        self.close_reading()
        self.skips_text = True

    def close_reading(self) -> None:
        if self.reading_at is None:
            return
        is_empty = self.reading_at == len(self.out) - 1
        if is_empty:
            self.out.pop()
        else:
            self.out.append(")")
        self.reading_at = None


RUBY: dict[str, Callable[[Scanner], None]] = {
    "ruby": Scanner.open_ruby,
    "rt": Scanner.open_reading,
    "rb": Scanner.close_reading,
    "rp": Scanner.open_bracket,
}


def kept_attributes(element: str, source: str) -> str:
    """Write down the attributes the schema knows; where one is given twice, the first counts."""
    if element not in ATTRIBUTES:
        return ""
    kept: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(source):
        name = (match["name"] or "").lower()
        if name in ATTRIBUTES[element]:
            value = match["double"] or match["single"] or match["bare"] or ""
            kept.setdefault(name, value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;"))
    return "".join(f' {name}="{value}"' for name, value in kept.items())


def rewrite(html: str) -> str:
    """Return the markup in the words of the schema; raise `BodyTooDeep` when it is nested too deep."""
    return Scanner().scan(html)
