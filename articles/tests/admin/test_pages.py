"""The admin's own pages: bringing in, preview, captures, the vocabulary, the language."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles.actions import editing
from articles.admin import bringing
from articles.models import Article, Author, Capture, Excerpt, Source, Tag
from articles.tests import make
from articles.tests.admin.people import browser_of, person

PAGE = """<html><head><title>村口的预算墙</title></head><body><h1>村口的预算墙</h1>
<p>作者：示例作者甲　来源：青禾日报　2013-10-21</p>
<p>议事会把全年的预算抄在村口的墙上，每一笔都写明用处，谁都可以站在那里一笔一笔地看。</p>
<p>有人问修路的钱为什么比去年多，会计当场翻出了账本，把三家的报价念了一遍，大家听完才散。</p>
<p>第二年，墙上多了一栏，写的是上一年每一笔钱花完以后留下了什么，哪些还没有做完，为什么没有做完。</p>
</body></html>"""


class PageCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.editor)


class BringInTests(PageCase):
    address = reverse("admin:articles_article_bring_in")

    def bring(self, *files, **said):
        uploads = [SimpleUploadedFile(name, data) for name, data in files]
        return self.client.post(self.address, {"files": uploads, **said})

    def outcomes(self, response):
        return [str(line.outcome) for line in response.context["report"]]

    def test_it_tells_of_each_file(self):
        page = PAGE.encode()
        response = self.bring(
            ("a.html", page), ("again.html", page), ("b.html", page + b"<!-- copy -->"), ("e.txt", b"")
        )
        expected = [
            bringing.WORDS[result] for result in (bringing.capturing.Result.NEW, bringing.capturing.Result.HERE)
        ]
        self.assertEqual(self.outcomes(response)[:2], [str(word) for word in expected])
        self.assertEqual(Article.objects.count(), 1)
        self.assertEqual(Article.objects.get().witnesses.count(), 2)
        self.assertTrue(response.context["report"][3].reason)

    def test_it_places_the_article_and_names_its_source(self):
        theme, source = make.theme(), make.source()
        self.bring(("a.html", PAGE.encode()), theme=theme.pk, source=source.pk, address="https://news.example.cn/1")
        article = Article.objects.get()
        self.assertEqual(article.placements.get().theme, theme)
        self.assertEqual((article.witnesses.get().source, article.working.made_by), (source, self.editor))

    def test_it_refuses_an_address_for_several_files_and_a_form_without_any(self):
        response = self.bring(("a.html", b"a"), ("b.html", b"b"), address="https://news.example.cn/1")
        self.assertIn("address", response.context["form"].errors)
        self.assertIn("files", self.client.post(self.address, {}).context["form"].errors)

    def test_it_takes_a_title_for_one_page_that_has_none(self):
        text = "村里的账目贴在墙上，谁都可以站在那里一笔一笔地看。\n\n" * 4
        refused = self.bring(("a.txt", text.encode()))
        self.assertEqual(refused.context["report"][0].reason, "网页上没有找到不超过300字的标题。")
        self.assertIn("title", self.bring(("a.txt", b"a"), ("b.txt", b"b"), title="墙").context["form"].errors)
        self.bring(("a.txt", text.encode()), title="墙上的账")
        self.assertEqual(Article.objects.get().title, "墙上的账")

    def test_it_refuses_a_file_that_is_too_large_and_goes_on(self):
        response = self.bring(("big.html", b"x" * (bringing.MOST_BYTES + 1)), ("a.html", PAGE.encode()))
        self.assertIn("20 MB", str(response.context["report"][0].reason))
        self.assertEqual(Article.objects.count(), 1)


class PreviewTests(PageCase):
    def test_it_shows_the_working_edition_to_no_search_engine_and_no_cache(self):
        article = make.revised(make.article(published=True), subtitle="已发")
        editing.revise(article, version=article.version, by=self.editor, title="还没有发的题目")
        response = self.client.get(reverse("admin:articles_article_preview", args=[article.pk]))
        self.assertContains(response, "还没有发的题目")
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertIn("no-store", response["Cache-Control"])

    def test_there_is_none_of_an_article_that_is_not_there(self):
        for key in (999, "9" * 40):
            self.assertEqual(self.client.get(f"/admin/articles/article/{key}/preview/").status_code, 404)


class CaptureTests(PageCase):
    def setUp(self):
        super().setUp()
        name = '../..\\"坏\r\n名字.html'
        self.capture = Capture.objects.create(sha256="ef" * 32, size=8, media_type="text/html", file_name=name)

    def bytes_of(self):
        return self.client.get(reverse("admin:articles_capture_bytes", args=[self.capture.pk]))

    def test_its_bytes_are_a_file_that_no_browser_opens(self):
        default_storage.save(self.capture.path, ContentFile(b"<script>"))
        response = self.bytes_of()
        self.assertEqual(b"".join(response.streaming_content), b"<script>")
        self.assertEqual(response["Content-Type"], "application/octet-stream")
        self.assertEqual(response["Content-Security-Policy"], "default-src 'none'; sandbox")
        self.assertRegex(response["Content-Disposition"], r"^attachment; filename\*=UTF-8''[\w%.-]+$")

    def test_bytes_that_are_gone_are_not_found(self):
        self.assertEqual(self.bytes_of().status_code, 404)


class VocabularyTests(PageCase):
    def post(self, page, *keys, **data):
        return self.client.post(reverse(f"admin:articles_{page}", args=keys), data)

    def inlines(self, *prefixes):
        return {f"{prefix}-{part}_FORMS": 0 for prefix in prefixes for part in ("TOTAL", "INITIAL")}

    def test_a_source_keeps_its_aliases_and_domains(self):
        lines = {**self.inlines("aliases", "domains"), "domains-TOTAL_FORMS": 1, "domains-0-name": "news.example.cn"}
        self.post("source_add", name="青禾日报", kind="newspaper", standing="reliable", **lines)
        self.assertEqual(Source.objects.get().domains.get().name, "news.example.cn")

    def test_an_address_once_given_does_not_change(self):
        source = make.source()
        data = {"slug": "changed", "kind": "portal", "standing": "usable", "version": 1}
        self.post("source_change", source.pk, **data, **self.inlines("aliases", "domains"))
        source.refresh_from_db()
        self.assertEqual((source.kind, source.slug), ("portal", "青禾日报"))

    def test_themes_are_listed_as_the_tree_they_are(self):
        root = make.theme("治理", position=1)
        first = make.theme("预算", position=0)
        under = make.theme("村务", parent=root)
        response = self.client.get(reverse("admin:articles_theme_changelist"))
        self.assertEqual([theme.pk for theme in response.context["cl"].result_list], [first.pk, root.pk, under.pk])

    def test_a_tag_is_kept_in_its_one_spelling(self):
        self.post("tag_add", name="群眾", **self.inlines("aliases"))
        self.assertEqual(Tag.objects.get().name, "群众")
        for name in ("甲，乙", "《》", "群众"):
            with self.subTest(name=name):
                self.assertEqual(self.post("tag_add", name=name, **self.inlines("aliases")).status_code, 200)

    def test_an_excerpt_is_taken_by_its_words(self):
        article, theme = make.article(), make.theme()
        data = {"theme": theme.pk, "article": article.pk, "position": 0}
        self.assertIn(
            "passage", self.post("excerpt_add", passage="没有这句话", **data).context["adminform"].form.errors
        )
        self.post("excerpt_add", passage="每一笔都写明用处", **data)
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.block, excerpt.start, excerpt.exact), (0, 11, "每一笔都写明用处"))

    def test_the_list_of_excerpts_offers_the_themes_with_the_most_and_the_chosen_one(self):
        article, themes = make.article(), [make.theme(f"主题{number}") for number in range(60)]
        for theme in themes:
            make.excerpt(article, theme, "每一笔都写明用处")
        make.excerpt(article, themes[40], "有不清楚的地方")
        address = reverse("admin:articles_excerpt_changelist")
        offered = self.client.get(address).context["cl"].filter_specs[0].lookup_choices
        self.assertEqual((len(offered), offered[0]), (20, (str(themes[40].pk), "主题40")))
        for parameter in ("theme", "theme__id__exact"):
            found = self.client.get(address, {parameter: themes[59].pk}).context["cl"]
            self.assertEqual([excerpt.theme for excerpt in found.result_list], [themes[59]])
        self.assertIn(
            (str(themes[59].pk), "主题59"),
            self.client.get(address, {"theme": themes[59].pk}).context["cl"].filter_specs[0].lookup_choices,
        )
        for forged, status in (("x", 200), ("999", 200), ("9" * 30, 400)):
            self.assertEqual(self.client.get(address, {"theme": forged}).status_code, status)

    def test_suggestions_tell_twins_apart(self):
        Author.objects.create(name="示例作者甲", note="青禾镇会计", slug="second")
        make.article(authors=(make.author(Author.objects.create(name="示例作者甲")),))
        query = {"app_label": "articles", "model_name": "byline", "field_name": "author", "term": "示例"}
        response = self.client.get(reverse("admin:autocomplete"), query)
        self.assertEqual(len({found["text"] for found in response.json()["results"]}), 2)


class FindingListTests(PageCase):
    def test_classes_are_filtered_by_their_names(self):
        article = make.article()
        cut, wide = make.finding(article, "page_cut"), make.finding(article, "punctuation_width")
        address = reverse("admin:articles_finding_changelist")
        self.assertContains(self.client.get(address), "跨页断句")
        for query, expected in (("page_cut", {cut}), ("punctuation_width", {wide}), ("x", {cut, wide})):
            with self.subTest(query=query):
                found = self.client.get(address, {"class": query}).context["cl"].result_list
                self.assertEqual(set(found), expected)


class LookTests(PageCase):
    pages = ("index", "articles_article_changelist", "articles_article_add", "articles_article_bring_in")

    def test_no_page_writes_script_or_style_into_itself_without_the_nonce(self):
        for name in self.pages:
            response = self.client.get(reverse(f"admin:{name}"))
            html = response.content.decode()
            with self.subTest(page=name):
                self.assertIsNone(re.search(r"<(?:script|style)(?![^>]*(?:src|nonce)=)[^>]*>", html))
                self.assertIsNone(re.search(r"\s(?:style|on[a-z]+)=\"", html))

    def test_the_language_is_the_editors_own_choice(self):
        address = reverse("admin:articles_article_changelist")
        response = self.client.post(reverse("admin:language"), {"language": "en", "next": address})
        self.assertRedirects(response, address)
        self.assertContains(self.client.get(address), "Bring in pages")
        self.client.post(reverse("admin:language"), {"language": "zh-hant"})
        self.assertEqual(self.client.get(address)["Content-Language"], "zh-hant")

    def test_the_language_switch_leads_nowhere_else(self):
        response = self.client.post(reverse("admin:language"), {"language": "en", "next": "//elsewhere.example/"})
        self.assertNotIn("elsewhere", response.url)

    def test_the_style_sheets_of_the_heaviest_page_stay_small(self):
        """The form of an article loads all three; they are sent compressed."""
        sheets = [Path(find(f"css/{name}.css")).read_bytes() for name in ("admin", "admin-editor", "desk")]
        self.assertLessEqual(sum(len(gzip.compress(sheet)) for sheet in sheets), 10 * 1024)
