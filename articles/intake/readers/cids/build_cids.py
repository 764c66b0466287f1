"""Write the tables of character numbers anew: python build_cids.py FOLDER

Takes UniGB-UTF32-H and UniCNS-UTF32-H of Adobe's cmap-resources, as Debian's poppler-data has them in cMap/.
"""

import re
import sys
from pathlib import Path
from unicodedata import normalize

SOURCES = {"gb1": "Adobe-GB1/UniGB-UTF32-H", "cns1": "Adobe-CNS1/UniCNS-UTF32-H"}
SECTION = re.compile(r"begincid(range|char)\n(.*?)endcid", re.DOTALL)
CODE = re.compile(r"<([0-9a-f]+)>(?: <([0-9a-f]+)>)? (\d+)")
MISSING = "\ufffd"


def main(folder: Path) -> None:
    """Write one file for each collection: the character of number 0, of number 1, and so on."""
    for name, source in SOURCES.items():
        chars: dict[int, str] = {}
        for first, last, cid in _ranges((folder / source).read_text(encoding="ascii")):
            for code in range(first, last + 1):
                known = chars.get(cid + code - first)
                # of several characters with one shape the usual one, not the radical or compatibility form
                if known is None or (normalize("NFKC", known) != known and normalize("NFKC", chr(code)) == chr(code)):
                    chars[cid + code - first] = chr(code)
        text = "".join(chars.get(cid, MISSING) for cid in range(max(chars) + 1))
        Path(__file__).with_name(f"{name}.txt").write_text(text, encoding="utf-8", newline="")


def _ranges(cmap: str) -> list[tuple[int, int, int]]:
    codes = [match.groups() for section in SECTION.finditer(cmap) for match in CODE.finditer(section[2])]
    return [(int(first, 16), int(last or first, 16), int(cid)) for first, last, cid in codes]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
