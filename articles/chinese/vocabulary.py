"""What the same thing is called in Taiwan and on the mainland: 软件 and 軟體, 信息 and 資訊."""

from functools import cache, lru_cache

import opencc

from articles.chinese.folding import fold


@lru_cache(maxsize=1_000)
def also_called(word: str) -> tuple[str, ...]:
    """Return what a folded word is called on the other side of the strait, folded; nothing where it is called the same.

    OpenCC's tables of phrases decide, in both directions.

    >>> also_called("软件"), also_called("软体"), also_called("村口")
    (('软体',), ('软件',), ())
    """
    there = fold(_converter("s2twp").convert(word))
    here = fold(_converter("tw2sp").convert(_converter("s2tw").convert(word)))
    return tuple(dict.fromkeys(other for other in (there, here) if other != word))


@cache
def _converter(table: str) -> opencc.OpenCC:
    return opencc.OpenCC(table)
