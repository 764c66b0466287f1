"""A citation as a sentence, for footnotes of no fixed style."""

from collections.abc import Iterable
from functools import reduce

from django.utils.translation import gettext as _

from articles.citations.reference import Name, Reference, ordered
from articles.models import Byline, date_text, parse_precise

MOST_NAMES = 3
INNER_MARKS = str.maketrans("《》", "〈〉")  # GB/T 15834: a title inside a title


def write(reference: Reference) -> str:
    """Return the sentence: who, what, where and when it first appeared; then our edition and its address."""
    title = _quoted(reference)
    if reference.authors:
        title = _("%(names)s, %(title)s") % {"names": _names(reference.authors), "title": title}
    first = [title, *_others(reference), _outlet(reference), date_text(*parse_precise(reference.date))]
    edition = _("%(library)s, edition %(number)s") % {"library": reference.library, "number": reference.number}
    own = [edition, date_text(*parse_precise(reference.edition_date)), reference.address]
    if reference.passage:
        own.append(_("paragraph %(number)d") % {"number": reference.passage})
    return _("%(first)s. %(second)s.") % {"first": _joined(first), "second": _joined(own)}


def _joined(parts: Iterable[str]) -> str:
    return reduce(lambda one, other: _("%(one)s, %(other)s") % {"one": one, "other": other}, filter(None, parts))


def ours(reference: Reference) -> str:
    """Return the words by which a citation names our edition, and the paragraph where one is meant."""
    said = {"library": reference.library, "number": reference.number, "day": reference.edition_date}
    if reference.passage:
        said |= {"paragraph": reference.passage}
        return _("%(library)s, edition %(number)s, %(day)s, paragraph %(paragraph)s.") % said
    return _("%(library)s, edition %(number)s, %(day)s.") % said


def _quoted(reference: Reference) -> str:
    title = reference.title
    if reference.subtitle:
        title = _("%(title)s: %(subtitle)s") % {"title": title, "subtitle": reference.subtitle}
    return f"“{title}”" if reference.is_english else f"《{title.translate(INNER_MARKS)}》"


def _outlet(reference: Reference) -> str:
    is_title = reference.kind != "webpage" and not reference.is_english and reference.outlet
    return f"《{reference.outlet.translate(INNER_MARKS)}》" if is_title else reference.outlet


def _names(names: list[Name]) -> str:
    first, are_more = ordered((name.text for name in names), MOST_NAMES)
    joined = reduce(lambda names, name: _("%(names)s, %(name)s") % {"names": names, "name": name}, first)
    return _("%(names)s and others") % {"names": joined} if are_more else joined


def _others(reference: Reference) -> list[str]:
    words = {
        Byline.Role.COMPILER: _("compiled by %(names)s"),
        Byline.Role.TRANSLATOR: _("translated by %(names)s"),
        Byline.Role.PHOTOGRAPHER: _("photographs by %(names)s"),
    }
    named = ((line, reference.named(role)) for role, line in words.items())
    return [line % {"names": _names(names)} for line, names in named if names]
