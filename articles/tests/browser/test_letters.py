"""A stranger finds an article, compares, cites and reports an error, all without script; an editor takes it up."""

from unittest import mock

from django.contrib.auth.models import Group, User
from django.core.cache import cache

from articles.models import Letter
from articles.tests import make
from articles.tests.admin.people import make_groups
from articles.tests.browser.chromium import BrowserTestCase
from articles.views import guarding

BODY = "清溪乡的三次会议，都没有开成。第一次定在三月初九上午。\n第二次改在晚上七点半，到了十四名代表。"


class LetterTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        cache.clear()
        theme = make.theme("议题从哪里来", introduction="谁能把一件事放到桌上。")
        self.article = make.article("三次会议", BODY, published=True, theme=theme, reason="从没有开成的会说起。")
        other = make.article("四次会议", "桥头的会开成了四次，每次都有人记下来。", published=True, theme=theme)
        for article, passage in ((self.article, "都没有开成"), (other, "会开成了四次")):
            make.excerpt(article, theme, passage, aspect="开没开成")
        quick = mock.patch.object(guarding, "QUICKEST", 0)
        quick.start()
        self.addCleanup(quick.stop)

    def without_script(self):
        self.context = self.browser.new_context(java_script_enabled=False)
        self.addCleanup(self.context.close)
        self.page = self.context.new_page()

    def find(self):
        """Come from the first page by the theme, where two articles say what they say side by side."""
        self.go("/")
        self.page.locator("main a[href^='/themes/']").first.click()
        passages = self.page.locator(".excerpts blockquote").all_inner_texts()
        self.assertEqual([passage.strip() for passage in passages], ["都没有开成", "会开成了四次"])
        self.page.locator(f".excerpts a[href^='/articles/{self.article.pk}/']").click()

    def read_in_traditional_and_cite(self):
        self.page.locator("a[hreflang='zh-Hant']").first.click()
        self.assertIn("三次會議", self.page.locator("h1").inner_text())
        self.page.locator(".tools a[href='#citation']").click()
        self.page.locator("a[href$='/cite/']").first.click()
        self.assertIn(f"/articles/{self.article.pk}/editions/1/", self.page.locator("main").inner_text())
        self.page.locator(f".breadcrumb a[href$='/articles/{self.article.pk}/']").click()
        self.page.locator("a[hreflang='zh-Hans']").first.click()

    def report(self):
        """Write a letter from the page of the article, and return its number."""
        self.page.locator("a[data-report]").click()
        self.page.fill("[name=passage]", "三月初九")
        self.page.fill("[name=suggestion]", "三月初十")
        self.page.fill("[name=name]", "示例读者甲")
        self.page.click("form.letter-form button")
        letter = Letter.objects.get()
        self.assertIn(letter.ticket, self.page.locator("main").inner_text())
        return letter

    def test_the_whole_way_of_a_correction(self):
        self.without_script()
        self.find()
        self.read_in_traditional_and_cite()
        letter = self.report()
        editor = User.objects.create_superuser("editor")
        self.open_browser()
        self.sign_in(editor)
        self.go("/admin/")
        self.page.locator(f"a[href$='/letter/{letter.pk}/change/']").click()
        self.page.click("[name=do][value=put_in]")
        self.page.locator(".messagelist .success").wait_for()
        self.go(f"/admin/articles/article/{self.article.pk}/publish/")
        self.page.fill("[name=reason]", "据来信改正。")
        self.page.click(".submit-row [type=submit]")
        self.page.locator(".messagelist .success").wait_for()
        self.assert_quiet()
        self.without_script()
        self.go("/letters/")
        line = self.page.locator(".ledger li").inner_text()
        for words in (letter.ticket, "三月初九", "三月初十", "示例读者甲"):
            self.assertIn(words, line)
        self.go(f"/articles/{self.article.pk}/")
        self.assertIn("三月初十", self.page.locator(".text").inner_text())

    def test_words_that_are_selected_lead_to_the_form_with_them(self):
        self.go(f"/articles/{self.article.pk}/")
        self.page.evaluate("""() => {
            const words = document.querySelector("#p2").firstChild;
            const range = document.createRange();
            range.setStart(words, 13);
            range.setEnd(words, 16);
            document.getSelection().addRange(range);
        }""")
        self.page.locator(".report-here").click()
        self.assertEqual(self.page.locator("[name=passage]").input_value(), BODY.split("\n")[1][13:16])
        self.assertEqual(self.page.locator("[name=start]").input_value(), "13")
        self.assert_quiet()

    def test_its_pages_have_no_fault(self):
        waiting = make.letter(self.article, passage="三月初九", suggestion="三月初十", remark="县报写的是初十。")
        declined = make.letter(self.article, "comment", outcome="declined", remark="一句话。")
        make.letter(self.article, "comment", outcome="accepted", remark="另一句话。" * 30, name="示例读者甲")
        number = self.article.pk
        make_groups()
        User.objects.create_user("editor", is_staff=True).groups.add(Group.objects.get(name="editor"))
        self.sign_in(User.objects.get(username="editor"))
        readers = (f"/articles/{number}/", f"/articles/{number}/report/?block=1", "/letters/", "/letters/?state=closed")
        tickets = (f"{waiting.get_absolute_url()}?sent=1", declined.get_absolute_url())
        desk = [f"/admin/articles/letter/{row.pk}/change/" for row in (waiting, declined)]
        for path in (*readers, *tickets, *desk, "/admin/articles/letter/", "/admin/", f"/en/articles/{number}/report/"):
            self.go(path)
            with self.subTest(path=path):
                self.assertEqual(self.faults(), [])
        self.go(f"/articles/{number}/report/")
        self.page.click("form.letter-form button")
        self.page.locator("[role=alert]").wait_for()
        self.assertEqual(self.faults(), [])
        self.assertEqual(self.article.letters.count(), 3)
