"""Publishing and withdrawing: asked first, then done against the version that was seen."""

from datetime import date, datetime, timedelta

from django.contrib.messages import get_messages
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from articles.actions import editing
from articles.admin import moments
from articles.models import Article
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by

LIST = reverse("admin:articles_article_changelist")


def last_sunday_of_next(month):
    """Return the day of the next year on which Europe changes its clocks."""
    end = date(timezone.now().year + 1, month, 31)
    return end - timedelta(days=end.isoweekday() % 7)


class PublicationCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publisher = person("publisher", "publisher")

    def setUp(self):
        self.client = browser_of(self.publisher)

    def ask(self, action, *articles):
        return self.client.post(LIST, {"action": action, "_selected_action": [article.pk for article in articles]})

    def confirm(self, action, *articles, **said):
        """Send what the page that asks would send for these articles, as they were read."""
        versions = {f"version-{article.pk}": article.version for article in articles}
        keys = [article.pk for article in articles]
        data = {"action": action, "_selected_action": keys, "confirmed": "yes", **versions, **said}
        return self.client.post(LIST, data)

    def statuses(self):
        return list(Article.objects.order_by("pk").values_list("status", flat=True))


class PublishTests(PublicationCase):
    def test_it_shows_what_will_happen_and_does_nothing_yet(self):
        articles = [make.article(f"村务公开第{number}期") for number in range(23)]
        response = self.ask("publish_selected", *articles)
        self.assertContains(response, "村务公开第19期")
        self.assertNotContains(response, "村务公开第20期")
        self.assertContains(response, "23")
        self.assertEqual(set(self.statuses()), {"draft"})

    def test_it_says_what_nobody_has_decided_on_yet(self):
        article = make.article()
        self.assertNotContains(self.ask("publish_selected", article), "errornote")
        for severity in ("error", "warning"):
            make.finding(article, severity=severity)
        response = self.ask("publish_selected", article)
        self.assertContains(response, "2 处疑点尚未决定，其中错误 1 处")

    def test_it_publishes_each_and_says_which_it_did_not(self):
        fine, empty, stale = make.article("第一篇"), make.article("空的一篇", "<p></p>"), make.article("第三篇")
        Article.objects.claim(stale.pk, stale.version)
        response = self.confirm("publish_selected", fine, empty, stale)
        self.assertEqual(self.statuses(), ["published", "draft", "draft"])
        told = [str(message) for message in get_messages(response.wsgi_request)]
        self.assertEqual(len(told), 3)
        self.assertIn("空的一篇", told[1])
        self.assertIn("第三篇", told[2])

    def test_it_needs_the_version_that_was_read(self):
        article = make.article()
        self.client.post(LIST, {"action": "publish_selected", "_selected_action": article.pk, "confirmed": "yes"})
        self.assertEqual(self.statuses(), ["draft"])

    def test_it_bears_keys_that_are_none(self):
        for key in ("x", "9" * 40, "-1", ""):
            with self.subTest(key=key):
                data = {"action": "publish_selected", "_selected_action": key, "confirmed": "yes"}
                self.assertIn(self.client.post(LIST, data).status_code, (200, 302, 400))

    def test_the_form_of_an_article_saves_and_then_asks(self):
        article = make.article()
        address = reverse("admin:articles_article_change", args=[article.pk])
        data = sent_by(self.client, article, title="存了再发", _publish="1")
        response = self.client.post(address, data)
        self.assertRedirects(response, reverse("admin:articles_article_publish", args=[article.pk]))
        article.refresh_from_db()
        self.assertEqual((article.title, article.status), ("存了再发", "draft"))
        data = {"confirmed": "yes", f"version-{article.pk}": article.version}
        self.assertRedirects(self.client.post(response.url, data), address)
        self.assertEqual(self.statuses(), ["published"])


