"""Letters at the desk: who may do what, one click into the text, and nothing a reader wrote taken for markup."""

from django.contrib.admin.models import LogEntry
from django.test import TestCase
from django.urls import reverse
from lxml import html

from articles.actions import letters
from articles.models import Article, Letter
from articles.tests import make
from articles.tests.admin.people import browser_of, person
from articles.tests.admin.test_hostile import WORDS, dangers

BODY = "清溪乡的三次会议，都没有开成。第一次定在三月初九上午。\n第二次改在晚上七点半，到了十四名代表。"
SAID = {"passage": "三月初九", "suggestion": "三月初十", "remark": "县报写的是初十。", "contact": "reader@example.cn"}
# Each a way in which words have become markup somewhere.
FAMILIES = (
    WORDS,
    "<svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "<a href=\"javascript:alert(1)\" onclick='alert(1)'>x</a>",
    "{{ 7|add:7 }}{% load i18n %}",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<!--><img src=x onerror=alert(1)>-->",
    "\u202e<style>*{x:expression(alert(1))}</style>",
    "' onfocus=alert(1) autofocus='",
)


def address_of(letter, name="change"):
    return reverse(f"admin:articles_letter_{name}", args=[letter.pk])


class LetterCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("三次会议", BODY, published=True)
        cls.letter = make.letter(cls.article, **SAID)
        cls.people = {name: person(name, name) for name in ("contributor", "editor", "publisher")}
        cls.chief = person("chief", is_superuser=True)

    def setUp(self):
        self.client = browser_of(self.people["editor"])

    def fresh(self, row=None):
        row = row or self.letter
        return type(row).objects.get(pk=row.pk)

    def send(self, do, letter=None, client=None, **said):
        letter = letter or self.letter
        article = self.fresh(self.article)
        given = {"do": do, "version": letter.version, "article_version": article.version, "words": "三月初十"}
        return (client or self.client).post(address_of(letter), given | {"answer": "", "reason": ""} | said)


class OneClickTests(LetterCase):
    def test_the_form_as_it_stands_puts_the_correction_into_the_text_and_readers_see_it_once_published(self):
        page = html.document_fromstring(self.client.get(address_of(self.letter)).text)
        (form,) = [form for form in page.forms if "article_version" in form.fields]
        sent = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
        self.assertRedirects(
            self.client.post(address_of(self.letter), sent | {"do": "put_in"}), address_of(self.letter)
        )
        article = self.fresh(self.article)
        self.assertIn("三月初十", article.working.body_html)
        self.assertNotContains(self.client.get(f"/articles/{article.pk}/"), "三月初十")
        make.publish(article, reason="据来信改正。")
        letter = self.fresh()
        self.assertEqual(
            (letter.state, letter.put_into.number, letter.handled_by), ("closed", 2, self.people["editor"])
        )
        response = self.client.get(f"/en/articles/{article.pk}/")
        for words in ("三月初十", letter.ticket, "correction by a reader"):
            self.assertContains(response, words)

    def test_what_was_done_is_logged_with_the_letter_and_with_the_article(self):
        self.send("put_in", answer="谢谢。")
        told = LogEntry.objects.values_list("content_type__model", "object_id", "change_message")
        self.assertEqual(
            {row[:2] for row in told}, {("letter", str(self.letter.pk)), ("article", str(self.article.pk))}
        )
        self.assertTrue(all(self.letter.ticket in message for _table, _key, message in told))

    def test_words_that_are_gone_are_said_and_what_was_typed_stays(self):
        Letter.objects.filter(pk=self.letter.pk).update(exact="没有的话", prefix="", suffix="")
        response = self.send("put_in", words="另写的话")
        self.assertContains(response, "另写的话</textarea>")
        self.assertContains(response, "errornote")
        self.assertEqual(self.fresh().state, "received")

    def test_declining_without_a_reason_is_refused_in_words(self):
        self.assertContains(self.send("decline"), "errornote")
        self.assertEqual(self.send("decline", reason="原报如此。").status_code, 302)
        self.assertEqual((self.fresh().state, self.fresh().reason), ("declined", "原报如此。"))

    def test_it_is_closed_with_an_answer(self):
        self.send("accept")
        self.send("close", letter=self.fresh(), answer="已改。")
        self.assertEqual((self.fresh().state, self.fresh().answer), ("closed", "已改。"))

    def test_what_does_not_go_with_its_state_is_refused_in_words(self):
        self.assertContains(self.send("close"), "errornote")

    def test_whoever_comes_second_sees_where_it_stands_and_has_their_words(self):
        self.send("decline", reason="原报如此。")
        response = self.send("put_in", words="我写的话")
        self.assertContains(response, "我写的话</textarea>", status_code=409)
        self.assertContains(response, "原报如此。", status_code=409)

    def test_an_article_that_changed_since_the_page_was_made_is_not_written_to(self):
        self.assertEqual(self.send("put_in", article_version=0).status_code, 409)
        self.assertIsNone(self.fresh(self.article).working)


