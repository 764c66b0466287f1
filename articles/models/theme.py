"""Themes: the curated tree, and what editors place in it."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.anchored import Anchored
from articles.models.fields import CountField, LineField, ProseField
from articles.models.named import Alias, Demonstration, Named
from articles.models.versioned import Versioned, VersionedQuerySet


class ThemeQuerySet(VersionedQuerySet["Theme"]):
    def tree(self) -> list["Theme"]:
        """Return every theme, parents before children in the editors' order, with `depth` and `path` set; one query.

        `path` lists the theme's ancestors from the root down.
        """
        children: dict[int | None, list[Theme]] = {}
        for theme in self.defer("introduction").order_by("position", "pk"):
            children.setdefault(theme.parent_id, []).append(theme)
        ordered: list[Theme] = []
        waiting: list[tuple[Theme, list[Theme]]] = [(root, []) for root in reversed(children.get(None, []))]
        while waiting:
            node, path = waiting.pop()
            node.path, node.depth = path, len(path)
            ordered.append(node)
            waiting += [(child, [*path, node]) for child in reversed(children.get(node.pk, []))]
        reached = {node.pk for node in ordered}
        for stray in (theme for group in children.values() for theme in group if theme.pk not in reached):
            stray.path, stray.depth = [], 0  # in a circle, which only a script past the forms can make
            ordered.append(stray)
        return ordered


class Theme(Named):
    """A node of the curated tree."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("under")
    )
    introduction = ProseField(_("introduction"), blank=True, help_text=_("Plain text; an empty line parts paragraphs."))
    position = CountField(_("position"), default=0)

    objects = ThemeQuerySet.as_manager()

    path: list["Theme"]
    depth: int

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="theme_name_is_unique_in_parent"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent__isnull=True), name="theme_name_is_unique_at_the_top"
            ),
            models.CheckConstraint(name="theme_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(name="theme_is_not_its_own_parent", condition=~models.Q(parent=models.F("id"))),
        ]

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.pk and self.parent_id and self.pk in self.ancestors():
            raise ValidationError({"parent": _("A theme cannot stand under itself.")})

    def ancestors(self) -> set[int]:
        """The keys of this theme's parent, its parent, and so on up."""
        parents = dict(Theme.objects.values_list("pk", "parent"))
        seen: set[int] = set()
        key = self.parent_id
        while key is not None and key not in seen:
            seen.add(key)
            key = parents.get(key)
        return seen


class ThemeAlias(Alias):
    """Another name of a theme."""

    OF = "theme"

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="aliases")

    class Meta(Alias.Meta):
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["theme", "name"], name="theme_has_an_alias_once")]


class PlacementQuerySet(models.QuerySet["Placement"]):
    def published(self) -> Self:
        """Placements of articles a visitor may read."""
        from articles.models.article import Article  # the article module needs no theme; this one asks its one rule

        return self.filter(article__in=Article.objects.published())


class Placement(Demonstration):
    """That an article stands in a theme, where in its order, and why."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="placements", verbose_name=_("theme"))
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="placements")
    position = CountField(_("position"), default=0)
    reason = LineField(_("reason"), max_length=300, blank=True, help_text=_("Why it stands here; readers see it."))

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["theme", "article"], name="article_is_placed_once_in_a_theme")]

    def __str__(self) -> str:
        return str(self.theme)


class ExcerptQuerySet(VersionedQuerySet["Excerpt"]):
    """Excerpts, each claimed at the version that was read."""

    def published(self) -> Self:
        """Passages a visitor may read: of texts in force only, and while their words stand there."""
        from articles.models.article import Article  # the article module needs no theme; this one asks its one rule

        in_force = self.filter(edition__article__live=models.F("edition"), is_lost=False)
        return in_force.filter(edition__article__in=Article.objects.published())


class Excerpt(Versioned, Demonstration, Anchored):
    """A passage of an article under a theme, so that a theme can set side by side what several articles say."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="excerpts", verbose_name=_("theme"))
    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="excerpts")
    aspect = LineField(_("aspect"), max_length=100, blank=True, help_text=_("What the passage speaks about."))
    note = LineField(_("note"), max_length=300, blank=True)
    position = CountField(_("position"), default=0)
    # its place and words are then those of the text before
    is_lost = models.BooleanField(_("words gone"), default=False, editable=False)

    objects = ExcerptQuerySet.as_manager()

    class Meta:
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        ordering = ["aspect", "position", "pk"]
        constraints = Anchored.constraints("excerpt")

    def __str__(self) -> str:
        return self.exact[:40]
