"""What is typed on the arranging desk: a theme and a reason, tags, a passage."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import body
from articles.actions import excerpting
from articles.admin.suggestions import Suggestions
from articles.admin.tags import TagSuggestions, checked
from articles.models import Edition, Excerpt, Placement, Theme, tags_from_string

MOST_PASSAGE = 5_000


def line(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "vTextField", **attributes})


class PlaceForm(forms.Form):
    prefix = "place"
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=gettext_lazy("theme"), widget=Suggestions(Placement._meta.get_field("theme"))
    )
    reason = Placement._meta.get_field("reason").formfield(widget=line())


class TagForm(forms.Form):
    prefix = "tag"
    names = forms.CharField(
        label=gettext_lazy("tags"),
        max_length=500,
        widget=TagSuggestions(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Separate tags with commas."),
    )

    def clean_names(self) -> list[str]:
        return checked(tags_from_string(self.cleaned_data["names"]))


class PassageForm(forms.Form):
    block = forms.IntegerField(
        label=gettext_lazy("paragraph number"),
        min_value=1,
        max_value=99_999,
        required=False,
        widget=line(inputmode="numeric"),
    )
    passage = forms.CharField(
        label=gettext_lazy("words of the passage"),
        max_length=MOST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Select it in the text, or choose the paragraph and type its words."),
    )

    def place_in(self, edition: Edition, start: int | None) -> body.Place | None:
        """Return where the passage stands; where it does not, the form says so."""
        said = self.cleaned_data
        block = said["block"] - 1 if said["block"] else None
        try:
            return excerpting.find(edition, said["passage"], block=block, start=start)
        except excerpting.PassageNotFound:
            self.add_error("passage", _("These words do not stand there."))
        except excerpting.PassageAmbiguous:
            self.add_error("passage", _("These words stand there more than once; take some more of them."))
        return None


class ExcerptForm(PassageForm):
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=gettext_lazy("theme"), widget=Suggestions(Excerpt._meta.get_field("theme"))
    )
    aspect = Excerpt._meta.get_field("aspect").formfield(widget=line())
    note = Excerpt._meta.get_field("note").formfield(widget=line())
    field_order = ("theme", "block", "passage", "aspect", "note")


class ReasonForm(forms.Form):
    reason = Placement._meta.get_field("reason").formfield(widget=line())


class AspectForm(forms.ModelForm):
    class Meta:
        model = Excerpt
        fields = ("aspect", "note")
