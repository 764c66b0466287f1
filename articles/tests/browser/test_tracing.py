"""An editor traces an article to its first outlet and takes a reading of another copy, in a real browser."""

from django.contrib.auth.models import User
from django.urls import reverse

from articles.actions import capturing
from articles.models import Article, Witness
from articles.tests import make
from articles.tests.browser.chromium import BrowserTestCase

BODY = (
    "清溪乡的三次会议，都没有开成。第一次定在三月初九上午，那天下了一夜的雨。\n"
    "第二次改在晚上七点半，四十三名代表到了十四名，后排听不清。\n"
    "会开成了，道理却不复杂：什么时候来，坐在哪里，为什么事而来。"
)


class TracingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        for name, text in (("网页.txt", BODY.replace("十四名", "十五名")), ("剪报.txt", BODY)):
            page = capturing.Page(f"把会开到田埂上去\n\n{text}\n".encode(), name)
            self.article = capturing.take_in(page).article
        self.paper = make.source("青禾日报", kind="newspaper")
        Witness.objects.update(source=make.source("乡议网", standing="hijacked"), date_there="2021-05-10")
        make.witness(self.article, self.paper, date_there="2021-04-26")
        self.sign_in(User.objects.create_superuser("editor"))

    def open(self, name, query=""):
        self.go(reverse(f"admin:articles_article_{name}", args=[self.article.pk]) + query)

    def faults(self):
        """Look with every fold open."""
        self.page.evaluate("document.querySelectorAll('details').forEach((fold) => fold.open = true)")
        return super().faults()

    def test_the_desk_and_the_collation_have_no_fault(self):
        left, right = self.article.witnesses.filter(capture__isnull=False)
        for name, query in (("trace", ""), ("collate", f"?left={left.pk}&right={right.pk}")):
            self.open(name, query)
            with self.subTest(page=name):
                self.assertEqual(self.faults(), [])

    def test_an_editor_names_the_original_and_where_the_others_came_from(self):
        self.open("trace")
        original = self.article.witnesses.get(source=self.paper)
        reprint = self.article.witnesses.first()
        card = self.page.locator(f"#copy-{reprint.pk}")
        card.locator("summary").last.click()
        card.locator("select[name$=copied_from]").select_option(str(original.pk))
        self.page.locator(f"button[name=original][value='{original.pk}']").click()
        self.page.wait_for_selector(".messagelist .success")
        article = Article.objects.get()
        self.assertEqual((article.tracing, article.working.original_source), ("traced", self.paper))
        self.assertEqual(Witness.objects.get(pk=reprint.pk).copied_from, original)
        self.assertEqual(self.page.locator("svg.chain .way").count(), 1)
        self.assertIn("《青禾日报》", self.page.locator(".descent").inner_text())
        self.assert_quiet()

    def test_the_enter_key_saves_and_judges_nothing(self):
        self.open("trace")
        card = self.page.locator(".copy").first
        card.locator("summary").last.click()
        card.locator("input[name$=title_there]").fill("三次会议")
        card.locator("input[name$=title_there]").press("Enter")
        self.page.wait_for_selector(".messagelist .success")
        self.assertEqual(Witness.objects.first().title_there, "三次会议")
        self.assertEqual(Article.objects.get().tracing, "open")

    def test_a_reading_goes_into_the_text(self):
        sound = self.article.witnesses.get(capture__file_name="剪报.txt")
        self.open("collate", f"?left={sound.pk}&right=text")
        self.page.locator("button[name=take]").click()
        self.page.wait_for_selector(".messagelist .success")
        self.assertIn("到了十四名", make.edition(self.article).body_text)
        self.assertEqual(self.page.locator("button[name=take]").count(), 0)
        self.assert_quiet()
