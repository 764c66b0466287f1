from django.test import TestCase

from articles.actions import anchoring, editing, restoring
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

    def test_of_equal_paragraphs_the_decided_finding_stays_and_is_not_asked_about_again(self):
        line = "账目,每月贴出来，大家都可以来看，看不懂的地方可以当场问会计，问到清楚为止。"
        for decided in range(3):
            article = make.article(f"三段一样{decided}", "\n".join([line] * 3))
            look_again(article)
            article.refresh_from_db()
            chosen = article.current.findings.filter(code="punctuation_width").order_by("block")[decided].pk
            restoring.dismiss(article, [chosen], version=article.version, by=None, reason="原文如此")
            article.refresh_from_db()
            editing.revise(article, version=article.version, by=None, body_html=make.html_of(f"{line}\n{line}"))
            found = anchoring.carried(make.edition(article))
            commas = sorted((row.block, row.state) for row in found if row.code == "punctuation_width")
            self.assertIn(commas, ([(0, "dismissed"), (1, "open")], [(0, "open"), (1, "dismissed")]))
            self.assertEqual(look_again(article).new, 0)

    def test_what_was_dismissed_goes_with_a_short_paragraph_that_is_moved(self):
        first = "村口贴出账目，谁都可以来看一看，问一问，站到天黑也没有人来催。"
        short = "代表念,大家一起听。"
        others = (
            "散会以后，会计把账本收回了办公室，门上又加了一把锁。\n第二年春天，墙上多了一栏，写的是还没有做完的事情。"
        )
        article = make.article("挪了一段", f"{first}\n{short}\n{others}")
        dismiss(article)
        editing.revise(article, version=article.version, by=None, body_html=make.html_of(f"{first}\n{others}\n{short}"))
        kept = make.edition(article).findings.get()
        self.assertEqual((kept.state, kept.block, kept.start), (Finding.State.DISMISSED, 3, 3))
        self.assertEqual(look_again(article).new, 0)


def dismiss(article: Article) -> None:
    """Look for what is wrong and leave all of it as it is."""
    look_again(article)
    article.refresh_from_db()
    keys = [row.pk for row in article.current.findings.open()]
    restoring.dismiss(article, keys, version=article.version, by=None, reason="原文如此")
    article.refresh_from_db()


def look_again(article: Article) -> restoring.Looked:
    article = Article.objects.get(pk=article.pk)
    return restoring.look_again(article, version=article.version, by=None)


class ExcerptTests(TestCase):
    def setUp(self):
        self.article = make.article(body=BODY, published=True)
        make.excerpt(self.article, make.theme(), "会计当场解释")

    def test_it_goes_on_to_the_next_edition(self):
        article = make.revised(self.article, "开头添了一段。\n" + BODY)
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.edition, excerpt.block, excerpt.start), (article.live, 2, 7))

    def test_its_new_words_go_on_where_it_was_touched_inside(self):
        article = make.revised(self.article, BODY.replace("当场", "在当场"))
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.edition, excerpt.exact, excerpt.is_lost), (article.live, "会计在当场解释", False))

    def test_it_is_lost_and_kept_where_the_new_edition_does_not_say_it(self):
        article = make.revised(self.article, "全文改写了。")
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.edition, excerpt.exact, excerpt.is_lost), (article.live, "会计当场解释", True))
        self.assertFalse(Excerpt.objects.published().exists())

    def test_it_comes_back_with_its_words(self):
        article = make.revised(make.revised(self.article, "全文改写了。"), BODY)
        self.assertEqual(Excerpt.objects.published().get().edition, article.live)

    def test_one_left_with_an_older_edition_is_looked_for_too(self):
        first = self.article.live
        article = make.revised(self.article, "全文改写了。")
        Excerpt.objects.update(edition=first, is_lost=False)
        article = make.revised(article, BODY)
        self.assertEqual(Excerpt.objects.published().get().edition, article.live)


class ExcerptOfDraftTests(TestCase):
    """A passage taken from a text that is still being written."""

    def setUp(self):
        self.article = make.article(body=BODY)
        self.excerpt = make.excerpt(self.article, make.theme(), "账目,大家都来看")

    def revise(self, body: str) -> Excerpt:
        article = Article.objects.get(pk=self.article.pk)
        editing.revise(article, version=article.version, by=None, body_html=make.html_of(body))
        self.assert_it_says_what_stands_there()
        return Excerpt.objects.get()

    def assert_it_says_what_stands_there(self):
        excerpt, lines = Excerpt.objects.get(), make.edition(self.article).body_text.split("\n")
        if not excerpt.is_lost:
            self.assertEqual(lines[excerpt.block][excerpt.start : excerpt.end], excerpt.exact)

    def test_it_takes_over_the_words_that_were_changed_inside(self):
        for after, says in (
            ("账目,全村都来看", "账目,全村都来看"),
            ("账目，大家都来看", "账目，大家都来看"),
            ("帐目,大家都来瞧", "帐目,大家都来瞧"),
            ("旧账目,大家都来看热闹", "账目,大家都来看"),
        ):
            with self.subTest(after=after):
                self.assertEqual(self.revise(BODY.replace("账目,大家都来看", after)).exact, says)
                self.revise(BODY)
                Excerpt.objects.all().delete()
                make.excerpt(self.article, make.theme(after), "账目,大家都来看")

    def test_it_follows_its_words_into_another_paragraph(self):
        self.assertEqual(self.revise("添一段。\n再添一段。\n" + BODY).block, 2)
        self.assertEqual(self.revise("再添一段。\n" + "\n".join(BODY.split("\n")[::-1])).block, 2)

    def test_it_is_kept_as_lost_where_its_words_are_gone_or_torn_apart(self):
        for body in ("村口贴出别的东西。\n看不懂的地方，会计当场解释。", BODY.replace("大家", "\n大家")):
            with self.subTest(body=body):
                excerpt = self.revise(body)
                self.assertEqual((excerpt.is_lost, excerpt.exact), (True, "账目,大家都来看"))
                self.assertFalse(self.revise(BODY).is_lost)

    def test_it_reads_as_repaired_and_as_taken_back(self):
        look_again(self.article)
        for action, says in ((restoring.accept, "账目，大家都来看"), (restoring.take_back, "账目,大家都来看")):
            article = Article.objects.get(pk=self.article.pk)
            (finding,) = article.current.findings.all()
            action(article, [finding.pk], version=article.version, by=None)
            self.assertEqual(Excerpt.objects.get().exact, says)
            self.assert_it_says_what_stands_there()

    def test_it_grows_and_moves_with_repairs_that_change_the_length(self):
        body = "会计***念念账。看看账目,大家都来看。"
        self.revise(body)
        Excerpt.objects.all().delete()
        article = Article.objects.get(pk=self.article.pk)
        make.excerpt(article, make.theme("账本"), "念账。看看账目")
        make.finding(article, "doubled_phrase", start=5, end=7, exact="念念", found="念念", suggestion="念")
        make.finding(article, "doubled_phrase", start=9, end=11, exact="看看", found="看看", suggestion="看一看")
        restoring.accept_class(article, "doubled_phrase", version=article.version, by=None)
        self.assert_it_says_what_stands_there()
        self.assertEqual(Excerpt.objects.get().exact, "念账。看一看账目")
