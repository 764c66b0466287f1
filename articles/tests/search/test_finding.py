"""What readers find, whatever the database: how a question is asked, whom it is answered about, and in what order."""

from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone

from articles import search
from articles.actions import editing, placing
from articles.models import Article, SearchDocument, parse_precise
from articles.search import finding
from articles.tests import make


class FindingCase(TestCase):
    def found(self, term, **how):
        return list(search.find(search.parse(term), among=Article.objects.published(), **how).keys)

    def assertFinds(self, term, *articles):
        with self.subTest(term=term):
            self.assertEqual(set(self.found(term)), {article.pk for article in articles})


class QuestionTests(FindingCase):
    @classmethod
    def setUpTestData(cls):
        cls.paper = make.source("青禾日报", aliases=("青禾报",), kind="newspaper")
        cls.above = make.theme("村务")
        cls.theme = make.theme("预算公开", parent=cls.above)
        moment, precision = parse_precise("2014-05-06")
        cls.one = make.article(
            "预算贴在村口",
            "议事会把预算贴在村口，每一笔都写明用处。",
            published=True,
            authors=("单国强",),
            theme=cls.theme,
            tags=("村务",),
            original_source=cls.paper,
            original_date=moment,
            original_precision=precision,
        )
        cls.two = make.article("議事會的三年", "議事會把賬本放在門口，決算寫在墻上。", published=True)
        cls.three = make.article("记账的软件", "村口的电脑里装了软件，账目一点就有。", published=True)

    def test_all_words_have_to_stand_and_OR_lets_one_do(self):
        self.assertFinds("预算 村口", self.one)
        self.assertFinds("预算 OR 決算", self.one, self.two)
        self.assertFinds("村口 OR 门口 账", self.two, self.three)
        for term in ("OR", "OR 预算", "预算 OR", "预算 or 决算"):
            with self.subTest(term=term):
                self.assertLessEqual(set(self.found(term)), {self.one.pk})

    def test_a_minus_takes_out(self):
        self.assertFinds("村口 -软件", self.one)
        self.assertFinds("-预算", self.two, self.three)
        self.assertFinds("村口 -“贴在村口”", self.three)
        self.assertFinds("村口 -账目 -预算")
        self.assertFinds("-")

    def test_a_title_is_looked_in_by_itself(self):
        self.assertFinds("title:预算", self.one)
        self.assertFinds("标题：議事會", self.two)
        self.assertFinds("title:村口 软件")
        self.assertFinds("-title:软件 村口", self.one)

    def test_fields_name_authors_sources_themes_tags_and_years(self):
        for term in ("author:单国强", "作者:shanguoqiang", "author:sgq", "source:青禾报", "来源：qhrb", "theme:村务"):
            self.assertFinds(term, self.one)
        for term in ("theme:预算公开 村口", "標籤:村务", "year:2014", "year:2013..2015", "year:..2014", "年份:2014.."):
            self.assertFinds(term, self.one)
        for term in ("author:别人", "year:2015..", "source:青禾报 软件", "theme:龘", "author:。", "year:9999"):
            self.assertFinds(term)
        self.assertFinds("-source:青禾日报 -year:2014", self.two, self.three)

    def test_what_only_looks_like_a_field_is_a_word(self):
        said = make.article("比分", "最后是note:3比2，year:昨天。", published=True)
        for term in ("note:3比", "year:昨天", "te:3"):
            self.assertFinds(term, said)

    def test_what_is_called_otherwise_in_taiwan_is_found_too(self):
        self.assertFinds("軟體", self.three)
        self.assertFinds("電腦", self.three)
        self.assertFinds("“軟體”")

    def test_either_script_finds_either(self):
        self.assertFinds("帳目", self.three)
        self.assertFinds("决算写在墙上", self.two)

    def test_whatever_is_typed_is_answered(self):
        for term in (
            "",
            "-",
            "--",
            "-OR",
            "title:",
            "author:",
            "year:..",
            "year:0000",
            "year:9999..0001",
            '"',
            "-“",
            "(" * 2_000,
            "x" * 60_000,
            "\x00\ud800",
            "a:b:c:d",
            "title:title:title:",
            "NEAR(村 口)",
            "-title:-author:-",
            "OR OR OR",
            " ".join("村口议事会预算贴在每一笔" * 8),
            " OR ".join("村口议事会预算贴在每一笔" * 4),
        ):
            with self.subTest(term=term[:20]):
                self.assertIsInstance(self.found(term), list)

    def test_facets_count_what_was_found(self):
        found = search.find(search.parse("村口"), among=Article.objects.published())
        self.assertEqual(found.by_source(), [((self.paper.slug, "青禾日报"), 1)])
        self.assertEqual(found.by_kind(), [("newspaper", 1)])
        self.assertEqual(found.by_year(), [(2014, 1)])
        self.assertEqual(found.by_theme(), [((self.theme.slug, "预算公开"), 1)])


