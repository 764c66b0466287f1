"""Pictures of articles: re-encoded copies, stored once by their bytes."""

import re

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from articles.models.fields import AddressField, CountField, LineField
from articles.models.named import Demonstration
from articles.models.versioned import Versioned, VersionedQuerySet

# as the body of an article names a picture of ours
DIGEST = re.compile(r'<img src="/media/pictures/[0-9a-f]{2}/([0-9a-f]{64})\.')


class PictureQuerySet(VersionedQuerySet["Picture"]):
    def standing_in(self, body_html: str) -> "dict[str, Picture]":
        """Return the pictures of a body by the address it names them by; a body without any asks no query."""
        digests = set(DIGEST.findall(body_html))
        return {picture.src: picture for picture in self.filter(sha256__in=digests)} if digests else {}


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
        return f"{self._stem}.{self.SUFFIXES[self.media_type]}"

    @property
    def src(self) -> str:
        """Its address as the body of an article writes it."""
        return f"/media/{self.path}"

    def path_of_copy(self, width: int) -> str:
        """Where the copy of this width stands, and its address, as `path` does for the picture itself."""
        return f"{self._stem}-{width}.webp"

    @property
    def srcset(self) -> str:
        """Its copies and itself for a browser to choose from; empty where there are none."""
        copies = [f"/media/{self.path_of_copy(width)} {width}w" for width in self.widths]
        return ", ".join([*copies, f"{self.src} {self.width}w"]) if copies else ""

    @property
    def thumbnail(self) -> str:
        """The address of the narrowest copy."""
        return f"/media/{self.path_of_copy(min(self.widths))}" if self.widths else self.src

    @property
    def _stem(self) -> str:
        return f"pictures/{self.sha256[:2]}/{self.sha256}"
