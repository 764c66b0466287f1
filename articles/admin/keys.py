"""Numbers and words that came in an address or a form: whoever sent them, none is trusted to be one."""

import re

from django.http import HttpRequest

# No database searches for these, and PostgreSQL fails on the first.
NOT_SEARCHABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
LONGEST_SEARCH = 200


def as_key(value: str | None) -> int | None:
    """Return the key somebody wrote into an address or a form; None for what is no key of any database.

    >>> as_key("12"), as_key("x"), as_key("9" * 40)
    (12, None, None)
    """
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def version_read(request: HttpRequest, name: str = "version") -> int:
    """Return the version of a row that the page sent was made of; 0, which no row has, where none was sent."""
    return as_key(request.POST.get(name)) or 0


def searchable(term: str) -> str:
    """Return the words of a search box in a form that every database can look for.

    >>> searchable("  村务\x00公开 ")
    '村务 公开'
    """
    return NOT_SEARCHABLE.sub(" ", term[:LONGEST_SEARCH]).strip()
