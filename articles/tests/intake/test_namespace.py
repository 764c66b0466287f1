"""What the fetcher connects to where everything inside could be reached."""

import json
import subprocess
import sys
from pathlib import Path
from unittest import SkipTest

from django.test import SimpleTestCase

from articles.intake.fetching import OUT_OF_REACH

ROOT = Path(__file__).resolve().parents[3]
OWN_NETWORK = ("unshare", "--map-root-user", "--net", "--mount")
SENTENCES = (OUT_OF_REACH, "This is no web address")


def explored() -> dict:
    """Run the program of `in_namespace` in a network of its own and return what it found."""
    try:
        subprocess.run([*OWN_NETWORK, "ip", "link", "set", "lo", "up"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SkipTest("Network namespace: needs unshare, iproute2 and a kernel that lets us have one") from error
    program = [sys.executable, "-m", "articles.tests.intake.in_namespace"]
    done = subprocess.run([*OWN_NETWORK, *program], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class NamespaceTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = explored()

    def assertRefused(self, answers: dict[str, str]):
        for url, answer in answers.items():
            with self.subTest(url=url):
                self.assertTrue(answer.startswith(SENTENCES), answer)

    def test_the_public_web_is_reached(self):
        self.assertEqual((self.found["control"], self.found["control_met"]), ("<p>", ["1.2.3.4 80"]))

    def test_what_is_inside_stood_open_to_anybody_else(self):
        self.assertGreater(self.found["open"], 50)

    def test_no_form_of_an_address_inside_is_connected_to(self):
        self.assertRefused(self.found["direct"])
        self.assertEqual(self.found["direct_met"], [])

    def test_not_one_packet_is_sent(self):
        self.assertEqual(self.found["packets"], 0)

    def test_no_redirect_leads_inside(self):
        self.assertEqual(self.found["redirected_met"], ["1.2.3.4 80"])
        for url, answer in self.found["redirected"].items():
            with self.subTest(url=url):
                self.assertNotEqual(answer, "")

    def test_its_rules_are_not_asked_for_either(self):
        self.assertRefused(self.found["visited"])
        self.assertEqual(self.found["visited_met"], [])

    def test_no_answer_of_a_name_server_leads_inside(self):
        self.assertGreaterEqual(self.found["named_asked"], 12)
        self.assertEqual(self.found["named_met"], ["1.2.3.4 80"])
        self.assertEqual(set(self.found["named"]["changing"]), {"<p>", OUT_OF_REACH})
        self.assertEqual(set(self.found["named"]["many"]), {OUT_OF_REACH})
