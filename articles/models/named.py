"""What sources, authors, themes and tags share: a name, and an address made from it."""

from typing import Any, ClassVar, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from articles.chinese import pinyin
from articles.models.fields import HanSlugField, LineField, slug_from
from articles.models.versioned import Versioned

TRIES = 3
AnyAlias = TypeVar("AnyAlias", bound="Alias")


class Immutable(Exception):
    """A row that is kept as it is for ever: a published edition, a capture."""


class Demonstration(models.Model):
    """A row that may belong to the demonstration library, which `remove_demo` takes away."""

    is_demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        abstract = True


class Searched(models.Model):
    """A row that is looked for by its name and aliases, in either script, by pinyin and by initials."""

    LONGEST_KEY = 2_000
    aliases: Any  # the other side of the alias tables' keys

    # kept at every save of the row or of one of its aliases; see `pinyin.search_key`
    search_key = LineField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = self.key()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_key"}
        super().save(*args, **kwargs)

    @property
    def is_person(self) -> bool:
        """Whether the row is looked for by the reading of a surname, too."""
        return False

    def key(self) -> str:
        """What the row may be looked for by, as it and its aliases stand now."""
        aliases = [] if self._state.adding else [alias.name for alias in self.aliases.all()]
        return pinyin.search_key([str(self), *aliases], longest=self.LONGEST_KEY, are_persons=self.is_person)


class AliasQuerySet(models.QuerySet[AnyAlias]):
    def delete(self) -> tuple[int, dict[str, int]]:
        owners = {alias.owner for alias in self.select_related(self.model.OF)}
        deleted = super().delete()
        for owner in owners:
            keep_findable(owner)
        return deleted

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own: no manager offers it


class Alias(models.Model):
    """Another name of a row: an abbreviation, an old name, the other script, or that of a row merged into it.

    One that stood at an address of its own keeps it, and readers who come there are led on.
    """

    # the column that points at the row
    OF: ClassVar[str]

    name = LineField(_("alias"), max_length=100)
    slug = HanSlugField(null=True, blank=True, editable=False)

    objects = AliasQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            keep_findable(self.owner)

    @property
    def owner(self) -> Any:
        """The row this is another name of."""
        return getattr(self, self.OF)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            keep_findable(self.owner)
        return deleted


def keep_findable(row: Any) -> None:
    """Write the row's key anew; it follows from other columns and aliases, so it counts no version."""
    row._prefetched_objects_cache = {}
    row.search_key = row.key()
    type(row)._base_manager.filter(pk=row.pk).update(search_key=row.search_key)


def addresses_like(wanted: str, row: Any) -> set[str | None]:
    """Return the addresses of the row's table that begin so: of others, and former ones that lead on to a row."""
    same = type(row)._default_manager.filter(slug__startswith=wanted).exclude(pk=row.pk)
    aliases = cast("type[Alias]", row._meta.get_field("aliases").related_model)
    former = aliases.objects.filter(slug__startswith=wanted)
    return {*same.values_list("slug", flat=True), *former.values_list("slug", flat=True)}


class Named(Searched, Versioned, Demonstration):
    """A thing with a name and a permanent slug, given once from the name where the editor gives none."""

    name = LineField(_("name"), max_length=100)
    slug = HanSlugField(_("address"), blank=True, help_text=_("Made from the name when left empty."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # Django's own signature
        if self.slug:
            super().save(*args, **kwargs)
            return
        wanted = slug_from(self.name) or str(self._meta.model_name)
        for _attempt in range(TRIES):
            self.slug = slug_from(wanted, addresses_like(wanted, self))
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
            except IntegrityError:  # another writer took the address in this very moment
                continue
            return
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        # a name that was refused already is empty here, which is no fault of its own
        if self.name and not self.slug and not slug_from(self.name):
            raise ValidationError({"name": _("A name needs at least one letter, digit or Chinese character.")})
