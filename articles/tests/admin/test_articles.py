"""The form of one article: every write goes into its working edition, whole or not at all."""

from django.test import TestCase
from django.urls import reverse

from articles.actions import placing
from articles.actions.restoring import dismiss
from articles.models import Article, Byline, Capture, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by


class FormCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.source = make.source("青禾日报")
        cls.author = make.author("示例作者甲")
        cls.article = make.article(authors=(cls.author,), affiliation="青禾镇议事会", tags=("预算",))

    def setUp(self):
        self.client = browser_of(self.editor)

    def address(self, article=None, name="change"):
        return reverse(f"admin:articles_article_{name}", args=[(article or self.article).pk])

    def save(self, article=None, **typed):
        """Send the form of the article with `typed` put in; it is opened and sent in one go."""
        article = article or self.article
        return self.client.post(self.address(article), sent_by(self.client, article, **typed))

    def stored(self, article=None):
        return Article.objects.get(pk=(article or self.article).pk)


class WritingTests(FormCase):
    def test_it_writes_into_the_working_edition_and_counts_the_version(self):
        response = self.save(title="预算贴在村口的第三年", abstract="第一行\r\n第二行")
        self.assertRedirects(response, reverse("admin:articles_article_changelist"))
        article = self.stored()
        self.assertEqual((article.title, article.working.abstract), ("预算贴在村口的第三年", "第一行\n第二行"))
        self.assertGreater(article.version, self.article.version)

    def test_it_makes_a_new_article(self):
        lines = {"bylines-TOTAL_FORMS": 1, "bylines-0-author": self.author.pk, "bylines-0-role": "author"}
        typed = {"title": "议事会的账本", "body_html": "<p>账本放在门口。</p>", "tags": "账本、公开", **lines}
        self.client.post(reverse("admin:articles_article_add"), sent_by(self.client, None, **typed))
        article = Article.objects.get(title="议事会的账本")
        self.assertEqual(article.working.made_by, self.editor)
        self.assertEqual(article.byline_text, "示例作者甲")
        self.assertEqual({tag.name for tag in article.tags.all()}, {"账本", "公开"})

    def test_it_cleans_the_text(self):
        self.save(body_html='<p onclick="x()">预算<script>alert(1)</script>公开</p>')
        self.assertEqual(self.stored().working.body_html, "<p>预算公开</p>")

    def test_a_number_typed_in_brackets_refers_to_the_note_it_has(self):
        self.save(body_html="<p>账贴在村口[1]，见附表[3]。</p>", notes="四月的公示。\n五月的公示。")
        self.assertEqual(self.stored().working.body_html, "<p>账贴在村口<sup>[1]</sup>，见附表[3]。</p>")

    def test_it_never_changes_a_published_edition(self):
        published = make.publish(self.article)
        self.save(published, title="改过的题目", **{"bylines-0-affiliation": "另一个单位"})
        article = self.stored()
        self.assertEqual(article.live.title, "预算贴在村口")
        self.assertEqual(article.live.bylines.get().affiliation, "青禾镇议事会")
        self.assertEqual((article.title, article.working.title), ("预算贴在村口", "改过的题目"))
        self.assertEqual(article.working.bylines.get().affiliation, "另一个单位")

    def test_saving_an_untouched_published_article_begins_no_edition(self):
        published = make.publish(self.article)
        self.save(published, tags="预算，公开")
        article = self.stored()
        self.assertIsNone(article.working)
        self.assertEqual(article.tags.count(), 2)

    def test_it_takes_dates_as_far_as_they_are_known(self):
        for typed, precision, iso in (
            ("2013", "year", "2013"),
            ("2013-10", "month", "2013-10"),
            ("2013年10月21日", "day", "2013-10-21"),
            ("2013-10-21 17:06", "time", "2013-10-21T17:06"),
            ("", "unknown", ""),
        ):
            with self.subTest(typed=typed):
                self.save(date=typed)
                edition = self.stored().working
                self.assertEqual((edition.original_precision, edition.original_date_iso), (precision, iso))

    def test_it_refuses_what_is_no_date(self):
        for typed in ("2019-02-30", "去年春天", "0000", "99999", "9999-12-31"):
            with self.subTest(typed=typed):
                response = self.save(date=typed)
                self.assertIn("date", response.context["adminform"].form.errors)

    def test_it_writes_the_byline_in_the_order_of_its_positions(self):
        second = make.author("示例作者乙")
        self.save(
            **{
                "bylines-TOTAL_FORMS": 2,
                "bylines-0-position": 5,
                "bylines-1-author": second.pk,
                "bylines-1-role": "author",
                "bylines-1-affiliation": "",
                "bylines-1-position": 1,
            }
        )
        self.assertEqual(self.stored().byline_text, "示例作者乙、示例作者甲")

    def test_who_changes_only_the_byline_has_written_in_the_edition(self):
        self.save(**{"bylines-0-affiliation": "另一个单位"})
        edition = self.stored().working
        self.assertEqual(edition.changed_by, self.editor)
        self.assertEqual([hand.user for hand in edition.hands.all()], [self.editor])

    def test_an_emptied_line_of_the_byline_goes_away(self):
        self.save(**{"bylines-0-author": "", "bylines-0-affiliation": ""})
        self.assertEqual(self.stored().byline_text, "")
        self.assertFalse(Byline.objects.exists())

    def test_it_asks_whose_an_affiliation_is(self):
        response = self.save(**{"bylines-0-author": ""})
        self.assertIn("author", response.context["inline_admin_formsets"][0].formset.forms[0].errors)
        self.assertEqual(Byline.objects.count(), 1)

    def test_it_names_an_author_once_in_a_role(self):
        line = {"bylines-1-author": self.author.pk, "bylines-1-role": "author"}
        response = self.save(
            **{"bylines-TOTAL_FORMS": 2, **line, "bylines-1-affiliation": "", "bylines-1-position": ""}
        )
        self.assertTrue(response.context["inline_admin_formsets"][0].formset.total_error_count())
        self.assertEqual(Byline.objects.count(), 1)

    def test_it_refuses_tags_that_make_no_address(self):
        for tags in ("《》", "长" * 51):
            with self.subTest(tags=tags):
                self.assertIn("tags", self.save(tags=tags).context["adminform"].form.errors)

    def test_it_places_the_article(self):
        theme, other = make.theme(), make.theme("议事规则")
        self.save(**{"placements-TOTAL_FORMS": 1, "placements-0-theme": theme.pk, "placements-0-reason": "第一篇"})
        self.assertEqual(self.stored().placements.get().reason, "第一篇")
        self.save(**{"placements-0-theme": other.pk, "placements-0-reason": ""})
        self.assertEqual(self.stored().placements.get().theme, other)

    def test_a_theme_counts_its_version_up_when_an_article_is_placed_in_it(self):
        theme = make.theme()
        self.save(**{"placements-TOTAL_FORMS": 1, "placements-0-theme": theme.pk, "placements-0-reason": "第一篇"})
        self.save(subtitle="只改了副题")
        self.assertEqual(Theme.objects.get().version, theme.version + 1)

    def test_it_shows_its_copies(self):
        make.witness(self.article, self.source, title_there="账目上墙")
        self.assertContains(self.client.get(self.address()), "《账目上墙》")

    def test_history_says_who_changed_what(self):
        self.save(title="新的题目", subtitle="第三年的账", reason="补上年份。")
        history = self.client.get(self.address(name="history"))
        self.assertContains(history, "editor")
        self.assertContains(history, "本版缘由")
        for name in ("版本", " copy", "Reason"):
            self.assertNotContains(history, name)


