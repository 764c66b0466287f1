import time

from django.test import SimpleTestCase

from articles.intake import Unreadable, robots
from articles.intake.fetching import OUT_OF_REACH, PICTURE
from articles.intake.reach import Reach
from articles.intake.robots import NOT_ALLOWED, NOT_SAID, Visitor
from articles.tests.intake.loopback import REACH, LoopbackSite

TEXT = "<p>账目贴在墙上。</p>"


class VisitorTests(LoopbackSite, SimpleTestCase):
    def setUp(self):
        super().setUp()
        self.visitor = Visitor(REACH)
        self.pages["/a.html"] = self.pages["/b.html"] = TEXT

    def fetch(self, path="/a.html", **how):
        return self.visitor.fetch(f"{self.site}{path}", **how)

    def allow(self, *lines, agent="*"):
        self.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, "\n".join((f"User-agent: {agent}", *lines)))

    def assertRefused(self, sentence, path="/a.html", **how):
        with self.assertRaisesMessage(Unreadable, sentence):
            self.fetch(path, **how)

    def test_it_asks_a_site_once_what_it_allows(self):
        self.allow("Disallow: /private/")
        self.fetch()
        self.fetch("/b.html")
        self.assertEqual(self.asked, ["/robots.txt", "/a.html", "/b.html"])

    def test_it_does_not_ask_for_what_is_not_allowed(self):
        self.allow("Disallow: /a", "Allow: /b")
        self.assertRefused(NOT_ALLOWED)
        self.fetch("/b.html")
        self.assertNotIn("/a.html", self.asked)

    def test_it_goes_by_its_own_name(self):
        self.allow("Disallow: /", agent="wenmai")
        self.assertRefused(NOT_ALLOWED)

    def test_what_is_meant_for_others_does_not_bind_it(self):
        self.allow("Disallow: /", agent="OtherBot")
        self.fetch()

    def test_a_site_without_rules_allows_everything(self):
        for status in (401, 403, 404, 410):
            self.pages["/robots.txt"] = (status, {}, b"")
            with self.subTest(status=status):
                self.visitor = Visitor(REACH)
                self.fetch()

    def test_a_site_that_cannot_say_allows_nothing(self):
        for answer in ((500, {}, b""), (503, {}, b""), lambda handler: handler.wfile.write(b"no http")):
            self.pages["/robots.txt"] = answer
            with self.subTest(answer=str(answer)[:12]):
                self.visitor = Visitor(REACH)
                self.assertRefused("save the page in your browser" if isinstance(answer, tuple) else "")
        self.assertNotIn("/a.html", self.asked)

    def test_a_page_in_the_place_of_rules_allows_everything(self):
        self.pages["/robots.txt"] = "<html><p>首页</p></html>"
        self.fetch()

    def test_a_redirect_is_asked_about_as_well(self):
        self.allow("Disallow: /b.html")
        self.pages["/a.html"] = (302, {"Location": "/b.html"}, b"")
        self.assertRefused(NOT_ALLOWED)

    def test_pictures_keep_to_the_rules_too(self):
        self.allow("Disallow: /img/")
        self.assertRefused(NOT_ALLOWED, "/img/1.png", wanted=PICTURE)

    def test_another_site_has_rules_of_its_own(self):
        self.allow("Disallow: /a")
        other = self.serve({"/a.html": TEXT})
        self.visitor.fetch(f"{other}/a.html")
        self.assertRefused(NOT_ALLOWED)

    def test_it_waits_between_two_pages_as_long_as_it_is_asked_to(self):
        self.allow("Crawl-delay: 0.3")
        begun = time.monotonic()
        self.fetch()
        self.fetch("/b.html")
        self.assertGreaterEqual(time.monotonic() - begun, 0.3)

    def test_it_does_not_wait_past_the_end_of_its_time(self):
        self.allow("Crawl-delay: 86400")
        self.fetch()
        self.assertRefused("longer pauses", "/b.html", until=time.monotonic() + robots.LONGEST_DELAY / 2)

    def test_what_is_out_of_reach_is_refused_with_the_one_sentence(self):
        visitor = Visitor(Reach(patience=0))
        for address in ("http://127.0.0.1/a.html", "http://10.1.2.3/a.html", self.site):
            with self.subTest(address=address), self.assertRaisesMessage(Unreadable, OUT_OF_REACH):
                visitor.fetch(address)
        self.assertEqual(self.asked, [])

    def test_hostile_rules_are_read_in_no_time_and_only_so_far(self):
        rules = ["Disallow: /" + "*a" * 500 + "*b", *["Disallow: /" + "x" * 100] * 10_000, "Disallow: /a"]
        self.allow(*rules)
        self.fetch("/a.html")
        self.assertRefused(NOT_ALLOWED, "/" + "x" * 100)

    def test_it_says_what_to_do(self):
        for sentence in (NOT_ALLOWED, NOT_SAID):
            self.assertIn("save", sentence)
            self.assertIn("bring the file in", sentence)
