"""What is typed and not saved: kept for who typed it, shown to nobody else, gone when it is saved or discarded."""

from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles.actions import editing, keeping
from articles.models import Article, Presence, Theme, WorkingCopy, new_token
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by
from articles.tests.admin.test_conflicts import sent_by_form

PAGE = {"headers": {"accept": "text/html"}}


class KeepingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.other = person("editor", "editor"), person("other", "editor", last_name="李", first_name="某")
        cls.article = make.article(authors=("示例作者甲",), tags=("预算",))

    def setUp(self):
        self.client = browser_of(self.editor)
        self.change = self.address("change")
        self.sent = sent_by(self.client, self.article)

    def address(self, name, article=None):
        return reverse(f"admin:articles_article_{name}", args=[(article or self.article).pk])

    def keep(self, client=None, **typed):
        return (client or self.client).post(self.address("keep"), self.sent | typed)


class AutosaveTests(KeepingCase):
    def test_it_keeps_what_is_typed_out_of_the_article(self):
        answer = self.keep(title="还没有存的题目")
        self.assertRegex(answer.json()["kept"], r"\d\d:\d\d")
        self.assertEqual(WorkingCopy.objects.get().fields["title"], ["还没有存的题目"])
        self.assertEqual(Article.objects.get().version, self.article.version)

    def test_one_open_form_is_one_row(self):
        self.keep(title="第一次")
        self.keep(title="第二次")
        self.keep(title="另一个窗口", copy=new_token())
        self.assertEqual({copy.fields["title"][0] for copy in WorkingCopy.objects.all()}, {"第二次", "另一个窗口"})

    def test_saving_forgets_it(self):
        self.keep(title="先留下")
        self.client.post(self.change, self.sent | {"title": "再存下"})
        self.assertFalse(keeping.waiting(self.editor).exists())

    def test_an_autosave_that_comes_late_brings_nothing_back(self):
        self.client.post(self.change, self.sent | {"title": "已经存下"})
        self.assertEqual(self.keep(title="来晚了的").status_code, 200)
        self.assertFalse(keeping.waiting(self.editor).exists())

    def test_the_form_says_what_differs_and_takes_it_back_unsaved(self):
        self.keep(title="还没有存的题目")
        self.assertContains(self.client.get(self.change), "<ins>还没有存的题目</ins>")
        response = self.client.get(f"{self.change}?copy={self.sent['copy']}")
        self.assertContains(response, 'value="还没有存的题目"')
        formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
        self.assertEqual([formset.total_error_count() for formset in formsets], [0, 0])
        self.assertEqual(Article.objects.get().title, self.article.title)

    def test_what_was_taken_back_is_saved_against_the_version_it_was_typed_on(self):
        self.keep(notes="我的注")
        editing.revise(self.article, version=self.article.version, by=None, title="别人的题目")
        shown = self.client.get(f"{self.change}?copy={self.sent['copy']}")
        self.assertEqual([field.label for field in shown.context["differences"] if field.is_taken_over], ["标题"])
        again = {name: shown.context["adminform"].form[name].value() for name in ("title", "notes", "version", "base")}
        self.assertEqual(self.client.post(self.change, self.sent | again).status_code, 302)
        edition = Article.objects.get().working
        self.assertEqual((edition.title, edition.notes), ("别人的题目", "我的注"))

    def test_a_copy_that_says_what_stands_is_not_mentioned(self):
        self.keep()
        self.assertEqual(self.client.get(self.change).context["unsaved"], [])

    def test_it_keeps_an_article_that_is_being_begun(self):
        add = reverse("admin:articles_article_add")
        sent = sent_by(self.client, None, title="刚起头的稿")
        self.client.post(reverse("admin:articles_article_keep_new"), sent)
        self.assertContains(self.client.get(add), "刚起头的稿")
        response = self.client.get(f"{add}?copy={sent['copy']}")
        self.assertEqual(response.context["adminform"].form["title"].value(), "刚起头的稿")
        self.client.post(add, sent)
        self.assertFalse(keeping.waiting(self.editor).exists())

    def test_nobody_reads_overwrites_or_discards_anothers(self):
        self.keep(title="只给我看")
        stranger = browser_of(self.other)
        self.assertNotContains(stranger.get(self.change), "只给我看")
        self.assertNotContains(stranger.get(f"{self.change}?copy={self.sent['copy']}"), "只给我看")
        self.assertEqual(self.keep(stranger, title="盖掉").status_code, 409)
        discard = reverse("admin:articles_article_discard_copy", args=[self.sent["copy"]])
        self.assertEqual(stranger.post(discard).status_code, 404)
        self.assertEqual(WorkingCopy.objects.get().fields["title"], ["只给我看"])
        self.assertRedirects(self.client.post(discard), self.change)
        self.assertFalse(keeping.waiting(self.editor).exists())

    def test_a_contributor_keeps_nothing_for_anothers_article(self):
        self.assertEqual(self.keep(browser_of(person("c", "contributor"))).status_code, 403)

    def test_it_refuses_what_is_no_form(self):
        for forged in ("", "x", "字" * 30, "a" * 41, "a\x00" * 10):
            self.assertEqual(self.keep(copy=forged).status_code, 400)
        self.assertEqual(self.keep(title="存\x00不下").status_code, 200)
        self.assertEqual(WorkingCopy.objects.get().fields["title"], ["存不下"])

    def test_it_keeps_so_much_and_no_more(self):
        with self.assertRaises(keeping.TooMuch):
            fields = {"body_html": ["字" * (keeping.MOST_CHARACTERS + 1)]}
            keeping.keep(new_token(), by=self.editor, article=None, version=0, fields=fields)
        rows = [WorkingCopy(typed_by=self.editor, fields={"title": ["稿"]}) for _ in range(keeping.MOST_COPIES)]
        WorkingCopy.objects.bulk_create(rows)
        self.assertContains(self.keep(), "refused", status_code=409)


