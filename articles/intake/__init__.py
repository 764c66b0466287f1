"""Turns bytes from outside into a Draft, and would work without a database."""

from articles.intake.decoding import LIMIT_BYTES, Unreadable
from articles.intake.draft import Draft, DraftAuthor
from articles.intake.pipeline import read

__all__ = ["LIMIT_BYTES", "Draft", "DraftAuthor", "Unreadable", "read"]
