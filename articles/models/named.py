"""What sources, authors, themes and tags share: a name, and an address made from it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from articles.models.fields import HanSlugField, LineField, slug_from
from articles.models.versioned import Versioned

TRIES = 3


class Immutable(Exception):
    """A row that is kept as it is for ever: a published edition, a capture."""


class Demonstration(models.Model):
    """A row that may belong to the demonstration library, which `remove_demo` takes away."""

    is_demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        abstract = True


class Alias(models.Model):
    """Another name of a row: an abbreviation, an old name, the other script, or that of a row merged into it.

    One that stood at an address of its own keeps it, and readers who come there are led on.
    """

    name = LineField(_("alias"), max_length=100)
    slug = HanSlugField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Named(Versioned, Demonstration):
    """A thing with a name and a permanent slug, given once from the name where the editor gives none."""

    name = LineField(_("name"), max_length=100)
    slug = HanSlugField(_("address"), blank=True, help_text=_("Made from the name when left empty."))
    # all that it may be looked for by: name and aliases in one script, their pinyin and its initials
    search_key = LineField(max_length=2_000, blank=True, editable=False)

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
            same = type(self)._default_manager.filter(slug__startswith=wanted).exclude(pk=self.pk)
            self.slug = slug_from(wanted, same.values_list("slug", flat=True))
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
            except IntegrityError:  # another writer took the address in this very moment
                continue
            return
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.slug and not slug_from(self.name):
            raise ValidationError({"name": _("A name needs at least one letter, digit or Chinese character.")})
