"""Parsing in a child that can open nothing and is killed in time."""

import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from django.test import SimpleTestCase

from articles.intake import confined
from articles.intake.decoding import Unreadable

HERE = "articles.tests.intake.misbehaving"


def run(name, data=b""):
    return confined.run(f"{HERE}:{name}", data)


class AnswerTests(SimpleTestCase):
    def test_it_returns_what_the_function_says(self):
        data = os.urandom(1_000_000) + b"\n\x00"
        self.assertEqual(run("measure", data), {"length": len(data), "modules": 0})
        self.assertEqual(run("give_bytes_back", data), data[::-1])

    def test_it_hands_on_half_a_character_and_no_printing(self):
        self.assertEqual(run("say_odd_things"), "半个字\ud840")

    def test_it_hands_on_a_refusal_with_its_parameters(self):
        with self.assertRaises(Unreadable) as caught:
            run("refuse", b"123")
        self.assertEqual(
            (caught.exception.template, caught.exception.params), ("The file has %(pages)d pages.", {"pages": 3})
        )

    def test_it_works_from_many_threads(self):
        answers = []
        threads = [
            threading.Thread(target=lambda: answers.append(run("measure", b"x" * 100_000)["length"])) for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [100_000] * 6)


class LimitTests(SimpleTestCase):
    def assert_refused(self, name, words, data=b""):
        with self.assertRaisesRegex(Unreadable, words):
            run(name, data)
        self.assertIsNone(child_of(os.getpid()))

    def test_an_error_or_a_crash_says_damaged(self):
        self.assert_refused("raise_an_error", "is damaged")
        self.assert_refused("leave_without_a_word", "is damaged")
        self.assert_refused("crash", "too complicated")

    def test_memory_and_depth_end(self):
        for name in ("fill_the_memory", "allocate_for_ever", "go_deep"):
            with self.subTest(name):
                self.assert_refused(name, "too complicated")

    def test_time_ends(self):
        self.assert_refused("spin", "too long")

    def test_an_answer_without_end_is_cut_off(self):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.assert_refused("answer_at_length", "more text than")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        self.assertLess(grown, 100_000)

    def test_it_opens_no_file(self):
        with tempfile.NamedTemporaryFile() as file:
            self.assert_refused("open_a_file", "is damaged", file.name.encode())
            self.assert_refused("write_a_file", "is damaged", file.name.encode())
            self.assertEqual(Path(file.name).stat().st_size, 0)

    def test_it_reaches_no_network(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.2)
            self.assert_refused("reach_the_network", "is damaged", str(server.getsockname()[1]).encode())
            with self.assertRaises(TimeoutError):
                server.accept()

    def test_it_starts_no_program_and_leaves_nobody_behind(self):
        self.assert_refused("start_a_program", "is damaged")
        answered = run("leave_another_behind")
        # where it runs as root it may fork, and its group is killed with it
        self.assertTrue(answered == "not allowed" or wait_for(lambda: not is_running(Path("/proc", str(answered)))))


class WallTests(SimpleTestCase):
    """A child that sleeps uses no time of the processor."""

    def test_it_is_killed_when_its_time_is_up(self):
        wall, confined.WALL_SECONDS = confined.WALL_SECONDS, 1
        try:
            with self.assertRaisesRegex(Unreadable, "too long"):
                run("sleep")
        finally:
            confined.WALL_SECONDS = wall
        self.assertIsNone(child_of(os.getpid()))

    def test_it_dies_with_its_parent(self):
        program = f"from articles.intake import confined; confined.run('{HERE}:sleep', b'')"
        parent = subprocess.Popen([sys.executable, "-c", program], cwd=confined.CHILD.parents[2])
        child = wait_for(lambda: child_of(parent.pid))
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        self.assertTrue(wait_for(lambda: not is_running(child)))


def child_of(pid):
    for status in Path("/proc").glob("[0-9]*/stat"):
        fields = read(status).rpartition(")")[2].split()
        if len(fields) > 1 and fields[1] == str(pid) and "confined_child" in read(status.with_name("cmdline")):
            return status.parent
    return None


def is_running(process):
    return read(process / "stat").rpartition(")")[2].split()[:1] not in ([], ["Z"])


def read(path):
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def wait_for(condition):
    for _ in range(200):
        if found := condition():
            return found
        time.sleep(0.05)
    return None
