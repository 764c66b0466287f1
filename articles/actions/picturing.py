"""Keeping the pictures of articles: drawn anew, stored once by their bytes, with what is said of them."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from pathlib import Path

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from articles.actions import editing, storing
from articles.body import figures
from articles.intake import Unreadable, confined, redrawing
from articles.intake.decoding import gettext_noop
from articles.intake.fetching import Fetched
from articles.intake.redrawing import Redrawn
from articles.models import Article, DeedRow, Edition, Picture, Site, SitePage, WorkingCopy

LONGEST_ADDRESS = int(Picture._meta.get_field("address").max_length or 0)
REDRAW = "articles.intake.redrawing:redraw"
REDRAW_CHOSEN = "articles.intake.redrawing:redraw_chosen"
MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1_000_000
NEW_FOR = timedelta(days=1)
# what one person may bring in: a long photo story and the next one
MOST_AN_HOUR = 200

EMPTY = gettext_noop("The picture file is empty.")
TOO_LARGE = gettext_noop("The picture is larger than %(most)d MB.")
TOO_MANY = gettext_noop("You brought in %(most)d pictures within an hour; go on a little later.")


class StillUsed(Exception):
    """The picture stands in an edition, in a text that is being written, or in what a deed remembers."""


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
            widths=sorted(self.redrawn.copies),
        )

    @property
    def src(self) -> str:
        """The address it will have with us, as the body of an article writes it."""
        return self.row.src


@dataclass(frozen=True, slots=True)
class Said:
    """What an editor says of a picture in a text; `alt` is None while it is undescribed, empty where decorative."""

    alt: str | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a picture, said against the version that was read of it."""

    picture: Picture
    words: str
    version: int


def receive(fetched: Fetched) -> Received | None:
    """Return the picture drawn anew, in a process that can do no harm, or None for one that belongs to no article.

    Raises `intake.Unreadable` for what is no picture, or too large a one.
    """
    redrawn = redrawing.unpack(confined.run(REDRAW, fetched.data))
    return Received(redrawn, fetched.url) if redrawn.data else None


def choose(data: bytes, *, by: User, address: str = "") -> Picture:
    """Keep a picture an editor chose, whatever it shows, and return its row.

    Raises `intake.Unreadable` for what is no picture, too large a one, or one too many.
    """
    if not data:
        raise Unreadable(EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LARGE, most=MOST_MEGABYTES)
    check_pace(by)
    redrawn = redrawing.unpack(confined.run(REDRAW_CHOSEN, data))
    return store(Received(redrawn, address), by=by)


def check_pace(by: User) -> None:
    """Raise `intake.Unreadable` for a person who brings in more than anybody needs."""
    recent = Picture.objects.filter(received_by=by, received_at__gt=timezone.now() - timedelta(hours=1))
    if recent.count() >= MOST_AN_HOUR:
        raise Unreadable(TOO_MANY, most=MOST_AN_HOUR)


def store(received: Received, *, by: User | None = None) -> Picture:
    """Keep the picture and its copies under MEDIA_ROOT and return its row; one that is here is not kept again."""
    row = received.row
    _keep(row.path, received.redrawn.data)
    for width, data in received.redrawn.copies.items():
        _keep(row.path_of_copy(width), data)
    names = ("media_type", "width", "height", "size", "address", "widths")
    described = {name: getattr(row, name) for name in names}
    picture, is_new = Picture.objects.get_or_create(sha256=row.sha256, defaults={**described, "received_by": by})
    if not is_new and picture.widths != row.widths:
        # it came when no copies were made; no words of an editor are touched
        Picture.objects.filter(pk=picture.pk).update(widths=row.widths)
        picture.widths = row.widths
    if timezone.now() - picture.received_at > NEW_FOR:
        # it may have stood nowhere since, and is not to be thrown away before its text is saved
        Picture.objects.filter(pk=picture.pk).update(received_at=timezone.now())
    return picture


def _keep(path: str, data: bytes) -> None:
    """Write the file; one that was left without a row is as young as a new one."""
    file = Path(default_storage.path(path))
    storing.write_once(file, data)
    with suppress(PermissionError):
        os.utime(file)


