"""What rows with a name are looked for by, and the addresses they are given."""

from django.test import TestCase

from articles.models import Author, Source, Tag, TagAlias, Theme
from articles.tests import make


class SearchKeyTests(TestCase):
    def found(self, word):
        return Source.objects.filter(search_key__contains=word).exists()

    def test_it_follows_the_name_and_every_alias(self):
        source = make.source("青禾日报")
        self.assertTrue(self.found("|qhrb|"))
        alias = source.aliases.create(name="《禾報》")
        self.assertTrue(self.found("|禾报|"))
        alias.name = "青报"
        alias.save()
        self.assertEqual([self.found(word) for word in ("|禾报|", "|qingbao|")], [False, True])
        source.refresh_from_db()
        source.name = "青禾晚报"
        source.save()
        self.assertEqual([self.found(word) for word in ("|qhrb|", "|qhwb|", "|qb|")], [False, True, True])

    def test_an_alias_taken_away_is_found_no_longer(self):
        source = make.source("青禾日报", aliases=("青报", "禾报"))
        source.aliases.get(name="青报").delete()
        self.assertEqual([self.found(word) for word in ("|青报|", "|禾报|")], [False, True])
        source.aliases.filter(name="禾报").delete()
        self.assertFalse(self.found("|禾报|"))

    def test_it_is_kept_by_a_save_of_single_columns(self):
        theme = make.theme("预算公开")
        theme.name = "村务公开"
        theme.save(update_fields=["name"])
        self.assertIn("|cwgk|", Theme.objects.get().search_key)

    def test_an_alias_counts_no_version_of_what_an_editor_has_open(self):
        author = make.author("林山")
        author.aliases.create(name="林三")
        author.save()
        self.assertIn("|ls|", Author.objects.get().search_key)


class AddressTests(TestCase):
    def test_a_former_address_is_given_to_nobody_else(self):
        make.theme("预算").aliases.create(name="收支", slug="收支")
        self.assertEqual(make.theme("收支").slug, "收支-2")
        Tag.objects.create(name="村务").aliases.create(name="村里的事", slug="村事")
        self.assertEqual(Tag.objects.create(name="村事").slug, "村事-2")


class TagAliasTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.tag = Tag.objects.create(name="村务公开")
        cls.tag.aliases.create(name="村務透明")

    def test_who_names_a_tag_by_an_alias_means_the_tag(self):
        article = make.article(tags=("预算", "村务透明"))
        self.assertEqual(set(article.tags.names()), {"预算", "村务公开"})
        article.tags.set(["村务透明"])
        self.assertEqual(list(article.tags.names()), ["村务公开"])
        self.assertEqual(Tag.objects.count(), 2)

    def test_it_is_kept_in_the_one_spelling_of_tags(self):
        self.assertEqual(TagAlias.objects.get().name, "村务透明")
