"""The restoration desk: what copying did to a text, beside what came in, decided one by one or class by class."""

from articles.admin.base import Page

PAGES: tuple[Page, ...] = ()
