"""Plain-text dumps of pages: what is the article, what is it called, who wrote it."""

from django.test import SimpleTestCase

from articles.intake.decoding import Unreadable
from articles.intake.readers.text import read

BODY = [
    "江城村的议事会从前年起每月开一次,头一件事就是念账。账目念完了再贴在祠堂门口,谁都可以来看,看不懂的当场问,问了就有人答,答了还要记下来备查,这个规矩三年没有断过。",
    "念账这件事看起来小,做起来并不容易。头几个月来的人多,后来渐渐少了,议事会就把账目分成几类,请各家轮流来念,轮到谁家,谁家就要先把数字弄明白,来的人才又多了起来。",
    "账目公开以后,村里的工程也跟着变了样。修桥的石料多少钱一方,工钱怎么算,都写在同一张纸上,施工的人自己也来看,看过以后签名,签了名的账就再没有人说过闲话。",
]
PORTAL = f"""网站首页 新闻动态 自身建设 乡村治理 组织建设 调查研究
欢迎访问本站

公告 | 本部 | 县直

您当前的位置:首页 > 乡村治理 > 议事会

议事会怎样把账念明白

时间:2021-03-05 10:59:02  来源:  作者:  点击:

分享到:

　　{BODY[0]}

　　从念账开始的规矩

　　{BODY[1]}

　　让施工的人也来看账

　　{BODY[2]}

　　来源:《江城日报》 作者:甄小雨
来顶一下
返回首页

本网站由江城乡村治理研究会主办 备案序号:江ICP备00000000号
江城网 版权所有,未经授权禁止转载 建议使用1024*768分辨率浏览
"""


class PortalTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = read(PORTAL)

    def test_it_keeps_the_article_and_drops_the_furniture(self):
        self.assertTrue(self.draft.body_text.startswith("江城村的议事会"))
        self.assertTrue(self.draft.body_text.endswith("再没有人说过闲话。"))
        for furniture in ("分享到", "返回首页", "备案", "公告", "当前的位置"):
            with self.subTest(furniture=furniture):
                self.assertNotIn(furniture, self.draft.body_text)

    def test_it_reads_title_and_headings(self):
        self.assertEqual(self.draft.title, "议事会怎样把账念明白")
        self.assertEqual(self.draft.headings, ["从念账开始的规矩", "让施工的人也来看账"])

    def test_it_takes_from_the_tail_what_the_head_leaves_empty(self):
        self.assertEqual(self.draft.published, "2021-03-05T10:59:02")
        self.assertEqual(self.draft.original_source, "江城日报")
        self.assertEqual([(author.name, author.role) for author in self.draft.authors], [("甄小雨", "author")])

    def test_it_reads_the_path_of_channels(self):
        self.assertEqual(self.draft.breadcrumb, ["首页", "乡村治理", "议事会"])

    def test_it_proposes_full_width_marks_and_changes_nothing(self):
        marks = [each for each in self.draft.findings if each.code == "punctuation_width"]
        self.assertTrue(marks)
        self.assertFalse(any(each.applied for each in marks))
        self.assertIn("每月开一次,头一件事", self.draft.body_text)


class PlainTests(SimpleTestCase):
    """A text as a person types it: no labels, no date, no site around it, and a title the text never repeats."""

    def test_it_takes_the_line_above_the_text_for_its_title(self):
        for title in (
            "春天",
            "河边的石板路",
            "河边的路，是谁修的？",
            "江城村的路修了三年，到底花了多少钱，又是谁出的钱？",
        ):
            for between in ([], [""], ["", ""]):
                with self.subTest(title=title, between=between):
                    draft = read("\n".join([title, *between, *BODY]))
                    self.assertEqual((draft.title, draft.authors), (title, []))
                    self.assertEqual(draft.body_text, "\n".join(BODY))

    def test_a_name_alone_beside_the_title_is_the_author(self):
        for title in ("河边的石板路", "江城村的路修了三年，到底花了多少钱，又是谁出的钱？"):
            for head in (
                [title, "", "甄小雨", ""],
                [f"      {title}", "        甄小雨"],
                [title, "甄小雨"],
            ):
                with self.subTest(head=head):
                    draft = read("\n".join([*head, *BODY]))
                    self.assertEqual((draft.title, [author.name for author in draft.authors]), (title, ["甄小雨"]))
                    self.assertEqual(draft.body_text, "\n".join(BODY))

    def test_a_menu_above_the_text_is_no_title(self):
        self.assertEqual(read("\n".join(["图片", "视频", "天气", "", *BODY])).title, "")


