"""The text of one copy as it was received, read again from its capture."""

import hashlib
from dataclasses import dataclass, field

from django.core.cache import cache
from django.utils.translation import gettext as _

from articles import intake
from articles.intake import parts
from articles.intake.fetching import Fetched
from articles.intake.parts import Part, Parts
from articles.intake.received import received
from articles.models import Capture, Witness

# A capture never changes; the hour is for the day the programme that reads it does.
SECONDS_KEPT = 3_600


@dataclass(frozen=True, slots=True)
class Received:
    """Title and paragraphs of a copy; `problem` says in the editor's words why there are none."""

    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    problem: str = ""


def received_text(witness: Witness | None) -> Received:
    """Return the text of a copy, with its further pages, as it stood in the bytes that came."""
    if witness is None or witness.capture is None:
        return Received(problem=_("No copy of this article was kept, so there is nothing to compare it with."))
    captures = [witness.capture, *sorted(witness.capture.further_parts.all(), key=lambda capture: capture.part)]
    digests = "".join(capture.sha256 for capture in captures)
    key = f"received:{hashlib.sha256(digests.encode()).hexdigest()}"
    if (kept := cache.get(key)) is None:
        try:
            kept = _read(captures)
        except FileNotFoundError:
            return Received(problem=_("The bytes of this capture are not where they should be."))
        except intake.Unreadable as refusal:
            sentence = _(refusal.template)
            return Received(problem=sentence % refusal.params if refusal.params else sentence)
        cache.set(key, kept, SECONDS_KEPT)
    return Received(*kept)


def _read(captures: list[Capture]) -> tuple[str, list[str]]:
    pages = []
    for capture in captures:
        fetched = Fetched(capture.address, capture.read(), capture.media_type)
        pages.append(Part(fetched, intake.read(fetched.data, name=capture.file_name, url=fetched.url)))
    return received(parts.join(Parts(pages)))
