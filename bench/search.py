"""How well and how fast readers search in a large library: `.venv/bin/python bench/search.py --size 100000`.

The library is that of `admin_lists.py`, written to the database that DATABASE_URL names, which has to be an empty one;
one that is full already is asked again. Questions are cut from its texts at random places. What should be found is told
by reading every text for every question. The figures beside ours are those we set ourselves (docs/decisions/0026).
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import admin_lists

# how many characters a word of each kind has, and how many such words a question is made of
KINDS = {
    "one": (1, 1),
    "two": (2, 1),
    "three": (3, 1),
    "four": (4, 1),
    "phrase": (9, 1),
    "pair": (2, 2),
    "triple": (2, 3),
}
FIGURES = {
    "sqlite": {"first page p95": 10, "result page p95": 40},
    "postgresql": {"first page p95": 50, "result page p95": 80},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=40, help="of each kind")
    given = parser.parse_args()
    admin_lists.begin()
    from articles.models import Article

    if not Article.objects.exists():
        admin_lists.build(given.size)
    admin_lists.index()
    texts = dict(published())
    asked = list(questions(texts, given.questions))
    quality(texts, asked)
    speed(asked)
    upkeep()


def published() -> Iterator[tuple[int, str]]:
    """Yield every text that readers may read, folded, by its number."""
    from articles.body import plain_text
    from articles.chinese.folding import fold
    from articles.models import Article

    rows = Article.objects.published().order_by("pk").values_list("pk", "title", "live__body_html")
    for key, title, html in rows.iterator(chunk_size=2_000):
        # paragraphs are read on, and no phrase goes from a title into a text
        yield key, f"{fold(title)}\n{fold(plain_text(html)).replace(chr(10), '')}"


def questions(texts: dict[int, str], number: int) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the kind of a question, what is typed, and its folded words."""
    import opencc

    traditional = opencc.OpenCC("s2t")
    chance = random.Random(number)  # noqa: S311 - the same questions every time
    keys = list(texts)
    for kind, (length, words) in KINDS.items():
        for count in range(number):
            body = texts[chance.choice(keys)].split("\n", 1)[1]
            cut = [
                body[place : place + length] for place in (chance.randrange(len(body) - length) for _ in range(words))
            ]
            if not all(word.isalnum() and not word.isascii() for word in cut):
                continue
            typed = " ".join(f"“{word}”" for word in cut)
            yield kind, traditional.convert(typed) if count % 2 else typed, cut


def quality(texts: dict[int, str], asked: list[tuple[str, str, list[str]]]) -> None:
    """Print how much of what should be found is found, and how much of what is found should be."""
    from articles import search
    from articles.models import Article
    from articles.search import finding

    finding.MOST = len(texts) + 1  # so that all of it can be compared
    print(f"\n{len(texts):,} texts\n{'kind':<10}{'questions':>10}{'found':>10}{'recall':>9}{'precision':>11}")
    for kind in KINDS:
        wanted = found = both = number = 0
        for _kind, typed, words in (each for each in asked if each[0] == kind):
            truth = {key for key, text in texts.items() if all(word in text for word in words)}
            keys = set(search.find(search.parse(typed), among=Article.objects.published(), newest_first=True).keys)
            wanted, found, both, number = wanted + len(truth), found + len(keys), both + len(truth & keys), number + 1
        print(
            f"{kind:<10}{number:>10}{found:>10,}{both / max(wanted, 1):>9.4f}{both / max(found, 1):>11.4f}", flush=True
        )
    finding.MOST = 2_000


def speed(asked: list[tuple[str, str, list[str]]]) -> None:
    """Print how many milliseconds the count with the first page, and the whole result page, take."""
    from django.db import connection
    from django.test import Client

    from articles import search
    from articles.models import Article

    client = Client(SERVER_NAME="localhost")

    def first_page(typed: str) -> None:
        found = search.find(search.parse(typed), among=Article.objects.published())
        list(Article.objects.filter(pk__in=found.keys[:20]).for_lists())

    def result_page(typed: str) -> None:
        assert client.get("/search/", {"q": typed}).status_code == 200  # noqa: S101

    print(f"\n{connection.vendor}: milliseconds\n{'what':<16}{'p50':>8}{'p95':>8}{'most':>8}{'figure':>8}")
    for name, ask in (("first page", first_page), ("result page", result_page)):
        times = sorted(taken(lambda typed=typed, ask=ask: ask(typed)) for _kind, typed, _words in asked)
        at = [times[int(len(times) * share)] for share in (0.5, 0.95)]
        figure = FIGURES[connection.vendor][f"{name} p95"]
        print(f"{name:<16}{at[0]:>8.1f}{at[1]:>8.1f}{times[-1]:>8.1f}{figure:>8}", flush=True)


def taken(work: Callable[[], None]) -> float:
    """How many milliseconds the work takes, done a second time: nothing is waited for that is read from disk once."""
    work()
    began = time.perf_counter()
    work()
    return 1_000 * (time.perf_counter() - began)


def upkeep() -> None:
    """Print how long the index takes to take in an article that was changed."""
    from django.db import transaction

    from articles import search
    from articles.models import SearchDocument

    keys = list(SearchDocument.objects.order_by("pk").values_list("article", flat=True)[:200])
    times = []
    with transaction.atomic():
        for key in dict.fromkeys(keys):
            SearchDocument.objects.filter(article=key).update(rules=0)
            began = time.perf_counter()
            search.put_all([key])
            times.append(1_000 * (time.perf_counter() - began))
        transaction.set_rollback(True)
    print(f"upkeep of one article: p50 {statistics.median(times):.1f} ms (figure 10)")


if __name__ == "__main__":
    main()
