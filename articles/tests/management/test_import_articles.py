import io
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase

from articles.intake import LIMIT_BYTES
from articles.models import Article, Capture
from articles.tests import make
from articles.tests.actions.test_capturing import PARAGRAPHS, page
from articles.tests.actions.test_importing import ordinary

ROOT = Path(__file__).resolve().parents[3]


class ImportTests(TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def run_command(self, *places: object, status: int = 0, **options) -> tuple[str, str]:
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_articles", *map(str, places), stdout=out, stderr=err, **options)
            self.assertEqual(status, 0)
        except SystemExit as ended:
            self.assertEqual(ended.code, status)
        return out.getvalue().strip(), err.getvalue()

    def test_it_walks_folders_and_counts_what_became_of_each_page(self):
        self.write("a/1.html", page())
        self.write("b/2.htm", page(paragraphs=PARAGRAPHS[:4]))
        self.write("b/notes.json", b"{}")
        passed_over = "passed over, no pages by their names: 1\n"
        out, _ = self.run_command(self.folder)
        self.assertEqual(out, f"{passed_over}new 1, further witness 1, already here 0, refused 0")
        out, _ = self.run_command(self.folder)
        self.assertEqual(out, f"{passed_over}new 0, further witness 0, already here 2, refused 0")

    def test_each_refusal_is_one_line_and_the_rest_goes_on(self):
        bad = {
            "binary.html": bytes(range(256)) * 8,
            "empty.html": b"",
            "furniture.html": "<html><body><a href=/>首页</a><a href=/2>新闻</a></body></html>".encode(),
            "nested.html": b"<div>" * 20_000 + "。".join(PARAGRAPHS).encode(),
            "title.html": page(title="很长的标题" * 80),
        }
        for name, data in bad.items():
            self.write(name, data)
        self.write("zz_good.html", page())
        out, err = self.run_command(self.folder, status=1)
        self.assertEqual(out, f"new 1, further witness 0, already here 0, refused {len(bad)}")
        self.assertEqual([Path(line.partition(": ")[0]).name for line in err.splitlines()], sorted(bad))
        self.assertEqual((Article.objects.count(), Capture.objects.count()), (1, 1))

    def test_a_huge_file_is_refused_unread(self):
        huge = self.write("huge.html", b"")
        os.truncate(huge, max(LIMIT_BYTES, 50_000_000) + 1)
        _, err = self.run_command(huge, status=1)
        self.assertIn("larger than", err)

    def test_a_missing_file_and_a_pipe_are_refused(self):
        os.mkfifo(self.folder / "pipe.html")
        for place in (self.folder / "missing.html", self.folder / "pipe.html"):
            with self.subTest(place=place.name):
                out, err = self.run_command(place, status=1)
                self.assertEqual((out[-9:], len(err.splitlines())), ("refused 1", 1))

    def test_a_name_in_another_encoding_is_no_obstacle(self):
        path = os.fsencode(self.folder) + "/村务.html".encode("gb18030")
        Path(os.fsdecode(path)).write_bytes(page())
        out, _ = self.run_command(self.folder)
        self.assertEqual(out[:5], "new 1")
        self.assertTrue(Capture.objects.get().file_name.endswith(".html"))

    def test_nothing_is_not_the_whole_folder(self):
        out, err = self.run_command("", status=1)
        self.assertEqual((out[-9:], err), ("refused 1", ": Give a file, a folder or an address.\n"))

    def test_a_report_that_cannot_be_written_stops_before_the_work(self):
        path = self.write("page.html", page())
        for report in (self.folder, self.folder / "missing" / "report"):
            with self.subTest(report=report), self.assertRaisesMessage(CommandError, "report cannot be written"):
                self.run_command(path, report=str(report))
        self.assertFalse(Article.objects.exists())

    def test_an_address_inside_is_refused(self):
        out, err = self.run_command("http://127.0.0.1/", "https://localhost:5432/x", status=1)
        self.assertEqual((out[-9:], len(err.splitlines())), ("refused 2", 2))

    def test_a_day_that_does_not_exist_is_no_date(self):
        self.run_command(self.write("page.html", page(meta="2021-02-30 来源：青禾日报")))
        self.assertEqual(Article.objects.get().original_precision, "unknown")

    def test_it_places_names_the_source_and_publishes(self):
        theme, source = make.theme(), make.source()
        self.run_command(self.write("page.html", page()), theme=theme.slug, source=source.slug, publish=True)
        article = Article.objects.published().get()
        self.assertEqual((article.placements.get().theme, article.witnesses.get().source), (theme, source))

    def test_a_theme_nobody_made_is_named(self):
        with self.assertRaisesMessage(CommandError, "no theme with the address 没有"):
            self.run_command(self.folder, theme="没有")

    def test_the_report_has_a_line_for_each_page(self):
        self.write("1.html", page())
        self.write("2.html", b"")
        report = self.folder / "report.jsonl"
        self.run_command(self.folder, report=str(report), status=1)
        lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
        self.assertEqual([line["result"] for line in lines], ["new", "refused"])
        self.assertEqual(lines[0]["article"], Article.objects.get().pk)

    def test_a_report_on_standard_output_is_all_that_stands_there(self):
        out, err = self.run_command(self.write("1.html", page()), report="-", format="json")
        self.assertEqual([line["title"] for line in json.loads(out)], ["账本搬到村口"])
        self.assertEqual(err.splitlines()[-1], "new 1, further witness 0, already here 0, refused 0")

    def test_a_report_among_the_pages_stops_before_the_work(self):
        path = self.write("page.html", page())
        for report in (path, self.folder / "report.txt"):
            with self.subTest(report=report.name), self.assertRaisesMessage(CommandError, "among the pages"):
                self.run_command(self.folder, report=str(report))
        self.assertEqual((path.read_bytes(), Article.objects.count()), (page(), 0))

    def test_a_number_of_workers_that_cannot_be_is_refused(self):
        for given in ("-1", "65", "two", "1.5", "²"):
            with self.subTest(workers=given), self.assertRaises(CommandError):
                self.run_command(self.folder, f"--workers={given}")


class StoppedTests(SimpleTestCase):
    """The command as operators run it: a process of its own with a database of its own, stopped at any moment."""

    PAGES = 36

    def setUp(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.pages, self.media, self.report = folder / "pages", folder / "media", folder / "report.json"
        self.database = folder / "db.sqlite3"
        self.pages.mkdir()
        for number in range(self.PAGES):
            (self.pages / f"{number:02}.html").write_bytes(ordinary(number % 6, meta=f"点击：{number}"))
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "MEDIA_ROOT": str(self.media),
            "SECRET_KEY": "only for this test, and long enough to be one: 文脉文脉文脉文脉",
        }
        self.manage("migrate", "--verbosity=0").communicate()

    def manage(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def start(self) -> subprocess.Popen[str]:
        """Return the command at work: one page is in its report."""
        self.report.unlink(missing_ok=True)
        started = self.manage("import_articles", str(self.pages), "--report", str(self.report), "--workers=2")
        while started.poll() is None and '"place"' not in self.reported():
            time.sleep(0.002)
        return started

    def reported(self) -> str:
        return self.report.read_text("utf-8") if self.report.exists() else ""

    def counts(self) -> tuple[int, int, int]:
        """Captures, files of captures and witnesses: all the same when nothing is half stored or stored twice."""
        with closing(sqlite3.connect(self.database)) as database:
            rows = [
                database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own tables
                for table in ("articles_capture", "articles_witness")
            ]
        kept = [path for path in (self.media / "captures").rglob("*") if path.is_file() and path.suffix != ".part"]
        return rows[0], len(kept), rows[1]

    def test_after_kills_at_any_moment_a_repetition_finds_all_whole(self):
        for _ in range(3):
            killed = self.start()
            time.sleep(random.random() / 10)  # noqa: S311 - any moment will do
            killed.kill()
            killed.communicate()
            captures, kept, witnesses = self.counts()
            self.assertEqual(captures, witnesses)
            # the file of a page that was being kept may stand without its row, never the other way round
            self.assertIn(kept - captures, (0, 1))
            self.assertTrue(json.loads(self.reported()))
        out, _ = self.manage("import_articles", str(self.pages)).communicate()
        self.assertIn("refused 0", out)
        self.assertEqual(self.counts(), (self.PAGES,) * 3)

    def test_a_signal_stops_it_after_the_page_at_hand_with_its_counts(self):
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(signal=number.name):
                stopped = self.start()
                stopped.send_signal(number)
                out, err = stopped.communicate()
                self.assertEqual((stopped.returncode, err), (status, ""))
                self.assertRegex(out.splitlines()[-1], r"^new \d+, further witness \d+, already here \d+, refused 0$")
                done = len(json.loads(self.reported()))
                self.assertEqual(sum(map(int, re.findall(r"\d+", out.splitlines()[-1]))), done)
        self.assertEqual(len(set(self.counts())), 1)
