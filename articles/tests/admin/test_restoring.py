"""The restoration desk: the copy beside the text; each decision asks for version, right and finding."""

import tempfile

from django.contrib.messages import get_messages
from django.test import TestCase, override_settings
from django.urls import reverse

from articles.actions import capturing, restoring, storing
from articles.actions.capturing import Page
from articles.models import Article, Finding
from articles.tests import make
from articles.tests.admin.people import browser_of, person

PAGE = """村务公开第三年的账目

青禾日报 2021-03-05

村里的发(fā)展靠账目,每月贴一次,发(fā)展也靠联(lián)系。看不懂的地方,会计当场解释,解释不清的记下来,下个月再答复。
有人说,这是小事。可是小事做了三年,就成了规矩,谁也改不回去。外村的人来学,学回去的是一面墙。
第二年起,账目贴到了村口,也是创(chuàng)新,字写得大,老人也看得清。贴账的那一天,会计坐在墙下,一笔一笔地解释。
"""
BODY = "村里的账目,每月贴一次,大家都来看。\n有人说,這是小事。***可是小事做了三年。"
State = Finding.State


def address_of(article: Article) -> str:
    return reverse("admin:articles_article_restore", args=[article.pk])


class DeskCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.article = make.article(body=BODY, script="hans")
        restoring.look_again(cls.article, version=cls.article.version, by=None)

    def setUp(self):
        self.client = browser_of(self.editor)
        self.article = Article.objects.get(pk=self.article.pk)
        self.address = address_of(self.article)

    def decide(self, do, finding=None, **said):
        article = Article.objects.get(pk=self.article.pk)
        data = {"do": do, "version": article.version, "finding": getattr(finding, "pk", finding), **said}
        return self.client.post(self.address, {name: value for name, value in data.items() if value is not None})

    def finding(self, code="punctuation_width", state=State.OPEN):
        return make.edition(self.article).findings.filter(code=code, state=state).first()

    def body(self):
        return make.edition(self.article).body_text


class LookTests(DeskCase):
    def test_it_shows_each_finding_with_its_words_and_buttons(self):
        response = self.client.get(self.address)
        comma = self.finding()
        self.assertContains(response, f'id="f{comma.pk}"')
        self.assertContains(response, f'data-finding="{comma.pk}"')
        self.assertContains(response, 'value="accept_confident"')

    def test_without_a_copy_it_says_so_and_shows_the_text_alone(self):
        response = self.client.get(self.address)
        self.assertContains(response, "errornote")
        self.assertContains(response, "大家都来看。")

    def test_it_narrows_the_list_by_class_and_state(self):
        masked, comma = self.finding("masked_text"), self.finding()
        response = self.client.get(f"{self.address}?class=masked_text")
        self.assertContains(response, f'id="f{masked.pk}"')
        self.assertNotContains(response, f'id="f{comma.pk}"')
        self.assertNotContains(self.client.get(f"{self.address}?state=dismissed"), 'class="finding"')

    def test_addresses_that_nobody_wrote_are_not_found(self):
        for query in ("state=x", "witness=0", "witness=999999999", "witness=x", "state=%00"):
            with self.subTest(query=query):
                self.assertEqual(self.client.get(f"{self.address}?{query}").status_code, 404)
        self.assertEqual(self.client.get(f"{self.address}?page=x&class=%00").status_code, 200)

    def test_thousands_of_findings_come_a_page_at_a_time_in_a_few_questions(self):
        article = make.article("一百处", "账,目,贴,在,墙,上,大,家,都,来,看。" * 60)
        restoring.look_again(article, version=article.version, by=None)
        count = make.edition(article).findings.count()
        self.assertGreater(count, 500)
        for address in (self.address, address_of(article)):
            with self.assertNumQueries(8):
                response = self.client.get(address)
        self.assertEqual(response.content.decode().count('class="finding"'), 100)
        self.assertContains(response, "page=2")

    def test_who_may_not_change_the_article_reads_it_without_buttons(self):
        client = browser_of(person("contributor", "contributor"))
        response = client.get(self.address)
        self.assertContains(response, 'class="finding"')
        self.assertNotContains(response, 'name="do"')


