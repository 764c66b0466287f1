"""Two people wrote into one row: whose words are whose, so that nobody's are lost."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BaseModelFormSet, ModelChoiceField
from django.forms.models import InlineForeignKeyField
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.forms import TagField

from articles import body
from articles.admin.body_field import BodyField
from articles.admin.keys import as_key
from articles.models import tags_from_string
from articles.restoration.bodies import BodyRow, Change, compare_bodies
from articles.restoration.comparing import Run, compare

# The words of a form: each field as text, and the rows of what hangs on it as lists of texts.
Text = str | list[list[str]]
Words = dict[str, Text]

DELETE = forms.formsets.DELETION_FIELD_NAME
SALT = "articles.base"
# Sent with words that were typed earlier and are to be looked at again: such a form is shown and never saved.
RESTORED = "_restored"
# A text of more characters is shown without the paragraphs in which nothing differs.
SHORT = 300
# No table of a form has more rows than Django reads.
MOST_ROWS = 1_000
# What a form carries beside words.
CARRIED = frozenset({"version", "base", "copy"})


class VersionedForm(forms.ModelForm):
    """A form that knows which version of its row it was opened on, and what stood there then."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    is_stale = False

    @cached_property
    def changed_data(self) -> list[str]:
        """What was typed; what the form carries for itself is no news for a history."""
        return [name for name in super().changed_data if not self.fields[name].widget.is_hidden]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if RESTORED in self.data:
            self.add_error(None, _("These are the words you had typed. They are not saved yet."))
        if self.instance.pk and self.cleaned_data.get("version") != self.instance.version:
            self.is_stale = True
            self.add_error(None, _("Somebody saved this while you were writing. Your words are kept, not yet saved."))
        return self.cleaned_data


