"""References from a text to the list of its notes."""

import re

from articles.body.normalising import normalise

# a reference, any tag, or a number in brackets that no mark says to be a reference
REFERENCE = re.compile(r"<sup>\[[0-9]{1,3}\]</sup>|<[^<>]*>|\[([1-9][0-9]{0,2})\]")


def refer(html: str, count: int) -> str:
    """Return the canonical body with every number in brackets that one of so many notes has raised to a reference.

    >>> refer("<p>账目贴在村口[1]，见附表[7]。</p>", 2)
    '<p>账目贴在村口<sup>[1]</sup>，见附表[7]。</p>'
    """

    def raised(match: re.Match[str]) -> str:
        number = match[1]
        return f"<sup>[{number}]</sup>" if number and int(number) <= count else match[0]

    referring = REFERENCE.sub(raised, html)
    return html if referring == html else normalise(referring)
