"""The library's pictures in the admin: seen, credited, and kept while a text shows them."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from articles.actions import picturing
from articles.models import Picture, WorkingCopy
from articles.tests import make
from articles.tests.admin.people import browser_of, person
from articles.tests.intake.test_pictures import picture

LIST = reverse("admin:articles_picture_changelist")


class PictureAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.owner = User.objects.create_superuser("owner")

    def setUp(self):
        self.client = browser_of(self.owner)
        self.row = picturing.choose(picture(1_200, 800), by=self.owner)

    def show(self, title="村口的公示栏", row=None):
        return make.article(title, f'<p>议事会</p><img src="{(row or self.row).src}" alt="">', published=True)

    def delete(self):
        address = reverse("admin:articles_picture_delete", args=[self.row.pk])
        return self.client.post(address, {"post": "yes", "version": self.row.version})

    def test_the_list_shows_each_with_its_size_and_the_articles_it_stands_in(self):
        self.show()
        response = self.client.get(LIST)
        self.assertContains(response, "村口的公示栏")
        self.assertContains(response, "1200 × 800")
        self.assertContains(response, f"/media/{self.row.path_of_copy(480)}")

    def test_the_list_asks_as_often_however_long_it_is(self):
        self.show()
        self.client.get(LIST)
        with self.assertNumQueries(6):
            self.client.get(LIST)
        for number in range(5):
            self.show(f"第{number}篇", picturing.choose(picture(700 + number), by=self.owner))
        with self.assertNumQueries(6):
            self.client.get(LIST)

    def test_an_editor_says_who_made_it_and_cannot_delete_it(self):
        client = browser_of(person("editor", "editor"))
        address = reverse("admin:articles_picture_change", args=[self.row.pk])
        self.assertEqual(client.post(address, {"credit": "示例作者甲摄", "version": self.row.version}).status_code, 302)
        self.row.refresh_from_db()
        self.assertEqual(self.row.credit, "示例作者甲摄")
        self.assertEqual(client.get(reverse("admin:articles_picture_delete", args=[self.row.pk])).status_code, 403)

    def test_what_any_edition_shows_is_not_deleted(self):
        article = self.show()
        make.revised(article, "<p>议事会</p>")
        self.assertEqual(self.delete().status_code, 403)
        self.assertTrue(Picture.objects.exists())

    def test_what_somebody_is_writing_is_not_deleted(self):
        WorkingCopy.objects.create(typed_by=self.owner, fields={"body_html": [f'<img src="{self.row.src}">']})
        self.assertEqual(self.delete().status_code, 403)

    def test_what_stands_nowhere_is_deleted_with_its_files(self):
        paths = [Path(settings.MEDIA_ROOT, path) for path in (self.row.path, self.row.path_of_copy(480))]
        self.assertTrue(all(path.exists() for path in paths))
        self.assertEqual(self.delete().status_code, 302)
        self.assertFalse(Picture.objects.exists() or any(path.exists() for path in paths))