def versioned(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """Return the form as one that checks the version."""
    return form if issubclass(form, VersionedForm) else type(form.__name__, (VersionedForm, form), {})


# Words


def text_of(field: forms.Field, value: Any) -> str:
    """Return what a field shows or was sent as one text; what the field would tidy away makes no difference."""
    if isinstance(field, TagField):
        names = tags_from_string(value) if isinstance(value, str) else [tag.name for tag in value or ()]
        return "，".join(sorted(names))
    if isinstance(value, str) and not isinstance(field, ModelChoiceField):
        with suppress(ValidationError):
            value = field.to_python(value)
    if isinstance(field, forms.BooleanField):
        value = bool(value)
    text = "" if value is None else str(getattr(value, "pk", value))
    return text.replace("\r\n", "\n").strip()


def words_of(form: forms.BaseForm, formsets: Iterable[BaseModelFormSet] = ()) -> Words:
    """Return what stands in a form and in the tables under it, saved or typed."""
    words: Words = {name: text_of(form.fields[name], form[name].value()) for name in form.fields if name not in CARRIED}
    return words | {str(formset.prefix): rows_of(formset) for formset in formsets}


def rows_of(formset: BaseModelFormSet) -> list[list[str]]:
    """Return the rows that are more than an empty line and are not struck out."""
    rows = [
        form for form in formset.forms if form.instance.pk or (form.has_changed() if form.is_bound else form.initial)
    ]
    kept = [form for form in rows if not is_struck_out(form)]
    return [[text_of(form.fields[name], form[name].value()) for name in columns(formset)] for form in kept]


def is_struck_out(form: forms.BaseForm) -> bool:
    """Say whether a row of a table is marked to be deleted."""
    return DELETE in form.fields and bool(form[DELETE].value())


def columns(formset: BaseModelFormSet) -> list[str]:
    """Return the names of the fields of a row that hold words."""
    unsaid = {"id", DELETE, forms.formsets.ORDERING_FIELD_NAME}
    fields = formset.empty_form.fields
    return [name for name in fields if name not in unsaid and not isinstance(fields[name], InlineForeignKeyField)]


# The base: what stood in the form when it was opened, carried by the form itself


def seal(words: Words, row: Model) -> str:
    """Return the words in a form that nobody but us can have written, for this row."""
    return signing.dumps([row._meta.label, row.pk, words], salt=SALT, compress=True)


def unseal(text: str, row: Model) -> Words | None:
    """Return the words that were sealed for this row; None for anything else, whoever sent it."""
    try:
        label, pk, words = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return words if (label, pk) == (row._meta.label, row.pk) else None


# Conflicts


@dataclass(frozen=True, slots=True)
class Conflict:
    """What became of each field that differs: taken over from the other writer, or changed by both."""

    taken_over: tuple[str, ...] = ()
    changed_by_both: tuple[str, ...] = ()


def meet(base: Words | None, mine: Words, theirs: Words) -> Conflict:
    """Sort the fields in which my words differ from theirs; a field only I touched is no conflict.

    Where the base is not known every difference may be one.

    >>> meet({"title": "议事", "notes": ""}, {"title": "议事", "notes": "甲"}, {"title": "议事会", "notes": "乙"})
    Conflict(taken_over=('title',), changed_by_both=('notes',))
    """
    taken: list[str] = []
    both: list[str] = []
    for name, words in mine.items():
        stood = None if base is None else base.get(name)
        if name in theirs and words != theirs[name] != stood:
            (taken if words == stood else both).append(name)
    return Conflict(tuple(taken), tuple(both))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with what differs in its words and in its markup, or (without either) some that are the same."""

    runs: tuple[Run, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before both writers, with what each of them made of it."""

    label: str | Promise
    is_taken_over: bool
    base: str | None
    theirs: list[Line]
    mine: list[Line]
    their_text: str


def differences(
    conflict: Conflict,
    words: tuple[Words | None, Words, Words],
    form: forms.BaseForm,
    formsets: Iterable[BaseModelFormSet],
) -> list[Difference]:
    """Return the fields of a conflict as people read them; `words` are the base, theirs and mine."""
    tables = {formset.prefix: formset for formset in formsets}
    found = []
    for name in (*conflict.changed_by_both, *conflict.taken_over):
        texts = [None if said is None else said.get(name, "") for said in words]
        base, theirs, mine = _as_read(form, tables.get(name), name, texts)
        label: Any = tables[name].model._meta.verbose_name_plural if name in tables else form.fields[name].label
        is_body = name not in tables and _are_bodies(form.fields[name], texts)
        told = [str(text or "") for text in (texts if is_body else (base, theirs, mine))]
        before = told[1] if base is None else told[0]
        marked = (marks(before, told[1], is_body=is_body), marks(before, told[2], is_body=is_body))
        found.append(Difference(label, name in conflict.taken_over, base, *marked, their_text=theirs or ""))
    return found


def marks(before: str, after: str, *, is_body: bool = False) -> list[Line]:
    """Return the paragraphs in which two texts differ, with what went and what came; one empty line for the rest.

    Of two bodies what differs beside their words is told, too.
    """
    lines: list[Line] = []
    for row in compare_bodies(before, after) if is_body else compare(before.split("\n"), after.split("\n")):
        changes = row.changes if isinstance(row, BodyRow) else ()
        line = Line() if row.is_same and not changes and len(before) > SHORT else Line(row.runs, changes)
        if line != Line() or not lines or lines[-1] != Line():
            lines.append(line)
    return lines


def _as_read(
    form: forms.BaseForm, table: BaseModelFormSet | None, name: str, texts: Sequence[Text | None]
) -> list[str | None]:
    if table is not None:
        fields = [table.empty_form.fields[column] for column in columns(table)]
        return [None if rows is None else _rows_as_read(fields, rows) for rows in texts]
    field = form.fields[name]
    read = [None if text is None else as_read(field, str(text)) for text in texts]
    # where people read the same and yet it differs, it is shown as it is stored
    if len(set(read)) == len(set(map(str, texts))) or _are_bodies(field, texts):
        return read
    return [None if text is None else str(text) for text in texts]


def _are_bodies(field: forms.Field, texts: Iterable[Text | None]) -> bool:
    """Whether all of them are bodies as they are stored: what was refused stays as it was typed."""
    if not isinstance(field, BodyField):
        return False
    with suppress(ValidationError):
        return all(text is None or field.to_python(text) == text for text in texts)
    return False


def _rows_as_read(fields: Sequence[forms.Field], rows: Text) -> str:
    lines = (zip(fields, row, strict=False) for row in rows)
    return "\n".join(" · ".join(as_read(field, str(text)) for field, text in line if text) for line in lines)


def as_read(field: forms.Field, text: str) -> str:
    """Return a field's text as people read it: names for keys and codes, a body without its markup."""
    if isinstance(field, ModelChoiceField):
        row = field.queryset.filter(pk=key).first() if (key := as_key(text)) else None
        return text if row is None else str(row)
    if isinstance(field, BodyField):
        return body.plain_text(text)
    if isinstance(field, forms.BooleanField):
        return str(gettext_lazy("yes") if text == "True" else gettext_lazy("no"))
    choices = getattr(field, "choices", ())
    return str(dict(choices).get(text, text))


# Rows that went


def with_rows_that_stand(data: Mapping[str, Any], prefix: str, standing: set[str]) -> Any:
    """Return what was sent for a table; rows that somebody deleted meanwhile become new ones, behind the others."""
    total, first_new = (_count(data, f"{prefix}-{name}") for name in ("TOTAL_FORMS", "INITIAL_FORMS"))
    key = f"{prefix}-%d-id"
    gone = [number for number in range(min(first_new, total)) if data.get(key % number) not in standing]
    if not gone:
        return data
    order = [number for number in range(total) if number not in gone] + gone
    renamed = data.copy()
    for number in range(total):
        for name in [name for name in data if name.startswith(f"{prefix}-{number}-")]:
            del renamed[name]
    for place, number in enumerate(order):
        old = f"{prefix}-{number}-"
        for name in [name for name in data if name.startswith(old)]:
            is_lost_key = number in gone and name == key % number
            renamed[f"{prefix}-{place}-{name.removeprefix(old)}"] = "" if is_lost_key else data[name]
    renamed[f"{prefix}-INITIAL_FORMS"] = str(first_new - len(gone))
    return renamed


def _count(data: Mapping[str, Any], name: str) -> int:
    return min(as_key(data.get(name)) or 0, MOST_ROWS)


# Pages


def stale(
    admin: ModelAdmin,
    request: HttpRequest,
    row: Model,
    mine: Sequence[Any] = (),
    *,
    version: str = "version",
    lost: Sequence[tuple[Any, str]] = (),
    told: str = "",
    is_sendable: bool = False,
    **sent: Any,
) -> TemplateResponse:
    """Return the page for who came second on a screen that is no form of the row.

    `mine` are the fields (`typed.Typed`) that were sent; those with words of theirs can be sent again from the page,
    against the version that stands now, with all else that was sent and `sent` in place of it (None: not at all).
    `lost` are labels with words that nothing takes any more; `is_sendable` says that it can be sent again even without
    words.
    """
    now: Any = type(row)._base_manager.filter(pk=row.pk).first()
    typed = [field for field in mine if field.is_mine]
    if now is None:
        return gone(admin, request, [*((field.label, field.mine_as_read) for field in typed), *lost])
    shown = {
        **admin.admin_site.each_context(request),
        "title": _("Somebody changed this %(name)s meanwhile") % {"name": row._meta.verbose_name},
        "opts": row._meta,
        "row": now,
        "typed": typed,
        "is_sendable": bool(typed) or is_sendable,
        "mine": lost,
        "told": told,
        "carried": _carried(request, mine, {version: now.version, "base": _standing(mine, now), **sent}),
        "media": sum((form.media for form in {id(f.field.form): f.field.form for f in typed}.values()), admin.media),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/stale.html", shown, status=409)


def _carried(request: HttpRequest, mine: Sequence[Any], sent: dict[str, Any]) -> list[tuple[str, Any]]:
    """What goes along unseen: what was sent besides, and what stands now in fields that were left alone."""
    names = {field.name for field in mine} | sent.keys() | {"csrfmiddlewaretoken"}
    besides = [(name, value) for name, values in request.POST.lists() if name not in names for value in values]
    alone = [(field.name, text) for field in mine if not field.is_mine and (text := field.carried)]
    return [*besides, *alone, *((name, value) for name, value in sent.items() if value is not None)]


def _standing(mine: Sequence[Any], row: Model) -> str:
    return seal({field.name: field.theirs for field in mine if field.theirs is not None}, row)


def gone(admin: ModelAdmin, request: HttpRequest, mine: Sequence[tuple[Any, str]]) -> TemplateResponse:
    """Return the page for who wrote into a row that somebody deleted meanwhile: their words are on it."""
    shown = {
        **admin.admin_site.each_context(request),
        "title": _("Somebody deleted this %(name)s meanwhile") % {"name": admin.opts.verbose_name},
        "opts": admin.opts,
        "row": None,
        "mine": mine,
    }
    return TemplateResponse(request, "admin/articles/stale.html", shown, status=409)
