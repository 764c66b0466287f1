"""The tracing desk: the copies of an article, where each was found, and which of them came first."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
