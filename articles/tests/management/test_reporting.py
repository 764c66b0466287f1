import csv
import io
import json
import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from articles.actions.importing import Outcome
from articles.management import reporting

NEW = Outcome("pages/1.html", "new", 12, "账本，搬到“村口”", "", 3, 0.061)
REFUSED = Outcome("pages/2.html", "refused", reason="The file is empty.")


class ReportTests(SimpleTestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name: str, *outcomes: Outcome, given: str | None = None) -> bytes:
        """Write a report and return it as it stands before it is closed, which is all that a killed run leaves."""
        path = self.folder / name
        report = reporting.opened(str(path), given, io.StringIO())
        self.addCleanup(report.close)
        for outcome in outcomes:
            report.add(outcome)
        return path.read_bytes()

    def test_the_suffix_names_the_format_unless_one_is_asked_for(self):
        for name, given, expected in (
            ("report.csv", None, "csv"),
            ("report.JSON", None, "json"),
            ("report.jsonl", None, "jsonl"),
            ("report.txt", None, "text"),
            ("report", None, "text"),
            ("report.csv", "json", "json"),
        ):
            with self.subTest(name=name, given=given):
                self.assertEqual(reporting.format_of(name, given), expected)

    def test_a_text_has_a_line_for_each_page(self):
        written = self.write("report.txt", NEW, REFUSED).decode()
        self.assertEqual(
            written.splitlines(),
            [
                "new: pages/1.html · article 12: 账本，搬到“村口” · 3 findings",
                "refused: pages/2.html · The file is empty.",
            ],
        )

    def test_a_json_report_is_whole_after_every_page(self):
        self.assertEqual(json.loads(self.write("0.json")), [])
        self.assertEqual(json.loads(self.write("1.json", NEW))[0]["title"], "账本，搬到“村口”")
        two = json.loads(self.write("2.json", NEW, REFUSED))
        self.assertEqual([(each["result"], each["findings"]) for each in two], [("new", 3), ("refused", None)])

    def test_json_lines_have_an_object_a_line(self):
        lines = self.write("report.jsonl", NEW, REFUSED).decode().splitlines()
        self.assertEqual([json.loads(line)["place"] for line in lines], ["pages/1.html", "pages/2.html"])

    def test_a_table_opens_in_a_spreadsheet(self):
        written = self.write("report.csv", NEW, REFUSED)
        self.assertTrue(written.startswith("\ufeffplace,result,article,title,reason,findings,seconds\r\n".encode()))
        rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
        self.assertEqual((rows[0]["title"], rows[0]["article"], rows[1]["article"]), ("账本，搬到“村口”", "12", ""))

    def test_no_cell_is_a_formula(self):
        for title in ("=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝cmd", " =1", "\u3000＋1", "'=1"):
            written = self.write("report.csv", Outcome("1.html", "new", 1, title))
            (row,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
            with self.subTest(title=title):
                self.assertTrue(row["title"].startswith("'"))

    def test_standard_output_gets_one_list(self):
        out = io.StringIO()
        report = reporting.opened("-", "json", out)
        report.add(NEW)
        report.add(REFUSED)
        report.close()
        self.assertEqual(len(json.loads(out.getvalue())), 2)

    def test_a_report_among_the_pages_is_seen(self):
        folder = str(self.folder)
        page = self.folder / "1.html"
        page.write_bytes(b"")
        for report, places, expected in (
            (page, [str(page)], True),
            (self.folder / "report.txt", [folder], True),
            (self.folder / "report.csv", [folder], False),
            (self.folder / ".." / self.folder.name / "1.html", [str(page)], True),
            (self.folder / "report.txt", [str(page), "https://example.org/"], False),
        ):
            with self.subTest(report=report.name, places=places):
                self.assertEqual(reporting.is_among(str(report), places), expected)
