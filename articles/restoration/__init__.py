"""Restoration: what copying did to a text, what it may have said, and how to put that right and back again."""

from .applying import CONFIDENT, Repaired, apply, carry_out, undo
from .detecting import detect
from .findings import Finding

__all__ = ["CONFIDENT", "Finding", "Repaired", "apply", "carry_out", "detect", "undo"]
