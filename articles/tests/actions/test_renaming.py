from django.test import TestCase
from django.utils import timezone

from articles import search
from articles.actions import deeds, merging, placing, renaming
from articles.actions.renaming import Wish
from articles.models import Article, Author, Deed, Source, StaleVersion, Tag, Theme
from articles.models.deed import UNDO_FOR
from articles.tests import make
from articles.tests.actions.test_merging import everything


class RenameCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()
        cls.source = make.source("青禾日报", aliases=("禾报",))
        cls.article = make.article(
            "墙上的账", authors=("林山",), tags=("村务公开",), published=True, original_source=cls.source
        )
        make.witness(cls.article, cls.source)
        cls.author = cls.article.live.bylines.get().author
        cls.tag = Tag.objects.get()
        cls.theme = make.theme("预算公开")
        placing.place(cls.article, cls.theme)
        cls.rows = (cls.source, cls.author, cls.tag, cls.theme)

    def rename(self, row, name, **wished):
        row = type(row).objects.get(pk=row.pk)
        return renaming.rename(row, Wish(name, **wished), version=row.version, by=self.editor)

    def fresh(self, row):
        return type(row).objects.get(pk=row.pk)

    def aliases(self, row):
        return dict(row.aliases.values_list("name", "slug"))

    def found(self, term):
        return search.matching(term, among=Article.objects.all()).exists()


class OfAllKindsTests(RenameCase):
    def test_the_name_changes_and_the_old_one_stays_as_an_alias_at_the_old_address(self):
        for row in self.rows:
            with self.subTest(table=row._meta.model_name):
                self.rename(row, "公示栏")
                now = self.fresh(row)
                self.assertEqual((now.name, now.slug, now.version), ("公示栏", row.slug, row.version + 1))
                self.assertIsNone(self.aliases(row)[row.name])
                for part in ("|公示栏|", "|gsl|", f"|{row.name}|"):
                    self.assertIn(part, now.search_key)

    def test_a_new_address_is_made_and_the_old_one_leads_on(self):
        for row in self.rows:
            with self.subTest(table=row._meta.model_name):
                self.rename(row, "公示栏", keeps_alias=False, takes_address=True)
                self.assertEqual(self.fresh(row).slug, "公示栏")
                self.assertEqual(self.aliases(row)[row.name], row.slug)
                there = self.fresh(row).get_absolute_url()
                self.assertRedirects(self.client.get(row.get_absolute_url()), there, status_code=301)

    def test_undo_gives_back_exactly_what_was(self):
        for row in self.rows:
            for wished in ({}, {"keeps_alias": False}, {"takes_address": True}):
                with self.subTest(table=row._meta.model_name, wished=wished):
                    before = everything()
                    deed = self.rename(row, "公示栏", **wished)
                    self.assertNotEqual(everything(), before)
                    deeds.undo(deed, by=self.editor)
                    self.assertEqual(everything(), before)
                    self.assertEqual(self.fresh(row).version, row.version + 2)
                    row = self.fresh(row)

    def test_it_is_logged_with_both_names(self):
        for row in self.rows:
            deed = self.rename(row, "公示栏")
            self.assertEqual((deed.state, deed.done_by), (Deed.State.DONE, self.editor))
            self.assertIn(f"“{row.name}” → “公示栏”", deeds.sentence(deed))

    def test_the_second_of_two_editors_is_refused(self):
        for row in self.rows:
            self.rename(row, "公示栏")
            with self.assertRaises(StaleVersion):
                renaming.rename(row, Wish("公告栏"), version=row.version, by=self.editor)
            self.assertEqual(self.fresh(row).name, "公示栏")

    def test_it_says_beforehand_what_it_would_change(self):
        for row in self.rows:
            with self.subTest(table=row._meta.model_name):
                found = renaming.outlook(row, Wish("公示栏", takes_address=True))
                self.assertEqual((found.slug, found.alias, found.refusal), ("公示栏", row.name, ""))
                self.assertEqual((found.article_count, found.first), (1, [str(self.article)]))
        self.assertEqual(renaming.outlook(self.tag, Wish("公示栏", keeps_alias=False)).alias, "")


class SearchTests(RenameCase):
    def test_articles_are_found_by_the_name_in_force_both_ways(self):
        for row in (self.source, self.author):
            deed = self.rename(row, "公示栏", keeps_alias=False)
            self.assertTrue(self.found("公示栏"))
            deeds.undo(deed, by=self.editor)
            self.assertEqual((self.found("公示栏"), self.found(row.name)), (False, True))

    def test_a_byline_keeps_what_was_printed(self):
        self.rename(self.author, "林三", keeps_alias=False)
        self.assertEqual([byline.name for byline in self.article.live.bylines.all()], ["林山"])


