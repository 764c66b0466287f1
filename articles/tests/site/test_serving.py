import socket
from argparse import ArgumentTypeError

from django.test import SimpleTestCase

from articles.tests.site import processes
from site_project import serving


class ServingTests(SimpleTestCase):
    def test_it_will_not_serve_a_laptop_to_others(self):
        done = processes.run("-m", "site_project.serving", "--host", "0.0.0.0")  # noqa: S104  # refused is the point
        self.assertEqual(done.returncode, 1)
        self.assertIn("0.0.0.0 is not a loopback address", done.stderr)

    def test_a_port_is_a_number_a_program_can_take(self):
        self.assertEqual(serving.port("8001"), 8001)
        for text in ("0", "99999", "-1", "http"):
            with self.subTest(text=text), self.assertRaises(ArgumentTypeError):
                serving.port(text)

    def test_it_says_when_the_port_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as other, self.assertRaisesMessage(SystemExit, "is taken"):
            serving.refuse_taken_port(*other.getsockname())
