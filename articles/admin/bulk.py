"""Doing one thing to many articles: shown first, done in batches, told row by row, undone for thirty days."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
