import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.test import TestCase

from articles.actions import storing
from articles.models import Capture, Immutable

UMASK = os.umask(0)
os.umask(UMASK)
PAGE = "<p>账目贴在墙上。</p>".encode("gb18030")


class StoreTests(TestCase):
    def store(self, data: bytes = PAGE) -> Capture:
        return storing.store(data, media_type="text/html")

    def file(self, capture: Capture) -> Path:
        return Path(settings.MEDIA_ROOT, capture.path)

    def test_it_keeps_the_bytes_as_they_came(self):
        capture = self.store()
        self.assertEqual((capture.read(), capture.size), (PAGE, len(PAGE)))
        self.assertEqual(storing.find(PAGE), capture)

    def test_it_keeps_them_once(self):
        capture = self.store()
        with self.assertRaises(storing.AlreadyStored) as refused:
            self.store()
        self.assertEqual(refused.exception.capture, capture)
        self.assertEqual(len(list(Path(settings.MEDIA_ROOT).rglob("*"))), 4)

    def test_nobody_may_write_the_file_again(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.file(self.store())).st_mode), 0o440)

    def test_it_takes_up_a_file_that_a_killed_process_left(self):
        left = self.file(Capture(sha256=storing.digest(PAGE)))
        left.parent.mkdir(parents=True)
        left.write_bytes(PAGE)
        self.assertEqual(self.store().read(), PAGE)

    def test_it_writes_anew_a_file_that_was_cut_off(self):
        left = self.file(Capture(sha256=storing.digest(PAGE)))
        left.parent.mkdir(parents=True)
        left.write_bytes(PAGE[:5])
        self.assertEqual(self.store().read(), PAGE)

    def test_many_threads_may_bring_the_same_bytes(self):
        path = self.file(Capture(sha256=storing.digest(PAGE)))
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _: storing.write_once(path, PAGE), range(80)))
        self.assertEqual([found.name for found in path.parent.iterdir()], [path.name])
        self.assertEqual(path.read_bytes(), PAGE)

    def test_folders_are_for_us_alone(self):
        path = self.file(self.store())
        modes = {stat.S_IMODE(folder.stat().st_mode) for folder in list(path.parents)[:3]}
        self.assertEqual(modes, {0o750 & ~UMASK})

    def test_a_capture_never_changes(self):
        capture = self.store()
        capture.media_type = "text/plain"
        with self.assertRaises(Immutable):
            capture.save()
