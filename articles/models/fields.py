"""Text columns that keep the same promises on every database."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 5_000_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def refuse_unstorable(value: str) -> None:
    """Raise `ValidationError` for NUL and lone surrogates: SQLite takes the first, PostgreSQL neither."""
    if UNSTORABLE.search(value):
        raise ValidationError(_("This text holds a character that cannot be stored (NUL or half a surrogate pair)."))


class _Storable(models.Field):
    """Checks the length on both databases, and on SQLite what PostgreSQL checks by itself: that no NUL is in it.

    A column check and not a table constraint, because PostgreSQL cannot even parse a NUL in the condition.
    """

    default_validators = [refuse_unstorable]

    def db_check(self, connection) -> str | None:  # Django's own signature
        column = connection.ops.quote_name(self.column)
        shortness = f"length({column}) <= {self.max_length}"
        return f"{shortness} AND instr({column}, char(0)) = 0" if connection.vendor == "sqlite" else shortness

    def get_db_prep_save(self, value: object, connection) -> object:
        """Refuse what cannot be stored in the words of the form, whatever door the value came by."""
        if isinstance(value, str):
            refuse_unstorable(value)
        return super().get_db_prep_save(value, connection)


class LineField(_Storable, models.CharField):
    """One line of text."""


class ProseField(_Storable, models.TextField):
    """Text of any length up to `LONGEST_TEXT` characters."""

    default_validators = [refuse_unstorable, MaxLengthValidator(LONGEST_TEXT)]

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(*args, **kwargs)


class AddressField(_Storable, models.URLField):
    """A web address; long ones are kept, as portals' addresses are."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", 1000)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        """An address typed without its scheme is taken for https."""
        return super().formfield(**{"assume_scheme": "https"} | kwargs)


class HanSlugField(_Storable, models.SlugField):
    """The part of an address that names a row; Chinese stays Chinese."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("allow_unicode", True)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)


class CountField(models.PositiveIntegerField):
    """A count or a position; SQLite would take numbers PostgreSQL has no room for."""

    MOST = 2_147_483_647
    default_validators = [MaxValueValidator(MOST)]

    def db_check(self, connection) -> str | None:
        column = connection.ops.quote_name(self.column)
        return f"{column} BETWEEN 0 AND {self.MOST}"


def slug_from(name: str, taken: Iterable[str | None] = (), *, longest: int = 80) -> str:
    """Return a slug for `name` that is not among `taken`; empty when the name has no letter, digit or Han.

    >>> slug_from("《乡村治理》"), slug_from("预算公开", ["预算公开"])
    ('乡村治理', '预算公开-2')
    """
    slug = slugify(unicodedata.normalize("NFKC", name), allow_unicode=True).strip("-_")[:longest]
    taken = set(taken)
    if slug not in taken:
        return slug
    return next(numbered for n in range(2, len(taken) + 3) if (numbered := f"{slug}-{n}") not in taken)
