"""Nothing typed is lost: working copies of open forms, and who else has the article open."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
