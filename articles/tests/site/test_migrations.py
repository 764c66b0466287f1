from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase


class MigrationTests(TransactionTestCase):
    def test_they_run_backwards_and_forwards_again(self):
        """On the database in use: `make test` runs this on SQLite and on PostgreSQL."""
        call_command("migrate", "articles", "zero", verbosity=0)
        self.assertNotIn("articles_article", connection.introspection.table_names())
        call_command("migrate", verbosity=0)
        self.assertIn("articles_article", connection.introspection.table_names())

    def test_the_models_need_no_further_one(self):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
