from django.test import TestCase

from articles.actions import editing, restoring, reverting
from articles.models import Article, Edition, Excerpt, Finding
from articles.tests import make

FIRST = "议事会把预算贴在村口,每一笔都写明用处。\n有不清楚的地方，当场就可以问。"
SECOND = "议事会把决算贴在村口。\n有不清楚的地方，当场就可以问。"


class RevertCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()
        article = make.article("预算贴在村口", FIRST, authors=("示例作者甲",), affiliation="示例县志办")
        make.finding(article, found=",", severity="error", state=Finding.State.OPEN)
        article = make.revised(make.publish(article, reason="先发。"), SECOND, title="决算贴在村口", notes="注一。")
        cls.article = article
        cls.first = article.editions.get(number=1)

    def begin(self, **written):
        return editing.revise(self.article, version=self.article.version, by=self.editor, **written)


class RestoreTests(RevertCase):
    def restore(self, article):
        reverting.restore(article, version=article.version, by=self.editor, edition=self.first)
        return Article.objects.get(pk=article.pk)

    def test_text_metadata_and_byline_become_the_working_edition(self):
        working = self.restore(self.article).working
        self.assertEqual((working.title, working.body_html, working.notes), ("预算贴在村口", self.first.body_html, ""))
        self.assertEqual([str(line) for line in working.bylines.all()], ["示例作者甲 (示例县志办)"])
        self.assertEqual((working.changed_by, working.number), (self.editor, None))

    def test_readers_see_no_difference(self):
        article = self.restore(self.article)
        self.assertEqual((article.title, article.live.number), ("决算贴在村口", 2))

    def test_it_takes_the_place_of_what_was_begun(self):
        article = self.restore(self.begin(title="第三个题目"))
        self.assertEqual(article.editions.filter(number=None).count(), 1)
        self.assertEqual(article.working.title, "预算贴在村口")

    def test_what_was_found_in_the_old_text_waits_again(self):
        article = self.begin()
        make.finding(article, "doubled_phrase", found="決")
        working = self.restore(article).working
        self.assertEqual([finding.found for finding in working.findings.open()], [","])

    def test_what_was_dismissed_since_is_not_asked_about_again(self):
        article = self.restore(self.begin())
        (finding,) = article.working.findings.open()
        row = {"start": 10, "end": 11, "exact": ",", "prefix": "议事会把预算贴在村口", "suffix": "每一笔都写明用处。"}
        Finding.objects.filter(pk=finding.pk).update(**row)
        Finding.objects.filter(edition=self.first).update(**row)
        for _ in range(2):
            restoring.dismiss(article, [finding.pk], version=article.version, by=self.editor, reason="原文如此")
            article = self.restore(Article.objects.get(pk=article.pk))
            finding = article.working.findings.exclude(state=Finding.State.SETTLED).get()
            self.assertEqual((finding.state, finding.remark), (Finding.State.DISMISSED, "原文如此"))
            restoring.reopen(article, [finding.pk], version=article.version, by=self.editor)
            article = Article.objects.get(pk=article.pk)

    def test_what_was_found_and_dismissed_in_the_working_edition_alone_stays(self):
        article = self.begin()
        place = {
            "block": 1,
            "start": 6,
            "end": 7,
            "exact": "，",
            "prefix": "有不清楚的地方",
            "suffix": "当场就可以问。",
        }
        make.finding(article, "variant", found="，", state=Finding.State.DISMISSED, **place)
        kept = self.restore(article).working.findings.get(code="variant")
        self.assertEqual((kept.state, kept.block), (Finding.State.DISMISSED, 1))

    def test_a_passage_taken_from_what_was_begun_follows_into_the_old_text(self):
        article = self.begin()
        make.excerpt(article, make.theme(), "议事会把决算贴在村口")
        self.restore(article)
        self.assertEqual(Excerpt.objects.get().exact, "议事会把预算贴在村口")

    def test_the_published_editions_stay_as_they_are(self):
        before = list(Edition.objects.filter(number__gt=0).order_by("pk").values())
        self.restore(self.article)
        self.assertEqual(list(Edition.objects.filter(number__gt=0).order_by("pk").values()), before)

    def test_an_edition_of_another_article_is_refused(self):
        other = make.article("另一篇", published=True)
        with self.assertRaises(reverting.CannotRestore):
            reverting.restore(other, version=other.version, by=self.editor, edition=self.first)


class DiscardTests(RevertCase):
    def test_the_published_edition_is_all_that_remains(self):
        article = self.begin(title="不要了的题目")
        reverting.discard(article, version=article.version)
        article = Article.objects.get(pk=article.pk)
        self.assertEqual((article.working, article.current.title, article.editions.count()), (None, "决算贴在村口", 2))

    def test_excerpts_of_words_that_remain_are_kept(self):
        article = self.begin()
        make.excerpt(article, make.theme(), "当场就可以问")
        reverting.discard(article, version=article.version)
        self.assertEqual(Excerpt.objects.get().edition, self.article.live)

    def test_excerpts_of_words_that_go_are_lost_and_kept(self):
        article = self.begin(body_html=make.html_of(SECOND + "\n散会以后，大家还站着说了很久。"))
        make.excerpt(article, make.theme(), "大家还站着说了很久")
        reverting.discard(article, version=article.version)
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.edition, excerpt.is_lost), (self.article.live, True))

    def test_a_draft_has_nothing_to_go_back_to(self):
        draft = make.article("草稿一篇")
        with self.assertRaises(reverting.CannotDiscard):
            reverting.discard(draft, version=draft.version)
        self.assertEqual(Article.objects.get(pk=draft.pk).version, draft.version)
