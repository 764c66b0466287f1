"""Every POST of the desk with what no browser of ours sends: refused in words, and the library stands as it was."""

from itertools import cycle
from urllib.parse import quote_from_bytes, quote_plus

from django.db import connection, transaction
from django.test import Client, TestCase

from articles.exports import records
from articles.tests.admin.world import World, page, writes

FORM = "application/x-www-form-urlencoded"
# No database takes them, no form offers them, no page carries them.
FORGED = (
    "\x00",
    b"\xed\xa0\x80",  # half of a character beyond the first plane
    "9" * 5_000,
    "字" * 60_000,
    "-1",
    "²",
    '{"2": "\\ud800"}',
    "[" * 9_000,
)
# Without these nothing is done; other fields may be left out.
VITAL = frozenset({"order", "reasons", "base", "into", "into_version", "key", "finding", "take", "do", "deed", "act"})
SIZES = ("1000000000", "-1", "9" * 5_000, "\x00", "x", "0")
BODIES = (
    ("[1]", "application/json"),
    ("null", "application/json"),
    ("x", "multipart/form-data"),
    ("--a\r\nContent-Disposition: form-data", "multipart/form-data; boundary=a"),
    ("a" * 70_000, "application/octet-stream"),
    ("&".join(f"a{number}=" for number in range(1_001)), FORM),
)


def encoded(fields):
    """Return the body of a form; a value may be bytes, and a list is sent one by one."""
    pairs = [(name, value) for name, values in fields.items() for value in _several(values)]
    return "&".join(f"{quote_plus(name)}={_quoted(value)}" for name, value in pairs)


def _several(values):
    return values if isinstance(values, list) else [values]


def _quoted(value):
    return quote_from_bytes(value) if isinstance(value, bytes) else quote_plus(str(value))


class ForgedCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = World.made()

    def setUp(self):
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.world.chief)
        self.writes = writes(self.world, self.client)

    def send(self, write, fields, *, is_kept=True):
        """Send it, and say what came of it; where it was done and may be, take that back."""
        point = transaction.savepoint()
        files = [value for value in fields.values() if hasattr(value, "read")]
        for file in files:
            file.seek(0)
        sent = self.client.post(write.address, fields) if files else self.raw(write.address, encoded(fields))
        if sent.status_code == write.done and not is_kept:
            transaction.savepoint_rollback(point)
        else:
            transaction.savepoint_commit(point)
        return sent.status_code

    def raw(self, address, content, kind=FORM):
        return self.client.generic("POST", address, content, kind)


class ForgedTests(ForgedCase):
    def test_what_is_forged_is_refused_and_writes_nothing(self):
        """All words of a form at once with one of the values, and each field with one of them, in turn.

        PostgreSQL refuses what SQLite lets pass: each field by itself is tried there, on SQLite those that name rows.
        """
        before = list(records.library())
        values = cycle(FORGED)
        for write in self.writes:
            words = [name for name in write.fields if name not in write.keys]
            tried = [(words, next(values), False)] if words else []
            alone = write.fields if connection.vendor == "postgresql" else write.keys
            tried += [([name], next(values), name in write.keys) for name in alone]
            for names, value, is_kept in tried:
                with self.subTest(write=write.name, names=names, value=value[:20]):
                    fields = write.fields | dict.fromkeys(names, value)
                    self.assertLess(self.send(write, fields, is_kept=is_kept), 500)
            with self.subTest(write=write.name):
                self.assertEqual(list(records.library()), before)


class UnreadableTests(ForgedCase):
    """What is refused before any database is asked, or by what it says of rows that are not there."""

    is_same_on_all_databases = True

    def test_what_is_missing_or_said_twice_is_refused_or_done_once(self):
        before = list(records.library())
        for write in self.writes:
            for name in write.keys:
                rest = {other: value for other, value in write.fields.items() if other != name}
                is_vital = name in VITAL or name.startswith("version")
                with self.subTest(write=write.name, missing=name):
                    self.assertLess(self.send(write, rest, is_kept=is_vital), 500)
                twice = write.fields | {name: [write.fields.get(name, ""), "999999999"]}
                if not any(hasattr(value, "read") for value in write.fields.values()):
                    with self.subTest(write=write.name, twice=name):
                        self.assertLess(self.send(write, twice, is_kept=is_vital), 500)
        self.assertEqual(list(records.library()), before)

    def test_rows_that_are_gone_are_gone_for_every_method(self):
        for name in ("finding", "capture", "picture", "houserules", "source", "article", "excerpt", "theme"):
            for part in ("change", "history", "delete"):
                for method in ("get", "post"):
                    with self.subTest(name=name, part=part, method=method):
                        address = page(f"{name}_{part}", 99_999)
                        self.assertLess(getattr(self.client, method)(address, {"version": 1}).status_code, 500)

    def test_bodies_that_are_no_forms_are_refused(self):
        before = list(records.library())
        addresses = dict.fromkeys(write.address for write in self.writes)
        for address, (content, kind) in zip(addresses, cycle(BODIES), strict=False):
            with self.subTest(address=address, content=content[:10], kind=kind):
                self.assertLess(self.raw(address, content, kind).status_code, 500)
        self.assertEqual(list(records.library()), before)

    def test_tables_of_forms_of_any_size_are_refused(self):
        before = list(records.library())
        sizes = cycle(SIZES)
        for write in self.writes:
            for name in (name for name in write.fields if name.endswith(("_FORMS", "-id"))):
                value = next(sizes)
                with self.subTest(write=write.name, field=name, value=value[:10]):
                    self.assertLess(self.send(write, write.fields | {name: value}, is_kept=False), 500)
        self.assertEqual(list(records.library()), before)
