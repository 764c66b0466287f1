"""Keeping the pictures of articles: drawn anew, stored once by their bytes."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage

from articles.actions import storing
from articles.intake import confined, redrawing
from articles.intake.fetching import Fetched
from articles.intake.redrawing import Redrawn
from articles.models import Picture

LONGEST_ADDRESS = int(Picture._meta.get_field("address").max_length or 0)
REDRAW = "articles.intake.redrawing:redraw"
# a picture without a word on what it shows, as a canonical body writes it
UNDESCRIBED = re.compile(r'<img src="([^"]*)"(?! alt=)')


@dataclass(frozen=True, slots=True)
class Received:
    """A picture that was drawn anew and is not stored yet."""

    redrawn: Redrawn
    address: str

    @property
    def row(self) -> Picture:
        """Its row as it will be."""
        return Picture(
            sha256=storing.digest(self.redrawn.data),
            media_type=self.redrawn.media_type,
            width=self.redrawn.width,
            height=self.redrawn.height,
            size=len(self.redrawn.data),
            address=self.address if len(self.address) <= LONGEST_ADDRESS else "",
        )

    @property
    def src(self) -> str:
        """The address it will have with us, as the body of an article writes it."""
        return f"/media/{self.row.path}"


def receive(fetched: Fetched) -> Received | None:
    """Return the picture drawn anew, in a process that can do no harm, or None for one that belongs to no article.

    Raises `intake.Unreadable` for what is no picture, or too large a one.
    """
    redrawn = redrawing.unpack(confined.run(REDRAW, fetched.data))
    return Received(redrawn, fetched.url) if redrawn.data else None


def store(received: Received) -> Picture:
    """Keep the picture under MEDIA_ROOT and return its row; one that is here already is not kept again."""
    row = received.row
    storing.write_once(Path(default_storage.path(row.path)), received.redrawn.data)
    described = {name: getattr(row, name) for name in ("media_type", "width", "height", "size", "address")}
    return Picture.objects.get_or_create(sha256=row.sha256, defaults=described)[0]


def undescribed(body_html: str) -> list[str]:
    """Return the addresses of the pictures that have neither a description nor the mark of a decorative one."""
    return [html.unescape(src) for src in UNDESCRIBED.findall(body_html)]
