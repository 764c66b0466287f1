"""The restoration desk by keyboard, and by what axe finds on it."""

from django.contrib.auth.models import User

from articles.actions import restoring
from articles.tests import make
from articles.tests.browser.chromium import BrowserTestCase

BODY = "村里的账目,每月贴一次,大家都来看。\n有人说,這是小事。***可是小事做了三年,就成了规矩。"


class DeskTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make.article(body=BODY, script="hans")
        restoring.look_again(self.article, version=self.article.version, by=None)
        self.sign_in(User.objects.create_superuser("editor"))
        self.go(f"/admin/articles/article/{self.article.pk}/restore/")

    def press(self, key: str):
        self.page.keyboard.press(key)

    def decide_by(self, key: str):
        with self.page.expect_navigation():
            self.press(key)

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.closest('.finding')?.id ?? ''")

    def rows(self) -> list[str]:
        return [f"f{finding.pk}" for finding in make.edition(self.article).findings.open()]

    def test_it_is_worked_by_keyboard_alone(self):
        rows = self.rows()
        self.press("n")
        self.assertEqual(self.focused(), rows[0])
        self.assertEqual(self.page.locator(".pane .current").count(), 2)
        self.press("n")
        self.press("p")
        self.decide_by("a")
        self.assertIn("村里的账目，每月贴一次,", make.edition(self.article).body_text)
        self.assertEqual(self.focused(), rows[1])
        self.press("d")
        self.decide_by("Enter")
        (dismissed,) = make.edition(self.article).findings.filter(state="dismissed")
        self.assertEqual(f"f{dismissed.pk}", rows[1])
        self.assertTrue(dismissed.remark)
        self.assertEqual(self.focused(), rows[2])
        self.assert_quiet()

    def test_keys_are_letters_where_somebody_writes_and_can_be_turned_off(self):
        self.press("n")
        self.press("d")
        self.page.locator(".dismiss[open] input[name=remark]").fill("")
        self.page.keyboard.type("and")
        self.assertEqual(self.page.locator(".dismiss[open] input[name=remark]").input_value(), "and")
        self.press("Shift+Tab")
        self.press("?")
        self.page.locator("#keys-on").uncheck()
        self.page.reload()
        self.press("n")
        self.assertEqual(self.focused(), "")
        self.assert_quiet()

    def test_the_text_comes_to_the_finding_and_the_finding_to_the_text(self):
        last = self.page.locator(".finding").last
        self.page.locator(f".pane [data-finding='{last.get_attribute('id')[1:]}']").last.dispatch_event("click")
        self.assertEqual(self.focused(), last.get_attribute("id"))

    def test_it_has_no_fault_and_fits_a_phone(self):
        found = make.edition(self.article).findings.first()
        restoring.accept(self.article, [found.pk], version=make.edition(self.article).article.version, by=None)
        for query in ("", "?state=all"):
            self.go(f"/admin/articles/article/{self.article.pk}/restore/{query}")
            self.page.locator(".dismiss").first.evaluate("details => { details.open = true }")
            self.assertEqual(self.faults(), [], query)
