"""The record of an article: the same bytes for the same article, with all that matters to people in it."""

import json

from django.contrib.auth.models import User
from django.test import TestCase

from articles.actions import editing
from articles.exports import records
from articles.models import Article, Capture, Finding
from articles.tests import make


class RecordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme, cls.source = make.theme("村务公开"), make.source(domains=("news.example.cn",))
        cls.article = make.article(
            "村口的预算墙",
            authors=("示例作者甲", "示例作者乙"),
            theme=cls.theme,
            reason="最早写到这件事",
            tags=("预算", "村务"),
            original_source=cls.source,
            published=True,
        )
        capture = Capture.objects.create(sha256="ab" * 32, size=3, media_type="text/html")
        make.witness(cls.article, cls.source, capture=capture, address="https://news.example.cn/1")
        make.excerpt(cls.article, cls.theme, "每一笔都写明用处", aspect="预算")
        make.finding(cls.article, found=",", suggestion="，", state=Finding.State.ACCEPTED)

    def record(self, article=None):
        return json.loads(b"".join(records.lines(Article.objects.filter(pk=(article or self.article).pk))))

    def test_it_holds_what_matters_to_people(self):
        record = self.record()
        edition = record["editions"][0]
        self.assertEqual((record["number"], record["status"], record["live"]), (self.article.pk, "published", 1))
        self.assertEqual(record["tags"], ["村务", "预算"])
        self.assertEqual(record["placements"][0]["reason"], "最早写到这件事")
        self.assertEqual((edition["title"], edition["original_source"]), ("村口的预算墙", "青禾日报"))
        self.assertEqual([line["printed"] for line in edition["bylines"]], ["示例作者甲", "示例作者乙"])
        self.assertEqual(
            (edition["excerpts"][0]["exact"], edition["excerpts"][0]["theme"]), ("每一笔都写明用处", "村务公开")
        )
        self.assertEqual((edition["findings"][0]["state"], edition["findings"][0]["suggestion"]), ("accepted", "，"))
        self.assertEqual(record["witnesses"][0]["captures"], ["ab" * 32])

    def test_it_does_not_tell_how_often_rows_were_written(self):
        before = b"".join(records.library())
        article = Article.objects.get(pk=self.article.pk)
        article.touch().save()
        item = article.tag_items.first()
        tag = item.tag
        item.delete()
        article.tags.add(tag)
        self.assertEqual(b"".join(records.library()), before)

    def test_it_tells_every_change_of_words(self):
        before = self.record()
        article = Article.objects.get(pk=self.article.pk)
        article.editor = User.objects.create_user("lin")
        article.save()
        self.assertEqual((self.record()["editor"], before["editor"]), ("lin", None))
        make.revised(article, "议事会把预算改在墙上。", reason="改一个字")
        self.assertEqual([edition["number"] for edition in self.record()["editions"]], [1, 2])

    def test_it_names_everybody_who_wrote_in_an_edition(self):
        for name in ("lin", "chen", "lin"):
            user = User.objects.get_or_create(username=name)[0]
            article = Article.objects.get(pk=self.article.pk)
            editing.revise(article, version=article.version, by=user, subtitle=f"{name}改过的副题")
        self.assertEqual([edition["hands"] for edition in self.record()["editions"]], [[], ["chen", "lin"]])

    def test_it_holds_the_letters_and_not_how_to_reach_who_wrote_them(self):
        reach = "reader@mail.example"
        sent = make.letter(self.article, passage="每一笔", suggestion="每一项", name="示例读者甲", contact=reach)
        make.letter(self.article, "comment", outcome="declined", remark="一句话。")
        make.revised(self.article, "议事会把预算改在墙上。")
        letters = self.record()["editions"][0]["letters"]
        written, declined = sorted(letters, key=lambda letter: letter["state"] == "declined")
        self.assertEqual(
            (written["ticket"], written["exact"], written["suggestion"]), (sent.ticket, "每一笔", "每一项")
        )
        self.assertEqual((declined["state"], declined["outcome"], declined["handled_by"]), ("declined",) * 2 + (None,))
        self.assertNotIn(reach, b"".join(records.library()).decode())

    def test_a_library_is_written_in_the_order_of_its_numbers(self):
        for number in range(3):
            make.article(f"村务公开第{number}期")
        numbers = [json.loads(line)["number"] for line in records.library()]
        self.assertEqual(numbers, sorted(Article.objects.values_list("pk", flat=True)))

    def test_its_queries_do_not_grow_with_the_articles(self):
        asked = 12
        with self.assertNumQueries(asked):
            list(records.library())
        for number in range(20):
            make.article(f"村务公开第{number}期", theme=self.theme, tags=("预算",), authors=("示例作者甲",))
        with self.assertNumQueries(asked):
            list(records.library())
