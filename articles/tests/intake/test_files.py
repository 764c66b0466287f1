import os
import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from articles.intake import LIMIT_BYTES, Unreadable, files


class FilesTests(SimpleTestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name: str, data: bytes = b"x") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def walked(self, **kind: bool) -> list[str]:
        entries = files.walk(self.folder)
        return [str(each.path.relative_to(self.folder)) for each in entries if each.is_page == kind["is_page"]]

    def test_a_walk_has_a_fixed_order_files_before_folders(self):
        for name in ("乙/2.html", "甲.txt", "乙/1.htm", "a/z/深.SHTML", "a/b.pdf"):
            self.write(name)
        self.assertEqual(self.walked(is_page=True), ["甲.txt", "a/b.pdf", "a/z/深.SHTML", "乙/1.htm", "乙/2.html"])

    def test_a_walk_names_what_is_no_page(self):
        for name in ("1.html", "1_files/图.jpg", "1_files/site.js"):
            self.write(name)
        self.assertEqual(self.walked(is_page=False), ["1_files/site.js", "1_files/图.jpg"])

    def test_a_walk_stays_inside(self):
        with tempfile.TemporaryDirectory() as elsewhere:
            Path(elsewhere, "secret.html").write_bytes(b"x")
            (self.folder / "out").symlink_to(elsewhere)
            (self.folder / "page.html").symlink_to(Path(elsewhere, "secret.html"))
            (self.folder / "round").symlink_to(self.folder)
            self.assertEqual(self.walked(is_page=True), [])

    def test_hidden_files_and_folders_are_passed_over_without_a_word(self):
        for name in (".git/1.html", ".draft.html"):
            self.write(name)
        self.assertEqual(list(files.walk(self.folder)), [])

    def test_a_folder_that_vanishes_is_refused_and_the_walk_goes_on(self):
        self.write("a/1.html").parent.joinpath("b").mkdir()
        walk = files.walk(self.folder)
        self.write("c/2.html")
        first = next(walk)
        (self.folder / "a" / "b").rmdir()
        rest = list(walk)
        self.assertEqual(first.path.name, "1.html")
        self.assertIn("The folder cannot be read", str(rest[0].refusal))
        self.assertEqual(rest[1].path.name, "2.html")

    def test_a_file_by_itself_is_tried_whatever_it_is_called(self):
        page = self.write("page.bin")
        self.assertEqual([each.path for each in files.walk(page)], [page])

    def test_it_loads_no_pipe_no_device_and_nothing_too_large(self):
        os.mkfifo(self.folder / "pipe.html")
        huge = self.write("huge.html")
        os.truncate(huge, LIMIT_BYTES + 1)
        for path, reason in (
            (self.folder / "pipe.html", "no ordinary file"),
            (Path("/dev/zero"), "no ordinary file"),
            (huge, "larger than"),
            (self.folder / "missing.html", "No such file"),
            (self.folder / "\0.html", "null"),
        ):
            with self.subTest(path=path.name), self.assertRaisesMessage(Unreadable, reason):
                files.load(path)

    def test_it_loads_a_file_to_the_last_byte(self):
        self.assertEqual(files.load(self.write("full.html", b"y" * LIMIT_BYTES)), b"y" * LIMIT_BYTES)
