"""How the text of an article stands on the page: lines, edges and indents, measured in the browser."""

from articles.tests import make
from articles.tests.browser.chromium import PHONE, BrowserTestCase

SENTENCES = (
    "议事会把这一年的预算贴在村口的墙上，每一笔都写明“用在哪里、由谁经手、什么时候花完”。",
    "第一天没有人看；第三天有人站住了，问：“修路的钱为什么分成两笔？”会计答不上来。",
    "后来大家才知道，公开不是把纸贴出去就完了（纸谁都会贴），而是有人问得出，也有人答得上。",
)
BODY = "".join(f"<p>{''.join(SENTENCES)}{'再看' * extra}。</p>" for extra in range(18))

# Every line of the article's paragraphs as the browser broke it, read off the place of each character.
LINES = """() => [...document.querySelectorAll(".text p")].map((paragraph) => {
  const lines = [];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let top = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (top === null || Math.abs(box.top - top) > 10) {
        lines.push("");
        top = box.top;
      }
      lines[lines.length - 1] += node.data[at];
    }
  }
  return lines;
})"""
NEVER_FIRST, NEVER_LAST = "，。、；：？！）》”", "（《“"


class LineTests(BrowserTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lengths = {320: (14, 18), 390: (18, 22), 768: (34, 38), 1366: (34, 38), 1920: (34, 38)}

    def setUp(self):
        super().setUp()
        self.article = make.article("账本上墙：一年之后", BODY, published=True)

    def paragraphs(self, width, prefix=""):
        self.page.set_viewport_size({"width": width, "height": 800})
        self.go(f"{prefix}/articles/{self.article.pk}/")
        return self.page.evaluate(LINES)

    def test_it_sets_36_characters_a_line_on_a_desk_and_20_on_a_phone(self):
        for width, (least, most) in self.lengths.items():
            lengths = [len(line) for lines in self.paragraphs(width) for line in lines[1:-1]]
            with self.subTest(width=width):
                self.assertGreaterEqual(min(lengths), least)
                self.assertLessEqual(max(lengths), most)

    def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(self):
        for width in self.lengths:
            for lines in self.paragraphs(width):
                with self.subTest(width=width, lines=lines):
                    self.assertFalse([line for line in lines[1:] if line[0] in NEVER_FIRST])
                    self.assertFalse([line for line in lines[:-1] if line[-1] in NEVER_LAST])

    def test_no_paragraph_ends_in_a_line_of_one_character(self):
        for width in self.lengths:
            with self.subTest(width=width):
                self.assertGreaterEqual(min(len(lines[-1]) for lines in self.paragraphs(width)), 2)

    def test_no_page_is_wider_than_a_narrow_phone(self):
        for prefix in ("", "/zh-hant", "/en"):
            for path in (f"/articles/{self.article.pk}/", "/", "/articles/", "/themes/", "/sources/", "/archive/"):
                with self.subTest(path=prefix + path):
                    self.page.set_viewport_size({"width": 320, "height": 800})
                    self.go(prefix + path)
                    self.assertEqual(self.page.evaluate("document.documentElement.scrollWidth"), 320)
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
        self.page.wait_for_function("!document.querySelector('[data-tools]').hidden")
        self.assertEqual(self.page.evaluate("window.moved"), 0)
