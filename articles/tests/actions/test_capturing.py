from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import TestCase, TransactionTestCase

from articles import intake
from articles.actions import capturing
from articles.models import Article, Author, Capture, Edition, Finding, HouseRules, Witness
from articles.tests import make

PARAGRAPHS = (
    "村里的账本过去锁在会计的抽屉里，一年只拿出来一次，看得懂的人不多，敢开口问的人更少。",
    "去年春天，青石镇请每个村把预算写成一张大表，贴在村口，每一笔支出后面写明用处和经手人。",
    "起初只有几位老人来看，后来下地的人路过也停下来，问一问修渠的钱为什么比前年多出三成。",
    "问得多了，会计索性搬来一张桌子，每逢集日坐在表下面，把单据一张张摊开给人看。",
    "到了秋天，议事会根据大家的意见删掉两项开支，又把省下的钱添进了小学的冬季取暖费里。",
)


def page(title: str = "账本搬到村口", paragraphs: tuple[str, ...] = PARAGRAPHS, meta: str = "") -> bytes:
    body = "".join(f"<p>　　{paragraph}</p>" for paragraph in paragraphs)
    head = f"<title>{title}_云岭示例网</title><meta charset=utf-8>"
    return f"<html><head>{head}</head><body><h1>{title}</h1><div>{meta}</div><div>{body}</div></body></html>".encode()


META = "2021-03-05 09:30 来源：青禾日报 作者：林山"


class TogetherTests(TransactionTestCase):
    def test_copies_that_come_in_together_are_one_article(self):
        """On PostgreSQL each thread has a connection of its own; SQLite in memory has one writer anyway."""
        if connection.vendor != "postgresql":
            self.skipTest("one connection only: SQLite in memory")
        copies = [page(meta=f"{META} 点击：{number}") for number in range(4)]
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(self.take, copies))
        self.assertEqual((Article.objects.count(), Author.objects.count()), (1, 1))
        self.assertEqual(Witness.objects.count(), 4)

    def take(self, data: bytes):
        try:
            capturing.take_in(capturing.Page(data))
        finally:
            connection.close()


class PublishedOnArrivalTests(TestCase):
    def test_what_may_not_be_published_stays_a_draft_and_says_why(self):
        HouseRules.objects.create(needs_other_reviewer=True)
        taken = capturing.take_in(capturing.Page(page()), by=make.editor(), publish=True)
        self.assertEqual(Article.objects.get(pk=taken.article.pk).status, "draft")
        self.assertIn("another person", taken.unpublished)


class TakeInTests(TestCase):
    def take(self, data: bytes, **page) -> capturing.Taken:
        return capturing.take_in(capturing.Page(data, name="page.html", **page))

    def test_a_page_becomes_a_draft_with_its_bytes_beside_it(self):
        paper = make.source("青禾日报")
        taken = self.take(page(meta=META))
        self.assertEqual(taken.result, capturing.Result.NEW)
        edition = Edition.objects.get()
        self.assertEqual(
            (edition.title, edition.original_source, edition.original_date_iso),
            ("账本搬到村口", paper, "2021-03-05T09:30"),
        )
        self.assertEqual(edition.body_text.splitlines(), list(PARAGRAPHS))
        self.assertEqual([str(line) for line in edition.bylines.all()], ["林山"])
        self.assertEqual(Witness.objects.get().capture.read(), page(meta=META))
        self.assertEqual(taken.article.status, Article.Status.DRAFT)

    def test_the_same_bytes_are_never_taken_twice(self):
        first = self.take(page())
        again = self.take(page())
        self.assertEqual(again, capturing.Taken(capturing.Result.HERE, first.article))
        self.assertEqual((Article.objects.count(), Capture.objects.count()), (1, 1))

    def test_the_same_text_elsewhere_is_a_further_witness(self):
        portal = make.source("云岭示例网", domains=("yunling.example",))
        first = self.take(page())
        damaged = page(paragraphs=tuple(paragraph.replace("，", ",") for paragraph in PARAGRAPHS[:3]))
        taken = self.take(damaged, address="https://www.yunling.example/2.html")
        self.assertEqual(taken, capturing.Taken(capturing.Result.WITNESS, first.article))
        self.assertEqual(Witness.objects.last().source, portal)

    def test_another_text_under_the_same_title_is_another_article(self):
        self.take(page())
        other = tuple(f"第{n}条写明投诉由谁登记、几天答复、答复以后去哪里查，写得清楚才有人信。" for n in "一二三四五")
        self.assertEqual(self.take(page(paragraphs=other)).result, capturing.Result.NEW)

    def test_findings_stand_beside_the_text_with_the_words_around_them(self):
        self.take(page(paragraphs=(*PARAGRAPHS, "账目公开了,大家心里就有了底,遇事也愿意商量着办,这是最要紧的变化。")))
        comma = Finding.objects.filter(code="punctuation_width").first()
        self.assertEqual((comma.exact, comma.suggestion, comma.state), (",", "，", Finding.State.OPEN))
        self.assertTrue(comma.prefix.endswith("账目公开了"))

    def test_an_author_the_library_knows_is_not_made_twice(self):
        known = make.author("林山")
        self.take(page(meta=META))
        self.assertEqual(Author.objects.get(), known)

    def test_it_places_and_publishes_when_asked(self):
        theme = make.theme()
        taken = capturing.take_in(capturing.Page(page(), theme=theme), publish=True)
        self.assertEqual(Article.objects.published().get(), taken.article)
        self.assertEqual(theme.placements.get().article, taken.article)

    def test_a_further_copy_moves_nothing(self):
        first = make.publish(self.take(page()).article)
        capturing.take_in(capturing.Page(page(meta=META), theme=make.theme()), publish=True)
        # whoever traces it finds out that there is one more copy
        self.assertEqual(Article.objects.get().version, first.version + 1)
        self.assertFalse(first.placements.exists())

    def test_readers_see_judged_copies_and_the_one_the_text_was_made_of(self):
        article = self.take(page()).article
        self.take(page(meta=META))
        self.assertEqual(article.witnesses.shown().count(), 1)
        article.witnesses.update(kind=Witness.Kind.REPRINT)
        self.assertEqual(article.witnesses.shown().count(), 2)

    def test_a_refused_page_leaves_nothing_behind(self):
        for data in (b"", b"\x00\x01\x02" * 500, page(paragraphs=())):
            with self.subTest(size=len(data)), self.assertRaises(intake.Unreadable):
                self.take(data)
        self.assertFalse(Article.objects.exists() or Capture.objects.exists())
        self.assertFalse(Path(settings.MEDIA_ROOT).exists())
