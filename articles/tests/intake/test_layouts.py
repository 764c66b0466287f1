"""What our pages in the layouts of real systems have taught: how pages and dumps are made, rule by rule."""

import json

from django.test import SimpleTestCase

from articles import intake
from articles.chinese.dates import find_dates
from articles.chinese.names import is_name
from articles.intake import cleaning
from articles.intake.metadata import persons, units
from articles.intake.metadata.keywords import find_breadcrumb, find_keywords
from articles.intake.metadata.surroundings import Surroundings
from articles.intake.readers import text_fields

PARAGRAPH = "<p>渡口的石阶上坐着等船的人，镇里的干部也坐在石阶上，一张桌子一本簿子，会就开起来了。</p>"
SENTENCE = "渡口的石阶上坐着等船的人，镇里的干部也坐在石阶上，一张桌子一本簿子，会就开起来了，谁都可以说话。"


def page(body: str, title: str = "把会开到渡口去") -> intake.Draft:
    return intake.read(f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode())


def article(above: str = "", below: str = "") -> intake.Draft:
    return page(f"<h1>把会开到渡口去</h1><div>{above}{PARAGRAPH * 6}{below}</div>")


def dump(text: str) -> intake.Draft:
    return intake.read(text.encode())


class EdgeTests(SimpleTestCase):
    def test_it_keeps_credits_out_of_the_text(self):
        anywhere = (
            "口述/老海　整理/范谷雨",
            "（责任编辑　秦望舒）",
            "编辑丨方竹青",
            "点击上方蓝字关注我们",
            "（原题为《渡口的会》）",
        )
        for line in ("编者按：本文来自公众号“渡口札记”，经作者授权发布。", *anywhere):
            with self.subTest(above=line):
                self.assertNotIn(line, article(above=f"<p>{line}</p>").body_text)
        for line in ("文字：陆小满 图片：唐稻香", *anywhere):
            with self.subTest(below=line):
                self.assertNotIn(line, article(below=f"<p>{line}</p>").body_text)

    def test_it_keeps_a_first_paragraph_above_a_credit(self):
        draft = article(above=f"<p>{SENTENCE[:30]}。</p><p>文 | 本报记者 陆小满</p>")
        self.assertTrue(draft.body_text.startswith(SENTENCE[:30]))

    def test_it_finds_the_edges_of_many_short_paragraphs(self):
        draft = page(
            "<h1>把会开到渡口去</h1><div><p>（原标题：渡口的会）</p>"
            + "<p>等船的人坐在石阶上，干部也坐在石阶上。</p>" * 8
            + "<p>本文来源：江城日报 责任编辑：秦望舒</p></div>"
        )
        self.assertEqual(len(draft.body_text.splitlines()), 8)

    def test_it_takes_a_title_in_two_lines_off_an_official_paper(self):
        title = "青石县人民政府办公室关于规范村级账目公开的通知"
        draft = page(
            f"<h1>{title}</h1><div><p><b>青石县人民政府办公室</b></p><p><b>关于规范村级账目公开的通知</b></p>"
            f"{PARAGRAPH * 6}</div>",
            title,
        )
        self.assertTrue(draft.body_text.startswith("渡口"))

    def test_readers_may_write_more_than_the_author(self):
        comments = "<p>[河边老张] 我们那里也有渡口，就是没有人开会，谁来管一管呢，希望下次能去我们村。</p>" * 9
        draft = article(below=f"<h3>网友互动</h3>{comments}")
        self.assertNotIn("河边老张", draft.body_text)

    def test_a_line_with_a_date_without_its_year_stands_above_the_text(self):
        self.assertTrue(cleaning.is_date_line("江城晚报 07-11 06:05"))
        self.assertFalse(cleaning.is_date_line("07-11 06:05，渡口的水位开始上涨。"))

    def test_the_address_of_a_page_may_stand_before_its_labels(self):
        line = "http://wh.jiangcheng.example 2008-10-07 15:55　出处：《江城文史资料》　作者：叶知秋"
        self.assertTrue(cleaning.is_above(line))

    def test_it_keeps_what_an_author_is_and_where_a_text_stood_beside_it(self):
        draft = article(below="<p>（本文原载于《江城学刊》2012年第2期）</p><p>（作者系江城大学教授）</p>")
        self.assertTrue(draft.body_text.endswith("会就开起来了。"))
        self.assertEqual((draft.original_source, draft.affiliation), ("江城学刊", "江城大学教授"))

    def test_traditional_pages_end_like_simplified_ones(self):
        draft = article(below="<h3>你可能也喜歡</h3><ul><li><a href='1'>移民第三代重開茶餐廳</a></li></ul>")
        self.assertNotIn("茶餐廳", draft.body_text)

    def test_it_parts_the_editor_from_the_last_sentence(self):
        for draft in (
            article(below=f"<p>{SENTENCE}（责任编辑：秦望舒）</p>"),
            dump(f"把会开到渡口去\n\n{SENTENCE * 3}\n{SENTENCE}（责任编辑：秦望舒）\n"),
        ):
            with self.subTest(kind=draft.kind):
                self.assertEqual(draft.editor, "秦望舒")
                self.assertTrue(draft.body_text.endswith("谁都可以说话。"))

    def test_it_leaves_out_what_a_page_lets_its_readers_skip(self):
        aside = (
            "<p>跳过热读并继续阅读</p><p>热读</p><ul><li><a href='1'>夜市重新划定摊位</a></li></ul><p>End of 热读</p>"
        )
        draft = article(above=f"{PARAGRAPH}{aside}")
        self.assertNotIn("热读", draft.body_text)
        self.assertNotIn("夜市", draft.body_text)

    def test_an_aside_without_an_end_is_text(self):
        draft = article(above=f"{PARAGRAPH}<p>跳过热读并继续阅读</p>")
        self.assertEqual(draft.body_text.count("石阶"), 14)

    def test_it_takes_a_byline_with_its_unit_off_the_text(self):
        for line in ("文 | 本报记者 陆小满 实习生 董小雪", "　　记者陆小满/文", "江城党校　陆小满　二○一二年五月"):
            with self.subTest(line=line):
                self.assertNotIn("陆小满", article(above=f"<p>{line}</p>").body_text)

    def test_the_licence_and_the_subtitle_stand_above_the_text(self):
        lines = ("Copyright © 2019 by author(s)", "This work is licensed under CC BY.", "——记东山镇的会")
        draft = article(above="".join(f"<p>{line}</p>" for line in reversed(lines)))
        self.assertTrue(draft.body_text.startswith("渡口"))


