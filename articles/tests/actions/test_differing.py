"""How a copy differs from a text, as far as that is known without reading it."""

from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.test import TestCase

from articles.actions import differing, storing
from articles.actions.differing import Kind
from articles.tests import make


class KindsTests(TestCase):
    def setUp(self):
        cache.clear()
        self.article = make.article(published=True)
        self.edition = make.edition(self.article)
        capture = storing.store(self.edition.body_text.encode(), media_type="text/plain", file_name="a.txt")
        self.copy = make.witness(
            self.article, capture=capture, kind="original", made_digest=self.edition.exact_digest()
        )

    def kinds(self, *changes):
        rows = [{"state": state, "code": code} for state, code in changes]
        return differing.kinds([self.copy], self.edition, rows).get(self.copy.pk)

    def test_a_text_in_which_nothing_was_changed_is_that_of_its_copy(self):
        self.assertEqual(self.kinds(), Kind.SAME)
        self.assertEqual(self.kinds(("open", "mojibake")), Kind.SAME)

    def test_what_was_put_right_differs(self):
        self.assertEqual(self.kinds(("accepted", "ocr_confusion"), ("cleaned", "mixed_script")), Kind.DAMAGED)

    def test_repairs_of_the_script_alone_tell_of_a_conversion(self):
        self.assertEqual(self.kinds(("accepted", "mixed_script")), Kind.CONVERTED)

    def test_a_text_that_somebody_wrote_in_says_nothing_before_it_is_compared(self):
        self.copy.made_digest = "0" * 64
        self.assertIsNone(self.kinds())

    def test_a_copy_whose_bytes_were_not_kept_says_nothing(self):
        self.copy.capture = None
        self.assertIsNone(self.kinds())

    def test_what_was_compared_is_remembered_and_worked_out_once(self):
        self.copy.made_digest = ""
        first = differing.between(self.copy, self.edition)
        self.assertEqual(self.kinds(), first.kind)
        with self.assertNumQueries(0):
            self.assertEqual(differing.between(self.copy, self.edition).rows, first.rows)

    def test_what_cannot_be_read_is_not_tried_again_at_every_call(self):
        path = Path(settings.MEDIA_ROOT, self.copy.capture.path)
        path.rename(path.with_suffix(".away"))
        with self.assertRaises(differing.CannotCompare):
            differing.between(self.copy, self.edition)
        path.with_suffix(".away").rename(path)
        with self.assertRaises(differing.CannotCompare):
            differing.between(self.copy, self.edition)
        cache.clear()
        self.assertEqual(differing.between(self.copy, self.edition).kind, Kind.SAME)
