"""How well intake reads our own pages. `python -m articles.tests.pages.scoring` prints the figures and the worst pages;
with `--raise` it raises the floors.

Every figure is a share between 0 and 1, the higher the better. The body counts by pairs of neighbouring letters, digits
and Han characters; a field counts only on the pages whose truth names it.
"""

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from articles import intake

PAGES = Path(__file__).parent
KINDS = ("html", "text")
HEADING = "## "
GOOD_BODY = 0.95
NEARLY_WHOLE = 0.995
WORST = 10


@dataclass(frozen=True)
class Page:
    """A page of ours and what an editor reads on it; `paragraphs` is None where the body is not judged."""

    path: Path
    truth: dict
    paragraphs: list[str] | None

    @property
    def headings(self) -> list[str]:
        return [line.removeprefix(HEADING) for line in self.paragraphs or [] if line.startswith(HEADING)]

    @property
    def body(self) -> str:
        return "\n".join(line.removeprefix(HEADING) for line in self.paragraphs or [])


@dataclass
class Reading:
    """What intake made of a page: the mark of each figure, and a line for each thing that is wrong."""

    page: Page
    marks: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def mark(self, figure: str, share: float, fault: str = "") -> None:
        self.marks.setdefault(figure, []).append(share)
        if share < 1 and fault:
            self.faults.append(f"{figure}: {fault}")

    def compare(self, figure: str, expected: object, got: object, *, right: bool | None = None) -> None:
        right = expected == got if right is None else right
        self.mark(figure, float(right), f"{expected!r} expected, {got!r} read")


def pages(kind: str) -> list[Page]:
    """Return the pages of one kind, by name."""
    folder = PAGES / kind
    truths = json.loads((folder / "truth.json").read_text("utf-8"))
    suffix = {"html": "html", "text": "txt"}[kind]
    return [
        Page(folder / f"{name}.{suffix}", truth, _paragraphs(folder / f"{name}.truth.txt"))
        for name, truth in sorted(truths.items())
    ]


def _paragraphs(path: Path) -> list[str] | None:
    return path.read_text("utf-8").splitlines() if path.exists() else None


def read(page: Page) -> Reading:
    """Let intake read the page and mark what it gives."""
    reading = Reading(page)
    try:
        draft = intake.read(page.path.read_bytes(), name=page.path.name)
    except intake.Unreadable as refusal:
        _mark_nothing(reading, str(refusal))
        return reading
    if page.truth.get("refused"):
        reading.compare("refused", "a refusal", draft.body_text[:40])
        return reading
    for mark in (_mark_body, _mark_title, _mark_authors, _mark_published, _mark_fields, _mark_lists, _mark_findings):
        mark(reading, draft)
    return reading


def _mark_nothing(reading: Reading, reason: str) -> None:
    if reading.page.truth.get("refused"):
        reading.mark("refused", 1)
    else:
        reading.mark("body_f1", 0, f"refused: {reason}")
        reading.mark("pages_f1_95", 0)


