"""Places in an edition's body."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.models.fields import CountField, LineField, ProseField


class Anchored(models.Model):
    """A place in an edition's body: block and offsets, and the words themselves to find it again by.

    The words are kept as a W3C Web Annotation TextQuoteSelector (exact, prefix, suffix).
    """

    block = CountField()
    start = CountField()
    end = CountField()
    exact = ProseField(_("passage"), blank=True)
    prefix = LineField(max_length=64, blank=True)
    suffix = LineField(max_length=64, blank=True)

    class Meta:
        abstract = True

    def place(self) -> body.Place:
        """The place as the body's own room speaks of it."""
        return body.Place(self.block, self.start, self.end, self.exact, self.prefix, self.suffix)

    def moved_to(self, place: body.Place) -> Self:
        """Take over where the words stand now, and return the row."""
        self.block, self.start, self.end = place.block, place.start, place.end
        self.exact, self.prefix, self.suffix = place.exact, place.prefix, place.suffix
        return self

    @staticmethod
    def constraints(table: str) -> list[models.BaseConstraint]:
        """Return the constraint that a place does not end before it starts."""
        return [models.CheckConstraint(name=f"{table}_place_is_a_span", condition=models.Q(start__lte=models.F("end")))]
