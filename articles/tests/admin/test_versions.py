"""Every way to write, tried by two people at once: one of them wins, and the other's words are on the page they get.

A new way to write is one more line of `WAYS`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.urls import reverse

from articles.actions import editing, picturing, publishing, restoring, reviewing
from articles.models import Article, HouseRules, StaleVersion, Tag, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by
from articles.tests.admin.test_conflicts import sent_by_form
from articles.tests.intake.test_pictures import picture
from articles.tests.site.processes import ROOT

Sent = tuple[str, dict[str, Any]]
# Often where a table has a form of its own, seldom where a door leads to a write that was tried already.
MANY, FEW = (25 if connection.vendor == "sqlite" else 5), 4


@dataclass(frozen=True)
class Way:
    """One way to write: the row, what the browser of somebody who opened it would send, and what they type."""

    name: str
    row: Callable[[int], Any]
    opened: Callable[[Any, Any], Sent]
    typed: Callable[[str], dict[str, Any]] = lambda words: {}
    rounds: int = MANY


def page(row, name):
    return reverse(f"admin:articles_{row._meta.model_name}_{name}", args=[row.pk])


def form(table, row, column, rounds=MANY):
    """Return the way through the form of a table."""

    def opened(client, row):
        return page(row, "change"), sent_by_form(client.get(page(row, "change")))

    return Way(f"{table} form", row, opened, lambda words: {column: words}, rounds)


def step(name, row, **fields):
    """Return the way through a step of publication; `fields` are sent besides, and `words` names the one for words."""
    words = fields.pop("words", "")
    typed = (lambda text: {words: text}) if words else (lambda text: {})

    def opened(client, article):
        return page(article, name), {f"version-{article.pk}": article.version, **fields}

    return Way(name, row, opened, typed)


def desk(name, row, rounds=MANY, words="", **fields):
    """Return the way through a desk of an article, which sends its version as such."""
    typed = (lambda text: {words: text}) if words else (lambda text: {})

    def opened(client, article):
        known = {key: value(article) if callable(value) else value for key, value in fields.items()}
        return page(article, name), {"version": article.version, **known}

    return Way(f"{name} {fields.get('do', '')}", row, opened, typed, rounds)


def deletion(table, row, rounds=MANY):
    def opened(client, row):
        return page(row, "delete"), {"post": "yes", "version": row.version}

    return Way(f"{table} deletion", row, opened, rounds=rounds)


def draft(number=0):
    return make.article(f"第{number}篇")


def published(number=0):
    return make.article(f"第{number}篇", published=True)


def begun_anew(number=0):
    article = published(number)
    return editing.revise(article, version=article.version, by=None, subtitle="新")


def scheduled(number=0):
    article = draft(number)
    publishing.publish(article, version=article.version, by=None, at=publishing.moment() + timedelta(days=9))
    return Article.objects.get(pk=article.pk)


def submitted(number=0):
    article = draft(number)
    reviewing.submit(article, version=article.version, by=User.objects.get(username="chief"))
    return Article.objects.get(pk=article.pk)


def with_finding(number=0):
    article = draft(number)
    make.finding(article, suggestion="议", found="议")
    return article


def excerpt(number=0):
    article = draft(number)
    return make.excerpt(article, make.theme(f"第{article.pk}篇的选段"), "每一笔都写明用处")


def with_excerpt(number=0):
    return excerpt(number).edition.article


def excerpt_of(article):
    return article.working.excerpts.get().pk


def chief():
    return User.objects.get(username="chief")


def repaired(number=0):
    article = with_finding(number)
    keys = article.working.findings.values_list("pk", flat=True)
    return restoring.accept(article, list(keys), version=article.version, by=chief()).article


def dismissed(number=0):
    article = with_finding(number)
    keys = article.working.findings.values_list("pk", flat=True)
    return restoring.dismiss(article, list(keys), version=article.version, by=chief(), reason="原文如此。").article


def with_picture(number=0):
    shown = picturing.choose(picture(300, 200), by=chief())
    return make.article(f"第{number}篇", f'<p>一句话。</p><figure><img src="{shown.src}" alt=""></figure>')


def with_theme(number=0):
    theme = make.theme(f"有顺序的主题{number}")
    make.article(f"第{number}篇", theme=theme)
    return Theme.objects.get(pk=theme.pk)


def new_theme(article):
    return make.theme(f"第{article.pk}篇的主题").pk


def new_tag(number=0):
    return Tag.objects.create(name=f"旧标签{number}")


def ordered(client, theme):
    address = page(theme, "arrange")
    return address, dict(client.get(address).context["carried"]) | {"save": "1"}


def restoring_of_edition(client, article):
    address = reverse("admin:articles_article_restore_edition", args=[article.pk, article.live_id])
    return address, {f"version-{article.pk}": article.version}


WAYS = (
    Way(
        "article form",
        draft,
        lambda client, row: (page(row, "change"), sent_by(client, row)),
        lambda words: {"title": words},
    ),
    form("source", lambda number: make.source(f"青禾日报{number}"), "notes"),
    form("author", lambda number: make.author(f"示例作者{number}"), "note"),
    form("theme", lambda number: make.theme(f"主题{number}"), "introduction"),
    form("tag", lambda number: Tag.objects.create(name=f"标签{number}"), "name"),
    form("excerpt", excerpt, "note"),
    Way(
        "house rules",
        lambda number: HouseRules.current(),
        lambda client, row: (page(row, "change"), sent_by_form(client.get(page(row, "change")))),
        rounds=10,
    ),
    deletion("source", lambda number: make.source(f"黄页{number}")),
    deletion("article", draft),
    step("publish", draft, words="reason"),
    step("publish", draft, words="reason", at="2031-01-01T09:00"),
    step("schedule", scheduled, at="2031-01-01T09:00"),
    step("unschedule", scheduled),
    step("withdraw", published, words="note", reason="error"),
    step("submit", draft),
    step("take_back", submitted),
    step("return", submitted, words="remark"),
    step("discard_edition", begun_anew),
    desk("trace", draft, words="note", unknown="yes"),
    desk("restore", with_finding, words="remark", do="dismiss", finding=lambda row: row.working.findings.get().pk),
    desk("restore", with_finding, do="accept", finding=lambda row: row.working.findings.get().pk),
    desk("restore", repaired, FEW, do="take_back", finding=lambda row: row.working.findings.get().pk),
    desk("restore", dismissed, FEW, do="reopen", finding=lambda row: row.working.findings.get().pk),
    desk("restore", with_finding, FEW, do="look_again"),
    desk("arrange", draft, FEW, **{"do": "place", "words": "place-reason", "place-theme": new_theme}),
    desk("arrange", draft, FEW, words="tag-names", do="tag"),
    desk("arrange", with_excerpt, FEW, words="note", do="describe", aspect="用处", key=excerpt_of),
    desk("arrange", with_excerpt, FEW, do="leave", key=excerpt_of),
    desk("arrange", with_excerpt, FEW, do="take_anew", key=excerpt_of, block=1, passage="每一笔都写明用处"),
    desk("arrange", draft, FEW, words="note", do="take", theme=new_theme, block=1, passage="每一笔都写明用处"),
    desk("pictures", with_picture, FEW, words="alt", deed="describe", number="0", picture_version="1"),
    desk("pictures", with_picture, FEW, deed="remove", number="0"),
    Way("restore edition", begun_anew, restoring_of_edition, rounds=FEW),
    Way("order", with_theme, ordered, rounds=FEW),
    form("picture", lambda number: picturing.choose(picture(300 + number, 200), by=chief()), "credit", FEW),
    deletion("author", lambda number: make.author(f"署名{number}"), FEW),
    deletion("theme", lambda number: make.theme(f"旧主题{number}"), FEW),
    deletion("tag", new_tag, FEW),
    deletion("excerpt", excerpt, FEW),
)


class PairTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.one = User.objects.create_superuser("chief")
        cls.other = User.objects.create_superuser("deputy")

    def test_of_two_who_write_one_wins_and_the_others_words_are_on_the_page(self):
        pairs = 0
        for way in WAYS:
            # who took it back must be who submitted it: two windows of one person
            clients = browser_of(self.one), browser_of(self.one if way.name == "take_back" else self.other)
            for number in range(way.rounds):
                with self.subTest(way=way.name, number=number):
                    self.try_pair(way, clients, number)
                pairs += 1
        self.assertGreaterEqual(pairs + self.scripts(), 500)

    def try_pair(self, way, clients, number):
        row = way.row(number)
        address, sent = way.opened(clients[1], row)
        mine, theirs = f"甲写的第{number}句", f"乙写的第{number}句"
        won = clients[0].post(address, sent | way.typed(mine))
        lost = clients[1].post(address, sent | way.typed(theirs))
        self.assertEqual((won.status_code // 100, lost.status_code), (3, 409))
        if way.typed(theirs):
            self.assertIn(theirs, lost.text)

    def scripts(self, rounds=25):
        """Scripts have no page: the second of two learns that it came second."""
        for number in range(rounds):
            row = make.source(f"脚本日报{number}")
            first, second = type(row).objects.get(pk=row.pk), type(row).objects.get(pk=row.pk)
            first.save()
            with self.assertRaises(StaleVersion):
                second.save()
        return rounds


class ConcurrentTests(TransactionTestCase):
    """On PostgreSQL each thread has a connection of its own; SQLite in memory has one writer anyway."""

    def test_of_eight_who_save_in_one_moment_one_wins(self):
        chief = User.objects.create_superuser("chief")
        many = 8 if connection.vendor == "postgresql" else 1
        for number in range(3):
            article = draft(number)
            sent = sent_by(browser_of(chief), article)
            clients = [browser_of(chief) for _ in range(many)]

            def save(writer, article=article, sent=sent, clients=clients):
                try:
                    return clients[writer].post(page(article, "change"), sent | {"title": f"第{writer}个人写的"})
                finally:
                    if many > 1:
                        connection.close()

            with ThreadPoolExecutor(many) as pool:
                answers = list(pool.map(save, range(many))) if many > 1 else [save(0)]
            self.assertEqual(sorted(answer.status_code for answer in answers), [302] + [409] * (many - 1))
            for writer, answer in enumerate(answers):
                if answer.status_code == 409:
                    self.assertIn(f'value="第{writer}个人写的"', answer.text)
            winner = [answer.status_code for answer in answers].index(302)
            self.assertEqual(Article.objects.get(pk=article.pk).title, f"第{winner}个人写的")


# Saves the form in processes of their own, each of which kills itself one statement later than the one before.
PROGRAM = """
import json, os, signal, sys, django
django.setup()
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from articles.models import Article, WorkingCopy
from articles.tests.admin.people import sent_by