class HeadTests(SimpleTestCase):
    def test_it_reads_a_name_with_its_post_under_the_title(self):
        draft = read(
            "\n".join(
                ["手机版", "议事会怎样把账念明白", "江城市民政局副局长 甄小雨", "江城党建网 打印 纠错", "", *BODY]
            )
        )
        (author,) = draft.authors
        self.assertEqual((author.name, author.affiliation), ("甄小雨", "江城市民政局副局长"))
        self.assertEqual((draft.affiliation, draft.site), ("江城市民政局副局长", "江城党建网"))

    def test_it_reads_abstract_and_keywords_and_leaves_them_out_of_the_text(self):
        abstract = "摘要:议事会把账目念给村民听,念账成了规矩,规矩又改变了工程。"
        draft = read(
            "\n".join(["议事会怎样把账念明白", "时间:2021-03-05", abstract, "关键词:议事会 念账 公开", "", *BODY])
        )
        self.assertTrue(draft.abstract.startswith("议事会把账目念给村民听"))
        self.assertEqual(draft.keywords, ["议事会", "念账", "公开"])
        self.assertTrue(draft.body_text.startswith("江城村的议事会"))

    def test_a_date_that_does_not_exist_is_doubted_and_not_taken(self):
        for line, published, doubted in (
            ("2021-02-30", None, ["2021-02-30"]),
            ("时间：2021年13月5日 来源：江城晚报", None, ["2021年13月5日"]),
            ("2021-03-05 25:61", "2021-03-05", ["2021-03-05 25:61"]),
            ("2021-03-05 24:00", "2021-03-05", []),
            ("时间：2098年3月5日", None, []),
            ("时间：1098年3月5日", None, []),
        ):
            with self.subTest(line=line):
                draft = read("\n".join(["河边的石板路", line, "", *BODY]))
                doubts = [each.found for each in draft.findings if each.code == "impossible_date"]
                self.assertEqual((draft.title, draft.published, doubts), ("河边的石板路", published, doubted))

    def test_it_reads_a_value_on_the_line_below_its_label(self):
        draft = read(
            "\n".join(["议事会怎样把账念明白", "2021-03-05 10:59 来源:", "江城晚报", *BODY, "责任编辑:", "何清"])
        )
        self.assertEqual((draft.original_source, draft.editor), ("江城晚报", "何清"))

    def test_the_title_is_the_line_that_shares_its_words_with_the_text(self):
        rivals = ["邻县桥梁今日通车", "气象台发布大风预报", "议事会把账念明白了", "球队主场再胜一局"]
        self.assertEqual(read("\n".join([*rivals, *BODY])).title, "议事会把账念明白了")

    def test_a_page_preview_gives_the_title_in_its_pictures(self):
        picture = '<image>data:image/s3,"x" alt="议事会念账讲稿_第{}頁"</image>'
        draft = read("\n".join([picture.format(1), picture.format(2), "下載本文檔", *BODY]))
        self.assertEqual(draft.title, "议事会念账讲稿")
        self.assertNotIn("data:image", draft.body_text)


class TailTests(SimpleTestCase):
    def test_a_writer_in_the_last_sentence_is_an_author(self):
        draft = read(
            "\n".join(["议事会怎样把账念明白", *BODY[:2], BODY[2] + "(执笔人:江城市社会科学院研究员阿里木·温小舟)"])
        )
        (author,) = draft.authors
        self.assertEqual((author.name, author.affiliation), ("阿里木·温小舟", "江城市社会科学院研究员"))
        self.assertTrue(draft.body_text.endswith("说过闲话。"))
        self.assertIn("glued_byline", [each.code for each in draft.findings if each.applied])

    def test_it_says_that_a_page_shows_a_part_only(self):
        draft = read(
            "\n".join(["议事会怎样把账念明白", *BODY, "(责任编辑:何清)网站仅显示部分内容,请前往江城APP阅读全文"])
        )
        self.assertTrue(draft.truncated)
        self.assertIn("truncated", [each.code for each in draft.findings])
        self.assertNotIn("APP", draft.body_text)
        self.assertEqual(draft.editor, "何清")

    def test_comments_and_lists_below_are_not_the_article(self):
        comments = ["网友评论", "江城网友 2021-03-06", "我们村也该这样念账,念清楚了大家才放心。", "支持 (2) 回复"] * 3
        draft = read(
            "\n".join(["议事会怎样把账念明白", "2021-03-05", *BODY, "相关阅读", "邻县桥梁今日通车", *comments])
        )
        self.assertTrue(draft.body_text.endswith("说过闲话。"))


