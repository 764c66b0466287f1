"""The order in which articles stand in a theme: moved about on the page, saved as a whole."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import placing
from articles.admin import typed
from articles.admin.keys import as_key, version_read
from articles.admin.suggestions import Suggestions, sent
from articles.models import Article, Placement, StaleVersion, Theme

ROWS_A_PAGE = 100
MOST_KEYS = 20_000
REASON = Placement._meta.get_field("reason")
GONE = gettext_lazy("an article that was deleted")
MOVES = ("first", "up", "down", "last", "out")


class AddForm(forms.Form):
    add = forms.ModelChoiceField(
        Article.objects.all(),
        label=gettext_lazy("Put an article at the end"),
        required=False,
        widget=Suggestions(Placement._meta.get_field("article")),
    )


def mark(reason: str) -> int:
    """Return a number that tells whether a reason was touched since the page was opened."""
    return zlib.crc32(reason.encode())


@dataclass
class Order:
    """What the page shows and carries: nothing of it is stored before the save."""

    keys: list[int]
    children: list[int]
    # those that were touched; the others are as they are stored
    reasons: dict[int, str] = field(default_factory=dict)
    # what stood there when the page was opened: key → mark of its reason
    base: dict[int, int] = field(default_factory=dict)

    @classmethod
    def standing(cls, theme: Theme) -> Self:
        placed = theme.placements.values_list("article", "reason")
        base = {key: mark(reason) for key, reason in placed}
        return cls(list(base), list(theme.children.values_list("pk", flat=True)), base=base)

    @classmethod
    def posted(cls, said: QueryDict) -> Self:
        """Read what the page carried. Raises `BadRequest` for what no page of ours carries."""
        base = {int(key): int(value) for key, value in _object(said.get("base"), int).items()}
        order = cls(_keys(said.get("order")), _keys(said.get("children")), base=base)
        carried = _object(said.get("reasons"), str)
        shown = {name.removeprefix("reason-"): words for name, words in said.items() if name.startswith("reason-")}
        for name, words in (carried | shown).items():
            key, reason = as_key(name), " ".join(words.split())
            if key is None or not _is_storable(reason):
                raise BadRequest("No such reason.")
            if mark(reason) != base.get(key, mark("")):
                order.reasons[key] = reason
        return order

    def move(self, keys: list[int], verb: str, key: int) -> None:
        """Move one key of the list; one at the end of the list stays there."""
        if key not in keys or verb not in MOVES:
            raise BadRequest("No such move.")
        at = keys.index(key)
        keys.remove(key)
        if verb != "out":
            last = len(keys)
            keys.insert({"first": 0, "up": max(at - 1, 0), "down": min(at + 1, last), "last": last}[verb], key)

    def meet(self, now: Self) -> tuple[set[int], set[int]]:
        """Take over what others put in and took out meanwhile, and return both."""
        came, went = now.base.keys() - self.base.keys(), self.base.keys() - now.base.keys()
        self.keys = [key for key in self.keys if key not in went]
        self.keys += [key for key in now.keys if key in came and key not in self.keys]
        self.children = [key for key in self.children if key in now.children]
        self.children += [key for key in now.children if key not in self.children]
        self.base = now.base
        return came, went

    def placed(self, theme: Theme) -> list[tuple[int, str]]:
        stored = dict(theme.placements.values_list("article", "reason"))
        return [(key, self.reasons.get(key, stored.get(key, ""))) for key in self.keys]


def _is_storable(reason: str) -> bool:
    try:
        REASON.run_validators(reason)
    except ValidationError:
        return False
    return True


def _keys(text: str | None) -> list[int]:
    # an order that was not sent is not an empty one
    keys = [None] if text is None else [as_key(part) for part in text.split(",") if part]
    if None in keys or len(set(keys)) != len(keys) or len(keys) > MOST_KEYS:
        raise BadRequest("No such order.")
    return [key for key in keys if key is not None]


def _object(text: str | None, kind: type) -> dict[str, Any]:
    try:
        found = json.loads(text or "")
    except (ValueError, RecursionError) as error:
        raise BadRequest("Not what the page carried.") from error
    is_ours = isinstance(found, dict) and all(as_key(key) and isinstance(value, kind) for key, value in found.items())
    if not is_ours or len(found) > MOST_KEYS:
        raise BadRequest("Not what the page carried.")
    return found


def order_view(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the order; move, add and take out on the page; save it whole."""
    if as_key(str(pk)) is None:
        raise Http404
    theme = Theme.objects.filter(pk=pk).first()
    if theme is None:
        return typed.gone(admin, request, lambda: _words(request))
    if not admin.has_view_or_change_permission(request, theme):
        raise PermissionDenied
    if request.method != "POST":
        return _page(admin, request, theme, Order.standing(theme))
    if not admin.has_change_permission(request, theme):
        raise PermissionDenied
    order = Order.posted(request.POST)
    version = version_read(request)
    if "save" in request.POST:
        return _save(admin, request, theme, order, version)
    number = _change(order, request.POST)
    return _page(admin, request, theme, order, version=version, number=number, is_changed=True)


def _words(request: HttpRequest) -> typed.Said:
    """The reasons that were typed, with the articles they are about."""
    reasons = Order.posted(request.POST).reasons
    titles = Article.objects.only("title").in_bulk(reasons)
    return [(titles.get(key, GONE), reason) for key, reason in reasons.items()]


