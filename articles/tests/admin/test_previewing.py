from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles import body
from articles.admin import keeping
from articles.models import PreviewLink, Tag, WorkingCopy
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by


class PreviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("账目贴上墙", "议事会把账目贴在村口。")
        cls.user = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.user)

    def see(self, **query):
        return self.client.get(reverse("admin:articles_article_preview", args=[self.article.pk]), query)

    def test_only_our_own_pages_may_frame_it(self):
        response = self.see()
        self.assertEqual(response["X-Frame-Options"], "SAMEORIGIN")
        self.assertIn("frame-ancestors 'self'", response["Content-Security-Policy"])
        self.assertIn("noindex", response["X-Robots-Tag"])

    def test_no_other_page_of_the_admin_may_be_framed(self):
        response = self.client.get(reverse("admin:articles_article_previews", args=[self.article.pk]))
        self.assertEqual(response["X-Frame-Options"], "DENY")
        self.assertIn("frame-ancestors 'none'", response["Content-Security-Policy"])

    def test_it_is_shown_in_either_script(self):
        self.assertContains(self.see(script="hant"), "賬目貼上牆")
        self.assertContains(self.see(script="hans"), "账目贴上墙")

    def test_it_is_shown_dark(self):
        self.assertContains(self.see(look="dark"), 'class="look-dark"')

    def test_what_the_address_makes_up_changes_nothing(self):
        response = self.see(look='dark"><b>', script="\x00", copy="\x00" * 50)
        self.assertNotContains(response, "<b>")
        self.assertContains(response, "账目贴上墙")

    def test_it_shows_what_was_typed_and_not_saved(self):
        fields = {"title": ["账目贴上公告栏"], "body_html": ["<p>换成公告栏。</p><script>1</script>"]}
        copy = WorkingCopy.objects.create(article=self.article, typed_by=self.user, fields=fields)
        response = self.see(copy=copy.token)
        self.assertContains(response, "账目贴上公告栏")
        self.assertContains(response, "换成公告栏。")
        self.assertNotContains(response, "<script>1")
        self.assertEqual(make.edition(self.article).title, "账目贴上墙")

    def see_typed(self, **typed):
        """The preview beside a form into which this was typed and which nobody has saved."""
        sent = sent_by(self.client, self.article, **typed)
        fields = {name: [str(value)] for name, value in sent.items() if keeping.is_typed(name)}
        return self.see(copy=WorkingCopy.objects.create(article=self.article, typed_by=self.user, fields=fields).token)

    def test_it_shows_every_field_as_it_was_typed(self):
        source, tag = make.source("青禾日报"), Tag.objects.create(name="公开", slug="open-books")
        response = self.see_typed(
            date="2013年10月21日",
            original_source=source.pk,
            keywords="账目、公示",
            tags="公开，新的标签",
            checking="twice",
            printed_editor="示例编辑",
            notes="第一条注",
            abstract="一句摘要。",
        )
        for words in (
            "2013-10-21",
            "青禾日报",
            "公示",
            "新的标签",
            "示例编辑",
            "一句摘要。",
            "二校",
            tag.slug,
        ):
            with self.subTest(words=words):
                self.assertContains(response, words)
        edition = make.edition(self.article)
        self.assertEqual((edition.original_date, edition.keywords, Tag.objects.count()), (None, "", 1))

    def test_it_shows_the_byline_in_the_order_typed(self):
        lines = {"bylines-TOTAL_FORMS": "4"}
        names = ("示例作者甲", "示例作者乙", "示例作者丙")
        for number, name in enumerate(names):
            lines |= {
                f"bylines-{number}-author": make.author(name).pk,
                f"bylines-{number}-role": "author",
                f"bylines-{number}-affiliation": f"{name}的单位",
                f"bylines-{number}-position": 3 - number,
            }
        lines |= {"bylines-2-DELETE": "on", "bylines-3-affiliation": "还没有作者的单位", "bylines-3-role": "author"}
        page = self.see_typed(**lines).text
        self.assertLess(page.index("示例作者乙的单位"), page.index("示例作者甲的单位"))
        for words in ("示例作者丙", "还没有作者的单位"):
            self.assertNotIn(words, page)
        self.assertFalse(make.edition(self.article).bylines.exists())

    def test_it_takes_the_text_for_what_the_script_typed_says_it_is(self):
        self.assertContains(self.see_typed(script="hant", title="賬目貼上牆"), "由繁体自动转换")

    def test_what_is_typed_by_half_is_shown_as_it_stands(self):
        half = {
            "date": "2013-1",
            "original_source": "x",
            "script": "?",
            "checking": "",
            "version": "",
            "tags": "《》",
            "body_html": "<blockquote>" * (body.MAX_DEPTH + 5) + "深",
            "bylines-TOTAL_FORMS": "1",
            "bylines-0-author": "7x",
            "bylines-0-position": "先",
        }
        response = self.see_typed(title="账目贴上公告栏", **half)
        self.assertContains(response, "账目贴上公告栏")
        self.assertContains(response, "议事会把账目贴在村口。")
        self.assertEqual(self.see_typed(**{"bylines-TOTAL_FORMS": "许多"}).status_code, 200)

    def test_nobody_sees_what_another_editor_typed(self):
        copy = WorkingCopy.objects.create(
            article=self.article, typed_by=person("other", "editor"), fields={"title": ["别人的话"]}
        )
        self.assertNotContains(self.see(copy=copy.token), "别人的话")

    def test_a_working_copy_that_no_form_made_breaks_nothing(self):
        deep = "<blockquote>" * (body.MAX_DEPTH + 5) + "深"
        for fields in ({"title": []}, {"title": "账"}, {"title": [3]}, {"body_html": [deep]}):
            copy = WorkingCopy.objects.create(article=self.article, typed_by=self.user, fields=fields)
            with self.subTest(fields=str(fields)[:40]):
                self.assertEqual(self.see(copy=copy.token).status_code, 200)


class LendingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make.article("账目贴上墙", "议事会把账目贴在村口。")
        cls.user = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.user)

    def lend(self, **typed):
        address = reverse("admin:articles_article_lend", args=[self.article.pk])
        return self.client.post(address, {"note": "校对的朋友", "days": "3", **typed})

    def borrowed(self):
        """The address of a link just lent, as the page shows it this once."""
        return self.lend().context["address"].removeprefix("http://testserver")

    def test_who_holds_the_address_reads_the_draft(self):
        response = Client().get(self.borrowed())
        self.assertContains(response, "账目贴上墙")
        self.assertContains(response, "noindex, nofollow")
        self.assertEqual(response["X-Robots-Tag"], "noindex, nofollow, noarchive")
        self.assertEqual(response["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertNotIn("Set-Cookie", response.headers)

    def test_it_shows_the_edition_in_work_of_a_published_article(self):
        address = self.borrowed()
        make.publish(self.article)
        article = type(self.article).objects.get()
        make.editing.revise(article, version=article.version, by=None, title="账目贴上公告栏")
        self.assertContains(Client().get(address), "账目贴上公告栏")

    def test_the_address_is_shown_once_and_kept_nowhere(self):
        token = self.borrowed().strip("/").split("/")[-1]
        page = self.client.get(reverse("admin:articles_article_previews", args=[self.article.pk]))
        self.assertNotContains(page, token)
        self.assertContains(page, "校对的朋友")
        self.assertNotEqual(PreviewLink.objects.get().digest, token)

    def test_a_link_ends(self):
        address = self.borrowed()
        PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        self.assertEqual(Client().get(address).status_code, 404)

    def test_a_link_can_be_closed(self):
        address = self.borrowed()
        link = PreviewLink.objects.get()
        self.client.post(reverse("admin:articles_article_revoke", args=[self.article.pk, link.pk]))
        self.assertEqual(Client().get(address).status_code, 404)

    def test_a_withdrawn_text_is_lent_to_nobody(self):
        address = self.borrowed()
        make.withdrawn(make.publish(self.article))
        self.assertEqual(Client().get(address).status_code, 404)

    def test_addresses_that_were_made_up_are_not_found(self):
        for token in ("x" * 32, "预" * 32, "a" * 60):
            self.assertEqual(Client().get(reverse("lent", args=[token])).status_code, 404)

    def test_a_length_nobody_offered_is_refused(self):
        for days in ("0", "-1", "999", "x", ""):
            with self.subTest(days=days):
                self.assertEqual(self.lend(days=days).status_code, 400)
        self.assertFalse(PreviewLink.objects.exists())

    def test_links_are_not_without_number(self):
        for _ in range(20):
            self.lend()
        self.assertEqual(self.lend().status_code, 400)

    def test_only_who_may_edit_lends(self):
        self.client = browser_of(person("contributor", "contributor"))
        self.assertEqual(self.lend().status_code, 403)
        page = self.client.get(reverse("admin:articles_article_previews", args=[self.article.pk]))
        self.assertNotContains(page, "days")

    def test_another_articles_link_is_not_closed_from_here(self):
        self.lend()
        other = make.article("别的文章")
        link = PreviewLink.objects.get()
        response = self.client.post(reverse("admin:articles_article_revoke", args=[other.pk, link.pk]))
        self.assertEqual(response.status_code, 404)

    def test_a_link_is_neither_made_nor_closed_by_looking(self):
        self.assertEqual(
            self.client.get(reverse("admin:articles_article_lend", args=[self.article.pk])).status_code, 405
        )
