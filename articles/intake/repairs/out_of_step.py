"""The likeliest way to read a text of which some characters may be out of step."""

from dataclasses import dataclass
from functools import lru_cache

from articles.chinese.scripts import is_han
from articles.intake.repairs.likelihood import surprise

MARKS = frozenset("?\ufffd")
LOST = "?"

# the rows of GBK that hold Chinese punctuation; of any other character the lost half cannot be known
STOP_ROWS = (0xA1, 0xA3)
STOPS_ROW = 0xA1
# ； and brackets are left out: the commonest characters of all (一, 不) end in the same byte
RESTORED = frozenset("。，、：？！“”《》")
UNMARKED = frozenset("。，")
# what is left of the end tag whose first byte was taken for the other half of the last character
STOPS = tuple("。！？…")
END_TAGS = frozenset({"", "/p>", "</p>", "p>", "/span>", "/div>"})

# in nats, as the surprise of a character
MARKED, SILENT, LOST_CHARACTER, VANISHED, NARROWED, NARROWED_STOP = 9.0, 30.0, 12.0, 6.0, 4.0, 1.0
MARK, MARK_BEFORE_STOP, LATIN, LETTER_ALONE, SIGN_ALONE, END = 5.0, 11.0, 3.0, 9.0, 10.0, 3.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step through the text: how far it leads, what it reads there, and the steps before.

    `pending` is a byte that waits for its other half (0: none), and `is_repair` says that the text is not read as it
    stands.
    """

    cost: float
    end: int
    read: str
    is_repair: bool = False
    pending: int = 0
    before: "Step | None" = None


def read(text: str) -> list[Step]:
    """Return the likeliest steps through the text, in order."""
    return _Reader(text).read()


class _Reader:
    """Goes through the text once and keeps, at each character, the best way in each of three states.

    In step; behind a mark that stands for a lost byte; out of step.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._bytes = [_bytes(char) for char in text]
        start = Step(0.0, 0, "")
        size = len(text) + 1
        self._in_step: list[Step | None] = [start] + [None] * (size - 1)
        self._behind_mark: list[Step | None] = [None] * size
        self._out_of_step: list[Step | None] = [None] * size

    def read(self) -> list[Step]:
        for place in range(len(self._text)):
            if step := self._out_of_step[place]:
                self._go_on(step)
            if step := self._in_step[place]:
                self._stay(step)
            if step := self._behind_mark[place]:
                self._begin(step)
        if step := self._out_of_step[-1]:
            self._finish(step)
        return _steps(self._in_step[-1])

    def _stay(self, step: Step) -> None:
        """Read the next character as it stands, or as the mark of a loss, or as the first one out of step."""
        place = step.end
        char = self._text[place]
        self._reach(self._in_step, Step(step.cost + self._plain(place), place + 1, char, before=step))
        if char in MARKS and (not place or not self._text[place - 1].isascii()):
            self._reach(self._behind_mark, Step(step.cost + MARKED, place + 1, "", True, before=step))
        elif place and len(self._bytes[place]) == 2:
            self._restore(step, self._bytes[place], SILENT, UNMARKED)

    def _begin(self, step: Step) -> None:
        """Go out of step behind a mark: with a stop that has lost its row, or with a character that is lost.

        A mark in the middle stands for a pair that is no character, of which nothing can be known.
        """
        place = step.end
        char, pair = self._text[place], self._bytes[place]
        if char in MARKS:
            cost = step.cost + LOST_CHARACTER
            self._reach(self._behind_mark, Step(cost, place + 1, LOST, True, before=step))
        elif len(pair) == 2:
            if not step.read:
                self._restore(step, pair, 0)
            cost = step.cost + LOST_CHARACTER
            self._reach(self._out_of_step, Step(cost, place + 1, LOST, True, pair[1], step))
        elif "!" <= char <= "~" and not step.read:
            # the sign was full-width before someone narrowed the punctuation
            cost = NARROWED_STOP if char in ",;:!" else NARROWED
            self._restore(step, bytes([0xA3, pair[0] + 0x80]), cost)

    def _restore(self, step: Step, pair: bytes, cost: float, stops: frozenset[str] = RESTORED) -> None:
        for row in STOP_ROWS:
            char = _char(row, pair[0])
            if char in stops:
                total = step.cost + cost + surprise(char)
                self._reach(self._out_of_step, Step(total, step.end + 1, char, True, pair[1], step))

    def _go_on(self, step: Step) -> None:
        """Read on out of step, come into step by a byte that stands for itself, or lose the character."""
        place = step.end
        pair = self._bytes[place]
        char = _char(step.pending, pair[0]) if pair else ""
        if char:
            states = self._out_of_step if len(pair) == 2 else self._in_step
            pending = pair[1] if len(pair) == 2 else 0
            self._reach(states, Step(step.cost + surprise(char), place + 1, char, True, pending, step))
        elif self._text[place] in MARKS:
            self._lose(step)
        else:
            cost = step.cost + LOST_CHARACTER + VANISHED
            self._reach(self._in_step, Step(cost, place, LOST, True, before=step))

    def _lose(self, step: Step) -> None:
        place = step.end
        rest = self._text[place + 1 : place + 10]
        if step.pending == STOPS_ROW and rest in END_TAGS:
            self._end(step, len(self._text), END)
        lost = Step(step.cost + LOST_CHARACTER, place + 1, LOST, True, before=step)
        self._reach(self._in_step, lost)
        self._reach(self._behind_mark, lost)

    def _finish(self, step: Step) -> None:
        """Lose the other half of the last character, of which nothing is left."""
        if step.pending == STOPS_ROW:
            self._end(step, step.end, END + VANISHED)
        cost = step.cost + LOST_CHARACTER + VANISHED
        self._reach(self._in_step, Step(cost, step.end, LOST, True, before=step))

    def _end(self, step: Step, end: int, cost: float) -> None:
        """Guess the last mark of a paragraph, of which only the row is left."""
        said = step.read
        if not said.endswith(STOPS):
            self._reach(self._in_step, Step(step.cost + cost, end, "。", True, before=step))
        elif self._text.count("“") > self._text.count("”"):
            self._reach(self._in_step, Step(step.cost + cost, end, "”", True, before=step))

    def _reach(self, states: list[Step | None], step: Step) -> None:
        known = states[step.end]
        if known is None or step.cost < known.cost:
            states[step.end] = step

    def _plain(self, place: int) -> float:
        char = self._text[place]
        if char in MARKS:
            after = self._text[place + 1 : place + 2]
            is_odd = "\uff01" <= after <= "\uff5e" or after in (",", ";") or char == "\ufffd"
            return MARK_BEFORE_STOP if is_odd else MARK
        if not char.isascii():
            return surprise(char)
        around = self._text[place - 1 : place] + self._text[place + 1 : place + 2]
        if char in " ,.;:()\"'" or char.isdigit() or any(each.isascii() and each.isalnum() for each in around):
            return LATIN
        return LETTER_ALONE if char.isalpha() else SIGN_ALONE


def _steps(step: Step | None) -> list[Step]:
    steps: list[Step] = []
    while step and step.before:
        steps.append(step)
        step = step.before
    return steps[::-1]


@lru_cache(maxsize=30_000)
def _bytes(char: str) -> bytes:
    """The character in GBK, or nothing."""
    data = char.encode("gb18030", "replace") if char not in MARKS or char == "?" else b""
    return data if len(data) <= 2 and data else b""


@lru_cache(maxsize=60_000)
def _char(first: int, second: int) -> str:
    """The character of GBK with these two bytes, or nothing."""
    try:
        char = bytes([first, second]).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 and not char.isspace() and (is_han(char) or second >= 0xA1) else ""
