from django.test import TestCase

from articles.actions import editing
from articles.models import Article, Excerpt, Finding
from articles.tests import make

BODY = "村口贴出账目,大家都来看。\n看不懂的地方，会计当场解释。"


class FindingTests(TestCase):
    def setUp(self):
        article = make.article(body=BODY, published=True)
        make.finding(
            article, start=6, end=7, exact=",", prefix="村口贴出账目", suffix="大家都来看。", found=",", suggestion="，"
        )
        self.article = Article.objects.get()

    def revise(self, body: str) -> list[Finding]:
        article = editing.revise(self.article, version=self.article.version, by=None, body_html=make.html_of(body))
        return list(article.working.findings.all())

    def test_what_waits_goes_on_to_the_next_edition(self):
        (finding,) = self.revise(BODY)
        self.assertEqual((finding.state, finding.start), (Finding.State.OPEN, 6))
        self.assertEqual(self.article.live.findings.open().count(), 1)

    def test_it_keeps_to_its_words_when_the_text_around_them_changes(self):
        (finding,) = self.revise("去年秋天起，" + BODY)
        self.assertEqual((finding.state, finding.start, finding.exact), (Finding.State.OPEN, 12, ","))

    def test_an_edit_that_takes_its_words_away_settles_it(self):
        (finding,) = self.revise(BODY.replace(",", "，"))
        self.assertEqual(finding.state, Finding.State.SETTLED)

    def test_every_decision_goes_on_to_the_next_edition(self):
        states = (Finding.State.DISMISSED, Finding.State.ACCEPTED, Finding.State.CLEANED, Finding.State.SETTLED)
        for state in states:
            make.finding(self.article, exact="村", found="邨", suggestion="村", state=state, remark="原文如此")
        kept = {(finding.state, finding.remark) for finding in self.revise(BODY)}
        self.assertEqual(kept, {("open", ""), *((state.value, "原文如此") for state in states[:-1])})

    def test_it_keeps_its_place_among_many_changes_close_by(self):
        body = "账,目,贴,在,墙,上,大,家,都,来,看,谁,都,不,漏。" * 3
        article = make.article("逐字改过", body)
        places = [number for number, character in enumerate(body) if character == ","]
        for start in places:
            make.finding(article, start=start, end=start + 1, exact=",", found=",", suggestion="，")
        changed = "".join("，" if number in places[::2] else character for number, character in enumerate(body))
        editing.revise(article, version=article.version, by=None, body_html=make.html_of(changed))
        waiting = make.edition(article).findings.open()
        self.assertEqual([finding.start for finding in waiting], places[1::2])

    def test_a_repair_whose_words_an_edit_removed_is_settled(self):
        repair = make.finding(
            self.article, start=4, end=6, exact="账目", found="帐目", suggestion="账目", state=Finding.State.ACCEPTED
        )
        after = {finding.found: finding.state for finding in self.revise(BODY.replace("贴出账目", "贴出开支"))}
        self.assertEqual(after[repair.found], Finding.State.SETTLED)

    def test_one_in_the_title_keeps_to_the_title(self):
        finding = self.article.live.findings.get()
        finding.block, finding.start, finding.end = -1, 0, 1
        finding.exact, finding.prefix, finding.suffix = self.article.title[0], "", self.article.title[1:]
        finding.save()
        (kept,) = self.revise("去年秋天起，" + BODY)
        self.assertEqual((kept.state, kept.block, kept.start), (Finding.State.OPEN, -1, 0))
        article = Article.objects.get()
        editing.revise(article, version=article.version, by=None, title="另一个题目")
        self.assertEqual(article.working.findings.get().state, Finding.State.SETTLED)


class ExcerptTests(TestCase):
    def setUp(self):
        self.article = make.article(body=BODY, published=True)
        make.excerpt(self.article, make.theme(), "会计当场解释")

    def test_it_goes_on_to_the_next_edition(self):
        article = make.revised(self.article, "开头添了一段。\n" + BODY)
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.edition, excerpt.block, excerpt.start), (article.live, 2, 7))

    def test_it_stays_with_the_edition_that_says_it(self):
        first = self.article.live
        make.revised(self.article, "全文改写了。")
        self.assertEqual(Excerpt.objects.get().edition, first)
