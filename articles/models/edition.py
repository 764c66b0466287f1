"""Editions: numbered snapshots of an article's text and of what is known about it."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.chinese.scripts import to_simplified
from articles.models.fields import CountField, LineField, ProseField
from articles.models.named import Immutable
from articles.models.precise import PreciseDate


class Comeback(NamedTuple):
    """That an edition came before its readers again; `by` is the name they sign in with, empty for nobody."""

    at: datetime
    by: str
    reason: str


class Edition(PreciseDate):
    """The text and metadata of an article at one time; a published one never changes and keeps its address."""

    class State(models.TextChoices):
        WORKING = "working", _("working")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")

    class AbstractBy(models.TextChoices):
        SOURCE = "source", _("original abstract")
        EDITOR = "editor", _("editor's abstract")

    class Language(models.TextChoices):
        CHINESE = "zh", _("Chinese")
        ENGLISH = "en", _("English")

    class Script(models.TextChoices):
        HANS = "hans", _("Simplified")
        HANT = "hant", _("Traditional")
        MIXED = "mixed", _("mixed")

    class Checking(models.TextChoices):
        RAW = "raw", _("raw")
        CLEANED = "cleaned", _("cleaned")
        ONCE = "once", _("checked once")
        TWICE = "twice", _("checked twice")

    # What an editor writes: everything a new working edition takes over from the live one.
    WRITTEN = (
        "title",
        "subtitle",
        "abstract",
        "abstract_by",
        "body_html",
        "notes",
        "original_source",
        "original_source_printed",
        "original_date",
        "original_precision",
        "printed_editor",
        "keywords",
        "language",
        "script",
        "checking",
    )

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="editions")
    number = CountField(_("number"), null=True, blank=True, editable=False)
    state = LineField(max_length=20, choices=State, default=State.WORKING, editable=False)
    title = LineField(_("title"), max_length=300)
    subtitle = LineField(_("subtitle"), max_length=300, blank=True)
    abstract = ProseField(_("abstract"), blank=True)
    abstract_by = LineField(_("abstract by"), max_length=10, choices=AbstractBy, default=AbstractBy.SOURCE)
    body_html = ProseField(_("text"), blank=True)
    notes = ProseField(_("notes"), blank=True, help_text=_("One note a line; [1] in the text refers to the first."))
    original_source = models.ForeignKey(
        "articles.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("original source"),
    )
    original_source_printed = LineField(
        _("source as printed"), max_length=200, blank=True, help_text=_("What the page itself names as its source.")
    )
    printed_editor = LineField(_("editor as printed"), max_length=100, blank=True)
    keywords = LineField(_("keywords as printed"), max_length=500, blank=True)
    language = LineField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    script = LineField(_("script"), max_length=10, choices=Script, default=Script.HANS)
    checking = LineField(_("level of checking"), max_length=10, choices=Checking, default=Checking.RAW)
    reason = ProseField(_("reason for this edition"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # who wrote in it last; everybody who did stands in `Hand`
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    remark = ProseField(_("remark"), blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    # each time its article was published again after it had been withdrawn: `at`, `by` and `reason`
    comebacks = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="edition_number_is_unique"),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(number__isnull=True), name="article_has_one_working_edition"
            ),
            models.CheckConstraint(name="edition_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="edition_is_numbered_when_published",
                condition=models.Q(
                    number__isnull=False, published_at__isnull=False, state__in=["published", "superseded"]
                )
                | models.Q(
                    number__isnull=True, published_at__isnull=True, state__in=["working", "submitted", "returned"]
                ),
            ),
            *PreciseDate.constraints("edition"),
        ]
        indexes = [models.Index(fields=["state", "-submitted_at"], name="edition_by_state")]

    def save(self, *args, **kwargs) -> None:  # Django's own signature
        """Every write goes through the sanitiser, and whose it was is kept; a published edition takes none.

        Raises `Immutable`, and `body.BodyRefused` for a body that is too large or too deep.
        """
        if self.pk and Edition.objects.filter(pk=self.pk, number__isnull=False).exists():
            raise Immutable(str(self))
        self.body_html = body.normalise(self.body_html)
        super().save(*args, **kwargs)
        wrote = {key for key in (self.made_by_id, self.changed_by_id) if key is not None}
        Hand.objects.bulk_create((Hand(edition=self, user_id=key) for key in wrote), ignore_conflicts=True)

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display()})" if self.number is None else f"{self.title} [{self.number}]"

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.article_id, self.number])

    @property
    def permanent_address(self) -> str:
        """Its address in the language whose script is the text's own: the one to cite and to keep."""
        with translation.override("zh-hant" if self.script == self.Script.HANT else settings.LANGUAGE_CODE):
            return self.get_absolute_url()

    @property
    def original_outlet(self) -> str:
        """The name of the original source: as the library knows it, else as the page printed it; empty if unknown."""
        return self.original_source.name if self.original_source else self.original_source_printed

    @property
    def body_text(self) -> str:
        """The blocks of the body joined by one newline."""
        return body.plain_text(self.body_html)

    @property
    def note_list(self) -> list[str]:
        """The notes in their order; note 1 is the first."""
        return [line.strip() for line in self.notes.splitlines() if line.strip()]

    @property
    def comeback_list(self) -> list[Comeback]:
        """When it was published again after it had been withdrawn, the first time first."""
        return [Comeback(datetime.fromisoformat(back["at"]), back["by"], back["reason"]) for back in self.comebacks]

    @property
    def keyword_list(self) -> list[str]:
        """The printed keywords one by one."""
        return [word for word in self.keywords.split("、") if word]

    def character_count(self) -> int:
        """Count the letters, digits and Han characters of the body, as an editor counts a manuscript."""
        return sum(character.isalnum() for character in self.body_text)

    def exact_digest(self) -> str:
        """Return a digest of title, abstract, text and notes as they stand, to the last space."""
        words = [self.title, self.subtitle, self.abstract, self.body_html, self.notes]
        return hashlib.sha256("\x00".join(words).encode()).hexdigest()

    def text_digest(self) -> str:
        """Return a digest that two copies share when they differ in script, punctuation and spaces only."""
        return digest_of(self.body_text)


class Hand(models.Model):
    """Somebody who wrote in an edition: where the house asks for another person, none of these publishes it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="hands")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("hand")
        verbose_name_plural = _("hands")
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="hand_is_named_once_an_edition")]

    def __str__(self) -> str:
        return str(self.user)


def letters_of(text: str) -> str:
    """Return the letters, digits and Han characters of the text in Simplified form: what its copies have in common.

    >>> letters_of("《村務公開》，第 1 期")
    '村务公开第1期'
    """
    return "".join(character for character in to_simplified(text) if character.isalnum())


def digest_of(text: str) -> str:
    """Return the SHA-256 of the text's letters; empty for a text without any."""
    letters = letters_of(text)
    return hashlib.sha256(letters.encode()).hexdigest() if letters else ""
