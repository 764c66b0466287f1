"""Bringing a page in by its address: the one action behind the form and the command."""

from django.contrib.auth.models import User

from articles.actions import capturing
from articles.intake import fetching
from articles.models import Source, Theme


def by_address(
    address: str,
    *,
    source: Source | None = None,
    theme: Theme | None = None,
    title: str = "",
    by: User | None = None,
    publish: bool = False,
) -> capturing.Taken:
    """Fetch the page and take it in. Raises `intake.Unreadable` with a sentence for the editor."""
    data = fetching.fetch(address)
    page = capturing.Page(data, title=title, address=address, source=source, theme=theme)
    return capturing.take_in(page, by=by, publish=publish)
