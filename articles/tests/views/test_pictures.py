from pathlib import Path

from django.conf import settings
from django.test import TestCase

from articles.actions import picturing, storing
from articles.intake.fetching import Fetched
from articles.tests.intake.test_pictures import picture

DIGEST = "ab" * 32


class PictureTests(TestCase):
    def setUp(self):
        self.received = picturing.receive(Fetched("http://img.example.cn/a.jpg", picture()))
        self.row = picturing.store(self.received)

    def get(self, **headers):
        return self.client.get(self.received.src, headers=headers)

    def test_a_reader_gets_the_picture_and_may_keep_it_for_good(self):
        with self.assertNumQueries(0):
            response = self.get()
        self.assertEqual(response.content, self.received.redrawn.data)
        self.assertEqual(response["Content-Type"], "image/jpeg")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response["Cache-Control"], "public, max-age=31536000, immutable")
        self.assertEqual(int(response["Content-Length"]), self.row.size)
        self.assertIn("sandbox", response["Content-Security-Policy"])
        self.assertFalse(response.cookies)
        self.assertNotIn("Cookie", response.headers.get("Vary", ""))

    def test_who_has_it_is_told_so(self):
        response = self.get(if_none_match=self.get()["ETag"])
        self.assertEqual((response.status_code, response.content), (304, b""))
        self.assertEqual(self.get(if_none_match='"other"').status_code, 200)

    def test_it_answers_what_asks_without_taking(self):
        response = self.client.head(self.received.src)
        self.assertEqual((response.status_code, response.content), (200, b""))
        self.assertEqual(self.client.post(self.received.src).status_code, 405)

    def test_only_the_address_of_a_picture_is_one(self):
        capture = storing.store(b"<p>kept</p>", media_type="text/html")
        name = self.row.sha256
        for path in (
            f"/media/{capture.path}",
            f"/media/pictures/{name[:2]}/../../{capture.path}",
            f"/media/pictures/{name[:2]}/..%2f..%2f{capture.path}",
            f"/media/pictures/{name[:2]}/%2e%2e/{name[:2]}/{name}.jpg",
            f"/media/pictures/{name[:2]}/{name}.jpg/",
            f"/media/pictures/{name[:2]}/{name}.jpg%00",
            f"/media/pictures/{name[:2]}/{name}.jpg%0a",
            f"/media/pictures/{name[:2]}/{name}.svg",
            f"/media/pictures/{name[:2]}/{name}.png",
            f"/media/pictures/{name[:2]}/{name.upper()}.jpg",
            f"/media/pictures/00/{name}.jpg",
            f"/media/pictures/{name[:2]}/{name}",
            f"/media/pictures/{name[:2]}/",
            "/media/pictures/",
            "/media/",
            f"/en/media/pictures/{name[:2]}/{name}.jpg",
            f"/media//pictures/{name[:2]}/{name}.jpg",
            f"/media/pictures/ab/{DIGEST}.jpg",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_a_copy_has_an_address_of_its_own(self):
        response = self.client.get(f"/media/{self.row.path_of_copy(480)}")
        self.assertEqual(response.content, self.received.redrawn.copies[480])
        self.assertEqual((response["Content-Type"], response["X-Content-Type-Options"]), ("image/webp", "nosniff"))
        self.assertIn("sandbox", response["Content-Security-Policy"])
        self.assertIn("immutable", response["Cache-Control"])
        self.assertNotEqual(response["ETag"], self.get()["ETag"])
        for path in (self.row.path_of_copy(960), self.row.path_of_copy(481), self.row.path_of_copy(480)[:-4] + "jpg"):
            with self.subTest(path=path):
                self.assertEqual(self.client.get(f"/media/{path}").status_code, 404)

    def test_a_folder_in_the_place_of_a_picture_is_none(self):
        Path(settings.MEDIA_ROOT, f"pictures/ab/{DIGEST}.jpg").mkdir(parents=True)
        self.assertEqual(self.client.get(f"/media/pictures/ab/{DIGEST}.jpg").status_code, 404)

    def test_it_is_not_found_when_its_file_is_gone(self):
        Path(settings.MEDIA_ROOT, self.row.path).unlink()
        self.assertEqual(self.get().status_code, 404)
