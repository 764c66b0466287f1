"""A worker killed in the middle of a deed: each row is done or waits, and whoever goes on finishes it."""

import tempfile
from pathlib import Path

from django.contrib.auth.models import User
from django.test import TransactionTestCase

from articles.actions import deeds
from articles.models import Article
from articles.tests import make
from articles.tests.admin.test_versions import said_by

COUNT = 12
# Goes on with the deed in processes of their own, each killed some statements later than the one before.
PROGRAM = """
import json, os, signal, sys, django
django.setup()
from django.contrib.auth.models import User
from django.db import connection
from articles.actions import deeds
from articles.models import Article, Deed, DeedRow

def apart(work):
    child = os.fork()
    if child == 0:
        work()
        sys.exit(0)
    return os.waitpid(child, 0)[1]

def go_on(number):
    left = [number]
    def kill(execute, *arguments):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)
    with connection.execute_wrapper(kill):
        deeds.carry_on(Deed.objects.get(), by=User.objects.get(), most=4)

def look(status):
    deed = Deed.objects.get()
    done = deed.rows.filter(outcome=DeedRow.Outcome.DONE).values_list("key", flat=True)
    tagged = Article.objects.filter(tags__name="预算", version=2).values_list("pk", flat=True)
    print(json.dumps({"is_killed": os.WIFSIGNALED(status), "done": sorted(done), "tagged": sorted(tagged),
                      "state": deed.state}))

for number in range(3, 4_000, 7):
    status = apart(lambda: go_on(number))
    apart(lambda: look(status))
    if not os.WIFSIGNALED(status):
        break
for _batch in range(3):
    apart(lambda: look(apart(lambda: go_on(0))))
"""


class KilledTests(TransactionTestCase):
    def setUp(self):
        self.chief = User.objects.create_superuser("chief")
        for number in range(COUNT):
            make.article(f"村务公开第{number:02}期")
        deeds.begin("add_tags", Article.objects.all(), {"tags": ["预算"]}, by=self.chief)

    def test_each_row_is_done_or_waits_and_the_deed_is_finished_by_whoever_goes_on(self):
        found = said_by(PROGRAM, Path(self.enterContext(tempfile.TemporaryDirectory())))
        self.assertGreater(sum(moment["is_killed"] for moment in found), 4)
        for moment in found:
            with self.subTest(moment=moment):
                self.assertEqual(moment["done"], moment["tagged"])
                self.assertEqual(len(moment["done"]) % 4, 0)
        self.assertEqual((found[-1]["state"], len(found[-1]["done"])), ("done", COUNT))
