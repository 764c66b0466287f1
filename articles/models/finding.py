"""Findings: what looks wrong in an edition, and what was decided about it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.models.anchored import Anchored
from articles.models.fields import LineField, ProseField

# Restoration may know more classes than these; such a one goes by its code.
CLASSES = {
    "compatibility_form": _("characters of a typesetter’s font"),
    "date_conflict": _("dates that disagree"),
    "doubled_phrase": _("doubled words"),
    "glued_byline": _("credit glued to the text"),
    "glued_heading": _("heading glued to the text"),
    "glyph_substitution": _("substituted characters"),
    "html_residue": _("leftover HTML codes"),
    "impossible_date": _("date that does not exist"),
    "indentation": _("indentation spaces"),
    "injected_text": _("inserted text"),
    "inserted_pinyin": _("inserted pinyin"),
    "long_title": _("title too long"),
    "lost_bytes": _("characters garbled by a lost byte"),
    "lost_characters": _("lost characters"),
    "machine_converted": _("converted by machine"),
    "machine_tail": _("machine translation at the end"),
    "masked_text": _("masked words"),
    "missing_stop": _("missing full stop"),
    "mixed_script": _("characters of the other script"),
    "mojibake": _("wrongly decoded text"),
    "ocr_confusion": _("misread characters"),
    "page_cut": _("page cuts"),
    "private_use": _("icon-font characters"),
    "punctuation_width": _("half-width punctuation"),
    "reader_correction": _("correction by a reader"),
    "running_head": _("running heads and page numbers"),
    "source_conflict": _("sources that disagree"),
    "suspect_site": _("site not to be trusted"),
    "truncated": _("text cut off"),
    "variant": _("reading of another copy"),
    "zero_width": _("invisible characters"),
}


def name_of_class(code: str) -> str | Promise:
    """Return the name of a class of findings; one the table does not know yet goes by its code."""
    return CLASSES.get(code, code.replace("_", " "))


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> Self:
        """Findings that wait for an editor."""
        return self.filter(state=Finding.State.OPEN)

    def dismissed(self) -> Self:
        """What an editor left as it is, also where an edit has settled it since; a repair that was settled is not."""
        settled = models.Q(state=Finding.State.SETTLED, decided_at__isnull=False)
        is_repair = models.Q(suggestion__isnull=False, exact=models.F("suggestion"))
        return self.filter(models.Q(state=Finding.State.DISMISSED) | settled & ~is_repair)

    def repairs(self) -> Self:
        """What was put right: on arrival, or by an editor; readers see these, and each can be taken back."""
        return self.filter(state__in=[Finding.State.CLEANED, Finding.State.ACCEPTED])


class Finding(Anchored):
    """A detected defect at one place of an edition; once accepted it is a repair.

    While it is open its place is where `found` stands; of a repair it is where `suggestion` stands now.
    """

    class Severity(models.TextChoices):
        INFO = "info", _("info")
        WARNING = "warning", _("warning")
        ERROR = "error", _("error")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLEANED = "cleaned", _("cleaned on arrival")
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("dismissed")
        SETTLED = "settled", _("settled by an edit")

    # body.TITLE, or the number of a block
    block = models.IntegerField()
    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="findings")
    code = LineField(_("class"), max_length=40)
    severity = LineField(_("severity"), max_length=10, choices=Severity)
    found = ProseField(_("found"), blank=True)
    suggestion = ProseField(_("suggestion"), null=True, blank=True)
    confidence = models.FloatField(_("confidence"))
    state = LineField(_("state"), max_length=10, choices=State, default=State.OPEN)
    # why it was dismissed
    remark = LineField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    found_at = models.DateTimeField(auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["block", "start", "pk"]
        indexes = [
            models.Index(fields=["edition", "state", "code"], name="finding_by_edition"),
            models.Index(fields=["edition", "state", "severity"], name="finding_worst"),
            models.Index(fields=["state", "severity", "edition"], name="finding_by_severity"),
            models.Index(fields=["state", "code", "edition"], name="finding_by_code"),
        ]
        constraints = [
            *Anchored.constraints("finding"),
            models.CheckConstraint(name="finding_is_in_title_or_body", condition=models.Q(block__gte=body.TITLE)),
            models.CheckConstraint(
                name="finding_confidence_is_a_share", condition=models.Q(confidence__gte=0, confidence__lte=1)
            ),
        ]

    def __str__(self) -> str:
        change = f" → {self.suggestion}" if self.suggestion is not None else ""
        return f"{name_of_class(self.code)}: {self.found}{change}"
