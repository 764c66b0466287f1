import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase

from articles.tests.site import processes
from site_project import database


class FromUrlTests(SimpleTestCase):
    def parse(self, url: str) -> dict:
        return database.from_url(url, default=Path("/srv/library/db.sqlite3"))

    def test_nothing_means_the_file_of_this_checkout(self):
        self.assertEqual(self.parse("")["NAME"], "/srv/library/db.sqlite3")

    def test_a_sqlite_path_is_relative_or_absolute(self):
        self.assertEqual(self.parse("sqlite:///var/db.sqlite3")["NAME"], "var/db.sqlite3")
        self.assertEqual(self.parse("sqlite:////srv/db.sqlite3")["NAME"], "/srv/db.sqlite3")

    def test_a_postgresql_address_gives_a_pool(self):
        found = self.parse("postgresql://app:p%40ss@db.example:5433/wenmai?sslmode=require&pool_max=8")
        self.assertEqual((found["USER"], found["PASSWORD"], found["PORT"]), ("app", "p@ss", "5433"))
        self.assertEqual(found["OPTIONS"]["pool"]["max_size"], 8)
        self.assertEqual((found["OPTIONS"]["sslmode"], found["CONN_MAX_AGE"]), ("require", 0))

    def test_another_database_is_refused(self):
        for url in ("mysql://root@localhost/x", "nonsense"):
            with self.subTest(url=url), self.assertRaisesMessage(ImproperlyConfigured, "DATABASE_URL"):
                self.parse(url)


class JournalTests(SimpleTestCase):
    def test_wal_is_for_mended_builds_only(self):
        versions = [(3, 40, 1), (3, 44, 6), (3, 50, 6), (3, 51, 2), (3, 51, 3), (3, 53, 4)]
        safe = [version for version in versions if database.wal_is_safe(version)]
        self.assertEqual(safe, [(3, 44, 6), (3, 51, 3), (3, 53, 4)])

    def test_the_sqlite_in_use_keeps_its_promises(self):
        """What the connection reads back, in a process of its own: tests run in memory, where there is no journal."""
        asked = "journal_mode", "synchronous", "busy_timeout", "trusted_schema", "mmap_size"
        program = (
            "import django; django.setup()\n"
            "from django.db import connection\n"
            "with connection.cursor() as cursor:\n"
            f"    print([cursor.execute('PRAGMA ' + name).fetchone()[0] for name in {asked}])"
        )
        with tempfile.TemporaryDirectory() as folder:
            answer = processes.python(program, DATABASE_URL=f"sqlite:///{folder}/db.sqlite3")
        journal = ["wal", 2] if database.wal_is_safe() else ["delete", 3]
        self.assertEqual(answer, str([*journal, 20_000, 0, 0]))

    def test_a_check_names_the_slower_journal(self):
        old = "import site_project, sqlite3; sqlite3.sqlite_version_info = (3, 40, 1)"
        program = f"{old}\nfrom site_project import database\nprint([found.id for found in database.check_journal()])"
        self.assertEqual(processes.python(program), "['wenmai.I001']")
