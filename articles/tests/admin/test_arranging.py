"""The order of a theme, and the screen on which an article is placed, tagged and taken passages from."""

from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse

from articles.actions import editing, placing
from articles.models import Article, Excerpt, Placement, Tag, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of, person


class ArrangeCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.editor)


class OrderTests(ArrangeCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.theme = make.theme("预算公开")
        cls.articles = [make.article(title, theme=cls.theme) for title in ("甲文", "乙文", "丙文")]
        cls.address = reverse("admin:articles_theme_arrange", args=[cls.theme.pk])

    def carried(self, response=None):
        """What the page sends when nothing on it is touched."""
        shown = (response or self.client.get(self.address)).context
        reasons = {f"reason-{row['article'].pk}": row["reason"] for row in shown["rows"]}
        return {**dict(shown["carried"]), **reasons}

    def send(self, response=None, **said):
        return self.client.post(self.address, {**self.carried(response), **said})

    def titles(self, response=None):
        if response is None:
            return [placement.article.title for placement in self.theme.placements.select_related("article")]
        return [row["article"].title for row in response.context["rows"]]

    def test_buttons_move_on_the_page_and_only_saving_stores(self):
        one, two, three = self.articles
        response = self.send(do=f"last:{one.pk}")
        response = self.send(response, do=f"up:{three.pk}")
        response = self.send(response, do=f"down:{three.pk}")
        response = self.send(response, do=f"first:{three.pk}")
        self.assertEqual(self.titles(response), ["丙文", "乙文", "甲文"])
        response = self.send(response, do=f"out:{two.pk}", **{f"reason-{one.pk}": "  最早写到\n这件事 "})
        self.assertEqual(self.titles(), ["甲文", "乙文", "丙文"])
        self.assertRedirects(self.send(response, save="1"), self.address)
        placed = list(self.theme.placements.values_list("article__title", "reason"))
        self.assertEqual(placed, [("丙文", ""), ("甲文", "最早写到 这件事")])

    def test_an_article_is_added_at_the_end(self):
        new = make.article("新来的")
        response = self.send(do="add", add=new.pk)
        self.assertEqual(self.titles(response)[-1], "新来的")
        self.assertEqual(self.titles(self.send(response, do="add", add=new.pk)), self.titles(response))
        self.send(response, save="1")
        self.assertEqual(self.titles()[-1], "新来的")

    def test_themes_under_it_are_ordered_too(self):
        children = [make.theme(name, self.theme) for name in ("子", "丑")]
        self.send(self.send(do_child=f"first:{children[1].pk}"), save="1")
        self.assertEqual([child.name for child in self.theme.children.all()], ["丑", "子"])

    def test_who_comes_second_sees_both_and_loses_nothing(self):
        one, two, three = self.articles
        mine = self.send(self.send(do=f"first:{three.pk}"), do="", **{f"reason-{one.pk}": "我写的理由"})
        other = make.article("别人放进来的")
        placing.place(other, Theme.objects.get(pk=self.theme.pk))
        placing.give_reason(Placement.objects.get(article=one), "别人写的理由")
        placing.remove(Placement.objects.get(article=two))
        response = self.send(mine, save="1")
        for words in ("别人放进来的", "乙文", "别人写的理由", "我写的理由"):
            self.assertContains(response, words, status_code=409)
        self.assertEqual(self.titles(response), ["丙文", "甲文", "别人放进来的"])
        self.send(response, save="1")
        self.assertEqual(self.titles(), ["丙文", "甲文", "别人放进来的"])
        self.assertEqual(Placement.objects.get(article=one).reason, "我写的理由")

    def test_a_reason_nobody_touched_here_stays_as_it_was_saved_meanwhile(self):
        mine = self.client.get(self.address)
        placing.give_reason(Placement.objects.get(article=self.articles[0]), "别人写的理由")
        self.send(self.send(mine, save="1"), save="1")
        self.assertEqual(Placement.objects.get(article=self.articles[0]).reason, "别人写的理由")

    def test_what_is_forged_is_refused(self):
        key = self.articles[0].pk
        for said in (
            {"order": "1,x"},
            {"order": f"{key},{key}"},
            {"base": "[]"},
            {"base": "{"},
            {"base": '{"x": 1}'},
            {"reasons": '{"1": 1}'},
            {f"reason-{key}": "长" * 301},
            {"reason-x": "甲"},
        ):
            with self.subTest(said=said):
                self.assertEqual(self.send(save="1", **said).status_code, 400)
        for said in ({"do": "up:999"}, {"do": f"steal:{key}"}, {"do": "add", "add": 999}):
            with self.subTest(said=said):
                self.assertEqual(self.send(**said).status_code, 400)
        self.assertEqual(self.send(save="1", order="999").status_code, 409)
        self.assertEqual(self.send(save="1", version="x").status_code, 409)
        self.assertEqual(self.client.get("/admin/articles/theme/999/arrange/").status_code, 404)

    def test_contributors_see_and_do_not_write(self):
        self.client = browser_of(person("contributor", "contributor"))
        shown = self.client.get(self.address)
        self.assertNotContains(shown, 'name="do"')
        self.assertEqual(self.send(shown, save="1").status_code, 403)

    def test_a_thousand_are_ordered_page_by_page_and_saved_at_once(self):
        made = Article.objects.bulk_create(Article(title=f"第{number}篇") for number in range(997))
        Placement.objects.bulk_create(
            Placement(theme=self.theme, article=article, position=9 + number) for number, article in enumerate(made)
        )
        with self.assertNumQueries(9):
            shown = self.client.get(self.address)
        self.assertLess(len(self.carried(shown)), 150)
        last = self.send(shown, page=10, **{f"reason-{self.articles[0].pk}": "写在第一页"})
        self.assertEqual(self.titles(last)[-1], "第996篇")
        moved = self.send(last, do="jump", from_place="1000", to_place="2")
        self.assertEqual(self.titles(moved)[:2], ["甲文", "第996篇"])
        self.assertEqual(self.send(moved, save="1").status_code, 302)
        self.assertEqual(self.titles()[:3], ["甲文", "第996篇", "乙文"])
        self.assertEqual(self.theme.placements.count(), 1000)
        self.assertEqual(self.theme.placements.first().reason, "写在第一页")


class DeskTests(ArrangeCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make.article(body="账目贴在墙上，账目写得清楚。\n每一笔都写明用处。")
        cls.theme = make.theme("预算公开")
        cls.address = reverse("admin:articles_article_arrange", args=[cls.article.pk])

    def do(self, deed, **said):
        version = Article.objects.get(pk=self.article.pk).version
        return self.client.post(self.address, {"do": deed, "version": version, **said})

    def test_an_article_is_placed_reasoned_and_taken_out(self):
        self.do("place", **{"place-theme": self.theme.pk, "place-reason": "最早写到"})
        placement = Placement.objects.get()
        self.do("reason", key=placement.pk, reason="讲得最清楚")
        self.assertEqual(Placement.objects.get().reason, "讲得最清楚")
        self.assertEqual(self.do("reason", key=placement.pk, reason="长" * 301).status_code, 400)
        self.do("unplace", key=placement.pk)
        self.assertFalse(Placement.objects.exists())

    def test_a_theme_that_is_not_there_is_added_from_either_select_by_who_may(self):
        page = self.client.get(self.address)
        for select in ("id_place-theme", "id_theme"):
            self.assertContains(page, f'<select name="{select.removeprefix("id_")}"')
            self.assertContains(page, f'rel="noopener" data-adds="{select}"')
        Permission.objects.get(codename="add_theme").group_set.clear()
        self.assertNotContains(self.client.get(self.address), "data-adds")

    def test_it_is_tagged_by_name_and_by_alias(self):
        Tag.objects.create(name="村务公开").aliases.create(name="村务透明")
        self.do("tag", **{"tag-names": "村務透明，预算"})
        self.assertEqual(set(self.article.tags.names()), {"村务公开", "预算"})
        self.do("untag", key=self.article.tag_items.get(tag__name="预算").pk)
        self.assertEqual(list(self.article.tags.names()), ["村务公开"])
        self.assertContains(self.do("tag", **{"tag-names": "《》"}), "errorlist", status_code=400)

    def test_a_suggestion_is_taken_by_one_click(self):
        tag = Tag.objects.create(name="账目")
        make.theme("账目")
        shown = self.client.get(self.address)
        self.assertEqual([one.row for one in shown.context["suggested_tags"]], [tag])
        self.do("accept_tag", key=tag.pk)
        self.do("accept_theme", key=shown.context["suggested_themes"][0].row.pk)
        again = self.client.get(self.address).context
        self.assertEqual((again["suggested_tags"], again["suggested_themes"]), ([], []))

    def test_a_passage_is_taken_shown_described_and_left(self):
        self.do("take", theme=self.theme.pk, block=1, start=7, passage="账目", aspect="清楚")
        excerpt = Excerpt.objects.get()
        self.assertEqual((excerpt.block, excerpt.start, excerpt.edition), (0, 7, self.article.working))
        runs = self.client.get(self.address).context["paragraphs"][0].runs
        self.assertEqual([run.text for run in runs], ["账目贴在墙上，", "账目", "写得清楚。"])
        self.assertEqual(runs[1].excerpts, (excerpt,))
        self.do("describe", key=excerpt.pk, aspect="账目", note="编者按")
        excerpt.refresh_from_db()
        self.assertEqual((excerpt.aspect, excerpt.note), ("账目", "编者按"))
        self.do("leave", key=excerpt.pk)
        self.assertFalse(Excerpt.objects.exists())

    def revise(self, body):
        article = Article.objects.get(pk=self.article.pk)
        editing.revise(article, version=article.version, by=None, body_html=make.html_of(body))

    def test_a_passage_whose_words_are_gone_is_named_and_takes_new_ones(self):
        excerpt = make.excerpt(self.article, self.theme, "每一笔都写明用处", aspect="用处")
        self.revise("账目贴在墙上，账目写得清楚。\n钱花在哪里，一看就知道。")
        shown = self.client.get(self.address)
        self.assertEqual((shown.context["lost"], shown.context["excerpts"]), ([excerpt], []))
        again = self.client.get(self.address, {"again": excerpt.pk, "block": 2})
        self.assertContains(again, "钱花在哪里，一看就知道。</textarea>")
        self.assertContains(again, f'<input type="hidden" name="key" value="{excerpt.pk}"><button')
        self.assertContains(self.do("take_anew", key=excerpt.pk, passage="没有"), "没有</textarea>", status_code=400)
        self.do("take_anew", key=excerpt.pk, passage="一看就知道")
        excerpt.refresh_from_db()
        told = (excerpt.block, excerpt.start, excerpt.exact, excerpt.aspect, excerpt.is_lost)
        self.assertEqual(told, (1, 6, "一看就知道", "用处", False))
        self.assertEqual(self.client.get(self.address).context["lost"], [])

    def test_a_passage_that_the_new_edition_will_not_say_is_named_before_it_is_published(self):
        excerpt = make.excerpt(self.article, self.theme, "每一笔都写明用处")
        make.publish(self.article)
        self.revise("账目贴在墙上，账目写得清楚。\n钱花在哪里，一看就知道。")
        self.assertContains(self.client.get(self.address), "发布之前读者还看得到")
        publish = reverse("admin:articles_article_publish", args=[self.article.pk])
        self.assertContains(
            browser_of(person("publisher", "publisher")).get(publish), "主题下有 1 个选段的字句已不在文中"
        )
        self.assertEqual(Excerpt.objects.published().get(), excerpt)
        make.publish(Article.objects.get(pk=self.article.pk), reason="改写一段。")
        self.assertFalse(Excerpt.objects.published().exists())
        self.assertContains(self.client.get(self.address), "读者看不到")
        self.do("leave", key=excerpt.pk)
        self.assertFalse(Excerpt.objects.exists())

    def test_a_passage_of_the_live_edition_is_marked_where_it_stands_in_the_new_one(self):
        make.excerpt(self.article, self.theme, "每一笔都写明用处")
        make.publish(self.article)
        self.revise("添一段。\n账目贴在墙上，账目写得清楚。\n每一笔都要写明用处。")
        runs = self.client.get(self.address).context["paragraphs"][2].runs
        self.assertEqual(runs[0].text, "每一笔都要写明用处")

    def test_words_that_are_not_there_or_stand_twice_come_back_typed(self):
        for said in ({"passage": "没有这句话"}, {"passage": "账目"}, {"passage": "用处", "block": 1}):
            with self.subTest(said=said):
                response = self.do("take", theme=self.theme.pk, note="写好的说明", **said)
                self.assertContains(response, "写好的说明", status_code=400)
        self.assertFalse(Excerpt.objects.exists())

    def test_a_paragraph_is_chosen_without_script(self):
        shown = self.client.get(self.address, {"block": 2})
        self.assertContains(shown, "每一笔都写明用处。</textarea>")
        self.assertEqual(self.client.get(self.address, {"block": "9" * 30}).status_code, 200)

    def test_who_comes_second_keeps_the_words(self):
        response = self.do("take", version=0, theme=self.theme.pk, passage="用处", note="写好的说明")
        self.assertContains(response, "写好的说明", status_code=409)
        self.assertFalse(Excerpt.objects.exists())

    def test_what_is_forged_is_refused(self):
        other = make.article("别人的", theme=self.theme, tags=("别的",))
        for deed, said, status in (
            ("unplace", {"key": other.placements.get().pk}, 404),
            ("untag", {"key": other.tag_items.get().pk}, 404),
            ("leave", {"key": 999}, 404),
            ("take_anew", {"key": make.excerpt(other, self.theme, "用处").pk, "passage": "用处"}, 404),
            ("accept_tag", {"key": "x"}, 404),
            ("accept_theme", {"key": "9" * 30}, 404),
            ("place", {"place-theme": "x"}, 400),
            ("take", {"theme": 999, "passage": "用处", "block": "9" * 30}, 400),
            ("steal", {}, 403),
            ("place", {"version": "9" * 30}, 409),
        ):
            with self.subTest(deed=deed, said=said):
                self.assertEqual(self.do(deed, **said).status_code, status)

    def test_a_contributor_arranges_an_own_draft_and_takes_no_passage(self):
        contributor = person("contributor", "contributor")
        self.client = browser_of(contributor)
        self.assertEqual(self.do("tag", **{"tag-names": "预算"}).status_code, 403)
        self.article.working.made_by = contributor
        self.article.working.save()
        self.assertEqual(self.do("tag", **{"tag-names": "预算"}).status_code, 302)
        self.assertEqual(self.do("take", theme=self.theme.pk, passage="用处").status_code, 403)

    def test_it_asks_no_more_for_many_than_for_few(self):
        for size in (2, 20):
            for number in range(size):
                theme = make.theme(f"主题{size}-{number}")
                placing.place(Article.objects.get(pk=self.article.pk), theme)
                make.excerpt(self.article, theme, "用处")
            Tag.objects.bulk_create(Tag(name=f"墙上{size}-{n}", slug=f"q{size}-{n}") for n in range(size))
            with self.assertNumQueries(16):
                self.client.get(self.address)
