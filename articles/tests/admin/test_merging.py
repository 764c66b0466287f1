from urllib.parse import unquote

from django.test import TestCase
from django.urls import reverse

from articles.models import Deed, Source, Tag, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of, person


class MergeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.kept, cls.gone = make.theme("预算公开"), make.theme("村里的账")
        make.article("墙上的账", theme=cls.gone)

    def setUp(self):
        self.client = browser_of(self.editor)

    def address(self, row):
        return reverse(f"admin:articles_{row._meta.model_name}_merge", args=[row.pk])

    def send(self, survivor, gone, **changed):
        said = {"into": survivor.pk, "into_version": survivor.version, "version": gone.version}
        return self.client.post(self.address(gone), {**said, **changed})

    def fresh(self):
        return [Theme.objects.get(pk=row.pk) for row in (self.kept, self.gone)]

    def test_it_shows_what_would_move_and_does_nothing(self):
        shown = self.client.get(self.address(self.gone), {"into": self.kept.pk})
        for words in ("墙上的账", "村里的账", "/themes/村里的账/ → /themes/预算公开/"):
            self.assertContains(shown, words)
        self.assertEqual(Theme.objects.count(), 2)

    def test_it_is_done_logged_and_told(self):
        survivor, gone = self.fresh()
        response = self.send(survivor, gone)
        self.assertRedirects(response, reverse("admin:articles_theme_change", args=[self.kept.pk]))
        self.assertEqual(Theme.objects.get().placements.get().article.title, "墙上的账")
        self.assertEqual((Deed.objects.get().kind, Deed.objects.get().done_by), ("merge_theme", self.editor))
        self.assertContains(self.client.get(reverse("admin:articles_article_deeds")), "“村里的账” → “预算公开”")

    def test_who_comes_second_is_told_and_nothing_is_merged(self):
        survivor, gone = self.fresh()
        Theme.objects.get(pk=gone.pk).touch()
        response = self.send(survivor, gone)
        self.assertContains(response, "村里的账", status_code=409)
        self.assertEqual(Theme.objects.count(), 2)
        self.assertEqual(self.send(*self.fresh()).status_code, 302)

    def test_what_is_forged_is_refused(self):
        survivor, gone = self.fresh()
        for changed in ({"into": gone.pk}, {"into": 999}, {"into": "x"}, {"into": "9" * 30}):
            with self.subTest(changed=changed):
                self.assertEqual(self.send(survivor, gone, **changed).status_code, 400)
        for changed in ({"version": "x"}, {"into_version": "9" * 30}, {"version": ""}):
            with self.subTest(changed=changed):
                self.assertEqual(self.send(survivor, gone, **changed).status_code, 409)
        child = make.theme("决算", gone)
        self.assertEqual(self.send(child, *self.fresh()[1:]).status_code, 400)
        self.assertEqual(Theme.objects.count(), 3)
        self.assertEqual(self.client.get("/admin/articles/theme/999/merge/").status_code, 404)

    def test_only_editors_and_publishers_merge(self):
        rows = [(make.source(name), make.author(name), Tag.objects.create(name=name)) for name in ("青禾", "赤禾")]
        for group, status in (("contributor", 403), ("publisher", 302)):
            self.client = browser_of(person(group, group))
            for survivor, gone in [*zip(*rows, strict=True), tuple(self.fresh())]:
                with self.subTest(group=group, table=survivor._meta.model_name):
                    self.assertEqual(self.client.get(self.address(gone)).status_code, 403 if status == 403 else 200)
                    self.assertEqual(self.send(survivor, gone).status_code, status)

    def test_it_asks_no_more_for_many_than_for_few(self):
        survivor = make.source("青禾日报")
        for size in (2, 30):
            gone = make.source(f"网站{size}")
            for number in range(size):
                make.witness(make.article(f"第{size}-{number}篇", original_source=gone), gone)
            with self.assertNumQueries(19):
                self.client.get(self.address(gone), {"into": survivor.pk})


class FormerAddressTests(TestCase):
    def test_readers_are_led_on_in_every_language(self):
        article = make.article(
            authors=("林山",), tags=("村务",), published=True, original_source=make.source("青禾日报")
        )
        make.placing.place(article, make.theme("预算公开"))
        rows = (Theme.objects.get(), Source.objects.get(), Tag.objects.get(), article.live.bylines.get().author)
        for row in rows:
            row.aliases.create(name="从前的名字", slug="从前")
            path = row.get_absolute_url().split("/")[1]
            with self.subTest(path=path):
                for prefix in ("", "/zh-hant", "/en"):
                    response = self.client.get(f"{prefix}/{path}/从前/", {"page": 2})
                    there = self.client.get(f"{prefix}{row.get_absolute_url()}").wsgi_request.path
                    self.assertEqual((response.status_code, unquote(response["Location"])), (301, f"{there}?page=2"))

    def test_an_address_that_leads_nowhere_is_not_found(self):
        make.theme().aliases.create(name="别名")
        for path in ("themes", "sources", "authors", "tags"):
            with self.subTest(path=path):
                self.assertEqual(self.client.get(f"/{path}/没有/").status_code, 404)
