"""Readers write: what is taken in, what is refused in words, and what nobody ever gets to see."""

import time
from datetime import timedelta
from unittest import mock

from django.core.cache import cache
from django.test import Client, SimpleTestCase, TestCase
from django.utils import timezone
from lxml import html

from articles.actions import letters
from articles.forms import tidy
from articles.models import Article, Letter
from articles.tests import make
from articles.views import guarding

BODY = "清溪乡的三次会议，都没有开成。第一次定在三月初九上午。\n第二次改在晚上七点半，到了十四名代表。"
WORDS = {"kind": "correction", "passage": "三月初九", "suggestion": "三月初十", "remark": "县报写的是初十。"}
CONTACT = "canary-reader@example.cn"
MARKUP = '<script>alert(1)</script><img src=x onerror=alert(1)>"\' onmouseover="a'


class LetterCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("三次会议", BODY, published=True)
        cls.address = f"/articles/{cls.article.pk}/report/"

    def setUp(self):
        cache.clear()

    def token(self, age=10, article=None):
        return guarding.token_for(article or self.article.pk, at=time.time() - age)

    def send(self, address="", *, headers=None, age=10, **said):
        token = {"token": self.token(age), "edition": "1"}
        return self.client.post(address or self.address, WORDS | token | said, headers=headers)

    def taken(self, **said):
        response = self.send(**said)
        self.assertEqual(response.status_code, 303)
        return Letter.objects.get(ticket=response["Location"].split("/")[-2])


class FormTests(LetterCase):
    def test_the_article_leads_to_it_at_its_fixed_place(self):
        for prefix in ("", "/zh-hant", "/en"):
            page = html.document_fromstring(self.client.get(f"{prefix}/articles/{self.article.pk}/").text)
            (link,) = page.cssselect(".apparatus > .citation + .letters a[data-report]")
            self.assertEqual(link.get("href"), f"{prefix}{self.address}?edition=1")

    def test_it_says_which_edition_and_paragraph_it_is_about(self):
        response = self.client.get(f"{self.address}?edition=1&block=2&passage=十四名&start=13")
        form = html.document_fromstring(response.text).forms[0]
        self.assertEqual(
            (form.fields["block"], form.fields["start"], form.fields["passage"].strip()), ("2", "13", "十四名")
        )
        self.assertContains(response, "第二次改在晚上七点半")

    def test_it_sets_no_cookie_and_is_kept_by_no_cache(self):
        response = self.client.get(self.address)
        self.assertEqual(response.cookies, {})
        self.assertIn("no-store", response["Cache-Control"])

    def test_whatever_stands_in_its_address_it_opens(self):
        for asked in ("block=²", "block=" + "9" * 5_000, "edition=%00", "passage=%00%ED%A0%80", "start=-1", "kind=x"):
            with self.subTest(asked=asked[:20]):
                self.assertEqual(self.client.get(f"{self.address}?{asked}").status_code, 200)
        self.assertEqual(self.client.get(f"{self.address}?passage={'%E5%AD%97' * 9_000}").status_code, 200)

    def test_it_asks_few_questions(self):
        self.client.get("/")  # which remembers what the site is called
        with self.assertNumQueries(1):
            self.client.get(self.address)


