"""The Finding: what looks wrong at one place of a text, and what it may have said."""

from dataclasses import dataclass

# nobody goes through more findings of one code in one text, and the database need not hold them
MOST_OF_ONE_CODE = 2_000


@dataclass(slots=True)
class Finding:
    """A detected defect.

    `block` counts the blocks of the body from 0, or is `body.TITLE`; `start` and `end` are Unicode code points in its
    plain text. `found` is what stands there and `suggestion` what is proposed (None: nothing can be proposed). Where
    `applied` is true the cleaning has done it already: `found` is what stood there and the place is where `suggestion`
    stands now.
    `severity` is info, warning or error; `confidence` runs from 0 to 1.
    """

    code: str
    severity: str
    block: int
    start: int
    end: int
    found: str
    suggestion: str | None = None
    confidence: float = 1.0
    applied: bool = False
