"""The page of an article and of its editions, as a visitor meets them."""

from datetime import timedelta
from urllib.parse import quote

from django.template.loader import render_to_string
from django.test import RequestFactory, TestCase
from django.utils import timezone

from articles.models import Article, parse_precise
from articles.tests import make

BODY = """<h2>一、贴出来</h2><p>议事会把预算贴在村口。<sup>[1]</sup></p>
<h2>二、看得懂</h2><p>每一笔都写明用处。</p>
<h2>三、问得着</h2><p>当场就可以问。</p>"""


class ArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        root = make.theme("公开的账本")
        cls.theme = make.theme("村级财务", parent=root)
        cls.daily = make.source("青禾日报", kind="newspaper", standing="reliable")
        cls.hijacked = make.source("旧门户", standing="hijacked")
        cls.before = make.article("前面的一篇", published=True, theme=cls.theme)
        moment, precision = parse_precise("2021-03")
        cls.article = make.article(
            "账本上墙：一年之后",
            BODY,
            published=True,
            authors=("示例作者甲",),
            affiliation="示例研究室",
            theme=cls.theme,
            reason="从一面墙说起。",
            tags=("村务公开",),
            subtitle="三个村的做法",
            abstract="公开要让人看得懂。",
            notes="指村务公开栏。",
            original_source=cls.daily,
            original_date=moment,
            original_precision=precision,
            printed_editor="示例编辑",
            is_demonstration=True,
        )
        cls.draft = make.article("不该看见的草稿", theme=cls.theme)
        cls.after = make.article("后面的一篇", published=True, theme=cls.theme)
        make.witness(cls.article, cls.daily, address="https://daily.example/a", kind="original")
        make.witness(cls.article, cls.hijacked, address="https://old.example/b", kind="reprint")
        make.finding(cls.article, "inserted_pinyin", state="cleaned")
        make.finding(cls.article, "inserted_pinyin", state="cleaned")
        make.finding(cls.article, "doubled_phrase", state="dismissed")

    def get(self, prefix=""):
        return self.client.get(f"{prefix}/articles/{self.article.pk}/")

    def test_it_shows_the_text_with_who_where_and_when(self):
        response = self.get()
        for text in (
            "三个村的做法",
            "示例作者甲",
            "示例研究室",
            "青禾日报",
            "2021年3月",
            "原文摘要",
            "示例编辑",
            "示范内容",
        ):
            with self.subTest(text=text):
                self.assertContains(response, text)
        self.assertContains(response, '<p id="p2">议事会把预算贴在村口。')

    def test_it_says_where_it_stands(self):
        response = self.get()
        self.assertContains(response, f'<a href="/themes/{quote("村级财务")}/">村级财务</a>')
        self.assertContains(response, "从一面墙说起。")
        self.assertContains(response, f'<a href="/articles/{self.before.pk}/" rel="prev">前面的一篇</a>')
        self.assertContains(response, f'<a href="/articles/{self.after.pk}/" rel="next">后面的一篇</a>')

    def test_it_says_nothing_of_a_draft_beside_it(self):
        self.assertNotContains(self.get(), "不该看见的草稿")

    def test_it_lists_the_copies_and_links_no_hijacked_one(self):
        response = self.get()
        self.assertContains(response, '<a class="address" href="https://daily.example/a" rel="nofollow noopener">')
        self.assertContains(response, '<span class="address">https://old.example/b</span>')

    def test_it_links_no_copy_that_names_a_script_for_its_address(self):
        make.witness(self.article, self.daily, kind="reprint", address="javascript:alert(1)")
        self.assertContains(self.get(), '<span class="address">javascript:alert(1)</span>')
        self.assertNotContains(self.get(), 'href="javascript')

    def test_it_counts_what_was_changed_and_passes_over_what_was_dismissed(self):
        response = self.get()
        self.assertContains(response, "插入的拼音 2")
        self.assertNotContains(response, "重复的词句")

    def test_it_gives_a_citation_with_the_permanent_address(self):
        address = f"http://testserver/articles/{self.article.pk}/editions/1/"
        self.assertContains(self.get(), f'<span class="address">{address}</span>')
        self.assertContains(self.get("/zh-hant"), f'<span class="address">{address}</span>')

    def test_it_shows_another_script_and_says_so(self):
        response = self.get("/zh-hant")
        self.assertContains(response, "議事會把預算貼在村口。")
        self.assertContains(response, "由簡體自動轉換。")
        self.assertContains(response, '<html lang="zh-Hant">')
        self.assertNotContains(self.get(), "由简体自动转换。")

    def test_it_keeps_the_text_in_its_own_script_on_an_english_page(self):
        response = self.get("/en")
        self.assertContains(response, '<div class="text" lang="zh-Hans">')
        self.assertContains(response, "The text is in Chinese.")
        self.assertContains(response, '<span lang="zh-Hans">示例作者甲</span>')

    def test_it_names_the_canonical_address_and_its_other_languages(self):
        for prefix in ("", "/zh-hant", "/en"):
            with self.subTest(prefix=prefix):
                response = self.get(prefix)
                plain = f"/articles/{self.article.pk}/"
                self.assertContains(response, f'<link rel="canonical" href="http://testserver{plain}">')
                for tag, path in (("zh-Hans", plain), ("zh-Hant", f"/zh-hant{plain}"), ("en", f"/en{plain}")):
                    self.assertContains(
                        response, f'<link rel="alternate" hreflang="{tag}" href="http://testserver{path}">'
                    )

    def test_it_needs_no_cookie_and_asks_caches_to_ask_again(self):
        response = self.get()
        self.assertFalse(response.cookies)
        self.assertNotIn("Cookie", response.headers.get("Vary", ""))
        directives = set(response.headers["Cache-Control"].split(", "))
        self.assertEqual(directives, {"public", "max-age=0", "must-revalidate"})
        self.assertNotContains(response, "csrf")

    def test_it_takes_no_form(self):
        self.assertEqual(self.client.post(self.article.get_absolute_url()).status_code, 405)

    def test_it_escapes_what_editors_type(self):
        article = make.article("<b>题</b>", "<p>文</p>", published=True, subtitle="<i>副题</i>", notes="<u>注</u>")
        response = self.client.get(article.get_absolute_url())
        for markup in ("<b>题", "<i>副题", "<u>注"):
            self.assertNotContains(response, markup)


