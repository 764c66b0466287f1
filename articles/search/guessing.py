"""What may have been meant by words that stand nowhere: a character typed for another that looks or sounds like it."""

from collections.abc import Iterator
from dataclasses import replace

from articles.chinese.glyphs import stand_ins
from articles.models import SearchDocument
from articles.search.asking import backend
from articles.search.queries import Asked, Query, Word

# How many other characters are tried for each, how many words in all, and how many of them are told.
OTHERS, MOST_TRIED, MOST_TOLD = 4, 30, 3


def guesses(query: Query) -> list[str]:
    """Return words, best first, that readers' documents hold and that may have been meant; one query.

    Whether readers may see those documents is not asked here: ask `find` before one is told.
    """
    words = [group[0] for group in query.asked.groups]
    tried = list(dict.fromkeys(other for place in range(len(words)) for other in _other(words, place)))[:MOST_TRIED]
    if not tried:
        return []
    asked = [Asked(tuple((Word(text),) for text in each)) for each in tried]
    held = backend().held(asked, SearchDocument.OF_READERS)
    return [" ".join(each) for each, is_held in zip(tried, held, strict=True) if is_held][:MOST_TOLD]


def _other(words: list[Word], place: int) -> Iterator[tuple[str, ...]]:
    """The words with one character of the one at this place replaced, the likeliest first."""
    text = words[place].text
    others = [
        (likely, text[:position] + other + text[position + 1 :])
        for position, char in enumerate(text)
        for other, likely in sorted(stand_ins(char).items(), key=lambda item: -item[1])[:OTHERS]
    ]
    for _likely, other in sorted(others, key=lambda item: -item[0]):
        yield tuple(other if number == place else word.text for number, word in enumerate(words))


def with_words(query: Query, typed: str) -> Query:
    """Return the question with these words instead of its own."""
    groups = tuple((Word(word),) for word in typed.split(" "))
    return replace(query, asked=replace(query.asked, groups=groups))
