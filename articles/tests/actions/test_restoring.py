"""Decisions about findings: each repair is one change that can be taken back, to the byte."""

import random

from django.test import TestCase

from articles import restoration
from articles.actions import editing, restoring
from articles.models import Article, Finding, StaleVersion
from articles.tests import make

TITLE = "对进一步密切密切联系村民的思考"
BODY = (
    "<h2>一、账目,要贴出来</h2>\n"
    "<p>村里的账目,每月贴一次,大家都来看。看不懂的地方,会计当场解释(603883,股吧)解释不清的记下来。</p>\n"
    "<p>有人说,這是小事。***可是小事做了三年,就<em>成了规矩</em>,谁也改不回去。</p>\n"
    "<ul>\n<li>开支,一笔一笔写</li>\n<li>收入 &lt; 支出的月份,写明原因</li>\n</ul>"
)
State = Finding.State


class RestoringCase(TestCase):
    def setUp(self):
        self.article = make.article(TITLE, BODY, script="hans")
        self.decide(restoring.look_again)
        words = {"found": "密切密切", "exact": "密切密切", "suggestion": "密切"}
        self.in_title = make.finding(self.article, "doubled_phrase", block=-1, start=4, end=8, **words)

    def decide(self, action, *args, **said):
        """Let the action decide on the article as it stands now."""
        self.article = Article.objects.get(pk=self.article.pk)
        outcome = action(self.article, *args, version=self.article.version, by=None, **said)
        self.article = Article.objects.get(pk=self.article.pk)
        return outcome

    def findings(self, state=State.OPEN, code=None):
        found = self.article.current.findings.filter(state=state)
        return list(found.filter(code=code) if code else found)

    def text(self):
        return self.article.current.title, self.article.current.body_html

    def assert_places_hold(self):
        """Each finding stands where its words are, each repair where its suggestion is."""
        texts = dict(enumerate(self.article.current.body_text.split("\n")))
        texts[-1] = self.article.current.title
        for finding in self.article.current.findings.exclude(state=State.SETTLED):
            is_repair = finding.state in (State.ACCEPTED, State.CLEANED)
            words = finding.suggestion if is_repair else finding.exact
            stands = texts[finding.block][finding.start : finding.end]
            self.assertEqual((stands, finding.exact), (words, words), finding)


