"""Copies beside each other: what each of them reads, and a better reading taken into the text."""

from typing import Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles import body, intake, restoration
from articles.actions import anchoring, editing
from articles.intake import parts
from articles.intake.fetching import Fetched
from articles.models import Article, Capture, Edition, Finding, StaleVersion, Witness
from articles.restoration.variants import Variant

CODE = "variant"
Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
# of a copy's name, so that there is room for what it printed
MOST_OF_NAME = 120


class CannotCollate(Exception):
    """There are no bytes of the copy, or nothing can be read in them any more."""


class CannotTake(Exception):
    """The reading cannot be put into the text."""


class PlaceUnsure(CannotTake):
    """It is not sure where in the text the reading belongs."""


class Moved(CannotTake):
    """The words stand elsewhere in the other copy: taken at one place alone, they would be lost or stand twice."""


class StandsAlready(CannotTake):
    """The text reads so already."""


class Divided(CannotTake):
    """Marks divide the words, or they are a whole paragraph: the change could not be taken back to the byte."""


def text_of(copy: Witness) -> list[str]:
    """Return the paragraphs of a copy, read once more in its bytes. Raises `CannotCollate`."""
    if copy.capture is None:
        raise CannotCollate
    further = sorted(copy.capture.further_parts.all(), key=lambda page: page.part)
    try:
        draft = parts.join(parts.Parts([_page(page) for page in (copy.capture, *further)]))
    except (intake.Unreadable, FileNotFoundError) as reason:
        raise CannotCollate from reason
    return paragraphs(draft.body_html)


def paragraphs(body_html: str) -> list[str]:
    """Return the text of each block of a body."""
    return [block.text for block in body.blocks(body_html)]


def _page(capture: Capture) -> parts.Part:
    data = capture.read()
    draft = intake.read(data, name=capture.file_name, url=capture.address)
    return parts.Part(Fetched(capture.address, data, capture.media_type), draft)


@transaction.atomic
def take(article: Article, variant: Variant, side: Side, *, version: int, by: User | None, remark: str = "") -> Finding:
    """Put one side's reading into the working edition, as a repair that can be taken back; `remark` names the copy.

    It is written in the script of the text; where the copy printed it in the other one, the repair says so.

    Raises `CannotTake`, and `StaleVersion` when the article changed since `version` was read.
    """
    if article.version != version:
        raise StaleVersion(article.pk)
    before = article.current
    repaired = restoration.carry_out(before.body_html, [_wanted(variant, side)])
    if not repaired.findings:
        raise Divided
    article = editing.revise(article, version=version, by=by, body_html=repaired.body_html)
    return _recorded(article.current, repaired.findings[0], by=by, remark=_remark(variant, side, remark))


def _remark(variant: Variant, side: Side, copy: str) -> str:
    """Name the copy, and what it printed where that was written otherwise."""
    printed = variant.printed[SIDES.index(side)]
    if printed in ("", variant.readings[SIDES.index(side)]):
        return copy
    return gettext("%(copy)s, which prints “%(words)s”") % {"copy": copy[:MOST_OF_NAME], "words": printed}


def _wanted(variant: Variant, side: Side) -> restoration.Finding:
    """What is to be changed, in the words of restoration."""
    reading = variant.readings[SIDES.index(side)]
    if variant.kind == "moved":
        raise Moved
    if variant.spot is None:
        raise PlaceUnsure
    if variant.standing == reading:
        raise StandsAlready
    at = variant.spot
    return restoration.Finding(CODE, "info", at.block, at.start, at.end, variant.standing, reading, 1.0)


def _recorded(edition: Edition, done: restoration.Finding, *, by: User | None, remark: str) -> Finding:
    """The repair, placed where the reading stands now."""
    (place,) = anchoring.places_at(edition.title, edition.body_html, [(done.block, done.start, done.end)])
    repair = anchoring.row_of(edition, done, place)
    repair.state, repair.remark = Finding.State.ACCEPTED, remark[: Finding._meta.get_field("remark").max_length]
    repair.decided_by, repair.decided_at = by, timezone.now()
    repair.save()
    return repair
