"""Letters: a number that can be said aloud, and what the database holds of them whatever script writes."""

import re

from django.db import IntegrityError, transaction
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles.models import Letter, new_ticket
from articles.tests import make


class TicketTests(SimpleTestCase):
    def test_it_has_two_groups_of_four_without_letters_that_are_taken_for_others(self):
        for _time in range(200):
            self.assertTrue(re.fullmatch(r"[2-9BCDFGHJKMNPQRSTVWXZ]{4}-[2-9BCDFGHJKMNPQRSTVWXZ]{4}", new_ticket()))

    def test_no_two_are_alike(self):
        self.assertEqual(len({new_ticket() for _time in range(500)}), 500)


class ConstraintTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.letter = make.letter(make.article(published=True), passage="议事会", suggestion="议事大会")

    def test_what_must_never_be_false_is_refused(self):
        now = timezone.now()
        for columns in (
            {"state": "accepted"},
            {"outcome": "declined"},
            {"state": "declined", "outcome": "declined", "decided_at": now, "days": 0},
            {"state": "closed", "outcome": "accepted", "decided_at": now, "days": 0},
            {"closed_at": now},
            {"kind": "praise"},
            {"exact": ""},
            {"block": -2},
            {"start": 9},
        ):
            with self.subTest(columns=columns), self.assertRaises(IntegrityError), transaction.atomic():
                Letter.objects.filter(pk=self.letter.pk).update(**columns)
