"""How often an article is read and thanked for: marks as they come, counts by day, and what lists sort by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import CountField, LineField


class Mark(models.Model):
    """One read or one thanks that is not counted yet: written once and never waited for."""

    class Kind(models.TextChoices):
        READ = "read", _("read")
        USEFUL = "useful", _("useful")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    kind = LineField(max_length=10, choices=Kind)
    day = models.DateField()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class DayOfReads(models.Model):
    """The reads of one article on one day; they go when no list looks at that day any more."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    reads = CountField(default=0)

    class Meta:
        verbose_name = _("day of reads")
        verbose_name_plural = _("days of reads")
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="day_of_reads_is_one_row")]

    def __str__(self) -> str:
        return f"{self.day}: {self.reads}"


class Tally(models.Model):
    """All reads and thanks of one article, and its reads of late, by which the list of hot articles is sorted."""

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="tally")
    reads = CountField(_("reads"), default=0)
    useful = CountField(_("found useful"), default=0)
    recent = CountField(_("reads of late"), default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        indexes = [models.Index(fields=["-recent", "-article"], name="tally_by_recent")]

    def __str__(self) -> str:
        return str(self.reads)
