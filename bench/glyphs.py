"""How well disguised characters are repaired: python bench/glyphs.py CORPUS.txt [--table FILE] [--seed 1]

Takes clean Simplified text in UTF-8, a paragraph a line; an empty line ends an article, and so does a long one. Prints
how many disguises put in at random are repaired rightly, repaired wrongly and left, and how many characters of the
clean text would be changed. With --table the disguises come from a file of lines "character<TAB>its disguises" instead
of from our own tables of characters, which the detector reads too.
"""

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from articles.chinese.glyphs import is_common, is_everyday, is_standard, look_up
from articles.chinese.scripts import to_simplified, traditional_only
from articles.restoration.applying import CONFIDENT
from articles.restoration.detectors import glyph_substitution
from articles.restoration.findings import Finding
from articles.restoration.text import Text

ARTICLE = 1_500
HAN = [chr(code) for code in range(0x4E00, 0xA000)]
RATES = 0.01, 0.05
PER = 500_000

Disguises = dict[str, list[list[str]]]
Place = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, help="damage so many of them only, taken at random")
    options = parser.parse_args()
    articles = list(_articles(options.corpus))
    chance = random.Random(options.seed)  # noqa: S311 - the same damage each time
    some = chance.sample(articles, min(len(articles), options.articles or len(articles)))
    kinds = {"as in the table": _from_file(options.table)} if options.table else _from_glyphs()
    for kind, disguises in kinds.items():
        for rate in RATES:
            print(f"{kind}, {rate:.0%} of the characters: {_damaged(some, disguises, rate, chance)}")
    print(_clean(articles))


def _articles(corpus: Path) -> Iterator[list[str]]:
    blocks: list[str] = []
    for line in [*corpus.read_text(encoding="utf-8").splitlines(), ""]:
        blocks += [line.strip()] if line.strip() else []
        if blocks and (not line.strip() or sum(map(len, blocks)) >= ARTICLE):
            yield blocks
            blocks = []


def _from_file(table: Path) -> Disguises:
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {char: [list(glyphs)] for char, glyphs in rows}


def _from_glyphs() -> dict[str, Disguises]:
    """The ways to write each common character with an unlisted one, and with a listed but rare one now and then."""
    unlisted = _ways([char for char in HAN if not is_standard(char) and not traditional_only(char)])
    listed = _ways([char for char in HAN if is_standard(char) and not is_everyday(char)])
    both = {char: 2 * unlisted[char] + listed[char] for char in unlisted}
    return {"unlisted characters": unlisted, "one in three listed": both}


def _ways(glyphs: list[str]) -> Disguises:
    """What each character can be disguised as: what holds it, shares part and sound, is a variant, sounds alike."""
    holds, alike, variants, sounds = (defaultdict[str, list[str]](list) for _ in range(4))
    for glyph in glyphs:
        known = look_up(glyph)
        for part in set(map(to_simplified, known.parts)):
            holds[part].append(glyph)
        for other in set(map(to_simplified, known.variants)):
            variants[other].append(glyph)
        # who looks for a character that sounds alike finds it under its first reading
        for syllable in known.syllables[:1]:
            sounds[syllable].append(glyph)
            for part in known.parts:
                alike[part + syllable].append(glyph)
    ways: Disguises = {}
    for char in filter(is_common, HAN):
        known = look_up(char)
        same = [glyph for syllable in known.syllables[:1] for glyph in sounds[syllable]]
        both = [
            glyph for syllable in known.syllables[:1] for part in char + known.parts for glyph in alike[part + syllable]
        ]
        found = [[glyph for glyph in way if glyph != char] for way in (holds[char], both, variants[char], same)]
        ways[char] = [way for way in found if way]
    return ways


@dataclass
class Score:
    """What became of the disguises of many articles."""

    hidden: int = 0
    right: int = 0
    wrong: int = 0
    sure: int = 0
    sure_right: int = 0
    elsewhere: int = 0
    chars: int = 0
    seconds: float = 0.0

    def add(self, findings: list[Finding], truth: dict[Place, str]) -> None:
        self.hidden += len(truth)
        for finding in findings:
            if finding.suggestion is None:
                continue
            meant = truth.get((finding.block, finding.start))
            is_right, is_sure = finding.suggestion == meant, finding.confidence >= CONFIDENT
            self.right += is_right
            self.wrong += meant is not None and not is_right
            self.elsewhere += meant is None
            self.sure += is_sure
            self.sure_right += is_sure and is_right

    def __str__(self) -> str:
        left = self.hidden - self.right - self.wrong
        right, wrong, left_over = (f"{count / max(1, self.hidden):.1%}" for count in (self.right, self.wrong, left))
        sure = f"{self.sure_right / max(1, self.sure):.1%} of the {self.sure} confident ones right"
        speed = f"{4e6 * self.seconds / max(1, self.chars):.0f} ms for 4,000 characters"
        return (
            f"{self.hidden} disguises, {right} right, {wrong} wrong, {left_over} left; {sure}; "
            f"{self.elsewhere} proposals elsewhere in {self.chars} characters; {speed}"
        )


def _damaged(articles: list[list[str]], disguises: Disguises, rate: float, chance: random.Random) -> Score:
    score = Score()
    for blocks in articles:
        truth: dict[Place, str] = {}
        damaged = [_disguise(block, number, disguises, rate, chance, truth) for number, block in enumerate(blocks)]
        started = time.perf_counter()
        findings = list(glyph_substitution.detect(Text(damaged)))
        score.seconds += time.perf_counter() - started
        score.chars += sum(map(len, blocks))
        score.add(findings, truth)
    return score


def _disguise(
    block: str, number: int, disguises: Disguises, rate: float, chance: random.Random, truth: dict[Place, str]
) -> str:
    chars = list(block)
    for at, char in enumerate(chars):
        if disguises.get(char) and chance.random() < rate:
            truth[number, at] = char
            chars[at] = chance.choice(chance.choice(disguises[char]))
    return "".join(chars)


def _clean(articles: list[list[str]]) -> str:
    length = sum(len(block) for blocks in articles for block in blocks)
    started = time.perf_counter()
    findings = [finding for blocks in articles for finding in glyph_substitution.detect(Text(blocks))]
    seconds = time.perf_counter() - started
    proposed = sum(finding.suggestion is not None for finding in findings)
    for finding in findings:
        print(f"  {finding.found} → {finding.suggestion}, {finding.confidence}")
    each = f"{proposed * PER / max(1, length):.2f} for {PER:,}"
    return f"clean: {proposed} proposals in {length} characters ({each}); {1e6 * seconds / length:.2f} µs a character"


if __name__ == "__main__":
    main()