class OrderTests(FindingCase):
    @classmethod
    def setUpTestData(cls):
        ago = timezone.now() - timedelta(days=9)
        plain = "村里开会。" * 20
        cls.often = make.article("三月的会", f"{plain}水渠要修，水渠归谁管，水渠谁出钱。", published=ago)
        cls.titled = make.article("水渠修好了", plain, published=ago + timedelta(days=1))
        cls.once = make.article("四月的会", f"{plain}有人说到水渠。", published=ago + timedelta(days=2))

    def test_the_best_come_first_or_the_newest(self):
        self.assertEqual(self.found("水渠"), [self.titled.pk, self.often.pk, self.once.pk])
        self.assertEqual(self.found("水渠", newest_first=True), [self.once.pk, self.titled.pk, self.often.pk])

    def test_of_too_many_the_newest_are_told_and_that_there_are_more(self):
        with patch.object(finding, "MOST", 2):
            found = search.find(search.parse("水渠"), among=Article.objects.published())
        self.assertEqual((found.keys, found.has_more, found.is_ranked), ([self.once.pk, self.titled.pk], True, False))


class AudienceTests(FindingCase):
    """Readers find what they can read, editors what they work on."""

    def test_readers_find_the_edition_they_read(self):
        article = make.article("旧题目", "旧的一句话。", published=True)
        begun = editing.revise(
            article, version=article.version, by=None, title="新题目", body_html="<p>新的一句话。</p>"
        )
        self.assertFinds("旧的一句", article)
        self.assertFinds("新的一句")
        self.assertFinds("title:新题目")
        editors = set(search.matching("新的一句", among=Article.objects.all()).values_list("pk", flat=True))
        self.assertEqual(editors, {article.pk})
        make.publish(begun, reason="改了一句。")
        self.assertFinds("新的一句", article)
        self.assertFinds("旧的一句")

    def test_nothing_is_told_of_drafts_of_what_waits_and_of_what_was_withdrawn(self):
        make.article("金丝雀在草稿", authors=("示例作者乙",), tags=("笼子",))
        make.article("金丝雀在等", published=timezone.now() + timedelta(days=1))
        make.withdrawn(make.article("金丝雀撤下", published=True))
        for term in ("金丝雀", "author:示例作者乙", "tag:笼子", "-没有的话"):
            self.assertFinds(term)

    def test_an_author_of_a_draft_edition_is_told_to_editors_alone(self):
        article = make.article("会上的话", published=True)
        begun = editing.revise(article, version=article.version, by=None, title="会上的话")
        editing.sign(begun.working, [editing.Signature(make.author("示例作者丙"))])
        self.assertFinds("author:示例作者丙")
        self.assertEqual(search.matching("author:示例作者丙", among=Article.objects.all()).get(), article)

    def test_a_copy_that_nobody_has_judged_is_told_to_editors_alone(self):
        article = make.article("会上的话", published=True)
        make.witness(article, address="https://first.example.cn/1", kind="original")
        hidden = make.witness(article, address="https://hidden.example.cn/2", title_there="金丝雀")
        search.put(article)
        self.assertFinds("金丝雀")
        self.assertFinds("first.example.cn/1", article)
        self.assertEqual(set(audiences(article)), {"editors", "readers"})
        hidden.delete()
        search.put(article)
        self.assertEqual(audiences(article), ["both"])
        self.assertFinds("会上", article)

    def test_what_is_narrowed_is_counted_in_its_own_theme_only(self):
        theme = make.theme("水利")
        one, two = (make.article(f"水渠之{number}", published=True) for number in "一二")
        placing.place(one, theme)
        among = Article.objects.published().filter(placements__theme=theme)
        self.assertEqual(list(search.find(search.parse("水渠"), among=among).keys), [one.pk])
        self.assertNotIn(two.pk, search.find(search.parse(""), among=among).keys)


def audiences(article):
    return list(SearchDocument.objects.filter(article=article).values_list("audience", flat=True))


class GuessTests(FindingCase):
    def test_a_character_that_looks_like_another_leads_to_it(self):
        make.article("新路", "新路修到了村口。", published=True)
        self.assertEqual(search.guesses(search.parse("噺路")), ["新路"])
        self.assertEqual(search.guesses(search.parse("龘")), [])
