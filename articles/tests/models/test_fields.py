from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import SimpleTestCase, TestCase
from django.utils import translation

from articles.models import Finding, Source, Theme
from articles.models.fields import slug_from
from articles.tests import make


class StorableTests(TestCase):
    """What one database would take and the other not is refused on both."""

    def test_forms_refuse_nul_and_half_a_surrogate_pair(self):
        for name in ("青禾\x00日报", "青禾\ud800日报"):
            with self.subTest(name=repr(name)), self.assertRaises(ValidationError):
                Source(name=name).full_clean()

    def test_writes_past_the_forms_refuse_them_too(self):
        for name in ("青禾\x00日报", "青禾\udfff日报"):
            with self.subTest(name=repr(name)), self.assertRaises(ValidationError):
                Source.objects.create(name=name, slug="source")

    def test_the_database_itself_refuses_nul(self):
        make.source("青禾日报")
        with self.assertRaises((DatabaseError, ValueError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE articles_source SET notes = %s", ["青禾\x00日报"])

    def test_the_database_itself_refuses_what_is_too_long(self):
        make.source("青禾日报")
        with self.assertRaises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE articles_source SET name = %s", ["长" * 101])

    def test_the_database_itself_refuses_numbers_without_room(self):
        make.theme()
        with self.assertRaises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE articles_theme SET position = 3000000000")

    def test_a_place_does_not_end_before_it_starts(self):
        make.finding(make.article())
        with self.assertRaises(DatabaseError), transaction.atomic():
            Finding.objects.update(start=5, end=4)


class SlugTests(SimpleTestCase):
    def test_chinese_stays_chinese(self):
        self.assertEqual(slug_from("《村务公开》 2024"), "村务公开-2024")

    def test_a_taken_one_is_numbered(self):
        self.assertEqual(slug_from("预算", ["预算", "预算-2"]), "预算-3")

    def test_marks_alone_make_none(self):
        self.assertEqual(slug_from("《》，"), "")


class NamedTests(TestCase):
    def test_the_address_is_given_once_and_kept(self):
        theme = make.theme("预算公开")
        theme.name = "预算与决算公开"
        theme.save()
        self.assertEqual(theme.slug, "预算公开")

    def test_namesakes_get_addresses_of_their_own(self):
        self.assertEqual([make.author(name="林山", kind="person").slug, Theme(name="林山").slug], ["林山", ""])
        self.assertEqual(make.theme("林山").slug, "林山")
        self.assertEqual(make.theme("林山", parent=Theme.objects.get()).slug, "林山-2")

    def test_a_name_without_letters_still_gets_an_address(self):
        self.assertEqual([make.author(name).slug for name in ("※", "※※")], ["author", "author-2"])

    def test_a_name_of_marks_alone_is_refused_with_a_sentence(self):
        with translation.override("en"), self.assertRaisesMessage(ValidationError, "at least one letter"):
            Source(name="《》").full_clean()
