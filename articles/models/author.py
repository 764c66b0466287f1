"""Authors, and their bylines on editions."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.fields import CountField, LineField, ProseField
from articles.models.named import Alias, Named
from articles.models.versioned import VersionedQuerySet


class AuthorQuerySet(VersionedQuerySet["Author"]):
    """Authors, each claimed at the version that was read."""


class Author(Named):
    """A person or body that writes."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        BODY = "body", _("body")

    kind = LineField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    note = ProseField(_("note"), blank=True, help_text=_("Who this is, and how to tell namesakes apart."))

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(name="author_has_a_name", condition=~models.Q(name=""))]

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])


class AuthorAlias(Alias):
    """Another name of an author: a pen name, the other script; namesakes may share one."""

    OF = "author"

    author = models.ForeignKey(Author, models.CASCADE, related_name="aliases")

    class Meta(Alias.Meta):
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["author", "name"], name="author_has_an_alias_once")]


class Byline(models.Model):
    """How one author is named on one edition."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        TRANSLATOR = "translator", _("translator")
        COMPILER = "compiler", _("compiler")
        PHOTOGRAPHER = "photographer", _("photographer")

    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines", verbose_name=_("author"))
    printed = LineField(_("name as printed"), max_length=100, blank=True, editable=False)
    role = LineField(_("role"), max_length=20, choices=Role, default=Role.AUTHOR)
    affiliation = LineField(_("affiliation"), max_length=200, blank=True, help_text=_("As printed on this article."))
    position = CountField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "author", "role"], name="byline_names_an_author_once_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.affiliation})" if self.affiliation else self.name

    @property
    def name(self) -> str:
        """The name this edition was signed with; a later change of the author's own name leaves it as it was."""
        return self.printed or self.author.name