class SendTests(LetterCase):
    def test_it_answers_with_a_number_at_once(self):
        response = self.send(contact=CONTACT)
        letter = Letter.objects.get()
        self.assertRedirects(response, f"/letters/{letter.ticket}/?sent=1", status_code=303)
        self.assertContains(self.client.get(response["Location"]), letter.ticket)
        self.assertEqual((letter.exact, letter.contact, letter.edition), ("三月初九", CONTACT, self.article.live))

    def test_the_number_is_found_however_it_was_written_down(self):
        letter = self.taken()
        self.assertContains(self.client.get(f"/letters/{letter.ticket.lower()}/"), letter.ticket)

    def test_a_comment_has_no_suggestion(self):
        self.assertEqual(self.taken(kind="comment").suggestion, "")

    def test_fifty_copies_are_one_letter(self):
        places = {self.send()["Location"] for _copy in range(50)}
        self.assertEqual((len(places), Letter.objects.count()), (1, 1))

    def test_what_is_missing_is_said_and_nothing_is_lost(self):
        for said in (
            {"suggestion": "", "remark": ""},
            {"passage": ""},
            {"kind": "comment", "remark": ""},
            {"kind": "praise"},
            {"kind": ""},
        ):
            with self.subTest(said=said):
                response = self.send(name="示例读者甲", **said)
                self.assertContains(response, 'role="alert"')
                self.assertContains(response, "示例读者甲")
        self.assertEqual(Letter.objects.count(), 0)

    def test_what_is_too_long_is_said_in_words_and_comes_back_whole(self):
        for field, most in (("passage", 500), ("suggestion", 500), ("remark", 2_000), ("name", 60), ("contact", 200)):
            with self.subTest(field=field):
                long = "字" * (most + 1)
                response = self.send(**{field: long})
                self.assertContains(response, long)
                self.assertContains(response, str(most + 1))
        response = self.send(remark="字" * 34_000)
        self.assertContains(response, "字" * 34_000)
        self.assertEqual(Letter.objects.count(), 0)

    def test_a_form_beyond_any_measure_is_refused_unread(self):
        self.assertEqual(self.send(remark="x" * 600_000).status_code, 400)

    def test_characters_nobody_sees_do_not_come_in(self):
        letter = self.taken(remark="账\x00目\u202e改\u200b过", name="示\x1b例\n读者")
        self.assertEqual((letter.remark, letter.name), ("账目改过", "示例 读者"))

    def test_bytes_that_are_no_text_are_no_fault_of_ours(self):
        token = self.token()
        for sent in (b"kind=comment&remark=%ED%A0%80%FF%00", b"\xff\xfe=&" * 50, b"&".join([b"a="] * 1_500)):
            content = sent + b"&token=" + token.encode()
            response = self.client.post(self.address, content, content_type="application/x-www-form-urlencoded")
            self.assertLess(response.status_code, 500)
        for kind in ("application/json", "multipart/form-data", "text/plain; charset=nonsense"):
            self.assertLess(self.client.generic("POST", self.address, b"[1]", kind).status_code, 500)

    def test_markup_is_kept_as_words_and_shown_as_words(self):
        letter = self.taken(passage="三月初九" + MARKUP, suggestion=MARKUP, remark=MARKUP, name=MARKUP[:60])
        letters.accept(letter, version=letter.version, by=None, answer=MARKUP)
        comment = make.letter(self.article, "comment", outcome="accepted", remark=MARKUP, name=MARKUP[:60])
        for address in (
            "/letters/",
            letter.get_absolute_url(),
            comment.get_absolute_url(),
            f"/articles/{self.article.pk}/",
        ):
            for prefix in ("", "/zh-hant", "/en"):
                response = self.client.get(prefix + address)
                with self.subTest(address=prefix + address):
                    self.assertNotContains(response, "<script>alert")
                    self.assertNotContains(response, "<img src=x")
        self.assertContains(response, "&lt;script&gt;")


