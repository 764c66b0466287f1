"""The forms for pictures of an article: what is said of each, and where it stands in the text."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.actions import picturing
from articles.actions.picturing import Said
from articles.body import figures
from articles.models import Article, Picture

LONGEST_ALT = 500
LONGEST_CAPTION = 1_000
# how much of a paragraph tells it from the others
LONGEST_PLACE = 30
BEFORE_ALL, AT_THE_END = "-1", ""


class SaidForm(forms.Form):
    """What is said of one picture: described in words, or marked as decorative by hand."""

    alt = forms.CharField(
        label=_("description"),
        required=False,
        max_length=LONGEST_ALT,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("What a reader who cannot see the picture needs to know."),
    )
    is_decorative = forms.BooleanField(
        label=_("decorative"), required=False, help_text=_("It says nothing that the text does not.")
    )
    caption = forms.CharField(
        label=_("caption"),
        required=False,
        max_length=LONGEST_CAPTION,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    credit = Picture._meta.get_field("credit").formfield(
        label=_("credit"), widget=forms.TextInput(attrs={"class": "vTextField"})
    )

    def clean_alt(self) -> str:
        alt: str = self.cleaned_data["alt"]
        if alt and not figures.says_something(alt):
            raise ValidationError(
                _("This is the name of a file, or says only that it is a picture. Say what it shows.")
            )
        return alt

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("is_decorative") and cleaned.get("alt"):
            self.add_error("is_decorative", _("A decorative picture has no description: take one of the two away."))
        return cleaned

    @property
    def said(self) -> Said:
        cleaned = self.cleaned_data
        alt = "" if cleaned["is_decorative"] else " ".join(cleaned["alt"].split()) or None
        return Said(alt, " ".join(cleaned["caption"].split()))


class PlacedForm(SaidForm):
    """A picture that comes into the text."""

    place = forms.ChoiceField(label=_("place"), required=False)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as it stands above
        field.choices = [
            (AT_THE_END, _("at the end")),
            (BEFORE_ALL, _("before the text")),
            *_places(article.current.body_html),
        ]

    @property
    def after(self) -> int | None:
        return int(self.cleaned_data["place"]) if self.cleaned_data["place"] else None


class UploadForm(PlacedForm):
    file = forms.FileField(
        label=_("picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    field_order = ("file", "alt", "is_decorative", "caption", "credit", "place")

    def clean_file(self) -> UploadedFile:
        return _checked(self.cleaned_data["file"])


def _places(body_html: str) -> Iterator[tuple[str, str]]:
    for block, text in figures.places(body_html):
        shown = text if len(text) <= LONGEST_PLACE else f"{text[:LONGEST_PLACE]}……"
        yield str(block), gettext("after “%(text)s”") % {"text": shown}


def _checked(file: UploadedFile) -> UploadedFile:
    """Refuse by its size what need not be read for it."""
    if file.size is not None and file.size > picturing.MOST_BYTES:
        raise ValidationError(picturing.TOO_LARGE % {"most": picturing.MOST_MEGABYTES})
    return file
