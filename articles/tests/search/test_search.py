"""What a search promises, whatever the database: the whole suite runs on each, and each has to keep all of this."""

from django.db import connection, transaction
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from articles import search
from articles.actions import editing
from articles.models import Article, SearchDocument
from articles.search.pieces import encoded, pieces
from articles.search.queries import parse
from articles.tests import make


class SearchCase(TestCase):
    def found(self, term, among=None):
        articles = Article.objects.all() if among is None else among
        return set(search.matching(term, among=articles).values_list("pk", flat=True))

    def assertFinds(self, term, *articles):
        with self.subTest(term=term):
            self.assertEqual(self.found(term), {article.pk for article in articles})


class ContractTests(SearchCase):
    @classmethod
    def setUpTestData(cls):
        cls.paper = make.source("青禾日报", aliases=("青禾报",))
        cls.one = make.article(
            "预算贴在村口",
            "议事会把预算贴在村口，每一笔都写明用处。\n有不清楚的地方，当场就可以问。",
            authors=("示例作者甲",),
            original_source=cls.paper,
        )
        cls.two = make.article("議事會的三年", "議事會把賬本放在門口，由第３組輪流看管。See Open-Data v2.0!")
        make.witness(cls.one, cls.paper, address="https://news.example.cn/2013/10/t20131021_99.html")
        search.put(cls.one)

    def test_it_finds_a_phrase_wherever_it_begins_and_only_where_it_stands(self):
        self.assertFinds("会把预算贴在", self.one)
        self.assertFinds("算贴", self.one)
        self.assertFinds("村口议事会")
        self.assertFinds("用处有不清楚")
        self.assertFinds("预算写明")

    def test_it_finds_a_single_character_also_at_the_end(self):
        self.assertFinds("村", self.one)
        self.assertFinds("会", self.one, self.two)
        self.assertFinds("三", self.two)
        self.assertFinds("问", self.one)
        self.assertFinds("龙")

    def test_it_finds_either_script_in_either_script(self):
        self.assertFinds("议事会", self.one, self.two)
        self.assertFinds("議事會把賬本", self.two)
        self.assertFinds("预算", self.one)
        self.assertFinds("預算", self.one)

    def test_it_finds_latin_digits_and_addresses_in_any_width_and_case(self):
        for term in ("open-data", "OPEN", "ｏｐｅｎ", "pen-da", "v2.0", "第3组", "第３組"):
            self.assertFinds(term, self.two)
        for term in ("https://news.example.cn/2013/10/t20131021_99.html", "example.cn/2013", "t20131021_"):
            self.assertFinds(term, self.one)

    def test_marks_are_characters_like_any_other(self):
        self.assertFinds("村口，每", self.one)
        self.assertFinds("！", self.two)
        self.assertFinds("口每")
        self.assertFinds("a%c")
        self.assertFinds("21_9", self.one)
        self.assertFinds("21%9")

    def test_every_word_has_to_stand_somewhere_in_any_order(self):
        self.assertFinds("用处 预算", self.one)
        self.assertFinds("预算　青禾日报", self.one)
        self.assertFinds("预算 賬本")

    def test_it_finds_authors_sources_and_their_other_names(self):
        for term in ("示例作者甲", "作者甲", "青禾报", "青禾"):
            self.assertFinds(term, self.one)

    def test_a_number_is_the_article_with_this_number(self):
        self.assertIn(self.two.pk, self.found(str(self.two.pk)))
        self.assertFinds("9" * 9)
        self.assertFinds("9" * 40)

    def test_an_article_is_found_as_lists_and_readers_name_it(self):
        number = self.two.pk
        for term in (
            f"#{number}",
            f"＃{number}",
            f" #{number} ",
            f"/articles/{number}/",
            f"/zh-hant/articles/{number}/",
            f"https://library.example.org/articles/{number}/",
            f"https://library.example.org/en/articles/{number}/editions/2/?page=1#p3",
            f"http://127.0.0.1:8000/admin/articles/article/{number}/change/",
        ):
            self.assertFinds(term, self.two)
        for term in (
            f"#{number} 没有的话",
            f"“#{number}”",
            f"/themes/{number}/",
            "#999999999",
            "/articles/9999999999/",
        ):
            self.assertFinds(term)

    def test_an_address_is_the_same_by_either_scheme(self):
        for term in (
            "http://news.example.cn/2013/10/t20131021_99.html",
            "HTTPS://NEWS.example.cn/2013/10/t20131021_99.html",
            "http://www.news.example.cn/2013/10/t20131021_99.html",
            "www.news.example.cn/2013",
            "news.example.cn/2013/",
            "https://news.example.cn/2013/10/t20131021_99.html/",
        ):
            self.assertFinds(term, self.one)
        make.witness(self.two, self.paper, address="http://www.example.org/text/")
        search.put(self.two)
        for term in ("https://example.org/text", "https://www.example.org/text/", "http://example.org/text/"):
            self.assertFinds(term, self.two)
        self.assertFinds("https://example.org/other")

    def test_quotes_mean_the_phrase_between_them(self):
        for term in (
            "“把预算贴在村口”",
            "「把預算貼在村口」",
            "《预算贴在村口》",
            "『议事会把预算』",
            '"每一笔"',
            "“写明” 「村口」",
        ):
            self.assertFinds(term, self.one)
        for term in ("“See Open-Data”", '"open-data v2.0"', "“data v”", "“流看管。see o”"):
            self.assertFinds(term, self.two)
        self.assertFinds("“data see”")
        self.assertFinds("“Data see” 流看管")
        self.assertFinds("“村口")

    def test_quotes_inside_a_phrase_are_characters_of_it(self):
        said = make.article("会上的话", "他说“账要贴出来”，大家都点头。")
        self.assertFinds("他说“账要贴", said)
        self.assertFinds("出来”，大家", said)
        self.assertFinds("他说账要贴")
        self.assertFinds("“账要贴出来”", said)

    def test_a_phrase_runs_over_the_end_of_a_paragraph(self):
        for term in ("写明用处。有不清楚", "用处。 有不清楚", "“用处。有”"):
            self.assertFinds(term, self.one)
        latin = make.article("两行英文", "<p>read the open</p><p>data first</p><p>　　然后再看</p>")
        self.assertFinds("“open data”", latin)
        self.assertFinds("opendata")
        self.assertFinds("“first 然后再看”", latin)

    def test_variants_of_a_character_are_one(self):
        accounts = make.article("村裡的帳目", "把賬目貼在臺階邊，羣眾看得清。")
        for term in ("账目", "帳目", "賬目", "帐目"):
            self.assertFinds(term, accounts)
        for variants in ("村里的 村裡的 村裏的", "台阶 臺階", "群众 羣眾 羣衆"):
            for term in variants.split():
                self.assertFinds(term, accounts)

    def test_it_looks_only_where_it_may(self):
        self.assertEqual(self.found("议事会", Article.objects.filter(pk=self.two.pk)), {self.two.pk})

    def test_whatever_is_typed_is_answered(self):
        for term in (
            "",
            " ",
            "\x00",
            "\ud800",
            "村\x00口",
            "村" * 60_000,
            "(" * 2_000,
            ")" * 7,
            '"',
            '"村口',
            "'; DROP TABLE articles_article; --",
            "NEAR(村 口)",
            "村 AND",
            "OR",
            "NOT 村",
            "title:村",
            "村*",
            "^村",
            "-村",
            "村:*",
            "a & b | !c",
            "\\",
            "%",
            "😀",
            "𠮷",
            " ".join("村口议事会预算贴在每一笔"),
            "\u202e\u200b",
            "{title body}:村",
        ):
            with self.subTest(term=term[:40]):
                self.assertIsInstance(self.found(term), set)

    def test_what_is_no_longer_said_is_no_longer_found(self):
        editing.revise(self.two, version=self.two.version, by=None, body_html="<p>账目改为上网公布。</p>")
        self.assertFinds("賬本")
        self.assertFinds("上网公布", self.two)
        editing.revise(
            Article.objects.get(pk=self.one.pk), version=self.one.version, by=None, title="预算贴在村口与网上"
        )
        self.assertFinds("村口与网上", self.one)
        self.assertFinds("有不清楚的地方", self.one)

    def test_a_write_that_is_taken_back_leaves_the_index_as_it_was(self):
        with transaction.atomic():
            editing.revise(self.two, version=self.two.version, by=None, body_html="<p>账目改为上网公布。</p>")
            transaction.set_rollback(True)
        self.assertFinds("賬本", self.two)
        self.assertFinds("上网公布")

    def test_a_removed_article_is_not_found_and_may_come_again(self):
        search.remove(self.one.pk)
        self.assertFinds("预算")
        search.put(self.one)
        self.assertFinds("预算", self.one)
        self.one.delete()
        self.assertFinds("预算")

    def test_putting_in_what_is_there_already_writes_nothing(self):
        self.assertEqual(search.put_all([self.one.pk, self.two.pk]), 0)

    def test_it_finds_the_same_by_reading_through(self):
        """What very many articles hold is found by reading them; nobody sees the difference."""
        for number in range(120):
            make.article(f"議事會把預算貼在村口之{number}", "村務公開。", authors=("青禾日报社",))
        several = Article.objects.filter(title__contains="之")
        for term in ("村口之", "预算　青禾日报社", "之"):
            self.assertFinds(term, *several)
        self.assertFinds("村口之21%9")

    def test_putting_in_costs_as_many_queries_for_many_articles_as_for_one(self):
        one = self.queries([self.one.pk])
        more = [make.article(f"村务公开第{number}期", authors=("示例作者乙",)) for number in range(3)]
        for article in more:
            make.witness(article, self.paper)
        self.assertLessEqual(self.queries([self.one.pk, *(article.pk for article in more)]), one)
        self.assertLessEqual(one, 18)

    def queries(self, keys):
        SearchDocument.objects.update(rules=0)
        with CaptureQueriesContext(connection) as queries:
            search.put_all(keys)
        return len(queries)


class PieceTests(SimpleTestCase):
    def test_the_pieces_of_a_word_hold_each_of_its_phrases(self):
        self.assertEqual(pieces("乡村 a1"), ["乡村", "村", "a1", "1"])

    def test_marks_and_unusual_characters_are_pieces_too(self):
        self.assertEqual(len(pieces("《村》")), 3)
        self.assertEqual(len(encoded("😀𠮷《。")), 4)

    def test_words_are_parted_by_any_space_and_said_once(self):
        self.assertEqual(self.words(" 村　口\n村 "), ["村", "口"])
        self.assertEqual(self.words("\x00\ud800"), [])

    def test_what_is_no_address_stays_as_it_was_typed(self):
        self.assertEqual(self.words("https:// a/ /b/ www. v2.0"), ["https://", "a/", "/b/", "www.", "v2.0"])

    def words(self, term):
        return [word.text for word in parse(term).asked.words]
