"""How a page comes in: its bytes are kept, its text becomes a draft or a further witness of an article."""

import os
from dataclasses import asdict, dataclass
from enum import Enum

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Field
from django.utils.translation import gettext

from articles import body, intake, search
from articles.actions import anchoring, editing, likeness, picturing, placing, publishing, storing
from articles.intake.draft import Draft
from articles.intake.fetching import Fetched
from articles.models import (
    Article,
    Author,
    Byline,
    Capture,
    Edition,
    Source,
    Theme,
    Witness,
    digest_of,
    letters_of,
    parse_precise,
)

# Two texts with the same title are one work when half of the shorter one stands in the other.
SAME_WORK = 0.5
# Any number will do that no other lock of the database uses.
IMPORT_LOCK = 7_236_110
MEDIA_TYPES = {
    "html": "text/html",
    "text": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
LONGEST_TITLE = int(Edition._meta.get_field("title").max_length or 0)


class Result(Enum):
    """What became of a page."""

    NEW = "new"
    WITNESS = "further witness"
    HERE = "already here"


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer for one page; a date it prints that is in no calendar was left open.

    `parts` counts the pages the article stands on, `pictures` those that are in the text, `missed_pictures` those that
    could not be had; `missing_part` is the address of a further page that could not be had. `unpublished` says why what
    was to be published stays a draft.
    """

    result: Result
    article: Article
    impossible_dates: tuple[str, ...] = ()
    parts: int = 1
    pictures: int = 0
    missed_pictures: int = 0
    missing_part: str = ""
    unpublished: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes from outside with what their bringer says of them; `title` is for a page that has none of its own.

    `further` are the pages an article goes on on, `pictures` those that stand in its draft.
    """

    data: bytes
    name: str = ""
    title: str = ""
    address: str = ""
    source: Source | None = None
    theme: Theme | None = None
    further: tuple[Fetched, ...] = ()
    pictures: tuple[picturing.Received, ...] = ()


def take_in(page: Page, *, by: User | None = None, publish: bool = False, is_demonstration: bool = False) -> Taken:
    """Bring one page in, whole or not at all; the same bytes are never taken twice.

    Raises `intake.Unreadable` with a sentence for the editor when no article can be made of it, whatever the reason.
    """
    if taken := here(page.data):
        return taken
    draft = intake.read(page.data, name=page.name, url=page.address)
    return keep(page, draft, by=by, publish=publish, is_demonstration=is_demonstration)


def here(data: bytes) -> Taken | None:
    """Return the answer for bytes that are in the library already, be it as a further page of an article."""
    capture = storing.find(data)
    if not capture:
        return None
    # not one question with an OR over both: the database would look through every witness to answer it
    witnesses = Witness.objects.filter(capture__in=[capture.pk, capture.continues_id]).select_related("article")
    return Taken(Result.HERE, witness.article) if (witness := witnesses.first()) else None


def keep(
    page: Page, draft: Draft, *, by: User | None = None, publish: bool = False, is_demonstration: bool = False
) -> Taken:
    """Bring in a page that was read already, as `take_in` does."""
    draft.title = draft.title or page.title
    if not draft.title:
        raise _untitled(draft)
    try:
        with transaction.atomic():
            _one_at_a_time()
            # another copy may have come in while this one was read
            if taken := here(page.data):
                return taken
            capture = storing.find(page.data) or storing.store(
                page.data, **_described(page, draft), is_demonstration=is_demonstration
            )
            return _keep(page, draft, capture, by=by, publish=publish)
    except storing.AlreadyStored as stored:
        return Taken(Result.HERE, Witness.objects.get(capture=stored.capture).article)
    except (ValidationError, body.BodyRefused) as refusal:
        sentence = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        raise intake.Unreadable(sentence) from refusal


def _untitled(draft: Draft) -> intake.Unreadable:
    if any(finding.code == "long_title" for finding in draft.findings):
        return intake.Unreadable("The title is longer than %(most)d characters.", most=LONGEST_TITLE)
    return intake.Unreadable("No title of at most %(most)d characters was found on the page.", most=LONGEST_TITLE)


def _one_at_a_time() -> None:
    """Let one page come in after the other, or two copies of one work could each find that the other is not here.

    SQLite has one writer anyway; on PostgreSQL the lock ends with the transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _described(page: Page, draft: Draft) -> dict[str, str]:
    return {
        "media_type": MEDIA_TYPES[draft.kind],
        "encoding": draft.encoding,
        "address": _fitting(draft.url, Capture._meta.get_field("address")),
        "file_name": os.fsencode(page.name).decode("utf-8", "replace")[-255:],
    }


def _keep(page: Page, draft: Draft, capture: Capture, *, by: User | None, publish: bool) -> Taken:
    article = same_work(draft)
    result = Result.WITNESS if article else Result.NEW
    if article:
        placing.count_up(article)  # whoever traces it has the list of its copies open
    article = article or _new_article(draft, by=by, is_demonstration=capture.is_demonstration)
    Witness.objects.create(
        article=article,
        capture=capture,
        source=page.source or _source_of(draft),
        address=capture.address,
        title_there=draft.title,
        date_there=draft.published or "",
        readings=[asdict(reading) for reading in draft.readings],
        made_digest=article.current.exact_digest() if result is Result.NEW else "",
        is_demonstration=capture.is_demonstration,
    )
    search.put(article)  # its copy's address, title and source
    _keep_further(capture, page.further)
    if result is Result.NEW:
        for picture in page.pictures:
            picturing.store(picture)
    if result is Result.NEW and page.theme:
        placing.place(article, page.theme)
    unpublished = _publish(article, by=by) if result is Result.NEW and publish else ""
    dates = (found.found for found in draft.findings if found.code == "impossible_date")
    pictures = len(page.pictures) if result is Result.NEW else 0
    further = len(page.further)
    return Taken(result, article, tuple(dates), parts=1 + further, pictures=pictures, unpublished=unpublished)


def _publish(article: Article, *, by: User | None) -> str:
    """Publish what came in, or leave it a draft where the house or its pictures ask for an editor; say why."""
    try:
        publishing.publish(article, version=article.version, by=by, reason=gettext("Published as it came in."))
    except publishing.CannotPublish as refusal:
        return str(refusal)
    return ""


def _keep_further(capture: Capture, pages: tuple[Fetched, ...]) -> None:
    """Keep the bytes of the further pages; those that came in by themselves before stay what they are."""
    for part, page in enumerate(pages, start=2):
        if not storing.find(page.data):
            storing.store(
                page.data,
                media_type=page.media_type or capture.media_type,
                address=_fitting(page.url, Capture._meta.get_field("address")),
                continues=capture,
                part=part,
                is_demonstration=capture.is_demonstration,
            )


def same_work(draft: Draft) -> Article | None:
    """Return the article of which this page is a further copy, if the library holds it.

    The same letters, or the same title over a text of which half stands in the other one: a damaged, shortened or
    converted copy keeps its title and most of its words.
    """
    digest = digest_of(draft.body_text)
    exact = Article.objects.filter(text_digest=digest).first() if digest else None
    if exact:
        return exact
    for article in Article.objects.filter(title_key=letters_of(draft.title)).select_related("live", "working")[:20]:
        if likeness.share(draft.body_text, article.current.body_text) >= SAME_WORK:
            return article
    return None


def _new_article(draft: Draft, *, by: User | None, is_demonstration: bool) -> Article:
    moment, precision = parse_precise(draft.published or "")
    article = editing.start(
        by=by,
        is_indexed=False,
        is_demonstration=is_demonstration,
        bylines=_signatures(draft, is_demonstration=is_demonstration),
        title=draft.title,
        subtitle=_fitting(draft.subtitle, Edition._meta.get_field("subtitle")),
        abstract=draft.abstract,
        body_html=draft.body_html,
        notes="\n".join(draft.notes),
        original_source=Source.objects.called(draft.original_source).first() if draft.original_source else None,
        original_source_printed=_fitting(draft.original_source, Edition._meta.get_field("original_source_printed")),
        original_date=moment,
        original_precision=precision,
        printed_editor=_fitting(draft.editor, Edition._meta.get_field("printed_editor")),
        keywords=_fitting("、".join(draft.keywords), Edition._meta.get_field("keywords")),
        script=draft.script,
        checking=Edition.Checking.CLEANED
        if any(finding.applied for finding in draft.findings)
        else Edition.Checking.RAW,
    )
    anchoring.record(article.current, draft.findings)
    return article


def _signatures(draft: Draft, *, is_demonstration: bool) -> list[editing.Signature]:
    """The byline as printed; a name the library knows once is that author, any other is a new one."""
    signatures: dict[tuple[int, str], editing.Signature] = {}
    for printed in draft.authors:
        if not _fitting(printed.name, Author._meta.get_field("name")):
            continue
        author = _author(printed.name, is_demonstration=is_demonstration)
        affiliation = _fitting(printed.affiliation or draft.affiliation, Byline._meta.get_field("affiliation"))
        signatures.setdefault((author.pk, printed.role), editing.Signature(author, printed.role, affiliation))
    return list(signatures.values())


def _author(name: str, *, is_demonstration: bool) -> Author:
    known = list(Author.objects.filter(name=name)[:2])
    return known[0] if len(known) == 1 else Author.objects.create(name=name, is_demonstration=is_demonstration)


def _source_of(draft: Draft) -> Source | None:
    """The source whose site this copy stands on, by its domain, else by the name the page gives itself."""
    by_domain = Source.objects.at(draft.url).first() if draft.url else None
    return by_domain or (Source.objects.called(draft.site).first() if draft.site else None)


def _fitting(value: str, column: Field) -> str:
    """Return the value, or nothing when it is longer than its column: what is that long is no name and no address."""
    return value if column.max_length is None or len(value) <= column.max_length else ""
