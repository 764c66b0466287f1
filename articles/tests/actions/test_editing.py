from django.core.exceptions import ValidationError
from django.test import TestCase

from articles.actions import editing
from articles.body import BodyRefused
from articles.models import Article, Edition, StaleVersion
from articles.tests import make


class ReviseTests(TestCase):
    def test_a_draft_is_written_in_place(self):
        article = make.article("旧标题")
        article = editing.revise(article, version=article.version, by=None, title="新标题")
        self.assertEqual((article.title, Edition.objects.count()), ("新标题", 1))

    def test_a_published_text_gets_a_working_edition_beside_it(self):
        article = make.article("旧标题", authors=("林山",), affiliation="示例大学", published=True)
        article = editing.revise(article, version=article.version, by=None, title="新标题")
        self.assertEqual((article.live.title, article.working.title, article.title), ("旧标题", "新标题", "旧标题"))
        self.assertEqual(article.working.body_html, article.live.body_html)
        self.assertEqual([str(line) for line in article.working.bylines.all()], ["林山 (示例大学)"])

    def test_a_published_name_outlives_the_authors_new_one(self):
        article = make.article(authors=("林山",), published=True)
        author = article.live.bylines.get().author
        author.name = "林山石"
        author.save()
        article = editing.revise(article, version=article.version, by=None, title="新标题")
        self.assertEqual([line.name for line in article.working.bylines.all()], ["林山"])
        self.assertEqual(article.byline_text, "林山")

    def test_a_stale_writer_is_refused_and_nothing_is_lost(self):
        article = make.article("旧标题")
        stale = article.version
        editing.revise(article, version=stale, by=None, title="先到的标题")
        with self.assertRaises(StaleVersion):
            editing.revise(article, version=stale, by=None, title="后到的标题")
        self.assertEqual(Article.objects.get().title, "先到的标题")

    def test_what_lists_show_is_written_with_the_text(self):
        article = make.article(body="预算共 12 项。", authors=("林山", "何水"))
        self.assertEqual(
            (article.byline_text, article.character_count, article.summary), ("林山、何水", 6, "预算共 12 项。")
        )

    def test_lists_begin_with_the_prose_and_not_with_headings_tables_or_marks_of_notes(self):
        table = "<table><tbody><tr><th>年</th><td>甲</td></tr><tr><th>月</th><td>乙</td></tr></tbody></table>"
        body = f"<h2>一、账目</h2>{table}<p>账目<sup>[1]</sup>上墙。</p><ul><li>每月一次。</li></ul>"
        self.assertEqual(make.article(body=body, notes="见公示栏。").summary, "账目上墙。每月一次。")
        self.assertEqual(make.article(body="<h2>只有标题</h2>").summary, "只有标题")


class StartTests(TestCase):
    def test_a_title_too_long_leaves_nothing_behind(self):
        with self.assertRaises(ValidationError):
            make.article("长" * 301)
        self.assertFalse(Article.objects.exists())

    def test_a_body_nested_too_deep_leaves_nothing_behind(self):
        with self.assertRaises(BodyRefused):
            editing.start(by=None, title="深", body_html="<div>" * 20_000)
        self.assertFalse(Article.objects.exists())
