"""What stands around an article on its page: the material all metadata rules read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from articles.intake.metadata.found import Found, first, in_head
from articles.intake.metadata.labels import Label, read_labels

# where a line may stand, and the lines that stand there
PLACES = {
    "under the title": "below_title",
    "first paragraphs": "opening",
    "last paragraphs": "closing",
    "below the text": "tail",
    "above the text": "head",
}


# labels whose values may stand in a cell of their own, and those whose values are several
CARRIED = frozenset({"original_source", "author", "reporter", "editor", "published", "keywords", "tags"})
LISTED = frozenset({"keywords", "tags"})
LABEL_ENDS = ("：", ":", "】", "〕")
LONGEST_VALUE = 40


@lru_cache(maxsize=2_000)
def labels_of(line: str) -> tuple[Label, ...]:
    """Return the labels of a line. A dozen rules ask this of the same few lines, so the answers are kept."""
    return tuple(read_labels(line))


def lacks_value(line: str) -> str:
    """Return the kind of the label that ends the line and has its value in the next cell or line, or ""."""
    last = next(reversed(labels_of(line)), None) if line.endswith(LABEL_ENDS) else None
    return last.kind if last and last.kind in CARRIED and not last.value else ""


def may_be_value(line: str) -> bool:
    """Return whether the line may be what the label above it lacks."""
    return len(line) <= LONGEST_VALUE and not line.endswith(LABEL_ENDS) and not labels_of(line) and "。" not in line


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The title, the lines above the text (nearest last), its first and last blocks, the lines below it, head values.

    `below_title` are the lines of `head` that stand under the title, `accounts` those of them that the page itself
    calls author, account or medium, `bylines` those it calls author or byline; `meta` maps lower-case names to values.
    """

    title: str = ""
    head: Sequence[str] = ()
    below_title: Sequence[str] = ()
    accounts: Sequence[str] = ()
    bylines: Sequence[str] = ()
    opening: Sequence[str] = ()
    closing: Sequence[str] = ()
    tail: Sequence[str] = ()
    meta: Mapping[str, str] = field(default_factory=dict)

    def first_meta(self, *names: str) -> str:
        """Return the first of the named head values that is not empty."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def said(self, *names: str) -> Found[str]:
        """Return the same with the name it stands under."""
        return first((in_head(self.meta.get(name, ""), name) for name in names), Found(""))

    def place_of(self, line: str) -> str:
        """Return where the line stands, as `PLACES` names it, or ""."""
        return next((name for name, of in PLACES.items() if line in getattr(self, of)), "") if line else ""

    def line_with(self, words: str) -> str:
        """Return the likeliest line that holds the words, or ""."""
        lines = (*self.below_title, *self.closing, *self.opening, *self.tail, *reversed(self.head))
        return next((line for line in lines if words in line), "")

    def label_lines(self) -> list[str]:
        """Return the lines that carry labels, the likeliest first: under the title, below the text, at its edges."""
        short = [line for line in (*self.opening, *self.closing) if len(line) <= 120]
        above = [line for line in reversed(self.head) if line not in self.below_title]
        return [*self.below_title, *short, *self.tail, *above]