class RoleTests(LetterCase):
    def test_contributors_look_and_do_not_decide(self):
        client = browser_of(self.people["contributor"])
        response = client.get(address_of(self.letter))
        self.assertContains(response, "三月初十")
        self.assertNotContains(response, 'name="do"')
        self.assertNotContains(response, "reader@example.cn")
        for do in ("put_in", "accept", "decline", "close"):
            self.assertEqual(self.send(do, client=client, reason="不行").status_code, 403)
        self.assertEqual(self.fresh().version, self.letter.version)

    def test_editors_see_how_to_reach_people(self):
        self.assertContains(self.client.get(address_of(self.letter)), "reader@example.cn")

    def test_only_superusers_delete_and_nobody_writes_one_by_hand(self):
        for user in self.people.values():
            self.assertEqual(browser_of(user).get(address_of(self.letter, "delete")).status_code, 403)
        chief = browser_of(self.chief)
        self.assertEqual(chief.get(reverse("admin:articles_letter_add")).status_code, 403)
        sent = {"post": "yes", "version": self.letter.version}
        self.assertEqual(chief.post(address_of(self.letter, "delete"), sent).status_code, 302)
        self.assertEqual(Letter.objects.count(), 0)

    def test_whoever_writes_to_one_that_is_gone_is_told_so(self):
        Letter.objects.all().delete()
        chief = browser_of(self.chief)
        sent = {"post": "yes", "version": 1}
        self.assertEqual(chief.post(address_of(self.letter, "delete"), sent).status_code, 409)
        self.assertContains(self.send("decline", reason="写好的理由"), "写好的理由", status_code=409)
        self.assertEqual(chief.get(address_of(self.letter)).status_code, 404)

    def test_the_first_page_counts_them_for_those_who_may_answer(self):
        address = reverse("admin:articles_letter_changelist") + "?state__exact=received"
        for name, is_told in (("contributor", False), ("editor", True), ("publisher", True)):
            response = browser_of(self.people[name]).get(reverse("admin:index"))
            with self.subTest(role=name):
                self.assertEqual(address_of(self.letter) in response.text, is_told)
                self.assertEqual(f'<a href="{address}">' in response.text, is_told)


class ListTests(LetterCase):
    def test_what_waits_stands_first_the_oldest_at_the_top(self):
        second = make.letter(self.article, "comment", remark="后来的一封。")
        answered = make.letter(self.article, "comment", outcome="accepted", remark="回过的一封。")
        Letter.objects.filter(pk=answered.pk).update(received_at="2020-01-01T00:00:00Z")
        rows = self.client.get(reverse("admin:articles_letter_changelist")).context["cl"].result_list
        self.assertEqual([row.pk for row in rows], [self.letter.pk, second.pk, answered.pk])

    def test_an_article_leads_to_its_letters_and_they_to_its_desk(self):
        make.letter(make.article("别的一篇", published=True), remark="别的信。")
        address = f"{reverse('admin:articles_letter_changelist')}?article={self.article.pk}"
        for name in ("restore", "change"):
            response = self.client.get(reverse(f"admin:articles_article_{name}", args=[self.article.pk]))
            self.assertContains(response, f'href="{address}"')
        rows = self.client.get(address).context["cl"].result_list
        self.assertEqual([row.pk for row in rows], [self.letter.pk])
        desk = reverse("admin:articles_article_restore", args=[self.article.pk])
        self.assertContains(self.client.get(address_of(self.letter)), desk)

    def test_it_asks_as_much_however_many_there_are(self):
        address = reverse("admin:articles_letter_changelist")
        with self.assertNumQueries(8):
            self.client.get(address)
        for number in range(20):
            make.letter(self.article, "comment", remark=f"第{number}封。")
        with self.assertNumQueries(8):
            self.client.get(address)

    def test_on_a_telephone_one_link_leads_to_its_filters_and_one_back_as_on_the_other_lists(self):
        for name in ("letter", "article", "finding"):
            page = html.document_fromstring(self.client.get(reverse(f"admin:articles_{name}_changelist")).text)
            for link in (".drawer-opener[href='#changelist-filter']", "#changelist-filter .drawer-closer"):
                with self.subTest(list=name, link=link):
                    self.assertEqual(len(page.cssselect(link)), 1)

    def test_a_number_stands_beside_each_way_to_narrow_it(self):
        make.letter(self.article, "comment", remark="一句话。")
        make.letter(self.article, "comment", outcome="declined", remark="另一句话。")
        address = f"{reverse('admin:articles_letter_changelist')}?kind__exact=comment"
        page = html.document_fromstring(self.client.get(address).text)
        counts = {link.text_content().strip(): link.get("href") for link in page.cssselect("#changelist-filter li a")}
        for words in ("待答复 (1)", "未采纳 (1)", "已采纳 (0)", "纠错 (1)", "评论 (2)"):
            self.assertIn(words, counts)


class HostileTests(LetterCase):
    def test_nothing_a_reader_wrote_is_markup_anywhere(self):
        columns = ("passage", "suggestion", "remark", "name", "contact", "words", "answer", "reason")
        comment = make.letter(self.article, "comment", outcome="accepted", remark="一句话。")
        mended = letters.put_in(self.letter, "三月初十", version=1, article_version=self.article.version, by=None)
        make.publish(Article.objects.get(pk=self.article.pk), reason="据来信改正。")
        waiting = make.letter(self.article, passage="十四名", suggestion="十五名")
        pages = [address_of(row) for row in (comment, mended, waiting)]
        pages += [reverse("admin:articles_letter_changelist"), reverse("admin:index")]
        pages += [
            prefix + page for prefix in ("", "/zh-hant", "/en") for page in self.readers(comment, mended, waiting)
        ]
        for family in FAMILIES:
            for name in columns:
                most = Letter._meta.get_field(name).max_length
                Letter.objects.update(**{name: family[:most]})
            for page in pages:
                with self.subTest(family=family[:30], page=page):
                    self.assertEqual(dangers(self.client.get(page).text), [])

    def readers(self, *rows):
        yield from ("/letters/", f"/articles/{self.article.pk}/")
        yield from (row.get_absolute_url() for row in rows)