class AbuseTests(LetterCase):
    def assert_asked_again(self, response):
        self.assertContains(response, "县报写的是初十。")
        self.assertContains(response, 'role="alert"')
        self.assertEqual(Letter.objects.count(), 0)

    def test_who_fills_in_the_trap_is_asked_again(self):
        response = self.send(website="https://spam.example/")
        self.assert_asked_again(response)
        self.assertNotContains(response, "spam.example")

    def test_who_is_too_quick_is_asked_again_and_need_not_wait_twice(self):
        now = time.time()
        with mock.patch.object(guarding.time, "time", return_value=now):
            self.assert_asked_again(self.send(age=1))
            response = self.send(age=2)
        token = html.document_fromstring(response.text).forms[0].fields["token"]
        with mock.patch.object(guarding.time, "time", return_value=time.time() + 5):
            self.assertEqual(self.send(token=token).status_code, 303)

    def test_a_token_that_is_too_old_or_not_ours_is_asked_for_again(self):
        others = make.article("别的一篇", published=True)
        for token in (self.token(25 * 3600), self.token(article=others.pk), "", "x", "\x00", "字" * 300, "a:b:c"):
            with self.subTest(token=token[:9]):
                self.assert_asked_again(self.send(token=token))

    def test_another_sites_page_sends_nothing(self):
        for headers in (
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://elsewhere.example"},
            {"origin": "null"},
        ):
            with self.subTest(headers=headers):
                self.assertEqual(self.send(headers=headers).status_code, 403)
        for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}):
            self.assertEqual(self.send(headers=headers).status_code, 303)

    def test_a_client_an_article_and_the_site_have_so_many_letters_an_hour(self):
        others = make.article("别的一篇", BODY, published=True)
        for name in ("MOST_OF_CLIENT", "MOST_OF_ARTICLE", "MOST_OF_SITE"):
            cache.clear()
            Letter.objects.all().delete()
            with self.subTest(limit=name), mock.patch.object(guarding, name, 2):
                self.taken(remark="第一封")
                self.taken(remark="第二封")
                response = self.send(remark="第三封")
                self.assertContains(response, "第三封", status_code=429)
                self.assertEqual(self.send(remark="第一封").status_code, 303)
                again = self.send(f"/articles/{others.pk}/report/", token=self.token(article=others.pk))
                self.assertEqual(again.status_code, 303 if name == "MOST_OF_ARTICLE" else 429)

    def test_when_too_many_wait_the_words_come_back(self):
        with mock.patch.object(letters, "MOST_WAITING", 0):
            self.assertContains(self.send(), "县报写的是初十。", status_code=503)

    def test_where_it_came_from_is_stored_nowhere(self):
        self.client = Client(REMOTE_ADDR="127.0.0.77")
        self.taken()
        columns = [str(value) for value in Letter.objects.values().get().values()]
        self.assertFalse([each for each in columns if "127.0.0" in each])
        kept = str(getattr(cache, "_cache", ""))
        self.assertNotIn("127.0.0", kept)

    def test_numbers_of_drafts_and_of_nothing_are_told_apart_by_nothing(self):
        tomorrow = timezone.now() + timedelta(days=1)
        rows = {
            "draft": make.article("草稿"),
            "scheduled": make.article("等着", published=tomorrow),
            "withdrawn": make.withdrawn(make.article("撤下", published=True)),
        }
        nothing = 999_999
        for method in ("get", "post"):
            answers = set()
            for pk in (*(row.pk for row in rows.values()), nothing):
                said = WORDS | {"token": self.token(article=pk)} if method == "post" else {}
                response = getattr(self.client, method)(f"/articles/{pk}/report/", said)
                answers.add((response.status_code, response.text.replace(str(pk), "N")))
            self.assertEqual(len(answers), 1)
            self.assertEqual(answers.pop()[0], 404)
        for forged in ("0", "-1", "9" * 5_000, "²", "1e3"):
            self.assertEqual(self.client.get(f"/articles/{forged}/report/").status_code, 404)
        self.assertEqual(Letter.objects.count(), 0)

    def test_a_forged_edition_is_the_newest(self):
        make.revised(self.article, "全文换过。")
        for number in ("7", "0", "x", "9" * 5_000):
            Letter.objects.all().delete()
            self.assertEqual(self.taken(edition=number).edition.number, 2)
        Letter.objects.all().delete()
        self.assertEqual(self.taken(edition="1").edition.number, 1)


