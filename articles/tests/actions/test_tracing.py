"""What editors say of an article's copies, the way the text took, and what does not agree about it."""

from django.test import TestCase
from django.utils import translation

from articles.actions import capturing, tracing, weighing
from articles.actions.tracing import Said
from articles.models import Article, Edition, StaleVersion, Witness, parse_precise
from articles.tests import make

BODY = (
    "清溪乡的三次会议都没有开成。第一次通知贴在村委会门口，那天下了一夜的雨。\n"
    "第二次改在晚上七点半，来的人多了些，可是后排听不清。\n"
    "第三次吸取教训，借了学校的礼堂，到会三十八人。"
)
LONGER = f"{BODY}\n" + "第四次会议搬到田埂上，大家围坐成一圈，说到哪里就走到哪里看。" * 3


class TracingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article(published=True)
        cls.paper = make.source("青禾日报", kind="newspaper")
        cls.portal = make.source("乡议网", kind="portal")
        cls.first = make.witness(cls.article, cls.paper, date_there="2021-04-26")
        cls.second = make.witness(cls.article, cls.portal, date_there="2021-04-26", address="https://xiangyi.example/1")
        cls.third = make.witness(cls.article, address="https://www.wenku.example/2")

    def setUp(self):
        self.article = Article.objects.select_related("live", "working").get(pk=self.article.pk)

    def record(self, **said):
        return tracing.record(self.article, Said(**said), version=self.article.version, by=None)

    def judged(self, copy, **columns):
        """Return the copy with these columns changed, not saved."""
        row = Witness.objects.select_related("source").get(pk=copy.pk)
        for name, value in columns.items():
            setattr(row, name, value)
        return row

    def rows(self):
        return list(Witness.objects.filter(article=self.article).select_related("source", "capture"))


