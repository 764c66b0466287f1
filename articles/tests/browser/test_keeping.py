"""Nothing typed is lost, in a real browser: autosave, two windows, two people, an ended session, a new sign-in."""

from django.contrib.auth.models import User

from articles.actions import editing, keeping
from articles.models import Article, WorkingCopy
from articles.tests import make
from articles.tests.browser.chromium import BrowserTestCase

PASSWORD = "a long password for this test"
TYPED = "后来又添了一句话。"


class KeepingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.editor = User.objects.create_superuser("editor", password=PASSWORD)
        self.sign_in(self.editor)
        self.article = make.article()
        self.address = f"/admin/articles/article/{self.article.pk}/change/"
        self.open()

    def open(self):
        self.go(self.address)
        self.page.locator(".tiptap").wait_for()

    def type_into_the_text(self):
        self.page.locator(".tiptap p").last.click()
        self.page.keyboard.press("End")
        self.page.keyboard.type(TYPED)

    def leave_the_field(self):
        with self.page.expect_response(lambda answer: answer.url.endswith("/keep/")) as told:
            self.page.locator("#id_title").focus()
        return told.value

    def save(self):
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+s")

    def stored(self):
        return Article.objects.get(pk=self.article.pk)

    def sign_in_again(self):
        self.page.fill("[name=username]", "editor")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("#login-form [type=submit]")
        self.page.locator(".tiptap").wait_for()

    def test_what_is_typed_is_kept_and_comes_back_after_the_window_closed(self):
        self.type_into_the_text()
        self.assertTrue(self.leave_the_field().ok)
        self.assertEqual(WorkingCopy.objects.get().article, self.article)
        self.assertNotIn(TYPED, self.stored().working.body_html)
        self.page.close()
        self.page = self.context.new_page()
        self.open()
        self.page.locator(".unsaved a.button").click()
        self.page.locator(".tiptap", has_text=TYPED).wait_for()
        self.page.wait_for_load_state()
        self.save()
        self.page.locator(".messagelist .success").wait_for()
        self.assertIn(TYPED, self.stored().working.body_html)
        self.assertFalse(keeping.waiting(self.editor).exists())
        self.assertEqual(self.said, [])

    def test_going_to_the_button_that_saves_keeps_nothing_aside(self):
        self.type_into_the_text()
        with self.page.expect_response(lambda answer: answer.url.endswith("/keep/")):
            self.page.locator("#id_subtitle").focus()
        self.page.keyboard.type("副题")
        asked = []
        self.page.on("request", lambda request: asked.append(request.url))
        self.page.locator("[name=_continue]").focus()
        self.page.wait_for_timeout(300)
        self.assertEqual(asked, [])

    def test_leaving_the_page_keeps_it_too(self):
        self.type_into_the_text()
        self.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
        self.page.wait_for_timeout(500)
        self.assertIn(TYPED, WorkingCopy.objects.get().fields["body_html"][0])

    def test_two_windows_of_one_person_are_two_copies(self):
        self.page.locator("#id_title").fill("第一个窗口")
        with self.page.expect_response(lambda answer: answer.url.endswith("/keep/")):
            self.page.locator("#id_subtitle").focus()
        second = self.context.new_page()
        second.goto(f"{self.live_server_url}{self.address}")
        second.locator(".tiptap").wait_for()
        second.locator("#id_title").fill("第二个窗口")
        with second.expect_response(lambda answer: answer.url.endswith("/keep/")):
            second.locator("#id_subtitle").focus()
        titles = {copy.fields["title"][0] for copy in WorkingCopy.objects.all()}
        self.assertEqual(titles, {"第一个窗口", "第二个窗口"})

    def test_the_words_survive_an_ended_session(self):
        self.type_into_the_text()
        self.context.clear_cookies(name="sessionid")
        self.save()
        self.sign_in_again()
        self.page.locator(".tiptap", has_text=TYPED).wait_for()
        self.assertNotIn(TYPED, self.stored().working.body_html)
        self.save()
        self.page.locator(".messagelist .success").wait_for()
        self.assertIn(TYPED, self.stored().working.body_html)

    def test_the_words_survive_an_ended_session_without_script(self):
        context = self.browser.new_context(java_script_enabled=False)
        self.addCleanup(context.close)
        context.add_cookies(self.context.cookies())
        self.page = context.new_page()
        self.go(self.address)
        self.page.fill("#id_title", "没有脚本也不丢字")
        context.clear_cookies(name="sessionid")
        self.page.click("[name=_continue]")
        self.page.fill("[name=username]", "editor")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("#login-form [type=submit]")
        self.page.click(".submit-row [type=submit]")
        self.assertEqual(self.page.input_value("#id_title"), "没有脚本也不丢字")
        self.page.click("[name=_continue]")
        self.assertEqual(self.stored().title, "没有脚本也不丢字")

    def test_the_words_survive_a_new_sign_in_in_another_window(self):
        self.type_into_the_text()
        self.context.clear_cookies()
        second = self.context.new_page()
        second.goto(f"{self.live_server_url}/admin/login/")
        second.fill("[name=username]", "editor")
        second.fill("[name=password]", PASSWORD)
        second.click("#login-form [type=submit]")
        second.locator("#user-tools").wait_for()
        self.save()
        self.page.locator("main button").click()
        self.page.locator(".tiptap", has_text=TYPED).wait_for()
        self.save()
        self.assertIn(TYPED, self.stored().working.body_html)

    def test_autosave_says_that_the_session_ended(self):
        self.context.clear_cookies(name="sessionid")
        self.type_into_the_text()
        self.page.locator("#id_title").focus()
        self.page.locator("#state a").wait_for()
        self.assertIn(TYPED, self.page.locator(".tiptap").inner_text())

    def test_the_second_of_two_people_keeps_their_words(self):
        self.type_into_the_text()
        editing.revise(self.article, version=self.article.version, by=None, title="别人的题目")
        self.save()
        self.page.locator(".conflict").wait_for()
        self.assertEqual(self.page.input_value("#id_title"), "别人的题目")
        self.page.locator(".tiptap", has_text=TYPED).wait_for()
        self.save()
        edition = self.stored().working
        self.assertEqual(edition.title, "别人的题目")
        self.assertIn(TYPED, edition.body_html)

    def test_keys_can_be_listed_and_turned_off(self):
        self.page.locator("body").press("?")
        self.page.locator("#shortcuts[open]").wait_for()
        self.page.locator("#keys-on").uncheck()
        self.page.keyboard.press("Escape")
        self.page.reload()
        self.page.locator("body").press("?")
        self.assertFalse(self.page.locator("#shortcuts").is_visible())

    def test_enter_in_a_suggesting_select_saves_nothing(self):
        make.source("青禾日报")
        self.page.locator("#id_original_source + .select2 .select2-selection").click()
        self.page.keyboard.type("青禾")
        self.page.locator(".select2-results__option", has_text="青禾日报").wait_for()
        self.page.keyboard.press("Enter")
        self.assertEqual(self.page.url, f"{self.live_server_url}{self.address}")
        self.page.wait_for_function("document.getElementById('id_original_source').value")
        self.assertEqual(self.stored().version, self.article.version)


class OtherPagesTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.sign_in(User.objects.create_superuser("editor", password=PASSWORD))
        self.article = make.article()
        self.asked = []
        self.page.on("dialog", self.answer)

    def answer(self, dialog):
        self.asked.append(dialog.type)
        dialog.accept()

    def desk(self, name):
        return f"/admin/articles/article/{self.article.pk}/{name}/"

    def test_typed_words_are_not_left_behind_without_a_question(self):
        self.go(self.desk("trace"))
        self.page.fill("#id_note", TYPED)
        self.go(self.desk("editions"))
        self.assertEqual(self.asked, ["beforeunload"])
        self.go(self.desk("trace"))
        self.page.fill("#id_note", TYPED)
        self.page.fill("#id_note", "")
        self.go(self.desk("editions"))
        self.assertEqual(self.asked, ["beforeunload"])

    def test_a_page_that_is_sent_asks_nothing(self):
        self.go(self.desk("trace"))
        self.page.fill("#id_note", TYPED)
        with self.page.expect_navigation():
            self.page.click("[name=unknown]")
        self.assertEqual(Article.objects.get().tracing_note, TYPED)
        self.assertEqual(self.asked, [])

    def test_a_theme_is_kept_aside_as_it_is_typed(self):
        theme = make.theme()
        self.go(f"/admin/articles/theme/{theme.pk}/change/")
        self.page.fill("#id_introduction", TYPED)
        with self.page.expect_response(lambda answer: answer.url.endswith("/keep/")):
            self.page.locator("#id_position").focus()
        self.go("/admin/")
        self.page.locator("a", has_text=theme.name).first.click()
        self.assertEqual(self.page.input_value("#id_introduction"), TYPED)
        self.assertEqual(self.faults(), [])

    def test_who_is_at_a_desk_is_seen_at_the_others(self):
        self.go(self.desk("restore"))
        self.page.wait_for_timeout(500)
        other = User.objects.create_superuser("other", password=PASSWORD)
        (seen,) = keeping.others(self.article.pk, other)
        self.assertEqual(seen.editor.username, "editor")

    def test_the_page_of_who_came_second_is_sent_again_and_has_no_fault(self):
        self.go(self.desk("trace"))
        self.page.fill("#id_note", TYPED)
        editing.revise(self.article, version=self.article.version, by=None, title="别人的题目")
        with self.page.expect_navigation():
            self.page.click("[name=unknown]")
        self.assertEqual(self.faults(), [])
        with self.page.expect_navigation():
            self.page.click(".conflict [type=submit]")
        self.assertEqual(Article.objects.get().tracing_note, TYPED)
