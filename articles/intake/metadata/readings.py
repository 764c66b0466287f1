"""Keeping, with every field of a draft, where on the page it was read, by which rule, and how sure that is."""

from articles.intake.draft import Draft, Reading
from articles.intake.metadata.found import HEAD_OF_PAGE, Found
from articles.intake.metadata.surroundings import Surroundings

LONGEST_SHOWN = 200
# how often each rule was right and how often it was asked, on real pages and our own, and dumps of them, read by hand;
# a body is right where 95 % of it is
TRIED: dict[tuple[str, str], tuple[int, int]] = {
    ("abstract", "heading"): (1, 1),
    ("abstract", "label"): (4, 4),
    ("authors", "alone"): (12, 12),
    ("authors", "beside_source"): (2, 2),
    ("authors", "label"): (77, 77),
    ("authors", "marked"): (6, 6),
    ("authors", "meta"): (2, 2),
    ("authors", "reporter"): (52, 52),
    ("authors", "sign_off"): (10, 10),
    ("authors", "title"): (3, 3),
    ("authors", "with_unit"): (6, 6),
    ("body", "breaks"): (1, 1),
    ("body", "container"): (37, 42),
    ("body", "readability"): (113, 121),
    ("breadcrumb", "path"): (29, 29),
    ("editor", "label"): (76, 76),
    ("keywords", "label"): (12, 12),
    ("keywords", "meta"): (5, 6),
    ("original_source", "account"): (2, 2),
    ("original_source", "beside_date"): (23, 23),
    ("original_source", "credit"): (4, 4),
    ("original_source", "journal"): (4, 5),
    ("original_source", "label"): (116, 119),
    ("original_source", "meta"): (3, 3),
    ("original_source", "reporter"): (3, 5),
    ("published", "date_line"): (168, 168),
    ("published", "day_first"): (3, 3),
    ("published", "issue"): (5, 5),
    ("published", "label"): (58, 59),
    ("published", "meta"): (9, 9),
    ("published", "signed"): (1, 1),
    ("site", "buttons"): (1, 1),
    ("site", "head_title"): (63, 64),
    ("site", "meta"): (6, 6),
    ("site", "path"): (1, 1),
    ("site", "sentence"): (3, 3),
    ("subtitle", "dash"): (3, 3),
    ("tags", "label"): (4, 4),
    ("title", "heading"): (4, 4),
    ("title", "heading_of_text"): (7, 7),
    ("title", "repeated"): (145, 150),
    ("title", "short"): (1, 1),
    ("title", "title_line"): (92, 97),
    ("url", "printed"): (6, 7),
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
    (0.99, 0.5)
    """
    right, asked = TRIED.get((field, rule), (0, 0))
    return round((right + 1) / (asked + 2), 2)


def _shown(value: object) -> str:
    return _cut("、".join(value) if isinstance(value, list) else str(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
