"""Dates that say how much of them is known."""

import re
from datetime import datetime

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from articles.models.fields import LineField

# Years before printing and after our children's are misreadings; they also keep clear of the calendar's ends.
ISO = re.compile(
    r"((?:1[0-9]|2[01])\d\d)(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?))?)?)?"
)


class PreciseDate(models.Model):
    """The date a text first appeared, as precisely as it is known; what is not known is not made up."""

    class Precision(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        YEAR = "year", _("year")
        MONTH = "month", _("month")
        DAY = "day", _("day")
        TIME = "time", _("time")

    original_date = models.DateTimeField(_("original date"), null=True, blank=True)
    original_precision = LineField(_("precision"), max_length=10, choices=Precision, default=Precision.UNKNOWN)

    class Meta:
        abstract = True

    @staticmethod
    def constraints(table: str) -> list[models.BaseConstraint]:
        """Return the constraint that a date and its precision are known together."""
        return [
            models.CheckConstraint(
                name=f"{table}_date_and_precision_agree",
                condition=models.Q(original_precision="unknown", original_date__isnull=True)
                | models.Q(original_precision__in=["year", "month", "day", "time"], original_date__isnull=False),
            )
        ]

    @property
    def original_date_text(self) -> str:
        """The date in the reader's language, as far as it is known; empty when it is not."""
        return date_text(self.original_date, self.original_precision)

    @property
    def original_date_iso(self) -> str:
        """The date for machines, cut to what is known: `2013`, `2013-10`, `2013-10-21`, `2013-10-21T17:06`."""
        if self.original_date is None:
            return ""
        length = {"year": 4, "month": 7, "day": 10, "time": 16}[self.original_precision]
        return timezone.localtime(self.original_date).isoformat()[:length]


def date_text(moment: datetime | None, precision: str) -> str:
    """Return the date in the reader's language, cut to what is known of it; empty when nothing is."""
    if moment is None:
        return ""
    patterns = {
        "year": pgettext("a year alone, as a date format", "Y"),
        "month": formats.get_format("YEAR_MONTH_FORMAT"),
        "day": formats.get_format("DATE_FORMAT"),
        "time": formats.get_format("DATETIME_FORMAT"),
    }
    return formats.date_format(timezone.localtime(moment), patterns[precision])


def parse_precise(text: str) -> tuple[datetime | None, str]:
    """Return moment and precision of an ISO date, date-time, year or year-month; (None, "unknown") for anything else.

    >>> parse_precise("2013-10")[1], parse_precise("")
    ('month', (None, 'unknown'))
    """
    shape = ISO.fullmatch(text.strip())
    if shape is None:
        return None, "unknown"
    year, month, day, clock = shape.groups()
    try:
        moment = datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}T{clock or '00:00'}")
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except ValueError:  # a day or an hour that does not exist
        return None, "unknown"
    return aware, "time" if clock else "day" if day else "month" if month else "year"
