import json
import re
from collections import Counter
from io import StringIO
from itertools import combinations
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import SimpleTestCase, TestCase

from articles import body, intake
from articles.actions import demonstration, editing, publishing, storing
from articles.actions.demonstration import LIBRARY
from articles.models import Article, Author, Capture, Edition, Excerpt, Letter, Placement, Source, Tag, Theme, Witness
from articles.tests import make

HAN = re.compile(r"[\u4e00-\u9fff〇]")
NARROW_MARK = re.compile(r"[,;:?!()\"']")
DAMAGE = {
    "byline_in_text",
    "citation_marker",
    "doubled_phrase",
    "empty_label",
    "entity_residue",
    "glued_heading",
    "injected_text",
    "inserted_pinyin",
    "library_furniture",
    "look_alike",
    "lost_byte",
    "lost_digits",
    "lost_sentence_end",
    "machine_tail",
    "masked_text",
    "mixed_script",
    "mojibake",
    "navigation",
    "numeral_one",
    "page_cut",
    "punctuation_width",
    "suspect_site",
    "toneless_pinyin",
    "traditional_mirror",
    "trailing_advert",
    "truncated",
}


class LibraryTests(SimpleTestCase):
    """What the file says, before any database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.library = json.loads((LIBRARY / "library.json").read_text("utf-8"))
        cls.bodies = {given["key"]: (LIBRARY / given["file"]).read_text("utf-8") for given in cls.library["articles"]}
        cls.blocks = {key: [block.text for block in body.blocks(html)] for key, html in cls.bodies.items()}

    def test_it_has_at_least_24_articles_of_600_characters(self):
        self.assertGreaterEqual(len(self.bodies), 24)
        for key, blocks in self.blocks.items():
            with self.subTest(article=key):
                self.assertGreaterEqual(len(HAN.findall("".join(blocks))), 600)

    def test_two_articles_are_long_enough_for_a_table_of_contents(self):
        long = [key for key, blocks in self.blocks.items() if len(HAN.findall("".join(blocks))) >= 2500]
        self.assertEqual(long, ["council-year", "budget-thresholds"])
        for key in long:
            headings = [block for block in body.blocks(self.bodies[key]) if block.element in body.HEADINGS]
            self.assertGreaterEqual(len(headings), 5)

    def test_one_article_is_traditional_one_has_no_author_one_a_very_long_title(self):
        articles = self.library["articles"]
        self.assertEqual([given["key"] for given in articles if given["script"] == "hant"], ["after-the-assembly"])
        self.assertEqual([given["key"] for given in articles if not given["bylines"]], ["letters-faq"])
        self.assertEqual([len(given["title"]) > 40 for given in articles].count(True), 1)

    def test_bodies_are_written_as_the_normaliser_writes_them(self):
        for key, html in self.bodies.items():
            with self.subTest(article=key):
                self.assertEqual(body.normalise(html).rstrip("\n"), html.rstrip("\n"))

    def test_no_paragraph_stands_in_two_articles(self):
        for (one, ours), (other, theirs) in combinations(self.blocks.items(), 2):
            with self.subTest(articles=(one, other)):
                self.assertFalse({text for text in set(ours) & set(theirs) if len(text) > 12})

    def test_punctuation_is_full_width(self):
        for key, blocks in self.blocks.items():
            with self.subTest(article=key):
                self.assertEqual(NARROW_MARK.findall("".join(blocks)), [])

    def test_every_note_mark_has_its_note(self):
        for given in self.library["articles"]:
            marks = re.findall(r"<sup>\[(\d+)\]</sup>", self.bodies[given["key"]])
            with self.subTest(article=given["key"]):
                self.assertEqual(marks, [str(n + 1) for n in range(len(given["notes"]))])

    def test_every_excerpt_stands_in_one_block_of_its_article(self):
        for given in self.library["excerpts"]:
            with self.subTest(quote=given["quote"]):
                self.assertTrue(any(given["quote"] in text for text in self.blocks[given["article"]]))

    def test_the_tree_has_three_levels_with_introductions_and_reasons(self):
        parents = {given["key"]: given["parent"] for given in self.library["themes"]}
        depths = {sum(1 for _ in ancestors(key, parents)) for key in parents}
        self.assertEqual(depths, {0, 1, 2})
        for given in self.library["themes"]:
            with self.subTest(theme=given["name"]):
                self.assertTrue(80 <= len(given["introduction"]) <= 200)
                self.assertTrue(given["placements"])
                self.assertTrue(all(placed["reason"] for placed in given["placements"]))

    def test_authors_and_sources_say_that_they_are_demonstration(self):
        for text in [given["note"] for given in self.library["authors"]]:
            self.assertIn("演示", text)
        for given in self.library["sources"]:
            self.assertIn("演示来源", given["notes"])
            self.assertTrue(all(domain.endswith(".example") for domain in given["domains"]))

    def test_the_captures_carry_every_class_of_damage(self):
        captures = self.library["captures"]
        self.assertEqual({damage for given in captures for damage in given["damage"]}, DAMAGE)
        several = [key for key, count in Counter(given["article"] for given in captures).items() if count >= 2]
        self.assertGreaterEqual(len(several), 6)
        self.assertLessEqual({"gb18030", "big5hkscs", "utf-8"}, {given["encoding"] for given in captures})

    def test_every_capture_is_listed_and_can_be_read(self):
        listed = {given["file"] for given in self.library["captures"]}
        self.assertEqual(listed, {f"captures/{path.name}" for path in (LIBRARY / "captures").iterdir()})
        for given in self.library["captures"]:
            with self.subTest(file=given["file"]):
                data = (LIBRARY / given["file"]).read_bytes()
                draft = intake.read(data, name=given["file"], url=given["address"])
                self.assertEqual(draft.encoding, given["encoding"])
                self.assertGreater(len(HAN.findall(draft.body_text)), 300)


def ancestors(key, parents):
    while parents[key] is not None:
        key = parents[key]
        yield key


def counts():
    """How many rows every table of the articles holds."""
    return {model.__name__: model.objects.count() for model in apps.get_app_config("articles").get_models()}


def stored_files():
    folder = Path(settings.MEDIA_ROOT)
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


class LoadTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        demonstration.load()

    def test_it_publishes_every_article_over_three_years_and_one_again_after_a_letter(self):
        library = json.loads((LIBRARY / "library.json").read_text("utf-8"))
        self.assertEqual(Article.objects.published().count(), len(library["articles"]))
        again = Article.objects.published().filter(live__number__gt=1)
        self.assertEqual([article.title for article in again], ["村务公开栏的高度"])
        self.assertEqual(
            {moment.year for moment in Article.objects.published().dates("live_from", "year")}, {2024, 2025, 2026}
        )

    def test_everything_it_makes_is_marked(self):
        for table in demonstration.TABLES:
            with self.subTest(table=table.__name__):
                self.assertTrue(table.objects.exists())
                self.assertFalse(table.objects.filter(is_demonstration=False).exists())

    def test_captures_wait_as_drafts_with_the_findings_intake_made(self):
        drafts = Article.objects.filter(status=Article.Status.DRAFT)
        self.assertGreaterEqual(drafts.count(), 3)
        for draft in drafts.select_related("working"):
            with self.subTest(title=draft.title):
                read = intake.read(draft.witnesses.get().capture.read(), name="copy.txt")
                self.assertEqual(draft.working.findings.count(), len(read.findings))
                self.assertTrue(read.findings)

    def test_a_letter_waits_one_was_put_into_the_text_one_declined_and_a_comment_stands(self):
        told = Letter.objects.published().order_by("received_at")
        self.assertEqual(
            [(letter.kind, letter.state, letter.outcome, letter.days) for letter in told],
            [
                ("correction", "closed", "accepted", 2),
                ("correction", "closed", "declined", 1),
                ("comment", "accepted", "accepted", 1),
                ("correction", "received", "", None),
            ],
        )
        put_in, declined, _comment, waiting = told
        self.assertIn("夹在会计的账本里", put_in.put_into.body_text)
        self.assertTrue(declined.reason)
        self.assertEqual(waiting.exact, waiting.passage)
        response = self.client.get("/letters/")
        for words in ("会计的帐本里", "会计的账本里", "示例读者甲", "重复来电少了四成", declined.reason):
            self.assertContains(response, words)
        self.assertNotContains(response, waiting.suggestion)

    def test_an_article_of_which_a_copy_is_called_the_original_is_traced(self):
        originals = Article.objects.filter(witnesses__kind="original")
        self.assertTrue(originals)
        self.assertEqual({article.tracing for article in originals}, {Article.Tracing.TRACED})

    def test_a_second_time_adds_and_changes_nothing(self):
        before, versions = counts(), list(Article.objects.values_list("pk", "version"))
        self.assertEqual(demonstration.load(), Counter())
        self.assertEqual(counts(), before)
        self.assertEqual(list(Article.objects.values_list("pk", "version")), versions)

    def test_it_leaves_what_an_editor_changed(self):
        article = Article.objects.get(title="会计下村")
        make.revised(article, title="会计每月下村")
        Theme.objects.filter(slug="yiti").update(name="议题从谁那里来")
        demonstration.load()
        self.assertFalse(Article.objects.filter(title="会计下村").exists())
        self.assertEqual(Theme.objects.get(slug="yiti").name, "议题从谁那里来")

    def test_it_brings_back_what_is_missing(self):
        before = counts()
        Placement.objects.filter(theme__slug="yiti").delete()
        demonstration.load()
        self.assertEqual(counts(), before)

    def test_it_uses_the_rows_of_an_editor_that_bear_its_names(self):
        demonstration.remove()
        own = make.source("《示例日报》")
        tag = Tag.objects.create(name="村务公开")
        demonstration.load()
        self.assertEqual(Source.objects.get(name="《示例日报》"), own)
        demonstration.remove()
        self.assertTrue(Source.objects.filter(pk=own.pk).exists())
        self.assertTrue(Tag.objects.filter(pk=tag.pk).exists())


class RemoveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.own = make.article(
            "账本搬到村口", published=True, authors=("示例作者甲",), theme=make.theme("我的主题"), tags=("账本",)
        )
        cls.bytes = storing.store("村口的账本。".encode(), media_type="text/plain")
        make.witness(cls.own, make.source(), capture=cls.bytes)
        cls.before, cls.files = counts(), stored_files()
        demonstration.load()

    def remove(self):
        with self.captureOnCommitCallbacks(execute=True):
            return demonstration.remove()

    def article(self, title="会计下村"):
        return Article.objects.get(title=title)

    def test_it_takes_all_of_it_away_and_nothing_else(self):
        removed = self.remove()
        self.assertEqual(counts(), self.before)
        self.assertEqual(stored_files(), self.files)
        self.assertEqual(removed.kept, [])
        self.assertEqual(self.bytes.read().decode(), "村口的账本。")

    def test_it_can_be_loaded_again_under_new_numbers(self):
        numbers = set(Article.objects.values_list("pk", flat=True))
        self.remove()
        demonstration.load()
        self.assertFalse(numbers & set(Article.objects.exclude(pk=self.own.pk).values_list("pk", flat=True)))

    def test_an_article_an_editor_revised_stays_with_its_witnesses_author_and_source(self):
        article = self.article("工单退回之后")
        make.revised(article, abstract="编者按：数字已经核对。")
        removed = self.remove()
        self.assertEqual(Article.objects.filter(is_demonstration=True).get(), article)
        self.assertEqual(article.witnesses.count(), 2)
        self.assertEqual(Capture.objects.filter(is_demonstration=True).count(), 2)
        self.assertIn("Author 何平川", removed.kept)
        self.assertIn("Source 《示例日报》", removed.kept)
        self.assertFalse(Theme.objects.filter(is_demonstration=True).exists())

    def test_an_article_an_editor_revised_after_its_letter_stays_without_the_letter(self):
        article = self.article("村务公开栏的高度")
        make.revised(article, title="村务公开栏该挂多高")
        self.remove()
        self.assertEqual(Article.objects.get(is_demonstration=True).editions.count(), 3)
        self.assertFalse(Letter.objects.exists())
        demonstration.load()
        self.assertFalse(Letter.objects.filter(article=article).exists())

    def test_an_article_an_editor_placed_stays(self):
        Placement.objects.create(theme=Theme.objects.get(name="我的主题"), article=self.article())
        self.remove()
        self.assertTrue(Article.objects.filter(title="会计下村").exists())
        self.assertEqual(Article.objects.filter(is_demonstration=True).count(), 1)

    def test_an_article_of_which_an_editor_found_a_copy_stays(self):
        Witness.objects.create(article=self.article(), address="https://copy.example/1")
        self.remove()
        self.assertEqual(self.article().witnesses.count(), 1)

    def test_an_article_an_editor_quoted_stays(self):
        make.excerpt(self.article(), Theme.objects.get(name="我的主题"), "账管住了，人也离远了。")
        self.remove()
        self.assertEqual(Excerpt.objects.get().edition, self.article().live)

    def test_a_draft_an_editor_worked_on_stays(self):
        draft = Article.objects.filter(status=Article.Status.DRAFT).first()
        editing.revise(draft, version=draft.version, by=None, title="改过的题目")
        self.remove()
        self.assertTrue(Article.objects.filter(title="改过的题目").exists())

    def test_an_article_into_which_another_was_merged_stays(self):
        into = self.article()
        publishing.withdraw(self.own, version=self.own.version, reason=Article.Withdrawal.MERGED, into=into)
        self.remove()
        self.assertTrue(Article.objects.filter(pk=into.pk).exists())

    def test_a_withdrawn_demonstration_article_goes(self):
        make.withdrawn(self.article())
        self.assertEqual(self.remove().kept, [])

    def test_a_theme_with_an_editors_theme_or_article_under_it_stays_with_its_parents(self):
        make.theme("我的小主题", parent=Theme.objects.get(slug="yiti"))
        Placement.objects.create(theme=Theme.objects.get(slug="yijian-huiyin"), article=self.own)
        removed = self.remove()
        self.assertEqual(
            set(Theme.objects.filter(is_demonstration=True).values_list("slug", flat=True)),
            {"yiti", "cunli-yishi", "gongzhong-canyu", "yijian-huiyin", "tingzheng"},
        )
        self.assertIn("Theme 议题从哪里来", removed.kept)

    def test_an_author_a_source_and_a_tag_an_editor_uses_stay(self):
        edition = make.edition(self.own)
        edition.bylines.create(author=Author.objects.get(slug="xu-wendi"))
        self.own.tags.add("听证")
        Witness.objects.create(article=self.own, source=Source.objects.get(slug="wenku"))
        self.remove()
        self.assertEqual(Author.objects.get(is_demonstration=True).slug, "xu-wendi")
        self.assertEqual(Source.objects.get(is_demonstration=True).slug, "wenku")
        self.assertEqual(Tag.objects.get(is_demonstration=True).name, "听证")
        self.assertTrue(Edition.objects.filter(pk=edition.pk).exists())


class CommandTests(TestCase):
    def said(self, command):
        out = StringIO()
        call_command(command, stdout=out)
        return out.getvalue()

    def test_the_commands_say_what_they_did(self):
        self.assertRegex(self.said("load_demo"), r"^New: Article \d+, Author \d+")
        self.assertIn("here already", self.said("load_demo"))
        make.revised(Article.objects.get(title="会计下村"), abstract="编者按。")
        self.assertIn("own work stands on it: Article 会计下村", self.said("remove_demo"))
        self.assertIn("own work stands on it: Article 会计下村", self.said("remove_demo"))
