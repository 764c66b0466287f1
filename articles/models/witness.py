"""Witnesses and captures: the copies an article was found in, and their bytes exactly as received."""

from typing import Self

from django.core.files.storage import default_storage
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.fields import AddressField, CountField, LineField, ProseField
from articles.models.named import Demonstration, Immutable


class Capture(Demonstration):
    """The bytes of a witness exactly as received; stored once by their SHA-256, never changed."""

    sha256 = LineField("SHA-256", max_length=64, unique=True, editable=False)
    size = CountField(_("bytes"), editable=False)
    media_type = LineField(_("media type"), max_length=100, editable=False)
    encoding = LineField(_("encoding"), max_length=40, blank=True, editable=False)
    address = AddressField(_("address"), blank=True, editable=False)
    file_name = LineField(_("file name"), max_length=255, blank=True, editable=False)
    # a text on several pages: each page is a capture, and all but the first continue the first
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="further_parts", editable=False
    )
    part = CountField(default=1, editable=False)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-received_at", "-pk"]
        constraints = [models.CheckConstraint(name="capture_has_a_digest", condition=Exact(Length("sha256"), 64))]

    def __str__(self) -> str:
        return f"{self.file_name or self.address or self.media_type} ({self.sha256[:12]})"

    def save(self, *args, **kwargs) -> None:  # Django's own signature
        if not self._state.adding:
            raise Immutable(self.sha256)
        super().save(*args, **kwargs)

    @property
    def path(self) -> str:
        """Where the bytes stand under MEDIA_ROOT."""
        return f"captures/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"

    def read(self) -> bytes:
        """Return the bytes. Raises `FileNotFoundError` when the file is gone."""
        with default_storage.open(self.path) as file:
            return file.read()


class WitnessQuerySet(models.QuerySet["Witness"]):
    def shown(self) -> Self:
        """Copies that readers see: those an editor has judged, and the one the article was made of."""
        first = Witness.objects.filter(article=models.OuterRef("article")).order_by("seen_at", "pk").values("pk")[:1]
        return self.exclude(models.Q(kind=Witness.Kind.UNKNOWN) & ~models.Q(pk=models.Subquery(first)))


class Witness(Demonstration):
    """One copy of the article as found at one source."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("original")
        REPRINT = "reprint", _("reprint")
        EXCERPT = "excerpt", pgettext_lazy("kind of copy", "excerpt")
        REWRITE = "rewrite", _("rewrite")
        UNKNOWN = "unknown", _("not yet judged")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="witnesses")
    source = models.ForeignKey(
        "articles.Source", models.PROTECT, null=True, blank=True, related_name="witnesses", verbose_name=_("source")
    )
    capture = models.OneToOneField(
        Capture, models.PROTECT, null=True, blank=True, related_name="witness", verbose_name=_("capture")
    )
    address = AddressField(_("address"), blank=True)
    title_there = LineField(_("title there"), max_length=300, blank=True)
    date_there = LineField(_("date there"), max_length=40, blank=True)
    kind = LineField(_("kind"), max_length=20, choices=Kind, default=Kind.UNKNOWN)
    evidence = ProseField(_("evidence"), blank=True, help_text=_("What shows that it is of this kind."))
    confidence = models.FloatField(_("confidence"), default=0.5, help_text=_("From 0 to 1."))
    # the copy this one was reprinted from, where that is known
    copied_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reprints",
        editable=False,
        verbose_name=_("reprinted from"),
    )
    # what its address answered when it was last asked
    is_dead = models.BooleanField(_("address is dead"), default=False, editable=False)
    answer = LineField(_("answer"), max_length=100, blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, editable=False)
    # digest of the text that was made of its capture: it tells whether anybody wrote in it since; see actions.rereading
    made_digest = LineField(max_length=64, blank=True, editable=False)
    # field by field: what was read in the capture, where, by which rule, how surely; see intake.draft.Reading
    readings = models.JSONField(default=list, blank=True, editable=False)
    seen_at = models.DateTimeField(_("seen"), auto_now_add=True)
    # how it differs from the text it is shown beside, where a page knows that; see actions.differing
    difference: models.TextChoices | None = None

    objects = WitnessQuerySet.as_manager()

    class Meta:
        verbose_name = _("witness")
        verbose_name_plural = _("witnesses")
        ordering = ["seen_at", "pk"]
        indexes = [
            models.Index(fields=["is_dead"], condition=models.Q(is_dead=True), name="witness_dead"),
            models.Index(fields=["checked_at"], name="witness_by_check"),
        ]
        constraints = [
            models.CheckConstraint(
                name="witness_confidence_is_a_share", condition=models.Q(confidence__gte=0, confidence__lte=1)
            ),
            models.CheckConstraint(
                name="witness_is_not_copied_from_itself", condition=~models.Q(copied_from=models.F("id"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.source or self.address or self.title_there or self.pk)
