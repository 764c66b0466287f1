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


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding for each stray character; a text of both scripts alike is read as Simplified."""
    is_stray, convert = (
        (simplified_only, to_traditional) if text.script == "hant" else (traditional_only, to_simplified)
    )
    # one Simplified character may stand for several Traditional ones, so that direction is a guess
    usual = 0.6 if text.script == "hant" else 0.9
    for number, block in enumerate(text.blocks):
        strays = [place for place, char in enumerate(block) if is_stray(char)]
        kept = _deliberate(block, strays)
        for place in strays:
            confidence = 0.5 if place in kept else usual
            yield Finding(CODE, SEVERITY, number, place, place + 1, block[place], convert(block[place]), confidence)


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
