"""Write folds.txt anew: python -m articles.chinese.data.build_folds

Takes what the OpenCC of requirements.txt and this Python's Unicode say of every single character; no phrase rule has a
say, so that a short query and a long text can never be folded differently.
"""

from collections import defaultdict
from pathlib import Path
from unicodedata import normalize

import opencc

TARGET = Path(__file__).with_name("folds.txt")
LAST = 0x2FA1D
SURROGATES = range(0xD800, 0xE000)
# regional standards to OpenCC's own, then Traditional to Simplified
TABLES = ("tw2t", "hk2t", "t2s")
# what OpenCC leaves apart because one of the two has a second reading; a search must not
ALSO = dict(zip("乾著徵藉瞭於裡裏麵麪", "干着征借了于里里面面", strict=True))
HEADER = """\
# what a search takes for one character, and the characters it takes for it: scripts, variants, widths and capitals.
# Every line replaces one character by one. Origin and licences: see README.md.
"""


def main() -> None:
    """Write the table beside this file."""
    groups = defaultdict(list)
    for before, after in _folds().items():
        groups[after].append(before)
    lines = (f"{after}\t{''.join(groups[after])}\n" for after in sorted(groups))
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")


def _folds() -> dict[str, str]:
    chars = [chr(code) for code in range(0x21, LAST + 1) if code not in SURROGATES]
    single = [folded if len(folded := normalize("NFKC", char).lower()) == 1 else char for char in chars]
    for table in TABLES:
        converted = opencc.OpenCC(table).convert("\n".join(single)).split("\n")
        single = [new if len(new) == 1 else old for old, new in zip(single, converted, strict=True)]
    folds = {char: ALSO.get(char, ALSO.get(folded, folded)) for char, folded in zip(chars, single, strict=True)}
    return {char: _settled(char, folds) for char in chars if _settled(char, folds) not in (char, "\t", " ")}


def _settled(char: str, folds: dict[str, str]) -> str:
    """Follow the folds to their end: folding what is folded already changes nothing."""
    seen = {char}
    while (after := folds.get(char, char)) not in seen:
        seen.add(after)
        char = after
    return char


if __name__ == "__main__":
    main()
