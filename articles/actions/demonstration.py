"""The demonstration library: laid out in one call, and taken away in one call with nothing else."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q

from articles import body, intake, search
from articles.actions import capturing, editing, letters, publishing, storing
from articles.models import (
    Article,
    Author,
    Capture,
    Edition,
    Excerpt,
    Letter,
    Placement,
    Source,
    SourceAlias,
    SourceDomain,
    Tag,
    Theme,
    Witness,
    parse_precise,
)

LIBRARY = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
TABLES = (Article, Author, Capture, Excerpt, Letter, Placement, Source, Tag, Theme, Witness)
NAMED = (Article, Theme, Author, Source, Tag)

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken away, by table, and what stays because an editor's own work stands on it."""

    counts: Counter[str]
    kept: list[str]


@dataclass(slots=True)
class Shelf:
    """The rows of the demonstration library by their keys in its file."""

    sources: dict[str, Source] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)


@transaction.atomic
def load() -> Counter[str]:
    """Lay out the demonstration library, and return how many rows of each table are new.

    What is there already stays as it is, whoever changed it since; what is missing comes back.
    """
    before = _counts()
    library = json.loads((LIBRARY / "library.json").read_text("utf-8"))
    shelf = Shelf()
    for given in library["sources"]:
        shelf.sources[given["key"]] = _source(given)
    for given in library["authors"]:
        shelf.authors[given["key"]] = _author(given)
    for name in library["tags"]:
        shelf.tags[name] = _found_or_made(Tag, Q(name=name), name=name)
    for given in library["articles"]:
        shelf.articles[given["key"]] = _article(given, shelf)
    for position, given in enumerate(library["themes"]):
        shelf.themes[given["key"]] = _theme(given, position, shelf)
    for position, given in enumerate(library["excerpts"]):
        _excerpt(given, position, shelf)
    for given in library["captures"]:
        _capture(given, shelf)
    for given in library["letters"]:
        _letter(given, shelf.articles[given["article"]])
    return _counts() - before


def _counts() -> Counter[str]:
    return Counter({table.__name__: _demonstration(table).count() for table in TABLES})


def _demonstration(table: type[models.Model]) -> models.QuerySet:
    return table._default_manager.filter(is_demonstration=True)


def _found_or_made(table: type[Row], same: Q, **columns) -> Row:
    """Return the row that bears this address or name, whoever made it; only a new one is marked as demonstration."""
    found = table._default_manager.filter(same).first()
    return found or table._default_manager.create(is_demonstration=True, **columns)


def _source(given: dict) -> Source:
    known = Source.objects.filter(Q(slug=given["key"]) | Q(name=given["name"])).first()
    if known:
        return known
    columns = {column: given[column] for column in ("name", "kind", "standing", "homepage", "notes")}
    source = Source.objects.create(slug=given["key"], is_demonstration=True, **columns)
    for name in given["aliases"]:
        SourceAlias.objects.get_or_create(name=name, defaults={"source": source})
    for name in given["domains"]:
        SourceDomain.objects.get_or_create(name=name, defaults={"source": source})
    return source


def _author(given: dict) -> Author:
    columns = {column: given[column] for column in ("name", "kind", "note")}
    return _found_or_made(Author, Q(slug=given["key"]), slug=given["key"], **columns)


def _theme(given: dict, position: int, shelf: Shelf) -> Theme:
    parent = shelf.themes[given["parent"]] if given["parent"] else None
    theme = _found_or_made(
        Theme,
        Q(slug=given["key"]) | Q(name=given["name"], parent=parent),
        slug=given["key"],
        name=given["name"],
        parent=parent,
        introduction=given["introduction"],
        position=position,
    )
    for order, placed in enumerate(given["placements"]):
        chosen = {"position": order, "reason": placed["reason"], "is_demonstration": True}
        Placement.objects.get_or_create(theme=theme, article=shelf.articles[placed["article"]], defaults=chosen)
    return theme


