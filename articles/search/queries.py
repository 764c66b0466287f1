"""What somebody typed into a search, read as a question. Anything that can be typed is one."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from articles.chinese.folding import fold
from articles.chinese.vocabulary import also_called
from articles.search.pieces import GAP, LONGEST_TERM, address

TITLE, AUTHOR, SOURCE, THEME, TAG, YEAR = "title", "author", "source", "theme", "tag", "year"
# as they are typed, folded
FIELDS = {name: name for name in (TITLE, AUTHOR, SOURCE, THEME, TAG, YEAR)} | {
    "标题": TITLE,
    "题名": TITLE,
    "作者": AUTHOR,
    "来源": SOURCE,
    "主题": THEME,
    "标签": TAG,
    "年份": YEAR,
}
# the first and the last day of the calendar cannot be named in every time zone
FIRST_YEAR, LAST_YEAR = 2, 9998
YEARS = re.compile(r"[0-9]{4}(?:\.\.(?:[0-9]{4})?)?|\.\.[0-9]{4}")
# A minus, the name of a field, and a phrase between marks of quotation or whatever stands before the next space.
BEFORE = r"(?<!\S)(-)?(?:([a-z]+|[\u4e00-\u9fff]{2}):)?"
TYPED = re.compile(
    BEFORE + r'(?:"([^"]+)"|“([^“”]+)”|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》)(?!\S)' + "|" + BEFORE + r"(\S+)"
)


class Word(NamedTuple):
    """A phrase of folded text, and the column of the index in which it has to stand; without one, in any."""

    text: str
    column: str = ""


class Named(NamedTuple):
    """What a field asks for: articles of this author, source, theme, tag or year."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the index is asked: of each group at least one word has to stand in a text, and none of `without`."""

    groups: tuple[tuple[Word, ...], ...] = ()
    without: tuple[Word, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """Each word that may stand in what is found."""
        return tuple(word for group in self.groups for word in group)


@dataclass(frozen=True, slots=True)
class Query:
    """A question: what has to stand in a text, and what has to be known of it or must not be."""

    asked: Asked = field(default_factory=Asked)
    named: tuple[Named, ...] = ()
    not_named: tuple[Named, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.asked.groups or self.asked.without or self.named or self.not_named)


class Part(NamedTuple):
    """One thing that was typed; `is_exact` where it stood between marks of quotation."""

    is_unwanted: bool
    field: str
    text: str
    is_exact: bool


@lru_cache(maxsize=256)
def parse(term: str) -> Query:
    """Return the question somebody typed; of more than 200 characters the first 200.

    Every word and "phrase" has to stand in a text, `OR` parts those of which one suffices, a minus comes before what
    must not stand there, and title:, author:, source:, theme:, tag:, year:2013..2015 say where it stands.

    >>> query = parse("村口 OR 巷口 -预算 作者:示例作者甲 year:2013..")
    >>> [[word.text for word in group] for group in query.asked.groups], query.asked.without[0].text
    ([['村口', '巷口']], '预算')
    >>> [tuple(name) for name in query.named]
    [('author', '示例作者甲'), ('year', '2013..')]
    """
    groups: list[tuple[Word, ...]] = []
    without: list[Word] = []
    named: dict[bool, list[Named]] = {False: [], True: []}
    is_either = False
    for part in _parts(term):
        if part is None:
            is_either = bool(groups)
            continue
        name, words = FIELDS.get(part.field, ""), _words(part)
        if name and name != TITLE:
            named[part.is_unwanted].append(Named(name, part.text))
        elif part.is_unwanted:
            without.append(words[0])
        elif is_either:
            groups[-1] += words
        else:
            groups.append(words)
        is_either = False
    asked = Asked(tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(without)))
    return Query(asked, tuple(dict.fromkeys(named[False])), tuple(dict.fromkeys(named[True])))


def _words(part: Part) -> tuple[Word, ...]:
    """The word, and what else it is called."""
    column = TITLE if FIELDS.get(part.field) == TITLE else ""
    others = () if part.is_exact or part.is_unwanted else also_called(part.text)
    return tuple(Word(text, column) for text in (address(part.text), *others))


def _parts(term: str) -> list[Part | None]:
    """What was typed, one thing after the other; None for an OR between two of them."""
    typed = GAP.sub(" ", term[:LONGEST_TERM]).strip()
    found = list(TYPED.finditer(fold(typed)))
    return [
        None if typed[match.start() : match.end()] == "OR" and 0 < place < len(found) - 1 else _part(match)
        for place, match in enumerate(found)
    ]


def _part(match: re.Match[str]) -> Part:
    """Read one thing; what looks like a field and is none is a word with a colon in it."""
    minus, name, *phrases, other_minus, other_name, word = match.groups(default="")
    phrase = next((phrase.strip() for phrase in phrases if phrase.strip()), "")
    name, text = name or other_name, phrase or word or match[0]
    is_known = name in FIELDS and (FIELDS[name] != YEAR or YEARS.fullmatch(text) is not None)
    if name and not is_known:
        name, text = "", f"{name}:{text}"
    return Part(bool(minus or other_minus), name, text, bool(phrase))


def years(value: str) -> range:
    """Return the years that a value of `year:` means, within what every database can tell.

    >>> years("2013"), years("2013..2015"), years("2013.."), years("..2015")
    (range(2013, 2014), range(2013, 2016), range(2013, 9999), range(2, 2016))
    """
    first, between, last = value.partition("..")
    until = int(last) if last else LAST_YEAR if between else int(first)
    return range(max(int(first or FIRST_YEAR), FIRST_YEAR), min(until, LAST_YEAR) + 1)
