"""What the fields of a question mean: articles of an author, a source, a theme, a tag, of some years."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.chinese.pinyin import BAR, folded
from articles.models import Article, Author, Byline, Placement, SearchDocument, Source, Tag, TaggedArticle, Theme
from articles.search.queries import Named, Query, years

# a theme holds what is placed in those under it, and under these
BELOW = ("theme", "theme__parent", "theme__parent__parent")


def known(query: Query, audience: Sequence[str]) -> Q:
    """Return the condition that an article is all a question names, and nothing that it excludes.

    Readers are answered by the edition they read.
    """
    wanted = (_of(name, audience) for name in query.named)
    return Q(*wanted, *(~_of(name, audience) for name in query.not_named))


def called(names: QuerySet, name: str) -> QuerySet:
    """Return those of sources, authors, themes or tags one of whose names holds this one, or is read so.

    Either script does, and pinyin or its initials from the beginning of a name.
    """
    key = _key(name)
    return names.filter(search_key__contains=key) if key else names.none()


def titled(articles: QuerySet[Article], typed: str) -> QuerySet[Article]:
    """Return those of the articles whose title, as readers see it, holds what was typed, or is read so."""
    key = _key(typed)
    documents = SearchDocument.objects.filter(audience__in=SearchDocument.OF_READERS, reading__contains=key)
    return articles.filter(pk__in=documents.values("article")) if key else articles.none()


def _key(typed: str) -> str:
    key = folded(typed)
    return f"{BAR}{key}" if key.isascii() and key else key


def _of(name: Named, audience: Sequence[str]) -> Q:
    match name.field:
        case "author":
            columns = ("live", "working") if SearchDocument.Audience.EDITORS in audience else ("live",)
            lines = Byline.objects.filter(author__in=called(Author.objects.all(), name.value))
            return Q(*(Exists(lines.filter(edition=OuterRef(column))) for column in columns), _connector=Q.OR)
        case "source":
            return Q(original_source__in=called(Source.objects.all(), name.value).values("pk"))
        case "theme":
            themes = called(Theme.objects.all(), name.value)
            below = Q(*((f"{column}__in", themes) for column in BELOW), _connector=Q.OR)
            return Q(Exists(Placement.objects.filter(below, article=OuterRef("pk"))))
        case "tag":
            tags = called(Tag.objects.all(), name.value)
            return Q(Exists(TaggedArticle.objects.filter(content_object=OuterRef("pk"), tag__in=tags)))
    meant = years(name.value)
    if not meant:
        return Q(pk__in=())
    return Q(original_date__year__gte=meant.start, original_date__year__lt=meant.stop)
