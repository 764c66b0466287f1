"""What an editor does to a text that nobody changed: nothing, to the byte, and nothing the content policy forbids."""

from articles.tests.body.specimens import EVERYTHING
from articles.tests.browser.writing import WritingTestCase


class RoundTripTests(WritingTestCase):
    def type_and_delete(self):
        self.text.locator("p").last.click()
        self.page.keyboard.press("End")
        self.page.keyboard.type("字")
        self.page.keyboard.press("Backspace")

    def paste(self, html):
        self.page.evaluate(
            """(html) => {
                const data = new DataTransfer();
                data.setData("text/html", html);
                const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
                document.querySelector(".tiptap").dispatchEvent(event);
            }""",
            html,
        )

    def test_it_keeps_every_element_and_attribute_of_the_schema(self):
        self.open(EVERYTHING)
        self.type_and_delete()
        sent = self.page.locator("textarea[name=body_html]").evaluate("field => field.value")
        self.assertNotEqual(sent, EVERYTHING)
        self.assertEqual(self.save().body_html, EVERYTHING)

    def test_it_keeps_a_text_nobody_touched(self):
        self.open(EVERYTHING)
        self.assertEqual(self.save().body_html, EVERYTHING)

    def test_it_takes_what_is_pasted_from_a_word_processor(self):
        self.open("<p>議事會</p>")
        self.type_and_delete()
        self.page.keyboard.press("Enter")
        self.paste(
            '<h1 style="color:red">預算</h1><p class="MsoNormal" style="margin:0"><b style="x:1">每一筆</b>都寫明<span '
            'style="font-size:9pt">用處</span>。<img src="http://example.org/a.png" style="width:1px"></p>'
        )
        self.assertEqual(
            self.save().body_html, "<p>議事會</p>\n<h2>預算</h2>\n<p><strong>每一筆</strong>都寫明用處。</p>"
        )

    def test_it_would_hear_of_a_breach_of_the_policy(self):
        self.open("<p>議事會</p>")
        self.page.evaluate(
            "document.body.append(document.createElement('style')); document.body.lastChild.append('p{}')"
        )
        self.page.wait_for_function("window.violations.length > 0")

    def test_it_types_a_new_text(self):
        self.open("<p>議事會</p>")
        self.type_and_delete()
        self.page.keyboard.press("Enter")
        self.page.keyboard.type("預算公開")
        self.page.keyboard.press("Shift+Home")
        self.page.locator("button[data-name=bold]").click()
        self.assertEqual(self.save().body_html, "<p>議事會</p>\n<p><strong>預算公開</strong></p>")

    def test_it_names_the_field_for_a_screen_reader(self):
        self.open("<p>議事會</p>")
        label = self.page.locator("label[for=id_body_html]").inner_text()
        self.assertEqual(self.text.get_attribute("aria-label"), label.rstrip(":："))
