"""Every way to write, tried by two people at once: one of them wins, and the other's words are on the page they get.

A new way to write is one more line of `WAYS`.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase

from articles.models import Article, Deed, DeedRow, StaleVersion, Witness
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by
from articles.tests.admin.test_conflicts import sent_by_form
from articles.tests.admin.ways import (
    Way,
    any_picture,
    author,
    begun_anew,
    capture_of,
    collated,
    come_in,
    credited,
    deleted_from,
    deletion,
    desk,
    dismissed,
    draft,
    excerpt,
    excerpt_of,
    form,
    further_copy,
    given_reason,
    house,
    in_document,
    joined,
    merged,
    named_in_document,
    new_tag,
    new_theme,
    of_many,
    ordered,
    ordered_with_words,
    page,
    placed,
    placement_of,
    previewed,
    published,
    repaired,
    restoring_of_edition,
    revised,
    saved,
    scheduled,
    site,
    site_page,
    source,
    step,
    submitted,
    tagged,
    theme,
    two_copies,
    undone,
    with_excerpt,
    with_finding,
    with_lost_word,
    with_picture,
    with_theme,
)
from articles.tests.intake.test_pictures import picture
from articles.tests.site.processes import ROOT

# So often is every way tried; in full where it takes no time.
IS_IN_FULL = connection.vendor == "sqlite"
ROUNDS = 8 if IS_IN_FULL else 2
OF_DEAR_ONES = 2

WAYS = (
    Way(
        "article form",
        draft,
        lambda client, row: (page(row, "change"), sent_by(client, row)),
        lambda words: {"title": words},
    ),
    form("source", source, "notes"),
    form("author", author, "note"),
    form("theme", theme, "introduction"),
    form("excerpt", excerpt, "note"),
    form("picture", any_picture, "credit", is_dear=True),
    Way(
        "house rules",
        house,
        lambda client, row: (page(row, "change"), sent_by_form(client.get(page(row, "change")))),
        lambda words: {"needs_other_reviewer": "on"} if words.startswith("甲") else {},
    ),
    form("site", site, "tagline"),
    form("sitepage", site_page, "title_en"),
    deletion("source", source),
    deletion("author", author),
    deletion("theme", with_theme),
    deletion("tag", new_tag),
    deletion("excerpt", excerpt),
    deletion("picture", any_picture, is_dear=True),
    deletion("sitepage", site_page),
    deletion("article", draft),
    Way("second deletion", draft, lambda client, row: (page(row, "delete"), {"post": "yes", "version": row.version})),
    step("publish", draft, words="reason"),
    step("publish", draft, words="reason", at="2031-01-01T09:00"),
    step("schedule", scheduled, at="2031-01-01T09:00"),
    step("unschedule", scheduled),
    step("withdraw", published, words="note", reason="error"),
    step("submit", draft),
    step("take_back", submitted),
    step("return", submitted, words="remark"),
    step("discard_edition", begun_anew),
    Way("restore edition", begun_anew, restoring_of_edition),
    Way(
        "publish_selected",
        draft,
        of_many("publish_selected"),
        lambda words: {"reason": words},
        quicker=revised,
        lost=200,
    ),
    Way(
        "withdraw_selected",
        published,
        of_many("withdraw_selected", reason="error"),
        lambda words: {"note": words},
        quicker=revised,
        lost=200,
    ),
    Way("bulk", draft, previewed, quicker=revised, lost=302),
    Way("undo of a deed", placed, undone, quicker=given_reason, lost=302),
    desk("trace", draft, words="note", unknown="yes"),
    Way("collate", two_copies, collated, quicker=revised),
    desk("restore", with_finding, words="remark", do="dismiss", finding=lambda row: row.working.findings.get().pk),
    desk("restore", with_finding, do="accept", finding=lambda row: row.working.findings.get().pk),
    desk("restore", with_lost_word, words="words", do="write", finding=lambda row: row.working.findings.get().pk),
    desk("restore", with_finding, do="accept_class", **{"class": "punctuation_width"}),
    desk("restore", with_finding, words="remark", do="dismiss_class", **{"class": "punctuation_width"}),
    desk("restore", with_finding, do="accept_confident"),
    desk("restore", repaired, do="take_back", finding=lambda row: row.working.findings.get().pk),
    desk("restore", dismissed, do="reopen", finding=lambda row: row.working.findings.get().pk),
    desk("restore", with_finding, do="look_again"),
    desk("arrange", draft, **{"do": "place", "words": "place-reason", "place-theme": new_theme}),
    desk("arrange", placed, do="unplace", key=placement_of),
    desk("arrange", placed, words="reason", do="reason", key=placement_of),
    desk("arrange", draft, words="tag-names", do="tag"),
    desk("arrange", tagged, do="untag", key=lambda row: row.tag_items.get().pk),
    desk("arrange", draft, do="accept_tag", key=lambda row: new_tag().pk),
    desk("arrange", draft, do="accept_theme", key=new_theme),
    desk("arrange", with_excerpt, words="note", do="describe", aspect="用处", key=excerpt_of),
    desk("arrange", with_excerpt, do="leave", key=excerpt_of),
    desk("arrange", with_excerpt, do="take_anew", key=excerpt_of, block=1, passage="每一笔都写明用处"),
    desk("arrange", draft, words="note", do="take", theme=new_theme, block=1, passage="每一笔都写明用处"),
    Way(
        "pictures upload",
        draft,
        lambda client, row: (page(row, "pictures"), {"deed": "upload", "version": row.version, "place": "0"}),
        lambda words: {"caption": words, "file": SimpleUploadedFile("村口.jpg", picture(300, 200))},
        is_dear=True,
    ),
    desk(
        "pictures",
        in_document,
        is_dear=True,
        deed="take",
        capture=lambda row: capture_of(row).pk,
        name=named_in_document,
    ),
    desk("pictures", with_picture, is_dear=True, words="alt", deed="describe", number="0", picture_version="1"),
    desk("pictures", with_picture, is_dear=True, deed="remove", number="0"),
    Way("picture credit", any_picture, credited, lambda words: {"credit": words}, is_dear=True),
    Way("order", with_theme, ordered),
    Way("order against join", with_theme, ordered_with_words, quicker=joined),
    Way("order against deletion", with_theme, ordered_with_words, quicker=deleted_from),
    Way("merge of sources", source, merged(source), quicker=saved),
    Way("merge of authors", author, merged(author), quicker=saved),
    Way("merge of themes", theme, merged(theme), quicker=saved),
    Way("merge of tags", new_tag, merged(new_tag), quicker=saved),
    Way(
        "trace against import",
        come_in,
        lambda client, row: (page(row, "trace"), {"version": row.version, "unknown": "yes", "note": "查过三家报纸。"}),
        quicker=further_copy,
    ),
)
# What was done to many rows says of itself how far it came.
TOLD = (Deed, DeedRow)


def library():
    """Every row of the library, as text."""
    tables = (model._meta.db_table for model in apps.get_app_config("articles").get_models() if model not in TOLD)
    with connection.cursor() as cursor:
        return "\n".join(rows_of(cursor, table) for table in tables)


def rows_of(cursor, table):
    cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - a table of ours
    return str(cursor.fetchall())


class PairTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.one = User.objects.create_superuser("chief")
        cls.other = User.objects.create_superuser("deputy")

    def test_of_two_who_write_one_wins_and_the_others_words_are_on_the_page(self):
        pairs = 0
        for way in WAYS:
            # who took it back must be who submitted it, and a deed is gone on with by who began it: two windows of one
            is_own = way.name in ("take_back", "bulk", "undo of a deed")
            clients = browser_of(self.one), browser_of(self.one if is_own else self.other)
            for number in range(OF_DEAR_ONES if way.is_dear else ROUNDS):
                # each in a library that holds nothing else, so that all of it can be compared
                with self.subTest(way=way.name, number=number), transaction.atomic():
                    self.try_pair(way, clients, number)
                    transaction.set_rollback(True)
                pairs += 1
        if IS_IN_FULL:
            self.assertGreaterEqual(pairs + self.scripts(), 500)

    def try_pair(self, way, clients, number):
        row = way.row(number)
        address, sent = way.opened(clients[1], row)
        mine, theirs = f"甲写的第{number}句", f"乙写的第{number}句"
        opened = library()
        if way.quicker:
            way.quicker(row)
        else:
            won = clients[0].post(address, sent | way.typed(mine))
            self.assertIn(won.status_code, (200, 302))
        stored = library()
        self.assertNotEqual(stored, opened)
        lost = clients[1].post(address, sent | way.typed(theirs))
        self.assertEqual(lost.status_code, way.lost)
        self.assertEqual(library(), stored)
        if theirs in way.typed(theirs).values():
            if not way.quicker:
                self.assertIn(mine, stored)
            # a script has kept what it sent
            self.assertIn(theirs if "html" in lost["Content-Type"] else "error", lost.text)

    def test_a_further_copy_that_comes_in_stops_no_open_form(self):
        article = come_in()
        client = browser_of(self.one)
        sent = sent_by(client, article, title="我写的题目")
        further_copy(article)
        self.assertEqual(client.post(page(article, "change"), sent).status_code, 302)
        self.assertEqual((Article.objects.get().title, Witness.objects.count()), ("我写的题目", 2))

    def scripts(self, rounds=40):
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
