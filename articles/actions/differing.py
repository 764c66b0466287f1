"""How a copy, or an earlier edition, differs from a text: worked out once for each pair, and kept in the cache."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.actions.receiving import received_text
from articles.chinese.scripts import script_of
from articles.models import Edition, Finding, Witness
from articles.restoration.beside import Beside, difference, lay

# Both are of what never changes; the hour is for the day the programme that compares does.
SECONDS_KEPT = 3_600
SECONDS_REFUSED = 300
# A comparison of so many characters takes a second on a slow machine.
MOST_CHARACTERS = 60_000
MOST_BYTES = 5_000_000
OF_SCRIPT = frozenset({"mixed_script", "machine_converted"})


class CannotCompare(Exception):
    """The bytes of a copy are gone, or nothing can be read in them."""


class TooLong(CannotCompare):
    """One of the two is too long to be compared while a reader waits."""


class Kind(models.TextChoices):
    """How a copy differs from the text."""

    SAME = "same", _("same words; at most punctuation differs")
    CONVERTED = "converted", _("same words in the other script")
    CUT = "cut", _("parts are missing")
    DAMAGED = "damaged", _("words differ")


@dataclass(frozen=True, slots=True)
class Text:
    """What one side says."""

    title: str
    paragraphs: Sequence[str]

    @property
    def script(self) -> str:
        return script_of("".join(self.paragraphs))


@dataclass(frozen=True, slots=True)
class Differing:
    """Two texts beside each other, the titles first; folded where they are in different scripts."""

    rows: list[Beside]
    scripts: tuple[str, str]
    kind: Kind

    @property
    def is_folded(self) -> bool:
        return self.scripts[0] != self.scripts[1]


def between(left: Edition | Witness, right: Edition) -> Differing:
    """Return how the right text differs from the left one. Raises `CannotCompare`, `TooLong`."""
    key = _key(left, right)
    found = cache.get(f"differing:{key}")
    if found is None:
        # the notes of a copy are not told from its text as surely
        notes = (left.note_list, right.note_list) if isinstance(left, Edition) else ([], [])
        try:
            found = _compared(_text(left), _text(right), notes)
        except CannotCompare as reason:
            # nobody lets a page that is slow to fail be read again at every call
            cache.set(f"differing:{key}", type(reason), SECONDS_REFUSED)
            raise
        cache.set_many({f"differing:{key}": found, f"difference:{key}": found.kind.value}, SECONDS_KEPT)
    if isinstance(found, type):
        raise found
    return found


def kinds(copies: Iterable[Witness], edition: Edition, changes: Iterable[Mapping]) -> dict[int, Kind]:
    """Say how each copy differs from the edition, as far as that is known without reading it: by its key.

    It is known where somebody compared them lately, and where it is an excerpt. Of the copy the text was made of
    `changes` tells, the findings by state and class: what was put right differs. Where nothing was, and nobody wrote in
    the text since, nothing does.
    """
    copies = [copy for copy in copies if copy.capture]
    kept = cache.get_many([f"difference:{_key(copy, edition)}" for copy in copies])
    put_right = {row["code"] for row in changes if row["state"] != Finding.State.OPEN}
    found: dict[int, Kind] = {}
    for copy in copies:
        if known := kept.get(f"difference:{_key(copy, edition)}"):
            found[copy.pk] = Kind(known)
        elif copy.kind == Witness.Kind.EXCERPT:
            found[copy.pk] = Kind.CUT
        elif copy.made_digest and put_right:
            found[copy.pk] = Kind.CONVERTED if put_right <= OF_SCRIPT else Kind.DAMAGED
        elif copy.made_digest == edition.exact_digest():
            found[copy.pk] = Kind.SAME
    return found


def _key(left: Edition | Witness, right: Edition) -> str:
    return f"{_digest(left)}:{_digest(right)}"


def _digest(side: Edition | Witness) -> str:
    if isinstance(side, Edition):
        return side.exact_digest()
    return side.capture.sha256 if side.capture else ""


def _text(side: Edition | Witness) -> Text:
    if isinstance(side, Edition):
        return Text(side.title, [block.text for block in body.blocks(side.body_html)])
    if side.capture and side.capture.size > MOST_BYTES:
        raise TooLong
    received = received_text(side)
    if received.problem:
        raise CannotCompare
    return Text(received.title or side.title_there, received.paragraphs)


def _compared(left: Text, right: Text, notes: tuple[list[str], list[str]]) -> Differing:
    if max(sum(map(len, side.paragraphs)) for side in (left, right)) > MOST_CHARACTERS:
        raise TooLong
    scripts = (left.script, right.script)
    is_folded = left.script != right.script
    titles = lay([left.title], [right.title], is_folded=is_folded)
    rows = lay(left.paragraphs, right.paragraphs, is_folded=is_folded)
    above = [Beside(body.TITLE, row.left, row.right) for row in titles]
    below = [Beside(None, row.left, row.right) for row in lay(*notes, is_folded=is_folded)]
    return Differing([*above, *rows, *below], scripts, Kind(difference(rows, is_folded=is_folded)))
