"""Figures of the whole library: counted now and then, in a large library after the page that found them old is sent."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.cache import cache
from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections, connection
from django.dispatch import receiver
from django.utils import timezone

from articles.models import Article

Found = TypeVar("Found")

log = logging.getLogger(__name__)

# up to this size a library is counted in a moment: its figures are those of the page
SMALL = 5_000
# how long the others leave the counting to the request that began it
TURN = 60


class Counted(NamedTuple, Generic[Found]):
    found: Found
    at: datetime


class Figures(Generic[Found]):
    """What is kept under this name, counted anew when it is older than so many seconds."""

    due: "set[Figures[Any]]" = set()

    def __init__(self, name: str, count: Callable[[], Found], *, seconds: int) -> None:
        self.name, self.count, self.lasts = name, count, timedelta(seconds=seconds)

    def kept(self) -> Counted[Found] | None:
        """Return what was counted last; nothing where this is the first time that a large library is looked at."""
        counted = cache.get(self.name)
        is_fresh = counted is not None and timezone.now() - counted.at < self.lasts
        if is_fresh or not cache.add(self._turn, True, TURN):
            return counted
        if is_small():
            return self.renew()
        Figures.due.add(self)
        return counted

    def renew(self) -> Counted[Found]:
        counted = Counted(self.count(), timezone.now())
        cache.set(self.name, counted, None)
        cache.delete(self._turn)
        return counted

    @property
    def _turn(self) -> str:
        return f"{self.name}-in-turn"


def is_small() -> bool:
    """Whether counting this library costs next to nothing, as it was within the last minute."""
    first = Article.objects.order_by().values_list("pk")[: SMALL + 1]
    return cache.get_or_set("library-is-small", lambda: len(first) <= SMALL, TURN)


@receiver(request_finished)
def count_what_is_due(**kwargs: Any) -> None:
    """The page is with its reader: nobody waits for this."""
    for figures in tuple(Figures.due):
        Figures.due.discard(figures)
        try:
            figures.renew()
        except DatabaseError as error:
            log.warning("%s could not be counted, and will be in a minute: %s", figures.name, error)
        finally:
            if not connection.in_atomic_block:  # somebody's transaction goes on: a test's
                close_old_connections()
