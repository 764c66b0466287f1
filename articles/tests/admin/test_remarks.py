"""Before something is done to many, each article says what speaks against it."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from articles.actions import deeds
from articles.admin.readiness import lacks
from articles.models import Article
from articles.tests import make
from articles.tests.admin.people import browser_of, person

LONG = "议事会把预算贴在村口，每一笔都写明用处，有不清楚的地方当场就可以问，问过的人第二天还能再问。"


class RemarkCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publisher = person("publisher", "publisher")

    def setUp(self):
        self.client = browser_of(self.publisher)

    def preview(self, kind, **said):
        deed = deeds.begin(kind, Article.objects.all(), said, by=self.publisher)
        return self.client.get(reverse("admin:articles_article_deed", args=[deed.pk]))


class LackTests(RemarkCase):
    def test_a_long_paragraph_and_a_long_text_without_headings_are_named(self):
        def told(body):
            return [lack.text for lack in lacks(make.article(body=body)) if "characters" in lack.text]

        self.enterContext(translation.override("en"))
        self.assertEqual(told(LONG), [])
        self.assertEqual(told(LONG * 14), ["1 paragraph has more than 600 characters."])
        whole = "\n".join([LONG * 10] * 6)
        self.assertEqual(told(whole), ["It has more than 2500 characters and no heading."])
        self.assertEqual(told(f"<h2>第一年</h2>{make.html_of(whole)}"), [])

    def test_publishing_many_says_what_each_lacks(self):
        bare, full = make.article("光秃秃的"), make.article("有作者的", authors=("温小舟",))
        make.finding(bare, severity="error")
        self.client.cookies["django_language"] = "en"
        for response in (self.preview("publish", reason=""), self.publish_selected(bare, full)):
            self.assertContains(response, "1 open findings say that something is wrong.", count=1)
            self.assertContains(response, "No author is named.", count=1)

    def publish_selected(self, *articles):
        data = {"action": "publish_selected", "_selected_action": [article.pk for article in articles]}
        return self.client.post(reverse("admin:articles_article_changelist"), data)

    def test_it_asks_no_more_for_many_than_for_few(self):
        counts = []
        for size in (2, 18):
            for number in range(size):
                make.article(f"第{size}-{number}篇")
            with CaptureQueriesContext(connection) as asked:
                self.publish_selected(*Article.objects.all())
            counts.append(len(asked))
        self.assertLessEqual(counts[1], counts[0])


class LikenessTests(RemarkCase):
    def test_merging_says_how_unlike_the_texts_are(self):
        self.client.cookies["django_language"] = "en"
        survivor = make.article("留下的", LONG)
        make.article("同样的", LONG.replace("，", ","))
        make.article("短一半的", LONG[:24] + "后来的事情另有记载，谁也没有想到那年会下那么大的雪，路都看不见了。")
        make.article("另一篇", "清溪乡的三次会议都没有开成，第一次定在三月初九上午，那天下了一夜的雨。")
        response = self.preview("join", survivor=survivor.pk, name=survivor.title)
        found = {row.name: [lack.severity for lack in lacks] for row, lacks in response.context["waiting"]}
        self.assertEqual(found, {"同样的": [], "短一半的": ["error"], "另一篇": ["error"]})
        self.assertContains(response, "Another text: it shares only 0 % with the article that stays.")
