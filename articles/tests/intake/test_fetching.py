import gzip
import time
from ipaddress import ip_address
from unittest import mock

import brotli
from django.test import SimpleTestCase

from articles.intake import Unreadable, fetching
from articles.intake.fetching import OUT_OF_REACH, PAGE, PICTURE
from articles.intake.reach import Reach, is_public
from articles.tests.intake.loopback import REACH, LoopbackSite

TEXT = "<p>账目贴在墙上。</p>".encode("gb18030")
HTML = {"Content-Type": "text/html; charset=GBK"}
INSIDE = (
    "127.0.0.1 0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 169.254.169.254 172.16.0.1 192.0.0.192 192.168.1.1 "
    "198.18.0.1 224.0.0.1 255.255.255.255 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 "
    "2002:7f00:1:: fe80::1 fd00::1 fec0::1 ff02::1 2001:db8::1 2001::1"
).split()
NO_ADDRESSES = (
    "",
    "file:///etc/passwd",
    "gopher://example.org/",
    "ftp://example.org/",
    "dict://example.org/",
    "data:text/html,x",
    "jar:http://example.org/!/a",
    "//example.org/",
    "http://",
    "http:///a",
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://example.org\\@evil.example/",
    "http://exam ple.org/",
    "http://example.org/\r\nX: y",
    "http://example.org/\ta",
    "http://[::1/",
    "http://example.org:99999/",
    "http://example.org:x/",
    "http://example.org/" + "a" * 2_000,
)
# every one of them is loopback to some resolver
LOOPBACK = (
    "127.0.0.1 localhost localhost. LOCALHOST 2130706433 0x7f.1 0x7f000001 017700000001 0177.0.0.1 127.1 0 0.0.0.0 "
    "[::1] [::] [::ffff:127.0.0.1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1%25eth0] [fd00::1] "
    "[fec0::1] ①②⑦.⓪.⓪.① 127。0。0。1 169.254.169.254 100.100.100.200 255.255.255.255 224.0.0.1"
).split()


class ReachTests(SimpleTestCase):
    def test_nothing_inside_is_public(self):
        for address in INSIDE:
            with self.subTest(address=address):
                self.assertFalse(is_public(ip_address(address)))

    def test_the_web_is_public(self):
        for address in ("8.8.8.8", "203.0.114.1", "2606:4700::1111", "240e::1"):
            with self.subTest(address=address):
                self.assertTrue(is_public(ip_address(address)))

    def test_only_the_ports_of_the_web_are_asked(self):
        for port in (0, 22, 25, 5432, 6379, 8000, 8080):
            with self.subTest(port=port):
                self.assertFalse(Reach().leads_to("8.8.8.8", port))

    def test_a_test_reaches_loopback_and_nothing_else_inside(self):
        self.assertTrue(REACH.leads_to("127.0.0.1", 8123))
        for address in INSIDE[1:]:
            with self.subTest(address=address):
                self.assertFalse(REACH.leads_to(address, 80))


class RefusalTests(SimpleTestCase):
    reach = Reach(patience=0)

    def test_what_is_no_web_address_is_refused(self):
        for url in NO_ADDRESSES:
            with self.subTest(url=url[:40]), self.assertRaisesMessage(Unreadable, "no web address"):
                fetching.fetch(url, self.reach)

    def test_loopback_in_any_spelling_is_refused_with_the_one_sentence(self):
        for host in LOOPBACK:
            for address in (f"http://{host}/", f"https://{host}/", f"http://{host}:80/a#@example.org"):
                with self.subTest(address=address), self.assertRaisesMessage(Unreadable, OUT_OF_REACH):
                    fetching.fetch(address, self.reach)

    def test_other_ports_are_refused_with_the_same_sentence(self):
        for port in (0, 22, 25, 5432, 6379):
            with self.subTest(port=port), self.assertRaisesMessage(Unreadable, OUT_OF_REACH):
                fetching.fetch(f"http://example.org:{port}/", self.reach)

    def test_a_chinese_name_and_path_are_written_as_they_travel(self):
        self.assertEqual(
            fetching.plain("http://新闻.example:80/村务/一.html?页=2#上"),
            "http://xn--efvy88h.example:80/%E6%9D%91%E5%8A%A1/%E4%B8%80.html?%E9%A1%B5=2",
        )


class FetchCase(LoopbackSite, SimpleTestCase):
    def fetch(self, path="/page", wanted=PAGE, seconds=fetching.SECONDS):
        return fetching.fetch(f"{self.site}{path}", REACH, wanted, until=time.monotonic() + seconds)

    def assertRefused(self, sentence, path="/page", **how):
        with self.assertRaisesMessage(Unreadable, sentence):
            self.fetch(path, **how)


