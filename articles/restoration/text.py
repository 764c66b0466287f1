"""What a detector is given to look at."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """The blocks of a body as plain text, and what is known about the page they came from.

    `around` is the text of the page that is not the article; `truncated` says that the page itself admits to be cut.
    """

    blocks: list[str] = field(default_factory=list)
    around: str = ""
    script: str = "hans"
    truncated: bool = False
