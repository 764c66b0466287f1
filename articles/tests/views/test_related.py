"""What else there is to read beside an article, and why."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.tests import make
from articles.tests.views.test_browsing import dated


class RelatedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme, cls.source = make.theme("村级财务"), make.source("青禾日报")
        given = {"authors": ("示例作者甲",), "tags": ("预算",), "original_source": cls.source}
        cls.article = dated("账本上墙", "2013-10", **given)
        make.placing.place(make.article("主题开头", published=True), cls.theme)
        make.placing.place(make.article("暗号草稿", authors=("示例作者甲",), tags=("预算",)), cls.theme)
        for number in range(2):
            make.placing.place(make.article(f"之间{number}", published=True), cls.theme)
        make.placing.place(cls.article, cls.theme)
        make.article("同一人写的", published=True, authors=("示例作者甲",))
        dated("同年同报", "2013-01-01", original_source=cls.source)
        dated("次年同报", "2014-01-01", original_source=cls.source)
        make.article("同一标签", published=True, tags=("预算",))

    def get(self, article=None):
        return self.client.get((article or self.article).get_absolute_url())

    def told(self, article=None):
        return [(one.kind, one.article.title, one.name) for one in self.get(article).context["related"]]

    def test_it_names_others_once_each_with_what_they_share(self):
        self.assertEqual(
            self.told(),
            [
                ("theme", "主题开头", "村级财务"),
                ("author", "同一人写的", "示例作者甲"),
                ("source", "同年同报", "青禾日报"),
                ("tag", "同一标签", "预算"),
                ("theme", "之间0", "村级财务"),
            ],
        )

    def test_it_repeats_no_neighbour_and_shows_no_draft(self):
        neighbour = "之间1"  # shown as the one before it
        self.assertNotIn(neighbour, [title for _kind, title, _name in self.told()])
        self.assertNotContains(self.get(), "暗号")

    def test_an_article_with_nothing_in_common_has_no_such_part(self):
        lonely = make.article("独自一篇", published=True)
        self.assertNotContains(self.get(lonely), 'id="related"')

    def test_it_names_at_most_six_however_many_there_are_and_asks_no_more(self):
        with CaptureQueriesContext(connection) as few:
            self.get()
        for number in range(40):
            more = make.article(f"更多{number}", published=True, authors=("示例作者甲",), tags=("预算",))
            make.placing.place(more, self.theme)
        with CaptureQueriesContext(connection) as many:
            self.get()
        self.assertLessEqual(len(self.told()), 6)
        self.assertLessEqual(len(many), len(few))

    def test_a_date_at_the_end_of_the_calendar_stops_no_page(self):
        for printed in ("0001", "9999"):
            article = dated(f"公元{printed}", printed, original_source=self.source)
            with self.subTest(printed=printed):
                self.assertEqual(self.get(article).status_code, 200)

    def test_titles_are_shown_in_the_script_of_the_page_and_never_as_markup(self):
        make.article("<b>账本</b>", published=True, authors=("示例作者甲",))
        response = self.client.get(f"/zh-hant{self.article.get_absolute_url()}")
        self.assertContains(response, "&lt;b&gt;賬本&lt;/b&gt;")
