"""Arranging in a real browser: by mouse, by keyboard, and with no script at all."""

from django.contrib.auth.models import User

from articles.models import Excerpt, Tag, Theme
from articles.tests import make
from articles.tests.browser.chromium import BrowserTestCase


class ArrangingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.theme = make.theme("预算公开")
        self.articles = [make.article(title, theme=self.theme) for title in ("甲文", "乙文", "丙文")]
        self.sign_in(User.objects.create_superuser("editor"))

    def shown(self):
        return self.page.locator(".places .what > a").all_inner_texts()

    def stored(self):
        return list(self.theme.placements.values_list("article__title", flat=True))

    def save(self):
        self.page.locator("[name=save]").click()
        self.page.wait_for_load_state()

    def test_an_order_is_made_by_keyboard_and_by_dragging(self):
        self.go(f"/admin/articles/theme/{self.theme.pk}/arrange/")
        self.page.locator("button[value^='up:']").nth(2).focus()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")
        self.assertEqual(self.shown(), ["丙文", "甲文", "乙文"])
        self.page.locator(".handle").nth(2).drag_to(
            self.page.locator(".places li").nth(0), target_position={"x": 9, "y": 2}
        )
        self.assertEqual(self.shown(), ["乙文", "丙文", "甲文"])
        self.assertEqual(self.stored(), ["甲文", "乙文", "丙文"])
        self.save()
        self.assertEqual(self.stored(), ["乙文", "丙文", "甲文"])
        self.assert_quiet()

    def test_a_theme_is_added_in_a_small_window_and_stands_chosen(self):
        self.go(f"/admin/articles/article/{self.articles[0].pk}/arrange/")
        with self.page.expect_popup() as opened:
            self.page.locator("a[data-adds='id_place-theme']").click()
        small = opened.value
        small.locator("[name=name]").fill("账目公开")
        with small.expect_event("close"):
            small.locator("[name=_save]").click()
        self.page.locator("#select2-id_place-theme-container", has_text="账目公开").wait_for()
        self.page.locator("button[value=place]").click()
        self.page.wait_for_load_state()
        self.assertEqual(Theme.objects.get(name="账目公开").placements.get().article, self.articles[0])
        self.assert_quiet()

    def test_a_passage_is_taken_by_selecting_it(self):
        self.go(f"/admin/articles/article/{self.articles[0].pk}/arrange/")
        self.page.evaluate(
            """() => {
                const words = document.querySelector("[data-block='0']").firstChild;
                window.getSelection().setBaseAndExtent(words, 11, words, 19);
            }"""
        )
        self.page.wait_for_function("document.querySelector('form.excerpt').elements.passage.value")
        self.page.locator("form.excerpt .select2-selection").click()
        self.page.keyboard.type("ysgk")
        self.page.locator(".select2-results__option--highlighted", has_text="预算公开").wait_for()
        self.page.keyboard.press("Enter")
        self.page.locator("button[value=take]").click()
        self.page.wait_for_load_state()
        self.assertEqual(self.page.locator("mark").all_inner_texts(), ["每一笔都写明用处"])
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.start, excerpt.exact, excerpt.theme), (11, "每一笔都写明用处", self.theme))
        self.assert_quiet()

    def test_tags_are_suggested_while_they_are_typed(self):
        for name in ("村务公开", "村务监督"):
            Tag.objects.create(name=name)
        self.go(f"/admin/articles/article/{self.articles[0].pk}/arrange/")
        field = self.page.get_by_role("combobox", name="标签")
        field.press_sequentially("预算，cwg")
        self.page.get_by_role("option").first.wait_for()
        field.press("ArrowDown")
        field.press("Enter")
        self.assertEqual(field.input_value(), "预算，村务公开，")
        self.page.locator("button[value=tag]").click()
        self.page.wait_for_load_state()
        self.assertEqual(set(self.articles[0].tags.names()), {"预算", "村务公开"})
        self.assert_quiet()

    def test_all_of_it_works_without_script(self):
        context = self.browser.new_context(java_script_enabled=False)
        self.addCleanup(context.close)
        context.add_cookies(self.context.cookies())
        self.page = context.new_page()
        self.go(f"/admin/articles/theme/{self.theme.pk}/arrange/")
        self.page.locator("button[value^='first:']").nth(2).click()
        self.page.locator("input[name^='reason-']").first.fill("先读这一篇")
        self.save()
        self.assertEqual(self.stored(), ["丙文", "甲文", "乙文"])
        self.assertEqual(Theme.objects.get().placements.first().reason, "先读这一篇")
        self.go(f"/admin/articles/article/{self.articles[0].pk}/arrange/")
        self.page.locator("a.number").nth(1).click()
        self.assertIn("有不清楚的地方", self.page.locator("[name=passage]").input_value())
