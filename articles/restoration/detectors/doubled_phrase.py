"""A phrase that stands twice running where copying doubled it: 密切密切联系."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from articles.restoration.findings import MOST_OF_ONE_CODE, Finding
from articles.restoration.text import Text

CODE = "doubled_phrase"
SEVERITY = "warning"

LONGEST = 40
HAN = re.compile("[\u4e00-\u9fff]+")
# (Object-Oriented,(Object-Oriented,
LATIN = re.compile(r"([(（]?[A-Za-z][A-Za-z-]{5,40}[,，)）]?)\1")
# 一步一步, 很多很多, 越走越: said twice on purpose
SAID_TWICE = re.compile(r"[一两几很好再又越非极太某每多少真快慢不]")
# 主教 in 天主教主教团 stands between the same two characters every time
OFTEN = 4
SHORTEST_REPEATED = 12


@dataclass(frozen=True, slots=True)
class Doubled:
    """A place where a phrase follows itself."""

    block: int
    start: int
    end: int
    phrase: str


def detect(text: Text) -> Iterator[Finding]:
    """Yield doubled phrases whose single form stands elsewhere too, doubled terms in Latin letters, and whole blocks.

    Two characters said twice are good Chinese (研究研究, 讨论讨论), so those must be doubled more than once.
    """
    found = list(islice(_doubled_phrases(text), MOST_OF_ONE_CODE))
    times = Counter(each.phrase for each in found)
    whole = "\n".join(text.blocks)
    suspects = {phrase for phrase in times if not SAID_TWICE.match(phrase) and (len(phrase) > 2 or times[phrase] > 1)}
    wrong = {phrase for phrase in suspects if whole.count(phrase) > 2 * times[phrase]}
    free = _in_several_settings(text, found)
    for each in found:
        if each.phrase in wrong:
            is_sure = len(each.phrase) > 2 or (times[each.phrase] > OFTEN and each.phrase in free)
            stands = text.blocks[each.block][each.start : each.end]
            yield Finding(
                CODE, SEVERITY, each.block, each.start, each.end, stands, each.phrase, 0.85 if is_sure else 0.7
            )
    for number, block in enumerate(text.blocks):
        for match in LATIN.finditer(block):
            yield Finding(CODE, SEVERITY, number, *match.span(), match[0], match[1], 0.85)
    yield from _repeated(text)


def _doubled_phrases(text: Text) -> Iterator[Doubled]:
    for number, block in enumerate(text.blocks):
        for start, end, phrase in _doubled(block):
            if len(set(phrase)) > 1 and HAN.fullmatch(phrase):
                yield Doubled(number, start, end, phrase)


def _doubled(block: str) -> Iterator[tuple[int, int, str]]:
    """Yield start and end of what follows itself at once, however often, and the phrase.

    Where two characters stood before is looked up, not searched: a pattern would try every length at every place.
    """
    last: dict[tuple[str, str], int] = {}
    free_from = 0
    for place, pair in enumerate(pairwise(block)):
        start = last.get(pair, -1)
        last[pair] = place
        length = place - start
        if start < free_from or not 2 <= length <= LONGEST:
            continue
        phrase = block[start:place]
        if block.startswith(phrase, place):
            end = place + length
            while block.startswith(phrase, end):
                end += length
            yield start, end, phrase
            free_from = end


def _in_several_settings(text: Text, found: Sequence[Doubled]) -> set[str]:
    """Return the phrases that are doubled between different neighbours: no part of one longer word."""
    beside: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in found:
        block = text.blocks[each.block]
        beside[each.phrase].add((block[max(each.start - 1, 0) : each.start], block[each.end : each.end + 1]))
    return {phrase for phrase, settings in beside.items() if len(settings) > 1}


def _repeated(text: Text) -> Iterator[Finding]:
    """Yield paragraphs that say what the one before them says; a short line may be a refrain."""
    for (_, before), (number, block) in pairwise(text.paragraphs()):
        if block == before and len(block) >= SHORTEST_REPEATED:
            yield Finding(CODE, SEVERITY, number, 0, len(block), block, "", 0.7)
