"""The pictures that stand in the captures of an article, and taking one of them into its text."""

import time
from dataclasses import dataclass
from urllib.parse import quote

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext

from articles import body, intake
from articles.actions import bringing, picturing
from articles.actions.picturing import Received, Said
from articles.body import figures
from articles.intake import Unreadable, confined, pictures, redrawing
from articles.intake.decoding import gettext_noop
from articles.intake.fetching import PICTURE, Fetched
from articles.models import Article, Capture, Picture

HTML = "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
# what lists the pictures inside a document, and what draws one of them
PARSERS = {
    DOCX: ("articles.intake.embedded:find", "articles.intake.embedded:draw"),
    PDF: ("articles.intake.scans:find", "articles.intake.scans:draw"),
}
SECONDS = 20

GONE = gettext_noop("The bytes of this capture are not where they should be.")
NOT_OFFERED = gettext_noop("Pictures are taken from web pages, Word documents and PDF only; upload this one as a file.")


class NotThere(Exception):
    """The capture holds no picture of this name."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A picture of a capture: its name there, what is said of it there, and where it would stand in the text."""

    name: str
    alt: str
    caption: str
    after: int | None
    before_it: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class TakenPicture:
    """A picture that is kept now, what its capture says of it, and the block it stood behind, as far as it is known."""

    picture: Picture
    said: Said
    after: int | None


@dataclass(frozen=True, slots=True)
class Holding:
    """A capture of the article, and whether its pictures can be listed."""

    capture: Capture
    is_offered: bool
    is_document: bool

    @property
    def is_scanned(self) -> bool:
        """Whether what can be taken are pictures of whole pages."""
        return self.capture.media_type == PDF


def holdings(article: Article) -> list[Holding]:
    """Return the captures of the article, oldest first; the further pages of a text behind its first."""
    first = Q(witness__article=article) | Q(continues__witness__article=article)
    captures = Capture.objects.filter(first).order_by("received_at", "part", "pk")
    return [holding(capture) for capture in captures]


def holding(capture: Capture) -> Holding:
    """Return the capture with what can be taken from it."""
    is_document = capture.media_type in PARSERS
    return Holding(capture, is_document or capture.media_type == HTML, is_document)


def offered(capture: Capture, article: Article) -> list[Offered]:
    """Return the pictures that stand in the capture; nothing is fetched for it.

    Raises `intake.Unreadable` where it cannot be read.
    """
    here = Picture.objects.standing_in(article.current.body_html)
    addresses = {picture.address for picture in here.values()} - {""}
    if capture.media_type == HTML:
        return _in_page(capture, article, addresses)
    if capture.media_type == PDF:
        return _of_pages(capture, addresses)
    if capture.media_type == DOCX:
        return _in_document(capture, article, addresses)
    raise Unreadable(NOT_OFFERED)


def take(capture: Capture, article: Article, name: str, *, by: User) -> TakenPicture:
    """Keep one picture of the capture: out of the document, or fetched from where the page has it.

    Raises `NotThere` for a name the capture does not have, and `intake.Unreadable` for a picture that cannot be had.
    """
    found = next((one for one in offered(capture, article) if one.name == name), None)
    if found is None:
        raise NotThere(name)
    if capture.media_type in PARSERS:
        picturing.check_pace(by)
        picture = picturing.store(Received(_drawn(capture, name), _named(capture, name)), by=by)
    else:
        fetched = bringing.new_visitor().fetch(name, PICTURE, until=time.monotonic() + SECONDS)
        picture = picturing.choose(fetched.data, by=by, address=name)
    return TakenPicture(picture, Said(found.alt or None, found.caption), found.after)


def preview(capture: Capture, number: int) -> bytes:
    """Return a small WebP of a picture inside a document. Raises `NotThere`, and `intake.Unreadable`."""
    names = [str(found["name"]) for found in _listed(capture)] if capture.media_type in PARSERS else []
    if number >= len(names):
        raise NotThere(number)
    drawn = _drawn(capture, names[number])
    return drawn.copies[min(drawn.copies)] if drawn.copies else drawn.data


def _in_page(capture: Capture, article: Article, addresses: set[str]) -> list[Offered]:
    data = _bytes(capture)
    draft = intake.read(data, name=capture.file_name, url=capture.address)
    texts = [block.text for block in body.blocks(draft.body_html)]
    places = _Places(article)
    return [
        Offered(
            one.address,
            one.alt,
            # a caption that is a paragraph of the text stands there already
            "" if one.has_block else one.caption,
            *places.of(texts[one.after] if 0 <= one.after < len(texts) else "", is_first=one.after < 0),
            one.address in addresses,
        )
        for one in pictures.find(Fetched(capture.address, data), draft)
    ]


def _in_document(capture: Capture, article: Article, addresses: set[str]) -> list[Offered]:
    places = _Places(article)
    return [
        Offered(
            one["name"],
            one["alt"],
            "",
            *places.of(one["before"], is_first=not one["before"]),
            _named(capture, one["name"]) in addresses,
        )
        for one in _listed(capture)
    ]


def _of_pages(capture: Capture, addresses: set[str]) -> list[Offered]:
    """The pictures of whole pages, which go behind the text: the text itself is what was read in them."""
    return [
        Offered(
            one["name"],
            "",
            gettext("Page %(number)s of the original") % {"number": one["name"]},
            None,
            "",
            _named(capture, one["name"]) in addresses,
        )
        for one in _listed(capture)
    ]


def _listed(capture: Capture) -> list[dict[str, str]]:
    return list(confined.run(PARSERS[capture.media_type][0], _bytes(capture)))


class _Places:
    """Finds the blocks of the text as it stands now by their words."""

    def __init__(self, article: Article) -> None:
        behind = dict(figures.places(article.current.body_html))
        self.blocks = {text: block for block, text in reversed(behind.items())}

    def of(self, text: str, *, is_first: bool) -> tuple[int | None, str]:
        """The block of these words, and the words; the end where they are no longer in the text."""
        text = " ".join(text.split())
        block = -1 if is_first else self.blocks.get(text)
        return block, text if block is not None else ""


def _drawn(capture: Capture, name: str) -> redrawing.Redrawn:
    return redrawing.unpack(confined.run(PARSERS[capture.media_type][1], name.encode() + b"\n" + _bytes(capture)))


def _named(capture: Capture, name: str) -> str:
    """An address for a picture that has none of its own: that of its document, if it has one, and its name."""
    return f"{capture.address}#{quote(name)}" if capture.address else ""


def _bytes(capture: Capture) -> bytes:
    try:
        return capture.read()
    except FileNotFoundError:
        raise Unreadable(GONE) from None
