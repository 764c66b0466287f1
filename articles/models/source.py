"""Sources: the outlets where texts appear."""

from typing import Self
from urllib.parse import urlsplit

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.fields import AddressField, LineField, ProseField
from articles.models.named import Alias, Named
from articles.models.versioned import VersionedQuerySet


class SourceQuerySet(VersionedQuerySet["Source"]):
    def called(self, name: str) -> Self:
        """Sources that bear this name or alias."""
        return self.filter(models.Q(name=name) | models.Q(aliases__name=name)).distinct()

    def at(self, address: str) -> Self:
        """Sources one of whose domains is the host of this address, or a parent domain of it."""
        labels = (urlsplit(address).hostname or "").split(".")
        return self.filter(domains__name__in=[".".join(labels[n:]) for n in range(len(labels) - 1)]).distinct()


class Source(Named):
    """An outlet where texts appear, with the editors' notes on how far to trust it."""

    class Kind(models.TextChoices):
        NEWSPAPER = "newspaper", _("newspaper")
        JOURNAL = "journal", _("journal")
        OFFICIAL = "official", _("official site")
        PORTAL = "portal", _("portal")
        AGGREGATOR = "aggregator", _("aggregator")
        DOCUMENTS = "documents", _("document-sharing site")
        UNKNOWN = "unknown", _("unknown")

    class Standing(models.TextChoices):
        RELIABLE = "reliable", _("reliable")
        USABLE = "usable", _("usable with care")
        DOUBTFUL = "doubtful", _("doubtful")
        HIJACKED = "hijacked", _("hijacked: name it, never link it")
        UNCHECKED = "unchecked", _("not yet judged")

    kind = LineField(_("kind"), max_length=20, choices=Kind, default=Kind.UNKNOWN)
    standing = LineField(_("standing"), max_length=20, choices=Standing, default=Standing.UNCHECKED)
    homepage = AddressField(_("home page"), blank=True)
    notes = ProseField(_("editors' notes"), blank=True, help_text=_("Shown to readers: how far to trust it, and why."))

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("name", name="source_name_is_unique"),
            models.CheckConstraint(name="source_has_a_name", condition=~models.Q(name="")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    @property
    def may_be_linked(self) -> bool:
        """A hijacked outlet is named and never linked."""
        return self.standing != self.Standing.HIJACKED


class SourceAlias(Alias):
    """Another name of a source; it means one source only."""

    OF = "source"

    source = models.ForeignKey(Source, models.CASCADE, related_name="aliases")
    name = LineField(_("alias"), max_length=100, unique=True)

    class Meta(Alias.Meta):
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")


class SourceDomain(models.Model):
    """A domain the source publishes under."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="domains")
    name = LineField(
        _("domain"),
        max_length=253,
        unique=True,
        validators=[RegexValidator(r"^(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$", _("Write it like news.example.cn."))],
    )

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