class FetchTests(FetchCase):
    def test_it_brings_the_bytes_of_a_page_and_what_its_header_says(self):
        self.pages["/page"] = (200, HTML, TEXT)
        self.assertEqual(self.fetch(), fetching.Fetched(f"{self.site}/page", TEXT, "text/html", "gbk"))

    def test_it_unpacks_what_was_packed_for_the_way(self):
        for packing, packed in (("gzip", gzip.compress(TEXT)), ("br", brotli.compress(TEXT))):
            self.pages["/page"] = (200, {**HTML, "Content-Encoding": packing}, packed)
            with self.subTest(packing=packing):
                self.assertEqual(self.fetch().data, TEXT)

    def test_it_says_who_asks_and_whom_to_write_to(self):
        self.pages["/page"] = TEXT
        fetching.fetch(f"{self.site}/page", Reach("https://library.example/about", 0, loopback=True))
        agent = self.headers[-1]["User-Agent"]
        self.assertTrue(agent.startswith("Wenmai/1.0 (") and agent.endswith("; https://library.example/about)"))

    def test_it_sends_the_name_it_was_given_and_no_cookie(self):
        self.pages["/page"] = (302, {"Location": "/next", "Set-Cookie": "a=b"}, b"")
        self.pages["/next"] = TEXT
        self.fetch()
        self.assertEqual([headers["Host"] for headers in self.headers], [self.site.removeprefix("http://")] * 2)
        self.assertNotIn("Cookie", self.headers[-1])

    def test_a_page_without_a_type_is_looked_at_later(self):
        for headers in ({}, {"Content-Type": "application/octet-stream"}, {"Content-Type": ";;"}):
            self.pages["/page"] = (200, headers, TEXT)
            with self.subTest(headers=headers):
                self.assertEqual(self.fetch().data, TEXT)

    def test_what_is_no_page_is_refused_before_it_is_loaded(self):
        for media_type in ("image/png", "video/mp4", "application/zip", "application/json", "text/xml", "x" * 500):
            self.pages["/page"] = (200, {"Content-Type": media_type}, TEXT)
            with self.subTest(media_type=media_type[:20]):
                self.assertRefused(f"leads to {media_type[:100]};")

    def test_a_picture_may_be_larger_than_a_page(self):
        self.pages["/page"] = (200, {"Content-Type": "image/png"}, bytes(PAGE.largest + 1))
        self.assertEqual(len(self.fetch(wanted=PICTURE).data), PAGE.largest + 1)

    def test_the_environments_proxies_are_not_asked(self):
        self.pages["/page"] = TEXT
        names = ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY")
        with mock.patch.dict("os.environ", dict.fromkeys(names, "http://127.0.0.1:1")):
            self.assertEqual(self.fetch().data, TEXT)

    def test_it_says_what_the_site_answered(self):
        for status in (204, 403, 404, 412, 500, 503):
            self.pages["/page"] = (status, HTML, b"")
            with self.subTest(status=status):
                self.assertRefused(f"answered {status}")


