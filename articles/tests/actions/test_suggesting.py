from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from articles.actions import placing, suggesting
from articles.models import Tag
from articles.tests import make


class MentionTests(SimpleTestCase):
    def test_a_longer_name_hides_those_inside_it(self):
        counts = suggesting.mentions("村务公开以后，村务才说得清。", {"村务", "村务公开"})
        self.assertEqual(counts, {"村务公开": 1, "村务": 1})

    def test_a_latin_name_is_a_word_of_its_own(self):
        self.assertEqual(suggesting.mentions("ai改稿said，ngo和ai", {"ai", "ngo"}), {"ai": 2, "ngo": 1})

    def test_no_text_and_no_names_are_nothing(self):
        self.assertEqual(suggesting.mentions("", {"村务"}) + suggesting.mentions("村务", ()), {})


class SuggestionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article(
            "村務公開怎樣做",
            body="議事會把預算貼在村口。\n預算寫得清楚，誰都看得懂。\n修路的錢問了又問。",
            keywords="听证、监督",
        )
        for name in ("村务公开", "预算", "修路", "听证", "选举"):
            Tag.objects.create(name=name)

    def tags_of(self, article=None):
        return {one.row.name: one for one in suggesting.tags_for(article or self.article)}

    def test_names_are_met_in_the_other_script_with_their_reasons(self):
        found = self.tags_of()
        self.assertTrue(found["村务公开"].in_title)
        self.assertEqual(found["预算"].in_text, 2)
        self.assertTrue(found["听证"].in_keywords)

    def test_one_mention_in_passing_is_no_reason(self):
        self.assertEqual(self.tags_of().keys(), {"村务公开", "预算", "听证"})

    def test_an_alias_speaks_for_its_row(self):
        Tag.objects.get(name="选举").aliases.create(name="议事会")
        Tag.objects.get(name="修路").aliases.create(name="村口修路")
        article = make.article("谈议事会", body="议事会开了三次。")
        self.assertEqual((self.tags_of(article)["选举"].name, self.tags_of(article).keys()), ("议事会", {"选举"}))

    def test_mentions_of_a_name_and_of_its_alias_add_up(self):
        Tag.objects.get(name="修路").aliases.create(name="铺路")
        article = make.article("一年的事", body="年初修路。\n年底又铺路。")
        found = self.tags_of(article)["修路"]
        self.assertEqual((found.in_text, found.name), (2, "修路、铺路"))

    def test_variants_of_a_character_are_one(self):
        Tag.objects.create(name="账目")
        self.assertEqual(self.tags_of(make.article("一年的帳目"))["账目"].name, "账目")

    def test_what_the_article_has_is_not_suggested(self):
        self.article.tags.add("预算")
        self.assertNotIn("预算", self.tags_of())

    def test_the_likeliest_comes_first(self):
        self.assertEqual(list(self.tags_of()), ["村务公开", "听证", "预算"])

    def test_themes_are_met_by_name_and_by_articles_alike(self):
        named, alike, lonely = (make.theme(name) for name in ("预算", "群众来信", "口述"))
        self.article.tags.add("监督")
        for number in range(2):
            placing.place(make.article(f"别的第{number}篇", tags=("监督",)), alike)
        placing.place(make.article("只有一篇", tags=("监督",)), lonely)
        found = {one.row: one for one in suggesting.themes_for(self.article)}
        self.assertEqual(found.keys(), {named, alike})
        self.assertEqual(found[alike].alike, 2)
        placing.place(self.article, alike)
        self.assertNotIn(alike, {one.row for one in suggesting.themes_for(self.article)})

    def test_a_large_vocabulary_takes_no_more_queries(self):
        asked = []
        for size in (1, 2):
            with CaptureQueriesContext(connection) as queries:
                suggesting.tags_for(self.article)
                suggesting.themes_for(self.article)
            asked.append(len(queries))
            Tag.objects.bulk_create(
                Tag(name=name, slug=name) for name in (f"标签{size}-{number}" for number in range(300))
            )
        self.assertEqual(*asked)
