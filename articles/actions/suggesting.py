"""Tags and themes an article may want, out of those the library has, each with the reason; nothing is invented."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model

from articles.chinese import pinyin
from articles.chinese.folding import fold
from articles.models import Article, Placement, Tag, TagAlias, TaggedArticle, Theme, ThemeAlias

MOST = 12
SHORTEST = 2
# A name that stands in the text so often is what the text is about; one mention may be anything.
OFTEN = 2
# So many articles that share a tag with this one make a theme worth a look.
ALIKE = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row of the library's own vocabulary, and what speaks for it."""

    row: Any
    # the names and aliases that were met, the one met most first
    name: str
    in_text: int = 0
    in_title: bool = False
    in_keywords: bool = False
    alike: int = 0

    @property
    def weight(self) -> int:
        return 10 * self.in_title + 8 * self.in_keywords + min(self.in_text, 6) + min(self.alike, 5)

    @property
    def is_worth_showing(self) -> bool:
        return self.in_title or self.in_keywords or self.in_text >= OFTEN or self.alike >= ALIKE


def tags_for(article: Article) -> list[Suggestion]:
    """Return the tags whose names or aliases the article says, the likeliest first."""
    borne = set(article.tag_items.values_list("tag", flat=True))
    names = _names(Tag, TagAlias)
    met = _met(article, {name: keys - borne for name, keys in names.items()})
    return _best(Tag, met, {})


def themes_for(article: Article) -> list[Suggestion]:
    """Return the themes the article speaks of, or in which articles with the same tags stand."""
    placed = set(article.placements.values_list("theme", flat=True))
    met = _met(article, {name: keys - placed for name, keys in _names(Theme, ThemeAlias).items()})
    return _best(Theme, met, {key: count for key, count in _alike(article).items() if key not in placed})


def _names(table: type[Model], aliases: Any) -> Mapping[str, set[int]]:
    """Every name and alias as it is met in a text, with the rows that bear it."""
    names: dict[str, set[int]] = defaultdict(set)
    owned = aliases.objects.values_list("name", aliases.OF)
    for name, key in (*table._default_manager.values_list("name", "pk"), *owned):
        names[_read(name)].add(key)
    return names


def _read(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", text))


def _met(article: Article, names: Mapping[str, set[int]]) -> dict[int, tuple[str, int, bool, bool]]:
    """Return for each row the names met, how often in the text, whether in the title and the keywords."""
    edition = article.current
    wanted = {name for name, keys in names.items() if keys and len(name) >= SHORTEST}
    in_title = mentions(_read(f"{edition.title}\n{edition.subtitle}"), wanted)
    in_text = mentions(_read(f"{edition.abstract}\n{edition.body_text}"), wanted)
    keywords = {pinyin.folded(word) for word in edition.keyword_list}
    in_keywords = {name for name in wanted if pinyin.folded(name) in keywords} if keywords else set()
    by_row: dict[int, list[str]] = defaultdict(list)
    for name in sorted(in_title.keys() | in_text.keys() | in_keywords, key=lambda name: (-in_text[name], name)):
        for key in names[name]:
            by_row[key].append(name)
    return {
        key: (
            "、".join(found),
            sum(in_text[name] for name in found),
            any(in_title[name] for name in found),
            not in_keywords.isdisjoint(found),
        )
        for key, found in by_row.items()
    }


def mentions(text: str, names: Iterable[str]) -> Counter[str]:
    """Count how often each name stands in the text, with one walk over it; a longer name hides those inside it.

    >>> mentions("村务公开了，村务账目还没有。ai不是said", {"村务", "村务公开", "ai"})
    Counter({'村务公开': 1, '村务': 1, 'ai': 1})
    """
    names = set(names)
    lengths: dict[str, list[int]] = defaultdict(list)
    for first, length in sorted({(name[0], len(name)) for name in names}, reverse=True):
        lengths[first].append(length)
    counts: Counter[str] = Counter()
    at = 0
    while at < len(text):
        found = next((length for length in lengths.get(text[at], ()) if _stands(text, at, length, names)), 0)
        if found:
            counts[text[at : at + found]] += 1
        at += found or 1
    return counts


def _stands(text: str, at: int, length: int, names: set[str]) -> bool:
    """Say whether a name stands here, and is no part of a longer Latin word."""
    name = text[at : at + length]
    if name not in names:
        return False
    before, after = text[at - 1 : at], text[at + length : at + length + 1]
    return not (_joins(before, name[0]) or _joins(name[-1], after))


def _joins(one: str, other: str) -> bool:
    return (one + other).isascii() and one.isalnum() and other.isalnum()


def _alike(article: Article) -> dict[int, int]:
    """Count, for each theme, the articles in it that share a tag with this one."""
    tags = article.tag_items.values("tag")
    others = TaggedArticle.objects.filter(tag__in=tags).exclude(content_object=article).values("content_object")
    placed = Placement.objects.filter(article__in=others).order_by().values("theme")
    counted = placed.annotate(count=Count("article", distinct=True)).filter(count__gte=ALIKE)
    return dict(counted.values_list("theme", "count"))


def _best(
    table: type[Model], met: Mapping[int, tuple[str, int, bool, bool]], alike: Mapping[int, int]
) -> list[Suggestion]:
    found = []
    for key in met.keys() | alike.keys():
        name, in_text, in_title, in_keywords = met.get(key, ("", 0, False, False))
        found.append((key, Suggestion(None, name, in_text, in_title, in_keywords, alike.get(key, 0))))
    likeliest = sorted(
        (pair for pair in found if pair[1].is_worth_showing), key=lambda pair: (-pair[1].weight, pair[0])
    )
    rows = table._default_manager.in_bulk([key for key, _ in likeliest[:MOST]])
    return [
        Suggestion(rows[key], one.name, one.in_text, one.in_title, one.in_keywords, one.alike)
        for key, one in likeliest[:MOST]
        if key in rows
    ]
