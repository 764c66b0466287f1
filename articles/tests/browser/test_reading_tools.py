"""The tools of the article page in a browser: sizes, paragraph numbers, listening, sharing, marks, comparison."""

from articles.tests import make
from articles.tests.browser.chromium import DESKTOP, PHONE, BrowserTestCase

BODY = """<h2>一、贴出来</h2><p>议事会把预算贴在村口<sup>[1]</sup>。每一笔都写明用处，谁都可以看！</p>
<p>第一天没有人看；第三天有人站住了。</p><table><tr><td>表里的数</td><td>三</td></tr></table><ul><li>当场就可以问。</li></ul>"""
# Speaks at once and remembers what it was asked to say; a test ends each utterance itself.
VOICES = """
window.spoken = []; window.cancelled = 0; window.voices = %s;
class Utterance { constructor(text) { this.text = text; } }
window.SpeechSynthesisUtterance = Utterance;
const speech = new EventTarget();
speech.getVoices = () => window.voices;
speech.speak = (one) => window.spoken.push(one);
speech.cancel = () => { window.cancelled += 1; };
Object.defineProperty(window, "speechSynthesis", { value: speech });
"""
CHINESE = "[{lang: 'en-US'}, {lang: 'zh_CN', name: 'far'}, {lang: 'zh-CN', name: 'near', localService: true}]"
SAID = "window.spoken.map((one) => one.text)"
END = "window.spoken.at(-1).onend()"


class ToolCase(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make.article("账本上墙", BODY, published=True, notes="注文。")
        self.path = f"/en{self.article.get_absolute_url()}"

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)


