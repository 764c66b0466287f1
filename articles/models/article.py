"""Articles: the library's own edited text of one work, with a number and an address for ever."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.fields import CountField, LineField, ProseField
from articles.models.named import Demonstration
from articles.models.precise import PreciseDate
from articles.models.tag import TaggedArticle, TagManager
from articles.models.versioned import Versioned, VersionedQuerySet

if TYPE_CHECKING:
    from articles.models.edition import Edition


class ArticleQuerySet(VersionedQuerySet["Article"]):
    def published(self) -> Self:
        """Articles a visitor may read: the one definition every page, feed and API uses.

        The database's own clock decides, so that a scheduled article appears at its moment without any job.
        """
        return self.filter(
            status__in=[Article.Status.PUBLISHED, Article.Status.SCHEDULED],
            live__isnull=False,
            live_from__lte=Now(),
        )

    def waiting(self) -> Self:
        """Scheduled articles whose moment has not come."""
        return self.filter(status=Article.Status.SCHEDULED, live_from__gt=Now())

    def due(self) -> Self:
        """Articles that are before their readers while their row still says scheduled."""
        return self.filter(status=Article.Status.SCHEDULED, live_from__lte=Now())

    def with_standing(self) -> Self:
        """Rows whose `shown_status` needs no query of its own."""
        waits = models.Q(status=Article.Status.SCHEDULED, live_from__gt=Now())
        return self.annotate(is_waiting=models.Case(models.When(waits, then=True), default=False))

    def for_lists(self) -> Self:
        """What a list of articles shows, in a number of queries that does not grow: newest first."""
        return (
            self.select_related("original_source")
            .only(*Article.SHOWN_IN_LISTS, "original_source__name", "original_source__slug")
            .order_by("-live_from", "-pk")
        )


class Article(Versioned, Demonstration, PreciseDate):
    """One work. Its text stands in its editions; what lists sort and show is copied here with each of them."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Withdrawal(models.TextChoices):
        ERROR = "error", _("published in error")
        MERGED = "merged", _("merged into another article")
        RIGHTS = "rights", _("rights")
        OTHER = "other", _("other reason")

    class Tracing(models.TextChoices):
        OPEN = "open", _("not yet traced")
        TRACED = "traced", _("traced to its source")
        UNKNOWN = "unknown", _("looked for, not found")

    SHOWN_IN_LISTS = (
        "title",
        "byline_text",
        "script",
        "summary",
        "status",
        "live_from",
        "original_date",
        "original_precision",
        "character_count",
        "is_demonstration",
    )

    live = models.OneToOneField(
        "articles.Edition", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    working = models.OneToOneField(
        "articles.Edition", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    status = LineField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    live_from = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    withdrawal_reason = LineField(max_length=20, choices=Withdrawal, blank=True, editable=False)
    withdrawal_note = ProseField(blank=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    tracing = LineField(_("tracing"), max_length=10, choices=Tracing, default=Tracing.OPEN, editable=False)
    tracing_note = ProseField(blank=True, editable=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("editor"),
    )

    # Copies of the live edition's columns (the working one's before publication).
    title = LineField(_("title"), max_length=300, editable=False)
    byline_text = LineField(_("authors"), max_length=300, blank=True, editable=False)
    summary = LineField(_("summary"), max_length=200, blank=True, editable=False)
    script = LineField(_("script"), max_length=10, default="hans", editable=False)
    original_source = models.ForeignKey(
        "articles.Source",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles",
        verbose_name=_("original source"),
    )
    character_count = CountField(_("characters"), default=0, editable=False)
    title_key = LineField(max_length=300, blank=True, editable=False)
    text_digest = LineField(max_length=64, blank=True, editable=False)

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    tags = TaggableManager(
        _("tags"), through=TaggedArticle, manager=TagManager, blank=True, help_text=_("Separate tags with commas.")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-pk"]
        permissions = [
            ("publish_article", _("Can publish and withdraw articles")),
            ("review_article", _("Can return submitted articles")),
            ("import_article", _("Can bring in pages")),
        ]
        indexes = [
            models.Index(fields=["status", "-live_from", "-id"], name="article_latest"),
            models.Index(fields=["original_source", "-live_from"], name="article_by_source"),
            models.Index(fields=["-changed_at"], name="article_changed"),
            models.Index(fields=["-original_date", "-id"], name="article_by_date"),
            models.Index(fields=["title_key", "status", "merged_into"], name="article_by_title"),
            models.Index(fields=["text_digest", "status", "merged_into"], name="article_by_text"),
            models.Index(fields=["tracing", "-id"], name="article_by_tracing"),
            # how editors sort and count their list; the last two columns say whether it shows the article at all
            models.Index(Coalesce("working", "live"), name="article_by_current"),
            models.Index(fields=["title"], name="article_sorted_by_title"),
            models.Index(fields=["byline_text", "status", "merged_into"], name="article_count_authors"),
            models.Index(fields=["script", "status", "merged_into"], name="article_count_scripts"),
            models.Index(fields=["tracing", "status", "merged_into"], name="article_count_tracing"),
            models.Index(fields=["original_source", "status", "merged_into"], name="article_count_sources"),
            # what else a source printed in a year
            models.Index(fields=["original_source", "original_date"], name="article_by_source_and_date"),
            models.Index(fields=["original_date", "status", "merged_into"], name="article_count_dates"),
            models.Index(fields=["editor", "status", "merged_into"], name="article_sorted_by_editor"),
        ]
        constraints = [
            models.CheckConstraint(
                name="article_status_is_known",
                condition=models.Q(status__in=["draft", "scheduled", "published", "withdrawn"]),
            ),
            models.CheckConstraint(name="article_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="public_article_has_an_edition_and_a_time",
                condition=models.Q(status="draft") | models.Q(live__isnull=False, live_from__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_article_has_a_reason",
                condition=~models.Q(status="withdrawn") ^ ~models.Q(withdrawal_reason=""),
            ),
            models.CheckConstraint(
                name="article_is_not_merged_into_itself", condition=~models.Q(merged_into=models.F("id"))
            ),
            models.CheckConstraint(
                name="merged_article_says_where",
                condition=~models.Q(withdrawal_reason="merged") | models.Q(merged_into__isnull=False),
            ),
            *PreciseDate.constraints("article"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (#{self.pk})" if self.pk else self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def shown_status(self) -> Status:
        """The status as it is at this moment by the database's clock: what was scheduled may have come."""
        if self.status != Article.Status.SCHEDULED:
            return Article.Status(self.status)
        is_waiting = getattr(self, "is_waiting", None)
        if is_waiting is None:
            is_waiting = Article.objects.waiting().filter(pk=self.pk).exists()
        return Article.Status.SCHEDULED if is_waiting else Article.Status.PUBLISHED

    @property
    def current(self) -> "Edition":
        """The edition an editor sees: the working one where there is one, else the live one."""
        edition = self.working or self.live
        if edition is None:
            raise LookupError(f"Article {self.pk} has no edition.")
        return edition
