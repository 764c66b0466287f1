import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from unittest import mock

from django.test import SimpleTestCase

from articles.intake import Unreadable, fetching

PAGE = "<p>账目贴在墙上。</p>".encode("gb18030")
INSIDE = (
    "127.0.0.1 0.0.0.0 10.1.2.3 100.64.0.1 169.254.169.254 172.16.0.1 192.0.0.192 192.168.1.1 198.18.0.1 224.0.0.1 "
    "255.255.255.255 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 2002:7f00:1:: fe80::1 fd00::1 "
    "fec0::1 ff02::1 2001:db8::1 2001::1"
).split()
NO_ADDRESSES = (
    "file:///etc/passwd",
    "gopher://example.org/",
    "ftp://example.org/",
    "//example.org/",
    "http://",
    "http://user@example.org/",
    "http://example.org\\@evil.example/",
    "http://exam ple.org/",
    "http://example.org/\r\nX: y",
    "http://[::1/",
    "http://example.org:99999/",
    "http://①②⑦.⓪.⓪.①/",
)


class Site(BaseHTTPRequestHandler):
    """A site on loopback whose paths misbehave each in its way."""

    def do_GET(self):
        name = self.path.strip("/")
        status, headers, body = {
            "page": (200, {"Content-Type": "text/html"}, PAGE),
            "zipped": (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(fetching.LARGEST + 1))),
            "moved": (302, {"Location": "/page"}, b""),
            "loop": (302, {"Location": "/loop"}, b""),
            "inside": (302, {"Location": "http://10.0.0.1/"}, b""),
            "file": (302, {"Location": "file:///etc/passwd"}, b""),
            "headers": (200, {f"X-{n}": "y" * 1000 for n in range(80)}, PAGE),
        }.get(name, (404, {}, b"none"))
        self.send_response(status)
        for header, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep the tests' output clean."""


class AddressTests(SimpleTestCase):
    def test_nothing_inside_is_public(self):
        for address in INSIDE:
            with self.subTest(address=address):
                self.assertFalse(fetching.is_public(ip_address(address)))

    def test_the_web_is_public(self):
        for address in ("8.8.8.8", "203.0.114.1", "2606:4700::1111", "240e::1"):
            with self.subTest(address=address):
                self.assertTrue(fetching.is_public(ip_address(address)))

    def test_what_is_no_web_address_is_refused(self):
        for url in NO_ADDRESSES:
            with self.subTest(url=url), self.assertRaises(Unreadable):
                fetching.fetch(url)

    def test_loopback_in_any_spelling_is_refused_with_the_one_sentence(self):
        hosts = "127.0.0.1 localhost 2130706433 0x7f.1 017700000001 127.1 0 [::1] [::ffff:127.0.0.1]".split()
        for host in hosts:
            with self.subTest(host=host), self.assertRaisesMessage(Unreadable, fetching.OUT_OF_REACH):
                fetching.fetch(f"http://{host}/")

    def test_other_ports_are_refused_with_the_same_sentence(self):
        with self.assertRaisesMessage(Unreadable, fetching.OUT_OF_REACH):
            fetching.fetch("http://example.org:5432/")


class FetchTests(SimpleTestCase):
    """Against a server of our own; loopback is let through here, and only here."""

    def setUp(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.site = f"http://127.0.0.1:{server.server_port}"
        self.enterContext(mock.patch.object(fetching, "is_public", lambda address: str(address) == "127.0.0.1"))
        self.enterContext(mock.patch.dict(fetching.PORTS, {"test": server.server_port}))

    def test_it_brings_the_bytes_of_a_page(self):
        self.assertEqual(fetching.fetch(f"{self.site}/page"), PAGE)

    def test_it_unpacks_what_was_packed_for_the_way(self):
        self.assertEqual(fetching.fetch(f"{self.site}/zipped"), PAGE)

    def test_it_follows_a_redirect(self):
        self.assertEqual(fetching.fetch(f"{self.site}/moved"), PAGE)

    def test_a_redirect_leads_nowhere_inside(self):
        with self.assertRaisesMessage(Unreadable, fetching.OUT_OF_REACH):
            fetching.fetch(f"{self.site}/inside")
        with self.assertRaisesMessage(Unreadable, "no web address"):
            fetching.fetch(f"{self.site}/file")

    def test_it_ends_going_round_in_circles(self):
        with self.assertRaisesMessage(Unreadable, "redirects more than 3 times"):
            fetching.fetch(f"{self.site}/loop")

    def test_it_counts_what_is_unpacked(self):
        with self.assertRaisesMessage(Unreadable, "larger than 5 MB"):
            fetching.fetch(f"{self.site}/bomb")

    def test_it_says_what_the_site_answered(self):
        with self.assertRaisesMessage(Unreadable, "answered 404"):
            fetching.fetch(f"{self.site}/none")

    def test_endless_headers_are_refused(self):
        with self.assertRaises(Unreadable):
            fetching.fetch(f"{self.site}/headers")

    def test_the_environments_proxies_are_not_asked(self):
        with mock.patch.dict("os.environ", {"http_proxy": "http://127.0.0.1:1", "all_proxy": "http://127.0.0.1:1"}):
            self.assertEqual(fetching.fetch(f"{self.site}/page"), PAGE)
