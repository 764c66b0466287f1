"""The forms of the tracing desk: what an editor says of each copy, and of the search as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from articles.actions.descending import name_of
from articles.actions.tracing import JUDGED
from articles.admin.keys import as_key
from articles.admin.suggestions import TYPED, Suggestions, sent
from articles.chinese.dates import find_dates
from articles.models import Source, Witness, parse_precise

NEW = "new"
UNDATED = _("Write the date as 2013-10-21, 2013-10 or 2013, or leave it empty.")


class SourceSelect(Suggestions):
    """A suggesting select that knows the sources already named, and asks the database for none of them."""

    known: Mapping[int, Source]

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list:
        options = [self.create_option(name, "", "", selected=False, index=0)]
        if source := self.known.get(as_key("".join(value)) or 0):
            options.append(self.create_option(name, source.pk, str(source), selected=True, index=1))
        return [(None, options, 0)]


class SourceField(forms.Field):
    widget = SourceSelect(Witness._meta.get_field("source"))

    def clean(self, value: str | None) -> Source | None:
        if not value:
            return None
        source = self.widget.known.get(as_key(value) or 0)
        if source is None:
            raise ValidationError(_("There is no such source."))
        return source

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "")

    def as_read(self, key: str) -> str:
        """Return the name of the source."""
        number = as_key(key) or 0
        return str(self.widget.known.get(number) or Source.objects.filter(pk=number).first() or key)


def _column(name: str, **given: Any) -> forms.Field:
    return Witness._meta.get_field(name).formfield(**given)


class CopyForm(forms.Form):
    """What is said of one copy; that of a new one may stay empty."""

    source = SourceField(label=_("source"), required=False)
    address = _column("address", widget=forms.URLInput(attrs={"class": "vURLField"}))
    title_there = _column("title_there", widget=forms.TextInput(attrs={"class": "vTextField"}))
    date_there = _column("date_there", help_text=_("As exactly as it is known: 2013-10-21, 2013-10 or 2013."))
    kind = _column("kind")
    copied_from = forms.ChoiceField(label=_("reprinted from"), required=False)
    evidence = _column("evidence", widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}))
    confidence = forms.FloatField(
        label=_("confidence"),
        min_value=0,
        max_value=1,
        initial=0.5,
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=_("From 0 to 1."),
    )
    remove = forms.BooleanField(label=_("take this copy off the list"), required=False)

    def __init__(
        self, row: Witness, copies: Sequence[Witness], known: Mapping[int, Source], data: MultiValueDict | None = None
    ) -> None:
        said = {name: getattr(row, name) for name in JUDGED if name not in ("source", "copied_from")}
        keys = {"source": row.source_id, "copied_from": row.copied_from_id or ""}
        super().__init__(data, prefix=f"copy-{row.pk or NEW}", initial=said | keys)
        self.copy = row
        self.others = {str(other.pk): other for other in copies if other.pk != row.pk}
        self.fields["copied_from"].choices = [("", _("not known")), *self._others()]
        self.fields["source"].widget.known = known
        if row.capture_id or not row.pk:
            del self.fields["remove"]

    def _others(self) -> Iterator[tuple[str, str]]:
        for key, other in self.others.items():
            yield key, f"{name_of(other)} {other.date_there[:10]}".strip()

    @property
    def is_empty(self) -> bool:
        """Whether a new copy was left alone."""
        return self.copy.pk is None and not self.has_changed()

    def clean_date_there(self) -> str:
        """Keep what is a date, and what stood there before; turn what people write into what machines sort."""
        text = self.cleaned_data["date_there"].strip()
        if text in ("", self.initial["date_there"]) or parse_precise(text)[0]:
            return text
        found = find_dates(text)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
            raise ValidationError(UNDATED)
        return found[0].iso

    def clean_copied_from(self) -> Witness | None:
        return self.others.get(self.cleaned_data["copied_from"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        if said.get("kind") == Witness.Kind.ORIGINAL and said.get("copied_from"):
            self.add_error("copied_from", _("The original is reprinted from nothing."))
        if self.copy.pk is None and not any(said.get(name) for name in ("source", "address", "title_there")):
            self.add_error("address", _("Give an address, a source or a title: something to know the copy by."))
        return said

    def written(self) -> Witness:
        """The copy with what the form says of it; the one that is shown stays as it is until that is saved."""
        written = copy(self.copy)
        for name in JUDGED:
            setattr(written, name, self.cleaned_data[name])
        return written


class SearchForm(forms.Form):
    """How the search for the original stands."""

    takes_over = forms.BooleanField(
        label=_("take source and date of the original into the text’s working edition"), required=False
    )
    note = forms.CharField(
        label=_("where it was looked for"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


def known_sources(copies: Sequence[Witness], data: Mapping[str, str] | None = None) -> dict[int, Source]:
    """Return the sources the copies stand at, and those that were sent, with one query for all of these."""
    known = {row.source.pk: row.source for row in copies if row.source}
    names = {name.removesuffix(TYPED) for name in data or {} if name.startswith("copy-")}
    keys = {as_key(sent(data or {}, name, Source)) for name in names if name.endswith("-source")}
    return known | Source.objects.in_bulk(key for key in keys - known.keys() if key)