class SizeTests(ToolCase):
    def test_four_sizes_are_steps_of_the_readers_own_and_stay(self):
        self.go(self.path)
        sizes = []
        self.button("Smaller text").click()
        for _step in range(4):
            sizes.append(self.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize) / 16"))
            self.button("Larger text").click()
        self.assertEqual(sizes, [0.9, 1, 1.15, 1.3])
        self.go(self.path)
        self.assertIn("size-larger", self.page.locator("html").get_attribute("class"))
        self.assert_quiet()

    def test_a_chosen_look_colours_the_frame_of_the_browser_too(self):
        self.go(self.path)
        self.button("Dark").click()
        media = "[...document.querySelectorAll('meta[name=theme-color]')].map((one) => one.media)"
        self.assertEqual(self.page.evaluate(media), ["not all", "all"])
        self.button("Auto").click()
        self.assertEqual(self.page.evaluate(media), ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"])


class NumberTests(ToolCase):
    def setUp(self):
        super().setUp()
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def test_numbers_come_on_demand_and_are_permanent_addresses(self):
        self.go(self.path)
        self.assertEqual(self.page.locator(".number").count(), 0)
        self.button("Paragraph numbers").click()
        self.assertEqual(self.page.locator(".number").all_inner_texts(), ["1", "2", "3", "6"])
        self.page.get_by_role("link", name="Paragraph 2", exact=True).click()
        address = f"{self.live_server_url}{self.path}editions/1/#p2"
        self.page.wait_for_function("document.querySelector('[data-said]').textContent")
        self.assertEqual(self.page.evaluate("navigator.clipboard.readText()"), address)
        self.assertTrue(self.page.url.endswith(f"{self.path}#p2"))
        self.button("Paragraph numbers").click()
        self.assertFalse(self.page.locator(".number").first.is_visible())
        self.assert_quiet()

    def test_they_stand_in_the_margin_of_a_desk_and_in_the_line_of_a_phone(self):
        for viewport, is_in_margin in ((DESKTOP, True), (PHONE, False)):
            self.page.set_viewport_size(viewport)
            self.go(self.path)
            self.button("Paragraph numbers").click()
            number, text = (self.page.locator(one).bounding_box() for one in ("#p2 .number", ".text"))
            with self.subTest(width=viewport["width"]):
                self.assertEqual(number["x"] + number["width"] <= text["x"], is_in_margin)
                self.assertGreaterEqual(min(number["width"], number["height"]), 24)

    def test_they_are_not_printed(self):
        self.go(self.path)
        self.button("Paragraph numbers").click()
        self.page.emulate_media(media="print")
        self.assertFalse(self.page.locator(".number").first.is_visible())
        self.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        self.assertRegex(self.page.locator(".printed").inner_text(), r"Printed on .*20\d\d")
        self.assertFalse(self.page.locator(".tools").first.is_visible())

    def test_a_paragraph_that_was_named_stands_out_without_script(self):
        context = self.browser.new_context(viewport=PHONE, java_script_enabled=False)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(f"{self.live_server_url}{self.path}#p2")
        self.assertEqual(page.locator(":target").get_attribute("id"), "p2")


class ListenTests(ToolCase):
    def open(self, voices=CHINESE):
        self.page.add_init_script(VOICES % voices)
        self.go(self.path)

    def test_there_is_no_button_without_a_voice_for_the_script(self):
        for voices in ("[]", "[{lang: 'en-US'}, {lang: 'zh-TW'}, {lang: 'zh-HK'}]"):
            self.open(voices)
            with self.subTest(voices=voices):
                self.assertFalse(self.button("Listen").is_visible())
                self.assertEqual(self.page.get_by_role("button", name="Listen").count(), 0)

    def test_a_voice_that_comes_late_brings_the_button_and_moves_nothing(self):
        self.open("[]")
        before = self.page.locator(".text").bounding_box()
        self.page.evaluate(f"window.voices = {CHINESE}; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
        self.assertTrue(self.button("Listen").is_visible())
        self.assertEqual(self.page.locator(".text").bounding_box(), before)

    def test_it_reads_sentence_by_sentence_without_notes_and_tables(self):
        self.open()
        self.button("Listen").click()
        for _sentence in range(6):
            self.page.evaluate(END)
        self.assertEqual(
            self.page.evaluate(SAID),
            [
                "账本上墙",
                "一、贴出来",
                "议事会把预算贴在村口。",
                "每一笔都写明用处，谁都可以看！",
                "第一天没有人看；",
                "第三天有人站住了。",
                "当场就可以问。",
            ],
        )
        self.assertEqual(self.page.evaluate("window.spoken[0].voice.name"), "near")
        self.page.evaluate(END)
        self.assertEqual(self.page.locator(".work [aria-current]").count(), 0)
        self.assertTrue(self.button("Listen").is_visible())
        self.assert_quiet()

    def test_no_utterance_is_longer_than_eighty_characters(self):
        self.path = (
            f"/en{make.article('长句', '预算贴在村口的墙上' * 40 + '，用处' * 40, published=True).get_absolute_url()}"
        )
        self.open()
        self.button("Listen").click()
        for _sentence in range(8):
            self.page.evaluate(END)
        said = self.page.evaluate(SAID)
        self.assertLessEqual(max(map(len, said)), 80)
        self.assertEqual("".join(said[1:]), ("预算贴在村口的墙上" * 40 + "，用处" * 40)[: len("".join(said[1:]))])

    def test_it_pauses_goes_on_turns_and_stops(self):
        self.open()
        self.button("Listen").click()
        self.button("Next paragraph").click()
        self.assertEqual(self.page.locator(".work [aria-current=true]").inner_text(), "一、贴出来")
        self.button("Pause").click()
        said = len(self.page.evaluate(SAID))
        self.page.evaluate(END)
        self.assertEqual(len(self.page.evaluate(SAID)), said)
        self.button("Go on").click()
        self.assertEqual(self.page.evaluate(SAID)[-1], "一、贴出来")
        self.page.get_by_label("Speed").select_option("1.5")
        self.assertEqual(self.page.evaluate("window.spoken.at(-1).rate"), 1.5)
        self.button("Paragraph before").click()
        self.assertEqual(self.page.evaluate(SAID)[-1], "账本上墙")
        self.button("Stop").click()
        self.assertEqual(self.page.locator(".work [aria-current]").count(), 0)
        self.assertFalse(self.button("Stop").is_visible())

    def test_the_page_does_not_scroll_by_itself_for_who_wants_no_motion(self):
        long = make.article("长文", "\n".join("议事会把预算贴在村口。" * 8 for _line in range(40)), published=True)
        self.path = f"/en{long.get_absolute_url()}"
        for motion, moves in (("reduce", False), ("no-preference", True)):
            self.page.emulate_media(reduced_motion=motion)
            self.open()
            self.button("Listen").click()
            for _paragraph in range(12):
                self.button("Next paragraph").evaluate("(button) => button.click()")
            self.page.wait_for_timeout(800)
            with self.subTest(motion=motion):
                self.assertEqual(self.page.evaluate("scrollY") > 100, moves)

    def test_leaving_the_page_ends_it(self):
        self.open()
        self.button("Listen").click()
        cancelled = self.page.evaluate("window.cancelled")
        self.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
        self.assertEqual(self.page.evaluate("window.cancelled"), cancelled + 1)


class ShareTests(ToolCase):
    def test_the_address_is_copied_and_that_is_said(self):
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.go(f"{self.path}?marks=1")
        self.page.get_by_text("Share", exact=True).click()
        self.button("Copy the address").click()
        self.page.wait_for_function("document.querySelector('[role=status]').textContent")
        self.assertEqual(self.page.evaluate("navigator.clipboard.readText()"), f"{self.live_server_url}{self.path}")
        self.assertFalse(self.button("Send it on").is_visible())
        self.assert_quiet()

    def test_where_the_clipboard_is_closed_the_address_is_selected(self):
        self.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        self.go(self.path)
        self.page.get_by_text("Share", exact=True).click()
        self.button("Copy the address").click()
        self.assertEqual(self.page.evaluate("String(getSelection())").strip(), f"{self.live_server_url}{self.path}")

    def test_the_systems_own_way_is_offered_where_there_is_one(self):
        self.page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
        self.go(self.path)
        self.page.get_by_text("Share", exact=True).click()
        self.button("Send it on").click()
        self.assertEqual(
            self.page.evaluate("window.shared"), {"title": "账本上墙", "url": f"{self.live_server_url}{self.path}"}
        )

    def test_the_code_has_a_name_and_white_around_it_in_the_dark_too(self):
        self.page.emulate_media(color_scheme="dark")
        self.go(self.path)
        self.page.get_by_text("Share", exact=True).click()
        code = self.page.get_by_role("img", name=f"{self.live_server_url}{self.path}")
        self.assertTrue(code.is_visible())
        self.assertEqual(code.locator("path").first.get_attribute("fill"), "#fff")
        self.assert_quiet()

    def test_all_of_it_but_the_buttons_is_there_without_script(self):
        context = self.browser.new_context(viewport=PHONE, java_script_enabled=False)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(f"{self.live_server_url}{self.path}")
        page.get_by_text("Share", exact=True).click()
        self.assertTrue(page.locator(".qr svg").is_visible())
        self.assertEqual(page.locator(".work button:visible").count(), 0)


class PathTests(ToolCase):
    def test_a_keyboard_meets_the_tools_in_their_order(self):
        self.page.add_init_script(VOICES % CHINESE)
        self.go(self.path)
        self.page.locator("[data-size]").first.focus()
        met = []
        for _key in range(10):
            met.append(self.page.evaluate("document.activeElement.textContent.trim()"))
            self.page.keyboard.press("Tab")
        looks = ["Auto", "Light", "Dark"]
        sizes = ["A−Smaller text", "AUsual text size", "A+Larger text"]
        self.assertEqual(met[:10], [*sizes, *looks, "Print", "Cite", "Share", "Paragraph numbers"])

    def test_in_another_script_the_reader_goes_on_where_the_page_stood(self):
        long = make.article("长文", "\n".join("议事会把预算贴在村口。" * 8 for _line in range(40)), published=True)
        self.go(f"/en{long.get_absolute_url()}")
        self.page.evaluate("document.getElementById('p20').scrollIntoView()")
        self.page.evaluate("scrollBy(0, 60)")
        link = self.page.locator(".languages a").nth(1)
        link.evaluate("(one) => one.click()")
        self.page.wait_for_url("**/zh-hant/**")
        self.assertTrue(self.page.url.endswith("#p20"))


class AccessTests(ToolCase):
    def setUp(self):
        super().setUp()
        make.finding(
            self.article,
            "ocr_confusion",
            state="accepted",
            block=1,
            start=0,
            end=1,
            exact="议",
            suggestion="议",
            found="仪",
        )
        make.finding(self.article, "doubled_phrase", state="open", block=1, start=5, end=7, exact="算贴", found="算贴")
        make.finding(
            self.article, "page_cut", state="cleaned", block=2, start=3, end=3, exact="", suggestion="", found="1、"
        )
        self.article = make.revised(self.article, BODY.replace("村口", "墙上").replace("第一天没有人看；", ""))

    def test_article_marks_and_comparison_have_no_fault(self):
        for query in ("", "?marks=1", "compare/?left=e1&right=e2&all=1"):
            self.go(f"{self.path}{query}")
            with self.subTest(query=query):
                if self.page.locator(".share").count():
                    self.page.get_by_text("Share", exact=True).click()
                    self.button("Paragraph numbers").click()
                self.assertEqual(self.faults(), [])
        self.assert_quiet()

    def test_two_columns_on_a_desk_are_one_below_the_other_on_a_phone(self):
        for width, are_beside in ((768, True), (390, False)):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.go(f"{self.path}compare/")
            left, right = (self.page.locator(".differs p").nth(number).bounding_box() for number in (0, 1))
            with self.subTest(width=width):
                self.assertEqual(left["y"] == right["y"], are_beside)

    def test_comparing_needs_no_script(self):
        context = self.browser.new_context(viewport=PHONE, java_script_enabled=False)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(f"{self.live_server_url}{self.path}compare/?left=e1&right=e1")
        page.get_by_label("Right").select_option("e2")
        page.get_by_role("button", name="Compare").click()
        self.assertIn("right=e2", page.url)
        self.assertGreater(page.locator(".beside del").count(), 0)