class CopyTests(DeskCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        media = override_settings(MEDIA_ROOT=folder.name)
        media.enable()
        self.addCleanup(media.disable)

    def test_what_cleaning_took_out_is_shown_where_it_stood(self):
        article = capturing.take_in(Page(PAGE.encode(), name="三年.txt")).article
        self.assertTrue(article.current.findings.repairs().exists())
        response = self.client.get(address_of(article))
        self.assertContains(response, "(fā)")
        self.assertNotContains(response, "errornote")
        self.assertNotIn("fā", article.current.body_text)

    def test_a_second_copy_is_chosen_by_its_address(self):
        article = capturing.take_in(Page(PAGE.encode(), name="三年.txt")).article
        other = PAGE.replace("一面墙", "一堵墙").encode()
        witness = make.witness(article, capture=storing.store(other, media_type="text/plain"), title_there="另一份")
        response = self.client.get(f"{address_of(article)}?witness={witness.pk}")
        self.assertContains(response, "堵")
        self.assertContains(response, "另一份")

    def test_a_capture_that_is_gone_or_unreadable_is_named(self):
        capture = storing.store(b"\x00\x01\x02" * 50, media_type="text/plain")
        make.witness(self.article, capture=capture)
        self.assertContains(self.client.get(self.address), "errornote")
        with override_settings(MEDIA_ROOT="/nowhere"):
            self.assertContains(self.client.get(self.address), "errornote")


class DecideTests(DeskCase):
    def test_accepting_leads_to_the_next_finding(self):
        first, second = make.edition(self.article).findings.filter(code="punctuation_width")[:2]
        response = self.decide("accept", first)
        self.assertRedirects(response, f"{self.address}#f{second.pk}", fetch_redirect_response=False)
        self.assertIn("账目，每月贴一次,", self.body())

    def test_a_class_and_all_that_is_sure_are_accepted_at_once(self):
        self.decide("accept_class", **{"class": "punctuation_width"})
        self.assertNotIn(",", self.body())
        self.decide("accept_confident")
        self.assertNotIn("這", self.body())

    def test_a_class_is_dismissed_at_once_with_a_reason_and_the_others_wait(self):
        self.assertEqual(self.decide("dismiss_class", **{"class": "punctuation_width"}).status_code, 302)
        findings = make.edition(self.article).findings
        self.assertTrue(findings.open().filter(code="punctuation_width"))
        response = self.client.post(
            f"{self.address}?class=punctuation_width",
            {
                "do": "dismiss_class",
                "class": "punctuation_width",
                "reason": "alarm",
                "version": Article.objects.get().version,
            },
        )
        self.assertRedirects(response, f"{self.address}#content-start", fetch_redirect_response=False)
        self.assertFalse(findings.open().filter(code="punctuation_width"))
        self.assertTrue(findings.open())
        self.assertIn(",", self.body())

    def test_a_repair_is_taken_back(self):
        comma = self.finding()
        self.decide("accept", comma)
        self.decide("take_back", comma)
        self.assertEqual(self.body(), BODY)

    def test_dismissing_wants_a_reason(self):
        masked = self.finding("masked_text")
        response = self.decide("dismiss", masked)
        self.assertEqual(len(list(get_messages(response.wsgi_request))), 1)
        for said in ({"remark": "多" * 301}, {"remark": "\x00"}):
            self.decide("dismiss", masked, **said)
            masked.refresh_from_db()
            self.assertEqual(masked.state, State.OPEN)
        self.decide("dismiss", masked, reason="printed", remark="见青禾日报。")
        masked.refresh_from_db()
        self.assertEqual((masked.state, masked.decided_by), (State.DISMISSED, self.editor))
        self.assertTrue(masked.remark.endswith("见青禾日报。"))
        self.decide("reopen", masked)
        masked.refresh_from_db()
        self.assertEqual(masked.state, State.OPEN)

    def test_what_has_no_suggestion_is_not_accepted_in_silence(self):
        response = self.decide("accept", self.finding("masked_text"))
        self.assertEqual(len(list(get_messages(response.wsgi_request))), 1)
        self.assertEqual(self.body(), BODY)

    def test_an_editor_says_what_was_masked_and_can_take_it_back(self):
        masked = self.finding("masked_text")
        self.assertContains(self.client.get(self.address), 'name="words"')
        self.decide("write", masked, words="大家都说好。")
        self.assertIn("小事。大家都说好。可是小事做了三年。", self.body())
        repair = Finding.objects.get(pk=masked.pk)
        self.assertEqual((repair.state, repair.found, repair.suggestion), ("accepted", "***", "大家都说好。"))
        self.assertEqual(repair.decided_by, self.editor)
        self.decide("take_back", repair)
        self.assertEqual(self.body(), BODY)

    def test_words_of_an_editor_are_one_line_and_go_where_words_are_missing(self):
        for words in ("", "   ", "长" * 201, "一行\n两行", "\x00"):
            with self.subTest(words=words[:5]):
                self.decide("write", self.finding("masked_text"), words=words)
                self.assertEqual(self.body(), BODY)
        remark = make.finding(self.article, "truncated", end=3, suggestion=None, severity="error")
        self.decide("write", remark, words="别的话")
        self.assertEqual(self.body(), BODY)

    def test_words_that_came_second_stand_on_the_page(self):
        response = self.decide("write", self.finding("masked_text"), version=99, words="大家都说好。")
        self.assertContains(response, "大家都说好。", status_code=409)

    def test_who_comes_second_is_told_and_nothing_is_done(self):
        masked = self.finding("masked_text")
        for version in (self.article.version - 1, self.article.version + 1, "x", "", "9" * 40):
            with self.subTest(version=version):
                response = self.decide("dismiss", masked, version=version, remark="原文如此")
                self.assertContains(response, "原文如此", status_code=409)
        masked.refresh_from_db()
        self.assertEqual(masked.state, State.OPEN)

    def test_findings_that_are_none_of_this_article_are_not_found(self):
        other = make.finding(make.article("另一篇"), found="议", exact="议", suggestion="会")
        for key in (other.pk, 0, "9" * 40, "x", "-1", ""):
            for do in ("accept", "dismiss", "take_back", "reopen"):
                with self.subTest(key=key, do=do):
                    self.assertEqual(self.decide(do, key, remark="原文如此").status_code, 404)
        self.assertEqual(self.decide("accept").status_code, 404)

    def test_words_that_are_no_decision_are_refused(self):
        comma = self.finding()
        self.assertEqual(self.decide("x", comma).status_code, 400)
        self.assertEqual(self.decide("dismiss", comma, reason="x").status_code, 400)
        self.assertEqual(self.decide("accept_class", **{"class": "no such class"}).status_code, 302)
        self.assertEqual(self.body(), BODY)

    def test_a_contributor_decides_on_own_drafts_only(self):
        contributor = person("contributor", "contributor")
        self.client = browser_of(contributor)
        self.assertEqual(self.decide("accept", self.finding()).status_code, 403)
        self.article.working.made_by = contributor
        self.article.working.save()
        self.assertEqual(self.decide("accept", self.finding()).status_code, 302)

    def test_looking_again_finds_what_came_in(self):
        make.edition(self.article).findings.all().delete()
        self.decide("look_again")
        self.assertIsNotNone(self.finding())

    def test_the_form_leads_to_the_desk(self):
        form = reverse("admin:articles_article_change", args=[self.article.pk])
        self.assertContains(self.client.get(form), f'href="{self.address}?class=punctuation_width"')
