"""Runs of characters of one text, one behind the other."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """Something that stands at a run of characters."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


AnySpanned = TypeVar("AnySpanned", bound=Spanned)


def apart(spans: Iterable[AnySpanned]) -> list[AnySpanned]:
    """Return those that can be drawn together, in order: each begins behind the one before."""
    found: list[AnySpanned] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found
