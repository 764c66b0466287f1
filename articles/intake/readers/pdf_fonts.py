"""The fonts of a PDF: which characters its codes are, and how far each moves the pen."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf.generic import DictionaryObject

# pypdf has no public name for it; the version is pinned, and the documents under tests/pages read by it
from pypdf.generic._font import Font as Codes

# thousandths of the type size: a Chinese character, where the font does not say
SQUARE = 1000.0
UNKNOWN = "\ufffd"
# the characters of two collections by their numbers: see cids/README.md
COLLECTIONS = {
    ordering: Path(__file__).with_name("cids").joinpath(name).read_bytes().decode()
    for ordering, name in (("GB1", "gb1.txt"), ("CNS1", "cns1.txt"))
}
BOLD = ("bold", "black", "heavy", "semibold", "demibold", "simhei", "fandolhei", "heiti", "hei-")
HEAVY = 600


@dataclass(frozen=True, slots=True)
class Font:
    """One font as a page uses it. `is_vertical`: its lines run from top to bottom."""

    codes: Codes
    default: float
    scale: float = 1.0
    is_bold: bool = False
    is_vertical: bool = False
    is_readable: bool = True
    collection: str = ""

    def read(self, shown: bytes) -> list[tuple[str, float, bool]]:
        """Return the character of each code of a string, its width in type sizes, and whether it is a plain space."""
        encoding, widths = self.codes.encoding, self.codes.character_widths
        if isinstance(encoding, dict):
            raw = [(chr(code), encoding.get(code, chr(code))) for code in shown]
        else:
            raw = [(char, char) for char in _decode(shown, encoding)]
        return [
            (self._character(char), widths.get(code, self.default) * self.scale / 1000, code == " ")
            for code, char in raw
        ]

    def _character(self, char: str) -> str:
        if self.collection:
            return self.collection[ord(char)] if ord(char) < len(self.collection) else UNKNOWN
        return str(self.codes.character_map.get(char, char)) if self.is_readable else UNKNOWN


def _decode(shown: bytes, encoding: str) -> str:
    try:
        return shown.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return shown.decode(encoding, "replace")


def read_font(resource: DictionaryObject) -> Font:
    """Return the font of a resource."""
    codes = Codes.from_font_resource(resource)
    encoding = str(resource.get("/Encoding", ""))
    if resource.get("/Subtype") != "/Type0":
        default = float(codes.character_widths["default"])
        return Font(codes, default, _scale(resource), _is_bold(codes), is_readable=codes.interpretable)
    descendants: Any = resource.get("/DescendantFonts", [])
    descendant = descendants[0].get_object()
    default = float(codes.character_widths["default"]) if "/DW" in descendant else SQUARE
    # the codes are numbers of glyphs, and no table says which characters they show
    is_bare = encoding.startswith("/Identity") and not codes.character_map
    ordering = str(descendant.get("/CIDSystemInfo", {}).get("/Ordering", ""))
    collection = COLLECTIONS.get(ordering, "") if is_bare else ""
    return Font(
        codes,
        default,
        is_bold=_is_bold(codes),
        is_vertical=encoding.endswith("-V"),
        is_readable=codes.interpretable and not is_bare,
        collection=collection,
    )


def _scale(resource: DictionaryObject) -> float:
    """What the widths of a font drawn by the page itself are measured in: thousandths everywhere else."""
    matrix: Any = resource.get("/FontMatrix") if resource.get("/Subtype") == "/Type3" else None
    return abs(float(matrix[0])) * 1000 if matrix else 1.0


def _is_bold(codes: Codes) -> bool:
    name = codes.name.lower()
    weight = str(codes.font_descriptor.weight)
    return any(word in name for word in BOLD) or (weight.isdecimal() and int(weight) >= HEAVY)
