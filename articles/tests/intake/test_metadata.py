"""When, where and under which words a text was published."""

from django.test import SimpleTestCase

from articles.intake.metadata.keywords import find_abstract, find_breadcrumb, find_keywords, find_tags
from articles.intake.metadata.published import find_published
from articles.intake.metadata.source import find_address, find_editor, find_site, find_source, persons_in_source
from articles.intake.metadata.surroundings import Surroundings


class PublishedTests(SimpleTestCase):
    def test_it_prefers_the_labelled_date_under_the_title(self):
        around = Surroundings(below_title=["2013-10-01", "发布时间：2013-10-21 17:06"], tail=["2014-01-02"])
        self.assertEqual(find_published(around).value, "2013-10-21T17:06")

    def test_it_takes_the_time_from_the_head_when_the_day_agrees(self):
        said = {"pubdate": "2013-10-21 17:06:09"}
        self.assertEqual(
            find_published(Surroundings(below_title=["2013年10月21日"], meta=said)).value, "2013-10-21T17:06:09"
        )
        self.assertEqual(find_published(Surroundings(below_title=["2013年10月22日"], meta=said)).value, "2013-10-22")

    def test_it_tells_universal_time_as_beijing_time(self):
        around = Surroundings(meta={"article:published_time": "2022-02-06T22:48:06+00:00"})
        self.assertEqual(find_published(around).value, "2022-02-07T06:48:06")

    def test_a_moment_in_the_head_that_does_not_exist_is_none(self):
        for moment in ("2021-02-30T10:00:00Z", "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z"):
            with self.subTest(moment=moment):
                self.assertIsNone(find_published(Surroundings(meta={"article:published_time": moment})).value)

    def test_it_reads_a_day_first_date_that_the_head_confirms(self):
        around = Surroundings(head=["06/02/2022 - 13:48"], meta={"article:published_time": "2022-02-06T12:48:06+00:00"})
        self.assertEqual(find_published(around).value, "2022-02-06T13:48")
        self.assertIsNone(find_published(Surroundings(head=["06/02/2022 - 13:48"])).value)
        self.assertEqual(find_published(Surroundings(tail=["发表时间： 06/02/2022 - 13:48"])).value, "2022-02-06T13:48")

    def test_it_completes_a_labelled_year_of_two_digits(self):
        around = Surroundings(below_title=["发布时间：18-03-0823:16"])
        self.assertEqual(find_published(around).value, "2018-03-08T23:16")

    def test_a_journals_article_appeared_with_its_issue(self):
        journal = {"citation_journal_title": "江城评论", "citation_date": "2018-08-23", "dcterms.issued": "2018-08-23"}
        issue = ["《江城评论》2018年第4期（总第38期）　2018年7月"]
        for meta, below, expected in (
            (journal | {"citation_publication_date": "2018/07/15", "citation_year": "2018"}, issue, "2018-07-15"),
            (journal | {"citation_year": "2018"}, [], "2018"),
            (journal, issue, "2018-07"),
            (journal, ["2018年第8卷第4期"], "2018"),
            (journal, [], "2018-08-23"),
            ({}, issue, "2018-07"),
            (journal | {"citation_year": "2018"}, ["发布时间：2018-07-20"], "2018-07-20"),
            (journal | {"citation_year": "2018"}, ["收稿日期：2018年3月5日"], "2018"),
        ):
            with self.subTest(meta=meta, below=below):
                self.assertEqual(find_published(Surroundings(below_title=below, meta=meta)).value, expected)

    def test_it_keeps_a_bare_year(self):
        self.assertEqual(find_published(Surroundings(below_title=["时间：2013年"])).value, "2013")


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
                self.assertEqual(find_source(Surroundings(below_title=[line])).value, "江城日报")

    def test_the_outlet_ends_where_persons_and_buttons_begin(self):
        for line, source, named in (
            ("来源：江城日报　记者 温小舟　分享到：微信", "江城日报", ["温小舟"]),
            ("来源：江城在线评论频道 温小舟 我有话说(0人参与)", "江城在线评论频道", ["温小舟"]),
            ("来源：江城日报 我有话说(0人参与)", "江城日报", []),
            ("来源：江城日报 12人参与", "江城日报", []),
            ("来源：江城 时报", "江城 时报", []),
        ):
            with self.subTest(line=line):
                around = Surroundings(below_title=[line])
                self.assertEqual((find_source(around).value, persons_in_source(around)), (source, named))

    def test_the_authors_of_a_journals_article_are_not_its_source(self):
        below = ["温小舟1　柳长青2", "《江城评论》2018年第4期（总第38期）"]
        for meta in ({"citation_journal_title": "江城评论"}, {}):
            with self.subTest(meta=meta):
                around = Surroundings(below_title=below, accounts=below[:1], meta=meta)
                self.assertEqual(find_source(around).value, "江城评论")

    def test_it_finds_none_where_none_is_printed(self):
        for line in (
            "来源：  作者：  点击：",
            "来源：本站原创",
            "来源：何清",
            "2013-10-21 17:06 字号：大 中 小",
            "2013-10-21 17:06 7 分钟",
        ):
            with self.subTest(line=line):
                self.assertEqual(find_source(Surroundings(below_title=[line])).value, "")

    def test_the_time_it_takes_to_read_is_no_outlet(self):
        self.assertEqual(find_source(Surroundings(accounts=["7 分钟"])).value, "")

    def test_it_hands_a_person_in_the_source_to_the_byline(self):
        self.assertEqual(persons_in_source(Surroundings(closing=["来源: 何清"])), ["何清"])

    def test_it_reads_the_site_before_its_channel_in_either_script(self):
        around = Surroundings(title="里民大會之後")
        self.assertEqual(find_site(around, "里民大會之後 - 江城在線 - 專欄").value, "江城在線")

    def test_it_reads_the_site_at_the_head_of_the_path(self):
        self.assertEqual(find_site(Surroundings(head=["江城公文网>>文秘写作>>随笔>>正文"]), "").value, "江城公文网")
        self.assertEqual(find_site(Surroundings(head=["首页>>文秘写作>>正文"]), "").value, "")

    def test_a_title_that_advertises_names_no_site(self):
        self.assertEqual(find_site(Surroundings(title="账目公开"), "某某娱乐网址_注册送好礼_某某官网").value, "")

    def test_it_reads_the_address_that_a_page_prints_as_its_own(self):
        address = "https://villages.example/a/20220801/2204.html"
        for line in (f"本文地址:{address} 转载请注明出处", f"本文鏈接：{address}"):
            with self.subTest(line=line):
                self.assertEqual(find_address(Surroundings(tail=[line])).value, address)
        self.assertEqual(find_address(Surroundings(tail=[f"友情链接：{address}"])).value, "")

    def test_neither_a_login_nor_a_site_edits(self):
        for line in ("编辑：admin", "责任编辑：江城公文网", "编辑：江城日报", "编辑：jc0123"):
            with self.subTest(line=line):
                self.assertEqual(find_editor(Surroundings(tail=[line])).value, "")

    def test_it_reads_the_site_from_the_end_of_the_title(self):
        for head_title in (
            "账目怎么公开_财经频道_江城网",
            "账目怎么公开-江城网",
            "账目怎么公开 | 江城网",
            "账目怎么公开 - 江城网 - 两岸",
        ):
            with self.subTest(head_title=head_title):
                self.assertEqual(find_site(Surroundings(title="账目怎么公开"), head_title).value, "江城网")

    def test_it_prefers_the_responsible_editor(self):
        self.assertEqual(
            find_editor(Surroundings(tail=["（编辑：温小舟 柳长青）", "【责任编辑：何清】"])).value, "何清"
        )
        self.assertEqual(find_editor(Surroundings(tail=["（责任编辑： HN666）"])).value, "")


