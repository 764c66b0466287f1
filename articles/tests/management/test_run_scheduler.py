import io
import os
import signal
import threading
from datetime import timedelta
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from articles.actions import clockwork
from articles.models import Article, Run
from articles.tests import make


def said_by(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def told_to_end_after(run):
    """Return `run`, which has the process told to end a moment after the last job of the first round."""
    last = list(clockwork.jobs())[-1]

    def running(name, *arguments):
        told = run(name, *arguments)
        if name == last:
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
        return told

    return running


def make_due():
    make.article("到了时候的一篇", published=timezone.now() + timedelta(days=1))
    Article.objects.update(live_from=timezone.now() - timedelta(minutes=1))


class SchedulerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_due()

    def test_once_does_every_job_and_says_what_it_did(self):
        self.assertEqual(said_by("run_scheduler", "--once"), "flip_status: 1 published\n")
        done = {"flip_status", "prune", "count_reads", "age_reads", "tidy_pictures", "index"}
        self.assertEqual(set(Run.objects.values_list("job", flat=True)), done)
        self.assertEqual(said_by("run_scheduler", "--once"), "")

    def test_it_refuses_pauses_and_counts_that_are_none(self):
        for command, argument in (("run_scheduler", "--every"), ("check_addresses", "--limit")):
            with self.subTest(command=command), self.assertRaises(CommandError):
                said_by(command, argument, "0")

    def test_addresses_are_checked_by_a_command_of_its_own(self):
        self.assertEqual(said_by("check_addresses", "--limit", "3"), "0 asked, 0 of them dead.\n")


class GoingOnTests(TransactionTestCase):
    """Before each round it gives up a connection that may be stale, which no test inside a transaction survives."""

    def test_it_goes_on_until_it_is_told_to_end(self):
        """The signal comes while it waits for the next round, which is an hour away."""
        make_due()
        former = signal.getsignal(signal.SIGTERM)
        with patch.object(clockwork, "run", side_effect=told_to_end_after(clockwork.run)):
            said_by("run_scheduler", "--every", "3600")
        self.assertEqual(Article.objects.get().status, "published")
        self.assertIs(signal.getsignal(signal.SIGTERM), former)
