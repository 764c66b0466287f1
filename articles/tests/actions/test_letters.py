"""Letters: taken in once, decided by the table, put in as repairs, closed with the edition that holds them."""

from datetime import timedelta
from unittest import mock

from django.test import TestCase
from django.utils import timezone

from articles import body
from articles.actions import clockwork, editing, letters, restoring, reverting
from articles.actions.letters import Written
from articles.models import Article, Finding, Letter, StaleVersion
from articles.tests import make

BODY = """清溪乡的三次会议，都没有开成。第一次定在三月初九上午。
第二次改在晚上七点半，到了十四名代表。
都没有开成的事，后来写进了簿子。"""
STEPS = {
    "accept": lambda letter: letters.accept(letter, version=letter.version, by=None),
    "decline": lambda letter: letters.decline(letter, version=letter.version, by=None, reason="原报如此。"),
    "close": lambda letter: letters.close(letter, version=letter.version, by=None),
    "put in": lambda letter: letters.put_in(
        letter, "三月初十", version=letter.version, article_version=letter.article.version, by=None
    ),
}
# For each kind and state: the steps that lead on, and where to.
ALLOWED = {
    ("correction", "received"): {"accept": "accepted", "decline": "declined", "put in": "accepted"},
    ("correction", "accepted"): {"close": "closed"},
    ("correction", "declined"): {"close": "closed"},
    ("correction", "closed"): {},
    ("comment", "received"): {"accept": "accepted", "decline": "declined"},
    ("comment", "accepted"): {"decline": "declined", "close": "closed"},
    ("comment", "declined"): {"accept": "accepted", "close": "closed"},
    ("comment", "closed"): {"decline": "declined"},
}
REFUSED = (letters.CannotDecide, letters.PassageNotFound)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


class LetterCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("三次会议", BODY, published=True)
        cls.edition = cls.article.live

    def letter(self, **written):
        given = {"passage": "三月初九", "suggestion": "三月初十", "remark": "县报写的是初十。"}
        return make.letter(self.article, **(given | written))

    def put_in(self, letter, words="三月初十", **said):
        given = {"version": letter.version, "article_version": fresh(self.article).version, "by": None}
        return letters.put_in(letter, words, **(given | said))


class ReceiveTests(LetterCase):
    def test_the_place_is_that_of_the_words(self):
        letter = self.letter()
        self.assertEqual((letter.block, letter.exact, letter.edition), (0, "三月初九", self.edition))
        self.assertEqual((letter.state, letter.outcome), ("received", ""))

    def test_words_read_in_the_other_script_have_the_same_place(self):
        letter = self.letter(passage="清溪鄉的三次會議")
        self.assertEqual((letter.block, letter.start, letter.exact), (0, 0, "清溪乡的三次会议"))

    def test_words_of_the_title_have_their_place_too(self):
        article = make.article("一个写错的题木", BODY, published=True)
        self.assertEqual(letters.locate(article.live, "题木").block, body.TITLE)

    def test_words_that_stand_twice_are_told_apart_by_where_they_were_selected(self):
        self.assertIsNone(letters.locate(self.edition, "都没有开成"))
        self.assertEqual(letters.locate(self.edition, "都没有开成", block=2, start=0).block, 2)
        self.assertEqual(letters.locate(self.edition, "会", block=0, start=6).start, 6)

    def test_a_forged_place_is_not_taken_at_its_word(self):
        for block in (-1, 7, 10**9):
            self.assertEqual(letters.locate(self.edition, "三月初九", block=block, start=10**9).block, 0)
        self.assertIsNone(letters.locate(self.edition, "没有这句话", block=0))

    def test_the_same_words_are_one_letter_for_a_day(self):
        first = self.letter()
        self.assertEqual(self.letter(), first)
        self.assertNotEqual(self.letter(remark="另一个理由。"), first)
        Letter.objects.filter(pk=first.pk).update(received_at=timezone.now() - timedelta(hours=25), digest="0" * 64)
        self.assertNotEqual(self.letter(), first)

    def test_of_two_that_come_at_one_moment_one_is_kept(self):
        """The first look finds nothing, as it does for two requests side by side; the database decides."""
        first = self.letter()
        with mock.patch.object(letters, "known", side_effect=[None, first]):
            again = letters.receive(self.edition, self.written(first))
        self.assertEqual((again, Letter.objects.count()), (first, 1))

    @staticmethod
    def written(letter):
        return Written(letter.kind, letter.passage, letter.suggestion, letter.remark)

    def test_a_number_that_is_taken_is_drawn_again(self):
        first = self.letter()
        with mock.patch.object(letters, "new_ticket", return_value="BCDF-2345"):
            letter = letters._new(self.edition, Written("comment", remark="另一封。"))
            letter.ticket = first.ticket
            with mock.patch.object(letters, "_new", return_value=letter):
                taken = letters.receive(self.edition, Written("comment", remark="另一封。"))
        self.assertEqual(taken.ticket, "BCDF-2345")

    def test_when_too_many_wait_no_more_are_taken_in(self):
        with mock.patch.object(letters, "MOST_WAITING_OF_ONE", 1):
            first = self.letter()
            with self.assertRaises(letters.PostFull):
                self.letter(remark="第二封。")
            self.assertEqual(self.letter(), first)
            STEPS["decline"](first)
            self.letter(remark="第二封。")


