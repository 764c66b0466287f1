import os
import stat
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase, TestCase
from PIL import Image

from articles import body, intake
from articles.actions import picturing, storing
from articles.body import figures
from articles.intake.fetching import Fetched
from articles.models import Picture
from articles.tests.intake.test_pictures import picture

URL = "http://img.example.cn/a.jpg"


class PicturingTests(TestCase):
    def receive(self, data: bytes | None = None) -> picturing.Received:
        return picturing.receive(Fetched(URL, picture() if data is None else data, "image/jpeg"))

    def test_it_keeps_what_was_drawn_and_not_what_came(self):
        received = self.receive()
        row = picturing.store(received)
        kept = Path(settings.MEDIA_ROOT, row.path)
        self.assertEqual(kept.read_bytes(), received.redrawn.data)
        self.assertEqual(storing.digest(kept.read_bytes()), row.sha256)
        self.assertNotEqual(kept.read_bytes(), picture())
        with Image.open(BytesIO(kept.read_bytes())) as image:
            self.assertEqual((image.size, row.size), ((row.width, row.height), kept.stat().st_size))
        self.assertEqual(row.address, URL)

    def test_it_keeps_a_picture_once(self):
        rows = {picturing.store(self.receive()).pk for _ in range(2)}
        self.assertEqual((len(rows), Picture.objects.count()), (1, 1))

    def test_its_address_is_one_that_a_body_may_name(self):
        received = self.receive()
        html = body.normalise(f'<figure><img src="{received.src}" alt=""></figure>')
        self.assertIn(received.src, html)
        self.assertEqual(received.src, settings.MEDIA_URL + picturing.store(received).path)

    def test_nobody_may_write_the_file_again(self):
        kept = Path(settings.MEDIA_ROOT, picturing.store(self.receive()).path)
        self.assertEqual(stat.S_IMODE(os.stat(kept).st_mode), 0o440)

    def test_an_icon_is_nothing_and_no_picture_is_refused(self):
        self.assertIsNone(self.receive(picture(16, 16)))
        with self.assertRaises(intake.Unreadable):
            self.receive(b"<svg/>")

    def test_an_address_longer_than_its_column_is_left_out(self):
        received = picturing.Received(self.receive().redrawn, "http://a.cn/" + "a" * picturing.LONGEST_ADDRESS)
        self.assertEqual(picturing.store(received).address, "")


class UndescribedTests(SimpleTestCase):
    def test_it_names_pictures_that_nobody_has_described(self):
        html = body.normalise(
            '<p>议事会</p><img src="/media/a.png"><img src="/media/b.png" alt="">'
            '<img src="/media/c.png" alt="村口的井"><p>alt= <img src="/media/d&amp;d.png" width=5></p>'
        )
        self.assertEqual(picturing.undescribed(html), ["/media/a.png", "/media/d&d.png"])

    def test_a_file_name_and_words_that_say_nothing_are_no_description(self):
        for alt in (
            "image1.png",
            "图片",
            "圖片 12",
            "IMG_2041",
            "微信图片_20231021103000",
            "a.JPG?x=1",
            "D:\\图\\井",
            "12",
        ):
            with self.subTest(alt=alt):
                html = body.normalise(f'<img src="/media/a.png" alt="{alt}">')
                self.assertEqual(picturing.undescribed(html), ["/media/a.png"])

    def test_words_that_say_something_are_one(self):
        for alt in ("图片上是村口的井", "井", "1958年的公示栏", "会场的照片", "图1：清溪乡的水渠", "说明书的封面"):
            with self.subTest(alt=alt):
                self.assertEqual(picturing.undescribed(body.normalise(f'<img src="/media/a.png" alt="{alt}">')), [])

    def test_the_editor_in_the_browser_has_the_same_list(self):
        script = (settings.BASE_DIR / "static/js/admin/pasting.js").read_text("utf-8")
        self.assertIn(f"const NO_WORDS = /{figures.NO_WORDS.pattern}/i\n", script)

    def test_a_text_without_pictures_has_none(self):
        self.assertEqual(picturing.undescribed("<p>议事会</p>"), [])
