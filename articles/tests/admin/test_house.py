"""The rules of the house: superusers set them, everybody keeps them."""

from django.test import TestCase
from django.urls import reverse

from articles.actions import editing
from articles.models import Article, HouseRules
from articles.tests.admin.people import browser_of, person

LIST = reverse("admin:articles_houserules_changelist")
FORM = reverse("admin:articles_houserules_change", args=[HouseRules.ONLY])


class HouseRulesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.head = person("head", is_superuser=True)
        cls.publisher, cls.other = person("publisher", "publisher"), person("other", "publisher")

    def setUp(self):
        self.client = browser_of(self.head)

    def switch_on(self):
        self.assertRedirects(self.client.get(LIST), FORM)
        version = HouseRules.current().version
        return self.client.post(FORM, {"needs_other_reviewer": "on", "version": version})

    def test_the_list_leads_to_the_one_row_and_the_first_page_to_the_list(self):
        self.assertContains(self.client.get(reverse("admin:index")), LIST)
        self.assertNotContains(browser_of(self.publisher).get(reverse("admin:index")), LIST)

    def test_it_is_switched_on_and_kept(self):
        self.switch_on()
        self.assertTrue(HouseRules.current().needs_other_reviewer)
        article = editing.start(by=self.publisher, title="自己写的一篇", body_html="<p>自己写，自己发。</p>")
        address = reverse("admin:articles_article_publish", args=[article.pk])
        data = {f"version-{article.pk}": article.version}
        response = browser_of(self.publisher).post(address, data)
        self.assertTrue(response.context["form"].non_field_errors())
        self.assertEqual(Article.objects.get().status, "draft")
        browser_of(self.other).post(address, data)
        self.assertEqual(Article.objects.get().status, "published")

    def test_the_second_of_two_superusers_is_told(self):
        HouseRules.current()
        self.switch_on()
        response = self.client.post(FORM, {"version": 1})
        self.assertEqual(response.status_code, 409)
        self.assertTrue(HouseRules.current().needs_other_reviewer)

    def test_there_is_no_second_row_and_no_way_to_lose_the_first(self):
        HouseRules.current()
        for name, keys in (("add", []), ("delete", [HouseRules.ONLY])):
            with self.subTest(name=name):
                self.assertEqual(
                    self.client.post(reverse(f"admin:articles_houserules_{name}", args=keys)).status_code, 403
                )
