"""How much of one text stands in another, whatever their scripts and their punctuation."""

from articles.models import letters_of

PIECE = 8


def pieces_of(letters: str) -> set[str]:
    """Return every run of eight characters of what `letters_of` returned."""
    return {letters[start : start + PIECE] for start in range(len(letters) - PIECE + 1)}


def share(one: str, other: str) -> float:
    """Return how much of the shorter of two texts stands in the other one, from 0 to 1.

    >>> share("村務公開欄貼在門口。", "村务公开栏贴在门口，谁都能看。")
    1.0
    """
    ours, theirs = pieces_of(letters_of(one)), pieces_of(letters_of(other))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))
