"""A reading of another copy in the text: put where it belongs, and a repair like every other one."""

from django.core.files.storage import default_storage
from django.test import TestCase

from articles.actions import capturing, collating, restoring, storing
from articles.models import Article, Finding, StaleVersion, Witness
from articles.restoration.variants import Spot, Variant, collate
from articles.tests import make

BODY = "清溪乡的三次会议，都没有开成。\n第一次定在三月初九上午，四十三名代表到了十四名。\n会开成了，道理却不复杂。"
DAMAGED = BODY.replace("十四名", "十五名")


class TakeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()
        cls.article = make.article("三次会议", DAMAGED, published=True)

    def setUp(self):
        (self.variant,) = self.variants(*BODY.splitlines())

    def variants(self, *copy):
        """Look at the article, and return where the copy reads otherwise."""
        self.article = Article.objects.select_related("live", "working").get(pk=self.article.pk)
        text = collating.paragraphs(self.article.current.body_html)
        return collate(copy, text, text).variants

    def take(self, variant=None, side="left", **said):
        given = {"version": self.article.version, "by": self.editor, "remark": "《青禾日报》"} | said
        return collating.take(self.article, variant or self.variant, side, **given)

    def current(self):
        return make.edition(self.article)

    def test_it_goes_into_the_working_edition_and_not_into_the_live_one(self):
        self.take()
        article = Article.objects.get()
        self.assertIn("到了十四名", article.working.body_text)
        self.assertIn("到了十五名", article.live.body_text)

    def test_it_is_a_repair_that_says_what_stood_what_stands_and_where_from(self):
        repair = self.take()
        self.assertEqual((repair.code, repair.found, repair.suggestion), ("variant", "五", "四"))
        self.assertEqual((repair.state, repair.remark, repair.decided_by), ("accepted", "《青禾日报》", self.editor))
        self.assertEqual(list(Finding.objects.repairs()), [repair])
        block = collating.paragraphs(self.current().body_html)[repair.block]
        self.assertEqual(block[repair.start : repair.end], repair.exact)

    def test_taken_back_at_the_restoration_desk_the_body_is_what_it_was_to_the_byte(self):
        before = self.article.current.body_html
        repair = self.take()
        restoring.take_back(Article.objects.get(), [repair.pk], version=Article.objects.get().version, by=self.editor)
        self.assertEqual(self.current().body_html, before)
        self.assertEqual(Finding.objects.get(edition=self.current()).state, "open")

    def test_a_reading_that_is_longer_or_shorter_is_taken_too(self):
        for found, reading in (("十五名", "十四位"), ("，都", "都"), ("会开", "会终于开")):
            with self.subTest(reading=reading):
                text = collating.paragraphs(self.current().body_html)
                self.take(self.variants(*(line.replace(found, reading) for line in text))[0])
                self.assertIn(reading, self.current().body_text)

    def test_marks_around_the_words_stay(self):
        self.article = make.article("标记", "<p>到了<strong>十五名</strong>代表。</p>")
        self.take(Variant("k", "四", "五", spot=Spot(0, 3, 4), standing="五"))
        self.assertIn("<strong>十四名</strong>", self.current().body_html)

    def test_words_that_marks_divide_are_refused(self):
        self.article = make.article("标记", "<p>到了<strong>十五</strong>名代表。</p>")
        with self.assertRaises(collating.Divided):
            self.take(Variant("k", "十四位", "十五名", spot=Spot(0, 2, 5), standing="十五名"))

    def test_a_place_that_is_not_sure_is_refused(self):
        with self.assertRaises(collating.PlaceUnsure):
            self.take(Variant("k", "四", "五"))

    def test_words_that_stand_elsewhere_by_now_are_refused(self):
        with self.assertRaises(collating.CannotTake):
            self.take(Variant("k", "四", "五", spot=Spot(0, 0, 1), standing="五"))
        self.assertEqual(Finding.objects.count(), 0)

    def test_what_the_text_reads_already_is_refused(self):
        with self.assertRaises(collating.StandsAlready):
            self.take(side="right")

    def test_what_stands_elsewhere_in_the_other_copy_is_refused(self):
        with self.assertRaises(collating.Moved):
            self.take(Variant("k", "四", "五", kind="moved"))

    def test_a_reading_in_the_other_script_is_written_in_that_of_the_text_and_the_repair_says_what_was_printed(self):
        self.article = make.article("村口", "賬目貼在村口。", script="hant")
        text = collating.paragraphs(self.article.current.body_html)
        (variant,) = collate(["账目贴在车站。"], text, text, script="hant").variants
        repair = self.take(variant)
        self.assertEqual(self.current().body_text, "賬目貼在車站。")
        self.assertEqual((repair.found, repair.suggestion), ("村口", "車站"))
        self.assertIn("车站", repair.remark)
        self.assertIn("《青禾日报》", repair.remark)

    def test_every_reading_of_a_copy_that_breaks_elsewhere_is_taken_and_taken_back_to_the_byte(self):
        before = self.article.current.body_html
        copy = [
            "清溪乡三次会议，都没有开成。第一次定在三月初九上午，",
            "四十三名代表到了十四名。会终于开成了，道理不复杂。",
        ]
        repairs = []
        while offered := [variant for variant in self.variants(*copy) if variant.spot]:
            repairs.append(self.take(offered[0]).pk)
        self.assertEqual(self.current().body_text.replace("\n", ""), "".join(copy))
        article = Article.objects.get(pk=self.article.pk)
        restoring.take_back(article, repairs, version=article.version, by=self.editor)
        self.assertEqual(self.current().body_html, before)

    def test_the_second_of_two_editors_is_refused(self):
        self.take()
        with self.assertRaises(StaleVersion):
            self.take()


class TextTests(TestCase):
    def setUp(self):
        page = capturing.Page(f"三次会议\n\n{BODY}".encode(), "a.txt", address="https://xiangyi.example/1")
        self.copy = capturing.take_in(page).article.witnesses.get()

    def text(self):
        return collating.text_of(Witness.objects.get(pk=self.copy.pk))

    def test_a_copy_is_read_in_its_bytes(self):
        self.assertEqual(self.text(), BODY.splitlines())

    def test_its_further_pages_follow(self):
        more = "第四次会议搬到田埂上，大家围坐成一圈，说到哪里就走到哪里看，散会时天还亮着。"
        data = f"三次会议\n\n{more}\n".encode()
        storing.store(data, media_type="text/plain", continues=self.copy.capture, part=2)
        self.assertEqual(self.text()[-1], more)

    def test_a_copy_whose_bytes_are_gone_or_were_never_kept_says_so(self):
        default_storage.delete(self.copy.capture.path)
        with self.assertRaises(collating.CannotCollate):
            self.text()
        with self.assertRaises(collating.CannotCollate):
            collating.text_of(make.witness(self.copy.article))
