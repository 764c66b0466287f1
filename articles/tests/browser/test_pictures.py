"""Pictures in the editor and on the screens for them: uploaded, dropped, described, credited, and open to everyone."""

import tempfile
from base64 import b64encode
from pathlib import Path

from articles.actions import picturing
from articles.models import Picture
from articles.tests import make
from articles.tests.browser.chromium import DESKTOP, PHONE
from articles.tests.browser.writing import WritingTestCase
from articles.tests.intake.test_pictures import picture

DROP = """({type, code}) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], "a", {type}));
    const target = document.querySelector(".tiptap p");
    const {left, top} = target.getBoundingClientRect();
    const where = {clientX: left + 40, clientY: top + 5, bubbles: true, cancelable: true};
    target.dispatchEvent(new DragEvent("drop", {dataTransfer: data, ...where}));
}"""


class PictureCase(WritingTestCase):
    def file(self, **how) -> str:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name, "村口.jpg")
        path.write_bytes(picture(**how))
        return str(path)

    def ask(self):
        """Open the dialog from the menu and return it."""
        self.page.locator("button[data-name=figure]").click()
        return self.dialog()

    def dialog(self):
        dialog = self.page.locator("dialog.prose-editor-dialog[open]")
        dialog.wait_for()
        return dialog


class DialogTests(PictureCase):
    def test_a_picture_is_uploaded_described_credited_and_stored(self):
        self.open("<p>议事会</p>")
        self.text.locator("p").last.click()
        dialog = self.ask()
        dialog.locator("[type=file]").set_input_files(self.file())
        dialog.locator("textarea").fill("村口的公示栏")
        dialog.locator("[type=text]").first.fill("四月的账。")
        dialog.locator("[type=text]").last.fill("示例作者甲摄")
        dialog.locator("[type=submit]").click()
        self.text.locator("figure").wait_for()
        row = Picture.objects.get()
        self.assertEqual((row.credit, row.received_by), ("示例作者甲摄", self.editor))
        self.assertEqual(
            self.save().body_html,
            f'<p>议事会</p>\n<figure>\n<img src="{row.src}" alt="村口的公示栏" width="640" height="480">\n'
            "<figcaption>四月的账。</figcaption>\n</figure>",
        )

    def test_a_picture_is_described_marked_and_taken_out(self):
        row = picturing.choose(picture(), by=self.editor)
        rich = "<figcaption>四月的<em>账</em>。</figcaption>"
        self.open(f'<p>议事会</p><figure><img src="{row.src}">{rich}</figure><p>末段</p>')
        image = self.text.locator("figure img")
        self.assertTrue(self.text.locator("figure.undescribed").get_attribute("data-words"))
        for say, stored in (
            (lambda dialog: dialog.locator("textarea").fill("村口"), ' alt="村口"'),
            (lambda dialog: dialog.locator("[type=checkbox]").check(), ' alt=""'),
            (lambda dialog: (dialog.locator("[type=checkbox]").uncheck(), dialog.locator("textarea").fill("")), ""),
        ):
            image.dblclick()
            dialog = self.dialog()
            say(dialog)
            dialog.locator("[type=submit]").click()
            dialog.wait_for(state="detached")
            with self.subTest(stored=stored):
                self.assertIn(f'<figure>\n<img src="{row.src}"{stored}>\n{rich}\n</figure>', self.save().body_html)
        image.dblclick()
        self.dialog().locator(".prose-editor-dialog-buttons button").last.click()
        image.wait_for(state="detached")
        self.assertEqual(self.save().body_html, "<p>议事会</p>\n<p>末段</p>")

    def test_a_file_that_is_no_picture_is_refused_in_the_dialog(self):
        self.open("<p>议事会</p>")
        dialog = self.ask()
        dialog.locator("[type=submit]").click()
        told = (
            dialog.locator("[role=alert]")
            .filter(has_text="。")
            .or_(dialog.locator("[role=alert]").filter(has_text="."))
        )
        told.wait_for()
        path = self.file()
        Path(path).write_bytes(b"<svg/>")
        dialog.locator("[type=file]").set_input_files(path)
        dialog.locator("[type=submit]").click()
        dialog.locator("[role=alert]").filter(has_text="JPEG").wait_for()
        self.page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
        self.assertFalse(Picture.objects.exists())

    def test_a_picture_that_is_dropped_is_uploaded(self):
        self.open("<p>议事会</p><p>末段</p>")
        self.page.evaluate(DROP, {"type": "image/jpeg", "code": b64encode(picture()).decode()})
        self.text.locator("figure.undescribed").wait_for()
        src = Picture.objects.get().src
        figure = f'<figure>\n<img src="{src}" width="640" height="480">\n</figure>'
        self.assertEqual(self.save().body_html, f"<p>议事会</p>\n{figure}\n<p>末段</p>")


class AccessTests(PictureCase):
    def test_the_editor_its_dialog_and_the_screens_have_no_fault(self):
        row = picturing.choose(picture(1_200, 900), by=self.editor)
        self.open(f'<p>议事会</p><figure><img src="{row.src}"></figure><figure><img src="{row.src}" alt=""></figure>')
        self.assertEqual(self.faults(), [])
        self.page.set_viewport_size(DESKTOP)
        self.ask()
        self.assertEqual(self.faults(), [])
        screens = (f"article/{self.article.pk}/pictures/", "picture/", f"picture/{row.pk}/change/")
        for path in screens:
            self.go(f"/admin/articles/{path}")
            with self.subTest(path=path):
                self.assertEqual(self.faults(), [])


class WithoutScriptTests(PictureCase):
    def test_a_picture_is_uploaded_by_a_plain_form(self):
        self.article = make.article()
        context = self.browser.new_context(java_script_enabled=False)
        self.addCleanup(context.close)
        context.add_cookies(self.context.cookies())
        page = context.new_page()
        page.goto(f"{self.live_server_url}/admin/articles/article/{self.article.pk}/pictures/")
        page.set_input_files("[name=file]", self.file())
        page.fill("#id_upload_alt", "村口的公示栏")
        page.locator("form:has([name=file]) [type=submit]").click()
        page.locator("article.picture").wait_for()
        self.assertIn('alt="村口的公示栏"', make.edition(self.article).body_html)


class ReadingTests(PictureCase):
    def test_a_telephone_loads_a_narrow_copy_and_readers_see_the_credit(self):
        row = picturing.choose(picture(1_600, 1_000), by=self.editor)
        picturing.credit(picturing.Credit(row, "示例作者甲摄", row.version))
        html = (
            f'<figure><img src="{row.src}" alt="井" width="1600" height="1000"><figcaption>四月</figcaption></figure>'
        )
        article = make.article(body=f"<p>议事会</p>{html}", published=True)
        loaded = []
        self.page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
        self.page.set_viewport_size(PHONE)
        self.go(article.get_absolute_url())
        self.page.locator("figure img").scroll_into_view_if_needed()
        self.page.wait_for_load_state("networkidle")
        self.assertIn(row.path_of_copy(480).rpartition("/")[2], loaded)
        self.assertNotIn(row.path.rpartition("/")[2], loaded)
        self.assertIn("示例作者甲摄", self.page.locator(".text figcaption").inner_text())
        self.assert_quiet()
