"""The pictures of an article: taken in, credited, described."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