setup_test_environment(debug=True)

def apart(work):
    child = os.fork()
    if child == 0:
        work()
        sys.exit(0)
    return os.waitpid(child, 0)[1]

def save(number):
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="chief"))
    article = Article.objects.get()
    words = f"第{number}次"
    typed = {"title": words, "body_html": f"<p>{words}</p>", "bylines-0-affiliation": words, "tags": words}
    sent = sent_by(client, article, **typed)
    client.post(f"/admin/articles/article/{article.pk}/keep/", sent)
    left = [number]
    def kill(execute, *arguments):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)
    with connection.execute_wrapper(kill):
        client.post(f"/admin/articles/article/{article.pk}/change/", sent)

def look(number, status):
    article = Article.objects.get()
    edition = article.current
    kept = [copy.fields["title"][0] for copy in WorkingCopy.objects.exclude(fields={})]
    print(json.dumps({
        "is_killed": os.WIFSIGNALED(status), "number": number, "kept": f"第{number}次" in kept,
        "words": [article.title, edition.title, edition.body_text, edition.bylines.get().affiliation,
                  article.tags.get().name],
    }))

for number in range(1, 400, 9):
    status = apart(lambda: save(number))
    apart(lambda: look(number, status))
    if not os.WIFSIGNALED(status):
        break
