"""Reading a capture again: today's rules for untouched texts, offers for all others."""

from django.test import TestCase

from articles.actions import capturing, editing, publishing, rereading, restoring
from articles.models import Article, Edition, Excerpt, Finding, StaleVersion, Witness
from articles.tests import make

PAGE = """<html><head><title>村口的预算墙</title></head><body><h1>村口的预算墙</h1>
<p>作者：示例作者甲　来源：青禾日报　2013-10-21</p>
<p>议事会把全年的预算抄在村口的墙上,每一笔都写明用处，谁都可以站在那里一笔一笔地看。</p>
<p>有人问修路的钱为什么比去年多，会计当场翻出了账本，把三家的报价念了一遍，大家听完才散。</p>
<p>第二年，墙上多了一栏，写的是上一年每一笔钱花完以后留下了什么，哪些还没有做完，为什么没有做完。</p>
</body></html>"""


class RereadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()

    def setUp(self):
        self.taken = capturing.take_in(capturing.Page(PAGE.encode(), "a.html")).article
        self.text = self.article.current.body_html

    @property
    def article(self):
        return Article.objects.get(pk=self.taken.pk)

    def as_by_older_rules(self):
        """Let the text be what an older version of the rules had made of the page, untouched since."""
        older = self.text.replace("，大家听完才散", "，大家听完才散。分享到")
        edition = self.article.current
        Edition.objects.filter(pk=edition.pk).update(body_html=older)
        edition.refresh_from_db()
        edition.findings.all().delete()
        Witness.objects.update(made_digest=edition.exact_digest())

    def reread(self):
        return rereading.reread(self.article, version=self.article.version, by=self.editor)

    def test_what_reads_the_same_is_left_alone(self):
        version = self.article.changed_at
        self.assertEqual(self.reread(), rereading.Reread(took_text=False, findings=0))
        self.assertEqual(self.article.changed_at, version)

    def test_a_text_nobody_touched_becomes_todays(self):
        self.as_by_older_rules()
        reread = self.reread()
        self.assertTrue(reread.took_text)
        self.assertEqual(self.article.current.body_html, self.text)
        self.assertIn("punctuation_width", self.article.current.findings.values_list("code", flat=True))
        self.assertFalse(self.reread().took_text)

    def test_a_published_text_becomes_todays_in_a_working_edition(self):
        self.as_by_older_rules()
        publishing.publish(self.article, version=self.article.version, by=None)
        live = self.article.live.body_html
        self.assertTrue(self.reread().took_text)
        self.assertEqual((self.article.live.body_html, self.article.working.body_html), (live, self.text))

    def test_a_text_somebody_wrote_in_stays_and_gets_what_is_found_today(self):
        self.as_by_older_rules()
        editing.revise(self.article, version=self.article.version, by=self.editor, title="村口的一面墙")
        reread = self.reread()
        self.assertFalse(reread.took_text)
        self.assertGreaterEqual(reread.findings, 1)
        self.assertEqual(self.article.title, "村口的一面墙")
        self.assertIn("分享到", self.article.current.body_html)
        self.assertEqual(self.reread().findings, 0)

    def test_what_was_decided_stays_decided(self):
        self.as_by_older_rules()
        found = self.reread() and self.article.current.findings.open().get(code="punctuation_width")
        Finding.objects.filter(pk=found.pk).update(state="dismissed", remark="原文如此")
        self.as_by_older_text_only()
        self.reread()
        again = self.article.current.findings.get(code="punctuation_width")
        self.assertEqual((again.state, again.remark), ("dismissed", "原文如此"))

    def test_a_passage_follows_into_the_text_that_is_read_today(self):
        self.as_by_older_rules()
        make.excerpt(self.article, make.theme(), "大家听完才散。分享到")
        self.reread()
        self.assertEqual(Excerpt.objects.get().exact, "大家听完才散。")

    def test_what_was_dismissed_before_its_words_were_deleted_is_not_offered(self):
        found = self.article.current.findings.open().get(code="punctuation_width")
        restoring.dismiss(self.article, [found.pk], version=self.article.version, by=self.editor, reason="原文如此")
        for text in (self.text.replace("的墙上,", "的墙上"), self.text):
            editing.revise(self.article, version=self.article.version, by=self.editor, body_html=text)
        Witness.objects.update(made_digest="")
        self.assertEqual(self.reread().findings, 0)
        again = self.article.current.findings.exclude(state="settled").get(code="punctuation_width")
        self.assertEqual((again.state, again.remark), ("dismissed", "原文如此"))

    def as_by_older_text_only(self):
        edition = self.article.current
        Edition.objects.filter(pk=edition.pk).update(body_html=self.text.replace("为什么没有做完", "为何没有做完"))
        edition.refresh_from_db()
        Witness.objects.update(made_digest=edition.exact_digest())

    def test_a_text_of_which_it_is_not_known_is_taken_for_touched(self):
        self.as_by_older_rules()
        Witness.objects.update(made_digest="")
        self.assertFalse(self.reread().took_text)

    def test_it_refuses_what_it_cannot_read_or_may_not_change(self):
        bare = make.article()
        with self.assertRaises(rereading.CannotReread):
            rereading.reread(bare, version=bare.version, by=self.editor)
        with self.assertRaises(StaleVersion):
            rereading.reread(self.article, version=self.article.version - 1, by=self.editor)
        Edition.objects.filter(pk=self.article.working_id).update(state="submitted")
        with self.assertRaises(rereading.HandedIn):
            self.reread()