def undescribed(body_html: str) -> list[str]:
    """Return the addresses of the pictures that have neither a description nor the mark of a decorative one.

    The name of a file is no description.
    """
    return [picture.src for picture in figures.pictures(body_html) if not picture.is_described]


@transaction.atomic
def place(
    article: Article,
    picture: Picture,
    said: Said,
    *,
    version: int,
    by: User,
    after: int | None,
    credit: Credit | None = None,
) -> Article:
    """Put the picture into the text, behind the block `after`, at its end for None, and say who made it.

    Returns the article as it stands now. Raises `StaleVersion` when it, or the credit, changed since it was read.
    """
    _say(credit)
    figure = figures.figure(picture.src, alt=said.alt, caption=said.caption, width=picture.width, height=picture.height)
    body_html = figures.insert(article.current.body_html, figure, after=after)
    return editing.revise(article, version=version, by=by, body_html=body_html)


@transaction.atomic
def describe(
    article: Article, number: int, said: Said, *, version: int, by: User, credit: Credit | None = None
) -> Article:
    """Say what a picture of the text shows, and who made it.

    Raises `NoSuchPicture`, and `StaleVersion` as `place` does.
    """
    _say(credit)
    body_html = figures.describe(article.current.body_html, number, alt=said.alt, caption=said.caption)
    return editing.revise(article, version=version, by=by, body_html=body_html)


def remove(article: Article, number: int, *, version: int, by: User) -> Article:
    """Take a picture out of the text; the picture itself stays. Raises as `describe` does."""
    body_html = figures.remove(article.current.body_html, number)
    return editing.revise(article, version=version, by=by, body_html=body_html)


@transaction.atomic
def credit(said: Credit) -> Picture:
    """Say who made a picture, wherever it stands; raises `StaleVersion` when somebody else said it meanwhile."""
    picture = Picture.objects.claim(said.picture.pk, said.version)
    picture.credit = said.words
    picture.full_clean(validate_unique=False, validate_constraints=False)
    picture.save()
    return picture


def _say(said: Credit | None) -> None:
    if said is not None:
        credit(said)


def is_used(picture: Picture) -> bool:
    """Say whether the picture stands in any edition, in a text that is being written, in what a deed remembers, or
    on one of the site's own pages."""
    digest = picture.sha256
    typed = WorkingCopy.objects.annotate(typed=Cast("fields", TextField())).filter(typed__contains=digest)
    kept = DeedRow.objects.annotate(was=Cast("before", TextField()), made=Cast("after", TextField()))
    kept = kept.filter(Q(was__contains=digest) | Q(made__contains=digest))
    pages = reduce(or_, (Q(**{f"{name}__contains": digest}) for name in SitePage.BODIES))
    own = (SitePage.objects.filter(pages), Site.objects.filter(logo=picture))
    return any(rows.exists() for rows in (Edition.objects.filter(body_html__contains=digest), typed, kept, *own))


def articles_with(pictures: Iterable[Picture]) -> dict[str, list[Article]]:
    """Return the articles in any edition of which the pictures stand, by the digest of each: one look at the texts."""
    digests = [picture.sha256 for picture in pictures]
    stands = reduce(or_, (Q(body_html__contains=digest) for digest in digests), Q(pk__in=[]))
    found: dict[str, dict[int, Article]] = {digest: {} for digest in digests}
    for edition in Edition.objects.filter(stands).select_related("article").only("body_html", "article__title"):
        for digest in digests:
            if digest in edition.body_html:
                found[digest][edition.article_id] = edition.article
    return {digest: list(articles.values()) for digest, articles in found.items()}


def discard(picture: Picture, *, version: int) -> None:
    """Delete a picture that stands nowhere, with its files.

    Raises `StillUsed`, and `StaleVersion` when what is said of it changed since `version` was read.
    """
    with transaction.atomic():
        picture = Picture.objects.claim(picture.pk, version)
        if is_used(picture):
            raise StillUsed(picture.sha256)
        picture.delete()
    for path in (picture.path, *map(picture.path_of_copy, picture.widths)):
        default_storage.delete(path)
