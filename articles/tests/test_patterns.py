"""No pattern of ours takes long over what a hostile page may hold: each is tried on 60,000 characters of the worst."""

import dataclasses
import importlib
import pkgutil
import random
import re
import signal
import time
from contextlib import contextmanager
from re import _constants as op
from re import _parser

from django.test import SimpleTestCase

import articles

LENGTH = 60_000
# a plain pattern that looks thirty characters ahead from each place, and how often its time another may take over as
# many characters: both are measured in this run, so that a slow or a busy machine does not count
PLAIN = re.compile(".{0,30}?[:：]")
TIMES_PLAIN = 20
# what takes so little on a tenth of the length stays within the time on the whole even where it grows with the square
SHORT = LENGTH // 10
SAMPLES = 2
BLANKS = (" ", "\u3000", "\n", "0")
FILLERS = (
    *BLANKS,
    "2013",
    "a",
    "账",
    "温小舟",
    "来源：",
    "<",
    "<!--",
    "(",
    "（",
    "《",
    "*",
    "—",
    ">",
    "，",
    "1、",
    "~{",
    "=?",
)
ODD = {op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " ", op.CATEGORY_NOT_WORD: "，"}


class TooSlow(Exception):
    pass


def modules():
    """Yield every module of the application but its tests and migrations."""
    for found in pkgutil.walk_packages(articles.__path__, "articles."):
        if ".tests" not in found.name and ".migrations" not in found.name and ".build_" not in found.name:
            yield importlib.import_module(found.name)


def patterns():
    """Return every compiled pattern with the name it goes by, also those inside tables and classes."""
    named = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in inside(value, module.__name__):
                named.setdefault(pattern, f"{module.__name__}.{name}")
    return named


def inside(value, module):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (found for each in value.values() for found in inside(each, module))
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from (found for each in value for found in inside(each, module))
    elif isinstance(value, type) and value.__module__ == module:
        yield from (found for each in vars(value).values() if not callable(each) for found in inside(each, module))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from (found for each in dataclasses.fields(value) for found in inside(getattr(value, each.name), module))


def sample(parsed, chance):
    """Return a string much like what the parsed pattern matches, with its repetitions drawn out."""
    return "".join(piece(kind, of, chance) for kind, of in parsed)


def piece(kind, of, chance):
    if kind is op.LITERAL:
        return chr(of)
    if kind in (op.NOT_LITERAL, op.ANY):
        return "字"
    if kind is op.IN:
        return one_of(of, chance)
    if kind is op.BRANCH:
        return sample(chance.choice(of[1]), chance)
    if kind is op.SUBPATTERN:
        return sample(of[3], chance)
    if kind is op.ATOMIC_GROUP:
        return sample(of, chance)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = of
        return "".join(
            sample(inner, chance) for _ in range(chance.choice((least, min(most, least + 3), min(most, 30))))
        )
    return ""


def one_of(kinds, chance):
    kind, of = chance.choice(kinds)
    if kind is op.LITERAL:
        return chr(of)
    if kind is op.RANGE:
        return chr(chance.randint(*of))
    return ODD.get(of, "字")


def attacks(pattern):
    """Yield beginnings of texts and what follows again and again: as the pattern begins, goes on or nearly ends."""
    chance = random.Random(len(pattern.pattern))  # noqa: S311 - the same texts in every run
    parsed = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for _ in range(SAMPLES):
        shape = sample(parsed, chance) or "字"
        for unit in dict.fromkeys((shape, shape[:-1], shape[:1], shape[: len(shape) // 2])):
            yield "", unit or "字"
        for blank in BLANKS:
            yield shape[:-1], blank
    for filler in FILLERS:
        yield "", filler


def drawn_out(beginning, unit, length):
    """Return a text of this length that ends in what fits no pattern."""
    return (beginning + unit * (length // len(unit)))[: length - 2] + "字\x01"


@contextmanager
def time_limit(seconds):
    """Stop even a pattern that would take years, by a signal: the engine lets it through."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def most_seconds():
    """Return the seconds a pattern may take here and now."""
    return TIMES_PLAIN * min(seconds(PLAIN, "字" * LENGTH) for _time in range(3))


def slow_text(pattern, most):
    """Return the beginning of a text over which the pattern takes more than so many seconds, or nothing."""
    for beginning, unit in attacks(pattern):
        try:
            with time_limit(most):
                if may_take_long(pattern, beginning, unit, most):
                    seconds(pattern, drawn_out(beginning, unit, LENGTH))
        except TooSlow:
            return drawn_out(beginning, unit, 60)
    return ""


def may_take_long(pattern, beginning, unit, most):
    """Return whether only the whole length can tell: not where a part is done at once, or time grows as length does."""
    short = seconds(pattern, drawn_out(beginning, unit, SHORT))
    if short < most / 10**2 / 2:
        return False
    double = seconds(pattern, drawn_out(beginning, unit, 2 * SHORT))
    return double > 3 * short or double * LENGTH / (2 * SHORT) > most / 2


def seconds(pattern, text):
    """Return the seconds of this process that it takes to find the pattern wherever it stands, and as the whole."""
    searched = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    begun = time.process_time()
    for _ in pattern.finditer(searched):
        pass
    # what is found at once may still be tried in every way before it is not the whole
    pattern.fullmatch(searched)
    return time.process_time() - begun


class PatternTests(SimpleTestCase):
    def test_no_pattern_takes_long_over_any_text(self):
        found, most = patterns(), most_seconds()
        self.assertGreater(len(found), 150)
        for pattern, name in found.items():
            with self.subTest(pattern=name):
                # measured again where it seems slow: the machine may have become slower since
                self.assertEqual(slow_text(pattern, most) and slow_text(pattern, most_seconds()), "")

    def test_it_would_find_a_pattern_that_takes_long(self):
        for slow in (
            r"(?:\W|\d{1,6}|页)+",
            r"<!--.*?-->",
            r"\s+$",
            r"^(\w+\s?)*$",
            r"(?:[^\n]*\n)*?结束",
            r"<p>(.*)</p>",
        ):
            with self.subTest(pattern=slow):
                self.assertNotEqual(slow_text(re.compile(slow), most_seconds()), "")
