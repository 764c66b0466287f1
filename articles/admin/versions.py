"""For every admin: whoever saves says which version they had read, and the second of two loses nothing."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.db import OperationalError
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse, QueryDict

from articles.actions import deleting
from articles.admin import conflicts
from articles.admin.conflicts import RESTORED, VersionedForm
from articles.admin.keys import version_read
from articles.models import StaleVersion, Versioned

# Another writer may be quicker than a save that looks again, but not for ever.
TRIES = 3
# PostgreSQL ended the transaction so that another one can go on: a serialization failure, a deadlock.
GAVE_WAY = frozenset({"40001", "40P01"})

# No field has this name.
STANDS_ON = "_stands_on"


class NothingDiffers(StaleVersion):
    """Somebody saved meanwhile, and nothing that the form shows is other than when it was opened, or than was typed."""

    def __init__(self, sent: QueryDict) -> None:
        self.sent = sent


class VersionedAdmin(admin.ModelAdmin):
    """Checks the version on every form and deletion, and shows who came second both texts."""

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        if issubclass(self.model, Versioned):
            kwargs["form"] = conflicts.versioned(kwargs.get("form") or self.form)
        return super().get_form(request, obj, change, **kwargs)

    def get_formset_kwargs(self, request: HttpRequest, obj: Model, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            link = _get_foreign_key(inline.parent_model, inline.model, fk_name=inline.fk_name).name
            standing = kwargs["queryset"].filter(**{link: obj.pk}).values_list("pk", flat=True)
            rows = conflicts.with_rows_that_stand(kwargs["data"], prefix, {str(key) for key in standing})
            kwargs["data"] = rows
        return kwargs

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Save whole or not at all; who comes second gets the form back, with their words and those that were saved."""
        view = super().changeform_view

        def save() -> HttpResponse:
            try:
                return view(request, object_id, form_url, extra_context)
            except NothingDiffers as found:
                return view(_sending(request, found.sent), object_id, form_url, extra_context)

        return _until_it_stands(save)

    def shown_again(self, request: HttpRequest, object_id: str | None, data: QueryDict) -> HttpResponse:
        """Return the form with words that were typed earlier in it; nothing is saved."""
        sent = data.copy()
        sent[RESTORED] = "yes"
        again = _sending(request, sent)
        again.method = "POST"
        return self.changeform_view(again, object_id)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if isinstance(form, VersionedForm):
            self._carry_version(request, context, form)
        response = super().render_change_form(request, context, *args, **kwargs)
        if context.get("differences") is not None and RESTORED not in request.POST:
            response.status_code = 409
        return response

    def _carry_version(self, request: HttpRequest, context: dict[str, Any], form: VersionedForm) -> None:
        """Let the form say what it was opened on: at first what stands, and after a conflict what stands now."""
        inlines: list[InlineAdminFormSet] = context["inline_admin_formsets"]
        formsets = [inline.formset for inline in inlines]
        if not form.is_bound:
            form.initial["version"] = form.instance.version if form.instance.pk else 0
            form.initial["base"] = self._sealed(conflicts.words_of(form, formsets), form.instance)
        elif form.is_stale:
            saved = self.get_object(request, str(form.instance.pk))
            if saved is None:
                raise StaleVersion(form.instance.pk)
            is_beside = self._is_beside(form, saved)
            differences = self._meet(request, form, inlines, saved)
            if is_beside and not differences and RESTORED not in request.POST:
                raise NothingDiffers(cast("QueryDict", form.data))
            context["differences"] = differences

    def stands_on(self, row: Any) -> str:
        """Return what a form writes into, beside its words: where that is another by now, who has it open is asked."""
        return ""

    def _sealed(self, words: conflicts.Words, row: Model) -> str:
        return conflicts.seal(words | {STANDS_ON: self.stands_on(row) if row.pk else ""}, row)

    def _is_beside(self, form: VersionedForm, saved: Versioned) -> bool:
        """Say whether the form was opened on an earlier version of what it would still write into."""
        base = conflicts.unseal(form.data.get("base", ""), saved) or {}
        is_earlier = 0 < (form.cleaned_data.get("version") or 0) < saved.version
        return is_earlier and base.get(STANDS_ON) == self.stands_on(saved)

    def _meet(
        self, request: HttpRequest, form: VersionedForm, inlines: list[InlineAdminFormSet], saved: Versioned
    ) -> list[conflicts.Difference]:
        """Put their words where I had written none, and return what differs."""
        formsets = [inline.formset for inline in inlines]
        their_form, their_formsets = self.as_saved(request, saved)
        base = conflicts.unseal(form.data.get("base", ""), saved)
        theirs = conflicts.words_of(their_form, their_formsets)
        mine = conflicts.words_of(form, formsets)
        conflict = conflicts.meet(base, mine, theirs)
        shown = cast("QueryDict", form.data).copy()
        for inline, table in zip(inlines, their_formsets, strict=True):
            if table.prefix in conflict.taken_over:
                inline.formset = table
        for name in form.fields.keys() & set(conflict.taken_over):
            shown[form.add_prefix(name)] = str(theirs[name])
        shown["version"], shown["base"] = str(saved.version), self._sealed(theirs, saved)
        form.data = shown
        return conflicts.differences(conflict, (base, theirs, mine), form, their_formsets)

    def as_saved(self, request: HttpRequest, row: Model) -> tuple[forms.ModelForm, list[BaseInlineFormSet]]:
        """Return the form of the row, and the tables under it, as whoever opened them now would see them."""
        looking = copy(request)
        looking.method = "GET"
        form = self.get_form(looking, row, change=True)(instance=row)
        formsets, _inlines = self._create_formsets(looking, row, change=True)
        return form, formsets

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except StaleVersion:
            row = self.get_object(request, object_id)
            return conflicts.stale(self, request, row) if row else conflicts.gone(self, request, [])

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete what was shown when it was asked whether to."""
        if isinstance(obj, Versioned):
            deleting.delete(obj, version=version_read(request))
        else:
            super().delete_model(request, obj)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Django sends whoever wrote into a deleted row away; their words stay on the page instead."""
        if request.method != "POST" or not self.has_change_permission(request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
        form = self.get_form(request, None)(request.POST)
        words = conflicts.words_of(form)
        fields = ((form.fields[name], name, text) for name, text in words.items() if text)
        return conflicts.gone(self, request, [(f.label, conflicts.as_read(f, str(text))) for f, name, text in fields])


def _until_it_stands(save: Callable[[], HttpResponse]) -> HttpResponse:
    """Save again when somebody saved between our look and our claim: looking again, the form sees it itself."""
    for _attempt in range(TRIES - 1):
        try:
            return save()
        except StaleVersion:
            continue
    return save()


def _sending(request: HttpRequest, sent: QueryDict) -> HttpRequest:
    """Return the request as one that sends this."""
    _files = request.FILES  # asked for later, they would be read anew, and with them what was sent
    again = copy(request)
    again.POST = sent
    return again


def past_deadlocks(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view, which begins anew where its transaction had to give way to another one's."""

    @wraps(view)
    def trying(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for _attempt in range(TRIES - 1):
            try:
                return view(request, *args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in GAVE_WAY:
                    raise
                for file in request.FILES.values():
                    file.seek(0)
        return view(request, *args, **kwargs)

    return trying
