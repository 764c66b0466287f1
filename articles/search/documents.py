"""What an article can be found by."""

from collections.abc import Iterable, Sequence

from django.db.models import prefetch_related_objects

from articles.models import Article, Edition, SearchDocument, Source
from articles.search.pieces import clean, joined

# Count it up when what is written here, the fold or the pieces change: `reindex` makes every document anew then.
RULES = 2


def written(keys: Sequence[int]) -> list[SearchDocument]:
    """Return the documents of these articles as they stand now, not saved; six queries however many they are."""
    articles = list(Article.objects.filter(pk__in=keys).select_related("working", "live"))
    editions = {article.pk: article.working or article.live for article in articles}
    begun = [edition for edition in editions.values() if edition is not None]
    prefetch_related_objects(begun, "bylines__author__aliases", "original_source__aliases")
    prefetch_related_objects(articles, "witnesses__source__aliases")
    return [_document(article, edition) for article in articles if (edition := editions[article.pk])]


def _document(article: Article, edition: Edition) -> SearchDocument:
    witnesses = article.witnesses.all()
    sources = [edition.original_source, *(witness.source for witness in witnesses)]
    lines = edition.bylines.all()
    authors = [name for line in lines for name in (line.name, line.affiliation, line.author.name, *_aliases(line))]
    printed = [edition.original_source_printed, edition.printed_editor, edition.keywords]
    return SearchDocument(
        article=article,
        rules=RULES,
        title=_folded([edition.title, edition.subtitle, *(witness.title_there for witness in witnesses)]),
        names=_folded([*authors, *_names(sources), *printed]),
        addresses=_folded(witness.address for witness in witnesses),
        body=_folded(map(joined, [edition.body_text, edition.abstract, edition.notes])),
    )


def _names(sources: Iterable[Source | None]) -> list[str]:
    return [name for source in sources if source for name in (source.name, *_aliases_of(source))]


def _aliases(line) -> list[str]:
    return [alias.name for alias in line.author.aliases.all()]


def _aliases_of(source: Source) -> list[str]:
    return [alias.name for alias in source.aliases.all()]


def _folded(parts: Iterable[str]) -> str:
    """Each part once, as the index takes it: parts are words of their own, and no phrase goes over their end."""
    return clean("\n".join(dict.fromkeys(part for part in parts if part)))
