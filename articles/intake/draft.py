"""What intake makes of one page: plain dataclasses, no database."""

from dataclasses import dataclass, field

from articles import body
from articles.restoration.findings import Finding


@dataclass(slots=True)
class DraftAuthor:
    """One name of the byline, with role and affiliation as printed there.

    `role` is one of author (also reporters and 执笔人), translator, compiler, photographer; editors are not authors.
    """

    name: str
    affiliation: str = ""
    role: str = "author"


@dataclass(frozen=True, slots=True)
class Reading:
    """Where one field of a draft was read.

    `value` is what was read, lists joined by 、; `place` the part of the page; `line` what stands there (of a value in
    the page head its name); `rule` the rule that read it; `confidence` how often that rule is right, from 0 to 1.
    """

    field: str
    value: str
    place: str
    line: str
    rule: str
    confidence: float


@dataclass(slots=True)
class Draft:
    """A page as intake reads it: the cleaned body, what the page says about itself, and what looks wrong.

    `published` is an ISO date or date-time, or a year or year-month where no more is printed ("2013", "2013-10"),
    or None. `body_html` follows the schema of `articles.body`; the first of the `notes` is what [1] in the text refers
    to; `findings` give places in the blocks of the body. `readings` say of each field that was found where it stood.
    """

    kind: str = "html"
    encoding: str = "utf-8"
    script: str = "hans"
    title: str = ""
    subtitle: str = ""
    authors: list[DraftAuthor] = field(default_factory=list)
    affiliation: str = ""
    site: str = ""
    original_source: str = ""
    published: str | None = None
    editor: str = ""
    abstract: str = ""
    keywords: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    breadcrumb: list[str] = field(default_factory=list)
    url: str = ""
    body_html: str = ""
    notes: list[str] = field(default_factory=list)
    truncated: bool = False
    findings: list[Finding] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    @property
    def body_text(self) -> str:
        """The blocks of the body joined by one newline."""
        return body.plain_text(self.body_html)

    @property
    def headings(self) -> list[str]:
        """The text of every heading of the body, in order."""
        return [block.text for block in body.blocks(self.body_html) if block.element in body.HEADINGS]