def _article(given: dict, shelf: Shelf) -> Article:
    """Return the article whose first edition bears this title, published now where there is none.

    A first edition never changes, so the article is known again after an editor gave it another title.
    """
    first = Edition.objects.filter(number=1, title=given["title"], article__is_demonstration=True).first()
    if first:
        return first.article
    signatures = [
        editing.Signature(shelf.authors[line["author"]], line["role"], line["affiliation"]) for line in given["bylines"]
    ]
    article = editing.start(by=None, bylines=signatures, is_demonstration=True, **_written(given, shelf))
    article.tags.add(*(shelf.tags[name] for name in given["tags"]))
    _publish(article, datetime.fromisoformat(given["published_at"]))
    return Article.objects.get(pk=article.pk)


def _written(given: dict, shelf: Shelf) -> dict:
    source = shelf.sources[given["original_source"]]
    moment, precision = parse_precise(given["original_date"])
    copied = ("title", "subtitle", "abstract", "abstract_by", "script", "checking")
    return {
        **{column: given[column] for column in copied},
        "body_html": (LIBRARY / given["file"]).read_text("utf-8"),
        "notes": "\n".join(given["notes"]),
        "original_source": source,
        "original_source_printed": source.name,
        "original_date": moment,
        "original_precision": precision,
        "printed_editor": given["editor"],
        "keywords": "、".join(given["keywords"]),
    }


def _publish(article: Article, at: datetime, *, reason: str = "") -> None:
    """Publish as if it had been done at that moment, so that the archive has years to show."""
    moment = None if article.live_id else at  # what is before its readers already waits for nothing
    edition = publishing.publish(article, version=article.version, by=None, at=moment, reason=reason)
    Edition.objects.filter(pk=edition.pk, published_at__gt=at).update(published_at=at)


def _excerpt(given: dict, position: int, shelf: Shelf) -> None:
    theme, article, passage = shelf.themes[given["theme"]], shelf.articles[given["article"]], given["quote"]
    edition = article.live
    if edition is None or theme.excerpts.filter(edition__article=article, exact=passage).exists():
        return
    for block in body.blocks(edition.body_html):
        start = block.text.find(passage)
        if start >= 0:
            place = body.place_at(edition.body_html, block.index, start, start + len(passage))
            said = {"aspect": given["aspect"], "note": given["note"], "position": position}
            Excerpt.objects.create(theme=theme, edition=edition, is_demonstration=True, **said, **asdict(place))
            return


def _capture(given: dict, shelf: Shelf) -> None:
    """Keep the copy as a judged witness of its article, or bring it in as editors find a new one in their queue."""
    data = (LIBRARY / given["file"]).read_bytes()
    page = capturing.Page(
        data,
        name=Path(given["file"]).name,
        title=given["title"],
        address=given["address"],
        source=shelf.sources[given["source"]],
    )
    if given["awaits_editor"]:
        capturing.take_in(page, is_demonstration=True)
    elif not Witness.objects.filter(capture__sha256=storing.digest(data)).exists():
        Witness.objects.create(
            article=shelf.articles[given["article"]],
            capture=storing.find(data) or _stored(page),
            source=page.source,
            address=page.address,
            title_there=given["title"],
            date_there=given["date"] or "",
            is_demonstration=True,
            **{column: given[column] for column in ("kind", "evidence", "confidence")},
        )
        if given["kind"] == Witness.Kind.ORIGINAL:
            Article.objects.filter(pk=shelf.articles[given["article"]].pk).update(tracing=Article.Tracing.TRACED)


def _stored(page: capturing.Page) -> Capture:
    draft = intake.read(page.data, name=page.name, url=page.address)
    return storing.store(
        page.data,
        media_type="text/html" if draft.kind == "html" else "text/plain",
        encoding=draft.encoding,
        address=page.address,
        file_name=page.name,
        is_demonstration=True,
    )


def _letter(given: dict, article: Article) -> None:
    """Let a reader write and an editor decide, at the moments the file says; an article that went on takes none."""
    received = datetime.fromisoformat(given["received_at"])
    untouched = Article.objects.published().filter(pk=article.pk, live__number=1, working__isnull=True)
    edition = Edition.objects.filter(article__in=untouched, number=1).select_related("article").first()
    if edition is None or _demonstration(Letter).filter(article=article, received_at=received).exists():
        return
    written = {column: given[column] for column in ("kind", "passage", "suggestion", "remark", "name")}
    letter = letters.receive(edition, letters.Written(**written))
    moments: dict[str, Any] = {"received_at": received}
    if given["outcome"]:
        decided = datetime.fromisoformat(given["decided_at"])
        _decide(letter, given, decided)
        moments |= {"decided_at": decided, "days": (decided - received).days}
        moments |= {"closed_at": decided} if Letter.objects.filter(pk=letter.pk, state=Letter.State.CLOSED) else {}
    Letter.objects.filter(pk=letter.pk).update(is_demonstration=True, **moments)


