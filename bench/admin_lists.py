"""How fast the editors' list and home answer in a large library: `.venv/bin/python bench/admin_lists.py --size 100000`.

The library is made of paragraphs of the demonstration library, about a thousand characters an article, written to the
database that DATABASE_URL names, which has to be an empty one; one that is full already is asked again. Every request
is asked through Django's test client, so what is shown is the server's time: templates, queries and all.
"""

import argparse
import os
import random
import re
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "articles" / "fixtures" / "demo" / "articles"
PARAGRAPH = re.compile(r"<p>([^<>]{40,400}。)</p>")
CHARACTERS = 1_000
BATCH = 1_000
STATUSES = {"draft": 30, "published": 64, "scheduled": 2, "withdrawn": 4}
SEVERITIES = {"info": 30, "warning": 60, "error": 10}
CODES = ("punctuation_width", "glyph_substitution", "mixed_script", "missing_stop", "masked_text", "truncated")
WORDS = ("村务", "预算", "议事", "公开", "账目", "监督", "集体", "水利", "道路", "养老", "小学", "垃圾")
NOW = datetime.now(UTC).replace(microsecond=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    begin()
    from articles.models import Article

    if not Article.objects.exists():
        build(given.size)
    index()
    measure(given.rounds)


def begin() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nobody has collected them here
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    django.setup()
    from articles.models import Article

    Article._meta.get_field("changed_at").auto_now = False  # the bench says itself when
    call_command("migrate", verbosity=0)


def build(size: int) -> None:
    """Write the library, the same one every time."""
    from django.db import transaction

    chance = random.Random(size)  # noqa: S311 - a library that can be made again
    paragraphs = sorted({found for path in TEXTS.iterdir() for found in PARAGRAPH.findall(path.read_text("utf-8"))})
    names(chance)
    began = time.monotonic()
    for first in range(1, size + 1, BATCH):
        with transaction.atomic():
            write(range(first, min(first + BATCH, size + 1)), paragraphs, chance)
        told(f"written {min(first + BATCH - 1, size):,}", began)
    analyse()


def names(chance: random.Random) -> None:
    from articles.models import Author, Source, SourceAlias, Theme

    sources = Source.objects.bulk_create(
        Source(name=f"示例{chance.choice(WORDS)}报第{n}号", slug=f"source-{n}") for n in range(1, 301)
    )
    SourceAlias.objects.bulk_create(SourceAlias(source=source, name=f"{source.name}网") for source in sources)
    Author.objects.bulk_create(Author(name=f"示例作者{n}", slug=f"author-{n}") for n in range(1, 2_001))
    roots = Theme.objects.bulk_create(Theme(name=f"主题{n}", slug=f"theme-{n}", position=n) for n in range(1, 11))
    Theme.objects.bulk_create(
        Theme(name=f"{chance.choice(WORDS)}{n}", slug=f"theme-under-{n}", parent=chance.choice(roots), position=n)
        for n in range(1, 51)
    )


def write(numbers: range, paragraphs: list[str], chance: random.Random) -> None:
    from articles.models import Article, Byline, Edition, Finding, Placement, Witness

    rows: dict[type, list] = {kind: [] for kind in (Article, Edition, Byline, Witness, Placement, Finding)}
    for number in numbers:
        for row in article(number, paragraphs, chance):
            rows[type(row)].append(row)
    for kind, made in rows.items():
        kind.objects.bulk_create(made)


def article(number: int, paragraphs: list[str], chance: random.Random) -> list:
    """One article with all that hangs on it; sources, authors and years are as unevenly spread as in life."""
    from articles.models import Article, Byline, Edition, Placement

    text: list[str] = [f"这是第{number}份材料，收于第{number % 997}个集日。"]
    while sum(map(len, text)) < CHARACTERS:
        text.append(chance.choice(paragraphs))
    status = chance.choices([*STATUSES], [*STATUSES.values()])[0]
    source = int(chance.paretovariate(0.6)) % 300 + 1 if chance.random() < 0.8 else None
    seen = NOW - timedelta(days=chance.triangular(0, 365 * 30, 0))
    moment = NOW - timedelta(minutes=number % 500_000)
    title = f"第{number}份材料：{text[1][:14]}"
    shared = {"title": title, "original_source_id": source, **written(seen.replace(microsecond=0), chance)}
    is_live = status != "draft"
    state = "published" if is_live else chance.choices(["working", "submitted", "returned"], [90, 7, 3])[0]
    author = int(chance.paretovariate(0.5)) % 2_000 + 1
    live_from = (moment + timedelta(days=3 if status == "scheduled" else 0)) if is_live else None
    rows: list = [
        Article(
            pk=number,
            status=status,
            live_id=number if is_live else None,
            working_id=None if is_live else number,
            live_from=live_from,
            changed_at=moment,
            withdrawal_reason="other" if status == "withdrawn" else "",
            tracing=chance.choices(["open", "traced", "unknown"], [50, 40, 10])[0],
            byline_text=f"示例作者{author}" if chance.random() < 0.9 else "",
            summary=text[1][:110],
            character_count=CHARACTERS,
            title_key=title.replace("：", ""),
            text_digest=sha256(str(number if chance.random() < 0.97 else number % 50).encode()).hexdigest(),
            **shared,
        ),
        Edition(
            pk=number,
            article_id=number,
            number=1 if is_live else None,
            state=state,
            published_at=moment if is_live else None,
            submitted_at=moment if state == "submitted" else None,
            body_html="".join(f"<p>{each}</p>" for each in text),
            **shared,
        ),
        Byline(edition_id=number, author_id=author, printed=f"示例作者{author}"),
        Placement(article_id=number, theme_id=chance.randint(1, 60), position=number),
    ]
    hangs = {"article_id": number, "source_id": source, "title_there": title}
    return [*rows, *copies(hangs, f"{seen:%Y%m}/t{number}", chance), *findings(number, chance)]


def written(seen: datetime, chance: random.Random) -> dict:
    """Script and date, which an article shares with its edition."""
    known = chance.random() < 0.85
    return {
        "script": chance.choices(["hans", "hant", "mixed"], [90, 8, 2])[0],
        "original_date": seen if known else None,
        "original_precision": "day" if known else "unknown",
    }


def copies(said: dict, path: str, chance: random.Random) -> list:
    """The copies of one article, each at a site of its own."""
    from articles.models import Witness

    sites = (chance.randint(1, 300) for _copy in range(chance.choices([0, 1, 2, 4], [10, 60, 20, 10])[0]))
    return [
        Witness(address=f"https://news{site}.example.cn/{path}_{copy}.html", is_dead=chance.random() < 0.02, **said)
        for copy, site in enumerate(sites)
    ]


def findings(number: int, chance: random.Random) -> list:
    from articles.models import Finding

    place = {"block": 1, "start": 0, "end": 2, "found": "村务", "confidence": 0.8}
    count = chance.choices([0, 1, 3, 8], [60, 20, 12, 8])[0]
    severities = chance.choices([*SEVERITIES], [*SEVERITIES.values()], k=count)
    return [Finding(edition_id=number, code=chance.choice(CODES), severity=each, **place) for each in severities]


def index() -> None:
    from articles import search

    began, done = time.monotonic(), 0
    keys: list[int] = [0]
    while keys := search.waiting(after=keys[-1], most=500):
        done += search.put_all(keys)
        told(f"indexed {done:,}", began)
    if done:
        search.tidy()
        analyse()


def analyse() -> None:
    """What autovacuum does by itself on a server, and nobody does for SQLite."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def told(what: str, began: float) -> None:
    print(f"\r{what} in {time.monotonic() - began:.0f} s", end="", file=sys.stderr, flush=True)


def measure(rounds: int) -> None:
    """Ask every kind of list so often, and print how many milliseconds the server took: the first time, and usually.

    `cpu` is what this process and, on this machine, the database worked: it tells a busy machine from a slow list.
    What is counted once a page is sent is not in these; it stands at the end.
    """
    from django.contrib.auth.models import User
    from django.core.cache import cache
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.client import ClientHandler
    from django.test.utils import setup_test_environment

    setup_test_environment()
    user = User.objects.get_or_create(username="bench", defaults={"is_staff": True, "is_superuser": True})[0]
    times: list[float] = []
    works: list[float] = []

    class Timed(ClientHandler):
        def get_response(self, request):
            connection.ensure_connection()  # what is worked is that of one process of the database
            reset_queries()
            began, worked = time.monotonic(), work()
            response = super().get_response(request)
            times.append(1_000 * (time.monotonic() - began))
            works.append(1_000 * (work() - worked))
            response.queries = len(connection.queries)
            return response

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    client.handler = Timed(enforce_csrf_checks=False)
    connection.force_debug_cursor = True
    print(f"\n{connection.vendor}\n{'what':<44}{'first':>8}{'usual':>8}{'cpu':>8}{'queries':>9}{'rows':>7}")
    for name, address in asked():
        times.clear()
        works.clear()
        for _round in range(rounds):
            if name.endswith("(not cached)"):
                cache.clear()
            response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)  # noqa: S101
        rows = response.context["cl"].result_count if "cl" in response.context else ""
        figures = "".join(f"{each:>8.0f}" for each in (times[0], statistics.median(times), statistics.median(works)))
        print(f"{name:<44}{figures}{response.queries:>9}{rows!s:>7}", flush=True)


def work() -> float:
    """How many seconds this process and the one that answers its questions have been at work."""
    from django.db import connection

    seconds = time.process_time()
    if connection.vendor == "postgresql" and connection.connection is not None:
        at_work = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        if at_work.exists():
            seconds += int(at_work.read_text().split()[0]) / 1e9
    return seconds


def asked() -> list[tuple[str, str]]:
    from django.urls import reverse
    from django.utils.http import urlencode

    from articles.admin.choices import KINDS
    from articles.models import Article

    home, listed = reverse("admin:index"), reverse("admin:articles_article_changelist")

    def by(**query: str) -> str:
        return f"{listed}?{urlencode(query)}"

    lines = [("home (not cached)", home), ("home", home), ("list (not cached)", listed), ("list", listed)]
    lines += [("page 2", by(p="2")), ("page 40, the last", by(p="40"))]
    sorts = {
        1: "title",
        2: "status",
        3: "source",
        4: "date",
        6: "findings",
        7: "copies",
        8: "reads",
        9: "editor",
        10: "changed",
    }
    lines += [(f"sort {name} {sign}", by(o=f"{sign}{n}")) for n, name in sorts.items() for sign in ("", "-")]
    for kind in KINDS:
        some = [option.value for option in kind.counted(Article.objects.all())][:6]
        lines += [(f"{kind.parameter_name}={value}", by(**{kind.parameter_name: value})) for value in some]
    lines += [("mine=me", by(mine="me")), ("status=draft, findings=error", by(status="draft", findings="error"))]
    article = Article.objects.order_by("pk")[Article.objects.count() // 2]
    phrase = article.live.body_text if article.live else article.current.body_text
    number = article.pk
    terms = {
        "a phrase of one article": phrase[:12],
        "a phrase of many": phrase[60:68],
        "two characters": "预算",
        "one character": "村",
        "the commonest character": "的",
        "a rare character": "龘",
        "an address": f"t{number}_0.html",
        "a host": "news7.example.cn",
        "a number": str(number),
        "an author": "示例作者1999",
        "a source": "第3号",
        "two words": "预算 村务",
        "a title": article.title,
    }
    lines += [(f"search {name}", by(q=term)) for name, term in terms.items()]
    return [*lines, ("search and filter", by(q="预算", status="draft", findings="error"))]


if __name__ == "__main__":
    main()
