"""Two people wrote into one article: whose words are whose, so that nobody's are lost."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.models import Article


def digest(value: Any) -> str:
    """Return a short digest that tells two texts apart; spaces around them, which forms take off, do not count."""
    text = "" if value is None else str(getattr(value, "pk", value))
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def base_of(standing: Mapping[str, Any]) -> str:
    """Return what the form carries of the text it was opened on: enough to see later which fields were touched."""
    return json.dumps({name: digest(value) for name, value in standing.items()})


def read_base(text: str) -> dict[str, str]:
    """Return what `base_of` wrote; nothing for anything else, whoever sent it."""
    try:
        base = json.loads(text or "{}")
    except ValueError:
        return {}
    return base if isinstance(base, dict) else {}


@dataclass(frozen=True, slots=True)
class Conflict:
    """What became of each field that differs: taken over from the other writer, or changed by both."""

    taken_over: list[str] = field(default_factory=list)
    changed_by_both: list[str] = field(default_factory=list)


def compare(base: Mapping[str, str], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Conflict:
    """Sort the fields in which my text differs from theirs; a field only I touched is no conflict.

    >>> base = read_base(base_of({"title": "议事", "notes": ""}))
    >>> compare(base, {"title": "议事", "notes": "甲"}, {"title": "议事会", "notes": "乙"})
    Conflict(taken_over=['title'], changed_by_both=['notes'])
    """
    conflict = Conflict()
    for name in mine:
        my_words, their_words = digest(mine[name]), digest(theirs[name])
        if my_words == their_words or their_words == base.get(name):
            continue
        is_untouched = my_words == base.get(name)
        (conflict.taken_over if is_untouched else conflict.changed_by_both).append(name)
    return conflict


def stale(
    admin: ModelAdmin, request: HttpRequest, article: Article, mine: Sequence[tuple[Any, str]] = ()
) -> TemplateResponse:
    """Return the page for who came second on a screen without a form of their own: what they asked for is on it.

    `mine` are labels with the words that were typed and are not saved.
    """
    shown = {
        **admin.admin_site.each_context(request),
        "title": _("Somebody changed this article meanwhile"),
        "opts": admin.opts,
        "article": article,
        "mine": mine,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/article/stale.html", shown, status=409)