class PoemTests(SimpleTestCase):
    def test_a_poem_is_the_box_with_many_short_lines(self):
        lines = [
            "船还没有来",
            "石阶上的人先坐下",
            "坐下来就是一会儿的邻居",
            "有人卖剩下两把青菜",
            "有人怀里抱着一只钟",
            "钟没有走",
        ] * 2
        menu = "<table><tr><td><a href='/'>诗歌</a> <a href='/s'>散文</a> <a href='/l'>诗论</a></td></tr></table>"
        draft = page(
            f"{menu}<table><tr><td>渡口</td></tr><tr><td>{'<br>'.join(lines)}</td></tr></table>", "渡口（组诗）"
        )
        self.assertEqual(draft.body_text.splitlines(), lines)


class ThreadTests(SimpleTestCase):
    def test_the_first_post_of_a_thread_is_the_article(self):
        post = "<div id='post_{}'><table><tr><td>{}</td></tr></table></div>"
        answers = "".join(
            post.format(number, "楼主说得对，我们那里也是这样，会开了没有人记。" * 4) for number in range(71, 79)
        )
        draft = page(f"<h1>把会开到渡口去</h1><div>{post.format(70, PARAGRAPH * 6)}{answers}</div>")
        self.assertNotIn("楼主", draft.body_text)
        self.assertEqual(draft.body_text.count("石阶"), 12)


class TitleTests(SimpleTestCase):
    def test_a_title_may_have_two_characters_where_the_page_marks_it(self):
        draft = page(f"<h2>秤砣</h2><p>(2010-03-12 22:10:33)</p><div>{PARAGRAPH * 6}</div>", "秤砣_青瓦_江浪博客")
        self.assertEqual((draft.title, draft.published), ("秤砣", "2010-03-12T22:10:33"))

    def test_large_print_is_the_title_where_the_window_names_the_site(self):
        shown = "<td><font size=5><b>渡口石阶上<br>开起来的会</b></font></td>"
        draft = page(f"<table><tr>{shown}</tr></table><div>{PARAGRAPH * 6}</div>", "江城日报")
        self.assertEqual(draft.title, "渡口石阶上开起来的会")

    def test_it_takes_off_what_forums_and_libraries_of_documents_add(self):
        for shown, title in (("[转帖]一个会计的退休日", "一个会计的退休日"), ("村务公开讲稿.doc", "村务公开讲稿")):
            with self.subTest(shown=shown):
                self.assertEqual(page(f"<h1>{shown}</h1><div>{PARAGRAPH * 6}</div>", shown).title, title)

    def test_a_heading_of_two_numbers_stands_below_one_of_one(self):
        draft = article(above="<h3>2. 方法</h3><h3>2.1. 样本</h3>")
        self.assertEqual(draft.headings, ["2. 方法", "2.1. 样本"])


