"""Text that was read by the wrong table: 浣滀负 is 作为, ±¾ÎÄ is 本文, æ–‡è„‰ is 文脉."""

import re
from collections.abc import Iterator

from articles.chinese.scripts import is_han
from articles.intake.repairs.edits import Edit
from articles.intake.repairs.likelihood import odd_kinds, surprise
from articles.intake.repairs.sheet import Sheet

CODE = "mojibake"

LONGEST = 200_000
SHORTEST = 4
FEWEST_HAN = 2
# in nats to a character: what a text is like that says something, and one that does not
MAKES_SENSE, MAKES_NONE = 9.0, 9.8

# as Windows-1252 reads the bytes above 7F; those it does not know stay what they are in Latin-1
WESTERN = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(128, 256)}
_HIGH = "".join(map(re.escape, WESTERN)) + "\x80-\xff"
WESTERN_RUN = re.compile(f"(?=[{_HIGH}]{{2}})[{_HIGH} -~]{{{SHORTEST},}}")
WIDE_RUN = re.compile(f"[^\x00-\x7f]{{{SHORTEST},}}")


def repair(sheet: Sheet) -> None:
    """Read it by the right table, where that gives back every byte and makes sense."""
    sheet.change(
        Edit(CODE, block, start, end, new)
        for block, text in enumerate(sheet.texts)
        if len(text) <= LONGEST
        for start, end, new in _mended(text)
    )


def mend(text: str) -> str | None:
    """Return a line read by the right table, or None where it needs no mending or cannot be mended.

    >>> mend("±¾ÎÄÖ÷Òª½éÉÜ"), mend("本文主要介绍")
    ('本文主要介绍', None)
    """
    place, pieces = 0, []
    for start, end, new in _mended(text[:LONGEST]):
        pieces += [text[place:start], new]
        place = end
    return "".join([*pieces, text[place:]]) if pieces else None


def _mended(text: str) -> list[tuple[int, int, str]]:
    """The runs that say something else: the whole text, or else parts of it."""
    if text.isascii():
        return []
    if WESTERN_RUN.search(text):
        for whole in (True, False):
            if found := list(_western(text, whole=whole)):
                return found
    return list(_wide(text)) if odd_kinds(text) else []


def _western(text: str, *, whole: bool) -> Iterator[tuple[int, int, str]]:
    runs = [(0, len(text))] if whole else [match.span() for match in WESTERN_RUN.finditer(text)]
    for start, end in runs:
        data = _western_bytes(text[start:end])
        readings = [new for table in ("utf-8", "gbk", "big5hkscs") if data and (new := _decoded(data, table))]
        best = min(readings, key=_strangeness, default="")
        if best and _strangeness(best) <= MAKES_SENSE and _is_mostly_han(best):
            yield start, end, best


def _wide(text: str) -> Iterator[tuple[int, int, str]]:
    runs = [match.span() for match in WIDE_RUN.finditer(text)]
    strange = [span for span in runs if _strangeness(text[slice(*span)]) >= MAKES_NONE]
    if not strange:
        return
    whole = _read_anew(text)
    if whole:
        yield 0, len(text), whole
        return
    for start, end in strange:
        # the last character of the run may have taken the first letter behind it
        for stop in (end, end + 1):
            if new := _read_anew(text[start:stop]):
                yield start, min(stop, len(text)), new
                break


def _read_anew(text: str) -> str:
    """What the text says if it was read as GBK or Big5 and is neither, or nothing."""
    readings = []
    for mistaken, true in (("gbk", "utf-8"), ("big5hkscs", "utf-8"), ("gbk", "big5hkscs"), ("big5hkscs", "gbk")):
        data = _encoded(text, mistaken)
        new = _decoded(data, true) if data else ""
        if new:
            readings.append(new)
    best = min(readings, key=_strangeness, default="")
    return best if best and _strangeness(best) <= MAKES_SENSE else ""


def _is_mostly_han(text: str) -> bool:
    """Whether no more than a word or two is Latin: é before a letter may pass for a character now and then."""
    return 2 * sum(map(is_han, text)) >= len(text)


def _western_bytes(text: str) -> bytes:
    try:
        return b"".join(bytes([WESTERN[char]]) if char in WESTERN else char.encode("latin-1") for char in text)
    except UnicodeEncodeError:
        return b""


def _encoded(text: str, table: str) -> bytes:
    # Windows reads the byte 80 as the euro sign
    parts = text.split("€") if table == "gbk" else [text]
    try:
        return b"\x80".join(part.encode(table) for part in parts)
    except UnicodeEncodeError:
        # what has no character of its own stands in the private area
        return _private_bytes(text) if table == "gbk" else b""


def _private_bytes(text: str) -> bytes:
    data = [b"\x80" if char == "€" else char.encode("gb18030", "replace") for char in text]
    return b"".join(data) if all(len(each) <= 2 for each in data) else b""


def _decoded(data: bytes, table: str) -> str:
    """The text of the bytes if it gives them back and holds Chinese and nothing unreadable."""
    try:
        text = data.decode(table)
    except UnicodeDecodeError:
        return ""
    if sum(map(is_han, text)) < FEWEST_HAN or any("\ue000" <= char <= "\uf8ff" or char < " " for char in text):
        return ""
    return text


def _strangeness(text: str) -> float:
    """How strange the text is to a reader of Chinese, to a character that is not Latin."""
    wide = [surprise(char) for char in text if not char.isascii()]
    return sum(wide) / len(wide) if wide else 0.0