class StateTests(LetterCase):
    def in_state(self, kind, state):
        letter = self.letter(kind=kind, remark=f"{kind} {state}")
        if state == "closed":
            return STEPS["close"](STEPS["accept"](letter))
        way = {"accepted": "accept", "declined": "decline"}.get(state)
        return STEPS[way](letter) if way else letter

    def test_every_step_leads_on_where_the_table_says_so_and_nowhere_else(self):
        for (kind, state), allowed in ALLOWED.items():
            for name, step in STEPS.items():
                Letter.objects.all().delete()
                self.article = fresh(self.article)
                letter = fresh(self.in_state(kind, state))
                with self.subTest(kind=kind, state=state, step=name):
                    if name in allowed:
                        self.assertEqual(fresh(step(letter)).state, allowed[name])
                    else:
                        self.assertRaises(REFUSED, step, letter)
                        self.assertEqual(fresh(letter).version, letter.version)
                if self.article.working_id or fresh(self.article).working_id:
                    working = fresh(self.article)
                    reverting.discard(working, version=working.version)

    def test_declining_needs_a_reason_and_putting_in_needs_words(self):
        letter = self.letter()
        with self.assertRaises(letters.AnswerMissing):
            letters.decline(letter, version=letter.version, by=None, reason="")
        with self.assertRaises(letters.AnswerMissing):
            self.put_in(letter, "")

    def test_the_second_of_two_is_refused(self):
        letter = self.letter()
        STEPS["decline"](fresh(letter))
        for name in ("accept", "decline", "put in"):
            with self.subTest(step=name), self.assertRaises(StaleVersion):
                STEPS[name](letter)

    def test_an_article_that_changed_meanwhile_is_not_written_to(self):
        letter = self.letter()
        with self.assertRaises(StaleVersion):
            self.put_in(letter, article_version=0)
        self.assertEqual(fresh(letter).state, "received")
        self.assertIsNone(fresh(self.article).working)

    def test_it_counts_the_days_to_the_first_decision(self):
        letter = self.letter(kind="comment")
        Letter.objects.filter(pk=letter.pk).update(received_at=timezone.now() - timedelta(days=3, hours=2))
        letter = STEPS["accept"](fresh(letter))
        self.assertEqual(letter.days, 3)
        Letter.objects.filter(pk=letter.pk).update(decided_at=timezone.now() - timedelta(days=2))
        self.assertEqual(STEPS["decline"](fresh(letter)).days, 1)