class PersonTests(SimpleTestCase):
    def test_it_reads_every_name_of_a_run_with_roles(self):
        self.assertEqual(persons.with_role("欧阳秋水 实习生 黄豆豆"), ["欧阳秋水", "黄豆豆"])
        self.assertEqual(persons.with_role("周禾／山城即時報導"), ["周禾"])

    def test_it_reads_a_name_behind_its_unit(self):
        for line, unit in (("（东山镇　陆小满）", "东山镇"), ("（内科党支部 陆小满）", "内科党支部")):
            with self.subTest(line=line):
                draft = article(below=f"<p>{SENTENCE}{line}</p>")
                self.assertEqual([(each.name, each.affiliation) for each in draft.authors], [("陆小满", unit)])

    def test_it_reads_a_name_before_its_unit_and_beside_the_date(self):
        for line in ("陆小满/江城大学历史系 2019-04-23 09:48", "江城大学历史系　陆小满　　二○一二年五月"):
            with self.subTest(line=line):
                draft = article(above=f"<p>{line}</p>")
                self.assertEqual(
                    [(each.name, each.affiliation) for each in draft.authors], [("陆小满", "江城大学历史系")]
                )

    def test_the_town_of_an_agency_is_no_name(self):
        draft = article(above=f"<p>（南洋社记者林舟望屿21日电）{SENTENCE}</p>")
        self.assertEqual([each.name for each in draft.authors], ["林舟"])

    def test_an_account_gives_its_writer_behind_the_word_original(self):
        draft = article(above="<p>原创 江小河 河边读书 2021-10-08 07:00</p>")
        self.assertEqual([each.name for each in draft.authors], ["江小河"])

    def test_the_town_of_a_report_is_no_name(self):
        draft = article(above="<p>实习记者 翟小满 记者 皮永年 江城报道</p>")
        self.assertEqual([each.name for each in draft.authors], ["翟小满", "皮永年"])

    def test_a_login_is_no_editor(self):
        self.assertEqual(article(below="<p>责任编辑：zhenyu</p>").editor, "")

    def test_a_place_is_nobody(self):
        self.assertFalse(is_name("东山镇"))
        self.assertTrue(is_name("东山"))

    def test_the_town_behind_a_unit_is_left_out(self):
        found = units.read(["宋知远1，罗小溪2", "1江城大学公共管理学院，江城", "2青石县委党校，青石"])
        self.assertEqual(found, {"宋知远": "江城大学公共管理学院", "罗小溪": "青石县委党校"})

    def test_the_country_of_a_foreign_author_is_left_out(self):
        self.assertEqual(persons.pen_names("[英]约翰·格林菲尔德"), ["约翰·格林菲尔德"])


class DateTests(SimpleTestCase):
    def test_it_reads_the_clock_before_the_year(self):
        found = find_dates("发信站: 江城水木站 (Sat Apr 12 21:33:08 2008), 站内")
        self.assertEqual([each.iso for each in found], ["2008-04-12T21:33:08"])

    def test_an_official_paper_ends_with_its_day(self):
        draft = article(below="<p>青石县人民政府</p><p>2016年10月25日</p>")
        self.assertEqual(draft.published, "2016-10-25")

    def test_the_day_may_stand_first_behind_a_label_that_its_style_sets_apart(self):
        draft = article(below="<ul><li><strong>日期</strong> 06.02.2016</li></ul>")
        self.assertEqual(draft.published, "2016-02-06")


