"""What readers fill in."""

import unicodedata
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from articles.models import LONGEST_PASSAGE, LONGEST_REMARK, Letter

TOO_LONG = _("This has %(show_value)d characters, and there is room for %(limit_value)d. Nothing you wrote is lost.")
# Characters that nobody sees: some turn the direction of what stands behind them, on our pages too.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def tidy(text: str, *, is_line: bool = False) -> str:
    """Return the text as people can read it: without characters nobody sees, and without a heap of empty lines.

    >>> tidy("账\u202e目\u200b\\x00  一笔 ", is_line=True)
    '账目 一笔'
    """
    lines = ("".join(each for each in line if unicodedata.category(each) not in UNSEEN) for line in text.splitlines())
    parts = [" ".join(line.split()) for line in lines]
    return " ".join(filter(None, parts)) if is_line else "\n".join(filter(None, parts))


class Words(forms.CharField):
    """Words of at most so many characters; what is longer is said so, where a browser would cut it off in silence."""

    def __init__(self, most: int, *, rows: int = 0, is_line: bool = True, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        self.is_line = is_line
        super().__init__(widget=widget, required=False, **kwargs)
        self.validators.append(MaxLengthValidator(most, TOO_LONG))

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "", is_line=self.is_line)


class LetterForm(forms.Form):
    """A letter about an article: what is wrong, and what it should say, or what its reader has to add."""

    kind = forms.ChoiceField(
        label=_("What do you write about?"),
        choices=[(Letter.Kind.CORRECTION, _("Something is wrong in the text")), (Letter.Kind.COMMENT, _("A comment"))],
        widget=forms.RadioSelect,
        initial=Letter.Kind.CORRECTION,
    )
    passage = Words(
        LONGEST_PASSAGE,
        rows=2,
        label=_("The passage"),
        help_text=_("Copy the words from the article. For the whole page leave it empty."),
    )
    suggestion = Words(
        LONGEST_PASSAGE,
        rows=2,
        label=_("What it should say"),
        help_text=_("The same words, put right. Leave it empty if you only see that something is wrong."),
    )
    remark = Words(
        LONGEST_REMARK,
        rows=5,
        is_line=False,
        label=_("Reasons, or comment"),
        help_text=_("What you compared it with, for instance. A comment is read by an editor before it is shown."),
    )
    name = Words(
        60,
        label=_("Name to be thanked"),
        help_text=_("Only if you wish: it is shown with a letter that was taken up."),
    )
    contact = Words(
        200,
        label=_("How to reach you"),
        help_text=_(
            "Only if you wish. Editors alone see it; it is deleted 30 days after your letter is closed, and after a"
            " year in any case."
        ),
    )
    # Nobody sees this field; programs fill it in.
    website = forms.CharField(label=_("Leave this empty"), required=False)
    # which edition was read, and where in it the passage was selected; none of it is taken at its word
    edition = forms.Field(required=False, widget=forms.HiddenInput)
    block = forms.Field(required=False, widget=forms.HiddenInput)
    start = forms.Field(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("The last field is a trap for programs: leave it empty and send again."))
        return ""

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        # what was refused already counts as said
        has = {name: bool(said.get(name, "-")) for name in ("passage", "suggestion", "remark")}
        if said.get("kind") == Letter.Kind.COMMENT:
            if not has["remark"]:
                self.add_error("remark", _("Write what you have to say."))
        elif not has["suggestion"] and not has["remark"]:
            self.add_error("suggestion", _("Say what it should be, or below why something is wrong."))
        elif has["suggestion"] and not has["passage"]:
            self.add_error("passage", _("Say which words of the article are wrong."))
        return said