class OtherFormsTests(KeepingCase):
    """A theme stands for the forms of all named tables."""

    def setUp(self):
        super().setUp()
        self.theme = make.theme(introduction="账目怎样贴到墙上。")
        self.change = reverse("admin:articles_theme_change", args=[self.theme.pk])
        self.sent = sent_by_form(self.client.get(self.change))

    def keep(self, **typed):
        return self.client.post(reverse("admin:articles_theme_keep", args=[self.theme.pk]), self.sent | typed)

    def test_it_is_kept_offered_taken_back_and_forgotten_when_saved(self):
        self.assertEqual(self.keep(introduction="还没有存的介绍").status_code, 200)
        self.assertEqual(Theme.objects.get().introduction, "账目怎样贴到墙上。")
        self.assertContains(self.client.get(self.change), "还没有存的介绍")
        shown = self.client.get(f"{self.change}?copy={self.sent['copy']}")
        self.assertContains(shown, "还没有存的介绍</textarea>")
        self.assertEqual(self.client.post(self.change, sent_by_form(shown)).status_code, 302)
        self.assertEqual(Theme.objects.get().introduction, "还没有存的介绍")
        self.assertFalse(keeping.waiting(self.editor).exists())

    def test_it_is_another_form_than_that_of_an_article_and_of_another_theme(self):
        self.keep(introduction="这一个主题的")
        self.assertNotContains(self.client.get(self.address("change")), "这一个主题的")
        other = make.theme("另一个主题")
        for row in (self.article, other):
            name = row._meta.model_name
            where = reverse(f"admin:articles_{name}_keep", args=[row.pk])
            self.assertEqual(self.client.post(where, self.sent).status_code, 409)

    def test_one_that_is_being_begun_is_kept(self):
        add = reverse("admin:articles_theme_add")
        sent = sent_by_form(self.client.get(add)) | {"name": "刚起头的主题"}
        self.client.post(reverse("admin:articles_theme_keep_new"), sent)
        self.assertContains(self.client.get(add), "刚起头的主题")
        self.assertContains(self.client.get(reverse("admin:index")), f"{add}?copy=")

    def test_words_for_a_deleted_theme_are_read_in_the_form_of_a_new_one(self):
        self.keep(introduction="写了很久的介绍")
        Theme.objects.all().delete()
        self.assertIn("gone", self.keep(introduction="又写了一句").json())
        first = self.client.get(reverse("admin:index"))
        self.assertContains(first, "预算公开</a>")
        address = f"{reverse('admin:articles_theme_add')}?copy={self.sent['copy']}"
        self.assertContains(first, address)
        self.assertContains(self.client.get(address), "又写了一句</textarea>")


