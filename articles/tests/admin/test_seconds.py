"""Who came second on a desk: their words, beside what stands now and what stood before, in fields to send again."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from lxml import html

from articles.actions import editing, placing, reviewing
from articles.models import Article, Picture, Placement, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of, person
from articles.tests.intake.test_pictures import picture


def address(row, name):
    return reverse(f"admin:articles_{row._meta.model_name}_{name}", args=[row.pk])


def form_in(response, mark):
    """Return the fields of the form that holds this field, as a browser would send them."""
    forms = html.document_fromstring(response.text).forms
    form = next(form for form in forms if mark in form.fields)
    return {name: value.removeprefix("\n") for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


class SecondCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = person("chief", is_superuser=True)

    def setUp(self):
        self.client = browser_of(self.chief)
        self.quicker = browser_of(person("deputy", is_superuser=True))

    def opened(self, row, name, mark):
        return form_in(self.client.get(address(row, name)), mark)

    def fresh(self, row):
        return type(row).objects.get(pk=row.pk)

    def assert_shows(self, response, *words, status=409):
        for said in words:
            self.assertContains(response, said, status_code=status)


class StepTests(SecondCase):
    def test_a_remark_stands_beside_the_one_that_was_quicker_and_can_be_sent_again(self):
        article = make.article("退回两次")
        reviewing.submit(article, version=article.version, by=self.chief)
        mine = self.opened(article, "return", "remark") | {"remark": "我写的意见"}
        self.quicker.post(address(article, "return"), mine | {"remark": "他们写的意见"})
        response = self.client.post(address(article, "return"), mine)
        self.assert_shows(response, "他们写的意见", "我写的意见</textarea>")
        fresh = self.fresh(article)
        reviewing.submit(fresh, version=fresh.version, by=self.chief)
        again = form_in(response, "remark") | {f"version-{article.pk}": self.fresh(article).version}
        self.assertEqual(self.client.post(address(article, "return"), again).status_code, 302)
        self.assertEqual(self.fresh(article).working.remark, "我写的意见")

    def test_what_i_left_alone_goes_along_as_it_stands_now(self):
        article = make.article("两人改", published=True)
        article = editing.revise(article, version=article.version, by=None, title="两人改过", reason="原来的缘由。")
        mine = self.opened(article, "publish", "reason")
        self.assertEqual(mine["reason"], "原来的缘由。")
        editing.revise(self.fresh(article), version=article.version, by=None, reason="别人改了缘由。")
        response = self.client.post(address(article, "publish"), mine)
        self.assertEqual(response.status_code, 409)
        self.assertNotContains(response, "<textarea", status_code=409)


class TraceTests(SecondCase):
    def setUp(self):
        super().setUp()
        self.article = make.article("查来源")
        self.first = make.witness(
            self.article, make.source(), address="https://qinghe.example/1", evidence="原来的证据"
        )
        self.second = make.witness(self.article, address="https://qinghe.example/2")
        self.article = self.fresh(self.article)
        self.mine = self.opened(self.article, "trace", "note")

    def copy(self, copy, **said):
        return {f"copy-{copy.pk}-{name}": value for name, value in said.items()}

    def test_it_shows_before_now_and_mine_of_each_field_i_wrote_into(self):
        self.quicker.post(address(self.article, "trace"), self.mine | self.copy(self.first, evidence="他们的证据"))
        response = self.client.post(
            address(self.article, "trace"), self.mine | self.copy(self.first, evidence="我的证据")
        )
        self.assert_shows(response, "原来的证据", "他们的证据", "我的证据</textarea>")

    def test_sent_again_it_keeps_what_others_wrote_beside_it(self):
        theirs = self.copy(self.first, title_there="他们的题目") | self.copy(self.second, evidence="他们的证据")
        self.quicker.post(address(self.article, "trace"), self.mine | theirs)
        response = self.client.post(
            address(self.article, "trace"), self.mine | self.copy(self.first, evidence="我的证据")
        )
        again = self.client.post(address(self.article, "trace"), form_in(response, f"copy-{self.first.pk}-evidence"))
        self.assertEqual(again.status_code, 302)
        first, second = self.fresh(self.first), self.fresh(self.second)
        self.assertEqual((first.title_there, first.evidence), ("他们的题目", "我的证据"))
        self.assertEqual((second.evidence, first.source.name), ("他们的证据", "青禾日报"))

    def test_words_about_a_copy_that_was_taken_off_come_back_as_a_new_one(self):
        self.quicker.post(address(self.article, "trace"), self.mine | self.copy(self.second, remove="on"))
        response = self.client.post(
            address(self.article, "trace"), self.mine | self.copy(self.second, evidence="长长的证据")
        )
        self.assert_shows(response, "长长的证据</textarea>")
        again = self.client.post(address(self.article, "trace"), form_in(response, "copy-new-evidence"))
        self.assertEqual(again.status_code, 302)
        (new,) = self.article.witnesses.exclude(pk=self.first.pk)
        self.assertEqual((new.evidence, new.address), ("长长的证据", "https://qinghe.example/2"))

    def test_a_copy_of_another_article_is_none_at_the_version_that_stands(self):
        other = make.witness(make.article("另一篇"))
        forged = self.mine | self.copy(other, evidence="x")
        self.assertEqual(self.client.post(address(self.article, "trace"), forged).status_code, 404)

    def test_where_it_was_looked_for_is_compared_too(self):
        sent = self.mine | {"unknown": "yes"}
        self.quicker.post(address(self.article, "trace"), sent | {"note": "他们找过的地方"})
        response = self.client.post(address(self.article, "trace"), sent | {"note": "我找过的地方"})
        self.assert_shows(response, "他们找过的地方", "我找过的地方</textarea>")
        self.client.post(address(self.article, "trace"), form_in(response, "note"))
        self.assertEqual(self.fresh(self.article).tracing_note, "我找过的地方")


class ArrangeTests(SecondCase):
    def setUp(self):
        super().setUp()
        self.theme = make.theme("账目公开")
        self.article = make.article("排主题")

    def send(self, client, sent, **typed):
        return client.post(address(self.article, "arrange"), sent | typed)

    def test_a_theme_has_its_name_and_my_reason_can_be_sent_again(self):
        mine = self.opened(self.article, "arrange", "place-reason") | {"do": "place", "place-theme": self.theme.pk}
        self.send(self.quicker, mine, **{"place-reason": "他们的理由"})
        response = self.send(self.client, mine, **{"place-reason": "我的理由"})
        self.assert_shows(response, "他们的理由", 'value="我的理由"')
        self.assertNotContains(response, f"<pre>{self.theme.pk}</pre>", status_code=409)
        self.assertEqual(self.send(self.client, form_in(response, "place-reason")).status_code, 302)
        self.assertEqual(Placement.objects.get().reason, "我的理由")

    def test_a_theme_nobody_placed_it_in_is_shown_by_its_name(self):
        mine = self.opened(self.article, "arrange", "place-reason") | {"do": "place", "place-theme": self.theme.pk}
        editing.revise(self.article, version=self.article.version, by=None, title="改了题目")
        response = self.send(self.client, mine, **{"place-reason": "我的理由"})
        self.assert_shows(response, "账目公开", 'value="我的理由"')

    def test_the_reason_of_a_placement_stands_beside_both_others(self):
        placing.place(self.article, self.theme, reason="原来的理由")
        mine = self.opened(self.article, "arrange", "reason") | {"do": "reason"}
        self.send(self.quicker, mine, reason="他们的理由")
        response = self.send(self.client, mine, reason="我的理由")
        self.assert_shows(response, "原来的理由", "他们的理由", 'value="我的理由"')
        self.send(self.client, form_in(response, "reason"))
        self.assertEqual(Placement.objects.get().reason, "我的理由")

    def test_words_for_a_passage_that_was_taken_out_are_on_the_page(self):
        excerpt = make.excerpt(self.article, self.theme, "每一笔都写明用处", note="原来的话")
        mine = self.opened(self.article, "arrange", "aspect") | {"key": excerpt.pk}
        self.send(self.quicker, mine, do="leave")
        self.assert_shows(self.send(self.client, mine, do="describe", note="我的话"), "我的话")

    def test_tags_are_shown_with_those_that_stand_there(self):
        mine = self.opened(self.article, "arrange", "tag-names") | {"do": "tag"}
        self.send(self.quicker, mine, **{"tag-names": "他们的标签"})
        response = self.send(self.client, mine, **{"tag-names": "我的标签"})
        self.assert_shows(response, "他们的标签", 'value="我的标签"')


class PictureTests(SecondCase):
    def setUp(self):
        super().setUp()
        self.article = make.article("有图")
        self.address = address(self.article, "pictures")

    def upload(self, width, **said):
        file = SimpleUploadedFile("村口.png", picture(width, 200), "image/png")
        return self.client.post(self.address, {"deed": "upload", "version": self.article.version, "file": file} | said)

    def test_an_upload_that_came_second_is_kept_and_placed_without_the_file(self):
        editing.revise(self.article, version=self.article.version, by=None, title="改了题目")
        for width, said in ((300, {"alt": "我写的描述", "credit": "我写的来处"}), (310, {})):
            with self.subTest(said=said):
                response = self.upload(width, **said)
                self.assert_shows(response, *said.values())
                again = form_in(response, "kept")
                self.assertEqual(self.client.post(self.address, again).status_code, 302)
        self.assertEqual(self.fresh(self.article).current.body_html.count("<img"), 2)
        self.assertEqual(Picture.objects.get(width=300).credit, "我写的来处")

    def test_what_was_said_of_a_picture_is_said_of_the_same_one_though_another_came_before_it(self):
        self.upload(300, alt="原来的描述")
        mine = self.opened(self.article, "pictures", "number")
        self.article = self.fresh(self.article)
        self.upload(310, alt="先来的一张", place="-1")
        response = self.client.post(self.address, mine | {"deed": "describe", "alt": "我的描述"})
        self.assert_shows(response, "原来的描述", "我的描述</textarea>")
        self.client.post(self.address, form_in(response, "alt"))
        body_html = self.fresh(self.article).current.body_html
        self.assertIn("先来的一张", body_html)
        self.assertIn("我的描述", body_html)
        self.assertNotIn("原来的描述", body_html)


class RestoreTests(SecondCase):
    def setUp(self):
        super().setUp()
        self.article = make.article("有疑点")
        self.finding = make.finding(self.article, "masked_text", found="议事会", exact="议事会", suggestion=None, end=3)
        self.address = address(self.article, "restore")
        self.sent = {"version": self.article.version, "finding": self.finding.pk}

    def test_it_says_what_became_of_the_finding(self):
        self.quicker.post(self.address, self.sent | {"do": "dismiss", "remark": "他们的理由"})
        response = self.client.post(self.address, self.sent | {"do": "dismiss", "remark": "我的理由"})
        self.assert_shows(response, "他们的理由", 'value="我的理由"', self.finding.State.DISMISSED.label)
        again = self.client.post(self.address, form_in(response, "remark"))
        self.assertContains(again, "我的理由")

    def test_a_remark_that_is_too_long_stays_in_its_field_with_the_error(self):
        response = self.client.post(self.address, self.sent | {"do": "dismiss", "remark": "很长的理由" * 80})
        self.assertContains(response, f'value="{"很长的理由" * 80}" aria-invalid="true"')

    def test_words_may_hold_the_wide_space(self):
        self.client.post(self.address, self.sent | {"do": "write", "words": "甲　乙丙丁戊"})
        self.assertIn("甲　乙丙丁戊", self.fresh(self.article).current.body_html)

    def test_words_that_are_none_stay_in_their_field(self):
        response = self.client.post(self.address, self.sent | {"do": "write", "words": "甲\u200b乙"})
        self.assertContains(response, 'value="甲\u200b乙" aria-invalid="true"')


class GoneTests(SecondCase):
    def test_words_for_a_deleted_article_stay_on_the_page(self):
        sent = (
            ("return", {"remark": "我写的意见"}),
            ("withdraw", {"note": "我写的意见", "reason": "error"}),
            ("trace", {"note": "我写的意见", "unknown": "yes"}),
            ("trace", {"copy-7-evidence": "我写的意见"}),
            ("arrange", {"do": "place", "place-reason": "我写的意见"}),
            ("arrange", {"do": "reason", "reason": "我写的意见"}),
            ("pictures", {"deed": "describe", "number": 0, "alt": "我写的意见"}),
            ("restore", {"do": "dismiss", "finding": 1, "remark": "我写的意见"}),
        )
        for name, said in sent:
            article = make.article("要删的")
            where = address(article, name)
            Article.objects.filter(pk=article.pk).delete()
            with self.subTest(name=name):
                self.assert_shows(self.client.post(where, {"version": 1} | said), "我写的意见")
                self.assertEqual(self.client.get(where).status_code, 404)

    def test_reasons_stay_when_an_article_of_the_theme_or_the_theme_itself_is_deleted(self):
        theme = make.theme()
        stays, goes = make.article("留下的", theme=theme), make.article("要删的", theme=theme)
        where = address(theme, "arrange")
        mine = self.opened(theme, "arrange", "order")
        mine |= {"save": "1", f"reason-{stays.pk}": "我写的理由", f"reason-{goes.pk}": "白写的理由"}
        goes = self.fresh(goes)
        self.quicker.post(address(goes, "delete"), {"post": "yes", "version": goes.version})
        response = self.client.post(where, mine)
        self.assert_shows(response, 'value="我写的理由"', "白写的理由")
        self.assertEqual(self.client.post(where, form_in(response, "order") | {"save": "1"}).status_code, 302)
        self.assertEqual(stays.placements.get().reason, "我写的理由")
        Theme.objects.all().delete()
        self.assert_shows(self.client.post(where, mine), "我写的理由")


class ManyTests(SecondCase):
    def test_what_was_typed_for_many_stays_with_those_that_were_refused(self):
        article, other = make.article("两人选中"), make.article("没有人动")
        where = reverse("admin:articles_article_changelist")
        sent = {"action": "publish_selected", "_selected_action": [article.pk, other.pk], "confirmed": "yes"}
        sent |= {f"version-{one.pk}": one.version for one in (article, other)} | {"reason": "我写的原因"}
        editing.revise(article, version=article.version, by=None, title="新的题目")
        response = self.client.post(where, sent)
        self.assertContains(response, "我写的原因</textarea>")
        again = form_in(response, "reason")
        self.assertEqual(again["_selected_action"], str(article.pk))
        self.client.post(where, again)
        self.assertEqual({one.status for one in Article.objects.all()}, {"published"})
