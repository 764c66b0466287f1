"""Publishing and withdrawing: asked first, then done against the version that was seen."""

from django.contrib.messages import get_messages
from django.test import TestCase
from django.urls import reverse

from articles.models import Article
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by

LIST = reverse("admin:articles_article_changelist")


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
