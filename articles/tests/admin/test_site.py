"""The desk of who keeps the site: its name, its logo, its pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles.actions import picturing
from articles.models import Picture, Site, SitePage
from articles.tests import make
from articles.tests.admin.people import browser_of, person
from articles.tests.admin.test_conflicts import sent_by_form
from articles.tests.intake.test_pictures import picture

FORM = reverse("admin:articles_site_change", args=[Site.ONLY])
LIST = reverse("admin:articles_site_changelist")


class SiteFormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publisher = person("publisher", "publisher")
        Site.current()

    def setUp(self):
        self.client = browser_of(self.publisher)

    def send(self, **typed):
        return self.client.post(FORM, sent_by_form(self.client.get(FORM)) | typed)

    def test_publishers_name_it_and_editors_do_not(self):
        self.assertRedirects(self.client.get(LIST), FORM)
        self.assertEqual(self.send(name="青禾文库", filing_number="京ICP备00000000号").status_code, 302)
        self.assertContains(self.client.get("/"), "青禾文库")
        self.assertEqual(browser_of(person("editor", "editor")).get(FORM).status_code, 403)

    def test_a_logo_is_drawn_anew_and_taken_away_again(self):
        self.send(logo_file=SimpleUploadedFile("logo.jpg", picture(600, 400)))
        logo = Site.current().logo
        self.assertEqual((logo.width, logo.height, logo.received_by), (600, 400, self.publisher))
        self.assertContains(self.client.get("/"), logo.thumbnail)
        self.assertContains(self.client.get(FORM), logo.thumbnail)
        self.send(removes_logo="on")
        self.assertIsNone(Site.current().logo)

    def test_what_is_no_picture_is_refused_beside_its_field(self):
        for data in (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"no picture at all"):
            with self.subTest(data=data):
                response = self.send(logo_file=SimpleUploadedFile("logo.svg", data))
                self.assertIn("logo_file", response.context["adminform"].form.errors)
        self.assertIsNone(Site.current().logo)

    def test_a_picture_that_is_the_logo_or_stands_on_a_page_is_never_thrown_away(self):
        self.send(logo_file=SimpleUploadedFile("logo.jpg", picture(600, 400)))
        [logo] = Picture.objects.all()
        self.assertTrue(picturing.is_used(logo))
        other = picturing.choose(picture(300, 200), by=self.publisher)
        self.assertFalse(picturing.is_used(other))
        SitePage.objects.create(slug="people", title="编辑部", body_en=f'<figure><img src="{other.src}"></figure>')
        self.assertTrue(picturing.is_used(other))

    def test_of_two_who_write_the_second_sees_both_texts(self):
        sent = sent_by_form(self.client.get(FORM))
        self.client.post(FORM, sent | {"name": "甲写的名字"})
        response = browser_of(person("other", "publisher")).post(FORM, sent | {"name": "乙写的名字"})
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "乙写的名字", status_code=409)
        self.assertEqual(Site.current().name, "甲写的名字")

    def test_an_address_for_letters_that_is_none_is_refused(self):
        self.assertIn("email", self.send(email="nobody").context["adminform"].form.errors)

    def test_it_takes_no_nul_and_no_surrogate(self):
        for words in ("文\0脉", "x" * 60_000):
            with self.subTest(words=words[:3]):
                self.assertEqual(self.send(name=words).status_code, 200)
        self.assertEqual(Site.current().name, "文脉")

    def test_the_theme_whose_beginning_opens_the_home_page_is_chosen_here(self):
        theme = make.theme("编辑推荐")
        article = make.article("账本上墙", published=True)
        make.placing.place(article, theme, reason="从墙说起。")
        make.placing.place(make.article("暗号草稿"), theme)
        self.assertNotContains(self.client.get("/"), "从墙说起。")
        self.assertEqual(self.send(featured=theme.pk).status_code, 302)
        response = self.client.get("/")
        self.assertContains(response, "从墙说起。")
        self.assertNotContains(response, "暗号")
        theme.delete()
        self.assertEqual(self.client.get("/").status_code, 200)


class SitePageFormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Site.current()
        SitePage.objects.all().delete()
        cls.publisher = person("publisher", "publisher")

    def setUp(self):
        self.client = browser_of(self.publisher)

    def test_a_page_is_written_in_the_schema_of_an_article(self):
        typed = {"slug": "people", "position": 3, "title": "编辑部", "version": 0}
        hostile = '<h1>谁在做</h1><p onclick="x()">三个人。<script>alert(1)</script></p>'
        response = self.client.post(reverse("admin:articles_sitepage_add"), typed | {"body_html": hostile})
        self.assertEqual(response.status_code, 302)
        page = SitePage.objects.get()
        self.assertEqual(page.body_html, "<h2>谁在做</h2>\n<p>三个人。</p>")
        self.assertContains(self.client.get("/pages/people/"), "三个人。")

    def test_its_address_stays(self):
        page = SitePage.objects.create(slug="people", title="编辑部")
        address = reverse("admin:articles_sitepage_change", args=[page.pk])
        self.client.post(address, sent_by_form(self.client.get(address)) | {"slug": "others", "title": "编辑们"})
        page.refresh_from_db()
        self.assertEqual((page.slug, page.title), ("people", "编辑们"))