def _change(order: Order, said: QueryDict) -> int:
    """Do to the order on the page what was asked; return the number of the page to show."""
    number = as_key(said.get("page")) or as_key(said.get("shown_page")) or 1
    verb, _colon, key = said.get("do", "").partition(":")
    child_verb, _colon, child = said.get("do_child", "").partition(":")
    if verb == "add":
        return _add(order, said, number)
    if verb == "jump":
        return _jump(order, said, number)
    if verb:
        order.move(order.keys, verb, as_key(key) or 0)
    elif child_verb in MOVES[:-1]:
        order.move(order.children, child_verb, as_key(child) or 0)
    return number


def _add(order: Order, said: QueryDict, number: int) -> int:
    key = as_key(sent(said, "add", Article))
    if key is None:
        return number
    if not Article.objects.filter(pk=key).exists():
        raise BadRequest("No such article.")
    if key not in order.keys:
        order.keys.append(key)
    return order.keys.index(key) // ROWS_A_PAGE + 1


def _jump(order: Order, said: QueryDict, number: int) -> int:
    """Move the article at one place to another one, however far."""
    at, to = as_key(said.get("from_place")), as_key(said.get("to_place"))
    if not at or not to or at > len(order.keys):
        return number
    to = min(to, len(order.keys))
    order.keys.insert(to - 1, order.keys.pop(at - 1))
    return (to - 1) // ROWS_A_PAGE + 1


def _save(admin: Any, request: HttpRequest, theme: Theme, order: Order, version: int) -> HttpResponse:
    try:
        placing.reorder(theme, order.placed(theme), order.children, version=version)
    except (StaleVersion, placing.UnknownArticle):
        return _meet(admin, request, theme, order)
    admin.log_change(request, theme, _("Arranged its articles."))
    admin.message_user(request, _("The order is saved."), messages.SUCCESS)
    return HttpResponseRedirect(request.get_full_path())


def _meet(admin: Any, request: HttpRequest, theme: Theme, order: Order) -> HttpResponse:
    """Show my order with what others put in and took out, and the reasons both of us wrote; nothing is saved."""
    now_there = Theme.objects.filter(pk=theme.pk).first()
    if now_there is None:
        return typed.gone(admin, request, lambda: _words(request))
    theme, now = now_there, Order.standing(now_there)
    both = [key for key in order.reasons if key in now.base and now.base[key] != order.base.get(key, mark(""))]
    stored = dict(theme.placements.filter(article__in=both).values_list("article", "reason"))
    came, went = order.meet(now)
    mine = [key for key in order.keys if key not in now.base]
    titles = Article.objects.only("title").in_bulk([*came, *went, *both, *mine])
    went |= {key for key in mine if key not in titles}
    order.keys = [key for key in order.keys if key not in went]
    conflict = {
        "came": [titles[key] for key in came if key in titles],
        "went": [(titles.get(key, GONE), order.reasons.pop(key, "")) for key in went],
        "both": [(titles[key], stored[key]) for key in both if key in stored],
    }
    return _page(admin, request, theme, order, conflict=conflict, is_changed=True, status=409)


def _page(
    admin: Any,
    request: HttpRequest,
    theme: Theme,
    order: Order,
    *,
    version: int | None = None,
    number: int = 1,
    conflict: dict[str, Any] | None = None,
    is_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    pages = max(-(-len(order.keys) // ROWS_A_PAGE), 1)
    asked = as_key(request.GET.get("page")) if request.method != "POST" else number
    number = min(max(asked or 1, 1), pages)
    first = (number - 1) * ROWS_A_PAGE
    keys = order.keys[first : first + ROWS_A_PAGE]
    form = AddForm()
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Arrange “%s”") % theme,
        "opts": admin.opts,
        "media": admin.media + form.media,
        "theme": theme,
        "may_change": admin.has_change_permission(request, theme),
        "rows": _rows(theme, order, keys, first),
        "children": _in_order(Theme.objects.defer("introduction").in_bulk(order.children), order.children),
        "count": len(order.keys),
        "first": first,
        "number": number,
        "pages": range(1, pages + 1),
        "carried": _carried(order, keys, theme.version if version is None else version, number),
        "form": form,
        "longest_reason": REASON.max_length,
        "conflict": conflict,
        "is_changed": is_changed,
    }
    return TemplateResponse(request, "admin/articles/theme/arrange.html", context, status=status)


def _carried(order: Order, shown: Sequence[int], version: int, number: int) -> list[tuple[str, Any]]:
    """What the page carries of what it does not show: a form has 1,000 fields at most, a theme any number of rows."""
    elsewhere = {key: reason for key, reason in order.reasons.items() if key not in shown}
    return [
        ("version", version),
        ("shown_page", number),
        ("order", ",".join(map(str, order.keys))),
        ("children", ",".join(map(str, order.children))),
        ("reasons", json.dumps(elsewhere, ensure_ascii=False)),
        ("base", json.dumps(order.base)),
    ]


def _rows(theme: Theme, order: Order, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
    articles = Article.objects.only("title", "status", "byline_text").in_bulk(keys)
    stored = dict(theme.placements.filter(article__in=keys).values_list("article", "reason"))
    return [
        {"place": first + at, "article": article, "reason": order.reasons.get(article.pk, stored.get(article.pk, ""))}
        for at, article in enumerate(_in_order(articles, keys), start=1)
    ]


def _in_order(rows: dict[int, Any], keys: Iterable[int]) -> list[Any]:
    return [rows[key] for key in keys if key in rows]
