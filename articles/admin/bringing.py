"""Bringing pages in from the admin: files in, a line about each out."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import intake
from articles.actions import capturing
from articles.admin import rules
from articles.admin.base import Suggestions
from articles.models import Article, Capture, Edition, Placement, Source, Theme

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 50

WORDS = {
    capturing.Result.NEW: _("new"),
    capturing.Result.WITNESS: _("further witness"),
    capturing.Result.HERE: _("already here"),
}
IMPOSSIBLE_DATE = _("The page prints the date %(date)s, which does not exist; it is left open.")

OF_ONE_FILE = {
    "address": _("An address belongs to one file. Bring the files in one by one."),
    "title": _("A title belongs to one file. Bring the files in one by one."),
}


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, one at least; each is judged when its turn comes, so that one does not spoil the rest."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) else [data]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)d files at once.") % {"most": MOST_FILES})
        if not any(files):
            raise ValidationError(self.error_messages["required"], code="required")
        return files


class BringInForm(forms.Form):
    files = ManyFilesField(
        label=_("files"),
        help_text=_("Saved pages or text files; several at once. At most %(most)d MB each.")
        % {"most": MOST_BYTES // 1024 // 1024},
    )
    address = forms.URLField(
        label=_("address"),
        required=False,
        max_length=Capture._meta.get_field("address").max_length,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text=_("Where the page stood on the web; for one file only."),
    )
    title = forms.CharField(
        label=_("title"),
        required=False,
        max_length=capturing.LONGEST_TITLE,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("For a page that has none of its own; for one file only."),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=_("source"),
        required=False,
        widget=Suggestions(Edition._meta.get_field("original_source")),
        help_text=_("The outlet these copies were found at; the page’s own words are used when left empty."),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("theme"),
        required=False,
        widget=Suggestions(Placement._meta.get_field("theme")),
        help_text=_("Each article is placed at its end."),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if len(cleaned.get("files", ())) > 1:
            for name, refusal in OF_ONE_FILE.items():
                if cleaned.get(name):
                    self.add_error(name, refusal)
        return cleaned


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one file."""

    name: str
    outcome: str | Promise
    article: Article | None = None
    reason: str | Promise = ""


def bring_in(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the form; take in what was sent, each file by itself, and say what became of each."""
    if not request.user.has_perm(rules.IMPORT):
        raise PermissionDenied
    form = BringInForm(request.POST, request.FILES) if request.method == "POST" else BringInForm()
    report = []
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("address", "title", "source", "theme")}
        report = [_take_in(file, request, said) for file in form.cleaned_data["files"]]
        form = BringInForm(initial={"source": said["source"], "theme": said["theme"]})
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Bring in pages"),
        "opts": admin.opts,
        "form": form,
        "media": admin.media + form.media,
        "report": report,
    }
    return TemplateResponse(request, "admin/articles/article/bring_in.html", context)


def _take_in(file: UploadedFile, request: HttpRequest, said: dict[str, Any]) -> Line:
    name = file.name or ""
    if (file.size or 0) > MOST_BYTES:
        return Line(name, _("refused"), reason=_("The file is larger than 20 MB."))
    page = capturing.Page(file.read(), name, **said)
    try:
        taken = capturing.take_in(page, by=rules.editor_of(request))
    except intake.Unreadable as refusal:
        sentence = gettext(refusal.template)
        return Line(name, _("refused"), reason=sentence % refusal.params if refusal.params else sentence)
    said_of_dates = " ".join(str(IMPOSSIBLE_DATE % {"date": date}) for date in taken.impossible_dates)
    return Line(name, WORDS[taken.result], taken.article, reason=said_of_dates)
