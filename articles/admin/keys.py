"""Numbers that came in an address or a form: whoever sent them, none of them is trusted to be one."""

from django.http import HttpRequest


def as_key(value: str | None) -> int | None:
    """Return the key somebody wrote into an address or a form; None for what is no key of any database.

    >>> as_key("12"), as_key("x"), as_key("9" * 40)
    (12, None, None)
    """
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def version_read(request: HttpRequest, name: str = "version") -> int:
    """Return the version of a row that the page sent was made of; 0, which no row has, where none was sent."""
    return as_key(request.POST.get(name)) or 0
