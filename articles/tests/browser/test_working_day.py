"""A working day at the editors' desk: five pages come in, three people work on them, readers see what became of it."""

from datetime import timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Finding, Theme, Witness
from articles.tests import make
from articles.tests.admin.people import make_groups, person
from articles.tests.browser.chromium import BrowserTestCase
from articles.tests.intake.test_pictures import picture

CAPTURES = Path(__file__).resolve().parents[2] / "fixtures" / "demo" / "captures"
# copied by a site that is not to be trusted, masked and spun, mixed with pinyin, and two that are whole
HIJACKED, MASKED, MIXED = "04b-xiangyi.html", "06b-gongwen.txt", "12b-gongwen.txt"
PAGES = (HIJACKED, MASKED, MIXED, "21b-gongwen.txt", "24a-daily.html")
LIST = "/admin/articles/article/"
TITLE, FIRST_LINE = "贴在墙上的账单", "村口那面墙上，每月初五贴出一张账单。"
REMARK, MENDED = "请写明账单从哪一年贴起。", "账单从2019年春天贴起，看得懂，才问得出。"


def came_from(name: str) -> Article:
    return Article.objects.get(witnesses__capture__file_name=name)


class WorkingDayTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        make_groups()
        self.reader, self.desks = self.page, {}
        self.people = {name: person(name, name) for name in ("contributor", "editor", "publisher")}

    def test_five_pages_are_brought_in_mended_arranged_and_published(self):
        self.bring_in()
        self.mend(MASKED)
        self.mend(MIXED)
        self.trace_to_the_first_outlet()
        self.place_all_five()
        self.tag_all_five_and_think_better_of_it()
        self.write_and_have_it_reviewed()
        self.schedule()
        self.two_people_on_one_article()
        self.show_it_to_an_outsider()
        self.add_a_picture()
        self.take_an_edition_up_again()

    def sit_down(self, name: str):
        """Go on in this person's browser."""
        if self.desks:
            self.assert_quiet()
        if name not in self.desks:
            self.open_browser()
            self.sign_in(self.people[name])
            self.desks[name] = (self.context, self.page)
        self.context, self.page = self.desks[name]

    def form(self, article: Article):
        self.go(reverse("admin:articles_article_change", args=[article.pk]))
        self.page.locator(".tiptap").wait_for()

    def choose(self, within: str, words: str):
        self.page.locator(f"{within} .select2-selection").first.click()
        self.page.keyboard.type(words)
        self.page.locator(".select2-results__option--highlighted", has_text=words).click()

    def press(self, button: str):
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        self.page.locator(".messagelist .success").wait_for()

    def keys(self, keys: str):
        with self.page.expect_navigation():
            self.page.keyboard.press(keys)

    def reader_sees(self, address: str) -> int:
        """Return the status of the page that readers get."""
        return self.reader.goto(f"{self.live_server_url}{address.removeprefix(self.live_server_url)}").status

    def bring_in(self):
        self.sit_down("editor")
        self.go("/admin/")
        self.page.click("main a[href$='/bring-in/']")
        self.page.set_input_files("[name=files]", [CAPTURES / name for name in PAGES])
        self.page.click(".submit-row [type=submit]")
        self.page.locator(".report").wait_for()
        self.assertEqual(self.page.locator(".report a[href$='/restore/']").count(), len(PAGES))
        self.assertEqual(Article.objects.filter(status="draft").count(), len(PAGES))

    def mend(self, name: str):
        article = came_from(name)
        self.go("/admin/")
        self.page.click("#queue-imports a")
        self.page.click(f"#result_list a[href$='/{article.pk}/restore/']")
        self.press("button[value=accept_confident]")
        findings = make.edition(article).findings
        self.assertGreater(findings.filter(state=Finding.State.ACCEPTED).count(), 50)
        self.page.keyboard.press("n")
        self.page.keyboard.press("d")
        self.keys("Enter")
        self.assertEqual(findings.get(state=Finding.State.DISMISSED).decided_by, self.people["editor"])

    def trace_to_the_first_outlet(self):
        article = came_from(HIJACKED)
        self.form(article)
        self.page.click(".object-tools a[href$='/trace/']")
        with self.context.expect_page() as opened:
            self.page.click(".facts a[href*='/source/add/?name=']")
        outlet = opened.value
        self.assertEqual(outlet.input_value("[name=name]"), "示例日报")
        outlet.click("[name=_save]")
        outlet.locator(".messagelist .success").wait_for()
        self.page.locator("details.copy > summary").last.click()
        self.choose("details.copy[open]", "示例日报")
        self.page.fill("[name=copy-new-date_there]", "2021-04-26")
        self.page.fill("[name=copy-new-evidence]", "转载页写明“来源：示例日报”。")
        self.press(".submit-row .default")
        self.press(f"button[name=original][value='{Witness.objects.get(source__name='示例日报').pk}']")
        article.refresh_from_db()
        self.assertEqual((article.tracing, article.original_source.name), ("traced", "示例日报"))
        self.assertEqual(article.working.original_date_iso, "2021-04-26")

    def place_all_five(self):
        self.go("/admin/articles/theme/add/")
        self.page.fill("[name=name]", "村里的议事")
        self.press("[name=_save]")
        self.take_all("add_theme")
        self.choose("main form", "村里的议事")
        self.carry_out()
        self.assertEqual(Theme.objects.get().placements.count(), len(PAGES))

    def tag_all_five_and_think_better_of_it(self):
        self.take_all("add_tags")
        self.page.fill("[name=tags]", "议事，公开")
        self.carry_out()
        self.assertEqual(Article.objects.filter(tags__name="公开").count(), len(PAGES))
        self.page.click("#undo button")
        self.page.locator("[href='?rows=undone']").wait_for()
        self.assertFalse(Article.objects.filter(tags__name="公开").exists())

    def take_all(self, deed: str):
        self.go(f"{LIST}?status=draft")
        self.page.check("#action-toggle")
        self.page.select_option("[name=action]", "selected")
        self.page.click(".actions [type=submit]")
        self.page.click(f".deed-kinds a[href*='do={deed}']")

    def carry_out(self):
        self.page.click(".submit-row [type=submit]")
        self.page.locator(".deed-outlook").wait_for()
        self.page.click("[value=carry_on]")
        self.page.locator("#undo").wait_for()

    def write_and_have_it_reviewed(self):
        self.sit_down("contributor")
        self.go("/admin/")
        self.page.click("main a[href$='/article/add/']")
        self.page.locator(".tiptap").click()
        self.page.keyboard.type(FIRST_LINE)
        self.page.fill("#id_title", TITLE)
        self.press("[name=_continue]")
        self.article = Article.objects.get(title=TITLE)
        self.step("submit")
        self.assertEqual(self.stored().working.state, "submitted")
        self.sit_down("publisher")
        self.go("/admin/")
        self.page.click("#queue-review ~ ul a")
        self.step("return", remark=REMARK)
        self.assertEqual(self.stored().working.state, "returned")
        self.sit_down("contributor")
        self.go("/admin/")
        self.assertEqual(self.page.locator("#queue-unsaved").count(), 0)
        self.page.click(f"#queue-returned ~ ul li:has-text('{REMARK}') a")
        self.page.locator(".tiptap p").last.click()
        self.page.keyboard.press("End")
        self.page.keyboard.type(MENDED)
        self.keys("Control+s")
        self.step("submit")
        self.sit_down("publisher")
        self.form(self.article)
        self.step("publish")
        self.assertEqual(self.reader_sees(f"/articles/{self.article.pk}/"), 200)
        self.assertIn(MENDED, self.stored().live.body_text)

    def stored(self) -> Article:
        return Article.objects.get(pk=self.article.pk)

    def step(self, name: str, **said: str):
        self.page.click(f".standing a[href$='/{name}/']")
        for field, words in said.items():
            self.page.fill(f"[name={field}]", words)
        self.press(".submit-row [type=submit]")

    def schedule(self):
        article = came_from("24a-daily.html")
        self.form(article)
        moment = timezone.localtime() + timedelta(minutes=2)
        self.step("publish", at=f"{moment:%Y-%m-%dT%H:%M}")
        self.assertEqual(self.reader_sees(f"/articles/{article.pk}/"), 404)
        self.go("/admin/")
        self.assertIn(article.title, self.page.locator("#queue-scheduled ~ ul").inner_text())
        # two minutes go by, and no job runs
        Article.objects.filter(pk=article.pk).update(live_from=timezone.now())
        self.assertEqual(self.reader_sees(f"/articles/{article.pk}/"), 200)

    def two_people_on_one_article(self):
        article = came_from(MIXED)
        self.form(article)
        self.sit_down("editor")
        self.form(article)
        self.page.fill("#id_subtitle", "编辑写的副题")
        self.keys("Control+s")
        self.sit_down("publisher")
        self.page.fill("#id_title", "一条路修了三年")
        self.keys("Control+s")
        self.page.locator(".conflict").wait_for()
        self.assertEqual(self.page.input_value("#id_subtitle"), "编辑写的副题")
        self.keys("Control+s")
        self.page.locator(".messagelist .success").wait_for()
        edition = make.edition(article)
        self.assertEqual((edition.title, edition.subtitle), ("一条路修了三年", "编辑写的副题"))

    def show_it_to_an_outsider(self):
        self.page.click(".object-tools a[href$='/previews/']")
        self.page.fill("[name=note]", "一位老读者")
        self.page.click("#links .submit-row [type=submit]")
        self.assertEqual(self.reader_sees(self.page.locator(".lent input").input_value()), 200)
        self.assertEqual(self.reader_sees(f"/articles/{came_from(MIXED).pk}/"), 404)

    def add_a_picture(self):
        self.form(self.article)
        self.page.click(".object-tools a[href$='/pictures/']")
        self.page.set_input_files("[name=file]", {"name": "墙.jpg", "mimeType": "image/jpeg", "buffer": picture()})
        self.page.fill("form:has([name=file]) [name=alt]", "村口贴着账单的一面墙")
        self.press("form:has([name=file]) button[type=submit]")
        self.assertIn("村口贴着账单的一面墙", self.stored().working.body_html)

    def take_an_edition_up_again(self):
        self.form(self.article)
        self.step("publish", reason="加上墙的照片。")
        self.assertEqual(self.stored().live.number, 2)
        self.page.click(".object-tools a[href$='/editions/']")
        self.page.click("form[action$='/compare/'] [type=submit]")
        self.page.click(".breadcrumbs a[href$='/editions/']")
        self.page.click(".editions a[href$='/restore/']")
        self.press(".submit-row [type=submit]")
        self.assertNotIn("<img", self.stored().working.body_html)
        self.assertIn("<img", self.stored().live.body_html)
        self.assert_quiet()
