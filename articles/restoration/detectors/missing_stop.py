"""The end of a sentence whose stop was lost: ……受益的是村民”但是账目…….

Where two sentences run together and nothing but their sense parts them, no rule can tell; what is looked for is a
paragraph that ends without a mark among others that end with one, a quoted sentence followed at once by a new one, and
a run of words longer than anybody writes without a mark.
"""

import re
from collections.abc import Iterator

from articles.restoration.detectors.truncated import ends_whole
from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "missing_stop"
SEVERITY = "warning"

HAN = "\u4e00-\u9fff"
HANS = re.compile(f"[{HAN}]")
# a shorter paragraph may be a heading, a verse or a signature
SHORTEST = 40
FEWEST_ENDED, USUAL_SHARE = 4, 0.6
# 与 and 的 end no sentence: there the paragraph was broken, and 摄 is the end of a caption
LAST_LETTER = re.compile(rf"[{HAN}](?<![与和及或的地得着在于对把被向从是为将等因而但且以摄图])(?=[”’」』]?$)")
# words that open a clause, and can follow a quoted sentence only after a mark
OPENING = (
    "但是|然而|因此|所以|此外|另外|总之|与此同时|近年来|据悉|据了解|综上所述|不过|而且|我们|他们|这是|这就|对此|为此"
)
QUOTED = re.compile(rf"“([^“”]{{12,120}})”(?=(?:{OPENING}))")
STOPPED = "。！？…，；：、"
# a list of names may be as long, but it has no such words
LONG_RUN = re.compile(rf"[{HAN}]{{80,400}}")
FUNCTION_WORD = re.compile("[的是了在和就也都不]")
FEWEST_WORDS = 5


def detect(text: Text) -> Iterator[Finding]:
    """Yield the last letter before the gap, with a full stop behind it as the suggestion; none for a long run."""
    paragraphs = [(number, block) for number, block in text.paragraphs() if len(HANS.findall(block)) >= SHORTEST]
    yield from _bare_ends(paragraphs, last=len(text.blocks) - 1)
    for number, block in paragraphs:
        for match in QUOTED.finditer(block):
            if "，" in match[1] and match[1][-1] not in STOPPED:
                end = match.end()
                yield Finding(CODE, SEVERITY, number, end - 1, end, "”", "”。", 0.6)
        for match in LONG_RUN.finditer(block):
            if len(FUNCTION_WORD.findall(match[0])) >= FEWEST_WORDS:
                yield Finding(CODE, SEVERITY, number, *match.span(), match[0], None, 0.6)


def _bare_ends(paragraphs: list[tuple[int, str]], last: int) -> Iterator[Finding]:
    """Yield the ends without a mark; the end of the whole text belongs to `truncated`."""
    bare = [(number, block) for number, block in paragraphs if _is_sentence(block) and not ends_whole(block)]
    found = [(number, len(block), match) for number, block in bare if (match := LAST_LETTER.search(block[-2:]))]
    ended = len(paragraphs) - len(found)
    if ended < FEWEST_ENDED or ended < USUAL_SHARE * len(paragraphs):
        return
    for number, length, match in found:
        if number != last:
            start = max(0, length - 2) + match.start()
            yield Finding(CODE, SEVERITY, number, start, start + 1, match[0], f"{match[0]}。", 0.6)


def _is_sentence(block: str) -> bool:
    """Whether the block has commas, and not only the marks of a list of names."""
    commas = block.count("，") + block.count(",")
    return commas > 0 and 3 * commas >= block.count("、")