"""


def address_of(folder):
    """The address of this very database; one in memory is put into a file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "db.sqlite3")])
        return f"sqlite:///{folder / 'db.sqlite3'}"
    place = connection.settings_dict
    return f"postgresql://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


def said_by(program, folder):
    """Run the program on a copy of this database, and return what it prints, a line of JSON each."""
    surroundings = {
        "DATABASE_URL": address_of(folder),
        "MEDIA_ROOT": str(folder),
        "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "DJANGO_SETTINGS_MODULE": "site_project.settings",
        "LOCAL": "true",
        "DEBUG": "true",  # static files under their own names
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=os.environ | surroundings, capture_output=True, text=True, cwd=ROOT)
    if done.returncode or done.stderr:
        raise AssertionError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


class KilledTests(TransactionTestCase):
    def setUp(self):
        person("nobody")
        User.objects.create_superuser("chief")
        make.article("第0次", "<p>第0次</p>", authors=("示例作者甲",), affiliation="第0次", tags=("第0次",))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_a_worker_killed_in_a_save_leaves_the_old_or_the_new_whole_and_the_words_kept(self):
        found = said_by(PROGRAM, self.folder)
        self.assertGreater(len(found), 4)
        self.assertFalse(found[-1]["is_killed"])
        for moment in found:
            with self.subTest(number=moment["number"]):
                self.assertEqual(len(set(moment["words"])), 1)
                is_saved = moment["words"][0] == f"第{moment['number']}次"
                self.assertNotEqual(moment["kept"], is_saved)