class FormerNameTests(RenameCase):
    def test_going_back_to_a_former_name_takes_its_alias_and_address(self):
        self.rename(self.theme, "账目公开", takes_address=True)
        before = everything()
        deed = self.rename(self.theme, "预算公开", takes_address=True)
        self.assertEqual(self.fresh(self.theme).slug, "预算公开")
        self.assertEqual(self.aliases(self.theme), {"账目公开": "账目公开"})
        renaming.undo(deed, by=self.editor)
        self.assertEqual(everything(), before)

    def test_an_alias_that_leads_readers_on_stays_where_the_address_stays(self):
        self.rename(self.theme, "账目公开", takes_address=True)
        self.rename(self.theme, "预算公开")
        self.assertEqual(self.aliases(self.theme), {"账目公开": None, "预算公开": "预算公开"})

    def test_an_alias_takes_the_old_address_over(self):
        self.source.aliases.create(name="青禾日报")
        self.rename(self.source, "青禾晚报", takes_address=True)
        self.assertEqual(self.aliases(self.source), {"禾报": None, "青禾日报": "青禾日报"})

    def test_an_address_that_is_taken_is_numbered(self):
        make.author("林三")
        self.rename(self.author, "林三", takes_address=True)
        self.assertEqual(self.fresh(self.author).slug, "林三-2")


class RefusalTests(RenameCase):
    def assert_refused(self, row, name, **wished):
        with self.subTest(row=row, name=name):
            self.assertTrue(renaming.refusal(row, Wish(name, **wished)))
            before = everything()
            with self.assertRaises(renaming.CannotRename):
                self.rename(row, name, **wished)
            self.assertEqual(everything(), before)

    def test_a_name_that_is_taken_is_refused(self):
        make.source("青禾晚报")
        make.theme("决算公开")
        Tag.objects.create(name="村务")
        for row, name in ((self.source, "青禾晚报"), (self.theme, "决算公开"), (self.tag, "村务")):
            self.assert_refused(row, name)

    def test_namesakes_may_be_called_alike(self):
        make.author("林三")
        self.rename(self.author, "林三")
        self.assertEqual(Author.objects.filter(name="林三").count(), 2)

    def test_what_is_no_name_is_refused(self):
        for row in self.rows:
            for name in ("", "《》", "村" * 101, row.name):
                self.assert_refused(row, name)

    def test_an_old_name_that_is_the_alias_of_another_is_kept_by_that_one(self):
        make.source("青禾网", aliases=("青禾日报",))
        self.assert_refused(self.source, "青禾晚报")
        self.assert_refused(self.source, "青禾晚报", keeps_alias=False, takes_address=True)
        self.rename(self.source, "青禾晚报", keeps_alias=False)


class UndoTests(RenameCase):
    def assert_not_undone(self, deed, words):
        before = everything()
        with self.assertRaisesMessage(deeds.CannotUndo, words):
            deeds.undo(deed, by=self.editor)
        self.assertEqual(everything(), before)

    def test_two_renames_are_undone_one_after_the_other(self):
        before = everything()
        done = [self.rename(self.theme, name) for name in ("账目公开", "决算公开")]
        self.assert_not_undone(done[0], "账目公开")
        for deed in reversed(done):
            deeds.undo(deed, by=self.editor)
        self.assertEqual(everything(), before)

    def test_a_row_that_was_merged_since_comes_back_first(self):
        deed = self.rename(self.tag, "村务")
        other, gone = Tag.objects.create(name="账目"), self.fresh(self.tag)
        merged = merging.merge(other, gone, versions=(other.version, gone.version), by=self.editor)
        self.assert_not_undone(deed, "村务")
        deeds.undo(merged, by=self.editor)
        deeds.undo(deed, by=self.editor)
        self.assertEqual(self.fresh(self.tag).name, "村务公开")

    def test_a_name_that_is_in_use_again_cannot_come_back(self):
        deed = self.rename(self.source, "青禾晚报")
        Source.objects.create(name="青禾日报")
        self.assert_not_undone(deed, "青禾日报")

    def test_an_alias_an_editor_took_away_since_stays_away(self):
        deed = self.rename(self.theme, "账目公开")
        Theme.objects.get().aliases.get().delete()
        deeds.undo(deed, by=self.editor)
        self.assertEqual((Theme.objects.get().name, self.aliases(self.theme)), ("预算公开", {}))

    def test_it_is_undone_once_and_for_thirty_days(self):
        deed = self.rename(self.tag, "村务")
        Deed.objects.update(done_at=timezone.now() - UNDO_FOR)
        self.assert_not_undone(deed, "")
        Deed.objects.update(done_at=timezone.now())
        deeds.undo(deed, by=self.editor)
        self.assert_not_undone(deed, "")
