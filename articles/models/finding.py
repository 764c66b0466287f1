"""Findings: what looks wrong in an edition, and what was decided about it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField, ProseField
from articles.models.theme import Anchored


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> Self:
        """Findings that wait for an editor."""
        return self.filter(state=Finding.State.OPEN)


class Finding(Anchored):
    """A detected defect at one place of an edition."""

    class Severity(models.TextChoices):
        INFO = "info", _("info")
        WARNING = "warning", _("warning")
        ERROR = "error", _("error")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLEANED = "cleaned", _("cleaned on arrival")
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("dismissed")

    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="findings")
    code = LineField(_("class"), max_length=40)
    severity = LineField(_("severity"), max_length=10, choices=Severity)
    found = ProseField(_("found"), blank=True)
    suggestion = ProseField(_("suggestion"), null=True, blank=True)
    confidence = models.FloatField(_("confidence"))
    state = LineField(_("state"), max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["block", "start", "pk"]
        indexes = [models.Index(fields=["edition", "state", "code"], name="finding_by_edition")]
        constraints = [
            *Anchored.constraints("finding"),
            models.CheckConstraint(
                name="finding_confidence_is_a_share", condition=models.Q(confidence__gte=0, confidence__lte=1)
            ),
        ]

    def __str__(self) -> str:
        change = f" → {self.suggestion}" if self.suggestion is not None else ""
        return f"{self.code}: {self.found}{change}"
