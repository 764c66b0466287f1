"""Reads and thanks are counted in batches, once each, and forgotten in time."""

from datetime import timedelta
from unittest import skipUnless

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles.actions import clockwork, counting
from articles.models import DayOfReads, Mark, Tally
from articles.tests import make

READ, USEFUL = Mark.Kind.READ, Mark.Kind.USEFUL


class CountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("账本上墙", published=True)
        cls.other = make.article("另一篇", published=True)

    def mark(self, *kinds, article=None, days_ago=0):
        day = timezone.localdate() - timedelta(days=days_ago)
        marks = [Mark(article=article or self.article, kind=kind, day=day) for kind in kinds]
        Mark.objects.bulk_create(marks)

    def tally(self, article=None):
        return Tally.objects.filter(article=article or self.article).values_list("reads", "useful", "recent").first()

    def test_it_counts_each_mark_once(self):
        self.mark(READ, READ, USEFUL)
        self.mark(READ, article=self.other)
        self.assertEqual(counting.count(), 4)
        self.assertEqual(counting.count(), 0)
        self.assertEqual((self.tally(), self.tally(self.other)), ((2, 1, 2), (1, 0, 1)))
        self.mark(READ)
        counting.count()
        self.assertEqual((self.tally(), Mark.objects.count()), ((3, 1, 3), 0))

    def test_it_goes_on_over_batches_and_ends_between_them(self):
        self.mark(*[READ] * (counting.BATCH + 20))
        answers = iter([False, True])
        self.assertEqual(counting.count(lambda: next(answers)), counting.BATCH)
        self.assertEqual(counting.count(), 20)
        self.assertEqual(self.tally(), (520, 0, 520))

    def test_a_batch_asks_no_more_for_more_marks_of_the_same_articles(self):
        self.mark(READ)
        counting.count()
        self.mark(*[READ] * 400)
        with self.assertNumQueries(9):
            counting.count()

    def test_only_reads_of_thirty_days_are_late(self):
        self.mark(READ, days_ago=29)
        self.mark(READ, READ, days_ago=31)
        counting.count()
        self.assertEqual(self.tally(), (3, 0, 1))

    def test_days_pass_and_old_ones_go(self):
        self.mark(READ)
        counting.count()
        DayOfReads.objects.update(day=timezone.localdate() - timedelta(days=35))
        counting.age()
        self.assertEqual((self.tally(), DayOfReads.objects.count()), ((1, 0, 0), 1))
        DayOfReads.objects.update(day=timezone.localdate() - timedelta(days=41))
        self.assertEqual(counting.age(), 1)
        self.assertEqual((self.tally(), DayOfReads.objects.count()), ((1, 0, 0), 0))

    def test_a_draft_takes_no_mark(self):
        draft = make.article("草稿")
        self.assertFalse(counting.mark(draft.pk, READ))
        self.assertFalse(counting.mark(999_999, READ))
        self.assertFalse(counting.mark(make.withdrawn(self.other).pk, READ))
        self.assertEqual(Mark.objects.count(), 0)

    def test_a_mark_is_one_question_and_one_row(self):
        with self.assertNumQueries(4):  # two of them begin and end the write
            counting.mark(self.article.pk, READ)

    @skipUnless(connection.vendor == "sqlite", "the keys are those of a fresh database")
    def test_where_no_clock_runs_the_marks_are_counted_all_the_same(self):
        self.mark(*[READ] * 998)
        Mark.objects.order_by("pk").first()
        while not Tally.objects.exists() and counting.mark(self.article.pk, READ):
            self.assertLess(Mark.objects.count(), 2 * counting.OVERDUE)
        self.assertLess(Mark.objects.count(), counting.OVERDUE)

    def test_a_count_that_is_full_stays_so(self):
        self.mark(READ)
        counting.count()
        Tally.objects.update(reads=counting.MOST)
        self.mark(READ)
        counting.count()
        self.assertEqual(self.tally()[0], counting.MOST)

    def test_the_clock_counts_every_round_and_ages_once_a_day(self):
        self.assertLessEqual({"count_reads", "age_reads"}, clockwork.jobs().keys())
        clockwork.run("age_reads", clockwork.age_reads)
        self.assertNotIn("age_reads", clockwork.jobs())
        self.assertEqual(clockwork.count_reads(lambda: False), {"marks": 0})