class SourceTests(SimpleTestCase):
    def test_a_label_in_a_cell_has_its_value_in_the_next(self):
        draft = article(above="<table><tr><td>来源：</td><td>江城日报</td></tr></table>")
        self.assertEqual(draft.original_source, "江城日报")

    def test_it_reads_outlets_of_many_kinds(self):
        for line, outlet in (
            ("江城晚报 07-11 06:05", "江城晚报"),
            ("江城学刊 2018 年第 3 期", "江城学刊"),
            ("来自/联江早报", "联江早报"),
        ):
            with self.subTest(line=line):
                self.assertEqual(article(above=f"<p>{line}</p>").original_source, outlet)

    def test_a_newspaper_alone_beside_the_date_is_the_source(self):
        self.assertEqual(article(above="<p>2022-02-11 08:52</p><p>江城日报</p>").original_source, "江城日报")

    def test_the_count_of_readers_is_no_part_of_the_source(self):
        line = "2015-05-27 05:36:07　来源: 江城经济报(江城)　有0人参与"
        self.assertEqual(article(above=f"<p>{line}</p>").original_source, "江城经济报")

    def test_neither_a_notice_nor_a_book_is_the_source(self):
        for line in (
            "凡本网注明“来源：环江网”的所有作品，版权均属于环江网",
            "（本文摘自《山川旧账》，江城人民出版社）",
        ):
            with self.subTest(line=line):
                self.assertEqual(article(below=f"<p>{line}</p>").original_source, "")

    def test_the_window_may_name_the_site_alone_or_first(self):
        for window, site in (("::青石县党建网::", "青石县党建网"), ("江城党校 >> 理论 >> 把会开到渡口去", "江城党校")):
            with self.subTest(window=window):
                draft = page(f"<h1>把会开到渡口去</h1><div>{PARAGRAPH * 6}</div>", window)
                self.assertEqual(draft.site, site)


class WordTests(SimpleTestCase):
    def test_keywords_may_stand_below_the_text_and_have_one_character(self):
        self.assertEqual(find_keywords(Surroundings(tail=["关键词：灯；山路；A"])).value, ["灯", "山路"])

    def test_the_last_step_of_a_portal_is_no_channel(self):
        self.assertEqual(find_breadcrumb(Surroundings(head=["首页 › 门户 › 风物 › 查看内容"])).value[-1], "风物")

    def test_words_one_by_one_in_links_are_tags(self):
        draft = article(above="<div><span>标签：</span><h3><a href=1>乡居</a></h3><h3><a href=2>手艺</a></h3></div>")
        self.assertEqual(draft.tags, ["乡居", "手艺"])

    def test_the_steps_of_a_path_may_be_set_apart_by_style(self):
        path = "<nav class='breadcrumb'><a href=1>首页</a><a href=2>生活</a><a href=3>人物</a></nav>"
        draft = page(f"{path}<h1>把会开到渡口去</h1><div>{PARAGRAPH * 6}</div>")
        self.assertEqual(draft.breadcrumb, ["首页", "生活", "人物"])


