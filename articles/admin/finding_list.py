"""What the restoration desk shows: the text beside its copy, and the findings that were asked for, a page at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from articles import body
from articles.actions.receiving import Received, received_text
from articles.actions.restoring import Looked, Outcome, is_confident, takes_words
from articles.admin import marking
from articles.admin.keys import as_key
from articles.models import Article, Finding, Witness, name_of_class

ON_A_PAGE = 100
CONTEXT = 24
ALL = "all"
State = Finding.State
PUT_RIGHT = (State.CLEANED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Way:
    """A link that narrows the list, with how many findings it leads to."""

    name: str | Promise
    code: str
    count: int
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with the words around it; `now` is what stands at its place."""

    finding: Finding
    before: str
    now: str
    after: str

    @property
    def is_open(self) -> bool:
        return self.finding.state == State.OPEN

    @property
    def takes_words(self) -> bool:
        return self.is_open and takes_words(self.finding)

    @property
    def is_repair(self) -> bool:
        return self.finding.state in PUT_RIGHT

    @property
    def is_dismissed(self) -> bool:
        return self.finding.state == State.DISMISSED

    @property
    def is_settled(self) -> bool:
        return self.finding.state == State.SETTLED

    @property
    def is_in_title(self) -> bool:
        return self.finding.block == body.TITLE

    @property
    def percent(self) -> int:
        return round(100 * self.finding.confidence)


class Desk:
    """One look at the desk: the article, and by its address which copy and which findings."""

    def __init__(self, article: Article, asked: Mapping[str, str]) -> None:
        self.article = article
        self.edition = article.current
        self.state = asked.get("state") or State.OPEN.value
        self.code = asked.get("class", "")
        self.page = as_key(asked.get("page")) or 1
        self.chosen = asked.get("witness", "")
        if self.state != ALL and self.state not in State.values:
            raise Http404

    # The two texts

    @cached_property
    def copies(self) -> list[Witness]:
        rows = self.article.witnesses.filter(capture__isnull=False).select_related("capture", "source")
        return list(rows.prefetch_related("capture__further_parts"))

    @property
    def copy_ways(self) -> list[Way]:
        here = self.witness
        return [Way(str(copy), "", 0, self.address(witness=str(copy.pk)), copy == here) for copy in self.copies]

    @cached_property
    def witness(self) -> Witness | None:
        if not self.chosen:
            return self.copies[0] if self.copies else None
        found = next((copy for copy in self.copies if copy.pk == as_key(self.chosen)), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def received(self) -> Received:
        return received_text(self.witness)

    @cached_property
    def rows(self) -> list[marking.MarkedRow]:
        if self.received.problem:
            return marking.alone(self.edition, self.findings)
        copy, is_another = self.received, self.witness != self.copies[0]
        return marking.marked_rows(copy.title, copy.paragraphs, self.edition, self.findings, tidy=is_another)

    @property
    def changed_count(self) -> int:
        """How many paragraphs differ."""
        return sum(not row.is_same for row in self.rows)

    @property
    def is_shortened(self) -> bool:
        return len(self.rows) == marking.MOST_ROWS

    # The findings

    @cached_property
    def findings(self) -> list[Finding]:
        return list(self.edition.findings.select_related("decided_by").order_by("block", "start", "pk"))

    @cached_property
    def listed(self) -> list[Finding]:
        return [each for each in self.findings if self.state in (ALL, each.state) and self.code in ("", each.code)]

    @property
    def items(self) -> list[Item]:
        texts = dict(enumerate(block.text for block in body.blocks(self.edition.body_html)))
        texts[body.TITLE] = self.edition.title
        first = (self.page - 1) * ON_A_PAGE
        return [_item(finding, texts) for finding in self.listed[first : first + ON_A_PAGE]]

    @property
    def pages(self) -> list[Way]:
        last = -(-len(self.listed) // ON_A_PAGE)
        numbers = range(1, last + 1) if last > 1 else ()
        return [Way(str(n), "", 0, self.address(page=str(n)), n == self.page) for n in numbers]

    @property
    def states(self) -> list[Way]:
        counts = Counter(each.state for each in self.findings)
        named = [(State(value).label, value, counts[value]) for value in State.values if counts[value]]
        return [Way(name, "", count, self.address(state=value), value == self.state) for name, value, count in named]

    @property
    def classes(self) -> list[Way]:
        """The classes in the state that was asked for, those with most findings first: legend and filter in one."""
        found = (each for each in self.findings if self.state in (ALL, each.state))
        return [
            Way(
                name_of_class(code),
                code,
                count,
                self.address(code="" if code == self.code else code),
                code == self.code,
            )
            for code, count in Counter(each.code for each in found).most_common()
        ]

    @property
    def open_count(self) -> int:
        return sum(each.state == State.OPEN for each in self.findings)

    @property
    def repair_count(self) -> int:
        return sum(each.state in PUT_RIGHT for each in self.findings)

    @property
    def confident_count(self) -> int:
        return sum(each.state == State.OPEN and is_confident(each) for each in self.findings)

    @property
    def class_count(self) -> int:
        """How many findings of the chosen class could be accepted at once."""
        return sum(each.suggestion is not None for each in self.class_open)

    @property
    def class_open(self) -> list[Finding]:
        """What waits of the chosen class."""
        return [each for each in self.findings if each.state == State.OPEN and each.code == self.code]

    @property
    def class_name(self) -> str | Promise:
        return name_of_class(self.code) if self.code else ""

    # Addresses

    def address(self, *, state: str | None = None, code: str | None = None, page: str = "", witness: str = "") -> str:
        """Return the address of the desk with this choice, all others as they are."""
        state = self.state if state is None else state
        asked = {
            "witness": witness or self.chosen,
            "state": "" if state == State.OPEN else state,
            "class": self.code if code is None else code,
            "page": "" if page == "1" else page,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        address = reverse("admin:articles_article_restore", args=[self.article.pk])
        return f"{address}?{query}" if query else address

    def address_of(self, key: int | None) -> str:
        """Return where the finding stands in the list."""
        number = next((number for number, each in enumerate(self.listed) if each.pk == key), 0)
        page = self.address(page=str(number // ON_A_PAGE + 1))
        return f"{page}#f{key}" if key else f"{page}#content-start"

    def next_address(self, outcome: Outcome | Looked) -> str:
        """Return where the desk goes on: at the next finding behind the one that was decided."""
        after = Desk(outcome.article, {"witness": self.chosen, "state": self.state, "class": self.code})
        if isinstance(outcome, Looked) or len(outcome.done) > 1 or not after.listed:
            # where a class is done with, the others wait
            return f"{after.address() if after.listed else after.address(code='')}#content-start"
        (done,) = outcome.done
        place = (done.block, done.start, done.pk)
        behind = (each.pk for each in after.listed if (each.block, each.start, each.pk) > place)
        key = next(behind, after.listed[-1].pk if after.listed else None)
        return after.address_of(key)


def _item(finding: Finding, texts: Mapping[int, str]) -> Item:
    text = "" if finding.state == State.SETTLED else texts.get(finding.block, "")
    start, end = finding.start, finding.end
    return Item(finding, text[max(start - CONTEXT, 0) : start], text[start:end], text[end : end + CONTEXT])
