"""What a name may be looked for by: its characters in one script, its pinyin, its initials."""

import unicodedata
from collections.abc import Iterable

from articles.chinese.scripts import to_simplified

# Stands before, between and behind the parts of a key, so that what begins or fills a part can be asked for.
BAR = "|"


def folded(text: str) -> str:
    """Return what is the same however the text is written: its letters and digits, Simplified, half-width, lower-case.

    >>> folded("《鄉村 治理》"), folded("ＡＩ·Lab")
    ('乡村治理', 'ailab')
    """
    same_width = unicodedata.normalize("NFKC", to_simplified(unicodedata.normalize("NFKC", text)))
    return "".join(character for character in same_width.lower() if character.isalnum())


def readings(text: str) -> tuple[str, str]:
    """Return the pinyin of the text without tones, and its initials; ü is v, as one types it.

    Phrases decide between readings.

    >>> readings("重庆日报"), readings("十四五2025规划")
    (('chongqingribao', 'cqrb'), ('shisiwu2025guihua', 'ssw2025gh'))
    """
    # Its table of phrases takes 50 MB, which a process that saves no name need not hold.
    from pypinyin import Style, lazy_pinyin

    plain = folded(text)
    full, initials = (lazy_pinyin(plain, style=style) for style in (Style.NORMAL, Style.FIRST_LETTER))
    return "".join(full), "".join(initials)


def search_key(names: Iterable[str], *, longest: int) -> str:
    """Return the key of a row with these names, the first of them its own; what goes beyond `longest` is left out.

    >>> search_key(["乡村治理", "村治"], longest=100)
    '|乡村治理|村治|xiangcunzhili|xczl|cunzhi|cz|'
    """
    names = [name for name in names if folded(name)]
    parts = [folded(name) for name in names] + [reading for name in names for reading in readings(name)]
    key = BAR
    for part in dict.fromkeys(parts):
        if len(key) + len(part) < longest:
            key += part + BAR
    return key
