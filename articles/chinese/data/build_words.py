"""Write words.txt.xz anew: python -m articles.chinese.data.build_words JIEBA_FOLDER

Takes dict.txt of the package jieba 0.42.1 and its posseg tables, which say which parts of speech follow which. The file
has a line of states, a line of what it costs to begin with each, a line for each of what it costs to go on with the
others, and then pairs of lines: words of one length in their order, and a letter for the state and cost of each.
"""

import lzma
import math
import runpy
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from articles.chinese.glyphs import is_standard

TARGET = Path(__file__).with_name("words.txt.xz")
LONGEST = 4
# costs are kept in half nats, and in so many steps
STEPS, STEP, FIRST_LETTER = 64, 0.5, 0x4E00
# of ten words one follows as if nothing stood before it
FREE = 0.1
# tags of the word list that the tables do not know
OTHER_TAGS = {"zg": "g", "rr": "r", "rz": "r", "rg": "r"}
RAREST_SINGLE = -16.0

State = tuple[str, str]
Table = Mapping[State, Mapping[State, float]]


def main(jieba: Path) -> None:
    follows: Table = runpy.run_path(str(jieba / "posseg" / "prob_trans.py"))["P"]
    begins: Mapping[State, float] = runpy.run_path(str(jieba / "posseg" / "prob_start.py"))["P"]
    emits: Mapping[State, Mapping[str, float]] = runpy.run_path(str(jieba / "posseg" / "prob_emit.py"))["P"]
    counts = _counts(jieba / "dict.txt", {tag for _, tag in follows})
    of_state = Counter[State]()
    for (_, state), count in counts.items():
        of_state[state] += count
    states = sorted(of_state)
    shares = {state: of_state[state] / of_state.total() for state in states}
    rows = [_row(begins, shares, states)]
    rows += [_row(follows.get(("S" if first == "S" else "E", tag), {}), shares, states) for first, tag in states]
    lines = [" ".join(first + tag for first, tag in states), *(" ".join(row) for row in rows)]
    costs = {
        (char, ("S", tag)): -value
        for (first, tag), chars in emits.items()
        for char, value in chars.items()
        if first == "S" and value > RAREST_SINGLE and is_standard(char) and ("S", tag) in of_state
    }
    costs |= {key: math.log(of_state[key[1]] / count) for key, count in counts.items() if len(key[0]) > 1}
    for length in range(1, LONGEST + 1):
        lines += _words({key: cost for key, cost in costs.items() if len(key[0]) == length}, states)
    TARGET.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))


def _counts(path: Path, tags: set[str]) -> Counter[tuple[str, State]]:
    """How often each word was met, by its word and state: S for a single character, B for a longer word."""
    counts = Counter[tuple[str, State]]()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        if len(word) <= LONGEST and all(map(is_standard, word)):
            tag = OTHER_TAGS.get(tag, tag if tag in tags else "n")
            counts[word, ("S" if len(word) == 1 else "B", tag)] = int(count)
    return counts


def _row(chances: Mapping[State, float], shares: Mapping[State, float], states: Iterable[State]) -> list[str]:
    """What it costs to go on with each state, in tenths of a nat."""
    mixed = ((1 - FREE) * math.exp(chances.get(state, -99)) + FREE * shares[state] for state in states)
    return [str(round(-10 * math.log(each))) for each in mixed]


def _words(costs: Mapping[tuple[str, State], float], states: list[State]) -> list[str]:
    """The words in order, those of three characters with a space to make four, and the letters beside them."""
    ordered = sorted(costs)
    letters = (
        chr(FIRST_LETTER + STEPS * states.index(key[1]) + min(STEPS - 1, round(costs[key] / STEP))) for key in ordered
    )
    return ["".join(word + " " * (len(word) == 3) for word, _ in ordered), "".join(letters)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