class PutInTests(LetterCase):
    def test_it_is_one_repair_of_the_working_edition(self):
        letter = self.put_in(self.letter())
        working = fresh(self.article).working
        self.assertIn("三月初十上午", working.body_html)
        self.assertIn("三月初九上午", fresh(self.article).live.body_html)
        repair = working.findings.repairs().get()
        self.assertEqual((repair.code, repair.found, repair.suggestion), ("reader_correction", "三月初九", "三月初十"))
        self.assertEqual((repair.remark, letter.repair, letter.words), (letter.ticket, repair, "三月初十"))

    def test_it_can_be_taken_back_and_put_in_again(self):
        letter = self.put_in(self.letter())
        article = fresh(self.article)
        restoring.take_back(article, [letter.repair_id], version=article.version, by=None)
        self.assertNotIn("三月初十", fresh(self.article).working.body_html)
        letter = fresh(letter)
        self.assertTrue(letters.may_be_put_in(letter))
        self.put_in(letter)
        self.assertIn("三月初十", fresh(self.article).working.body_html)

    def test_words_go_with_the_text_that_was_changed_around_them(self):
        letter = self.letter()
        article = editing.revise(
            self.article, version=self.article.version, by=None, body_html=make.html_of("新加的一段。\n" + BODY)
        )
        self.assertEqual(letters.place_now(fresh(letter)).block, 1)
        self.put_in(letter)
        self.assertIn("新加的一段。", fresh(article).working.body_html)
        self.assertIn("三月初十", fresh(article).working.body_html)

    def test_words_that_are_gone_are_not_found(self):
        letter = self.letter()
        editing.revise(self.article, version=self.article.version, by=None, body_html=make.html_of("全文换过了。"))
        with self.assertRaises(letters.PassageNotFound):
            self.put_in(letter)
        self.assertEqual(fresh(letter).state, "received")

    def test_words_that_marks_divide_are_for_an_editor(self):
        article = make.article("有强调", "<p>清溪乡的<strong>三次</strong>会议，没有开成。</p>", published=True)
        letter = make.letter(article, passage="的三次会议", suggestion="的四次会议")
        with self.assertRaises(letters.PassageDivided):
            letters.put_in(letter, "的四次会议", version=1, article_version=article.version, by=None)

    def test_markup_in_a_suggestion_is_words(self):
        self.put_in(self.letter(), "<b>三月</b><script>")
        working = fresh(self.article).working
        self.assertIn("&lt;b&gt;三月&lt;/b&gt;&lt;script&gt;", working.body_html)

    def test_what_is_proposed_is_in_the_script_of_the_text(self):
        self.assertEqual(letters.proposed(self.letter(suggestion="三月初十開會")), "三月初十开会")


class ClosingTests(LetterCase):
    def publish(self):
        self.article = make.publish(fresh(self.article), reason="据来信改正。")
        return self.article.live

    def test_publishing_closes_what_the_edition_holds(self):
        letter = self.put_in(self.letter())
        waiting = self.letter(remark="还没有看。")
        edition = self.publish()
        letter = fresh(letter)
        self.assertEqual((letter.state, letter.outcome, letter.put_into), ("closed", "accepted", edition))
        self.assertEqual(fresh(waiting).state, "received")
        self.assertEqual(edition.findings.repairs().filter(code="reader_correction").count(), 1)

    def test_what_was_taken_back_stays_open(self):
        letter = self.put_in(self.letter())
        article = fresh(self.article)
        restoring.take_back(article, [letter.repair_id], version=article.version, by=None)
        editing.revise(fresh(article), version=article.version + 1, by=None, subtitle="另有改动")
        self.publish()
        self.assertEqual(fresh(letter).state, "accepted")

    def test_discarding_the_edition_leaves_the_letter_to_be_put_in_again(self):
        letter = self.put_in(self.letter())
        article = fresh(self.article)
        reverting.discard(article, version=article.version)
        letter = fresh(letter)
        self.assertIsNone(letter.repair)
        self.assertTrue(letters.may_be_put_in(letter))

    def test_what_an_editor_wrote_by_hand_is_closed_by_hand_with_the_edition_that_came_since(self):
        letter = STEPS["accept"](self.letter())
        article = fresh(self.article)
        editing.revise(article, version=article.version, by=None, body_html=make.html_of("改写过了。"))
        edition = self.publish()
        self.assertEqual(fresh(letter).state, "accepted")
        closed = letters.close(fresh(letter), version=letter.version, by=None, answer="已改写。")
        self.assertEqual((closed.put_into, closed.answer), (edition, "已改写。"))


class ContactTests(LetterCase):
    def test_the_clock_throws_contacts_away_thirty_days_after_closing_and_after_a_year(self):
        now = timezone.now()
        rows = {
            "fresh": {},
            "closed": {"closed": 29},
            "long closed": {"closed": 31},
            "old": {"received": 366},
        }
        for name, days in rows.items():
            letter = self.letter(kind="comment", remark=name, contact="reader@example.cn")
            if "closed" in days:
                letter = STEPS["close"](STEPS["accept"](letter))
                Letter.objects.filter(pk=letter.pk).update(closed_at=now - timedelta(days=days["closed"]))
            if "received" in days:
                Letter.objects.filter(pk=letter.pk).update(received_at=now - timedelta(days=days["received"]))
        self.assertEqual(clockwork.prune(lambda: False)["contacts"], 2)
        kept = Letter.objects.exclude(contact="").values_list("remark", flat=True)
        self.assertEqual(set(kept), {"fresh", "closed"})
        self.assertEqual(Article.objects.count() + Finding.objects.count(), 1)