class BodyTests(SimpleTestCase):
    def test_it_rejoins_a_sentence_that_a_link_has_broken(self):
        broken = ["这个办法最早写在", "《议事会章程》", ",后来写进了村规,再后来邻村也照着写了一份,贴在自家的祠堂门口。"]
        self.assertIn("写在《议事会章程》,后来写进", read("\n".join([*BODY, *broken])).body_text)

    def test_it_drops_invisible_characters(self):
        self.assertIn("每月开一次", read("\n".join([BODY[0].replace("每月", "每\u200b月\ue5c2"), *BODY[1:]])).body_text)

    def test_a_unit_that_is_run_into_the_first_sentence_becomes_the_affiliation(self):
        first = "江城市村务公开研究中心对村民来说," + BODY[0]
        draft = read("\n".join(["议事会怎样把账念明白", first, *BODY[1:]]))
        self.assertEqual(draft.affiliation, "江城市村务公开研究中心")
        self.assertTrue(draft.body_text.startswith("对村民来说,"))

    def test_a_traditional_dump_stays_traditional(self):
        lines = [
            "議事會怎樣把帳念明白",
            "江城村的議事會從前年起每月開一次，頭一件事就是念帳。帳目念完了再貼在祠堂門口，誰都可以來看。",
        ]
        draft = read("\n".join(lines))
        self.assertEqual(draft.script, "hant")
        self.assertNotIn("mixed_script", [each.code for each in draft.findings])


class RefusalTests(SimpleTestCase):
    def test_it_refuses_a_dump_without_an_article(self):
        for text in ("", "\n\n", "首页 新闻 图片 视频\n返回首页", "0\n1\n2"):
            with self.subTest(text=text), self.assertRaises(Unreadable):
                read(text)

    def test_it_refuses_more_than_the_library_stores(self):
        for text, reason in (
            ("账目公开。" * 400_000, "The text is longer than 5 MB."),
            ("账目\n" * 60_001, "The text has more than 60,000 lines."),
        ):
            with self.subTest(reason=reason), self.assertRaisesMessage(Unreadable, reason):
                read(text)

    def test_it_parts_the_author_from_the_title_when_only_his_unit_is_printed(self):
        dump = "\n".join(
            ["议事会怎样把账念明白甄小雨", "2022-11-07 20:09江城公文网", *BODY, "作者单位:江城市基层治理研究室"]
        )
        draft = read(dump)
        self.assertEqual(draft.title, "议事会怎样把账念明白")
        self.assertEqual(
            [(author.name, author.affiliation) for author in draft.authors], [("甄小雨", "江城市基层治理研究室")]
        )

    def test_it_reads_a_name_and_its_unit_under_the_title(self):
        for line in ("甄小雨 江城市基层治理研究室", "甄小雨（江城市基层治理研究室）"):
            with self.subTest(line=line):
                draft = read("\n".join(["议事会怎样把账念明白", line, "2022-11-07", *BODY]))
                self.assertEqual(
                    [(author.name, author.affiliation) for author in draft.authors],
                    [("甄小雨", "江城市基层治理研究室")],
                )

    def test_it_reads_hostile_lines(self):
        for line in (
            "(" * 50_000,
            "、" * 50_000,
            "<image " * 20_000,
            "作者：" * 20_000,
            "一、" * 30_000,
            "2013-" * 20_000,
        ):
            with self.subTest(line=line[:6]):
                self.assertIn("说过闲话", read("\n".join([*BODY, line])).body_text)
