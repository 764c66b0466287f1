import io
import json
import os
import tempfile
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase

from articles.intake import LIMIT_BYTES
from articles.models import Article, Capture
from articles.tests import make
from articles.tests.actions.test_capturing import PARAGRAPHS, page


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
                self.run_command(path, report=report)
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
        self.run_command(self.folder, report=report, status=1)
        lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
        self.assertEqual([line["result"] for line in lines], ["new", "refused"])
        self.assertEqual(lines[0]["article"], Article.objects.get().pk)
