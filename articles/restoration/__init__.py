"""Restoration: what copying did to a text, what it may have said, and how to put that right and back again."""

from articles.restoration.applying import CONFIDENT, Repaired, apply, apply_to_title, carry_out, undo
from articles.restoration.detecting import CODES_OF_WORDS, detect
from articles.restoration.findings import Finding

__all__ = [
    "CODES_OF_WORDS",
    "CONFIDENT",
    "Finding",
    "Repaired",
    "apply",
    "apply_to_title",
    "carry_out",
    "detect",
    "undo",
]
