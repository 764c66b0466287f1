"""Rows that two people may write at once: each write says which version it read, and the second of two is refused.

Whoever writes several rows locks them in one order, so that no two writers wait for each other: a deed, pictures,
articles, then what articles stand under (sources, authors, tags, themes), then what hangs on all of these; and within
one table by key. The decision page 0022 says more.
"""

from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from articles.models.fields import CountField

Row = TypeVar("Row", bound="Versioned")


class StaleVersion(Exception):
    """The row changed since the version the writer had read, or is gone."""


class VersionedQuerySet(models.QuerySet[Row]):
    def claim(self, pk: int, version: int) -> Row:
        """Lock the row for the writer who read `version`, and return it with its version counted up.

        Raises `StaleVersion` when it changed since, or is gone. Call it inside a transaction.
        """
        claimed = self.filter(pk=pk, version=version).update(version=version + 1)
        if claimed != 1:
            raise StaleVersion(pk)
        row = self.get(pk=pk)
        row.is_claimed = True
        return row

    def hold(self) -> None:
        """Lock these rows, in the order in which all writers do; call it inside a transaction."""
        list(self.order_by("pk").select_for_update(no_key=True).values_list("pk"))

    def count_up(self) -> None:
        """Let whoever has one of these rows open find out that something beside it changed."""
        self.hold()
        self.update(version=F("version") + 1)


class Versioned(models.Model):
    """A row whose every save is checked against the version it was read at, whatever door the writer came by."""

    version = CountField(_("version"), default=1, editable=False)

    # one claim is good for one save; who made the row has claimed it
    is_claimed = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `StaleVersion` when the row changed since it was read."""
        is_new = self._state.adding
        with transaction.atomic():
            if not is_new and not self.is_claimed:
                self._claim()
            super().save(*args, **kwargs)
        self.is_claimed = is_new

    def touch(self) -> Self:
        """Count the version up for a write to what hangs on the row; raises `StaleVersion` as `save` does."""
        if not self.is_claimed:
            self._claim()
        return self

    def _claim(self) -> None:
        rows = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if rows.update(version=self.version + 1) != 1:
            raise StaleVersion(self.pk)
        self.version += 1
