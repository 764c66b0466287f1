"""What editors leave on their desks: text not yet saved, who is writing, links lent out, lists they come back to."""

import hashlib
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import CountField, LineField


def new_token() -> str:
    """Return an address nobody guesses."""
    return secrets.token_urlsafe(24)


class WorkingCopy(models.Model):
    """What somebody typed into a form and has not saved: kept aside, out of the history, one for each open form."""

    token = LineField(max_length=40, unique=True, default=new_token)
    # which form: its table, and the key of its row where that is no article
    table = LineField(max_length=40, default="article")
    row = models.BigIntegerField(null=True, blank=True)
    # none while an article is being begun, or after it was deleted: what was typed outlives it
    article = models.ForeignKey(
        "articles.Article", models.SET_NULL, null=True, blank=True, related_name="working_copies"
    )
    # what the row was called
    title = LineField(max_length=200, blank=True)
    # the version of the row the form was opened on; 0 for one that is being begun
    version = CountField(default=0)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    typed_at = models.DateTimeField(auto_now=True)
    # the form as a browser sends it: name → list of values
    fields = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        ordering = ["-typed_at", "-pk"]
        indexes = [models.Index(fields=["typed_by", "article"], name="working_copy_by_person")]

    def __str__(self) -> str:
        return f"{self.article_id or '–'} ({self.typed_by})"


class Presence(models.Model):
    """That somebody has an article open, and when their browser last said so."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="presences")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["-seen_at"]
        constraints = [models.UniqueConstraint(fields=["article", "editor"], name="editor_is_present_once")]

    def __str__(self) -> str:
        return f"{self.editor} · {self.article_id}"


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def lent(self, token: str) -> Self:
        """The link with this address, if there is one."""
        return self.filter(digest=hashlib.sha256(token.encode()).hexdigest())

    def open(self) -> Self:
        """Links that still lead somewhere, by the database's own clock."""
        return self.filter(revoked_at=None, expires_at__gt=models.functions.Now())


class PreviewLink(models.Model):
    """An address under which somebody without an account sees an article's edition in work, for a while."""

    # the address itself is shown once and kept nowhere: this is its SHA-256
    digest = LineField(max_length=64, unique=True, editable=False)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="preview_links")
    note = LineField(_("for whom"), max_length=100, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.note}"


class SavedView(models.Model):
    """A list of articles an editor comes back to: its name, and what stands behind the ? of its address."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = LineField(_("name"), max_length=60)
    query = LineField(max_length=1_000)
    is_shared = models.BooleanField(_("for everybody"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_is_unique")]

    def __str__(self) -> str:
        return self.name