def _decide(letter: Letter, given: dict, at: datetime) -> None:
    """Decide as an editor does; what is put into the text comes before its readers with the next edition."""
    said: dict[str, Any] = {"version": letter.version, "by": None}
    if given["outcome"] == Letter.Outcome.DECLINED:
        declined = letters.decline(letter, reason=given["answer"], **said)
        letters.close(declined, version=declined.version, by=None)
    elif letter.is_comment:
        letters.accept(letter, answer=given["answer"], **said)
    else:
        version = Article.objects.get(pk=letter.article_id).version
        letters.put_in(letter, given["suggestion"], article_version=version, answer=given["answer"], **said)
        _publish(Article.objects.get(pk=letter.article_id), at, reason=given["reason"])


@transaction.atomic
def remove() -> Removed:
    """Take the demonstration library away, and nothing else.

    An article that an editor has revised, placed, quoted or found in a further copy stays, with its witnesses; so does
    a theme under which an editor has put something, and every author, source and tag that something still names.
    """
    before = _counts()
    kept = _kept_articles()
    _demonstration(Letter).delete()
    _demonstration(Excerpt).delete()
    _demonstration(Placement).delete()
    _delete_articles(_demonstration(Article).exclude(pk__in=kept))
    _delete_captures(_demonstration(Capture).filter(witness__isnull=True))
    _delete_themes()
    _demonstration(Author).filter(bylines__isnull=True).delete()
    _demonstration(Tag).filter(items__isnull=True).delete()
    named = Edition.objects.filter(original_source__isnull=False).values("original_source")
    _demonstration(Source).filter(articles__isnull=True, witnesses__isnull=True).exclude(pk__in=named).delete()
    stays = [f"{table.__name__} {row}" for table in NAMED for row in _demonstration(table).order_by("pk")]
    return Removed(before - _counts(), stays)


def _kept_articles() -> set[int]:
    """The demonstration articles with an editor's work in them, and those that a remaining article was merged into."""
    of_letters = _demonstration(Letter).filter(put_into__isnull=False).values("put_into")
    worked_on = (
        Q(editions__in=Edition.objects.filter(number__gt=1).exclude(pk__in=of_letters))
        | Q(editions__made_by__isnull=False)
        | Q(live__isnull=False, working__isnull=False)
        | Q(live__isnull=True, version__gt=1)
        | Q(editions__excerpts__is_demonstration=False)
        | Q(placements__is_demonstration=False)
        | Q(witnesses__is_demonstration=False)
    )
    kept = set(_demonstration(Article).filter(worked_on).values_list("pk", flat=True))
    while True:
        remaining = Article.objects.filter(Q(is_demonstration=False) | Q(pk__in=kept))
        merged = remaining.filter(merged_into__is_demonstration=True)
        more = set(merged.values_list("merged_into", flat=True)) - kept
        if not more:
            return kept
        kept |= more


def _delete_articles(articles: models.QuerySet) -> None:
    """Delete the articles with all that hangs on them; an article's hold on its editions has to be loosened first."""
    gone = list(articles.values_list("pk", flat=True))
    for number in gone:
        search.remove(number)
    loosened = {"live": None, "working": None, "merged_into": None, "withdrawal_reason": ""}
    Article.objects.filter(pk__in=gone).update(status=Article.Status.DRAFT, **loosened)
    Article.objects.filter(pk__in=gone).delete()


def _delete_captures(captures: models.QuerySet) -> None:
    """Delete the captures, and their files once the transaction stands."""
    gone = list(captures)
    captures.filter(pk__in=[capture.pk for capture in gone]).delete()
    for capture in gone:
        transaction.on_commit(partial(default_storage.delete, capture.path))


def _delete_themes() -> None:
    """Delete the themes from the leaves up, as far as nothing stands in or under them."""
    bare = {"children__isnull": True, "placements__isnull": True, "excerpts__isnull": True}
    while _demonstration(Theme).filter(**bare).delete()[0]:
        pass
