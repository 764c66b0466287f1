"""Who wrote a text, and who did not."""

from django.test import SimpleTestCase

from articles.intake.draft import DraftAuthor
from articles.intake.metadata.byline import Byline, find_byline, is_byline, take_from_title
from articles.intake.metadata.surroundings import Surroundings


def names(body_text: str = "", persons: tuple[str, ...] = (), **around) -> list[str]:
    byline = find_byline(Surroundings(**around), body_text, persons)
    return [author.name for author in byline.authors if author.role == "author"]


class BylineTests(SimpleTestCase):
    def test_it_reads_a_label(self):
        for line in (
            "作者：温小舟",
            "来源：江城日报  作者：温小舟  点击：",
            "2019-03-05 | 来源江城日报 | 作者温小舟",
            "文/温小舟",
        ):
            with self.subTest(line=line):
                self.assertEqual(names(below_title=[line]), ["温小舟"])

    def test_it_reads_a_reporter_on_a_line_of_his_own(self):
        for line in (
            "□ 本报记者 温小舟",
            "江城晚报记者 温小舟",
            "本报记者温小舟发自江城",
            "整合 江城日报·民声记者 温小舟",
            "《江城》作者 温小舟",
            "江城商报记者温小舟/文受访者供图",
            "作者︱温小舟",
            "文丨温小舟",
            "文 | 温小舟 编辑 | 何清",
            "供稿 温小舟",
        ):
            with self.subTest(line=line):
                self.assertEqual(names(closing=[line]), ["温小舟"])

    def test_it_reads_a_dateline_and_a_sign_off(self):
        for line in (
            "本报讯（记者 温小舟 通讯员 柳长青）三月的第一天，公开栏前围满了人。",
            "公开栏前围满了人，一笔一笔的账都有人问。（记者 温小舟 柳长青）",
            "公开栏前围满了人，一笔一笔的账都有人问。(文/图 温小舟 柳长青)",
            "公开栏前围满了人，一笔一笔的账都有人问。（温小舟 柳长青 ）",
            "公开栏前围满了人，一笔一笔的账都有人问。（江城日报 温小舟 柳长青）",
            "公开栏前围满了人，一笔一笔的账都有人问。（总台记者温小舟、柳长青，编辑何清）",
        ):
            with self.subTest(line=line):
                self.assertEqual(names(opening=[line], closing=[line]), ["温小舟", "柳长青"])
        self.assertEqual(names(closing=["“这就算数。”（何清 江城报道）"]), ["何清"])

    def test_it_reads_the_units_that_journals_number(self):
        for below in (
            ["温小舟1　柳长青2", "（1.江城大学；2.青石县委党校）"],
            ["温小舟¹，柳长青²（1 江城大学，江城 430000；2 青石县委党校）"],
            ["温小舟（江城大学）、柳长青（青石县委党校）"],
        ):
            with self.subTest(below=below):
                authors = find_byline(Surroundings(below_title=below)).authors
                said = [(author.name, author.affiliation) for author in authors]
                self.assertEqual([name for name, _ in said], ["温小舟", "柳长青"])
                self.assertTrue(said[0][1].startswith("江城大学"))
                self.assertEqual(said[1][1], "青石县委党校")

    def test_it_reads_a_unit_or_calling_behind_the_name(self):
        for around, unit in (
            ({"below_title": ["温小舟（青石县基层治理研究室）"]}, "青石县基层治理研究室"),
            ({"below_title": ["温小舟 青石县基层治理研究室"]}, "青石县基层治理研究室"),
            ({"below_title": ["作者：温小舟（江城大学教授）"]}, "江城大学教授"),
            ({"below_title": ["温小舟"], "closing": ["(作者:温小舟青石县作者)"]}, "青石县作者"),
            ({"closing": ["账目贴出来，心就齐了。", "（温小舟，退休统计工作者）"]}, "退休统计工作者"),
        ):
            with self.subTest(around=around):
                byline = find_byline(Surroundings(**around))
                self.assertEqual([(each.name, each.affiliation) for each in byline.authors], [("温小舟", unit)])
                self.assertEqual(byline.affiliation, unit)

    def test_what_stands_behind_a_name_need_not_be_a_unit(self):
        for line in ("温小舟（左）", "温小舟 2013", "温小舟（1920—1998）", "温小舟，你来说说这笔账"):
            with self.subTest(line=line):
                byline = find_byline(Surroundings(below_title=[line]))
                self.assertEqual([each.affiliation for each in byline.authors if each.affiliation], [])
                self.assertEqual(byline.affiliation, "")

    def test_it_reads_an_affiliation_in_either_script(self):
        byline = find_byline(Surroundings(below_title=["文／溫小舟"], tail=["（作者為專欄作者）"]))
        self.assertEqual(([each.name for each in byline.authors], byline.affiliation), (["溫小舟"], "專欄作者"))

    def test_a_list_of_other_articles_is_no_author(self):
        self.assertEqual(names(tail=["作者最新文章"]), [])

    def test_it_takes_an_author_from_the_end_of_the_title_when_the_page_says_so(self):
        for people, lines in (
            (Byline([DraftAuthor("温小舟")]), []),
            (Byline(), ["《公开栏的高度》是一篇调查。"]),
            (Byline(affiliation="青石县委党校"), ["公开栏贴得太高，老人看不见。"]),
        ):
            with self.subTest(people=people, lines=lines):
                self.assertEqual(take_from_title("公开栏的高度温小舟", people, lines), "公开栏的高度")
                self.assertEqual([author.name for author in people.authors], ["温小舟"])

    def test_a_person_the_title_is_about_stays_in_it(self):
        for people, lines in (
            (Byline(), ["公开栏贴得太高，老人看不见。"]),
            (Byline(affiliation="青石县委党校"), ["温小舟在村里管了三十年账。"]),
            (Byline([DraftAuthor("何清")], "青石县委党校"), []),
        ):
            with self.subTest(people=people, lines=lines):
                self.assertEqual(take_from_title("管账的人温小舟", people, lines), "管账的人温小舟")

    def test_it_knows_a_byline_among_the_paragraphs(self):
        for line in (
            "□ 本报记者 温小舟",
            "（温小舟，退休统计工作者）",
            "温小舟 柳长青",
            "采写：本报记者 柳长青",
            "（1.江城大学；2.青石县委党校）",
        ):
            with self.subTest(line=line):
                self.assertTrue(is_byline(line, ["温小舟", "柳长青"]))
        for line in ("温小舟说，账目要公开。", "本报记者 何清", "老人们都围着看。", "（1.账目公开；2.意见答复）"):
            with self.subTest(line=line):
                self.assertFalse(is_byline(line, ["温小舟", "柳长青"]))

    def test_it_reads_names_alone_under_the_title(self):
        self.assertEqual(names(below_title=["温小舟、柳长青"]), ["温小舟", "柳长青"])
        self.assertEqual(names(below_title=["2023-02-07 20:09何清"]), ["何清"])
        self.assertEqual(names(below_title=["JIANGCHENG 2004年7月16日08:19 [ 何清 ] 来源：[ 江城报 ]"]), ["何清"])

    def test_it_reads_a_name_with_post_unit_bullet_or_date(self):
        for line in (
            "青石县委书记 何清",
            "江城大学教授、博士生导师 何清",
            "何清（江城大学教授）",
            "●江城大学 何清",
            "江城网 何清 2019-03-05",
            "何清/文 柳长青/图",
        ):
            with self.subTest(line=line):
                self.assertEqual(names(below_title=[line]), ["何清"])

    def test_it_reads_the_name_before_a_title_unless_the_text_is_about_him(self):
        self.assertEqual(names("账目为什么要公开。", title="何清:账目为什么要公开"), ["何清"])
        self.assertEqual(names("何清说，账目要公开。", title="何清:账目要公开"), [])

    def test_it_takes_pen_names_and_foreign_names_from_a_label_only(self):
        self.assertEqual(names(below_title=["作者：山外客"]), ["山外客"])
        self.assertEqual(names(below_title=["作者：安东尼"]), ["安东尼"])
        self.assertEqual(names(below_title=["渡口人家"]), [])

    def test_it_parts_a_name_from_the_unit_glued_to_it(self):
        byline = find_byline(Surroundings(below_title=["作者：何清中共青石县委宣传部"]))
        self.assertEqual(byline.authors[0].name, "何清")
        self.assertEqual(byline.affiliation, "中共青石县委宣传部")

    def test_it_joins_two_bylines_that_share_somebody(self):
        self.assertEqual(
            names(closing=["采写：江都记者 温小舟 柳长青"], tail=["作者：温小舟 柳长青返回首页"]), ["温小舟", "柳长青"]
        )

    def test_it_invents_nobody(self):
        for around in (
            {"tail": ["责任编辑：何清"]},
            {"tail": ["（编辑：何清 温小舟）"]},
            {"below_title": ["作者：网络整理  点击：1644"]},
            {"below_title": ["来源：江城日报 作者： 责任编辑：何清"]},
            {"below_title": ["作者：青石县人民政府办公室"]},
            {"below_title": ["时评", "高考", "安全"]},
            {"closing": ["公开栏前围满了人。（完）", "何清 摄"]},
            {"closing": ["公开栏前围满了人。（责任编辑 何清）"]},
            {"below_title": ["江城网 要闻 2019-03-05"]},
            {"below_title": ["口述：何清 录音：温小舟"]},
            {"closing": ["图为村民在公开栏前。（何清 摄）"]},
            {"opening": ["县长何清在会上说，账目要公开。"]},
            {"meta": {"author": "何清"}, "below_title": ["2019-03-05"]},
            {"meta": {"author": "何清"}, "below_title": ["责任编辑：何清"]},
        ):
            with self.subTest(around=around):
                self.assertEqual(names(**around), [])

    def test_it_keeps_translators_and_photographers_apart(self):
        byline = find_byline(Surroundings(below_title=["作者：安东尼 译者：温小舟 摄影：柳长青"]))
        roles = [(author.name, author.role) for author in byline.authors]
        self.assertEqual(roles, [("安东尼", "author"), ("温小舟", "translator"), ("柳长青", "photographer")])

    def test_it_believes_the_head_of_a_journal_page(self):
        self.assertEqual(names(meta={"citation_authors": "何  清; 温小舟"}), ["何清", "温小舟"])
