"""Characters of the other script: 推動 in a Simplified text, 发 in a Traditional one."""

import re
from collections.abc import Iterator

from articles.chinese.scripts import simplified_only, to_simplified, to_traditional, traditional_only
from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "mixed_script"
SEVERITY = "warning"

# a longer run is a name or a quotation that someone may have left in its own script on purpose
LONGEST_STRAY_RUN = 5
QUOTED = re.compile(r"《[^《》\n]{1,60}》|「[^「」\n]{1,60}」")
# Hong Kong writes these as the mainland does, Taiwan does not
HONG_KONG = frozenset("兑卧叁囱媪悦愠户捝揾敚棁榅氲涚温煴税緼脱腽葱蒀藴蜕輼醖恒")
# 钱鍾书, 毕昇, 三塚: kept in names where the rest is Simplified
IN_NAMES = frozenset("鍾昇陞塚崑巖峯淩勳煇傑")


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding for each stray character; a text of both scripts alike is read as Simplified."""
    is_hant = text.script == "hant"
    convert = to_traditional if is_hant else to_simplified
    strays = {char for char in set().union(*text.blocks) if _is_stray(char, is_hant=is_hant)}
    for number, block in enumerate(text.blocks):
        if strays.isdisjoint(block):
            continue
        places = [place for place, char in enumerate(block) if char in strays]
        kept = _deliberate(block, places)
        for place in places:
            # one Simplified character may stand for several Traditional ones, so that direction is a guess
            usual = 0.6 if is_hant or block[place] in IN_NAMES else 0.9
            confidence = 0.5 if place in kept else usual
            yield Finding(CODE, SEVERITY, number, place, place + 1, block[place], convert(block[place]), confidence)


def _is_stray(char: str, *, is_hant: bool) -> bool:
    return simplified_only(char) and char not in HONG_KONG if is_hant else traditional_only(char)


def _deliberate(block: str, strays: list[int]) -> set[int]:
    """The strays inside title marks that are in the other script as a whole, and those in long runs."""
    places = set(strays)
    kept: set[int] = set()
    for match in QUOTED.finditer(block):
        inside = places.intersection(range(*match.span()))
        if 2 * len(inside) >= match.end() - match.start() - 2:
            kept |= inside
    run: list[int] = []
    for place in [*strays, -1]:
        if run and place != run[-1] + 1:
            kept.update(run if len(run) > LONGEST_STRAY_RUN else ())
            run = []
        run.append(place)
    return kept
