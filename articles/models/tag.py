"""Tags that know Chinese."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.chinese.scripts import to_simplified
from articles.models.fields import HanSlugField, LineField, slug_from
from articles.models.named import Alias, Demonstration
from articles.models.versioned import Versioned, VersionedQuerySet

SEPARATOR = re.compile(r"[,，、;；\n]")


def tags_from_string(text: str) -> list[str]:
    """Split what an editor typed into tag names: at commas and 、 of either width, never at spaces.

    Names are kept in Simplified Chinese and half-width letters, so that 群眾 and 群众, ＮＧＯ and NGO are one tag.

    >>> tags_from_string("村務公開，预算、ＮＧＯ,村务公开")
    ['村务公开', '预算', 'NGO']
    """
    names = (" ".join(to_simplified(unicodedata.normalize("NFKC", name)).split()) for name in SEPARATOR.split(text))
    return list(dict.fromkeys(name for name in names if name))


def string_from_tags(tags: Iterable[TagBase]) -> str:
    """Return what `tags_from_string` reads back."""
    return "，".join(tag.name for tag in tags)


class TagQuerySet(VersionedQuerySet["Tag"]):
    pass


class Tag(Versioned, Demonstration, TagBase):
    """A free keyword."""

    name = LineField(_("name"), max_length=50, unique=True)
    slug = HanSlugField(_("address"), blank=True)
    search_key = LineField(max_length=2_000, blank=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if not slug_from(self.name):
            raise ValidationError({"name": _("A tag needs at least one letter, digit or Chinese character.")})

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return the slug taggit asks for; `i` counts its tries when one is taken."""
        slug = slug_from(tag)
        if not slug:
            raise ValidationError(_("A tag needs at least one letter, digit or Chinese character."))
        return slug if i is None else f"{slug}-{i + 1}"


class TagAlias(Alias):
    """Another name of a tag; whoever types it gets the tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")
    name = LineField(_("alias"), max_length=50, unique=True)

    class Meta(Alias.Meta):
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")


class TaggedArticle(ItemBase):
    """That an article bears a tag."""

    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="tag_items")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="items")

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="article_bears_a_tag_once")]

    def __str__(self) -> str:
        return str(self.tag)
