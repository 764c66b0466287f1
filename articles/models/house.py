"""How this house works: the rules its head editor sets, and when its clockwork last ran."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.models.versioned import Versioned, VersionedQuerySet


class HouseRulesQuerySet(VersionedQuerySet["HouseRules"]):
    """The one row of rules, claimed at the version that was read."""


class HouseRules(Versioned):
    """The one row of rules; `HouseRules.current()` gives it, made where there is none."""

    ONLY = 1

    needs_other_reviewer = models.BooleanField(
        _("whoever wrote in an edition may not publish it"),
        default=False,
        help_text=_("Somebody else then has to review and publish every edition."),
    )

    objects = HouseRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")
        constraints = [models.CheckConstraint(name="house_rules_are_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "HouseRules":
        return cls.objects.get_or_create(pk=cls.ONLY)[0]


class Run(models.Model):
    """When a job of the scheduler last ran, and what it did."""

    job = LineField(_("job"), max_length=40, unique=True)
    ran_at = models.DateTimeField(_("last run"))
    told = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["job"]

    def __str__(self) -> str:
        return self.job
