"""Characters that a typesetter's font puts in place of the usual ones: radicals, compatibility forms, vertical marks.

They look right and are found by no search. A blanket NFKC would mend them and spoil the full-width punctuation, so only
these blocks are mapped, one character for one.
"""

import re
from functools import cache
from unicodedata import normalize

# Kangxi radicals, compatibility ideographs and their supplement: Unicode's own decomposition is the usual character
DECOMPOSED = ((0x2F00, 0x2FD5), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D))
# The radicals supplement has none: its equivalents are those of EquivalentUnifiedIdeograph-15.0.0.txt
# (© Unicode, Inc., Unicode License v3), in the order of the block; U+2E80 and U+2E9A have none there either
SUPPLEMENT_START = 0x2E80
SUPPLEMENT = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹"
    "虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# two radicals whose usual character is written otherwise in Simplified fonts
SIMPLIFIED = {0x2F3E: "户", 0x2FAD: "青"}
# what vertical setting makes of punctuation
VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗：—–（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)

FORMS = re.compile(
    "[\u2e81-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d\ufe10-\ufe18\ufe30-\ufe48]+"
)


def to_usual(text: str, script: str = "hans") -> str:
    """Return the text with each such form as the character it stands for, one for one, so that offsets stay true.

    `script` is that of the whole text, as `scripts.script_of` tells it.

    >>> to_usual("⽩鹭村的⼾数⻚码，︽账本︾")
    '白鹭村的户数页码，《账本》'
    """
    return text.translate(_usual(script == "hans")) if FORMS.search(text) else text


@cache
def _usual(is_simplified: bool) -> dict[int, str]:
    forms = {SUPPLEMENT_START + place: char for place, char in enumerate(SUPPLEMENT)}
    forms |= {ord(form): usual for form, usual in VERTICAL.items()}
    for first, last in DECOMPOSED:
        forms |= {code: normalize("NFKC", chr(code)) for code in range(first, last + 1)}
    return forms | SIMPLIFIED if is_simplified else forms
