"""Rows that two people may write at once: each write says which version it read, and the second of two is refused."""

from typing import Any, Self, TypeVar

from django.db import models, transaction
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
