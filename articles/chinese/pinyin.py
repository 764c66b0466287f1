"""What a name may be looked for by: its characters in one script, its pinyin, its initials."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from articles.chinese.folding import fold
from articles.chinese.scripts import to_simplified

# Stands before, between and behind the parts of a key, so that what begins or fills a part can be asked for.
BAR = "|"
# Surnames that are read otherwise than the same characters are elsewhere; the syllables, for their initials.
SURNAMES = {
    name: tuple(syllables.split("'"))
    for name, syllables in re.findall(
        r"(\S+):(\S+)",
        "单:shan 曾:zeng 解:xie 仇:qiu 区:ou 查:zha 盖:ge 繁:po 朴:piao 秘:bi 洗:xian 员:yun 贠:yun 乐:yue "
        "召:shao 覃:qin 折:she 种:chong 黑:he 翟:zhai 隗:wei 缪:miao 牟:mu 粘:nian 阚:kan 郇:xun 郗:chi 乜:nie "
        "炅:gui 能:nai 佴:nai 都:du 谌:shen 祭:zhai 句:gou 角:jue 藏:zang 薄:bo 莘:xin 么:yao 卜:bu 镡:tan 丌:qi "
        "逄:pang 尉迟:yu'chi 万俟:mo'qi 长孙:zhang'sun 澹台:tan'tai 单于:chan'yu 乐正:yue'zheng 仲长:zhong'chang "
        "子车:zi'ju",
    )
}
LONGEST_SURNAME = 2


def folded(text: str) -> str:
    """Return what is the same however the text is written: its letters and digits, Simplified, half-width, lower-case.

    >>> folded("《鄉村 治理》"), folded("ＡＩ·Lab"), folded("帳目")
    ('乡村治理', 'ailab', '账目')
    """
    same_width = unicodedata.normalize("NFKC", fold(unicodedata.normalize("NFKC", text)))
    return "".join(character for character in same_width.lower() if character.isalnum())


def readings(text: str) -> tuple[str, str]:
    """Return the pinyin of the text without tones, and its initials; ü is v, as one types it.

    Phrases decide between readings.

    >>> readings("重庆日报"), readings("十四五2025规划")
    (('chongqingribao', 'cqrb'), ('shisiwu2025guihua', 'ssw2025gh'))
    """
    # Its table of phrases takes 50 MB, which a process that saves no name need not hold.
    from pypinyin import Style, lazy_pinyin

    plain = _letters(text)
    full, initials = (lazy_pinyin(plain, style=style) for style in (Style.NORMAL, Style.FIRST_LETTER))
    return "".join(full), "".join(initials)


def _letters(text: str) -> str:
    """What is read aloud, Simplified: variants stay, since 著名 is not read like 着名."""
    simplified = to_simplified(unicodedata.normalize("NFKC", text))
    return "".join(character for character in simplified.lower() if character.isalnum())


def readings_of_person(text: str) -> Iterator[str]:
    """Yield the pinyin and the initials of a name whose surname has a reading of its own, by that reading.

    >>> list(readings_of_person("单国强")), list(readings_of_person("林山"))
    (['shanguoqiang', 'sgq'], [])
    """
    plain = _letters(text)
    for length in range(LONGEST_SURNAME, 0, -1):
        syllables = SURNAMES.get(plain[:length])
        if syllables:
            full, initials = readings(plain[length:])
            yield "".join(syllables) + full
            yield "".join(syllable[0] for syllable in syllables) + initials


def search_key(names: Iterable[str], *, longest: int, are_persons: bool = False) -> str:
    """Return the key of a row with these names, the first of them its own; what goes beyond `longest` is left out.

    >>> search_key(["乡村治理", "村治"], longest=100)
    '|乡村治理|村治|xiangcunzhili|xczl|cunzhi|cz|'
    >>> search_key(["仇保兴"], longest=100, are_persons=True)
    '|仇保兴|choubaoxing|cbx|qiubaoxing|qbx|'
    """
    names = [name for name in names if folded(name)]
    parts = [folded(name) for name in names] + [reading for name in names for reading in readings(name)]
    if are_persons:
        parts += [reading for name in names for reading in readings_of_person(name)]
    key = BAR
    for part in dict.fromkeys(parts):
        if len(key) + len(part) < longest:
            key += part + BAR
    return key
