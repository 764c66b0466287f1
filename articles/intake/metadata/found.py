"""What a rule has read, and where: the answer of every rule of this room."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Sized | None)

# the place of what the head of the page says in its meta elements, `<title>`, scripts and links
HEAD_OF_PAGE = "page head"
# the place of titles, and that of what stands anywhere around the text
ABOVE, AROUND = "above the text", "around the text"


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A value, the name of the rule that read it, and the line it stood in; false where there is no value.

    `place` is given where it is no line of the page (`HEAD_OF_PAGE`), or two; else it is where `line` stands.
    """

    value: Value
    rule: str = ""
    line: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


def first(candidates: Iterable[Found[Value]], default: Found[Value]) -> Found[Value]:
    """Return the first candidate that has a value."""
    return next(filter(None, candidates), default)


def in_head(value: Value, name: str, rule: str = "meta") -> Found[Value]:
    """Return what the head of the page says under this name."""
    return Found(value, rule, name, HEAD_OF_PAGE)
