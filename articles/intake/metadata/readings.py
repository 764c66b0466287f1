"""Keeping, with every field of a draft, where on the page it was read, by which rule, and how sure that is."""

from articles.intake.draft import Draft, Reading
from articles.intake.metadata.found import HEAD_OF_PAGE, Found
from articles.intake.metadata.surroundings import Surroundings

LONGEST_SHOWN = 200
# how often each rule was right and how often it was asked, on real pages and dumps of them read by hand
TRIED: dict[tuple[str, str], tuple[int, int]] = {
    ("title", "repeated"): (63, 63),
    ("title", "heading"): (2, 2),
    ("title", "heading_of_text"): (1, 1),
    ("title", "title_line"): (62, 65),
    ("authors", "label"): (33, 33),
    ("authors", "reporter"): (27, 29),
    ("authors", "sign_off"): (5, 7),
    ("authors", "alone"): (2, 4),
    ("authors", "beside_source"): (2, 2),
    ("authors", "title"): (2, 2),
    ("authors", "meta"): (1, 1),
    ("original_source", "label"): (63, 65),
    ("original_source", "beside_date"): (10, 10),
    ("original_source", "account"): (1, 1),
    ("original_source", "journal"): (0, 1),
    ("original_source", "reporter"): (3, 5),
    ("published", "label"): (22, 22),
    ("published", "date_line"): (91, 91),
    ("published", "day_first"): (1, 1),
    ("published", "meta"): (4, 4),
    ("editor", "label"): (28, 28),
}


def take(draft: Draft, field: str, found: Found, around: Surroundings) -> None:
    """Set the field of the draft to what was found, and keep where."""
    setattr(draft, field, found.value)
    keep(draft, field, found, around)


def keep(draft: Draft, field: str, found: Found, around: Surroundings) -> None:
    """Keep where the value of a field was found, if it was."""
    if found:
        # what stands in no line of the page was said in its head
        place = found.place or around.place_of(found.line) or HEAD_OF_PAGE
        draft.readings.append(
            Reading(field, _shown(found.value), place, _cut(found.line), found.rule, confidence(field, found.rule))
        )


def confidence(field: str, rule: str) -> float:
    """Return how likely what the rule reads is right, by Laplace's rule of succession: one half where it is untried.

    >>> confidence("editor", "label"), confidence("editor", "guess")
    (0.97, 0.5)
    """
    right, asked = TRIED.get((field, rule), (0, 0))
    return round((right + 1) / (asked + 2), 2)


def _shown(value: object) -> str:
    return _cut("、".join(value) if isinstance(value, list) else str(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
