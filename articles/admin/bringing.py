"""Bringing pages in from the admin: files or a web address in, a line about each out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import intake
from articles.actions import bringing, capturing
from articles.admin import rules
from articles.admin.base import Page
from articles.admin.suggestions import Suggestions
from articles.models import Article, Capture, Edition, Placement, Source, Theme

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 50
# the button of the second form: without it the first one was sent
FETCH = "_fetch"

WORDS = {
    capturing.Result.NEW: _("new"),
    capturing.Result.WITNESS: _("further witness"),
    capturing.Result.HERE: _("already here"),
}
MISSING_PART = _("The further page %(address)s could not be had; the text ends before it.")
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


class PageAddressField(forms.URLField):
    """The address of a page on the web."""

    widget = forms.URLInput(attrs={"class": "vURLField"})

    def __init__(self, **options: Any) -> None:
        longest = Capture._meta.get_field("address").max_length
        super().__init__(label=_("address"), max_length=longest, assume_scheme="https", **options)


class PlacedForm(forms.Form):
    """What is said of pages, however they come in."""

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


class BringInForm(PlacedForm):
    files = ManyFilesField(label=_("files"))
    address = PageAddressField(required=False, help_text=_("Where the page stood on the web; for one file only."))
    field_order = ("files", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # in the language of the request, which is not known when the class is made
        said = _("Saved pages, Word documents (.docx), PDF or text files; several at once. At most %(most)d MB each.")
        self.fields["files"].help_text = said % {"most": MOST_BYTES // 1024 // 1024}

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if len(cleaned.get("files", ())) > 1:
            for name, refusal in OF_ONE_FILE.items():
                if cleaned.get(name):
                    self.add_error(name, refusal)
        return cleaned


class FetchForm(PlacedForm):
    prefix = "web"
    address = PageAddressField(
        help_text=_(
            "The page is fetched as it stands today, with its further pages and pictures. This can take half a minute."
        )
    )
    field_order = ("address",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("For a page that has none of its own.")
        self.fields["source"].help_text = _("The outlet the page stands at; its own words are used when left empty.")
        self.fields["theme"].help_text = _("The article is placed at its end.")


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one page."""

    name: str
    outcome: str | Promise
    article: Article | None = None
    reason: str | Promise = ""


def bring_in(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show both forms; take in what one of them sent, each page by itself, and say what became of each."""
    if not request.user.has_perm(rules.IMPORT):
        raise PermissionDenied
    is_fetch = FETCH in request.POST
    form = BringInForm(request.POST, request.FILES) if request.method == "POST" and not is_fetch else BringInForm()
    fetch_form = FetchForm(request.POST) if is_fetch else FetchForm()
    report: list[Line] = []
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("address", "title", "source", "theme")}
        report = [_take_in(file, request, said) for file in form.cleaned_data["files"]]
        form = BringInForm(initial={"source": said["source"], "theme": said["theme"]})
    elif is_fetch and fetch_form.is_valid():
        report = [_fetch(request, fetch_form.cleaned_data)]
        fetch_form = FetchForm(initial={name: fetch_form.cleaned_data[name] for name in ("source", "theme")})
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Bring in pages"),
        "opts": admin.opts,
        "form": form,
        "fetch_form": fetch_form,
        "fetch": FETCH,
        "media": admin.media + form.media,
        "report": report,
    }
    return TemplateResponse(request, "admin/articles/article/bring_in.html", context)


def _take_in(file: UploadedFile, request: HttpRequest, said: dict[str, Any]) -> Line:
    name = file.name or ""
    if (file.size or 0) > MOST_BYTES:
        return Line(name, _("refused"), reason=_("The file is larger than 20 MB."))
    page = capturing.Page(file.read(), name, **said)
    return _told(name, lambda: capturing.take_in(page, by=rules.editor_of(request)))


def _fetch(request: HttpRequest, said: dict[str, Any]) -> Line:
    return _told(said["address"], lambda: bringing.by_address(**said, by=rules.editor_of(request)))


def _told(name: str, take: Callable[[], capturing.Taken]) -> Line:
    """Take a page in and say what became of it, or why it was refused."""
    try:
        taken = take()
    except intake.Unreadable as refusal:
        sentence = gettext(refusal.template)
        return Line(name, _("refused"), reason=sentence % refusal.params if refusal.params else sentence)
    return Line(name, WORDS[taken.result], taken.article, reason=" ".join(_remarks(taken)))


def _remarks(taken: capturing.Taken) -> Iterator[str]:
    """What an editor should know of a page that came in."""
    if taken.parts > 1:
        yield gettext("It stood on %(count)d pages.") % {"count": taken.parts}
    if taken.pictures:
        said = ngettext("%(count)d picture came with it.", "%(count)d pictures came with it.", taken.pictures)
        yield said % {"count": taken.pictures}
    if taken.missed_pictures:
        missed = taken.missed_pictures
        said = ngettext("%(count)d picture could not be had.", "%(count)d pictures could not be had.", missed)
        yield said % {"count": missed}
    if taken.missing_part:
        yield str(MISSING_PART) % {"address": taken.missing_part}
    for date in taken.impossible_dates:
        yield str(IMPOSSIBLE_DATE % {"date": date})


PAGES: tuple[Page, ...] = (("bring-in/", "bring_in", bring_in),)
