from collections.abc import Iterable

from django.apps import apps
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import search
from articles.actions import merging, placing
from articles.models import (
    Article,
    Author,
    Byline,
    Deed,
    DeedRow,
    Edition,
    Placement,
    Source,
    StaleVersion,
    Tag,
    TaggedArticle,
    Theme,
    Witness,
)
from articles.models.deed import UNDO_FOR
from articles.tests import make

# A version only ever goes up, and when a row was written last is not what it says.
BESIDE = {"version", "changed_at"}


def everything() -> dict[str, list[tuple]]:
    """Every column of every row of the library, but versions."""
    tables = [model for model in apps.get_app_config("articles").get_models() if model not in (Deed, DeedRow)]
    return {table.__name__: list(rows_of(table)) for table in tables}


def rows_of(table) -> Iterable[tuple]:
    columns = [field.attname for field in table._meta.concrete_fields if field.attname not in BESIDE]
    return table._base_manager.order_by("pk").values_list(*columns)


class MergeCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()

    def merge(self, survivor, gone):
        rows = type(survivor).objects
        survivor, gone = rows.get(pk=survivor.pk), rows.get(pk=gone.pk)
        return merging.merge(survivor, gone, versions=(survivor.version, gone.version), by=self.editor)

    def assert_undone_exactly(self, survivor, gone):
        before = everything()
        deed = self.merge(survivor, gone)
        self.assertNotEqual(everything(), before)
        merging.undo(deed, by=self.editor)
        self.assertEqual(everything(), before)


