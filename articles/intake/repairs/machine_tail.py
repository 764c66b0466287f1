"""English behind a Chinese text that a machine has made of it: The party-mass relations as a systematic project."""

import re
from itertools import takewhile

from articles.chinese.scripts import HAN
from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet
from articles.restoration import Finding

CODE = "machine_tail"

FEWEST_HAN = 200
FEWEST_WORDS = 25
LATIN_SHARE = 0.8
MOST_SHOWN = 2_000
LATIN = re.compile("[A-Za-z]")
WORD = re.compile(r"[A-Za-z]{1,40}")
# headings and marks of what an author puts behind the text: an abstract, references, a program, a letter
WANTED = re.compile(
    r"abstract|key ?words?\b|references?\b|bibliography|notes?\b|appendix|acknowledg|summary|copyright|https?://|www\."
    r"|\bdoi\b|\bpp?\. ?\d|\bvol\.|\(\d{4}\)|\[\d{1,3}\]|[{}=<>|;]{2}|[{}]|\(\)|//|^\d{1,3}[.)] ?[A-Z]|^[“\"‘']",
    re.IGNORECASE | re.MULTILINE,
)
ANNOUNCED = re.compile(r"参考文献|參考文獻|英文|原文|译文|譯文|附录|附錄|摘要|注释|注釋|[：:]$")
FUNCTION_WORDS = frozenset("the of and to in is a that for on with as by are".split())
FEWEST_FUNCTION_SHARE = 0.2


def repair(sheet: Sheet) -> None:
    """Cut it off, and note all of it in one finding at the end of what is left."""
    size = len(sheet.texts)
    if not size or not _is_latin(sheet.texts[-1]):
        return
    start = size - sum(1 for _ in takewhile(_is_latin, reversed(sheet.texts)))
    before, tail = sheet.texts[:start], "\n".join(sheet.texts[start:])
    if not _is_chinese(before) or not _is_prose(tail):
        return
    sheet.change(Edit(CODE, block, 0, len(sheet.texts[block])) for block in range(start, size))
    if len(sheet.texts) == start:
        sheet.findings = [finding for finding in sheet.findings if finding.code != CODE]
        place = len(sheet.texts[-1])
        sheet.findings.append(Finding(CODE, "warning", start - 1, place, place, tail[:MOST_SHOWN], "", 0.85, True))


def _is_latin(text: str) -> bool:
    latin, han = len(LATIN.findall(text)), len(HAN.findall(text))
    return latin > LATIN_SHARE * (latin + han) and 2 * latin > len(text)


def _is_chinese(texts: list[str]) -> bool:
    """Whether the text is Chinese throughout, and does not announce what follows."""
    han = sum(len(HAN.findall(text)) for text in texts)
    return han >= FEWEST_HAN and not any(map(_is_latin, texts)) and not ANNOUNCED.search(texts[-1][-20:])


def _is_prose(tail: str) -> bool:
    words = WORD.findall(tail.lower())
    small = sum(word in FUNCTION_WORDS for word in words)
    return len(words) >= FEWEST_WORDS and small >= FEWEST_FUNCTION_SHARE * len(words) and not WANTED.search(tail)