class KeywordTests(SimpleTestCase):
    def test_it_reads_labels(self):
        around = Surroundings(
            opening=["【摘要】本文记下一个村子怎样把账目贴出来。", "〔关键词〕村务公开；预算  评议"],
            tail=["标签：村庄 公开栏"],
        )
        self.assertEqual(find_abstract(around).value, "本文记下一个村子怎样把账目贴出来。")
        self.assertEqual(find_keywords(around).value, ["村务公开", "预算", "评议"])
        self.assertEqual(find_tags(around).value, ["村庄", "公开栏"])

    def test_it_asks_the_head_of_the_page_next(self):
        self.assertEqual(find_keywords(Surroundings(meta={"keywords": "村务公开,预算,"})).value, ["村务公开", "预算"])
        self.assertEqual(find_keywords(Surroundings(title="村务公开", meta={"keywords": "村务公开"})).value, [])

    def test_it_reads_the_path(self):
        for line in (
            "您现在的位置：首页 > 党建 > 理论 > 正文",
            "首页 >> 党建 >> 理论",
            "当前位置： 首页/党建/理论",
            "首页 » 党建 » 理论",
        ):
            with self.subTest(line=line):
                self.assertEqual(find_breadcrumb(Surroundings(head=["江城网", line])).value, ["首页", "党建", "理论"])
