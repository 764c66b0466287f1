"""The editions of an article: seen, compared, taken up again, or let go."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
