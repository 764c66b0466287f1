"""Letters: what readers send in about an article, and what became of it."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.models.anchored import Anchored
from articles.models.article import Article
from articles.models.fields import CountField, LineField, ProseField
from articles.models.named import Demonstration
from articles.models.versioned import Versioned, VersionedQuerySet

# Neither vowels, which make words, nor what is taken for another one when it is read aloud or written by hand.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
HALF = 4
LONGEST_PASSAGE = 500
LONGEST_REMARK = 2_000


def new_ticket() -> str:
    """Return a number that can be said on the telephone and is not guessed: two groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(HALF)) for _ in range(2))


class LetterQuerySet(VersionedQuerySet["Letter"]):
    def waiting(self) -> Self:
        """Letters nobody has decided on."""
        return self.filter(state=Letter.State.RECEIVED)

    def published(self) -> Self:
        """Letters about articles a visitor may read: all that the ledger tells of."""
        return self.filter(article__in=Article.objects.published())

    def accepted(self) -> Self:
        """Letters that were taken up, whether they are closed by now or not."""
        return self.filter(outcome=Letter.Outcome.ACCEPTED)

    def comments(self) -> Self:
        """Comments that stand below their article, the newest first."""
        return self.accepted().filter(kind=Letter.Kind.COMMENT).order_by("-decided_at", "-pk")

    def corrections(self) -> Self:
        """Corrections that stand in an edition, the newest first."""
        put_in = self.accepted().filter(kind=Letter.Kind.CORRECTION, put_into__number__isnull=False)
        return put_in.order_by("-decided_at", "-pk")


class Letter(Versioned, Demonstration, Anchored):
    """A correction of a passage, or a comment; its place is in the edition its reader had before them.

    `passage` are the words as the reader sent them; `exact` are those of the text, empty where the letter is about the
    whole page or its words were not found.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        COMMENT = "comment", _("comment")

    class State(models.TextChoices):
        RECEIVED = "received", _("waiting for an answer")
        ACCEPTED = "accepted", _("taken up")
        DECLINED = "declined", _("not taken up")
        CLOSED = "closed", _("closed")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("taken up")
        DECLINED = "declined", _("not taken up")

    ticket = LineField(_("ticket number"), max_length=9, unique=True, default=new_ticket, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="letters", verbose_name=_("article"))
    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="letters", verbose_name=_("edition"))
    kind = LineField(_("kind"), max_length=10, choices=Kind)
    # body.TITLE, or the number of a block; none for the whole page
    block = models.IntegerField(null=True)  # type: ignore[assignment]
    start = CountField(default=0)
    end = CountField(default=0)
    passage = ProseField(_("passage"), max_length=LONGEST_PASSAGE, blank=True)
    suggestion = ProseField(_("suggestion"), max_length=LONGEST_PASSAGE, blank=True)
    remark = ProseField(_("remark"), max_length=LONGEST_REMARK, blank=True)
    name = LineField(_("name to be thanked"), max_length=60, blank=True)
    # seen by those who answer and by nobody else; thrown away by the clock
    contact = LineField(_("contact"), max_length=200, blank=True)
    state = LineField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    # what was decided; it stays when the letter is closed
    outcome = LineField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    # what an editor put in the place of the passage; empty where they change the text by hand
    words = ProseField(_("words put in"), max_length=LONGEST_PASSAGE, blank=True)
    answer = ProseField(_("public answer"), max_length=LONGEST_REMARK, blank=True)
    reason = ProseField(_("reason"), max_length=LONGEST_PASSAGE, blank=True)
    # the repair in the edition where it was put in, and the numbered edition that holds it
    repair = models.ForeignKey("articles.Finding", models.SET_NULL, null=True, related_name="letters")
    put_into = models.ForeignKey("articles.Edition", models.SET_NULL, null=True, related_name="+")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("handled by")
    )
    received_at = models.DateTimeField(_("received"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    # whole days from the one to the other
    days = CountField(_("days taken"), null=True)
    # the same for the same words to the same article on one day
    digest = LineField(max_length=64, unique=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters from readers")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "received_at"], name="letter_by_state"),
            models.Index(fields=["-received_at", "-id"], name="letter_newest"),
            models.Index(fields=["article", "outcome", "-decided_at"], name="letter_by_article"),
            models.Index(fields=["days"], name="letter_by_days"),
        ]
        constraints = [
            *Anchored.constraints("letter"),
            models.CheckConstraint(
                name="letter_place_has_words",
                condition=models.Q(block__isnull=True) | models.Q(block__gte=body.TITLE) & ~models.Q(exact=""),
            ),
            models.CheckConstraint(
                name="letter_state_follows_its_outcome",
                condition=models.Q(state="received", outcome="", decided_at__isnull=True, days__isnull=True)
                | models.Q(state="accepted", outcome="accepted", decided_at__isnull=False, days__isnull=False)
                | models.Q(state="declined", outcome="declined", decided_at__isnull=False, days__isnull=False)
                | models.Q(state="closed", outcome__in=["accepted", "declined"], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_is_closed_at_a_time",
                condition=~models.Q(state="closed") ^ models.Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_is_declined_with_a_reason",
                condition=~models.Q(outcome="declined") | ~models.Q(reason=""),
            ),
            models.CheckConstraint(name="letter_kind_is_known", condition=models.Q(kind__in=["correction", "comment"])),
        ]

    def __str__(self) -> str:
        return self.ticket

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.ticket])

    @property
    def is_comment(self) -> bool:
        return self.kind == Letter.Kind.COMMENT

    @property
    def is_waiting(self) -> bool:
        return self.state == Letter.State.RECEIVED

    @property
    def is_taken_up(self) -> bool:
        return self.outcome == Letter.Outcome.ACCEPTED

    @property
    def is_placed(self) -> bool:
        """Whether it is about words of the text that are known."""
        return self.block is not None
