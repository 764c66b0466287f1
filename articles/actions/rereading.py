"""Reading a capture again by today's rules, without taking a word from anybody who wrote since."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import transaction

from articles import body, intake
from articles.actions import anchoring, editing, remembering
from articles.intake import parts, pictures
from articles.intake.draft import Draft
from articles.intake.fetching import Fetched
from articles.intake.parts import Part, Parts
from articles.intake.pictures import Drawn
from articles.models import Article, Capture, Edition, Finding, Picture, Witness

PICTURES = "/media/pictures/"
LONGEST = {field.name: field.max_length or 0 for field in Edition._meta.fields}


class CannotReread(Exception):
    """No bytes of the article are kept, they are gone, or they can no longer be read."""


class HandedIn(CannotReread):
    """The working edition waits for review; nothing changes it behind the reviewer's back."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of it: whether the text is the new one, and how many findings are new."""

    took_text: bool
    findings: int


def first_capture(article: Article) -> Witness | None:
    """Return the copy the article was made of, with its capture; of older ones it is not recorded, and the first is."""
    copies = article.witnesses.filter(capture__isnull=False).select_related("capture")
    return copies.exclude(made_digest="").first() or copies.first()


@transaction.atomic
def reread(article: Article, *, version: int, by: User) -> Reread:
    """Read the article's first capture again.

    Where nobody wrote in the text since it was read, the new text and its findings take its place, in a working edition
    if it is published; anybody's decisions on the same findings stay. Otherwise the text stays, and findings that are
    new are offered. Raises `CannotReread`, and `StaleVersion` when the article changed since `version` was read.
    """
    article = Article.objects.claim(article.pk, version)
    witness = first_capture(article)
    if witness is None or witness.capture is None:
        raise CannotReread
    if article.working and article.working.state == Edition.State.SUBMITTED:
        raise HandedIn
    edition = article.current
    is_untouched = bool(witness.made_digest) and witness.made_digest == edition.exact_digest()
    draft = _read(witness.capture, has_pictures=PICTURES in edition.body_html)
    draft.title = draft.title or edition.title
    if is_untouched and not _is_same(edition, draft):
        return _take(article, witness, draft, by=by)
    count = _offer(edition, draft)
    if count:
        article.save(update_fields=["changed_at"])
    return Reread(took_text=False, findings=count)


def _read(capture: Capture, *, has_pictures: bool) -> Draft:
    """Read the capture and those that continue it, with the pictures the library holds already."""
    found = Parts()
    for part in (capture, *capture.further_parts.order_by("part")):
        try:
            fetched = Fetched(part.address, part.read(), part.media_type)
            name = part.file_name or urlsplit(part.address).path.rpartition("/")[2]
            draft = intake.read(fetched.data, name=name, url=part.address)
            found.found.append(Part(fetched, _illustrated(fetched, draft) if has_pictures else draft))
        except (FileNotFoundError, intake.Unreadable):
            raise CannotReread from None
    return parts.join(found)


def _illustrated(fetched: Fetched, draft: Draft) -> Draft:
    """Put the pictures into the text that were kept when the page came in; none is fetched."""
    wanted = pictures.find(fetched, draft)
    kept = {
        picture.address: picture for picture in Picture.objects.filter(address__in=[each.address for each in wanted])
    }
    here = [(each, kept[each.address]) for each in wanted if each.address in kept]
    return pictures.insert(draft, [Drawn(each, picture.src, picture.width, picture.height) for each, picture in here])


def _written(draft: Draft) -> dict[str, str]:
    """The columns of an edition that hold the text."""
    columns = {"title": draft.title, "subtitle": draft.subtitle, "abstract": draft.abstract}
    fitting = {name: text for name, text in columns.items() if len(text) <= LONGEST[name]}
    return {**fitting, "body_html": draft.body_html, "notes": "\n".join(draft.notes), "script": draft.script}


def _is_same(edition: Edition, draft: Draft) -> bool:
    try:
        written = {**_written(draft), "body_html": body.normalise(draft.body_html)}
    except body.BodyRefused:
        raise CannotReread from None
    return all(getattr(edition, name) == value for name, value in written.items())


def _take(article: Article, witness: Witness, draft: Draft, *, by: User) -> Reread:
    """Let the new text take the place of the one nobody touched."""
    edition = editing.working_edition(article, by=by)
    known = {_words(finding) for finding in edition.findings.all()}
    body_before = edition.body_html
    for name, value in _written(draft).items():
        setattr(edition, name, value)
    edition.changed_by = by
    edition.save()
    found = anchoring.rows_of(edition, draft.findings)
    remembering.replace(edition, found)
    anchoring.follow_excerpts(edition, body_before)
    Witness.objects.filter(pk=witness.pk).update(made_digest=edition.exact_digest())
    editing.refresh(article)
    new = [row for row in found if row.state != Finding.State.DISMISSED and _words(row) not in known]
    return Reread(took_text=True, findings=len(new))


def _words(finding: Finding) -> tuple[str, ...]:
    """What makes two findings the same one: class, words, and what stands around them."""
    return finding.code, finding.found, finding.exact, finding.prefix, finding.suffix


def _offer(edition: Edition, draft: Draft) -> int:
    """Offer what is found today in words that still stand, and was not found before; return how many wait."""
    found = [finding for finding in draft.findings if not finding.applied]
    spans = [(each.block, each.start, each.end) for each in found]
    places = anchoring.find_all(edition, anchoring.places_at(draft.title, draft.body_html, spans))
    known = anchoring.carried(edition)
    known_places = {(each.code, each.block, each.start, each.end) for each in known}
    known_words = set(map(_words, known))
    offered = []
    for finding, place in zip(found, places, strict=True):
        if place is None or (finding.code, place.block, place.start, place.end) in known_places:
            continue
        row = anchoring.row_of(edition, finding, place)
        if _words(row) not in known_words:
            offered.append(row)
    again = remembering.remember(edition, offered)
    Finding.objects.bulk_create(offered)
    return len(offered) - len(again)
