"""The search index can be made anew, and a run that was killed is taken up by the next."""

from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from articles import search
from articles.models import Article, SearchDocument
from articles.tests import make


class ReindexTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.one, cls.two = make.article("预算贴在村口"), make.article("议事会的三年", "账本放在门口。")

    def reindex(self, *arguments):
        out = StringIO()
        call_command("reindex", *arguments, stdout=out)
        return out.getvalue().strip()

    def found(self, term):
        return set(search.matching(term, among=Article.objects.all()).values_list("pk", flat=True))

    def test_it_puts_in_what_is_missing_and_leaves_the_rest(self):
        search.remove(self.two.pk)
        self.assertEqual(self.found("账本"), set())
        self.assertEqual(self.reindex(), "1 of 2 articles put in.")
        self.assertEqual(self.found("账本"), {self.two.pk})
        self.assertEqual(self.reindex(), "0 of 2 articles put in.")

    def test_it_makes_anew_what_older_rules_made(self):
        SearchDocument.objects.filter(article=self.one).update(rules=0)
        self.assertEqual(self.reindex("--batch", "1"), "1 of 2 articles put in.")

    def test_all_makes_everything_anew(self):
        self.assertEqual(self.reindex("--all"), "2 of 2 articles put in.")
        self.assertEqual((self.found("村口"), self.found("账本")), ({self.one.pk}, {self.two.pk}))

    def test_a_new_name_of_a_source_is_found_after_it(self):
        source = make.source("青禾日报")
        self.one = make.article("第三篇", original_source=source)
        source.aliases.create(name="青禾晚报")
        self.reindex("--all")
        self.assertEqual(self.found("青禾晚报"), {self.one.pk})