class AuthorTests(MergeCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.lin, cls.pen = make.author("林山"), make.author("山木")
        cls.pen.aliases.create(name="木子", slug="木子")
        cls.signed = make.article("一个人写的", authors=(cls.pen,), published=True)
        cls.both = make.article("两个名字写的", authors=(cls.lin, cls.pen), published=True)

    def test_a_byline_goes_over_and_says_what_was_printed(self):
        Byline.objects.update(printed="")
        self.merge(self.lin, self.pen)
        byline = self.signed.live.bylines.get()
        self.assertEqual((byline.author, byline.name), (self.lin, "山木"))

    def test_two_bylines_of_one_edition_become_one(self):
        self.merge(self.lin, self.pen)
        self.assertEqual([byline.name for byline in self.both.live.bylines.all()], ["林山"])

    def test_names_and_addresses_become_aliases(self):
        self.merge(self.lin, self.pen)
        self.assertEqual(dict(self.lin.aliases.values_list("name", "slug")), {"山木": "山木", "木子": "木子"})
        self.assertIn("|shanmu|", Author.objects.get().search_key)

    def test_namesakes_keep_every_address(self):
        namesakes = [Author.objects.create(name="林山") for _ in range(3)]
        for namesake in namesakes:
            self.merge(self.lin, namesake)
        self.assertEqual(set(self.lin.aliases.values_list("slug", flat=True)), {one.slug for one in namesakes})

    def test_undo_gives_back_exactly_what_was(self):
        self.assert_undone_exactly(self.lin, self.pen)
        self.assert_undone_exactly(self.pen, self.lin)

    def test_two_merges_are_undone_one_after_the_other(self):
        third = make.author("老林")
        before = everything()
        deeds = [self.merge(self.lin, self.pen), self.merge(third, self.lin)]
        with self.assertRaisesMessage(merging.CannotUndo, "林山"):
            merging.undo(deeds[0], by=self.editor)
        for deed in reversed(deeds):
            merging.undo(deed, by=self.editor)
        self.assertEqual(everything(), before)

    def test_who_has_an_article_open_finds_out(self):
        version = Article.objects.get(pk=self.signed.pk).version
        self.merge(self.lin, self.pen)
        self.assertGreater(Article.objects.get(pk=self.signed.pk).version, version)


class SourceTests(MergeCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.daily = make.source("青禾日报", aliases=("青报",))
        cls.site = make.source("青禾网", aliases=("禾网",), domains=("qinghe.example.cn",))
        cls.article = make.article(published=True, original_source=cls.site)
        make.witness(cls.article, cls.site)

    def test_editions_articles_copies_and_domains_go_over(self):
        self.merge(self.daily, self.site)
        for found in (Edition, Article):
            self.assertEqual(found.objects.get().original_source, self.daily)
        self.assertEqual(Witness.objects.get().source, self.daily)
        self.assertEqual([str(domain) for domain in self.daily.domains.all()], ["qinghe.example.cn"])

    def test_undo_gives_back_exactly_what_was(self):
        self.assert_undone_exactly(self.daily, self.site)

    def test_editors_find_its_articles_by_either_name(self):
        deed = self.merge(self.daily, self.site)
        found = [search.matching(name, among=Article.objects.all()).exists() for name in ("青禾日报", "青禾网")]
        self.assertEqual(found, [True, True])
        merging.undo(deed, by=self.editor)
        self.assertFalse(search.matching("青禾日报", among=Article.objects.all()).exists())

    def test_a_name_that_is_in_use_again_cannot_come_back(self):
        deed = self.merge(self.daily, self.site)
        Source.objects.create(name="青禾网")
        before = everything()
        with self.assertRaisesMessage(merging.CannotUndo, "青禾网"):
            merging.undo(deed, by=self.editor)
        self.assertEqual(everything(), before)


class TagTests(MergeCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.one, cls.other = make.article(tags=("村务公开", "村务")), make.article("另一篇", tags=("村务",))
        cls.kept, cls.gone = Tag.objects.get(name="村务公开"), Tag.objects.get(name="村务")

    def test_articles_bear_the_one_that_stays_once(self):
        self.merge(self.kept, self.gone)
        self.assertEqual([list(article.tags.names()) for article in (self.one, self.other)], [["村务公开"]] * 2)

    def test_who_types_the_old_name_gets_the_tag(self):
        self.merge(self.kept, self.gone)
        self.assertEqual(list(make.article(tags=("村务",)).tags.names()), ["村务公开"])

    def test_undo_gives_back_exactly_what_was(self):
        self.assert_undone_exactly(self.kept, self.gone)

    def test_what_an_editor_changed_since_stays_theirs(self):
        deed = self.merge(self.kept, self.gone)
        self.other.tags.clear()
        merging.undo(deed, by=self.editor)
        self.assertEqual(list(self.other.tags.names()), [])
        self.assertEqual(set(self.one.tags.names()), {"村务公开", "村务"})
        told = deed.rows.exclude(told="").get()
        self.assertEqual((told.table, told.outcome), ("taggedarticle", DeedRow.Outcome.UNCHANGED))

    def test_it_asks_no_more_for_many_articles_than_for_few(self):
        asked = []
        for count in (3, 30):
            survivor, gone = Tag.objects.create(name=f"甲{count}"), Tag.objects.create(name=f"乙{count}")
            many = [make.article(f"第{number}篇") for number in range(count)]
            TaggedArticle.objects.bulk_create(TaggedArticle(content_object=article, tag=gone) for article in many)
            with CaptureQueriesContext(connection) as queries:
                self.merge(survivor, gone)
            asked.append(len(queries))
        self.assertEqual(*asked)


class ThemeTests(MergeCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.kept, cls.gone = make.theme("预算公开"), make.theme("村里的账")
        cls.child = make.theme("决算", cls.gone)
        cls.shared, cls.own = make.article("两处都有"), make.article("只在一处")
        placing.place(cls.shared, cls.kept)
        placing.place(cls.own, cls.gone)
        placing.place(cls.shared, cls.gone, reason="最早写到这件事")
        make.excerpt(cls.own, cls.gone, "每一笔都写明用处")

    def test_placements_follow_those_that_stand_there(self):
        self.merge(self.kept, self.gone)
        placed = [(placement.article.title, placement.reason) for placement in self.kept.placements.all()]
        self.assertEqual(placed, [("两处都有", "最早写到这件事"), ("只在一处", "")])

    def test_children_and_excerpts_go_over(self):
        self.merge(self.kept, self.gone)
        self.assertEqual((self.kept.children.get(), self.kept.excerpts.get().exact), (self.child, "每一笔都写明用处"))

    def test_undo_gives_back_exactly_what_was(self):
        self.assert_undone_exactly(self.kept, self.gone)

    def test_it_is_not_merged_into_what_stands_under_it(self):
        with self.assertRaises(merging.CannotMerge):
            self.merge(self.child, self.gone)
        self.assertTrue(merging.outlook(self.child, self.gone).refusal)

    def test_it_may_be_merged_into_what_it_stands_under(self):
        self.assert_undone_exactly(self.gone, self.child)

    def test_children_of_one_name_are_merged_first(self):
        make.theme("决算", self.kept)
        with self.assertRaisesMessage(merging.CannotMerge, "决算"):
            self.merge(self.kept, self.gone)

    def test_it_says_beforehand_what_will_move(self):
        found = merging.outlook(self.kept, self.gone)
        counts = {move.title: (move.count, move.doubled, len(move.first)) for move in found.moves}
        titles = [model._meta.verbose_name_plural for model in (Theme, Placement, self.kept.excerpts.model)]
        self.assertEqual(counts, {str(titles[0]): (1, 0, 1), str(titles[1]): (2, 1, 2), str(titles[2]): (1, 0, 1)})
        self.assertEqual((found.aliases, found.refusal), (["村里的账"], ""))


class RefusalTests(MergeCase):
    def test_the_second_of_two_editors_is_refused(self):
        one, other, third = (make.source(name) for name in ("青禾日报", "青禾网", "青报"))
        self.merge(one, other)
        for survivor, gone in ((one, third), (third, other)):
            with self.assertRaises(StaleVersion):
                merging.merge(survivor, gone, versions=(survivor.version, gone.version), by=self.editor)
        self.assertEqual(Source.objects.count(), 2)

    def test_nothing_is_merged_into_itself(self):
        source = make.source()
        with self.assertRaises((merging.CannotMerge, StaleVersion)):
            merging.merge(source, source, versions=(1, 1), by=self.editor)
        self.assertEqual(Source.objects.get().version, 1)

    def test_it_is_undone_once_and_for_thirty_days(self):
        deed = self.merge(make.source("青禾日报"), make.source("青禾网"))
        Deed.objects.update(done_at=timezone.now() - UNDO_FOR)
        with self.assertRaises(merging.CannotUndo):
            merging.undo(deed, by=self.editor)
        Deed.objects.update(done_at=timezone.now())
        merging.undo(deed, by=self.editor)
        with self.assertRaises(merging.CannotUndo):
            merging.undo(deed, by=self.editor)
