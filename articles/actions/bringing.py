"""Bringing a page in by its address: the one action behind the form and the command."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User

from articles import intake
from articles.actions import capturing, picturing
from articles.intake import parts, pictures
from articles.intake.fetching import PAGE, PICTURE, Fetched, Wanted
from articles.intake.parts import Part, Parts
from articles.intake.pictures import MOST_PICTURES, Drawn
from articles.intake.reach import Reach
from articles.intake.robots import Visitor
from articles.models import Source, Theme

# for the page, its further pages and its pictures together
SECONDS = 30

Fetch = Callable[..., Fetched]


def new_visitor() -> Visitor:
    """Return who fetches for this site; pages brought in by the same one ask each site only once what it allows."""
    return Visitor(Reach(contact=settings.FETCH_CONTACT, loopback=settings.FETCH_LOOPBACK_FOR_TESTS))


def by_address(
    address: str,
    *,
    source: Source | None = None,
    theme: Theme | None = None,
    title: str = "",
    by: User | None = None,
    publish: bool = False,
    visitor: Visitor | None = None,
) -> capturing.Taken:
    """Fetch the page with its further pages and its pictures, and take the article in.

    Raises `intake.Unreadable` with a sentence for the editor. A further page or a picture that cannot be had does not
    spoil the article: a finding names the page that is missing, and the answer counts the pictures.
    """
    visits, until = visitor or new_visitor(), time.monotonic() + SECONDS

    def fetch(url: str, wanted: Wanted = PAGE) -> Fetched:
        return visits.fetch(url, wanted, until=until)

    first = parts.begin(fetch(address), fetch)
    if taken := capturing.here(first.data):
        return taken
    found = parts.follow(first, _read(first), fetch)
    missed, received = 0, []
    if not capturing.same_work(parts.join(found)):
        illustrated = _illustrate(found, fetch)
        found, missed, received = illustrated.parts, illustrated.missed, illustrated.received
    page = capturing.Page(
        first.data,
        title=title,
        address=first.url,
        source=source,
        theme=theme,
        further=tuple(part.fetched for part in found.found[1:]),
        pictures=tuple(received),
    )
    taken = capturing.keep(page, parts.join(found), by=by, publish=publish)
    return replace(taken, missed_pictures=missed, missing_part=found.missing)


def _read(fetched: Fetched) -> intake.Draft:
    return intake.read(fetched.data, name=urlsplit(fetched.url).path.rpartition("/")[2], url=fetched.url)


@dataclass(slots=True)
class _Illustrated:
    """The pages with their pictures in place, the pictures themselves, and how many could not be had."""

    parts: Parts
    received: list[picturing.Received] = field(default_factory=list)
    missed: int = 0
    asked: set[str] = field(default_factory=set)

    @property
    def has_room(self) -> bool:
        return len(self.received) < MOST_PICTURES

    def draw(self, wanted: pictures.Wanted, fetch: Fetch) -> Drawn | None:
        """Fetch one picture and draw it anew; None for one that is furniture, or cannot be had, which is counted."""
        if wanted.address in self.asked:
            # what stands on every page of an article is the site's own
            return None
        self.asked.add(wanted.address)
        try:
            received = picturing.receive(fetch(wanted.address, PICTURE)) if self.has_room else None
        except intake.Unreadable:
            received = None
            self.missed += 1
        if received is None:
            self.missed += not self.has_room
            return None
        self.received.append(received)
        return Drawn(wanted, received.src, received.redrawn.width, received.redrawn.height)


def _illustrate(found: Parts, fetch: Fetch) -> _Illustrated:
    """Put the pictures of each page into its text."""
    illustrated = _Illustrated(Parts(missing=found.missing))
    for part in found.found:
        wanted = pictures.find(part.fetched, part.draft)
        drawn = [picture for each in wanted if (picture := illustrated.draw(each, fetch))]
        illustrated.parts.found.append(Part(part.fetched, pictures.insert(part.draft, drawn)))
    return illustrated
