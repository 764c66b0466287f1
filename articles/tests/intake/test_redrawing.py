import random
import struct
import zlib
from io import BytesIO

from django.test import SimpleTestCase
from PIL import Image

from articles.intake import Unreadable, confined, redrawing
from articles.intake.redrawing import Redrawn
from articles.tests.intake.test_pictures import picture

REDRAW = "articles.intake.redrawing:redraw"


def redraw(data: bytes) -> Redrawn:
    """Draw the picture anew as the site does: in a process of its own."""
    return redrawing.unpack(confined.run(REDRAW, data))


def image_of(redrawn: Redrawn) -> Image.Image:
    return Image.open(BytesIO(redrawn.data))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """Return a PNG whose header says this size, whatever follows it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def grey_of_sixteen_bits(width: int = 256, height: int = 200, **how: int) -> bytes:
    """Return a PNG that goes from black at the left to white at the right."""
    line = b"".join(struct.pack("<H", x * 256 // width * 257) for x in range(width))
    out = BytesIO()
    Image.frombytes("I;16", (width, height), line * height).save(out, "PNG", **how)
    return out.getvalue()


class RedrawTests(SimpleTestCase):
    def test_every_format_of_the_web_becomes_one_we_serve(self):
        kinds = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/png", "WEBP": "image/webp"}
        for kind, media_type in kinds.items():
            with self.subTest(kind=kind):
                redrawn = redraw(picture(kind=kind))
                self.assertEqual((redrawn.width, redrawn.height, redrawn.media_type), (640, 480, media_type))
                self.assertEqual(image_of(redrawn).size, (640, 480))

    def test_a_wide_picture_is_made_narrower(self):
        redrawn = redraw(picture(4000, 1000))
        self.assertEqual((redrawn.width, redrawn.height), (1600, 400))

    def test_nothing_but_pixels_is_left(self):
        exif = Image.Exif()
        exif[0x8825] = {1: "N", 2: (27.0, 1.0, 2.0)}
        exif[0x010F] = "手机"
        for kind, how in (
            ("JPEG", {"exif": exif, "comment": b"secret", "icc_profile": b"profile"}),
            ("PNG", {"exif": exif, "icc_profile": b"profile"}),
            ("WEBP", {"exif": exif, "xmp": b"secret"}),
        ):
            with self.subTest(kind=kind):
                data = redraw(picture(kind=kind, **how) + b"<script>secret</script>").data
                self.assertFalse(Image.open(BytesIO(data)).getexif())
                self.assertFalse(any(word in data for word in (b"secret", b"profile", "手机".encode())))

    def test_a_picture_taken_sideways_stands_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        redrawn = redraw(picture(exif=exif))
        self.assertEqual((redrawn.width, redrawn.height), (480, 640))

    def test_what_is_transparent_stays_so(self):
        image = Image.new("RGBA", (300, 200), (200, 30, 30, 120))
        out = BytesIO()
        image.save(out, "PNG")
        self.assertEqual(image_of(redraw(out.getvalue())).mode, "RGBA")

    def test_odd_modes_are_read(self):
        for kind, mode in (("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("GIF", "P")):
            with self.subTest(kind=kind, mode=mode):
                self.assertTrue(redraw(picture(kind=kind, mode=mode)).data)

    def test_a_grey_picture_of_sixteen_bits_keeps_its_greys(self):
        drawn = image_of(redraw(grey_of_sixteen_bits())).convert("L")
        self.assertEqual([drawn.getpixel((x, 100)) for x in (0, 1, 64, 128, 200, 255)], [0, 1, 64, 128, 200, 255])

    def test_what_is_transparent_in_it_stays_so(self):
        drawn = image_of(redraw(grey_of_sixteen_bits(transparency=0xFFFF)))
        self.assertEqual(
            [drawn.getpixel((x, 100)) for x in (0, 128, 255)], [(v, v, v, 255 * (v < 255)) for v in (0, 128, 255)]
        )

    def test_a_scan_of_sixteen_bits_is_no_white_page(self):
        scan = redraw(grey_of_sixteen_bits(2_560, 1_600))
        for data in (scan.data, *scan.copies.values()):
            with Image.open(BytesIO(data)) as drawn:
                dark, light = (drawn.convert("L").getpixel((drawn.width * part // 4, 50)) for part in (1, 3))
                self.assertLess(abs(dark - 64), 4)
                self.assertLess(abs(light - 192), 4)

    def test_the_first_picture_of_a_moving_one_is_taken(self):
        frames = [Image.new("P", (300, 200), colour) for colour in (10, 200)]
        out = BytesIO()
        frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
        self.assertEqual(getattr(image_of(redraw(out.getvalue())), "n_frames", 1), 1)

    def test_a_photograph_a_telephone_took_twice_is_shown_once(self):
        one = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
        out = BytesIO()
        one.save(out, "MPO", save_all=True, append_images=[one.rotate(180)])
        self.assertEqual(redraw(out.getvalue()).media_type, "image/jpeg")

    def test_a_photograph_without_loss_is_made_smaller(self):
        noise = Image.frombytes("RGB", (800, 600), random.Random(7).randbytes(800 * 600 * 3))  # noqa: S311 - only noise
        out = BytesIO()
        noise.save(out, "PNG")
        self.assertEqual(redraw(out.getvalue()).media_type, "image/jpeg")

    def test_icons_and_lines_are_no_pictures(self):
        for size in ((16, 16), (100, 100), (800, 20), (1, 1)):
            with self.subTest(size=size):
                self.assertEqual(redraw(picture(*size, kind="PNG")).data, b"")

    def test_what_would_be_a_line_on_the_page_is_none(self):
        self.assertEqual(redraw(picture(20_000, 100, kind="PNG", mode="1")).data, b"")

    def test_a_code_to_scan_is_none(self):
        cells = Image.frombytes("L", (29, 29), bytes(random.Random(7).choices((0, 255), k=29 * 29)))  # noqa: S311 - only a pattern
        out = BytesIO()
        cells.resize((290, 290), Image.Resampling.NEAREST).save(out, "PNG")
        self.assertEqual(redraw(out.getvalue()).data, b"")

    def test_a_square_drawing_on_white_is_no_code(self):
        drawing = Image.new("L", (400, 400), 255)
        drawing.paste(0, (40, 40, 120, 120))
        out = BytesIO()
        drawing.save(out, "PNG")
        self.assertTrue(redraw(out.getvalue()).data)

    def test_narrower_copies_are_made_at_the_same_time(self):
        redrawn = redraw(picture(2_000, 1_000))
        self.assertEqual(sorted(redrawn.copies), [480, 960])
        for width, data in redrawn.copies.items():
            with self.subTest(width=width), Image.open(BytesIO(data)) as image:
                self.assertEqual((image.format, image.size), ("WEBP", (width, width // 2)))

    def test_a_copy_hardly_narrower_than_the_picture_is_not_made(self):
        self.assertEqual((redraw(picture(500)).copies, list(redraw(picture(1_000)).copies)), ({}, [480]))

    def test_nothing_but_pixels_is_in_the_copies(self):
        exif = Image.Exif()
        exif[0x8825] = {1: "N", 2: (27.0, 1.0, 2.0)}
        exif[0x010F] = "手机"
        [copy] = redraw(picture(exif=exif, comment=b"secret")).copies.values()
        self.assertFalse(Image.open(BytesIO(copy)).getexif())
        self.assertNotIn(b"secret", copy)


class ChosenTests(SimpleTestCase):
    """What an editor uploads by hand is not asked whether it belongs to an article."""

    def choose(self, data: bytes) -> Redrawn:
        return redrawing.unpack(confined.run("articles.intake.redrawing:redraw_chosen", data))

    def test_a_small_drawing_and_a_code_are_taken(self):
        cells = Image.frombytes("L", (29, 29), bytes(random.Random(7).choices((0, 255), k=29 * 29)))  # noqa: S311 - only a pattern
        out = BytesIO()
        cells.resize((290, 290), Image.Resampling.NEAREST).save(out, "PNG")
        self.assertTrue(self.choose(out.getvalue()).data)
        self.assertTrue(self.choose(picture(60, 40)).data)

    def test_a_pixel_is_refused(self):
        for size in ((1, 1), (800, 2)):
            with self.subTest(size=size), self.assertRaisesMessage(Unreadable, "smaller than 24 pixels"):
                self.choose(picture(*size, kind="PNG"))

    def test_what_would_be_a_line_on_the_page_is_refused(self):
        for size in ((60_000, 30), (30, 60_000)):
            with self.subTest(size=size), self.assertRaisesMessage(Unreadable, "a line of less than 24 pixels"):
                self.choose(picture(*size, kind="PNG", mode="1"))

    def test_a_long_scroll_is_taken(self):
        drawn = self.choose(picture(12_000, 400, kind="PNG", mode="L"))
        self.assertEqual((drawn.width, drawn.height), (1_600, 53))

    def test_what_is_no_picture_is_refused_in_words(self):
        for data in (b"<svg/>", b"GIF8", b"MZ\x90", b"PK\x03\x04", bytes(100)):
            with self.subTest(data=data), self.assertRaisesMessage(Unreadable, "choose a JPEG"):
                self.choose(data)

    def test_a_bomb_is_refused_before_it_is_drawn(self):
        with self.assertRaisesMessage(Unreadable, "megapixels"):
            self.choose(png_of(30_000, 30_000, chunk(b"IDAT", zlib.compress(bytes(1000)))))

    def test_a_page_behind_a_picture_does_not_come_with_it(self):
        for kind in ("GIF", "PNG", "JPEG", "WEBP"):
            drawn = self.choose(picture(kind=kind) + b"<script>alert(1)</script>PK\x03\x04")
            with self.subTest(kind=kind):
                self.assertFalse(any(b"<script" in data for data in (drawn.data, *drawn.copies.values())))


class HostileTests(SimpleTestCase):
    def assertRefused(self, data: bytes, sentence: str = ""):
        with self.assertRaisesMessage(Unreadable, sentence):
            redraw(data)

    def test_a_size_beyond_reason_is_refused_before_it_is_drawn(self):
        for size in ((20_000, 20_000), (8_000, 6_000), (60_000, 60_000)):
            with self.subTest(size=size):
                self.assertRefused(png_of(*size, chunk(b"IDAT", zlib.compress(bytes(1000)))))

    def test_the_sentence_says_how_large_a_picture_may_be(self):
        self.assertRefused(png_of(6_000, 5_000, chunk(b"IDAT", b"")), "more than 25 megapixels")
        self.assertRefused(picture(8_000, 6_000), "more than 40 megapixels")

    def test_a_large_photograph_is_none_too_large(self):
        self.assertEqual(redraw(picture(6_000, 4_000)).width, 1_600)

    def test_other_formats_are_refused_whatever_they_call_themselves(self):
        image = Image.linear_gradient("L").convert("RGB")
        for kind in ("BMP", "TIFF", "PPM", "ICO", "PDF", "EPS", "JPEG2000"):
            out = BytesIO()
            image.save(out, kind)
            with self.subTest(kind=kind):
                self.assertRefused(out.getvalue())

    def test_what_is_no_picture_is_refused(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        for data in (b"", b"GIF89a", svg, b"<html>", b"%PDF-1.7", b"\xff\xd8\xff\xe0" + bytes(100)):
            with self.subTest(data=data[:8]):
                self.assertRefused(data)

    def test_a_picture_that_breaks_off_is_refused(self):
        for kind in ("JPEG", "PNG", "WEBP"):
            whole = picture(kind=kind)
            with self.subTest(kind=kind):
                self.assertRefused(whole[: len(whole) // 2])

    def test_a_page_hidden_in_a_picture_is_gone(self):
        whole = picture(kind="GIF")
        self.assertNotIn(b"<script", redraw(whole + b"<script>alert(1)</script>").data)
