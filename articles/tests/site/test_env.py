import os
import tempfile
from pathlib import Path
from unittest import mock

from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase

from site_project import env


class EnvTests(SimpleTestCase):
    def setUp(self):
        self.enterContext(mock.patch.dict(os.environ, {}, clear=True))

    def test_a_flag_is_true_or_false_and_nothing_else(self):
        os.environ |= {"ON": "True", "OFF": "0", "SLIP": "ture"}
        self.assertEqual([env.flag(name, default=False) for name in ("ON", "OFF", "UNSET")], [True, False, False])
        with self.assertRaisesMessage(ImproperlyConfigured, "SLIP must be true or false"):
            env.flag("SLIP", default=False)

    def test_a_number_is_whole_and_not_negative(self):
        os.environ |= {"TWO": "2", "MINUS": "-1", "WORD": "two"}
        self.assertEqual((env.number("TWO", default=0), env.number("UNSET", default=7)), (2, 7))
        for name in ("MINUS", "WORD"):
            with self.subTest(name=name), self.assertRaises(ImproperlyConfigured):
                env.number(name, default=0)

    def test_there_is_no_stand_in_for_a_secret(self):
        os.environ["EMPTY"] = "  "
        for name in ("EMPTY", "UNSET"):
            with self.subTest(name=name), self.assertRaisesMessage(ImproperlyConfigured, "must be set"):
                env.secret(name)

    def test_words_are_parted_by_commas(self):
        os.environ["HOSTS"] = "a.example, b.example,"
        self.assertEqual(env.words("HOSTS"), ["a.example", "b.example"])

    def test_the_real_environment_wins_over_the_file(self):
        os.environ["LOG_LEVEL"] = "ERROR"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, ".env")
            path.write_text("# a remark\nLOG_LEVEL=DEBUG\nTIME_ZONE = Asia/Taipei\n\n")
            env.load(path)
            env.load(Path(folder, "missing"))
        self.assertEqual((os.environ["LOG_LEVEL"], os.environ["TIME_ZONE"]), ("ERROR", "Asia/Taipei"))