class ConflictTests(FormCase):
    def setUp(self):
        super().setUp()
        self.mine = sent_by(self.client, self.article)

    def second(self, **typed):
        return self.client.post(self.address(), {**self.mine, **typed})

    def test_the_second_writer_gets_both_texts_and_nothing_is_written(self):
        self.save(title="别人的题目")
        response = self.second(title="我的题目")
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, 'value="我的题目"', status_code=409)
        self.assertContains(response, "<ins>别人的题目</ins>", status_code=409)
        self.assertEqual(self.stored().title, "别人的题目")

    def test_fields_the_second_writer_left_alone_take_the_newer_words(self):
        self.save(title="别人的题目", notes="别人的注")
        response = self.second(subtitle="我的副题")
        form = response.context["adminform"].form
        self.assertEqual(form["title"].value(), "别人的题目")
        self.assertEqual(form["subtitle"].value(), "我的副题")
        self.assertTrue(all(field.is_taken_over for field in response.context["differences"]))

    def test_the_form_of_the_second_writer_can_then_be_saved(self):
        self.save(title="别人的题目")
        form = self.second(subtitle="我的副题").context["adminform"].form
        shown = {name: form[name].value() for name in ("version", "base", "title")}
        self.assertEqual(self.second(subtitle="我的副题", **shown).status_code, 302)
        edition = self.stored().working
        self.assertEqual((edition.title, edition.subtitle), ("别人的题目", "我的副题"))

    def test_a_version_or_base_that_was_made_up_is_a_conflict(self):
        for forged in ({"version": ""}, {"version": "-1"}, {"version": "9" * 30}, {"version": "0", "base": "[1]"}):
            with self.subTest(forged=forged):
                self.assertEqual(self.second(title="我的题目", **forged).status_code, 409)
        self.assertEqual(self.stored().title, "预算贴在村口")

    def test_an_edition_published_meanwhile_is_a_conflict(self):
        make.publish(self.article)
        self.assertEqual(self.second(title="我的题目").status_code, 409)
        self.assertEqual(self.stored().live.title, "预算贴在村口")