class DumpTests(SimpleTestCase):
    def test_the_line_above_the_mark_of_an_original_is_the_title(self):
        head = (
            "石阶上的一张桌子\n原创\njiangbian\n江边手记\n江边手记\n微信号\njiangbian\n功能介绍\n写水边的人和事\n前天\n"
        )
        self.assertEqual(dump(head + "\n".join([SENTENCE] * 6)).title, "石阶上的一张桌子")

    def test_it_reads_fields_above_the_text(self):
        for dashes in ("", "---\n"):
            head = "title: 把会开到渡口去\nauthor: 缪春和\nsitename: 云岭文化网\ndate: 2022-09-14\n"
            draft = dump(f"{dashes}{head}{dashes}\n{SENTENCE * 3}\n{SENTENCE * 2}\n")
            with self.subTest(dashes=dashes):
                self.assertEqual((draft.title, draft.site), ("把会开到渡口去", "云岭文化网"))
                self.assertEqual((draft.authors[0].name, draft.published), ("缪春和", "2022-09-14"))

    def test_it_reads_columns(self):
        head = "标题\t把会开到渡口去\n来源\t青石文艺\n作者\t祁小雪\n正文\t"
        draft = dump(f"{head}{SENTENCE * 3}\n{SENTENCE * 2}\n")
        self.assertEqual((draft.title, draft.original_source), ("把会开到渡口去", "青石文艺"))
        self.assertTrue(draft.body_text.startswith("渡口"))

    def test_it_takes_the_numbers_of_links_out(self):
        links = "References\n\n   1. http://www.gongren.example/\n"
        draft = dump(
            f"把会开到渡口去\n\n2010年04月19日 来源：[1]江城工人报\n\n{SENTENCE * 3}[3]\n{SENTENCE * 2}\n\n{links}"
        )
        self.assertEqual(draft.original_source, "江城工人报")
        self.assertNotIn("References", draft.body_text)

    def test_the_first_sentence_may_be_short(self):
        draft = dump(f"城墙下的早市\n作者：沈一苇\n早市五点开，八点散。\n{SENTENCE * 3}\n{SENTENCE * 2}\n")
        self.assertTrue(draft.body_text.startswith("早市五点开"))

    def test_it_reads_a_title_that_is_labelled(self):
        for head in (
            "标题：把会开到渡口去\n作者：范谷雨\n来源：青石水利\n正文：",
            "作者: 范谷雨    时间: 2009-3-14 22:10     标题: 把会开到渡口去\n",
        ):
            with self.subTest(head=head):
                draft = dump(f"{head}\n{SENTENCE * 3}\n{SENTENCE * 2}\n")
                self.assertEqual((draft.title, draft.authors[0].name), ("把会开到渡口去", "范谷雨"))

    def test_it_parts_a_title_from_the_line_run_into_it(self):
        draft = dump(f"菜市场改造的三个误区2016-01-20 11:08程立夏 江城观察\n{SENTENCE * 3}\n{SENTENCE * 2}\n")
        self.assertEqual((draft.title, draft.published), ("菜市场改造的三个误区", "2016-01-20T11:08"))

    def test_it_reads_markdown(self):
        head = "[首页](/) [关于](/about)\n\n# 渡口上的邮包\n\n*作者：叶知秋* | 2020年1月12日\n\n![邮包](1.jpg)\n"
        draft = dump(f"{head}\n{SENTENCE * 3}看[地图](/map)就知道。\n\n中国***的干部和群众坐在一起，{SENTENCE}\n")
        self.assertEqual((draft.title, [author.name for author in draft.authors]), ("渡口上的邮包", ["叶知秋"]))
        self.assertIn("看地图就知道", draft.body_text)
        self.assertIn("中国***的", draft.body_text)

    def test_a_running_head_is_no_title(self):
        head = "江城文史资料 第六辑      {}\n"
        draft = dump(f"{head.format(41)}\n米行里的暗语\n\n何望江\n\n{SENTENCE}\n{head.format(42)}\n{SENTENCE * 2}\n")
        self.assertEqual(draft.title, "米行里的暗语")
        self.assertNotIn("第六辑", draft.body_text)

    def test_a_title_may_have_one_character(self):
        self.assertEqual(dump(f"秤\n\n{SENTENCE * 3}\n{SENTENCE * 2}\n").title, "秤")

    def test_the_numbered_heading_right_above_the_text_belongs_to_it(self):
        head = "论议事会\n\n作者：程立夏\n关键词：议事会；渡口\n"
        draft = dump(f"{head}一、问题的提出\n{SENTENCE * 3}\n二、渡口\n{SENTENCE * 3}\n")
        self.assertEqual(draft.headings, ["一、问题的提出", "二、渡口"])

    def test_the_page_number_of_a_preview_is_no_part_of_the_title(self):
        draft = dump(f"调解工作经验_第1页\n1/3\n调解工作经验_第2页\n2/3\n\n{SENTENCE * 4}\n{SENTENCE * 2}\n")
        self.assertEqual(draft.title, "调解工作经验")

    def test_it_reads_an_object_of_fields(self):
        fields = {"id": 7, "title": "城墙下的早市", "author": "沈一苇", "pubdate": "2016-08-09 07:15:00"}
        draft = dump(json.dumps({**fields, "content": f"{SENTENCE * 3}\n{SENTENCE * 2}"}, ensure_ascii=False))
        self.assertEqual((draft.title, draft.authors[0].name), ("城墙下的早市", "沈一苇"))
        self.assertEqual((draft.published, draft.body_text), ("2016-08-09T07:15:00", f"{SENTENCE * 3}\n{SENTENCE * 2}"))

    def test_what_is_no_object_of_fields_is_left_as_it_is(self):
        for text in ("{不是对象", '{"a": {"b": 1}}', "[1, 2]", '{"a":' * 5_000):
            with self.subTest(text=text[:20]):
                self.assertEqual(text_fields.unfold(text), text)

    def test_the_leaf_of_a_newspaper_is_no_title(self):
        head = "第A08版：副刊 本版新闻列表\n2013年06月14日\n母亲的账簿\n● 罗小溪\n"
        draft = dump(f"{head}母亲的账簿里只有圆圈，{SENTENCE * 3}\n{SENTENCE}\n")
        self.assertEqual(draft.title, "母亲的账簿")