class WithdrawTests(PublicationCase):
    def setUp(self):
        super().setUp()
        self.article = make.article(published=True)

    def test_it_withdraws_with_a_reason_and_a_note(self):
        self.confirm("withdraw_selected", self.article, reason="error", note="误发了草稿。")
        self.article.refresh_from_db()
        self.assertEqual((self.article.status, self.article.withdrawal_note), ("withdrawn", "误发了草稿。"))

    def test_it_asks_for_a_reason_and_for_the_article_it_was_merged_into(self):
        for said, field in (
            ({}, "reason"),
            ({"reason": "x"}, "reason"),
            ({"reason": "merged"}, "into"),
            ({"reason": "merged", "into": "9" * 40}, "into"),
            ({"reason": "other"}, "note"),
            ({"reason": "other", "note": " \n"}, "note"),
        ):
            with self.subTest(said=said):
                self.assertIn(field, self.confirm("withdraw_selected", self.article, **said).context["form"].errors)
        self.assertEqual(self.statuses(), ["published"])

    def test_it_names_the_article_it_was_merged_into(self):
        into = make.article("并入的一篇", published=True)
        self.confirm("withdraw_selected", self.article, reason="merged", into=into.pk)
        self.article.refresh_from_db()
        self.assertEqual(self.article.merged_into, into)

    def test_a_draft_is_not_withdrawn(self):
        draft = make.article("草稿一篇")
        self.confirm("withdraw_selected", draft, reason="error")
        self.assertEqual(self.statuses(), ["published", "draft"])


class OneArticleCase(PublicationCase):
    def address(self, name, article):
        return reverse(f"admin:articles_article_{name}", args=[article.pk])

    def take(self, name, article, client=None, **said):
        """Send what the screen of the step sends for the article as it was read."""
        data = {f"version-{article.pk}": article.version, **said}
        return (client or self.client).post(self.address(name, article), data)

    def begun(self):
        """A published article whose second edition waits."""
        article = make.article("已发的一篇", published=True)
        return editing.revise(article, version=article.version, by=self.publisher, title="改过的一篇")


class PublishOneTests(OneArticleCase):
    def test_it_says_what_the_article_lacks(self):
        article = make.article(body='<p>有图。</p><figure><img src="/media/pictures/ab.jpg"></figure>')
        make.finding(article, severity="error")
        lacks = self.client.get(self.address("publish", article)).context["lacks"]
        self.assertEqual([lack.severity for lack in lacks], ["error", "error", "warning", "warning", "warning", "info"])

    def test_the_second_edition_asks_for_a_reason_beside_the_field(self):
        article = self.begun()
        response = self.take("publish", article)
        self.assertIn("reason", response.context["form"].errors)
        self.take("publish", article, reason="题目漏了一个字。")
        self.assertEqual(Article.objects.get().live.reason, "题目漏了一个字。")

    def test_nothing_typed_is_lost_when_it_is_refused(self):
        article = make.article()
        make.finding(article, severity="error")
        article.working.reason = "先前写下的缘由。"
        article.working.save()
        response = self.take("publish", article, reason="先前写下的缘由。")
        self.assertContains(response, "先前写下的缘由。</textarea>")

    def test_who_comes_second_gets_their_words_back(self):
        article = self.begun()
        Article.objects.claim(article.pk, article.version)
        response = self.take("publish", article, reason="写了很久的一段缘由。")
        self.assertContains(response, "写了很久的一段缘由。", status_code=409)

    def test_forged_versions_publish_nothing(self):
        article = make.article()
        for version in ("", "x", "-1", "9" * 40, "1.0"):
            with self.subTest(version=version):
                response = self.client.post(self.address("publish", article), {f"version-{article.pk}": version})
                self.assertEqual(response.status_code, 409)
        self.assertEqual(self.statuses(), ["draft"])

    def test_its_queries_are_few_whatever_is_found(self):
        article = make.article()
        for count in (0, 30):
            for _number in range(count):
                make.finding(article)
            with self.subTest(count=count), self.assertNumQueries(10):
                self.client.get(self.address("publish", article))


