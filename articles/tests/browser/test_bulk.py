"""A deed in the browser: it goes on by itself with a script, and by a button without one."""

from django.contrib.auth.models import User

from articles.actions import deeds
from articles.models import Article, Deed
from articles.tests import make
from articles.tests.browser.chromium import PHONE, BrowserTestCase

COUNT = 120
LOG = "/admin/articles/article/deeds/"
BULK = "/admin/articles/article/bulk/"


class BulkTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.sign_in(User.objects.create_superuser("editor"))
        for number in range(COUNT):
            make.article(f"村务公开第{number}期")

    def tagged(self):
        return Article.objects.filter(tags__name="预算").count()

    def look(self, page):
        page.fill("[name=tags]", "预算")
        page.click(".submit-row [type=submit]")
        page.locator(".deed-outlook").wait_for()

    def test_tags_are_added_to_all_the_list_finds_and_taken_back(self):
        self.go("/admin/articles/article/?status__exact=draft")
        self.page.check("#action-toggle")
        self.page.select_option("[name=action]", "selected")
        self.page.click(".actions [type=submit]")
        self.page.locator(".deed-kinds").wait_for()
        self.go(f"{BULK}?status__exact=draft&do=add_tags")
        self.assertEqual(self.faults(), [])
        self.look(self.page)
        self.assertEqual((self.tagged(), self.faults()), (0, []))
        self.page.click("[value=carry_on]")
        self.page.locator("#undo").wait_for()
        self.assertEqual(self.tagged(), COUNT)
        self.assertEqual(self.faults(), [])
        self.page.click("#undo button")
        self.page.locator("[href='?rows=undone']", has_text=str(COUNT)).wait_for()
        self.assertEqual((self.tagged(), Deed.objects.get().state), (0, "undone"))
        self.page.set_viewport_size(PHONE)
        self.go(LOG)
        self.assertEqual(self.page.evaluate("document.documentElement.scrollWidth"), PHONE["width"])
        self.assertEqual(self.faults(), [])
        self.assert_quiet_but_for_axe()

    def test_without_a_script_a_button_does_the_next_batch(self):
        context = self.browser.new_context(java_script_enabled=False, storage_state=self.context.storage_state())
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(f"{self.live_server_url}{BULK}?do=add_tags")
        self.look(page)
        page.click("[value=carry_on]")
        for done in (50, 100, COUNT):
            self.assertEqual(self.tagged(), done)
            if done < COUNT:
                page.click("#going button")
        self.assertTrue(page.locator("#undo").is_visible())

    def test_a_closed_browser_leaves_it_to_be_gone_on_with(self):
        deed = self.begun()
        self.go(LOG)
        self.page.click(f".quiet [href$='/deeds/{deed.pk}/']")
        self.assertEqual(self.tagged(), 50)
        self.page.click("#going button")
        self.page.locator("#undo").wait_for()
        self.assertEqual(self.tagged(), COUNT)

    def begun(self):
        user = User.objects.get()
        deed = deeds.begin("add_tags", Article.objects.all(), {"tags": ["预算"]}, by=user)
        return deeds.carry_on(deed, by=user)

    def assert_quiet_but_for_axe(self):
        """The policy forbids what axe itself writes into a page; nothing else was forbidden."""
        ours = [said for said in self.said if "inline style" not in said and "preload assets" not in said]
        self.assertEqual(ours, [])
