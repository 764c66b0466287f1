"""Tags that know Chinese."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from articles.chinese.scripts import to_simplified
from articles.models.fields import HanSlugField, LineField, slug_from
from articles.models.named import Alias, Demonstration, Searched
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
    """Tags, each claimed at the version that was read."""


class Tag(Searched, Versioned, Demonstration, TagBase):
    """A free keyword."""

    name = LineField(_("name"), max_length=50, unique=True)
    slug = HanSlugField(_("address"), blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.name and not slug_from(self.name):
            raise ValidationError({"name": _("A tag needs at least one letter, digit or Chinese character.")})

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return the slug taggit asks for; `i` counts its tries when one is taken."""
        slug = slug_from(tag)
        if not slug:
            raise ValidationError(_("A tag needs at least one letter, digit or Chinese character."))
        former = (alias.slug for alias in TagAlias.objects.filter(slug__startswith=slug))
        return slug_from(slug if i is None else f"{slug}-{i + 1}", former)


class TagAlias(Alias):
    """Another name of a tag; whoever types it gets the tag."""

    OF = "tag"

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")
    name = LineField(_("alias"), max_length=50, unique=True)

    class Meta(Alias.Meta):
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it in the one spelling in which tags are asked for."""
        self.name = "".join(tags_from_string(self.name)) or self.name
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if Tag.objects.filter(name__iexact="".join(tags_from_string(self.name))).exists():
            raise ValidationError({"name": _("There is a tag of this name; merge the two instead.")})


class TagManager(_TaggableManager):
    """The tags of an article; whoever names one by an alias means the tag."""

    def _to_tag_model_instances(self, tags: Iterable[str | Tag], tag_kwargs: dict[str, Any]) -> list[Tag]:
        tags = list(tags)
        typed = [tag.lower() for tag in tags if isinstance(tag, str)]
        aliases = TagAlias.objects.annotate(typed=Lower("name")).filter(typed__in=typed).select_related("tag")
        meant = {alias.typed: alias.tag for alias in aliases} if typed else {}
        named = [meant.get(tag.lower(), tag) if isinstance(tag, str) else tag for tag in tags]
        return super()._to_tag_model_instances(named, tag_kwargs)


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