class ScheduleTests(OneArticleCase):
    def local(self, **ahead):
        return timezone.localtime(timezone.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")

    def test_it_names_the_zone_beside_the_field(self):
        self.assertContains(self.client.get(self.address("publish", make.article())), "Asia/Shanghai (UTC+8)")

    def test_an_article_waits_for_the_moment_that_was_typed(self):
        article = make.article()
        response = self.take("publish", article, at=self.local(days=2))
        article.refresh_from_db()
        self.assertEqual(
            (article.shown_status, self.local(days=2)),
            ("scheduled", f"{timezone.localtime(article.live_from):%Y-%m-%dT%H:%M}"),
        )
        told = str(next(iter(get_messages(response.wsgi_request))))
        self.assertIn(f"{timezone.localtime(article.live_from):%H:%M} Asia/Shanghai (UTC+8)", told)

    def test_moments_that_are_past_far_off_or_none_are_refused_beside_the_field(self):
        article = make.article()
        wrong = (
            self.local(minutes=-2),
            self.local(days=365 * 7),
            "昨天",
            "2026-13-40T99:99",
            "0001-01-01T00:00",
            "9999-12-31T23:59",
        )
        for at in wrong:
            with self.subTest(at=at):
                self.assertIn("at", self.take("publish", article, at=at).context["form"].errors)
        self.assertEqual(self.statuses(), ["draft"])

    @override_settings(TIME_ZONE="Europe/Berlin")
    def test_a_moment_is_told_with_the_offset_of_its_own_season(self):
        for month, offset in ((1, "+1"), (7, "+2")):
            moment = timezone.make_aware(datetime(timezone.now().year + 1, month, 1, 9))
            with self.subTest(month=month):
                self.assertIn(f"09:00 Europe/Berlin (UTC{offset})", moments.in_words(moment))

    @override_settings(TIME_ZONE="Europe/Berlin")
    def test_beside_the_field_a_zone_with_summer_time_has_no_offset_of_today(self):
        response = self.client.get(self.address("publish", make.article()))
        self.assertContains(response, "Europe/Berlin")
        self.assertNotContains(response, "(UTC+")

    @override_settings(TIME_ZONE="Europe/Berlin")
    def test_an_hour_that_is_skipped_or_comes_twice_is_refused_in_our_own_words(self):
        article = make.article()
        spring, autumn = (last_sunday_of_next(month) for month in (3, 10))
        for day in (spring, autumn):
            with self.subTest(day=day):
                [told] = self.take("publish", article, at=f"{day}T02:30").context["form"].errors["at"]
                self.assertIn("夏令时", told)
        self.assertEqual(self.take("publish", article, at=f"{spring}T03:30").status_code, 302)

    def test_a_new_edition_of_what_readers_see_cannot_wait(self):
        article = self.begun()
        self.assertNotContains(self.client.get(self.address("publish", article)), 'name="at"')
        response = self.take("publish", article, at=self.local(days=1), reason="改题目。")
        self.assertIn("at", response.context["form"].errors)
        self.assertEqual(Article.objects.get().live.number, 1)

    def test_it_is_given_another_moment_and_taken_out(self):
        article = make.article(published=timezone.now() + timedelta(days=1))
        self.take("schedule", article, at=self.local(days=3))
        article.refresh_from_db()
        self.assertGreater(article.live_from, timezone.now() + timedelta(days=2))
        self.take("unschedule", article)
        self.assertEqual(self.statuses(), ["draft"])

    def test_what_has_come_cannot_be_taken_out(self):
        article = make.article(published=timezone.now() + timedelta(days=1))
        Article.objects.update(live_from=timezone.now() - timedelta(minutes=1))
        for name in ("schedule", "unschedule"):
            with self.subTest(name=name):
                self.assertTrue(self.take(name, article).context["form"].non_field_errors())
        self.assertEqual(Article.objects.get().shown_status, "published")

    def test_many_are_scheduled_at_once(self):
        articles = [make.article(f"第{number}篇") for number in range(3)]
        self.confirm("publish_selected", *articles, at=self.local(days=1))
        self.assertEqual(self.statuses(), ["scheduled"] * 3)


class ReviewTests(OneArticleCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.writer = person("writer", "contributor")

    def setUp(self):
        super().setUp()
        self.theirs = browser_of(self.writer)
        self.article = editing.start(by=self.writer, title="村口的公告栏", body_html="<p>谁路过都看得见。</p>")

    def state(self):
        self.article = Article.objects.get(pk=self.article.pk)
        return self.article.working.state

    def test_it_goes_from_the_writer_to_the_publisher_and_back_and_out(self):
        form = self.address("change", self.article)
        self.assertRedirects(self.take("submit", self.article, self.theirs), form)
        self.assertEqual(self.state(), "submitted")
        self.assertNotContains(self.theirs.get(form), 'name="_save"')
        self.assertIn("remark", self.take("return", self.article).context["form"].errors)
        self.take("return", self.article, remark="来源请写明。")
        self.assertEqual(self.state(), "returned")
        self.assertContains(self.theirs.get(form), "来源请写明。")
        self.assertContains(self.theirs.get(form), 'name="_save"')
        self.take("submit", self.article, self.theirs)
        self.state()
        self.take("publish", self.article)
        self.assertEqual(Article.objects.get().status, "published")

    def test_the_writer_takes_it_back_and_nobody_else_does(self):
        self.take("submit", self.article, self.theirs)
        self.state()
        self.assertTrue(self.take("take_back", self.article).context["form"].non_field_errors())
        self.take("take_back", self.article, self.theirs)
        self.assertEqual(self.state(), "working")

    def test_a_contributor_takes_no_step_with_what_others_wrote(self):
        others = make.article("别人的稿")
        for name in (
            "submit",
            "take_back",
            "return",
            "publish",
            "schedule",
            "unschedule",
            "withdraw",
            "discard_edition",
        ):
            with self.subTest(name=name):
                self.assertEqual(self.take(name, others, self.theirs).status_code, 403)

    def test_the_form_offers_the_steps_that_lead_somewhere(self):
        def offered(client):
            return [
                way.address.split("/")[-2]
                for way in client.get(self.address("change", self.article)).context["standing"].ways
            ]

        self.assertEqual((offered(self.theirs), offered(self.client)), (["submit"], ["submit", "publish"]))
        self.take("submit", self.article, self.theirs)
        self.assertEqual((offered(self.theirs), offered(self.client)), (["take-back"], ["publish", "return"]))
        self.state()
        self.take("publish", self.article)
        self.assertEqual((offered(self.theirs), offered(self.client)), ([], ["withdraw"]))

    def test_a_step_is_written_into_the_history(self):
        self.take("submit", self.article, self.theirs)
        self.assertContains(self.client.get(self.address("history", self.article)), "writer")


class WithdrawnPageTests(OneArticleCase):
    def test_its_address_says_why_and_never_what_it_said(self):
        article = make.article("撤下的一篇", "这些话不再给人看。", published=True)
        self.take("withdraw", article, reason="rights", note="作者要求撤下。")
        response = self.client.get(article.get_absolute_url())
        self.assertContains(response, "作者要求撤下。", status_code=410)
        self.assertNotContains(response, "这些话不再给人看", status_code=410)

    def test_it_comes_back_with_a_reason_that_readers_and_editors_see(self):
        article = make.withdrawn(make.article("撤下的一篇", published=True))
        self.assertIn("reason", self.take("publish", article).context["form"].errors)
        self.take("publish", article, reason="作者改变了主意。")
        self.assertContains(self.client.get(article.get_absolute_url()), "作者改变了主意。")
        self.assertContains(self.client.get(self.address("editions", article)), "作者改变了主意。")

    def test_many_come_back_with_a_reason_or_not_at_all(self):
        articles = [make.withdrawn(make.article(f"第{number}篇", published=True)) for number in range(2)]
        make.finding(articles[0], severity="error")
        self.assertContains(self.ask("publish_selected", *articles), "1 处疑点尚未决定，其中错误 1 处")
        self.confirm("publish_selected", *articles)
        self.assertEqual(self.statuses(), ["withdrawn"] * 2)
        self.confirm("publish_selected", *articles, reason="核对过了。")
        self.assertEqual(self.statuses(), ["published"] * 2)