def letters(text: str) -> str:
    """Return the letters, digits and Han characters alone, in one width."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())


def f1(got: str, expected: str) -> float:
    """Return how much two texts share, by pairs of neighbouring characters."""
    ours, theirs = _pairs(letters(got)), _pairs(letters(expected))
    both = (ours & theirs).total()
    return 2 * both / (ours.total() + theirs.total()) if both else 0.0


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _mark_body(reading: Reading, draft: intake.Draft) -> None:
    truth = reading.page.truth
    if reading.page.paragraphs is not None:
        got, expected = (_without(text, truth.get("optional", [])) for text in (draft.body_text, reading.page.body))
        share = f1(got, expected)
        reading.mark(
            "body_f1", share, f"{share:.3f}, {'; '.join(_differences(got, expected))}" if share < 0.995 else ""
        )
        reading.mark("pages_f1_95", float(share >= GOOD_BODY))
        spare = {letters(heading) for heading in truth.get("optional_headings", [])}
        headings = [heading for heading in draft.headings if letters(heading) not in spare]
        reading.compare(
            "headings",
            reading.page.headings,
            headings,
            right=[*map(letters, headings)] == [*map(letters, reading.page.headings)],
        )
    leaks = [absent for absent in truth["absent"] if letters(absent) in letters(draft.body_text)]
    reading.mark("no_leak", float(not leaks), ", ".join(leaks))


def _without(text: str, optional: list[str]) -> str:
    """The letters of the text without what an editor might keep in it or leave out."""
    text = letters(text)
    for part in optional:
        text = text.replace(letters(part), "", 1)
    return text


def _differences(got: str, expected: str) -> Iterator[str]:
    ours, theirs = _pairs(got), _pairs(expected)
    for sign, text, other in (("too much", got, theirs), ("lacking", expected, ours)):
        strange = "".join(char if text[at : at + 2] not in other else " " for at, char in enumerate(text[:-1]))
        if strange.strip():
            yield f"{sign}: {' '.join(strange.split())[:80]}"


def _mark_title(reading: Reading, draft: intake.Draft) -> None:
    truth = reading.page.truth
    if truth.get("title") is not None:
        right = letters(draft.title) in {letters(title) for title in [truth["title"], *truth.get("title_also", [])]}
        reading.compare("title", truth["title"], draft.title, right=right)


def _mark_authors(reading: Reading, draft: intake.Draft) -> None:
    expected = reading.page.truth["authors"]
    got = [author.name for author in draft.authors if author.role == "author"]
    if expected is not None:
        right = sorted(map(letters, got)) == sorted(map(letters, expected))
        reading.compare("author" if expected else "no_author_invented", expected, got, right=right)
    if affiliation := reading.page.truth.get("affiliation"):
        printed = [draft.affiliation, *(author.affiliation for author in draft.authors)]
        right = letters(affiliation) in map(letters, printed)
        reading.compare("affiliation", affiliation, [*filter(None, printed)], right=right)


def _mark_published(reading: Reading, draft: intake.Draft) -> None:
    expected, got = reading.page.truth["published"], draft.published
    right = got is None if expected is None else (got or "").startswith(expected[:10])
    reading.compare("date", expected, got, right=right)
    if expected and "T" in expected:
        reading.compare("date_time", expected, got, right=(got or "")[:16] == expected[:16])


def _mark_fields(reading: Reading, draft: intake.Draft) -> None:
    truth = reading.page.truth
    names = {"source": "original_source", "site": "site", "editor": "editor", "abstract": "abstract"}
    for figure, name in {**names, "subtitle": "subtitle", "url": "url"}.items():
        if name in truth:
            got = getattr(draft, name)
            reading.compare(figure, truth[name], got, right=letters(got) == letters(truth[name]))
    if "truncated" in truth:
        reading.compare("truncated", truth["truncated"], draft.truncated)


def _mark_lists(reading: Reading, draft: intake.Draft) -> None:
    for name in ("breadcrumb", "keywords", "tags"):
        if name in reading.page.truth:
            reading.compare(name, reading.page.truth[name], getattr(draft, name))


def _mark_findings(reading: Reading, draft: intake.Draft) -> None:
    expected, got = set(reading.page.truth["findings"]), {finding.code for finding in draft.findings}
    for code in sorted(expected):
        reading.mark("findings", float(code in got), f"{code} not found")
    proposed = {finding.code: finding.found for finding in draft.findings if not finding.applied}
    false = {code: found for code, found in proposed.items() if code not in expected}
    reading.mark("nothing_found_in_vain", float(not false), str(false))


def figures(readings: list[Reading]) -> dict[str, float]:
    """Return the mean of each figure over the pages that count for it."""
    marks: dict[str, list[float]] = {}
    for reading in readings:
        for figure, shares in reading.marks.items():
            marks.setdefault(figure, []).extend(shares)
    return {figure: round(mean(shares), 4) for figure, shares in sorted(marks.items())}


def main(worst: int = WORST) -> None:
    for kind in KINDS:
        readings = [read(page) for page in pages(kind)]
        print(f"{kind}: {len(readings)} pages")
        for figure, share in figures(readings).items():
            print(f"  {figure:24}{share:8.4f}  of {sum(len(each.marks.get(figure, [])) for each in readings)}")
        readings.sort(key=lambda each: (min(each.marks.get("body_f1", [1])) - len(each.faults), each.page.path))
        for reading in readings[:worst]:
            print(f"  {reading.page.path.name}", *reading.faults, sep="\n      ")


def raise_floors() -> None:
    """Write into floors.json what has risen; what has fallen keeps its floor, and its test fails."""
    path = PAGES / "floors.json"
    floors = json.loads(path.read_text("utf-8"))
    for kind in KINDS:
        risen = figures([read(page) for page in pages(kind)])
        floors[kind] = {name: max(figure, floors[kind].get(name, 0)) for name, figure in risen.items()}
    path.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    if "--raise" in sys.argv:
        raise_floors()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else WORST)