class DeletedTests(KeepingCase):
    def test_what_was_typed_outlives_the_draft_that_another_deleted(self):
        self.keep(title="我写的题目", body_html="<p>我写了一段话。</p>")
        chief = browser_of(person("chief", is_superuser=True))
        chief.post(self.address("delete"), {"post": "yes", "version": self.article.version})
        self.assertFalse(Article.objects.exists())
        self.assertEqual(self.keep(title="我写的题目，又改了").status_code, 200)
        first = self.client.get(reverse("admin:index"))
        self.assertContains(first, self.article.title)
        address = f"{reverse('admin:articles_article_add')}?copy={self.sent['copy']}"
        self.assertContains(first, address)
        shown = self.client.get(address)
        self.assertContains(shown, "我写的题目，又改了")
        self.assertContains(shown, "示例作者甲")
        again = sent_by_form(shown)
        again["tags"] = ""
        self.assertEqual(self.client.post(reverse("admin:articles_article_add"), again).status_code, 302)
        article = Article.objects.get()
        self.assertEqual((article.title, article.byline_text), ("我写的题目，又改了", "示例作者甲"))
        self.assertFalse(keeping.waiting(self.editor).exists())


class PresenceTests(KeepingCase):
    def test_every_desk_of_the_article_says_it_and_is_said(self):
        browser_of(self.other).post(self.address("presence"))
        for name in ("restore", "trace", "arrange", "pictures", "editions", "previews", "submit", "publish"):
            if name == "publish":
                self.client = browser_of(person("chief", is_superuser=True))
            with self.subTest(name=name):
                page = self.client.get(self.address(name))
                self.assertContains(page, f'data-presence="{self.address("presence")}"')
                self.assertRegex(page.text, "data-present.*(李某|某 李)")

    def test_it_says_who_else_is_there_by_their_real_name(self):
        browser_of(self.other).post(self.address("presence"))
        Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=2, seconds=5))
        words = self.client.post(self.address("presence")).json()["words"]
        self.assertIn("李某" if "李某" in words else "某 李", words)
        self.assertIn("2", words)
        self.assertContains(self.client.get(self.change), words)

    def test_it_forgets_who_left(self):
        browser_of(self.other).post(self.address("presence"))
        Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=11))
        self.assertEqual(self.client.post(self.address("presence")).json()["words"], "")

    def test_who_may_not_change_it_is_not_present(self):
        self.assertEqual(browser_of(person("c", "contributor")).post(self.address("presence")).status_code, 403)
        self.assertFalse(Presence.objects.exists())


class EndedSessionTests(KeepingCase):
    def sign_in(self, response, **typed):
        return Client().post(
            reverse("admin:login"),
            {
                "username": "editor",
                "password": "a long enough word",
                "next": response.context["next"],
                "carried": response.context["carried"],
                **typed,
            },
        )

    def test_the_words_go_through_the_sign_in_into_the_form(self):
        response = Client().post(self.change, self.sent | {"title": "写到一半"}, **PAGE)
        self.assertEqual(response.status_code, 403)
        mistaken = self.sign_in(response, password="wrong")
        self.assertEqual(mistaken.context["carried"], response.context["carried"])
        onward = self.sign_in(response)
        self.assertContains(onward, "写到一半")
        shown = self.client.post(onward.context["address"], dict(onward.context["words"]))
        self.assertContains(shown, 'value="写到一半"')
        self.assertEqual(Article.objects.get().title, self.article.title)

    def test_what_is_no_form_is_done_when_it_is_pressed_again(self):
        response = Client().post(self.address("publish"), {f"version-{self.article.pk}": "1"}, **PAGE)
        onward = self.sign_in(response)
        self.assertFalse(onward.context["is_form"])
        self.assertEqual(onward.context["words"], [(f"version-{self.article.pk}", "1")])

    def test_it_carries_nothing_that_was_made_up(self):
        response = Client().post(self.change, self.sent, **PAGE)
        self.assertRedirects(self.sign_in(response, carried="forged"), self.change, fetch_redirect_response=False)

    def test_a_form_whose_token_changed_offers_its_words(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.editor)
        for origin, is_offered in (("http://testserver", True), ("http://elsewhere.example", False)):
            headers = {"origin": origin}
            response = client.post(self.change, self.sent | {"title": "写到一半"}, headers=headers)
            self.assertEqual(response.status_code, 403)
            self.assertEqual("写到一半" in response.text, is_offered)
