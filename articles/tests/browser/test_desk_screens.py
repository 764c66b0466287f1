"""Every screen of the desk, on a phone and at a desk, in light and dark: no fault, nothing wider, nothing said."""

import tempfile
from datetime import timedelta
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import Group, User
from django.test import override_settings
from django.utils import timezone

from articles.actions import deeds, editing, lending, picturing, restoring, reviewing
from articles.intake.fetching import Fetched
from articles.models import Article, Capture, Tag
from articles.tests import make
from articles.tests.browser.chromium import DESKTOP, LOOKS, NOT_OURS, PHONE, RULES, BrowserTestCase
from articles.tests.intake.test_pictures import picture

PASSWORD = "a long password for this test"
LONG = "关于村口那面墙上三年来每一笔预算怎样写上去、怎样被问到、又怎样被改掉的记录与说明（附各组代表名单）" + "A" * 52
BODY = "<h2>一、账目</h2><p>村里的账目,每月贴一次<sup>[1]</sup>。</p><p>有人说,這是小事。</p>"
# So tall that no bar which stays in view covers a button by the chance of how far the page is scrolled.
TALL = 4000
RUN = """async ([without, options]) => {
    const {violations} = await axe.run({exclude: [[without]]}, options);
    return violations.flatMap(({id, nodes}) => nodes.map(({target, html}) => `${id}: ${target} ${html.slice(0, 120)}`));
}"""

# The addresses under /admin/ (an empty line is its first page), in which {article} and the like stand for numbers;
# "after" says what is done there first.
SCREENS = """
articles/article/
articles/article/?status__exact=published
articles/article/?q=查无此文
articles/article/                                  after open_drawer
articles/article/                                  after open_folds
articles/article/bring-in/
articles/article/bring-in/                         after send
articles/article/add/
articles/article/add/                              after send
articles/article/{article}/change/                 after open_folds
articles/article/{article}/change/                 after empty_title
articles/article/{article}/change/                 after send_stale
articles/article/{article}/change/                 after open_keys
articles/article/{pictured}/change/                after open_picture
articles/article/{published}/change/
articles/article/{scheduled}/change/
articles/article/{withdrawn}/change/
articles/article/{article}/restore/                after open_folds
articles/article/{article}/restore/?state=all
articles/article/{plain}/restore/
articles/article/{article}/trace/                  after open_folds
articles/article/{plain}/trace/
articles/article/{article}/collate/
articles/article/{article}/arrange/
articles/article/{article}/arrange/                after untag_stale
articles/theme/{theme}/arrange/
articles/article/{published}/editions/
articles/article/{published}/compare/
articles/article/{published}/editions/1/restore/
articles/article/{published}/discard/
articles/article/{article}/submit/
articles/article/{submitted}/take-back/
articles/article/{submitted}/return/               after send
articles/article/{submitted}/publish/
articles/article/{article}/publish/
articles/article/{pictured}/publish/
articles/article/{article}/schedule/
articles/article/{scheduled}/unschedule/
articles/article/{published}/withdraw/
articles/article/{published}/withdraw/             after send_stale_step
articles/article/{pictured}/pictures/
articles/article/{plain}/pictures/
articles/picture/
articles/article/{published}/previews/
articles/article/bulk/
articles/article/bulk/?do=add_tags
articles/article/deeds/
articles/article/deeds/{waiting}/
articles/article/deeds/{done}/
articles/houserules/1/change/
articles/source/
articles/source/?q=没有的
articles/source/add/
articles/source/{source}/change/
articles/source/{source}/merge/
articles/source/{source}/merge/?into={other}
articles/source/{source}/rename/
articles/source/{source}/rename/?name=青禾晚报
articles/source/{source}/delete/
articles/author/
articles/author/{author}/change/
articles/theme/
articles/theme/{theme}/change/
articles/theme/{theme}/delete/
articles/tag/
articles/tag/{tag}/change/
articles/excerpt/
articles/excerpt/{excerpt}/change/
articles/capture/
articles/capture/{capture}/change/
articles/finding/
articles/finding/{finding}/change/
articles/article/{plain}/delete/
articles/article/{published}/history/

articles/article/{article}/change/                 after sign_out_and_send
"""


class ScreensTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        media = tempfile.TemporaryDirectory()
        self.addCleanup(media.cleanup)
        self.enterContext(override_settings(MEDIA_ROOT=Path(media.name)))
        self.editor = User.objects.create_superuser("editor", password=PASSWORD)
        self.numbers = {**self.repaired(), **self.stations(), **self.done()}

    # A library in which every screen has something to show.

    def repaired(self):
        """An article with findings, copies, a theme and a passage, and the names around it."""
        source, other = make.source(), make.source("云岭示例网", notes="示例来源。")
        theme = make.theme("村务公开", introduction="账目怎样贴到墙上。")
        article = make.article(LONG, BODY, notes="见公开栏。", authors=("林山",), theme=theme, tags=("村务",))
        restoring.look_again(article, version=article.version, by=self.editor)
        first = make.edition(article).findings.open().first()
        article = Article.objects.get(pk=article.pk)
        restoring.accept(article, [first.pk], version=article.version, by=self.editor)
        capture = Capture.objects.create(sha256="ef" * 32, size=8, media_type="text/html", file_name="账.html")
        make.witness(article, source, address="https://news.example.cn/2021/t1.html", capture=capture)
        make.witness(article, other)
        rows = {"source": source, "other": other, "theme": theme, "article": article, "capture": capture}
        rows |= {"finding": first, "excerpt": make.excerpt(article, theme, "有人说"), "tag": Tag.objects.get()}
        rows["author"] = make.edition(article).bylines.get().author
        return {name: row.pk for name, row in rows.items()}

    def stations(self):
        """An article at each station of its way, and one with a picture."""
        picture_row = picturing.store(
            picturing.receive(Fetched("https://news.example.cn/1.jpg", picture(), "image/jpeg"))
        )
        rows = {
            "plain": make.article("没有疑点的一篇"),
            "published": self.revised("改过正在等的一篇", subtitle="改过的副题"),
            "submitted": self.revised("等待审核的一篇", subtitle="又一个副题"),
            "scheduled": make.article("后天才发的一篇", published=timezone.now() + timedelta(days=2)),
            "withdrawn": make.withdrawn(make.article("撤下的一篇", published=True), note="数字有误，正在核对。"),
            "pictured": make.article("带图片的一篇", f'<p>墙。</p><figure><img src="{picture_row.src}"></figure>'),
        }
        submitted = rows["submitted"]
        reviewing.submit(submitted, version=submitted.version, by=self.editor)
        lending.lend(rows["published"], by=self.editor, days=7, note="给作者看一眼")
        return {name: row.pk for name, row in rows.items()}

    def revised(self, title, **written):
        article = make.article(title, published=True)
        return editing.revise(article, version=article.version, by=self.editor, **written)

    def done(self):
        """A deed that is done and one that waits."""
        done = deeds.begin("add_tags", Article.objects.all(), {"tags": ["账目"]}, by=self.editor)
        deeds.carry_on(done, by=self.editor)
        return {
            "done": done.pk,
            "waiting": deeds.begin("add_tags", Article.objects.all(), {"tags": ["预算"]}, by=self.editor).pk,
        }

    # What is done on a screen before it is looked at.

    def open_drawer(self):
        self.page.set_viewport_size(PHONE)
        self.page.locator(".drawer-opener").click()

    def open_folds(self):
        self.page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")

    def open_keys(self):
        self.page.locator(".tiptap").wait_for()
        self.page.locator("body").press("?")
        self.page.locator("#shortcuts[open]").wait_for()

    def open_picture(self):
        self.page.locator(".tiptap").wait_for()
        self.page.locator("button[data-name=figure]").click()
        self.page.locator("dialog[open]").wait_for()

    def send(self):
        self.send_with("main [type=submit].default, main [type=submit]")

    def send_with(self, button):
        with self.page.expect_navigation():
            self.page.locator(button).first.click()

    def empty_title(self):
        self.page.fill("#id_title", "")
        self.send_with("[name=_continue]")

    def make_stale(self):
        self.page.evaluate("document.querySelectorAll('[name=version]').forEach((field) => { field.value = '0' })")

    def send_stale(self):
        self.make_stale()
        self.page.fill("#id_title", "这里打的题目")
        self.send_with("[name=_continue]")

    def send_stale_step(self):
        self.make_stale()
        self.send()

    def untag_stale(self):
        self.make_stale()
        self.send_with("button[value=untag]")

    def sign_out_and_send(self):
        self.page.fill("#id_title", "会话结束时打的题目")
        self.context.clear_cookies(name="sessionid")
        self.send_with("[name=_continue]")

    # Looking

    def faults(self) -> list[str]:
        """Look at the page on phone and desk, dark and light, and name each fault found."""
        self.page.evaluate(AXE_SCRIPT)
        found = []
        for viewport, scheme in LOOKS:
            width = viewport["width"]
            self.look_as(viewport | {"height": TALL}, scheme)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            found += [f"{width}: {wide} wide"] if wide > width else []
            found += [f"{scheme} {width} {fault}" for fault in self.page.evaluate(RUN, [NOT_OURS, RULES])]
        return found

    def look(self, screen):
        path, _, first = (part.strip() for part in screen.partition(" after "))
        self.said.clear()
        self.page.set_viewport_size(DESKTOP)
        self.go(f"/admin/{path.format_map(self.numbers)}")
        if first:
            getattr(self, first)()
        with self.subTest(screen=screen):
            self.assert_quiet()
            self.assertEqual(self.faults(), [])

    def test_every_screen_is_without_fault(self):
        self.sign_in(self.editor)
        for screen in SCREENS.splitlines()[1:]:
            self.look(screen)

    def test_what_may_only_be_read_is_without_fault(self):
        reader = User.objects.create_user("contributor", is_staff=True)
        reader.groups.set(Group.objects.filter(name="contributor"))
        self.sign_in(reader)
        for screen in ("", "articles/article/{article}/change/", "articles/source/{source}/change/"):
            self.look(screen)
