"""What was typed on a screen that is no form of a row: read again for whoever came second."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise

from articles.admin import conflicts
from articles.admin.conflicts import Words

Said = list[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """One field with what came in, what stands there now and what stood there when its writer looked.

    None is what is not known, or stands nowhere. What was left alone is not shown, and goes along as it stands now.
    """

    field: BoundField
    theirs: str | None = None
    base: str | None = None
    about: str | Promise = ""

    @property
    def is_mine(self) -> bool:
        stood = self.theirs if self.base is None else self.base
        return value_of(self.field) != (stood or "")

    @property
    def name(self) -> str:
        return self.field.html_name

    @property
    def label(self) -> str:
        return f"{self.about}: {self.field.label}" if self.about else str(self.field.label)

    @property
    def mine_as_read(self) -> str:
        return self._read(value_of(self.field)) or ""

    @property
    def theirs_as_read(self) -> str | None:
        return self._read(self.theirs)

    @property
    def base_as_read(self) -> str | None:
        return self._read(self.base)

    def _read(self, text: str | None) -> str | None:
        read = getattr(self.field.field, "as_read", None)
        return text if text is None else read(text) if read else conflicts.as_read(self.field.field, text)

    @property
    def carried(self) -> str:
        """What the field sends along where it is not shown; nothing where a box is not ticked."""
        text = value_of(self.field) if self.theirs is None else self.theirs
        if isinstance(self.field.field, forms.BooleanField):
            return "on" if text == "True" else ""
        return text


def value_of(bound: BoundField) -> str:
    """Return what stands in the field, as one text."""
    if isinstance(bound.field, forms.DateTimeField):
        return str(bound.field.widget.format_value(bound.value()) or "")
    return conflicts.text_of(bound.field, bound.value())


def values_of(*shown: forms.BaseForm) -> Words:
    """Return what stands in these forms, by the names under which they send it: the base that a page carries."""
    return {bound.html_name: value_of(bound) for form in shown for bound in form}


def into(
    form: forms.BaseForm, base: Words | None, now: forms.BaseForm | None = None, about: str | Promise = ""
) -> list[Typed]:
    """Return the fields of a form that came second; `now` is the form as it would be shown by now."""
    return [
        Typed(
            bound,
            value_of(now[bound.name]) if now is not None and bound.name in now.fields else None,
            None if base is None or bound.html_name not in base else str(base[bound.html_name]),
            about,
        )
        for bound in form
    ]


def words_of(request: HttpRequest, *asked: forms.BaseForm) -> Said:
    """Return what was sent for the fields of these forms, as people read it."""
    sent = [
        (field, text)
        for form in asked
        for name, field in form.fields.items()
        if (text := request.POST.get(form.add_prefix(name), ""))
    ]
    return [(field.label, conflicts.as_read(field, text)) for field, text in sent]


def gone(admin: ModelAdmin, request: HttpRequest, words: Callable[[], Said]) -> HttpResponse:
    """Return the page for who wrote into a row that is not there: their words. Who only looks finds nothing."""
    if request.method != "POST":
        raise Http404
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    return conflicts.gone(admin, request, words())
