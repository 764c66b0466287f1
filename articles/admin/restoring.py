"""The restoration desk: what copying did to a text, shown beside what came in, and decided one by one or class by class."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
