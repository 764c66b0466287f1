"""Repairs that need no judgement: done when a page is read, and listed among its findings as applied."""

from articles.intake.repairs.order import clean

__all__ = ["clean"]
