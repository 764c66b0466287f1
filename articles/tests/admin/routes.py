"""Every address of the site as its resolver has it, as who_may.txt lists it, and filled with the keys of rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles.actions import editing, lending, reviewing
from articles.models import Article, Capture, Deed, HouseRules, Picture, PreviewLink, Site, SitePage
from articles.tests import make
from articles.tests.admin.people import person

TABLES = Path(__file__).with_name("who_may.txt")
ROLES = ("reader", "member", "contributor", "editor", "publisher")
STATES = ("own", "submitted", "returned", "published", "scheduled", "withdrawn")
NONE = "-"
PLACEHOLDER = re.compile(r"<[^>]+>")
# what cannot be read off a pattern that is an expression
EXPRESSIONS = {r"^(?P<app_label>articles|auth)/$": "articles/", r"(?P<url>.*)$": "nowhere/at/all"}
PICTURES = "^media/pictures/"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Listed:
    """A line of the table: a route, its name, and for each role what a GET and a POST get."""

    route: str
    name: str
    answers: tuple[str, ...]


@cache
def listed() -> list[Listed]:
    return [Listed(_route(route), name, tuple(answers)) for route, name, *answers in _lines(0)]


@cache
def in_states() -> dict[tuple[str, str], list[str]]:
    """For a state and a route, what all roles but `member` get, where that differs from the table."""
    return {(state, _route(route)): answers for state, route, *answers in _lines(1)}


def _lines(part: int) -> Iterator[list[str]]:
    text = TABLES.read_text("utf-8").split("\n\n")[part]
    return (line.split() for line in text.splitlines() if line and not line.startswith("# "))


def _route(shown: str) -> str:
    return "" if shown == NONE else shown


def unlisted(patterns: Iterable[Any]) -> list[Pair]:
    """Return each route and name that stands oftener, or more seldom, among the patterns than in the table."""
    there = Counter(_pairs(patterns))
    told = Counter((one.route, one.name) for one in listed())
    return sorted((there - told) + (told - there))


def _pairs(patterns: Iterable[Any], before: str = "") -> Iterator[Pair]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _pairs(entry.url_patterns, route)
        else:
            yield route, entry.name or NONE


def of_an_article() -> list[Listed]:
    """The addresses whose answer hangs on where one article stands."""
    route = re.compile(r"(?:admin/articles/article/<(?:int:pk|path:object_id)>/|articles/<number:pk>[/.])")
    return [one for one in listed() if route.match(one.route)]


def answer_in(state: str, one: Listed, role: str) -> str:
    roles = [name for name in ROLES if name != "member"]
    otherwise = in_states().get((state, one.route))
    return otherwise[roles.index(role)] if otherwise else one.answers[ROLES.index(role)]


def statuses(client: Client, address: str) -> str:
    """Ask with GET and with POST, and take back whatever was done."""
    return f"{_status(client.get, address)}/{_status(client.post, address, {'version': 1})}"


def _status(ask: Any, *asked: Any) -> int:
    point = transaction.savepoint()
    response = ask(*asked)
    list(response)  # read to its end, which closes the file of a capture
    transaction.savepoint_rollback(point)
    return response.status_code


def began(user: User, state: str) -> Article:
    """Return an article that this person began, and that has come so far."""
    article = editing.start(by=user, title=f"自己的稿：{state}", body_html=make.html_of("每一笔都写明用处。"))
    if state in ("submitted", "returned"):
        reviewing.submit(article, version=article.version, by=user)
    if state == "returned":
        article = Article.objects.get(pk=article.pk)
        reviewing.give_back(article, version=article.version, remark="再核一遍。")
    if state in ("published", "withdrawn"):
        article = make.publish(article)
    if state == "scheduled":
        make.publish(article, at=timezone.now() + timedelta(days=3))
    if state == "withdrawn":
        make.withdrawn(article)
    return Article.objects.get(pk=article.pk)


@dataclass
class Rows:
    """One row of each table, by the name of the table, and what else addresses name, by its name in the route."""

    tables: dict[str, Any]
    further: dict[str, Any]

    @classmethod
    def made(cls) -> "Rows":
        theme, source = make.theme(), make.source()
        article = make.article("别人的稿", authors=("示例作者甲",), tags=("预算",))
        link = PreviewLink.objects.create(digest="ab" * 32, article=article, expires_at="2099-01-01T00:00:00Z")
        _link, token = lending.lend(article, by=make.editor("lender"), days=7)
        picture = {"media_type": "image/png", "width": 1, "height": 1, "size": 1}
        tables = {
            "article": article,
            "author": article.working.bylines.get().author,
            "capture": Capture.objects.create(sha256="cd" * 32, size=2, media_type="text/plain"),
            "houserules": HouseRules.current(),
            "excerpt": make.excerpt(article, theme, "每一笔都写明用处"),
            "finding": make.finding(article),
            "letter": make.letter(article, remark="年份不对。"),
            "group": person("other", "editor").groups.get(),
            "picture": Picture.objects.create(sha256="ef" * 32, **picture),
            "site": Site.current(),
            "sitepage": SitePage.objects.get_or_create(slug="about", defaults={"title": "关于本站"})[0],
            "source": source,
            "tag": article.tags.get(),
            "theme": theme,
            "user": person("somebody"),
        }
        tables["page"] = tables["sitepage"]
        further = {"link": link.pk, "deed": Deed.objects.create(kind="tag").pk, "preview": token}
        return cls(tables, further)

    @property
    def article(self) -> Article:
        return self.tables["article"]

    def write_files(self) -> None:
        for name in ("capture", "picture"):
            default_storage.save(self.tables[name].path, ContentFile(b"ab"))

    def address(self, route: str) -> str:
        """Return an address of this route."""
        if route.startswith(PICTURES):
            picture = self.tables["picture"]
            return f"/media/{picture.path_of_copy(480) if 'width' in route else picture.path}"
        for expression, words in EXPRESSIONS.items():
            route = route.replace(expression, words)
        return "/" + PLACEHOLDER.sub(lambda found: str(self._value(route, found)), route)

    def _value(self, route: str, found: re.Match[str]) -> Any:
        name = found[0].strip("<>").rpartition(":")[2]
        # the table is what the part of the address before a key is called: admin/articles/source/…, sources/…
        parts = route[: found.start()].strip("/").split("/")
        if name in ("pk", "object_id", "id", "slug") and parts[0] != "admin/r":
            row = self.tables.get(parts[-1]) or self.tables.get(parts[-1].removesuffix("s"))
            if row is not None:
                return row.slug if name == "slug" else row.pk
        known = {
            "pk": self.further["deed"],
            "link": self.further["link"],
            "view": self.further["view"],
            "edition": self.article.working_id or self.article.live_id,
            "capture": self.tables["capture"].pk,
            "ticket": self.tables["letter"].ticket,
            "token": self.further["preview"] if parts[0] == "preview" else "x" * 30,
            "year": 2013,
            "month": 10,
            "style": "ris",
            "suffix": "txt",
        }
        return known.get(name, 1 if parts[-1] == "editions" else 0)
