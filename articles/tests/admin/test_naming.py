"""How sources, authors, themes and tags are found, named, and kept from standing there twice."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Author, Deed, Source, Tag, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of, person

COLUMNS = {
    "source": ("witness", "source"),
    "author": ("byline", "author"),
    "theme": ("placement", "theme"),
    "tag": ("taggedarticle", "tag"),
}


class NameCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.editor)

    def suggested(self, table, term):
        model, column = COLUMNS[table]
        query = {"app_label": "articles", "model_name": model, "field_name": column, "term": term}
        return [found["text"] for found in self.client.get(reverse("admin:autocomplete"), query).json()["results"]]


class SuggestionTests(NameCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        theme = make.theme("乡村治理", make.theme("公众参与"))
        theme.aliases.create(name="村治")
        make.source("青禾日报", aliases=("禾報",), domains=("news.example.cn",))
        make.author("林山").aliases.create(name="山木")
        make.author("单国强").aliases.create(name="曾上")
        Tag.objects.create(name="重庆")

    def test_names_are_found_by_every_way_they_are_typed(self):
        for table, terms in (
            ("theme", ("乡村", "鄉村治理", "xczl", "XiangCun", "村治", "cz", "xiangcun zhili")),
            ("source", ("青禾", "qhrb", "禾报", "hebao", "news.example")),
            ("author", ("林山", "linshan", "山木", "sm", "sgq", "shanguo", "dgq", "zengshang")),
            ("tag", ("重庆", "重慶", "chongqing", "cq")),
        ):
            for term in terms:
                with self.subTest(table=table, term=term):
                    self.assertEqual(len(self.suggested(table, term)), 1)

    def test_what_is_not_there_is_not_found(self):
        for term in ("zhongqing", "|", "《》", "%", "\x00"):
            with self.subTest(term=term):
                self.assertEqual(self.suggested("tag", term), [] if term != "\x00" else ["重庆 · 0篇文章"])

    def test_it_tells_where_a_theme_stands(self):
        self.assertEqual(self.suggested("theme", "xczl"), ["公众参与 › 乡村治理 · 0篇文章"])

    def test_what_is_called_exactly_so_comes_first(self):
        for name in ("村务公开栏", "谈村务公开", "村务公开"):
            Tag.objects.create(name=name)
        found = [text.split(" ")[0] for text in self.suggested("tag", "cwgk")]
        self.assertEqual(found, ["村务公开", "村务公开栏", "谈村务公开"])

    def test_it_asks_no_more_for_many_than_for_few(self):
        for size in (3, 30):
            Tag.objects.bulk_create(
                Tag(name=f"村{size}-{n}", slug=f"c{size}-{n}", search_key="|村|") for n in range(size)
            )
            with self.assertNumQueries(6):
                self.suggested("tag", "村")


class TwinTests(NameCase):
    inlines = {f"{prefix}-{part}_FORMS": 0 for prefix in ("aliases", "domains") for part in ("TOTAL", "INITIAL")}

    def add(self, table, **typed):
        return self.client.post(reverse(f"admin:articles_{table}_add"), {**self.inlines, **typed})

    def test_a_name_that_is_there_in_another_guise_is_made_at_the_second_click_only(self):
        make.theme("乡村治理").aliases.create(name="村治")
        for name in ("鄉村治理", "《乡村治理》", "村治"):
            with self.subTest(name=name):
                typed = {"name": name, "position": 0, "parent": make.theme(f"上级{name}").pk}
                refused = self.add("theme", **typed)
                self.assertContains(refused, "乡村治理</a>")
                again = refused.context["adminform"].form["anyway"].value()
                self.assertEqual(self.add("theme", **typed, anyway=again).status_code, 302)

    def test_a_name_that_is_there_is_no_name_without_letters(self):
        make.source("青禾日报")
        refused = self.add("source", name="青禾日報", kind="newspaper", standing="usable")
        self.assertEqual(len(refused.context["adminform"].form.errors["name"]), 1)

    def test_the_second_click_is_for_that_name_only(self):
        make.author("林山")
        refused = self.add("author", name="林 山", kind="person", anyway="别人")
        self.assertEqual(refused.status_code, 200)
        self.assertEqual(Author.objects.count(), 1)

    def test_names_that_only_sound_alike_are_no_twins(self):
        make.author("林山")
        self.assertEqual(self.add("author", name="林杉", kind="person").status_code, 302)

    def test_an_alias_of_a_tag_is_no_tag(self):
        Tag.objects.create(name="村务公开").aliases.create(name="村务透明")
        self.assertContains(self.add("tag", name="村務透明"), "村务公开")
        self.assertEqual(Tag.objects.count(), 1)


class NameFormTests(NameCase):
    def send(self, row, **typed):
        address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
        inlines = {f"{prefix}-{part}_FORMS": 0 for prefix in ("aliases", "domains") for part in ("TOTAL", "INITIAL")}
        return self.client.post(address, {"version": row.version, **inlines, **typed})

    def test_the_form_leads_to_renaming_and_gives_no_other_name_itself(self):
        sent = {"position": 0, "kind": "person", "standing": "usable"}
        for row in (make.source(), make.author(), make.theme(), Tag.objects.create(name="村务")):
            with self.subTest(table=row._meta.model_name):
                page = self.client.get(reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk]))
                self.assertContains(page, reverse(f"admin:articles_{row._meta.model_name}_rename", args=[row.pk]))
                self.send(row, name="别的名字", **sent | ({"kind": "newspaper"} if isinstance(row, Source) else {}))
                self.assertEqual(type(row).objects.get(pk=row.pk).name, row.name)

    def test_an_alias_is_typed_beside_the_name(self):
        theme = make.theme("乡村治理")
        lines = {"aliases-TOTAL_FORMS": 1, "aliases-0-name": "村治", "aliases-0-theme": theme.pk}
        response = self.send(theme, position=0, **lines)
        self.assertEqual(response.status_code, 302)
        self.assertIn("|村治|", Theme.objects.get().search_key)


class RenameTests(NameCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.theme = make.theme("预算公开")
        make.article("墙上的账", theme=cls.theme)

    def address(self, row):
        return reverse(f"admin:articles_{row._meta.model_name}_rename", args=[row.pk])

    def look(self, row, name, **said):
        return self.client.get(self.address(row), {"name": name, "keep_old_name": "on", **said})

    def send(self, row, name, **said):
        said = {"name": name, "keep_old_name": "on", "version": row.version, **said}
        return self.client.post(self.address(row), said)

    def test_it_shows_what_would_change_and_does_nothing(self):
        shown = self.look(self.theme, "账目公开")
        for words in ("预算公开 → 账目公开", "/themes/预算公开/", "墙上的账"):
            self.assertContains(shown, words)
        shown = self.look(self.theme, "账目公开", new_address="on")
        self.assertContains(shown, "/themes/预算公开/ → /themes/账目公开/")
        self.assertEqual((Theme.objects.get().name, Deed.objects.count()), ("预算公开", 0))

    def test_it_warns_of_a_name_that_is_there(self):
        make.theme("账目公开", make.theme("上级"))
        shown = self.look(self.theme, "《帳目公開》")
        self.assertContains(shown, "账目公开</a>")
        self.assertEqual(self.send(self.theme, "《帳目公開》").status_code, 302)

    def test_all_kinds_are_renamed_logged_and_undone_from_the_log(self):
        for row in (make.source(), make.author(), self.theme, Tag.objects.create(name="村务")):
            with self.subTest(table=row._meta.model_name):
                change = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
                self.assertRedirects(self.send(row, "公示栏"), change)
                self.assertEqual(type(row).objects.get(pk=row.pk).name, "公示栏")
                deed = Deed.objects.latest("pk")
                page = reverse("admin:articles_article_deed", args=[deed.pk])
                log = self.client.get(reverse("admin:articles_article_deeds"))
                self.assertContains(log, f"“{row.name}” → “公示栏”")
                self.assertContains(log, page)
                self.client.post(page, {"act": "undo"})
                self.assertEqual(type(row).objects.get(pk=row.pk).name, row.name)

    def test_the_old_name_and_the_address_are_given_up_where_that_is_said(self):
        self.client.post(self.address(self.theme), {"name": "账目公开", "new_address": "on", "version": 1})
        self.assertEqual(Theme.objects.get().aliases.get().slug, "预算公开")
        self.client.post(self.address(self.theme), {"name": "决算公开", "version": 2})
        theme = Theme.objects.get()
        self.assertEqual((theme.slug, [str(alias) for alias in theme.aliases.all()]), ("账目公开", ["预算公开"]))

    def test_a_tag_is_called_in_the_one_spelling_of_tags(self):
        tag = Tag.objects.create(name="村务")
        Tag.objects.create(name="账目").aliases.create(name="村务透明")
        self.send(tag, "村務公開")
        self.assertEqual(Tag.objects.get(pk=tag.pk).name, "村务公开")
        for name in ("村務透明", "村务，公开", "账目"):
            with self.subTest(name=name):
                self.assertEqual(self.send(Tag.objects.get(pk=tag.pk), name).status_code, 400)

    def test_who_comes_second_is_told_and_nothing_is_renamed(self):
        Theme.objects.get().touch()
        self.assertContains(self.send(self.theme, "账目公开"), "预算公开", status_code=409)
        self.assertEqual(Theme.objects.get().name, "预算公开")
        self.assertEqual(self.send(Theme.objects.get(), "账目公开").status_code, 302)

    def test_what_is_no_name_and_what_is_forged_is_refused(self):
        for name in ("", " ", "《》", "村" * 101, "\x00", "预算公开"):
            with self.subTest(name=name):
                self.assertEqual(self.look(self.theme, name).status_code, 200)
                self.assertEqual(self.send(self.theme, name).status_code, 400)
        for version in ("", "x", "9" * 30):
            self.assertEqual(self.send(self.theme, "账目公开", version=version).status_code, 409)
        for key in ("999", "9" * 30):
            self.assertEqual(self.client.get(f"/admin/articles/theme/{key}/rename/").status_code, 404)
        self.assertEqual(Theme.objects.get().name, "预算公开")

    def test_only_editors_and_publishers_rename(self):
        rows = (make.source(), make.author(), Tag.objects.create(name="村务"), self.theme)
        for group, status in (("contributor", 403), ("publisher", 302)):
            self.client = browser_of(person(group, group))
            for row in rows:
                with self.subTest(group=group, table=row._meta.model_name):
                    self.assertEqual(self.look(row, "公示栏").status_code, 403 if status == 403 else 200)
                    self.assertEqual(self.send(row, "公示栏").status_code, status)

    def test_it_asks_no_more_for_many_than_for_few(self):
        asked = []
        for size in (2, 30):
            source = make.source(f"网站{size}")
            for number in range(size):
                make.witness(make.article(f"第{size}-{number}篇", original_source=source), source)
            with CaptureQueriesContext(connection) as queries:
                self.look(source, f"网点{size}")
            asked.append(len(queries))
        self.assertEqual(*asked)
        self.assertLessEqual(asked[0], 20)
