"""How the text of an article stands on the page: lines, edges and indents, measured in the browser."""

from django.test import SimpleTestCase

from articles.tests import make
from articles.tests.browser import lines
from articles.tests.browser.chromium import PHONE, BrowserTestCase
from articles.tests.every_page import ADDRESSES, library

SENTENCES = (
    "议事会把这一年的预算贴在村口的墙上，每一笔都写明“用在哪里、由谁经手、什么时候花完”。",
    "第一天没有人看；第三天有人站住了，问：“修路的钱为什么分成两笔？”会计答不上来。",
    "后来大家才知道，公开不是把纸贴出去就完了（纸谁都会贴），而是有人问得出，也有人答得上。",
)
QUOTED = "<blockquote><p>每一笔都写明用在哪里、由谁经手。</p><p>——《条例》第三条</p></blockquote>"
BODY = (
    QUOTED
    + "<ul><li>第一件（最急的）。</li></ul>"
    + "".join(f"<p>{''.join(SENTENCES)}{'再看' * extra}。</p>" for extra in range(18))
)


class RuleTests(SimpleTestCase):
    def test_the_rules_for_lines_find_what_breaks_them(self):
        for broken in (["第一行", "，第二行"], ["第一行（", "第二行"], ["第一行", "末"]):
            with self.subTest(lines=broken):
                self.assertEqual(len(list(lines.broken(broken))), 1)
        self.assertEqual(list(lines.broken(["第一行，", "（第二行"])), [])
        self.assertEqual(len(list(lines.uneven(["首", "字" * 33, "字" * 36, "字" * 39, "word" * 2, "末"], 34, 38))), 2)


class LineTests(BrowserTestCase):
    def test_lines_have_the_length_they_should_and_begin_and_end_as_they_may(self):
        article = make.article(
            "账本上墙：一年之后", BODY, abstract="账目怎样贴到墙上，又怎样有人来问。" * 4, published=True
        )
        for prefix in ("", "/zh-hant"):
            for width in lines.WIDTHS:
                self.page.set_viewport_size({"width": width, "height": 800})
                self.go(f"{prefix}{article.get_absolute_url()}")
                with self.subTest(prefix=prefix, width=width):
                    self.assertGreater(len(lines.read(self.page)), 18)
                    self.assertEqual(list(lines.faults(self.page, width)), [])

    def test_no_page_of_any_kind_is_wider_than_its_window(self):
        named = library(3)
        for place, address in enumerate(ADDRESSES):
            self.go(("", "/zh-hant", "/en")[place % 3] + address.format(**named))
            for width in (320, 768, 1920):
                self.page.set_viewport_size({"width": width, "height": 800})
                with self.subTest(address=address, width=width):
                    self.assertEqual(self.page.evaluate("document.documentElement.scrollWidth"), width)
            self.assert_quiet()


class ToolTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.path = make.article("账本上墙", BODY, published=True).get_absolute_url()

    def test_it_remembers_text_size_and_look(self):
        self.go(self.path)
        self.page.get_by_role("button", name="放大字号").click()
        self.page.get_by_role("button", name="深色").click()
        self.go("/")
        self.assertEqual(self.page.locator("html").get_attribute("class"), "scripted size-large look-dark")
        background = self.page.evaluate("getComputedStyle(document.body).backgroundColor")
        self.assertEqual(background, "rgb(23, 24, 26)")
        self.assert_quiet()

    def test_it_is_whole_without_script_and_shows_no_button_that_does_nothing(self):
        context = self.browser.new_context(viewport=PHONE, java_script_enabled=False)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(f"{self.live_server_url}{self.path}")
        self.assertIn("议事会把这一年的预算", page.locator(".text").inner_text())
        self.assertEqual(page.get_by_role("button").count(), page.locator(".useful button").count())

    def test_nothing_moves_while_the_page_loads(self):
        self.page.add_init_script(
            "window.moved = 0; new PerformanceObserver((list) => {"
            " for (const shift of list.getEntries()) window.moved += shift.value;"
            "}).observe({type: 'layout-shift', buffered: true});"
        )
        self.go(self.path)
        self.page.wait_for_function("document.querySelector('[data-print]').hidden === false")
        # a slow machine draws a page while it still comes in, in pieces of any size; less than this nobody sees
        self.assertLess(self.page.evaluate("window.moved"), 0.001)