class RedirectTests(FetchCase):
    def redirect(self, location, status=302):
        self.pages["/page"] = (status, {"Location": location}, b"moved")

    def test_it_follows_every_kind_and_says_where_it_came(self):
        self.pages["/村务.html"] = self.pages["/%E6%9D%91%E5%8A%A1.html"] = TEXT
        for status in (301, 302, 303, 307, 308):
            for location in ("/%E6%9D%91%E5%8A%A1.html", "/村务.html".encode().decode("latin-1")):
                self.redirect(location, status)
                with self.subTest(status=status, location=location):
                    self.assertEqual(self.fetch().url, f"{self.site}/%E6%9D%91%E5%8A%A1.html")

    def test_none_leads_inside(self):
        for status in (301, 302, 303, 307, 308):
            for place in ("http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/", "//0x7f.2/"):
                self.redirect(place, status)
                with self.subTest(status=status, place=place):
                    self.assertRefused(OUT_OF_REACH)

    def test_none_leads_to_anything_but_the_web(self):
        for place in (
            "file:///etc/passwd",
            "gopher://a/",
            "ftp://a/",
            "javascript:1",
            "http://u@a.example/",
        ):
            self.redirect(place)
            with self.subTest(place=place):
                self.assertRefused("no web address")

    def test_none_leads_from_https_to_http(self):
        with self.assertRaisesMessage(Unreadable, "from https to http"):
            fetching._redirected("https://news.example/a", "http://news.example/a")

    def test_it_ends_going_round_in_circles(self):
        self.redirect("/page")
        self.assertRefused("redirects more than 3 times")
        self.assertEqual(len(self.asked), 4)

    def test_a_redirect_in_the_page_or_in_another_header_is_not_followed(self):
        page = b'<meta http-equiv="refresh" content="0; url=/other"><p>1</p>'
        self.pages["/page"] = (200, {**HTML, "Refresh": "0; url=/other"}, page)
        self.assertEqual(self.fetch().data, page)
        self.assertEqual(self.asked, ["/page"])

    def test_a_line_end_in_a_redirect_makes_no_header(self):
        self.pages["/page"] = self.write(b"HTTP/1.1 302 Found\r\nLocation: /next%0d%0aX-A:%20b\r\nX: y\r\n\r\n")
        self.assertRefused("answered 404")
        self.assertEqual(self.asked[-1].lower(), "/next%0d%0ax-a:%20b")
        self.assertNotIn("X-A", self.headers[-1])

    def test_one_clock_runs_for_all_of_them(self):
        def slow(handler):
            time.sleep(0.2)
            self.write(b"HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n")(handler)

        self.pages["/page"] = slow
        self.assertRefused(OUT_OF_REACH, seconds=0.5)
        self.assertLess(len(self.asked), fetching.MOST_REDIRECTS + 1)

    def test_each_address_is_asked_about_first(self):
        self.redirect("/next")
        self.pages["/next"] = TEXT
        asked = []
        fetching.fetch(f"{self.site}/page", REACH, permit=asked.append)
        self.assertEqual(asked, [f"{self.site}/page", f"{self.site}/next"])

    @staticmethod
    def write(data):
        return lambda handler: handler.wfile.write(data)


class HostileTests(FetchCase):
    """What is sent is counted as it is unpacked, and the clock does not stop while it comes."""

    OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

    def send(self, *pieces, pause=0.0):
        def write(handler):
            for piece in pieces:
                handler.wfile.write(piece)
                time.sleep(pause)
            handler.close_connection = True

        self.pages["/page"] = write

    def test_a_bomb_is_counted_unpacked(self):
        bomb = bytes(PAGE.largest + 1)
        for packing, packed in (("gzip", gzip.compress(bomb)), ("br", brotli.compress(bomb, quality=5))):
            self.pages["/page"] = (200, {**HTML, "Content-Encoding": packing}, packed)
            with self.subTest(packing=packing):
                self.assertRefused("larger than 5 MB")

    def test_a_page_that_says_it_is_large_is_not_loaded(self):
        self.send(self.OK, b"Content-Length: 10000000000\r\n\r\n", b"a")
        self.assertRefused("larger than 5 MB")

    def test_an_endless_page_is_cut_off(self):
        self.send(self.OK, b"Transfer-Encoding: chunked\r\n\r\n", *[b"80000\r\n" + bytes(0x80000) + b"\r\n"] * 12)
        self.assertRefused("larger than 5 MB")

    def test_a_drop_at_a_time_does_not_stop_the_clock(self):
        self.send(self.OK, b"\r\n", *[b"a"] * 100, pause=0.05)
        self.assertRefused("did not answer in time", seconds=0.4)

    def test_a_page_shorter_than_it_says_is_refused(self):
        self.send(self.OK, b"Content-Length: 5000\r\n\r\n", TEXT)
        self.assertRefused("broke off")

    def test_what_is_packed_wrongly_is_refused(self):
        self.pages["/page"] = (200, {**HTML, "Content-Encoding": "gzip"}, TEXT)
        self.assertRefused("broke off")

    def test_endless_headers_are_refused(self):
        self.send(b"HTTP/1.1 200 OK\r\n", *[b"X-A: " + b"y" * 60_000 + b"\r\n"] * 80)
        self.assertRefused("more headers")

    def test_one_header_of_five_megabytes_is_refused(self):
        self.send(b"HTTP/1.1 200 OK\r\nX-A: ", *[b"y" * 100_000] * 50, b"\r\n\r\n")
        with self.assertRaises(Unreadable):
            self.fetch()

    def test_endless_answers_before_the_answer_are_refused(self):
        self.send(*[b"HTTP/1.1 103 Early Hints\r\nLink: " + b"a" * 1000 + b"\r\n\r\n"] * 200)
        with self.assertRaises(Unreadable):
            self.fetch()

    def test_what_is_no_http_is_refused(self):
        for said in (b"", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/0.9 \r\n\r\n", b"\x00" * 100, TEXT):
            self.send(said)
            with self.subTest(said=said[:10]), self.assertRaises(Unreadable):
                self.fetch()
