"""The tracing desk and the collation of two copies: what they show, write and refuse, and to whom."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse

from articles.actions import capturing, storing
from articles.models import Article, Finding, Witness
from articles.tests import make
from articles.tests.admin.people import browser_of, person

# session, user and two rights, who is here, the article, its copies, their further pages, what waits for a decision
QUERIES = 9
BODY = (
    "清溪乡的三次会议，都没有开成。第一次定在三月初九上午，那天下了一夜的雨。\n"
    "第二次改在晚上七点半，四十三名代表到了十四名，后排听不清。\n"
    "会开成了，道理却不复杂：什么时候来，坐在哪里，为什么事而来。"
)


class DeskCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.article = make.article()
        cls.paper = make.source("青禾日报", kind="newspaper")
        cls.portal = make.source("乡议网", standing="hijacked")
        cls.first = make.witness(cls.article, cls.paper, date_there="2021-04-26", address="https://qinghe.example/1")
        cls.second = make.witness(cls.article, cls.portal, date_there="2021-05-10", address="http://xiangyi.example/2")

    def setUp(self):
        self.client = browser_of(self.editor)
        self.address = reverse("admin:articles_article_trace", args=[self.article.pk])

    def look(self):
        return self.client.get(self.address)

    def filled(self, **typed):
        """Return what the desk would send when `typed` is put into it; `__` stands for the dash of a name."""
        context = self.look().context
        forms = [entry["form"] for entry in context["entries"]] + [context["new"]]
        data = {field.html_name: field.value() or "" for form in forms for field in form}
        data = {name: value for name, value in data.items() if not name.endswith("-remove")}
        data |= {"version": context["article"].version, "note": context["article"].tracing_note}
        return data | {name.replace("__", "-"): value for name, value in typed.items()}

    def send(self, **typed):
        return self.client.post(self.address, self.filled(**typed))

    def named(self, copy, field):
        return f"copy__{getattr(copy, 'pk', copy)}__{field}"

    def fresh(self, copy=None):
        return Witness.objects.get(pk=copy.pk) if copy else Article.objects.get(pk=self.article.pk)


class TraceTests(DeskCase):
    def test_it_shows_each_copy_and_links_no_hijacked_one(self):
        response = self.look()
        self.assertContains(response, 'href="https://qinghe.example/1"')
        self.assertContains(response, "http://xiangyi.example/2")
        self.assertNotContains(response, 'href="http://xiangyi.example/2"')

    def test_it_says_when_an_address_is_dead(self):
        self.assertNotContains(self.look(), "chip-warning")
        Witness.objects.filter(pk=self.first.pk).update(is_dead=True)
        self.assertContains(self.look(), "chip-warning")

    def test_an_outlet_that_a_copy_names_is_added_in_one_step_while_it_is_not_known(self):
        for name, is_offered in (("云岭周报", True), ("青禾日报", False)):
            said = {"place": "head", "line": f"来源：{name}", "rule": "label", "confidence": 0.9}
            read = {"field": "original_source", "value": name, **said}
            Witness.objects.filter(pk=self.second.pk).update(readings=[read])
            with self.subTest(name=name):
                self.assertIs(b"/source/add/?name=" in self.look().content, is_offered)

    def test_an_outlet_is_added_for_each_copy_by_who_may(self):
        page = self.client.get(self.address)
        for copy in (*self.article.witnesses.values_list("pk", flat=True), "new"):
            self.assertContains(page, f'<select name="copy-{copy}-source"')
            self.assertContains(page, f'data-adds="id_copy-{copy}-source"')
        Permission.objects.get(codename="add_source").group_set.clear()
        self.assertNotContains(self.client.get(self.address), "data-adds")

    def test_the_article_leads_to_it(self):
        response = self.client.get(reverse("admin:articles_article_change", args=[self.article.pk]))
        self.assertContains(response, f'href="{self.address}"')

    def test_it_writes_what_is_said_of_a_copy_and_logs_it(self):
        said = {
            "kind": "reprint",
            "evidence": "文末注明转自青禾日报。",
            "confidence": "0.9",
            "copied_from": self.first.pk,
        }
        response = self.send(**{self.named(self.second, name): value for name, value in said.items()})
        self.assertRedirects(response, self.address)
        copy = self.fresh(self.second)
        self.assertEqual((copy.kind, copy.evidence, copy.confidence), ("reprint", "文末注明转自青禾日报。", 0.9))
        self.assertEqual(copy.copied_from, self.first)
        self.assertEqual(LogEntry.objects.get().object_id, str(self.article.pk))

    def test_what_is_not_touched_is_not_written(self):
        Witness.objects.filter(pk=self.first.pk).update(date_there="前天")
        self.send(**{self.named(self.second, "title_there"): "三次会议"})
        self.assertEqual((self.fresh(self.first).date_there, self.fresh(self.second).title_there), ("前天", "三次会议"))

    def test_a_date_is_taken_as_people_write_it(self):
        self.send(**{self.named(self.second, "date_there"): "2021年5月3日"})
        self.assertEqual(self.fresh(self.second).date_there, "2021-05-03")
        for typed in ("前天", "2021-13-45", "2021年5月3日，一说5月4日"):
            with self.subTest(typed=typed):
                response = self.send(**{self.named(self.second, "date_there"): typed})
                self.assertContains(response, "errorlist")

    def test_one_button_names_the_original_and_takes_it_into_the_text(self):
        response = self.send(original=self.first.pk, takes_over="on", copy__new__kind="unknown")
        self.assertRedirects(response, self.address)
        article = self.fresh()
        self.assertEqual((article.tracing, self.fresh(self.first).kind), ("traced", "original"))
        edition = article.working
        self.assertEqual((edition.original_source, edition.original_date_iso), (self.paper, "2021-04-26"))

    def test_the_button_saves_what_was_typed_beside_it(self):
        self.send(original=self.first.pk, **{self.named(self.first, "evidence"): "纸版第三版。"})
        self.assertEqual((self.fresh(self.first).evidence, self.fresh(self.first).kind), ("纸版第三版。", "original"))

    def test_that_it_cannot_be_found_needs_a_note(self):
        self.assertIn("note", self.send(unknown="1", note=" ").context["search"].errors)
        self.assertEqual(self.fresh().tracing, "open")
        self.send(unknown="1", note="查过报纸索引。")
        self.assertEqual(self.fresh().tracing, "unknown")
        self.assertContains(self.look(), "查过报纸索引。")
        self.send(open="1")
        self.assertEqual((self.fresh().tracing, self.fresh().tracing_note), ("open", "查过报纸索引。"))

    def test_a_copy_is_added_by_hand_and_taken_off_the_list(self):
        self.send(copy__new__title_there="三次会议", copy__new__date_there="2021-04", copy__new__source=self.paper.pk)
        added = Witness.objects.get(title_there="三次会议")
        self.assertEqual((added.article, added.source, added.capture), (self.article, self.paper, None))
        self.send(**{self.named(added, "remove"): "on"})
        self.assertEqual(Witness.objects.count(), 2)

    def test_a_copy_nobody_could_know_again_is_not_added(self):
        response = self.send(copy__new__evidence="听说的。")
        self.assertIn("address", response.context["new"].errors)
        self.assertEqual(Witness.objects.count(), 2)

    def test_the_second_of_two_editors_keeps_their_words(self):
        data = self.filled(**{self.named(self.second, "evidence"): "页尾有转载说明。"})
        self.send(original=self.first.pk)
        response = self.client.post(self.address, data)
        self.assertContains(response, "页尾有转载说明。", status_code=409)
        self.assertEqual(self.fresh(self.second).evidence, "")

    def test_values_that_are_none_are_refused_in_the_form(self):
        for field, value in (
            ("kind", "x"),
            ("confidence", "nan"),
            ("confidence", "2"),
            ("confidence", "-1"),
            ("source", "999999"),
            ("source", "x"),
            ("copied_from", self.second.pk),
            ("address", "javascript:alert(1)"),
            ("title_there", "长" * 301),
            ("evidence", "a\x00b"),
        ):
            with self.subTest(field=field, value=value):
                response = self.send(**{self.named(self.second, field): value})
                self.assertEqual(response.status_code, 200)
                self.assertIn(field, response.context["entries"][1]["form"].errors)

    def test_copies_of_other_articles_are_refused(self):
        stranger = make.witness(make.article("另一篇"))
        for said in (
            {self.named(stranger, "evidence"): "改到别人那里去"},
            {"original": stranger.pk},
            {"original": "x"},
            {"original": "new"},
            {"copy__x__kind": "original"},
        ):
            with self.subTest(said=said):
                self.assertEqual(self.send(**said).status_code, 404)
        response = self.send(**{self.named(self.second, "copied_from"): stranger.pk})
        self.assertIn("copied_from", response.context["entries"][1]["form"].errors)

    def test_what_cannot_all_be_so_is_refused_in_words(self):
        circle = {self.named(self.first, "copied_from"): self.second.pk} | {
            self.named(self.second, "copied_from"): self.first.pk
        }
        originals = {self.named(copy, "kind"): "original" for copy in (self.first, self.second)}
        gone = {self.named(self.first, "remove"): "on", "original": self.first.pk}
        for said in (circle, originals, gone):
            with self.subTest(said=said):
                self.assertContains(self.send(**said), "errorlist")
        self.assertEqual((self.fresh().version, Witness.objects.count()), (1, 2))

    def test_a_version_that_is_none_is_a_stale_one(self):
        for version in ("", "x", "9" * 40):
            with self.subTest(version=version):
                self.assertEqual(self.send(version=version, original=self.first.pk).status_code, 409)

    def test_who_may_not_edit_may_look(self):
        self.client = browser_of(person("contributor", "contributor"))
        response = self.look()
        self.assertNotContains(response, "This is the original")
        self.assertNotContains(response, 'name="version"')
        self.assertEqual(self.client.post(self.address, {"version": 1, "original": self.first.pk}).status_code, 403)
        self.assertEqual(self.fresh().tracing, "open")

    def add(self, count):
        """Give the article so many more copies, each with a source and bytes of its own."""
        first = Witness.objects.count()
        for number in range(first, first + count):
            capture = storing.store(f"{BODY}第{number}本".encode(), media_type="text/plain")
            make.witness(self.article, make.source(f"示例来源{number}"), copied_from=self.first, capture=capture)

    def test_the_number_of_queries_does_not_grow(self):
        for more in (1, 37):
            self.add(more)
            with self.subTest(more=more), self.assertNumQueries(QUERIES):
                self.look()


class CollateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.editor)
        self.article = self.bring(BODY.replace("十四名", "十五名"), "damaged.txt")
        self.bring(BODY, "sound.txt")
        self.damaged, self.sound = self.article.witnesses.all()
        self.address = reverse("admin:articles_article_collate", args=[self.article.pk])

    def bring(self, text, name):
        page = capturing.Page(f"把会开到田埂上去\n\n{text}\n".encode(), name)
        return capturing.take_in(page).article

    def look(self, left=None, right="text"):
        return self.client.get(self.address, {"left": left or self.sound.pk, "right": right})

    def take(self, side="left", **given):
        response = self.look()
        (entry,) = response.context["variants"]
        data = {"version": response.context["article"].version, "take": f"{entry['variant'].key}-{side}"} | given
        return self.client.post(f"{self.address}?left={self.sound.pk}&right=text", data)

    def body(self):
        return make.edition(self.article).body_text

    def test_it_shows_where_they_differ_and_what_the_text_reads(self):
        for right in ("text", self.damaged.pk):
            with self.subTest(right=right):
                (entry,) = self.look(right=right).context["variants"]
                variant = entry["variant"]
                self.assertEqual((variant.left, variant.right, entry["agreement"]), ("四", "五", "right"))

    def test_differences_of_form_are_shown_when_they_are_asked_for(self):
        third = self.bring(BODY.replace("，", ","), "comma.txt").witnesses.last()
        response = self.look(third.pk, self.sound.pk)
        self.assertEqual(len(response.context["variants"]), 0)
        response = self.client.get(self.address, {"left": third.pk, "right": self.sound.pk, "all": 1})
        self.assertEqual(len(response.context["variants"]), response.context["formal_count"])

    def test_a_reading_is_taken_into_the_text_as_a_repair(self):
        response = self.take()
        self.assertRedirects(response, f"{self.address}?left={self.sound.pk}&right=text")
        self.assertIn("到了十四名", self.body())
        repair = Finding.objects.repairs().get()
        self.assertEqual((repair.found, repair.suggestion, repair.decided_by), ("五", "四", self.editor))
        self.assertIn("sound.txt", repair.remark)
        self.assertEqual(LogEntry.objects.count(), 1)

    def test_a_copy_that_breaks_its_paragraphs_elsewhere_offers_nothing(self):
        words = BODY.replace("十四名", "十五名").replace("\n", "")
        other = self.bring(f"{words[:21]}\n{words[21:]}", "breaks.txt").witnesses.last()
        self.assertNotContains(self.client.get(self.address, {"left": other.pk, "all": 1}), 'name="take"')

    def test_a_reading_of_a_traditional_text_is_shown_as_it_will_be_written_and_as_it_was_printed(self):
        article = make.article("村口", "賬目貼在村口，大家都來看，看不懂的地方當場問。", script="hant")
        data = "村口\n\n账目贴在车站，大家都来看，看不懂的地方当场问。\n".encode()
        copy = make.witness(article, capture=storing.store(data, media_type="text/plain"))
        address = reverse("admin:articles_article_collate", args=[article.pk])
        response = self.client.get(address, {"left": copy.pk, "right": "text"})
        entry = next(entry for entry in response.context["variants"] if entry["variant"].spot)
        self.assertEqual((entry["sides"][0]["words"], entry["sides"][0]["printed"]), ("車站", "车站"))
        self.assertContains(response, "车站")
        self.client.post(
            f"{address}?left={copy.pk}&right=text",
            {"version": article.version, "take": f"{entry['variant'].key}-left"},
        )
        self.assertIn("賬目貼在車站", make.edition(article).body_text)

    def test_what_the_text_reads_already_is_not_taken(self):
        self.take("right")
        self.assertIn("到了十五名", self.body())
        self.assertFalse(LogEntry.objects.exists())

    def test_the_second_of_two_editors_is_told(self):
        self.assertEqual(self.take(version=0).status_code, 409)
        self.assertIn("到了十五名", self.body())

    def test_forged_copies_readings_and_sides_are_refused(self):
        stranger = make.witness(make.article("另一篇"))
        by_hand = make.witness(self.article, address="https://qinghe.example/9")
        for left in (stranger.pk, by_hand.pk, "x", "9" * 40):
            with self.subTest(left=left):
                self.assertEqual(self.look(left).status_code, 404)
        for forged in ("x", "x-left", "-", "", "0000000000000000-up"):
            with self.subTest(take=forged):
                self.assertEqual(self.take(take=forged).status_code, 404)

    def test_bytes_that_are_gone_are_said_to_be(self):
        with self.settings(MEDIA_ROOT="/nowhere/at/all"):
            response = self.look()
        self.assertTrue(response.context["is_unreadable"])

    def test_who_may_not_edit_may_look(self):
        self.client = browser_of(person("contributor", "contributor"))
        self.assertNotContains(self.look(), 'name="take"')
        self.assertEqual(self.take().status_code, 403)

    def test_it_asks_the_database_the_same_number_of_times_for_many_copies(self):
        for number in range(20):
            capture = storing.store(f"{number}{BODY}".encode(), media_type="text/plain")
            make.witness(self.article, capture=capture)
        with self.assertNumQueries(QUERIES - 1):
            self.look()
