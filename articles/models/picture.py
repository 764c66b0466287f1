"""Pictures of articles: re-encoded copies, stored once by their bytes."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from articles.models.fields import AddressField, CountField, LineField
from articles.models.named import Demonstration
from articles.models.versioned import Versioned, VersionedQuerySet


class PictureQuerySet(VersionedQuerySet["Picture"]):
    pass


class Picture(Versioned, Demonstration):
    """One picture as readers get it: re-encoded by us, so that it holds pixels and nothing else."""

    # the formats that intake writes, with the ending of their files
    SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}

    sha256 = LineField("SHA-256", max_length=64, unique=True, editable=False)
    media_type = LineField(_("media type"), max_length=100, editable=False)
    width = CountField(_("width"), editable=False)
    height = CountField(_("height"), editable=False)
    size = CountField(_("bytes"), editable=False)
    address = AddressField(_("address"), blank=True, editable=False)
    # widths of the smaller copies that stand beside the file, in pixels
    widths = models.JSONField(default=list, blank=True, editable=False)
    credit = LineField(_("credit"), max_length=200, blank=True, help_text=_("Who made it, and where it is from."))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-received_at", "-pk"]
        constraints = [models.CheckConstraint(name="picture_has_a_digest", condition=Exact(Length("sha256"), 64))]

    def __str__(self) -> str:
        return f"{self.address or self.media_type} ({self.sha256[:12]})"

    @property
    def path(self) -> str:
        """Where the file stands under MEDIA_ROOT, and its address under MEDIA_URL."""
        return f"pictures/{self.sha256[:2]}/{self.sha256}.{self.SUFFIXES[self.media_type]}"
