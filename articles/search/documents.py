"""What an article can be found by."""

from collections.abc import Iterable, Sequence

from django.db.models import prefetch_related_objects

from articles.chinese.pinyin import search_key
from articles.models import Article, Edition, SearchDocument, Source, Witness
from articles.search.pieces import clean, joined

# Count it up when what is written here, the fold or the pieces change: `reindex` makes every document anew then.
RULES = 3


def written(keys: Sequence[int]) -> list[SearchDocument]:
    """Return the documents of these articles as they stand now, not saved; seven queries however many they are."""
    articles = list(Article.objects.filter(pk__in=keys).select_related("working", "live"))
    editions = [edition for article in articles for edition in (article.working, article.live) if edition is not None]
    prefetch_related_objects(editions, "bylines__author__aliases", "original_source__aliases")
    prefetch_related_objects(articles, "witnesses__source__aliases")
    shown = set(Witness.objects.shown().filter(article__in=keys).values_list("pk", flat=True))
    return [document for article in articles for document in _documents(article, shown)]


def _documents(article: Article, shown: set[int]) -> list[SearchDocument]:
    """One for readers and one for editors, or one for both; readers are not told of copies nobody has judged."""
    witnesses = article.witnesses.all()
    current = article.working or article.live
    found = [_document(article, current, witnesses, SearchDocument.Audience.EDITORS)] if current else []
    if article.live is None:
        return found
    public = [witness for witness in witnesses if witness.pk in shown]
    for_readers = _document(article, article.live, public, SearchDocument.Audience.READERS)
    for_readers.reading = search_key([article.live.title], longest=SearchDocument.LONGEST_READING)
    if all(getattr(found[0], column) == getattr(for_readers, column) for column in SearchDocument.COLUMNS):
        for_readers.audience = SearchDocument.Audience.BOTH
        return [for_readers]
    return [*found, for_readers]


def _document(
    article: Article, edition: Edition, witnesses: Iterable[Witness], audience: SearchDocument.Audience
) -> SearchDocument:
    sources = [edition.original_source, *(witness.source for witness in witnesses)]
    lines = edition.bylines.all()
    authors = [name for line in lines for name in (line.name, line.affiliation, line.author.name, *_aliases(line))]
    printed = [edition.original_source_printed, edition.printed_editor, edition.keywords]
    return SearchDocument(
        article=article,
        audience=audience,
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
