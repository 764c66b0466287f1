"""Which rows point at a source, an author, a theme or a tag, and which articles that concerns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import ManyToOneRel, Model, QuerySet, UniqueConstraint

from articles import search
from articles.models import Alias, Article, Author, SearchDocument, Source, VersionedQuerySet

# How a row that points at a name leads to its article.
ARTICLE_OF: Mapping[str, str] = {
    "article": "pk",
    "edition": "article",
    "byline": "edition__article",
    "taggedarticle": "content_object",
    "placement": "article",
    "excerpt": "edition__article",
    "witness": "article",
}
# So many articles are put into the search index at once; the others by its next run.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Pointing:
    """A table whose rows point at the name."""

    model: type[Model]
    column: str

    @property
    def table(self) -> str:
        return str(self.model._meta.model_name)

    def rows(self, name: Model) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.column: name}).order_by("pk")

    def others(self) -> list[tuple[str, ...]]:
        """The columns which, beside this one, may stand together only once."""
        unique = [one for one in self.model._meta.constraints if isinstance(one, UniqueConstraint)]
        return [
            tuple(name for name in one.fields if name != self.column) for one in unique if self.column in one.fields
        ]

    def doubled(self, survivor: Model, gone: Model) -> set[int]:
        """The keys of the rows that would stand twice, since the survivor has one like them."""
        keys: set[int] = set()
        for columns in self.others():
            standing = set(self.rows(survivor).values_list(*columns))
            keys |= {key for key, *rest in self.rows(gone).values_list("pk", *columns) if tuple(rest) in standing}
        return keys

    def articles(self, name: Model) -> set[int]:
        """The keys of the articles whose rows these are."""
        path = ARTICLE_OF.get(self.table)
        return set(self.rows(name).order_by().values_list(path, flat=True)) if path else set()


def pointing_at(name: Model) -> Iterator[Pointing]:
    """Every table that points at the name but its aliases, found by the keys themselves so that none is forgotten."""
    for relation in name._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not issubclass(relation.related_model, Alias):
            yield Pointing(relation.related_model, relation.field.name)


def articles_of(name: Model) -> VersionedQuerySet[Article]:
    """Return the articles that any row pointing at the name leads to."""
    return Article.objects.filter(pk__in={key for pointing in pointing_at(name) for key in pointing.articles(name)})


def find_anew(name: Model) -> None:
    """Let editors find articles by what their authors and sources are called now."""
    if not isinstance(name, Author | Source):
        return
    keys = list(articles_of(name).order_by("-pk").values_list("pk", flat=True))
    search.put_all(keys[:AT_ONCE])
    SearchDocument.objects.filter(article__in=keys[AT_ONCE:]).update(rules=0)
