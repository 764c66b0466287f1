"""Pages tell that they were read, and ask how often."""

from django.core.cache import cache
from django.db.models import Sum
from django.test import Client, RequestFactory, TestCase

from articles.actions import counting
from articles.models import Mark, Tally
from articles.tests import make
from articles.views import reads

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
OURS = {"Sec-Fetch-Site": "same-origin", "User-Agent": BROWSER}


class TellingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("账本上墙", published=True)
        cls.path = cls.article.get_absolute_url()

    def tell(self, what="read", path=None, client=None, **headers):
        address = f"{path or self.path}{what}/"
        return (client or self.client).post(address, headers=OURS | headers)

    def marks(self):
        return list(Mark.objects.order_by("pk").values_list("kind", flat=True))

    def test_a_read_is_one_mark_without_a_cookie_and_a_repeat_is_none(self):
        first, again = self.tell(), self.tell()
        self.assertEqual([first.status_code, again.status_code, first.content], [204, 204, b""])
        self.assertEqual((self.marks(), first.cookies.output()), (["read"], ""))

    def test_other_readers_other_articles_and_other_days_count(self):
        self.tell()
        self.tell(**{"User-Agent": BROWSER + " Edg/130"})
        self.client.post(f"{self.path}read/", headers=OURS, REMOTE_ADDR="127.0.0.2")
        self.tell(path=make.article("另一篇", published=True).get_absolute_url())
        self.tell("useful")
        self.assertEqual(len(self.marks()), 5)

    def test_a_network_of_the_sixth_version_is_one_reader(self):
        first, second, other, none = (
            reads._network(RequestFactory().post("/", REMOTE_ADDR=address))
            for address in ("2a00:1450::1", "2a00:1450::ffff", "2a00:1450:0:1::1", "")
        )
        self.assertEqual((first == second, first == other, none), (True, False, ""))

    def test_programs_count_for_nothing_and_are_told_nothing(self):
        agents = ("", "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://x.example)", "curl/8", "Googlebot/2.1")
        for agent in (*agents, "python-requests/2", "x" * 60_000 + "bot"):
            with self.subTest(agent=agent[:30]):
                self.assertEqual(self.tell(**{"User-Agent": agent}).status_code, 204)
        headers = {"Origin": "http://testserver", "User-Agent": BROWSER}
        self.assertEqual(self.client.post(f"{self.path}read/", headers=headers).status_code, 204)
        self.assertLessEqual(len(self.marks()), 1)

    def test_another_sites_page_is_refused(self):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
            {"Sec-Fetch-Site": "", "Origin": "null"},
            {"Sec-Fetch-Site": "", "Origin": "http://["},
            {"Sec-Fetch-Site": ""},
        ):
            for what in ("read", "useful"):
                with self.subTest(headers=headers, what=what):
                    self.assertEqual(self.tell(what, **headers).status_code, 403)
        self.assertEqual(self.marks(), [])

    def test_thanks_are_a_plain_form_that_leads_back(self):
        self.assertContains(self.client.get(self.path), f'<form method="post" action="{self.path}useful/">')
        headers = {"Origin": "http://testserver", "User-Agent": BROWSER}  # an old browser says no more
        response = self.client.post(f"/en{self.path}useful/", {"x": "1"}, headers=headers)
        self.assertRedirects(response, f"/en{self.path}#thanks", fetch_redirect_response=False)
        self.assertEqual(self.marks(), ["useful"])

    def test_what_readers_cannot_read_is_not_counted_and_its_numbers_are_not_found(self):
        gone = make.withdrawn(make.article("撤下的一篇", published=True))
        for pk in (make.article("草稿").pk, gone.pk, 999_999):
            with self.subTest(pk=pk):
                self.assertEqual(self.tell(path=f"/articles/{pk}/").status_code, 204)
                self.assertEqual(self.client.get(f"/articles/{pk}/counts/").status_code, 404)
        self.assertEqual(self.marks(), [])

    def test_it_takes_no_other_method(self):
        for what in ("read", "useful"):
            self.assertEqual(self.client.get(f"{self.path}{what}/").status_code, 405)
        self.assertEqual(Client(enforce_csrf_checks=True).post(f"{self.path}counts/").status_code, 405)

    def test_one_address_counts_for_so_much_an_hour_and_no_more(self):
        for number in range(counting.OVERDUE // 3 + 10):
            self.tell(**{"User-Agent": f"{BROWSER} {number}"})
        counted = Tally.objects.aggregate(reads=Sum("reads"))["reads"] or 0
        self.assertEqual(len(self.marks()) + counted, 300)

    def test_what_is_remembered_of_readers_names_neither_them_nor_the_article_they_read(self):
        self.tell()
        kept = "".join(cache._cache)
        self.assertNotIn("127.0.0.1", kept)
        self.assertNotIn("Mozilla", kept)


class NumberTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [make.article(f"第{number}篇", published=True) for number in range(3)]
        for number, article in enumerate(cls.articles):
            Tally.objects.create(article=article, reads=number + 90, useful=4, recent=number)
        cls.draft = make.article("暗号草稿")
        Tally.objects.create(article=cls.draft, reads=9, recent=9)

    def test_the_numbers_are_asked_for_and_stand_in_no_page_that_is_kept(self):
        article = self.articles[2]
        response = self.client.get(f"{article.get_absolute_url()}counts/")
        self.assertEqual(response.json(), {"reads": 92, "useful": 4})
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=60")
        page = self.client.get(article.get_absolute_url())
        Tally.objects.update(reads=77_123)
        self.assertEqual(self.client.get(article.get_absolute_url()).content, page.content)

    def test_an_article_nobody_read_says_nought(self):
        article = make.article("新的一篇", published=True)
        self.assertEqual(self.client.get(f"{article.get_absolute_url()}counts/").json(), {"reads": 0, "useful": 0})

    def test_hot_ones_stand_first_those_unread_not_at_all_and_no_draft(self):
        for path, name in (("/hot/", "tallies"), ("/", "hot")):
            response = self.client.get(path)
            with self.subTest(path=path):
                self.assertEqual([one.article.title for one in response.context[name]], ["第2篇", "第1篇"])
                self.assertNotContains(response, "暗号")

    def test_the_list_asks_no_more_when_it_is_longer(self):
        self.client.get("/hot/")
        with self.assertNumQueries(1):
            self.client.get("/hot/")
        for number in range(60):
            Tally.objects.create(article=make.article(f"再{number}", published=True), recent=1)
        with self.assertNumQueries(1):
            response = self.client.get("/hot/")
        self.assertEqual(len(response.context["tallies"]), 50)

    def test_an_empty_list_leads_on(self):
        Tally.objects.all().delete()
        self.assertContains(self.client.get("/hot/"), 'href="/articles/"')
        self.assertNotContains(self.client.get("/"), 'id="hot"')
