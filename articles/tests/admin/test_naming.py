"""How sources, authors, themes and tags are found, named, and kept from standing there twice."""

from django.test import TestCase
from django.urls import reverse

from articles.models import Author, Source, Tag, Theme
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
        Tag.objects.create(name="重庆")

    def test_names_are_found_by_every_way_they_are_typed(self):
        for table, terms in (
            ("theme", ("乡村", "鄉村治理", "xczl", "XiangCun", "村治", "cz", "xiangcun zhili")),
            ("source", ("青禾", "qhrb", "禾报", "hebao", "news.example")),
            ("author", ("林山", "linshan", "山木", "sm")),
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


class RenameTests(NameCase):
    def rename(self, row, **typed):
        name = row._meta.model_name
        address = reverse(f"admin:articles_{name}_change", args=[row.pk])
        inlines = {f"{prefix}-{part}_FORMS": 0 for prefix in ("aliases", "domains") for part in ("TOTAL", "INITIAL")}
        return self.client.post(address, {"version": row.version, **inlines, **typed})

    def test_the_old_name_stays_as_an_alias_unless_it_is_given_up(self):
        tag = Tag.objects.create(name="村务公开")
        self.rename(tag, name="村务透明", keep_old_name="on")
        tag.refresh_from_db()
        self.assertEqual((tag.slug, [str(alias) for alias in tag.aliases.all()]), ("村务公开", ["村务公开"]))
        self.assertIn("|cwgk|", tag.search_key)
        self.rename(tag, name="村务公示")
        self.assertEqual(tag.aliases.count(), 1)

    def test_an_alias_is_typed_beside_the_name(self):
        theme = make.theme("乡村治理")
        lines = {"aliases-TOTAL_FORMS": 1, "aliases-0-name": "村治", "aliases-0-theme": theme.pk}
        response = self.rename(theme, name="乡村治理", position=0, **lines)
        self.assertEqual(response.status_code, 302)
        self.assertIn("|村治|", Theme.objects.get().search_key)

    def test_an_alias_of_another_source_cannot_be_kept(self):
        source = make.source("青禾日报")
        make.source("青禾网", aliases=("青禾日报",))
        typed = {"name": "青禾晚报", "kind": "newspaper", "standing": "usable", "keep_old_name": "on"}
        self.assertIn("keep_old_name", self.rename(source, **typed).context["adminform"].form.errors)
        self.assertEqual(Source.objects.get(pk=source.pk).name, "青禾日报")

    def test_a_contributor_cannot_rename(self):
        self.client = browser_of(person("contributor", "contributor"))
        for row in (make.theme(), make.source(), Tag.objects.create(name="村务")):
            with self.subTest(row=row):
                self.assertEqual(self.rename(row, name="别的名字").status_code, 403)
