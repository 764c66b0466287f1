"""What is meant can be typed where no script suggests it: a name, an alias or a number."""

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from articles.admin.suggestions import key_of
from articles.models import Article, Source, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by
from articles.tests.admin.test_conflicts import sent_by_form


class KeyTests(TestCase):
    def test_a_name_an_alias_and_a_number_are_known(self):
        source = make.source("青禾日报", aliases=("青禾报",))
        article = make.article("墙上的账")
        user = person("xiaozhou", "editor")
        for model, typed, row in (
            (Source, "青禾日报", source),
            (Source, "青禾报", source),
            (Source, f"#{source.pk}", source),
            (Article, "墙上的账", article),
            (Article, str(article.pk), article),
            (User, "xiaozhou", user),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(key_of(model, typed), str(row.pk))

    def test_what_names_nothing_or_two_stays_as_it_was_typed(self):
        make.article("同名")
        make.article("同名")
        for model, typed in ((Article, "同名"), (Source, "没有这份报"), (Source, "12"), (Source, "#x")):
            with self.subTest(typed=typed):
                self.assertEqual(key_of(model, typed), typed)


class TypedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.theme = make.theme("预算公开")
        cls.article = make.article("墙上的账")

    def setUp(self):
        self.client = browser_of(self.editor)

    def test_every_select_that_suggests_has_a_line_for_whoever_has_no_script(self):
        shown = self.client.get(reverse("admin:articles_article_change", args=[self.article.pk]))
        for name in ("original_source", "bylines-0-author", "placements-0-theme"):
            self.assertContains(shown, f'<input type="text" name="{name}-typed"')

    def test_an_article_is_signed_placed_and_traced_by_typing(self):
        author, source = make.author("温小舟"), make.source("青禾日报")
        typed = {
            "bylines-0-author-typed": "温小舟",
            "placements-0-theme-typed": "预算公开",
            "original_source-typed": " 青禾日报 ",
        }
        address = reverse("admin:articles_article_change", args=[self.article.pk])
        self.client.post(address, sent_by(self.client, self.article, **typed))
        article = Article.objects.get(pk=self.article.pk)
        self.assertEqual(article.current.bylines.get().author, author)
        self.assertEqual(article.placements.get().theme, self.theme)
        self.assertEqual(article.current.original_source, source)

    def test_words_that_name_nothing_are_shown_again(self):
        address = reverse("admin:articles_article_change", args=[self.article.pk])
        typed = {"bylines-0-author-typed": "不认识的人", "original_source-typed": "没有\x00这份报"}
        response = self.client.post(address, sent_by(self.client, self.article, **typed))
        self.assertEqual(response.status_code, 200)
        for words in ("不认识的人", "没有 这份报"):
            self.assertContains(response, f'value="{words}"')

    def test_the_desks_take_what_is_typed(self):
        arrange = reverse("admin:articles_article_arrange", args=[self.article.pk])
        version = {"version": Article.objects.get(pk=self.article.pk).version}
        sent = {**version, "do": "place", "place-theme-typed": "预算公开", "place-reason": "最早写到。"}
        self.client.post(arrange, sent)
        self.assertEqual(self.article.placements.get().reason, "最早写到。")
        order = reverse("admin:articles_theme_arrange", args=[self.theme.pk])
        new = make.article("新来的")
        carried = dict(self.client.get(order).context["carried"])
        shown = self.client.post(order, {**carried, "do": "add", "add-typed": "新来的"})
        self.assertIn(new.pk, [row["article"].pk for row in shown.context["rows"]])

    def test_a_copy_is_given_its_source_by_typing(self):
        source = make.source("青禾晚报")
        copy = make.witness(self.article, address="https://qinghe.example/1")
        trace = reverse("admin:articles_article_trace", args=[self.article.pk])
        shown = self.client.get(trace).context
        forms = [shown["entries"][0]["form"], shown["new"]]
        sent = {field.html_name: field.value() for form in forms for field in form if field.value()}
        sent |= {"version": shown["article"].version, f"copy-{copy.pk}-source-typed": "青禾晚报"}
        answer = self.client.post(trace, sent)
        self.assertEqual(answer.status_code, 302)
        copy.refresh_from_db()
        self.assertEqual(copy.source, source)

    def test_a_name_is_merged_into_one_that_is_typed_and_never_offered_itself(self):
        gone = make.theme("村里的账")
        address = reverse("admin:articles_theme_merge", args=[gone.pk])
        shown = self.client.get(address, {"into-typed": "预算公开"})
        self.assertEqual(shown.context["survivor"], self.theme)
        offered = shown.context["form"]["into"].as_widget()
        self.assertIn(f"without={gone.pk}", offered)
        query = {"app_label": "articles", "model_name": "theme", "field_name": "parent", "term": "账"}
        suggested = self.client.get(reverse("admin:autocomplete"), query | {"without": gone.pk}).json()["results"]
        self.assertEqual(suggested, [])
        self.assertEqual(len(self.client.get(reverse("admin:autocomplete"), query).json()["results"]), 1)

    def test_a_theme_is_put_under_one_that_is_typed(self):
        child = make.theme("决算")
        address = reverse("admin:articles_theme_change", args=[child.pk])
        self.client.post(address, sent_by_form(self.client.get(address), **{"parent-typed": "预算公开"}))
        self.assertEqual(Theme.objects.get(pk=child.pk).parent, self.theme)
