"""Selects that suggest rows while a name is typed, and lines for whoever has no script to be suggested anything."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, get_select2_language
from django.contrib.auth.models import User
from django.db.models import ForeignKey, Model, Q
from django.forms import Media
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.admin.keys import as_key, searchable
from articles.models import Article

TYPED = "-typed"


class Suggestions(AutocompleteSelect):
    """The admin's suggesting select for forms of our own; `to` is a column that points at what is suggested.

    Without script it suggests nothing: the line beside it takes the name or the number of what is meant, and an
    alias too. `without` is the key of a row that is not suggested.
    """

    def __init__(self, to: ForeignKey, *, without: int | None = None) -> None:
        super().__init__(to, admin.site)
        self.without = without

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.i18n_name = get_select2_language()  # the form was made before anybody had chosen a language
        attrs = super().build_attrs(*args, **kwargs)
        if self.without:
            attrs["data-ajax--url"] += f"?{urlencode({'without': self.without})}"
        return attrs

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list[Any]:
        """Show again what was sent, if it can be a key at all."""
        return super().optgroups(name, [key for key in value if as_key(str(key)) is not None], attr)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """Return the key that was chosen, or of what was typed; words that name nothing stay, to be shown again."""
        return sent(data, name, self.field.remote_field.model)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, str) and as_key(value) is None else ""
        label = _("or type its name, or #number")
        line = '<noscript><label>{} <input type="text" name="{}" value="{}" maxlength="200"></label></noscript>'
        return super().render(name, value, attrs, renderer) + format_html(line, label, f"{name}{TYPED}", typed)

    @property
    def media(self) -> Media:
        self.i18n_name = get_select2_language()
        return super().media


def sent(data: Mapping[str, Any], name: str, model: type[Model]) -> str | None:
    """Return what the select of this name sent, or the key of what was typed beside it."""
    typed = searchable(data.get(f"{name}{TYPED}", ""))
    return key_of(model, typed) if typed else data.get(name)


def key_of(model: type[Model], typed: str) -> str:
    """Return the key of the one row that is called so, or has the number after `#`; the words where there is none."""
    number = as_key(typed.removeprefix("#"))
    if number is not None and (typed.startswith("#") or model is Article):
        return str(number)
    meant = Q(username=typed) if model is User else Q(title=typed) if model is Article else Q(name=typed)
    if hasattr(model, "aliases"):
        meant |= Q(aliases__name=typed)
    found = set(model._default_manager.filter(meant).values_list("pk", flat=True)[:2])
    return str(found.pop()) if len(found) == 1 else typed