class RecordTests(TracingCase):
    def test_the_original_makes_the_article_traced_and_any_other_original_a_reprint(self):
        self.record(original=self.first)
        self.setUp()
        article = self.record(original=self.second)
        self.assertEqual([copy.kind for copy in self.rows()], ["reprint", "original", "unknown"])
        self.assertEqual(article.tracing, "traced")

    def test_a_kind_chosen_by_hand_says_the_same_as_the_button(self):
        self.record(copies=[self.judged(self.first, kind="original")])
        self.assertEqual(Article.objects.get().tracing, "traced")

    def test_two_originals_at_once_are_refused(self):
        with self.assertRaises(tracing.TwoOriginals):
            self.record(copies=[self.judged(copy, kind="original") for copy in (self.first, self.second)])

    def test_the_working_edition_takes_over_source_and_date(self):
        article = self.record(original=self.first, takes_over=True)
        edition = article.working
        self.assertEqual((edition.original_source, edition.original_source_printed), (self.paper, "青禾日报"))
        self.assertEqual((edition.original_date_iso, article.live.original_date), ("2021-04-26", None))

    def test_what_the_original_leaves_open_stays_as_it_was_in_the_text(self):
        self.record(original=self.first, takes_over=True)
        self.setUp()
        edition = self.record(original=self.third, takes_over=True).working
        self.assertEqual((edition.original_source, edition.original_source_printed), (None, "www.wenku.example"))
        self.assertEqual(edition.original_date_iso, "2021-04-26")

    def test_without_the_wish_the_text_is_not_touched(self):
        self.assertIsNone(self.record(original=self.first).working)

    def test_the_original_is_reprinted_from_nothing(self):
        self.record(copies=[self.judged(self.first, copied_from=self.second)])
        self.setUp()
        self.record(original=self.first)
        self.assertIsNone(self.rows()[0].copied_from)

    def test_no_copy_is_reprinted_from_itself_by_way_of_others(self):
        copies = (self.first, self.second, self.third)
        circle = [self.judged(copy, copied_from=copies[number - 1]) for number, copy in enumerate(copies)]
        with self.assertRaises(tracing.CopiedInACircle):
            self.record(copies=circle)
        self.assertEqual([copy.copied_from for copy in self.rows()], [None, None, None])

    def test_a_copy_of_another_article_is_refused_wherever_it_is_named(self):
        stranger = make.witness(make.article("另一篇"))
        for said in (
            {"copies": [stranger]},
            {"copies": [self.judged(self.first, copied_from=stranger)]},
            {"removed": [stranger]},
            {"original": stranger},
        ):
            with self.subTest(said=said), self.assertRaises(tracing.CopyOfAnother):
                self.record(**said)

    def test_a_copy_is_added_by_hand_and_taken_off_again(self):
        self.record(copies=[Witness(article=self.article, source=self.paper, title_there="纸版第三版")])
        added = self.rows()[-1]
        self.assertEqual((added.title_there, added.capture), ("纸版第三版", None))
        self.setUp()
        self.record(removed=[added])
        self.assertEqual(len(self.rows()), 3)

    def test_what_was_reprinted_from_a_copy_that_goes_away_stays_without_it(self):
        copies = [self.judged(self.second, copied_from=self.first), self.judged(self.third, copied_from=self.second)]
        self.record(copies=copies)
        self.setUp()
        kept = self.judged(self.third, evidence="页尾有转载说明。")
        self.record(copies=[kept], removed=[self.judged(self.second)])
        self.assertEqual(
            [(copy.pk, copy.copied_from) for copy in self.rows()], [(self.first.pk, None), (kept.pk, None)]
        )
        self.assertEqual(self.rows()[1].evidence, "页尾有转载说明。")

    def test_a_copy_whose_bytes_are_kept_stays(self):
        taken = capturing.take_in(capturing.Page(f"把会开到田埂上去\n\n{BODY}".encode(), "a.txt"))
        copy = taken.article.witnesses.get()
        with self.assertRaises(tracing.RestsOnCapture):
            tracing.record(taken.article, Said(removed=[copy]), version=taken.article.version, by=None)

    def test_unknown_is_an_answer_and_can_be_opened_again(self):
        article = self.record(tracing="unknown", note="查过报纸索引与三家图书馆。")
        self.assertEqual((article.tracing, article.tracing_note), ("unknown", "查过报纸索引与三家图书馆。"))
        self.setUp()
        self.assertEqual(self.record(tracing="open").tracing, "open")

    def test_what_is_traced_is_not_unknown(self):
        self.record(original=self.first)
        self.setUp()
        with self.assertRaises(tracing.OriginalIsKnown):
            self.record(tracing="unknown")

    def test_opened_again_no_copy_is_called_the_original(self):
        self.record(original=self.first)
        self.setUp()
        self.assertEqual((self.record(tracing="open").tracing, self.rows()[0].kind), ("open", "unknown"))

    def test_the_second_of_two_editors_is_refused_and_nothing_is_written(self):
        stale = self.article.version
        self.record(original=self.first)
        with self.assertRaises(StaleVersion):
            tracing.record(self.article, Said(original=self.second, takes_over=True), version=stale, by=None)
        self.assertEqual(self.rows()[1].kind, "unknown")


