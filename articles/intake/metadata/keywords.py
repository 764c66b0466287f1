"""Abstract, keywords, tags and the path of channels, as a page prints them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from articles.intake.metadata.found import Found, in_head
from articles.intake.metadata.surroundings import Surroundings, labels_of

LONGEST_KEYWORD = 30
MOST_KEYWORDS = 20
LONGEST_ABSTRACT = 2_000
META_NAMES = ("citation_keywords", "keywords", "news_keywords", "keyword")
BETWEEN = re.compile(r"[;；,，、|｜]")
SPACES = re.compile(r"[ \u3000\u00a0]+")
STEP = re.compile(r"[ \u00a0\u3000]{0,4}(?:>{1,2}|»|›|＞|→|-->|/)[ \u00a0\u3000]{0,4}")
STEP_SIGNS = (">", "»", "›", "＞", "→")
PLACE_LABEL = re.compile(r"^[^>»›＞→:：]{0,12}位置[^>»›＞→:：]{0,4}[:：]?[ \u3000]{0,3}")
NOT_STEP = frozenset(
    "正文 文章正文 详细内容 内容 查看内容 浏览文章 查看 详情 浏览信息 信息内容 文章内容 查看信息 新闻内容".split()
)
MOST_STEPS = 8
# the abstract's heading on a line of its own: 摘 要
ABSTRACT = re.compile(r"[\W_]{0,2}(?:内容|论文)?[摘提][ \u3000]{0,3}要[\W_]{0,2}")


def find_abstract(around: Surroundings) -> Found[str]:
    """Return the abstract the page labels as such (摘要, 内容提要), or ""."""
    lines = (*around.below_title, *around.opening, *around.head)
    labelled = (Found(value, "label", line) for value, line in _labelled(lines, "abstract") if len(value) > 10)
    under = (Found(below, "heading", below) for line, below in pairwise(lines) if ABSTRACT.fullmatch(line))
    found = next(labelled, None) or next(under, Found(""))
    return replace(found, value=found.value[:LONGEST_ABSTRACT])


def find_keywords(around: Surroundings) -> Found[list[str]]:
    """Return the labelled keywords, else those the head of the page gives.

    >>> find_keywords(Surroundings(opening=["【关键词】议事会；预算　公开"])).value
    ['议事会', '预算', '公开']
    """
    lines = (*around.below_title, *around.opening, *around.head, *around.closing, *around.tail)
    labelled = _words(_labelled(lines, "keywords"))
    said = (in_head(_split([around.meta.get(name, "")]), name) for name in META_NAMES)
    return labelled or next((found for found in said if found and found.value != [around.title]), labelled)


def find_tags(around: Surroundings) -> Found[list[str]]:
    """Return the words the page sets after 标签 or 推荐访问."""
    return _words(_labelled((*around.below_title, *around.closing, *around.tail), "tags"))


def find_breadcrumb(around: Surroundings) -> Found[list[str]]:
    """Return the channels of the path above the text, from the top.

    >>> find_breadcrumb(Surroundings(head=["您现在的位置：首页 > 党建 > 理论 > 正文"])).value
    ['首页', '党建', '理论']
    """
    for line in reversed(around.head):
        path = PLACE_LABEL.sub("", line[:300])
        steps = [step.strip() for step in STEP.split(path) if step.strip()]
        is_path = any(sign in path for sign in STEP_SIGNS) or (path != line and "/" in path)
        if is_path and 2 <= len(steps) <= MOST_STEPS and all(len(step) <= LONGEST_KEYWORD for step in steps[:-1]):
            shown = [step for step in steps if step not in NOT_STEP and step != around.title and len(step) <= 60]
            return Found(shown, "path", line)
    return Found([])


def _labelled(lines: Iterable[str], kind: str) -> list[tuple[str, str]]:
    """The values of the labels of this kind, each with its line."""
    return [(label.value, line) for line in lines for label in labels_of(line) if label.kind == kind]


def _words(labelled: Sequence[tuple[str, str]]) -> Found[list[str]]:
    words = _split(value for value, _ in labelled)
    return Found(words, "label", next((line for value, line in labelled if value), "")) if words else Found([])


def _split(values: Iterable[str]) -> list[str]:
    """Split at marks, or at spaces where there are no marks."""
    words: list[str] = []
    for value in values:
        pieces = BETWEEN.split(value)
        words += [word for piece in pieces for word in (SPACES.split(piece) if not piece.isascii() else [piece])]
    kept = (word.strip(' \u3000。.“”"') for word in words)
    return list(dict.fromkeys(word for word in kept if _is_word(word)))[:MOST_KEYWORDS]


def _is_word(text: str) -> bool:
    """Whether the text may be a keyword: one Chinese character is a word, one letter is none."""
    return len(text) <= LONGEST_KEYWORD and (len(text) > 1 or (text.isalpha() and not text.isascii()))