class LedgerTests(LetterCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.draft = make.article("撤下的一篇", BODY, published=True)
        said = {"name": "示例读者甲", "contact": CONTACT}
        cls.waiting = make.letter(cls.article, remark="等着的话", suggestion="等着的字", passage="十四名", **said)
        cls.declined = make.letter(cls.article, "comment", outcome="declined", remark="没有采用的话", **said)
        cls.shown = make.letter(cls.article, "comment", outcome="accepted", remark="登出来的话", **said)
        cls.hidden = make.letter(cls.draft, "comment", outcome="accepted", remark="撤下的话", **said)
        make.withdrawn(cls.draft)
        mended = make.letter(cls.article, passage="三月初九", suggestion="三月初十", **said)
        version = Article.objects.get(pk=cls.article.pk).version
        cls.mended = letters.put_in(mended, "三月初十", version=1, article_version=version, by=None, answer="已改。")

    def publish(self):
        make.publish(Article.objects.get(pk=self.article.pk), reason="据来信改正。")

    def pages(self):
        rows = (self.waiting, self.declined, self.shown, self.hidden, self.mended)
        for prefix in ("", "/zh-hant", "/en"):
            yield from (f"{prefix}/letters/", f"{prefix}/articles/{self.article.pk}/")
            yield from (prefix + row.get_absolute_url() for row in rows)

    def test_nobody_sees_contacts_or_words_that_were_not_taken_up(self):
        self.publish()
        for address in self.pages():
            response = self.client.get(address)
            for canary in (
                CONTACT,
                "等着的话",
                "等着的字",
                "等著的話",
                "没有采用的话",
                "沒有採用的話",
                "撤下的话",
                "撤下的話",
            ):
                with self.subTest(address=address, canary=canary):
                    self.assertNotContains(response, canary)

    def test_it_tells_of_no_article_that_is_not_before_its_readers(self):
        page = self.client.get("/letters/").text
        self.assertNotIn("撤下的一篇", page)
        self.assertNotIn(self.hidden.ticket, page)
        one = self.client.get(self.hidden.get_absolute_url()).text
        self.assertNotIn("撤下的一篇", one)
        self.assertNotIn(f"/articles/{self.draft.pk}/", one)

    def test_what_is_not_published_yet_is_not_told(self):
        for address in ("/letters/", self.mended.get_absolute_url(), f"/articles/{self.article.pk}/"):
            self.assertNotContains(self.client.get(address), "三月初十")
        self.publish()
        for address in ("/letters/", self.mended.get_absolute_url(), f"/articles/{self.article.pk}/"):
            self.assertContains(self.client.get(address), "三月初十")

    def test_a_comment_stands_below_the_article_and_goes_when_it_is_taken_off(self):
        address = f"/articles/{self.article.pk}/"
        self.assertContains(self.client.get(address), "登出来的话")
        shown = Letter.objects.get(pk=self.shown.pk)
        letters.decline(shown, version=shown.version, by=None, reason="与文章无关。")
        self.assertNotContains(self.client.get(address), "登出来的话")

    def test_it_is_narrowed_by_plain_links(self):
        tickets = {row.ticket: row for row in (self.waiting, self.declined, self.shown, self.mended)}
        year = timezone.now().year
        for query, there in (
            ("", set(tickets)),
            ("?state=received", {self.waiting.ticket}),
            ("?state=declined", {self.declined.ticket}),
            ("?kind=comment", {self.declined.ticket, self.shown.ticket}),
            ("?kind=correction&state=accepted", {self.mended.ticket}),
            (f"?year={year}", set(tickets)),
            (f"?article={self.article.pk}", set(tickets)),
            (f"?article={self.draft.pk}", set()),
            ("?article=999999", set()),
        ):
            with self.subTest(query=query):
                page = self.client.get(f"/letters/{query}").text
                self.assertEqual({ticket for ticket in tickets if ticket in page}, there)

    def test_what_is_no_choice_is_not_there(self):
        long = "9" * 5_000
        for query in (
            "state=x",
            "kind=%00",
            "year=1850",
            f"year={long}",
            "article=x",
            f"article={long}",
            "after=x",
            "after=1_%00",
        ):
            with self.subTest(query=query[:20]):
                self.assertEqual(self.client.get(f"/letters/?{query}").status_code, 404)
        for ticket in ("2222-2222", "0000-0000", "x", "²²²²-2222"):
            self.assertEqual(self.client.get(f"/letters/{ticket}/").status_code, 404)

    def test_it_counts_what_came_and_how_long_the_answer_took(self):
        Letter.objects.filter(pk=self.shown.pk).update(days=4)
        Letter.objects.filter(pk=self.declined.pk).update(days=2)
        context = self.client.get("/letters/").context
        self.assertEqual((context["received"], context["answered"], context["median"]), (4, 3, 2))

    def test_it_goes_on_page_by_page_and_keeps_what_it_is_narrowed_by(self):
        edition, now = self.article.live, timezone.now()
        Letter.objects.bulk_create(
            Letter(
                article=self.article,
                edition=edition,
                kind="comment",
                digest=f"{number:064}",
                received_at=now - timedelta(minutes=number),
            )
            for number in range(45)
        )
        address, seen = "/letters/?state=received", []
        for _page in range(4):
            page = html.document_fromstring(self.client.get(address).text)
            seen += [link.text for link in page.cssselect(".ledger .entry > a:first-child")]
            following = page.cssselect("[rel=next]")
            if not following:
                break
            address = f"/letters/{following[0].get('href')}"
        self.assertEqual((len(seen), len(set(seen))), (46, 46))

    def test_an_empty_one_says_how_it_fills(self):
        Letter.objects.all().delete()
        self.assertContains(self.client.get("/en/letters/"), "No letter has come yet")

    def test_its_pages_ask_as_much_however_many_there_are(self):
        self.client.get("/")  # which remembers what the site is called
        for address, most in (("/letters/", 4), (self.shown.get_absolute_url(), 2)):
            with self.subTest(address=address), self.assertNumQueries(most):
                self.client.get(address)


class TidyTests(SimpleTestCase):
    def test_it_leaves_what_people_can_read(self):
        self.assertEqual(tidy("一\u200b行\r\n\r\n\r\n  二 \t行\u202e"), "一行\n二 行")
        self.assertEqual(tidy("一行\n二行", is_line=True), "一行 二行")
        self.assertEqual(tidy("\x00\ud800"), "")