class ChainTests(TracingCase):
    def sentence(self, language="en"):
        with translation.override(language):
            return tracing.chain(Article.objects.get(pk=self.article.pk)).sentence

    def test_it_says_where_the_text_came_first_and_went_from_there(self):
        third = self.judged(self.third, copied_from=self.second, date_there="2021-05", kind="excerpt")
        self.record(original=self.first, copies=[self.judged(self.second, copied_from=self.first), third])
        self.assertEqual(
            self.sentence(),
            "First in 《青禾日报》, April 26, 2021; from 《青禾日报》 to 乡议网 the same day; "
            "from 乡议网 to wenku.example (excerpt), May 2021.",
        )

    def test_it_does_not_make_up_what_is_not_known(self):
        self.assertTrue(self.sentence().startswith("Where it first appeared is not known yet; of 《青禾日报》, 乡议网"))
        self.record(tracing="unknown", note="查过。")
        self.assertTrue(self.sentence().startswith("Where it first appeared was looked for and not found"))

    def test_the_picture_goes_from_left_to_right_by_date(self):
        third = self.judged(self.third, copied_from=self.second, date_there="2021-05-10")
        self.record(original=self.first, copies=[self.judged(self.second, copied_from=self.first), third])
        chain = tracing.chain(self.article)
        self.assertEqual([point.step.copy for point in chain.points], [self.first, self.second, self.third])
        self.assertEqual(sorted({point.x for point in chain.points}), [point.x for point in chain.points])
        self.assertEqual(len(chain.arrows), 2)

    def test_copies_of_one_day_with_no_known_descent_stand_below_each_other(self):
        first, second, third = tracing.chain(self.article).points
        self.assertEqual((first.x, second.y > first.y), (second.x, True))
        self.assertGreater(third.x, first.x)

    def test_no_arrow_runs_through_a_copy_that_stands_between(self):
        third = self.judged(self.third, copied_from=self.first, date_there="2021-05-10")
        between = self.judged(self.second, copied_from=self.first, date_there="2021-05-01")
        self.record(original=self.first, copies=[between, third])
        first, second, third = tracing.chain(self.article).points
        self.assertEqual((first.y == second.y, third.y > second.y), (True, True))

    def test_an_arrow_to_an_older_copy_goes_back(self):
        self.record(copies=[self.judged(self.first, copied_from=self.second, date_there="2021-04-01")])
        chain = tracing.chain(self.article)
        (older, newer), (arrow,) = chain.points[:2], chain.arrows
        self.assertEqual((older.step.copy, newer.step.copy), (self.first, self.second))
        self.assertIn(f"H{older.x + chain.box + 8}", arrow.line)

    def test_a_circle_that_came_in_by_another_door_is_cut(self):
        Witness.objects.filter(pk=self.first.pk).update(copied_from=self.second)
        Witness.objects.filter(pk=self.second.pk).update(copied_from=self.first)
        self.assertEqual(len(tracing.chain(self.article).steps), 3)


