"""The form of one article: what an editor writes into its working edition, and its tags."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.admin.body_field import BodyField
from articles.admin.conflicts import VersionedForm, text_of
from articles.admin.kept import kept_copy
from articles.admin.tags import TagSuggestions, checked
from articles.chinese.dates import find_dates
from articles.models import Article, Edition, parse_precise

YEARS = range(1000, 2101)
# What stands in the form under its own name; the date is one line there and two columns in the edition.
COLUMNS = tuple(name for name in Edition.WRITTEN if name not in ("original_date", "original_precision"))


def written(column: str, **options: Any) -> forms.Field:
    """Return the form field of the edition's column."""
    return Edition._meta.get_field(column).formfield(**options)


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


def line() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "vTextField"})


class ArticleForm(VersionedForm):
    title = written("title", widget=line())
    subtitle = written("subtitle", widget=line())
    abstract = written("abstract", widget=lines(4))
    abstract_by = written("abstract_by")
    body_html = BodyField(label=_("text"), required=False)
    notes = written("notes", widget=lines(5))
    original_source = written("original_source")
    original_source_printed = written("original_source_printed", widget=line())
    date = forms.CharField(
        label=_("original date"),
        required=False,
        max_length=60,
        help_text=_("As far as it is known: 2013, 2013-10, 2013-10-21, 2013-10-21 17:06 or 2013年10月21日."),
    )
    printed_editor = written("printed_editor", widget=line())
    keywords = written("keywords", widget=line())
    language = written("language")
    script = written("script")
    checking = written("checking")
    reason = written("reason", widget=lines(2))
    copy = kept_copy()

    class Meta:
        model = Article
        fields = ("tags",)
        widgets = {"tags": TagSuggestions(attrs={"class": "vTextField"})}

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        instance: Article | None = None,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.edition = (instance.current if instance and instance.pk else None) or Edition()
        self.standing = self._standing()
        super().__init__(data, files, instance=instance, initial={**self.standing, **(initial or {})}, **kwargs)

    def _standing(self) -> dict[str, Any]:
        """What the form shows before anything is typed; a reason is given anew for every edition."""
        values = model_to_dict(self.edition, fields=COLUMNS)
        values["date"] = self.edition.original_date_iso.replace("T", " ")
        values["reason"] = self.edition.reason if self.edition.number is None else ""
        return values

    def clean_tags(self) -> list[str]:
        return checked(self.cleaned_data["tags"])

    def clean_date(self) -> str:
        """Return the date as `parse_precise` reads it, however it was written."""
        text = self.cleaned_data["date"].strip()
        moment, _precision = parse_precise(text)
        if text and moment is None:
            found = find_dates(text)
            text = found[0].iso if len(found) == 1 else text
            moment, _precision = parse_precise(text)
        if text and (moment is None or moment.year not in YEARS):
            raise ValidationError(_("This is no date. Write it like 2013-10-21, or leave out what is not known."))
        return text

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        for name in ("abstract", "notes", "reason"):
            cleaned[name] = cleaned.get(name, "").replace("\r\n", "\n")
        self._refer_to_notes(cleaned)
        self._check_columns(cleaned)
        return cleaned

    def _refer_to_notes(self, cleaned: dict[str, Any]) -> None:
        """Make the numbers that were typed in brackets references; a text nobody changed stays as it is."""
        if "body_html" in cleaned and any(self._differs(name, self.standing[name]) for name in ("body_html", "notes")):
            count = len(Edition(notes=cleaned["notes"]).note_list)
            cleaned["body_html"] = body.refer(cleaned["body_html"], count)

    def _check_columns(self, cleaned: dict[str, Any]) -> None:
        """Ask the edition's own columns what no form field asks: characters that no database stores."""
        columns = {name: cleaned[name] for name in (*COLUMNS, "reason") if name in cleaned}
        others = [field.name for field in Edition._meta.fields if field.name not in columns]
        try:
            Edition(**columns).clean_fields(exclude=others)
        except ValidationError as error:
            self.add_error(None, error)

    def written_columns(self) -> dict[str, Any]:
        """The columns of the edition as typed; a date that was not touched keeps its seconds."""
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in (*COLUMNS, "reason")}
        if cleaned["date"] != self.standing["date"]:
            values["original_date"], values["original_precision"] = parse_precise(cleaned["date"])
        return values

    def is_reworded(self) -> bool:
        """Say whether title or text differ from what stands, so that the detectors have something new to look at."""
        return any(self._differs(name, self.standing[name]) for name in ("title", "body_html"))

    def is_revised(self) -> bool:
        """Say whether saving would change the edition that stands."""
        return any(self._differs(name, words) for name, words in self.standing.items())

    def _differs(self, name: str, words: Any) -> bool:
        field = self.fields[name]
        return text_of(field, field.prepare_value(self.cleaned_data[name])) != text_of(field, words)
