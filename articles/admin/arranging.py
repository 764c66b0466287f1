"""Where an article or a passage of it stands: themes, their order, suggestions."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
