"""When, where and under which words a text was published."""

from django.test import SimpleTestCase

from articles.intake.metadata.keywords import find_abstract, find_breadcrumb, find_keywords, find_tags
from articles.intake.metadata.published import find_published
from articles.intake.metadata.source import find_editor, find_site, find_source, persons_in_source
from articles.intake.metadata.surroundings import Surroundings


class PublishedTests(SimpleTestCase):
    def test_it_prefers_the_labelled_date_under_the_title(self):
        around = Surroundings(below_title=["2013-10-01", "发布时间：2013-10-21 17:06"], tail=["2014-01-02"])
        self.assertEqual(find_published(around), "2013-10-21T17:06")

    def test_it_takes_the_time_from_the_head_when_the_day_agrees(self):
        said = {"pubdate": "2013-10-21 17:06:09"}
        self.assertEqual(find_published(Surroundings(below_title=["2013年10月21日"], meta=said)), "2013-10-21T17:06:09")
        self.assertEqual(find_published(Surroundings(below_title=["2013年10月22日"], meta=said)), "2013-10-22")

    def test_it_tells_universal_time_as_beijing_time(self):
        around = Surroundings(meta={"article:published_time": "2022-02-06T22:48:06+00:00"})
        self.assertEqual(find_published(around), "2022-02-07T06:48:06")

    def test_it_reads_a_day_first_date_that_the_head_confirms(self):
        around = Surroundings(head=["06/02/2022 - 13:48"], meta={"article:published_time": "2022-02-06T12:48:06+00:00"})
        self.assertEqual(find_published(around), "2022-02-06T13:48")
        self.assertIsNone(find_published(Surroundings(head=["06/02/2022 - 13:48"])))

    def test_it_keeps_a_bare_year(self):
        self.assertEqual(find_published(Surroundings(below_title=["时间：2013年"])), "2013")


class SourceTests(SimpleTestCase):
    def test_it_reads_the_outlet(self):
        for line in (
            "来源：江城日报",
            "2015-05-21 05:03:58 来源: 江城日报(广州)",
            "2005年03月21日 11:21 《江城日报》",
            "江城日报 2013-10-21 17:06",
            "2014-08-24 21:30| 1164次阅读| 来源江城日报| 0 条评论",
            "2005-04-25 08:24:06 来源: 江城日报 网友评论 0 条",
        ):
            with self.subTest(line=line):
                self.assertEqual(find_source(Surroundings(below_title=[line])), "江城日报")

    def test_it_finds_none_where_none_is_printed(self):
        for line in ("来源：  作者：  点击：", "来源：本站原创", "来源：何清", "2013-10-21 17:06 字号：大 中 小"):
            with self.subTest(line=line):
                self.assertEqual(find_source(Surroundings(below_title=[line])), "")

    def test_it_hands_a_person_in_the_source_to_the_byline(self):
        self.assertEqual(persons_in_source(Surroundings(closing=["来源: 何清"])), ["何清"])

    def test_it_reads_the_site_from_the_end_of_the_title(self):
        for head_title in (
            "账目怎么公开_财经频道_江城网",
            "账目怎么公开-江城网",
            "账目怎么公开 | 江城网",
            "账目怎么公开 - 江城网 - 两岸",
        ):
            with self.subTest(head_title=head_title):
                self.assertEqual(find_site(Surroundings(title="账目怎么公开"), head_title), "江城网")

    def test_it_prefers_the_responsible_editor(self):
        self.assertEqual(find_editor(Surroundings(tail=["（编辑：温小舟 柳长青）", "【责任编辑：何清】"])), "何清")
        self.assertEqual(find_editor(Surroundings(tail=["（责任编辑： HN666）"])), "")


class KeywordTests(SimpleTestCase):
    def test_it_reads_labels(self):
        around = Surroundings(
            opening=["【摘要】本文记下一个村子怎样把账目贴出来。", "〔关键词〕村务公开；预算  评议"],
            tail=["标签：村庄 公开栏"],
        )
        self.assertEqual(find_abstract(around), "本文记下一个村子怎样把账目贴出来。")
        self.assertEqual(find_keywords(around), ["村务公开", "预算", "评议"])
        self.assertEqual(find_tags(around), ["村庄", "公开栏"])

    def test_it_asks_the_head_of_the_page_next(self):
        self.assertEqual(find_keywords(Surroundings(meta={"keywords": "村务公开,预算,"})), ["村务公开", "预算"])
        self.assertEqual(find_keywords(Surroundings(title="村务公开", meta={"keywords": "村务公开"})), [])

    def test_it_reads_the_path(self):
        for line in (
            "您现在的位置：首页 > 党建 > 理论 > 正文",
            "首页 >> 党建 >> 理论",
            "当前位置： 首页/党建/理论",
            "首页 » 党建 » 理论",
        ):
            with self.subTest(line=line):
                self.assertEqual(find_breadcrumb(Surroundings(head=["江城网", line])), ["首页", "党建", "理论"])
