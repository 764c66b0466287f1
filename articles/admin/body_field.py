"""The form field in which editors write the text of an article."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media

from articles import body
from articles.admin.editor_words import WORDS

EXTENSIONS = {
    "Paragraph": True,
    "Heading": {"levels": [2, 3, 4]},
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "autolink": False, "linkOnPaste": False},
    "BulletList": True,
    "OrderedList": {"listTypes": [{"label": "1, 2, 3", "type": "decimal", "description": ""}]},
    "ListItem": True,
    "Blockquote": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Figure": True,
    "Image": True,
    "Caption": True,
    "Fullscreen": True,
}

# Our own modules by the names they call each other: their files have a digest in theirs.
MODULES = {"wenmai/pasting": "js/admin/pasting.js", "wenmai/pictures": "js/admin/pictures.js"}

REFUSALS = {
    body.BodyTooLarge: _("The text is too large: five megabytes are allowed."),
    body.BodyTooDeep: _("The text is nested too deep. Paste it without its formatting."),
    body.BodyNotText: _("The text holds half of a character. Paste that passage again."),
}


class BodyWidget(AdminProseEditorWidget):
    """The rich text editor, offering the schema of a body and nothing else."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, preset="configurable")

    def get_config(self) -> dict[str, Any]:
        """Name the extensions, and our module that fits them to the schema and to the content policy."""
        words = {word: gettext(word) for word in WORDS}
        addresses = {
            "add": reverse("admin:articles_article_picture_add"),
            "credit": reverse("admin:articles_article_picture_credit"),
        }
        extensions = expand_extensions({**EXTENSIONS, "FitToPage": {"words": words, **addresses}})
        return {"extensions": extensions, "js_modules": [static("js/admin/prose-editor-wenmai.js")]}

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": ["css/admin-editor.css"]}, importmap=ImportMap(MODULES))


class BodyField(forms.CharField):
    """The text of an article; what is sent becomes canonical before anything compares or stores it."""

    widget = BodyWidget

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return body.normalise(text)
        except body.BodyRefused as refusal:
            raise ValidationError(REFUSALS[type(refusal)], code="refused") from refusal


class WithBodyEditor:
    """For an admin whose form holds a `BodyField`: the editor's import map is an inline script and needs the nonce."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