class ForgeryTests(FormCase):
    def test_it_takes_no_column_that_is_not_in_the_form(self):
        self.save(status="published", live="1", working="1", live_from="2020-01-01", state="published", number="7")
        article = self.stored()
        self.assertEqual((article.status, article.live, article.working.number), ("draft", None, None))

    def test_it_reaches_no_row_of_another_article(self):
        other = make.article("别的文章", authors=("示例作者乙",))
        theme = make.theme()
        place = placing.place(other, theme, reason="原来的理由")
        for forged in (
            {"placements-TOTAL_FORMS": 1, "placements-INITIAL_FORMS": 1, "placements-0-id": place.pk},
            {"placements-TOTAL_FORMS": 1, "placements-0-theme": "9" * 40},
            {"bylines-INITIAL_FORMS": 1, "bylines-0-id": other.working.bylines.get().pk},
            {"bylines-INITIAL_FORMS": 1, "bylines-0-id": "9" * 40},
            {"placements-TOTAL_FORMS": 1, "placements-INITIAL_FORMS": 1, "placements-0-id": "x"},
        ):
            with self.subTest(forged=forged):
                self.save(**{"placements-0-theme": theme.pk, "placements-0-reason": "改", **forged})
                place.refresh_from_db()
                self.assertEqual((place.article, place.reason), (other, "原来的理由"))
                self.assertEqual(other.working.bylines.get().author.name, "示例作者乙")

    def test_it_deletes_bare_drafts_only(self):
        bare = make.article("空稿")
        captured = make.article("有原件的稿")
        make.witness(captured, capture=make_capture())
        published = make.article("见过读者的稿", published=True)
        for article, status in ((bare, 302), (captured, 403), (published, 403)):
            with self.subTest(article=article.title):
                response = self.client.post(
                    self.address(article, "delete"), {"post": "yes", "version": article.version}
                )
                self.assertEqual(response.status_code, status)
                self.assertEqual(Article.objects.filter(pk=article.pk).exists(), status == 403)


def make_capture():
    return Capture.objects.create(sha256="ab" * 32, size=3, media_type="text/plain", file_name="copy.txt")


class LookingAgainTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = person("editor", "editor")
        cls.article = make.article("账目贴上墙", "议事会把账目贴在村口。")

    def save(self, **typed):
        client = browser_of(self.user)
        article = Article.objects.get(pk=self.article.pk)
        address = reverse("admin:articles_article_change", args=[article.pk])
        return client.post(address, sent_by(client, article, **typed))

    def test_a_reworded_text_is_looked_at_again(self):
        self.save(body_html="<p>议事会把账目贴在村口,每一笔都写明用处。</p>")
        found = make.edition(self.article).findings.get()
        self.assertEqual((found.code, found.found, found.suggestion), ("punctuation_width", ",", "，"))

    def test_a_decision_taken_is_not_asked_again(self):
        self.save(body_html="<p>议事会把账目贴在村口,每一笔都写明用处。</p>")
        found = make.edition(self.article).findings.get()
        article = Article.objects.get(pk=self.article.pk)
        dismiss(article, [found.pk], version=article.version, by=self.user, reason="原文如此。")
        self.save(body_html="<p>议事会把账目贴在村口,每一笔都写明用处。答不出来的记在本子上。</p>")
        self.assertEqual([row.state for row in make.edition(self.article).findings.all()], ["dismissed"])

    def test_what_only_changes_beside_the_text_is_not_looked_at(self):
        self.save(keywords="账目、公开")
        self.assertFalse(make.edition(self.article).findings.exists())


class QueryTests(TestCase):
    def test_the_form_asks_as_often_whatever_hangs_on_the_article(self):
        client = browser_of(person("editor", "editor"))
        for count in (1, 30):
            article = make.article(
                f"账目贴上墙（{count}）", authors=tuple(f"示例作者{count}-{n}" for n in range(count))
            )
            for n in range(count):
                make.witness(article, make.source(f"示例报{count}-{n}"))
                placing.place(Article.objects.get(pk=article.pk), make.theme(f"账目{count}-{n}"))
                make.finding(article)
            address = reverse("admin:articles_article_change", args=[article.pk])
            client.get(address)
            with self.subTest(count=count), self.assertNumQueries(16):
                client.get(address)
