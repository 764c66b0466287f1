"""Moments in the words of people: with the zone they are meant in, and the day of the week."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy

from articles.actions import publishing

# Later than this nobody plans; a year like 2206 is a slip.
FURTHEST = timedelta(days=366 * 5)
HALF_A_YEAR = timedelta(days=182)


def zone_name(moment: datetime) -> str:
    """Return the zone in which moments are typed and shown, with its offset at this one: summer time changes it.

    >>> zone_name(timezone.now())
    'Asia/Shanghai (UTC+8)'
    """
    offset = timezone.localtime(moment).strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:5]
    return f"{timezone.get_current_timezone_name()} (UTC{hours:+d}{'' if minutes == '00' else f':{minutes}'})"


def in_words(moment: datetime) -> str:
    """Return the moment as somebody would say it, with its zone."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATE_FORMAT')} {date_format(local, 'l')} {local:%H:%M} {zone_name(moment)}"


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time; moment.js repeats what was chosen in words."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "moment", "step": 60}, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A moment to come, by the database's clock."""

    widget = MomentInput

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("moment"),
            help_text=lazy(_help_text, str)(),
            error_messages={"invalid": gettext_lazy("This is no moment. Write it like 2026-10-21T09:30.")},
            **options,
        )

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code == "ambiguous_timezone":
                raise ValidationError(_between_times()) from None
            raise

    def clean(self, value: str) -> datetime | None:
        given = super().clean(value)
        if given is None:
            return None
        now = publishing.moment()
        # first by the year: moments at the ends of the calendar cannot be compared across zones
        if given.year < now.year or given <= now:
            words = {"now": in_words(now)}
            raise ValidationError(gettext("This moment is past; it is %(now)s now.") % words)
        if given.year > (now + FURTHEST).year:
            raise ValidationError(gettext("This moment is more than five years away."))
        return given


def _help_text() -> str:
    now = timezone.now()
    zone = timezone.get_current_timezone_name()
    # where there is summer time, the offset hangs on the day that is chosen
    is_even = zone_name(now) == zone_name(now + HALF_A_YEAR)
    return gettext("Time of %(zone)s. Left empty: at once.") % {"zone": zone_name(now) if is_even else zone}


def _between_times() -> str:
    return gettext(
        "The clocks are changed then: this time does not exist on this day, or it comes twice. "
        "Choose one an hour earlier or later."
    )
