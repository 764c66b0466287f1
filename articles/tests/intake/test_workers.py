import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

from django.test import SimpleTestCase

from articles.intake import Draft, Unreadable
from articles.intake.workers import Reading, Workers
from articles.tests.intake import faltering

ROOT = Path(__file__).resolve().parents[3]
# starts a worker, names it, and is killed while the worker reads for ever
KILLED = """
import os, signal
from articles.intake.workers import Reading, Workers
from articles.tests.intake import faltering
if __name__ == "__main__":
    with Workers(1, reader=faltering.read, seconds=1) as crew:
        first = Reading("账本".encode())
        crew.hand_in(first)
        while not first.outcome:
            crew.look()
        crew.hand_in(Reading(b"sleep"))
        print(first.outcome.title, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""

# reads pages at which our own reader fails, and says what is said of them
AT_FAULT = """
from articles.tests.intake.test_workers import read_all
if __name__ == "__main__":
    for outcome in read_all(5 * [b"err"], 1):
        print(str(outcome))
"""


def read_all(pages: list[bytes], count: int = 2, *, seconds: int = 60) -> list[Draft | Unreadable | None]:
    readings = [Reading(data, f"{number}.html") for number, data in enumerate(pages)]
    with Workers(count, reader=faltering.read, seconds=seconds) as crew:
        for reading in readings:
            crew.hand_in(reading)
        while not all(reading.outcome for reading in readings):
            crew.look()
    return [reading.outcome for reading in readings]


class WorkersTests(SimpleTestCase):
    def test_each_page_gets_its_own_draft(self):
        titles = ["账本搬到村口", "水渠修好了", "集日的旧书摊", "山路通车"]
        for count in (0, 1, 3):
            with self.subTest(workers=count):
                drafts = read_all([title.encode() for title in titles], count)
                self.assertEqual([draft.title for draft in drafts], titles)
                self.assertEqual(drafts[3].site, "3.html")

    def test_a_worker_is_another_process_and_reads_one_page_after_the_other(self):
        drafts = read_all([b"1", b"2", b"3"], 1)
        self.assertEqual(len({draft.body_html for draft in drafts}), 1)
        self.assertNotEqual(drafts[0].body_html, f"<p>{os.getpid()}</p>")

    def test_a_page_that_brings_its_worker_down_is_refused_alone(self):
        outcomes = read_all([b"1", b"crash", b"2", b"leave", b"3"])
        self.assertEqual([each.title for each in outcomes if isinstance(each, Draft)], ["1", "2", "3"])
        self.assertIn("fault of the reader", str(outcomes[1]))
        self.assertIn("fault of the reader", str(outcomes[3]))

    def test_a_fault_of_ours_is_shown_once(self):
        shown = subprocess.run([sys.executable, "-c", AT_FAULT], cwd=ROOT, capture_output=True, text=True, timeout=60)
        self.assertEqual(shown.stdout.count("a fault of the reader"), 5)
        self.assertEqual(shown.stderr.count("LookupError: a fault of ours"), 1)

    def test_a_page_that_takes_too_long_is_refused_alone(self):
        outcomes = read_all([b"sleep", b"1", b"2"], seconds=1)
        self.assertEqual(str(outcomes[0]), "Reading the page takes longer than 1 seconds.")
        self.assertEqual([each.title for each in outcomes[1:]], ["1", "2"])

    def test_a_page_that_fills_the_memory_is_refused_alone(self):
        full, after = read_all([b"fill the memory", b"1"], 1)
        self.assertIn("MB of memory", str(full))
        self.assertEqual(after.title, "1")

    def test_a_refusal_comes_back_with_what_its_translation_needs(self):
        (refusal,) = read_all([b"refuse"], 1)
        self.assertEqual(refusal.template, "The page has more than %(most)s tags.")
        self.assertEqual(refusal.params, {"most": "30,000"})
        self.assertEqual(str(pickle.loads(pickle.dumps(refusal))), str(refusal))  # noqa: S301 - our own bytes

    def test_a_worker_ends_with_a_command_that_is_killed(self):
        # the worker has the command's standard output too: this waits until the last of them has ended
        killed = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, capture_output=True, text=True, timeout=60)
        self.assertEqual((killed.returncode, killed.stdout), (-signal.SIGKILL, "账本\n"))
