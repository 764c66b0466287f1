"""What is said about the copies of an article, weighed: where it cannot all be so, and what shows that."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from articles.actions import collating
from articles.actions.descending import name_of, read_of
from articles.actions.likeness import pieces_of
from articles.models import Article, Edition, Finding, Source, Witness, letters_of, parse_precise
from articles.restoration.detectors import source_conflict
from articles.restoration.text import Text

# so many copies are read and compared at once
MOST_TEXTS = 12
# One text stands in another when nearly all of its words do, and it is shorter by more than a signature.
WHOLE, SHORTER = 0.95, 0.92
OF_PAGES = ("source_conflict", "date_conflict", "suspect_site")
IN_PART = (Witness.Kind.EXCERPT, Witness.Kind.REWRITE)

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Things said of the copies that do not agree; `copies` are their names, `evidence` what shows it."""

    code: str
    copies: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """The letters of the copies whose bytes could be read, and the copies that were not compared."""

    letters: Mapping[int, str]
    left_out: Sequence[Witness] = ()


def read_texts(copies: Sequence[Witness]) -> Texts:
    """Read the first copies whose bytes are kept; of one that cannot be read any more nothing is known."""
    kept = [copy for copy in copies if copy.capture]
    letters: dict[int, str] = {}
    unread: list[Witness] = []
    for copy in kept[:MOST_TEXTS]:
        try:
            letters[copy.pk] = letters_of("".join(collating.text_of(copy)))
        except collating.CannotCollate:
            unread.append(copy)
    return Texts(letters, [*unread, *kept[MOST_TEXTS:]])


def conflicts(article: Article, copies: Sequence[Witness], texts: Texts | None = None) -> list[Conflict]:
    """Return what does not agree; containment only where the texts were read."""
    original = next((copy for copy in copies if copy.kind == Witness.Kind.ORIGINAL), None)
    found = [*_on_pages(article.current), *_of_sources(copies), *_of_dates(copies)]
    if original:
        found += _against_original(original, copies, article.current)
    if not original or not original.date_there:
        found += _before_text(copies, article.current)
    if not any(_span(copy.date_there) for copy in copies) and not article.current.original_date:
        found.append(Conflict("no_date"))
    return [*found, *(_of_texts(copies, original, texts.letters) if texts else ())]


# Sources and pages


def _on_pages(edition: Edition) -> Iterator[Conflict]:
    """What the page contradicted itself in when it came in, as long as nobody has decided about it."""
    waiting = Finding.objects.open().filter(edition=edition, code__in=OF_PAGES)
    for code, found in waiting.values_list("code", "found")[: 2 * len(OF_PAGES)]:
        yield Conflict(code, evidence=(found,))


def _of_sources(copies: Sequence[Witness]) -> Iterator[Conflict]:
    named = {name_of(copy): value for copy in copies if (value := read_of(copy, "original_source"))}
    if any(source_conflict.detect(Text(sources=list(named.values())))):
        yield Conflict("sources_named", tuple(named), tuple(f"{copy}: {value}" for copy, value in named.items()))
    for copy in copies:
        if copy.source and not copy.source.may_be_linked:
            yield Conflict("hijacked", (name_of(copy),), (copy.address,))


# Dates


def _of_dates(copies: Sequence[Witness]) -> Iterator[Conflict]:
    by_key = {copy.pk: copy for copy in copies}
    for copy in copies:
        if copy.date_there and _span(copy.date_there) is None:
            yield Conflict("unread_date", (name_of(copy),), (copy.date_there,))
        model = by_key.get(copy.copied_from_id or 0)
        if model and _is_before(copy, model):
            yield Conflict("before_model", (name_of(copy), name_of(model)), (copy.date_there, model.date_there))


def _against_original(original: Witness, copies: Sequence[Witness], edition: Edition) -> Iterator[Conflict]:
    for copy in copies:
        if _is_before(copy, original):
            yield Conflict("before_original", (name_of(copy),), (copy.date_there, original.date_there))
    span, said = _span(original.date_there), _span(edition.original_date_iso)
    if not original.date_there:
        yield Conflict("undated_original", (name_of(original),))
    elif span and said and (span[1] < said[0] or said[1] < span[0]):
        yield Conflict("date_of_text", (name_of(original),), (original.date_there, edition.original_date_iso))
    named: Source | None = edition.original_source
    if original.source and named and original.source != named:
        yield Conflict("source_of_text", (name_of(original),), (original.source.name, named.name))


def _before_text(copies: Sequence[Witness], edition: Edition) -> Iterator[Conflict]:
    """The earliest copy, where the text bears a later date; reprints are later than their text, and no conflict."""
    said = _span(edition.original_date_iso)
    dated = [(span, copy) for copy in copies if (span := _span(copy.date_there))]
    earliest = min(dated, key=lambda pair: pair[0], default=None)
    if said and earliest and earliest[0][1] < said[0]:
        copy = earliest[1]
        yield Conflict("before_text", (name_of(copy),), (copy.date_there, edition.original_date_iso))


def _is_before(copy: Witness, other: Witness) -> bool:
    """Whether the copy is surely dated before the other one."""
    mine, theirs = _span(copy.date_there), _span(other.date_there)
    return mine is not None and theirs is not None and mine[1] < theirs[0]


def _span(iso: str) -> Span | None:
    """Return the first and the last day a date may mean; None for what is no date.

    >>> _span("2013-02")
    (datetime.date(2013, 2, 1), datetime.date(2013, 2, 28))
    """
    moment, precision = parse_precise(iso)
    if moment is None:
        return None
    day = timezone.localtime(moment).date()
    if precision == "year":
        return day, date(day.year, 12, 31)
    return day, day.replace(day=monthrange(day.year, day.month)[1]) if precision == "month" else day


# Texts


def _of_texts(copies: Sequence[Witness], original: Witness | None, letters: Mapping[int, str]) -> Iterator[Conflict]:
    read = [copy for copy in copies if letters.get(copy.pk)]
    pieces = {copy.pk: pieces_of(letters[copy.pk]) for copy in read}
    for inner in read:
        for outer in read:
            if inner is outer or not _stands_in(inner.pk, outer.pk, letters, pieces):
                continue
            sizes = tuple(str(len(letters[copy.pk])) for copy in (inner, outer))
            if inner is original:
                code = "original_in_excerpt" if outer.kind in IN_PART else "original_in_copy"
                yield Conflict(code, (name_of(inner), name_of(outer)), sizes)
            elif inner.kind not in IN_PART:
                yield Conflict("copy_in_copy", (name_of(inner), name_of(outer)), sizes)


def _stands_in(inner: int, outer: int, letters: Mapping[int, str], pieces: Mapping[int, set[str]]) -> bool:
    is_shorter = len(letters[inner]) < SHORTER * len(letters[outer])
    return is_shorter and len(pieces[inner] & pieces[outer]) >= WHOLE * max(len(pieces[inner]), 1)
