"""The command inspect_page."""

import io
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import SimpleTestCase

PAGES = Path(__file__).parent.parent / "pages"
FIELDS = (
    "file kind encoding script title subtitle authors affiliation site original_source published editor abstract "
    "keywords tags breadcrumb url body_text body_html headings notes truncated findings readings error"
).split()


def inspect(*args: str) -> tuple[list[dict], int]:
    out, status = io.StringIO(), 0
    try:
        call_command("inspect_page", *map(str, args), stdout=out)
    except SystemExit as end:
        status = end.code
    return [json.loads(line) for line in out.getvalue().splitlines()], status


class InspectPageTests(SimpleTestCase):
    def test_it_prints_every_field_and_touches_no_database(self):
        (line,), status = inspect(PAGES / "government.html", "--url", "https://mirror.example/")
        self.assertEqual((sorted(line), status), (sorted(FIELDS), 0))
        self.assertEqual(line["authors"][0], {"name": "温小舟", "affiliation": "", "role": "author"})
        self.assertEqual(line["url"], "https://mirror.example/")
        self.assertEqual(line["error"], None)
        self.assertEqual(line["findings"][0]["code"], "private_use")

    def test_it_goes_on_after_what_it_cannot_read_and_fails_at_the_end(self):
        with TemporaryDirectory() as folder:
            empty, pipe = Path(folder, "empty.html"), Path(folder, "pipe.html")
            empty.touch()
            os.mkfifo(pipe)
            found, status = inspect(Path(folder, "none.html"), empty, pipe, PAGES / "account.html")
        self.assertEqual(status, 1)
        self.assertEqual([bool(line["error"]) for line in found], [True, True, True, False])
        self.assertEqual(found[1]["error"], "The file is empty.")
        self.assertEqual(sorted(found[0]), sorted(FIELDS))

    def test_it_prints_a_name_that_is_no_utf_8(self):
        with TemporaryDirectory() as folder:
            page = Path(folder, os.fsdecode("账目.html".encode("gb18030")))
            page.write_bytes((PAGES / "account.html").read_bytes())
            (named,), status = inspect(page)
            (walked,), _ = inspect(folder)
        self.assertEqual((named["file"], named["error"], status), (walked["file"], None, 0))
        self.assertIn("\ufffd", named["file"])

    def test_a_name_that_no_file_can_have_gives_its_line(self):
        for name in ("账" * 300, "账\0目", ""):
            with self.subTest(length=len(name)):
                (line, other), status = inspect(name, PAGES / "account.html")
                self.assertEqual((line["file"], bool(line["error"])), (name, True))
                self.assertEqual((other["error"], status), (None, 1))

    def test_it_walks_through_a_folder(self):
        with TemporaryDirectory() as folder:
            for name in ("account.html", "government.html"):
                Path(folder, name).write_bytes((PAGES / name).read_bytes())
            Path(folder, "picture.jpg").touch()
            found, status = inspect(folder)
        self.assertEqual([Path(line["file"]).name for line in found], ["account.html", "government.html"])
        self.assertEqual(status, 0)

    def test_it_carries_out_confident_suggestions_when_asked(self):
        sentence = "村里的账目,谁都可以看,也可以问。这件事从去年开始,已经做了一年,明年还要做下去。"
        with TemporaryDirectory() as folder:
            page = Path(folder, "page.html")
            page.write_text(f"<html><body><h1>账目公开</h1>{f'<p>{sentence}</p>' * 6}</body></html>", "utf-8")
            (plain,), _ = inspect(page)
            (repaired,), _ = inspect(page, "--repaired")
        self.assertIn("账目,谁", plain["body_text"])
        self.assertIn("账目，谁", repaired["body_text"])
        self.assertIn("账目，谁", repaired["body_html"])