class QueryTests(TestCase):
    def test_it_asks_the_database_six_times_however_much_there_is(self):
        self.client.get("/")  # which remembers what the site is called
        small = make.article("小", published=True, authors=("甲",), theme=make.theme("主题一"), tags=("标签一",))
        make.placing.place(make.article("邻近", published=True), small.placements.get().theme)
        make.witness(small, make.source("来源一"))
        large = make.article(
            "大", published=True, authors=("甲", "乙", "丙", "丁"), tags=("一", "二", "三", "四", "五")
        )
        parent = None
        for number in range(4):
            parent = make.theme(f"第{number}层", parent=parent)
            make.placing.place(make.article(f"之前{number}", published=True), parent)
            make.placing.place(large, parent)
            make.placing.place(make.article(f"之后{number}", published=True), parent)
        for number in range(12):
            make.witness(large, make.source(f"来源{number}号"))
            make.finding(large, f"class_{number}")
        for number in range(3):
            large = make.revised(large, reason=f"改{number}")
        self.client.get("/")  # which remembers what the site is called
        for path in (small.get_absolute_url(), large.get_absolute_url(), f"/articles/{large.pk}/editions/1/"):
            with self.subTest(path=path), self.assertNumQueries(6):
                self.client.get(path)


class EditionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("旧题", "旧的一段。", published=True, authors=("示例作者甲",))
        cls.article = make.revised(cls.article, "新的一段。", title="新题", reason="改正一处错字。")

    def path(self, number):
        return f"/articles/{self.article.pk}/editions/{number}/"

    def test_it_keeps_an_earlier_edition_at_its_address(self):
        response = self.client.get(self.path(1))
        self.assertContains(response, "旧的一段。")
        self.assertContains(response, "这是第1版，原样保存。")
        self.assertContains(response, f'<a href="{self.article.get_absolute_url()}">看最新一版</a>')
        self.assertNotContains(response, "新的一段。")

    def test_it_shows_the_newest_edition_at_the_address_of_the_article(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertContains(response, "新的一段。")
        self.assertContains(response, "改正一处错字。")
        self.assertContains(response, f'href="{self.path(1)}"')

    def test_it_takes_the_article_for_the_canonical_address_of_its_newest_edition(self):
        newest = f'<link rel="canonical" href="http://testserver{self.article.get_absolute_url()}">'
        self.assertContains(self.client.get(self.path(2)), newest)
        earlier = f'<link rel="canonical" href="http://testserver{self.path(1)}">'
        self.assertContains(self.client.get(self.path(1)), earlier)

    def test_it_does_not_find_an_edition_that_is_not_numbered_yet(self):
        make.editing.revise(self.article, version=self.article.version, by=None, title="未发布的题")
        self.assertEqual(self.client.get(self.path(3)).status_code, 404)
        self.assertNotContains(self.client.get(self.article.get_absolute_url()), "未发布的题")


class HiddenTests(TestCase):
    def assertHidden(self, article):
        for prefix in ("", "/zh-hant", "/en"):
            for path in (f"/articles/{article.pk}/", f"/articles/{article.pk}/editions/1/"):
                with self.subTest(path=prefix + path):
                    response = self.client.get(prefix + path)
                    self.assertEqual(response.status_code, 404)
                    self.assertNotContains(response, "暗号", status_code=404)

    def test_it_does_not_find_a_draft(self):
        self.assertHidden(make.article("暗号", "暗号"))

    def test_it_does_not_find_a_scheduled_article_before_its_time(self):
        self.assertHidden(make.article("暗号", "暗号", published=timezone.now() + timedelta(hours=1)))

    def test_it_does_not_find_one_that_was_withdrawn_before_its_time(self):
        self.assertHidden(make.withdrawn(make.article("暗号", published=timezone.now() + timedelta(hours=1))))

    def test_it_does_not_find_a_number_that_no_database_has_room_for(self):
        self.assertEqual(self.client.get("/articles/99999999999999999999/").status_code, 404)


class WithdrawnTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("暗号题", "暗号文。", published=True)
        cls.other = make.article("留下的一篇", published=True)
        make.withdrawn(cls.article, Article.Withdrawal.MERGED, note="与另一篇重复。", into=cls.other)

    def test_it_keeps_the_address_and_says_why_without_the_text(self):
        for path in (f"/articles/{self.article.pk}/", f"/articles/{self.article.pk}/editions/1/"):
            with self.subTest(path=path):
                response = self.client.get(path)
                self.assertContains(response, "与另一篇重复。", status_code=410)
                self.assertContains(response, f'<a href="/articles/{self.other.pk}/">留下的一篇</a>', status_code=410)
                self.assertContains(response, "暗号题", status_code=410)
                self.assertNotContains(response, "暗号文", status_code=410)

    def test_it_does_not_repeat_the_title_of_what_was_published_in_error(self):
        gone = make.withdrawn(make.article("错发的一篇", published=True), Article.Withdrawal.ERROR)
        self.assertNotContains(self.client.get(gone.get_absolute_url()), "错发的一篇", status_code=410)

    def test_it_leads_to_no_article_that_is_withdrawn_itself(self):
        make.withdrawn(self.other)
        response = self.client.get(f"/articles/{self.article.pk}/")
        self.assertNotContains(response, "留下的一篇", status_code=410)

    def test_it_leads_on_to_where_that_one_was_merged_itself(self):
        last = self.other
        for number in range(3):
            further = make.article(f"第{number}次并入的一篇", published=True)
            make.withdrawn(last, Article.Withdrawal.MERGED, into=further)
            last = further
        self.client.get("/")  # which remembers what the site is called
        with self.assertNumQueries(4):
            response = self.client.get(f"/articles/{self.article.pk}/")
        self.assertContains(response, f'<a href="{last.get_absolute_url()}">第2次并入的一篇</a>', status_code=410)

    def test_a_circle_leads_nowhere(self):
        Article.objects.filter(pk=self.other.pk).update(
            status="withdrawn", withdrawal_reason="merged", merged_into=self.article
        )
        self.assertNotContains(self.client.get(f"/articles/{self.article.pk}/"), "留下的一篇", status_code=410)


class PreviewTests(TestCase):
    """The editors' preview renders the readers' template with nothing but the article and an edition."""

    def render(self, article):
        request = RequestFactory().get("/admin/preview/")
        shown = {"article": article, "edition": article.current, "is_preview": True}
        return render_to_string("reading/article.html", shown, request)

    def test_it_shows_a_draft_and_says_that_it_is_one(self):
        page = self.render(make.article("草稿题", BODY, authors=("示例作者甲",), notes="注。"))
        for text in ("草稿题", "示例作者甲", "预览：此文尚未公开。", '<p id="p2">'):
            self.assertIn(text, page)

    def test_it_offers_no_address_that_readers_have_not(self):
        page = self.render(make.article("草稿题", authors=("示例作者甲",), original_source=make.source()))
        for text in ("/authors/%", "/sources/%", "hreflang", "canonical", "/admin/"):
            self.assertNotIn(text, page)