class AcceptTests(RestoringCase):
    def test_it_changes_the_text_by_that_suggestion_and_nothing_else(self):
        comma = self.findings(code="punctuation_width")[0]
        self.decide(restoring.accept, [comma.pk])
        self.assertEqual(self.text(), (TITLE, BODY.replace(",", "，", 1)))
        comma.refresh_from_db()
        self.assertEqual((comma.state, comma.exact, comma.found), (State.ACCEPTED, "，", ","))
        self.assertIsNotNone(comma.decided_at)
        self.assert_places_hold()

    def test_it_mends_the_title(self):
        self.decide(restoring.accept, [self.in_title.pk])
        self.assertEqual(self.article.title, "对进一步密切联系村民的思考")
        self.assert_places_hold()
        self.decide(restoring.take_back, [self.in_title.pk])
        self.assertEqual(self.text(), (TITLE, BODY))

    def test_a_class_is_accepted_at_once_and_no_other(self):
        outcome = self.decide(restoring.accept_class, "punctuation_width")
        self.assertEqual({finding.code for finding in outcome.done}, {"punctuation_width"})
        self.assertEqual(self.findings(code="punctuation_width"), [])
        self.assertIn("這", self.text()[1])
        self.assert_places_hold()

    def test_only_what_is_sure_is_accepted_with_all_others(self):
        doubtful = self.findings(code="punctuation_width")[0]
        Finding.objects.filter(pk=doubtful.pk).update(confidence=restoration.CONFIDENT - 0.1)
        self.decide(restoring.accept_confident)
        doubtful.refresh_from_db()
        self.assertEqual((doubtful.state, doubtful.exact), (State.OPEN, ","))
        self.assert_places_hold()

    def test_where_nothing_is_suggested_nothing_can_be_accepted(self):
        (masked,) = self.findings(code="masked_text")
        before = self.article.version
        with self.assertRaises(restoring.NoSuggestion):
            self.decide(restoring.accept, [masked.pk])
        self.assertEqual(Article.objects.get().version, before)

    def test_a_finding_of_another_article_is_none_of_ours(self):
        other = make.finding(make.article("另一篇"), found="村", suggestion="乡", exact="议")
        for keys in ([other.pk], [0], [2**31 - 1]):
            with self.assertRaises(restoring.NoSuchFinding):
                self.decide(restoring.accept, keys)

    def test_who_comes_second_changes_nothing(self):
        keys = [finding.pk for finding in self.findings(code="punctuation_width")[:1]]
        version = self.article.version
        Article.objects.get().save()
        for action, said in ((restoring.accept, {}), (restoring.dismiss, {"reason": "原文如此"})):
            with self.assertRaises(StaleVersion):
                action(self.article, keys, version=version, by=None, **said)
        self.assertEqual(self.text(), (TITLE, BODY))

    def test_an_open_finding_inside_words_that_go_out_is_settled(self):
        (advertisement,) = self.findings(code="injected_text")
        inside = make.finding(
            self.article, block=1, start=advertisement.start + 7, end=advertisement.start + 8, exact=",", found=","
        )
        self.decide(restoring.accept, [advertisement.pk])
        inside.refresh_from_db()
        self.assertEqual(inside.state, State.SETTLED)
        self.assert_places_hold()

    def test_a_remark_about_a_passage_outlives_the_mending_of_a_word_in_it(self):
        passage = "有人说,這是小事"
        remark = make.finding(self.article, "truncated", block=2, start=0, end=8, exact=passage, found=passage)
        self.decide(restoring.accept_confident)
        remark.refresh_from_db()
        self.assertEqual((remark.state, remark.exact), (State.OPEN, "有人说，这是小事"))
        self.decide(editing.revise, body_html=self.text()[1].replace("有人说，这是小事", "有人说：这是小事"))
        remark.refresh_from_db()
        self.assertEqual((remark.state, remark.found), (State.OPEN, "有人说：这是小事"))

    def test_on_a_published_text_it_begins_a_working_edition(self):
        make.publish(self.article, reason="三处星号待查")
        comma = self.article.current.findings.filter(code="punctuation_width")[0]
        self.decide(restoring.accept, [comma.pk])
        self.assertEqual(self.article.live.body_html, BODY)
        self.assertEqual(self.article.working.body_html, BODY.replace(",", "，", 1))
        comma.refresh_from_db()
        self.assertEqual(comma.state, State.OPEN)
        self.assertEqual(self.article.working.findings.filter(state=State.ACCEPTED).count(), 1)

    def test_what_would_leave_no_title_is_left_alone(self):
        whole = make.finding(self.article, block=-1, start=0, end=len(TITLE), exact=TITLE, found=TITLE, suggestion="")
        with self.assertRaises(restoring.WordsGone):
            self.decide(restoring.accept, [whole.pk])


class TakeBackTests(RestoringCase):
    def test_accepting_all_and_taking_all_back_gives_the_very_bytes(self):
        for seed in range(8):
            dice = random.Random(seed)  # noqa: S311 -- no secret
            keys = [finding.pk for finding in self.findings() if finding.suggestion is not None]
            dice.shuffle(keys)
            for start in range(0, len(keys), 3):
                self.decide(restoring.accept, keys[start : start + 3])
                self.assert_places_hold()
            dice.shuffle(keys)
            for start in range(0, len(keys), 4):
                self.decide(restoring.take_back, keys[start : start + 4])
                self.assert_places_hold()
            self.assertEqual(self.text(), (TITLE, BODY))
            self.assertEqual(self.findings(State.ACCEPTED), [])

    def test_it_still_finds_its_words_after_other_edits(self):
        commas = self.findings(code="punctuation_width")
        self.decide(restoring.accept, [comma.pk for comma in commas])
        mended = self.text()[1]
        self.decide(editing.revise, body_html="<p>开头添了一段。</p>\n" + mended.replace("大家都来看", "人人都来看"))
        self.assert_places_hold()
        self.decide(restoring.take_back, [commas[0].pk])
        self.assertIn("一、账目,要贴出来", self.text()[1])

    def test_it_refuses_where_its_words_are_gone(self):
        comma = self.findings(code="punctuation_width")[0]
        self.decide(restoring.accept, [comma.pk])
        self.decide(editing.revise, body_html=self.text()[1].replace("账目，要贴", "账目——要贴"))
        comma.refresh_from_db()
        self.assertEqual(comma.state, State.SETTLED)
        with self.assertRaises(restoring.NoSuchFinding):
            self.decide(restoring.take_back, [comma.pk])

    def test_what_was_cleaned_on_arrival_comes_back_too(self):
        pinyin = make.finding(
            self.article,
            "inserted_pinyin",
            block=1,
            start=2,
            end=2,
            found="(zhàng)",
            suggestion="",
            state=State.CLEANED,
        )
        self.decide(restoring.take_back, [pinyin.pk])
        self.assertIn("<p>村里(zhàng)的账目", self.text()[1])
        pinyin.refresh_from_db()
        self.assertEqual((pinyin.state, pinyin.exact), (State.OPEN, "(zhàng)"))
        self.assert_places_hold()

    def test_what_stood_across_two_paragraphs_is_written_by_hand(self):
        words = {"found": "\n2、", "suggestion": "", "state": State.CLEANED}
        cut = make.finding(self.article, "page_cut", block=1, start=2, end=2, **words)
        with self.assertRaises(restoring.WordsGone):
            self.decide(restoring.take_back, [cut.pk])


