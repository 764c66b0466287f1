"""The editions of an article on the screen: listed, compared, taken up again, let go."""

from django.test import TestCase
from django.urls import reverse

from articles.actions import editing
from articles.models import Article
from articles.tests import make
from articles.tests.admin.people import browser_of, person


class EditionsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.contributor = person("editor", "editor"), person("contributor", "contributor")
        article = make.article("预算贴在村口", "账目贴出来,大家看。\n第二段说的是人。", published=True)
        cls.article = make.revised(
            article,
            "账目贴出来，大家看。\n第二段说的是人。\n新添一段。",
            title="账目贴在村口",
            reason="改了标点，添了一段。",
        )
        cls.first, cls.second = cls.article.editions.order_by("number")

    def setUp(self):
        self.client = browser_of(self.editor)

    def address(self, name, *keys):
        return reverse(f"admin:articles_article_{name}", args=[self.article.pk, *keys])

    def begin(self):
        return editing.revise(self.article, version=self.article.version, by=self.editor, title="第三个题目")

    def confirm(self, name, *keys, article=None):
        article = article or self.article
        return self.client.post(self.address(name, *keys), {f"version-{article.pk}": article.version})


class ListTests(EditionsCase):
    def test_it_lists_every_edition_with_what_became_of_its_length(self):
        self.begin()
        lines = self.client.get(self.address("editions")).context["lines"]
        self.assertEqual([line.edition.number for line in lines], [None, 2, 1])
        self.assertEqual([(line.count, line.change) for line in lines], [(19, 0), (19, 4), (15, None)])

    def test_it_says_why_each_was_made(self):
        self.assertContains(self.client.get(self.address("editions")), "改了标点，添了一段。")

    def test_its_queries_do_not_grow(self):
        with self.assertNumQueries(8):
            self.client.get(self.address("editions"))
        for number in range(4):
            self.article = make.revised(self.article, title=f"第{number}个题目")
        with self.assertNumQueries(8):
            self.client.get(self.address("editions"))

    def test_a_contributor_sees_it_and_is_offered_nothing(self):
        response = browser_of(self.contributor).get(self.address("editions"))
        self.assertNotContains(response, self.address("restore_edition", self.first.pk))
        self.assertContains(browser_of(self.editor).get(self.address("editions")), "restore/")


class CompareTests(EditionsCase):
    def compare(self, **chosen):
        return self.client.get(self.address("compare"), chosen)

    def test_it_shows_the_two_newest_where_none_is_chosen(self):
        context = self.compare().context
        self.assertEqual((context["left"], context["right"]), (self.first, self.second))

    def test_it_shows_what_differs_in_text_and_in_what_is_known(self):
        context = self.compare(left=self.first.pk, right=self.second.pk).context
        self.assertEqual([(fact.left, fact.right) for fact in context["facts"]], [("预算贴在村口", "账目贴在村口")])
        runs = [run for row in context["rows"] for run in row.runs if run.kind != "same"]
        self.assertEqual(
            [(run.kind, run.text.strip()) for run in runs], [("out", ","), ("in", "，"), ("in", "新添一段。")]
        )

    def test_an_edition_of_another_article_is_not_found(self):
        other = make.article("另一篇", published=True)
        for key in (other.live_id, "x", "9" * 40, ""):
            with self.subTest(key=key):
                self.assertEqual(self.compare(left=key).status_code, 404)


class MarkupTests(TestCase):
    """Two texts of the same words: every screen that shows them beside each other says what else differs."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        live = '<p>账目见<a href="https://a.example/">村口</a>。</p><p>收入与支出。</p>'
        article = make.article("预算贴在村口", live, published=True)
        evil = live.replace("a.example", "evil.example").replace("<p>收入与支出。</p>", "<h2>收入与支出。</h2>")
        cls.article = editing.revise(article, version=article.version, by=None, body_html=make.html_of(evil))

    def look(self, name, *keys):
        return browser_of(self.editor).get(reverse(f"admin:articles_article_{name}", args=[self.article.pk, *keys]))

    def test_a_changed_link_is_named_where_editions_are_compared_discarded_and_restored(self):
        for name, keys, ways in (
            ("compare", (), "https://a.example/ → https://evil.example/"),
            ("discard_edition", (), "https://evil.example/ → https://a.example/"),
            ("restore_edition", (self.article.live_id,), "https://evil.example/ → https://a.example/"),
        ):
            with self.subTest(screen=name):
                response = self.look(name, *keys)
                self.assertContains(response, ways)
                self.assertContains(response, 'class="differs"', 2)
                self.assertEqual((response.context["word_count"], response.context["markup_count"]), (0, 2))


class RestoreTests(EditionsCase):
    def test_it_shows_what_would_change_and_changes_nothing(self):
        response = self.client.get(self.address("restore_edition", self.first.pk))
        self.assertEqual((response.context["left"], response.context["right"]), (self.second, self.first))
        self.assertNotContains(response, "errornote")
        self.assertIsNone(Article.objects.get().working)

    def test_it_warns_of_what_it_takes_the_place_of(self):
        self.begin()
        self.assertContains(self.client.get(self.address("restore_edition", self.first.pk)), "errornote")

    def test_it_makes_the_old_edition_the_working_one(self):
        response = self.confirm("restore_edition", self.first.pk)
        self.assertRedirects(response, self.address("change"))
        article = Article.objects.get()
        self.assertEqual((article.working.title, article.working.changed_by), ("预算贴在村口", self.editor))

    def test_who_comes_second_is_told_so(self):
        self.begin()
        self.assertEqual(self.confirm("restore_edition", self.first.pk).status_code, 409)
        self.assertEqual(Article.objects.get().working.title, "第三个题目")

    def test_the_edition_of_another_article_is_not_found(self):
        other = make.article("另一篇", published=True)
        self.assertEqual(self.confirm("restore_edition", other.live_id).status_code, 404)


class DiscardTests(EditionsCase):
    def test_it_shows_what_goes_and_then_drops_it(self):
        article = self.begin()
        response = self.client.get(self.address("discard_edition"))
        self.assertEqual(
            [(fact.left, fact.right) for fact in response.context["facts"]], [("第三个题目", "账目贴在村口")]
        )
        self.assertRedirects(self.confirm("discard_edition", article=article), self.address("change"))
        self.assertIsNone(Article.objects.get().working)

    def test_without_changes_it_says_that_there_are_none(self):
        response = self.confirm("discard_edition")
        self.assertTrue(response.context["form"].non_field_errors())
        self.assertEqual(self.client.get(self.address("discard_edition")).status_code, 200)
