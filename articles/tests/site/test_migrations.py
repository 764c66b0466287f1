from importlib import import_module

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import TestCase, TransactionTestCase

from articles.models import Edition, Hand
from articles.tests import make


class MigrationTests(TransactionTestCase):
    def test_they_run_backwards_and_forwards_again(self):
        """On the database in use: `make test` runs this on SQLite and on PostgreSQL."""
        call_command("migrate", "articles", "zero", verbosity=0)
        self.assertNotIn("articles_article", connection.introspection.table_names())
        call_command("migrate", verbosity=0)
        self.assertIn("articles_article", connection.introspection.table_names())

    def test_the_models_need_no_further_one(self):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


class HandTests(TestCase):
    def test_whoever_is_known_to_have_written_in_an_edition_is_named(self):
        first, last = make.editor("first"), make.editor("last")
        for made_by, changed_by in ((first, last), (last, last), (None, first), (None, None)):
            article = make.article()
            Edition.objects.filter(article=article).update(made_by=made_by, changed_by=changed_by)
        name_hands = import_module("articles.migrations.0011_hands_known").name_hands
        name_hands(apps, connection.SchemaEditorClass(connection))
        named = [{hand.user for hand in edition.hands.all()} for edition in Edition.objects.order_by("pk")]
        self.assertEqual(named, [{first, last}, {last}, {first}, set()])
        self.assertEqual(Hand.objects.count(), 4)
