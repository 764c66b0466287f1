"""Deeds: what was done to many rows at once, row by row, so that it can be read afterwards and taken back."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models.fields import CountField, LineField

UNDO_FOR = timedelta(days=30)


class DeedQuerySet(models.QuerySet["Deed"]):
    def undoable(self) -> Self:
        """Deeds that can still be taken back."""
        return self.filter(state=Deed.State.DONE, done_at__gt=Now() - UNDO_FOR)

    def half_undone(self) -> Self:
        """Deeds of which the rest can still be taken back."""
        return self.filter(state=Deed.State.UNDONE, done_at__gt=Now() - UNDO_FOR)

    def left(self) -> Self:
        """Deeds that were begun and not gone on with while they could have been taken back."""
        return self.filter(state=Deed.State.RUNNING, done_at__lte=Now() - UNDO_FOR)

    def settled(self) -> Self:
        """Deeds that neither go on nor can be taken back."""
        return self.exclude(state=Deed.State.RUNNING).filter(done_at__lte=Now() - UNDO_FOR)


class Deed(models.Model):
    """Something done to many rows: who, when, what was chosen."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDONE = "undone", _("undone")

    kind = LineField(_("what"), max_length=40)
    said = models.JSONField(default=dict)
    state = LineField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    done_at = models.DateTimeField(_("when"), auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = DeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} ({self.pk})"


class DeedRow(models.Model):
    """What a deed did to one row, and what has to be known to take it back."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        UNCHANGED = "unchanged", _("nothing to do")
        FAILED = "failed", _("failed")
        UNDONE = "undone", _("undone")

    deed = models.ForeignKey(Deed, models.CASCADE, related_name="rows")
    position = CountField()
    table = LineField(max_length=40)
    key = models.BigIntegerField()
    name = LineField(max_length=300, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    outcome = LineField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    told = LineField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("row of a deed")
        verbose_name_plural = _("rows of a deed")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["deed", "position"], name="deed_row_has_its_position")]

    def __str__(self) -> str:
        return self.name