class DismissTests(RestoringCase):
    def test_it_keeps_the_words_and_the_reason(self):
        (masked,) = self.findings(code="masked_text")
        self.decide(restoring.dismiss, [masked.pk], reason="原文如此")
        masked.refresh_from_db()
        self.assertEqual((masked.state, masked.remark), (State.DISMISSED, "原文如此"))
        self.assertEqual(self.text(), (TITLE, BODY))
        with self.assertRaises(restoring.CannotDecide):
            self.decide(restoring.dismiss, [masked.pk], reason="再一次")
        self.decide(restoring.reopen, [masked.pk])
        masked.refresh_from_db()
        self.assertEqual((masked.state, masked.remark, masked.decided_at), (State.OPEN, "", None))


class LookAgainTests(RestoringCase):
    def test_decisions_are_not_raised_again(self):
        commas = self.findings(code="punctuation_width")
        (masked,) = self.findings(code="masked_text")
        self.decide(restoring.accept, [commas[0].pk])
        self.decide(restoring.dismiss, [commas[1].pk, masked.pk], reason="原文如此")
        before = self.article.current.findings.count()
        looked = self.decide(restoring.look_again)
        self.assertEqual((looked.new, looked.settled), (0, 0))
        self.assertEqual(self.article.current.findings.count(), before)

    def test_it_finds_what_an_edit_brought_in(self):
        kept = {finding.pk for finding in self.findings(code="punctuation_width")}
        self.decide(editing.revise, body_html=BODY + "\n<p>外村的人来学,学回去一面墙。</p>")
        looked = self.decide(restoring.look_again)
        self.assertEqual(looked.new, 1)
        self.assertLess(kept, {finding.pk for finding in self.findings()})

    def test_what_is_no_longer_wrong_is_settled(self):
        (other,) = self.findings(code="mixed_script")
        self.decide(editing.revise, script="hant", body_html=BODY)
        wrong = make.finding(self.article, block=1, start=0, end=1, exact="村", found="村", suggestion="邨")
        looked = self.decide(restoring.look_again)
        wrong.refresh_from_db()
        self.assertEqual(wrong.state, State.SETTLED)
        self.assertGreaterEqual(looked.settled, 1)
        self.assertNotIn(other.pk, {finding.pk for finding in self.findings(code="mixed_script")})

    def test_a_published_text_with_nothing_new_gets_no_new_edition(self):
        make.publish(self.article, reason="三处星号待查")
        self.decide(restoring.look_again)
        self.assertIsNone(self.article.working)

    def test_a_decision_comes_back_with_words_that_were_deleted_and_typed_again(self):
        comma = self.findings(code="punctuation_width")[0]
        self.decide(restoring.dismiss, [comma.pk], reason="原文如此")
        for body in (BODY.replace("账目,要", "账目要"), BODY):
            self.decide(editing.revise, body_html=body)
        self.assertEqual(self.decide(restoring.look_again).new, 0)
        (again,) = self.findings(State.DISMISSED)
        self.assertEqual((again.place(), again.remark), (comma.place(), "原文如此"))

    def test_it_comes_back_after_the_words_were_gone_from_an_edition_too(self):
        comma = self.findings(code="punctuation_width")[0]
        self.decide(restoring.dismiss, [comma.pk], reason="原文如此")
        article = make.publish(self.article, reason="先发。")
        make.revised(article, BODY.replace("账目,要", "账目要"))
        self.decide(editing.revise, body_html=BODY)
        self.decide(restoring.look_again)
        self.assertEqual([row.remark for row in self.findings(State.DISMISSED)], ["原文如此"])

    def test_a_repair_that_was_undone_by_hand_is_asked_about_again(self):
        comma = self.findings(code="punctuation_width")[0]
        self.decide(restoring.accept, [comma.pk])
        self.decide(editing.revise, body_html=BODY)
        self.assertEqual(self.decide(restoring.look_again).new, 1)