class WeighingTests(TracingCase):
    def conflicts(self, *, read=False):
        article = Article.objects.select_related("live", "working").get(pk=self.article.pk)
        rows = self.rows()
        return weighing.conflicts(article, rows, weighing.read_texts(rows) if read else None)

    def codes(self, **how):
        return {conflict.code for conflict in self.conflicts(**how)}

    def judge(self, copy, **columns):
        Witness.objects.filter(pk=copy.pk).update(**columns)

    def test_copies_that_agree_are_no_conflict(self):
        self.assertEqual(self.codes(), set())

    def test_a_copy_older_than_the_original_is_named(self):
        self.judge(self.second, kind="original")
        self.judge(self.first, date_there="2021-03")
        (conflict,) = self.conflicts()
        self.assertEqual((conflict.code, conflict.copies), ("before_original", ("《青禾日报》",)))
        self.assertEqual(conflict.evidence, ("2021-03", "2021-04-26"))

    def test_a_date_that_may_be_the_same_is_not_older(self):
        self.judge(self.second, kind="original")
        self.judge(self.first, date_there="2021")
        self.assertEqual(self.codes(), set())

    def test_a_reprint_older_than_its_model_is_named(self):
        self.judge(self.first, copied_from=self.second, date_there="2021-04-25")
        self.assertEqual(self.codes(), {"before_model"})

    def date_of_text(self, iso):
        moment, precision = parse_precise(iso)
        Edition.objects.update(original_date=moment, original_precision=precision)

    def test_the_earliest_copy_is_held_against_the_date_of_the_text(self):
        self.date_of_text("2021-10-21")
        self.judge(self.second, date_there="2020-05-05")
        (conflict,) = self.conflicts()
        self.assertEqual((conflict.code, conflict.copies), ("before_text", ("乡议网",)))
        self.assertEqual(conflict.evidence, ("2020-05-05", "2021-10-21"))
        self.judge(self.first, kind="original", date_there="")
        self.assertEqual(self.codes(), {"before_text", "undated_original"})

    def test_a_text_older_than_its_copies_is_no_conflict(self):
        self.date_of_text("2019")
        self.assertEqual(self.codes(), set())

    def test_a_date_nobody_can_read_is_named(self):
        self.judge(self.third, date_there="前天")
        self.assertEqual(self.codes(), {"unread_date"})

    def test_no_date_at_all_is_named(self):
        Witness.objects.update(date_there="")
        self.assertEqual(self.codes(), {"no_date"})
        self.judge(self.first, kind="original")
        self.assertEqual(self.codes(), {"no_date", "undated_original"})

    def test_an_outlet_that_was_hijacked_is_named(self):
        self.portal.standing = "hijacked"
        self.portal.save()
        self.assertEqual(self.codes(), {"hijacked"})

    def test_a_text_that_bears_another_source_and_date_than_its_original_is_named(self):
        self.record(original=self.first, takes_over=True)
        self.judge(self.first, source=self.portal, date_there="2021-04-20")
        self.judge(self.second, date_there="2021-04-21")
        self.assertEqual(self.codes(), {"source_of_text", "date_of_text"})

    def test_what_the_page_contradicts_itself_in_is_named_until_it_is_decided(self):
        finding = make.finding(self.article, "source_conflict", found="青禾日报 / 江城网")
        self.assertEqual([conflict.evidence for conflict in self.conflicts()], [("青禾日报 / 江城网",)])
        finding.state = "dismissed"
        finding.save()
        self.assertEqual(self.codes(), set())

    def test_copies_that_name_different_sources_are_named(self):
        for copy, named in ((self.first, "紫光阁"), (self.second, "青海日报")):
            self.judge(copy, readings=[{"field": "original_source", "value": named}])
        (conflict,) = self.conflicts()
        self.assertEqual(conflict.evidence, ("《青禾日报》: 紫光阁", "乡议网: 青海日报"))

    def test_one_outlet_by_two_of_its_names_is_no_conflict(self):
        for copy, named in ((self.first, "青海日报"), (self.second, "青海日报社")):
            self.judge(copy, readings=[{"field": "original_source", "value": named}])
        self.assertEqual(self.codes(), set())


class ContainmentTests(TestCase):
    def setUp(self):
        self.article = capturing.take_in(capturing.Page(self.page(BODY), "shorter.txt")).article
        capturing.take_in(capturing.Page(self.page(LONGER), "longer.txt"))
        self.shorter, self.longer = self.article.witnesses.all()

    def page(self, text):
        return f"把会开到田埂上去\n\n{text}\n".encode()

    def codes(self):
        rows = list(self.article.witnesses.select_related("source", "capture"))
        article = Article.objects.get(pk=self.article.pk)
        return {conflict.code for conflict in weighing.conflicts(article, rows, weighing.read_texts(rows))} - {
            "no_date"
        }

    def judge(self, copy, kind):
        Witness.objects.filter(pk=copy.pk).update(kind=kind)

    def test_a_copy_that_stands_wholly_in_another_one_is_named(self):
        self.assertEqual(self.codes(), {"copy_in_copy"})
        self.judge(self.shorter, "excerpt")
        self.assertEqual(self.codes(), set())

    def test_an_original_that_stands_wholly_in_a_copy_is_named(self):
        self.judge(self.shorter, "original")
        self.assertEqual(self.codes(), {"original_in_copy", "undated_original"})
        self.judge(self.longer, "excerpt")
        self.assertEqual(self.codes(), {"original_in_excerpt", "undated_original"})

    def test_copies_whose_bytes_are_gone_are_left_out_and_named(self):
        rows = list(self.article.witnesses.select_related("source", "capture"))
        rows[1].capture.sha256 = "0" * 64
        texts = weighing.read_texts(rows)
        self.assertEqual((list(texts.letters), texts.left_out), ([self.shorter.pk], [self.longer]))
