"""Pictures of pages inside a PDF: found by their form, drawn anew, and nothing else let out of it."""

import io
from pathlib import Path

from django.test import SimpleTestCase
from PIL import Image
from pypdf import PdfReader, PdfWriter

from articles.intake import Unreadable, confined, redrawing

FIND, DRAW = "articles.intake.scans:find", "articles.intake.scans:draw"
A4 = (827, 1169)
DOCUMENTS = Path(__file__).parents[1] / "pages" / "documents"


def scanned(*sizes: tuple[int, int], mode: str = "RGB") -> bytes:
    """Return a PDF of pages that are each one photograph of this size."""
    first, *others = [Image.new(mode, size, "white") for size in sizes]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=100)
    return out.getvalue()


def drawn(name: str, data: bytes) -> redrawing.Redrawn:
    return redrawing.unpack(confined.run(DRAW, name.encode() + b"\n" + data))


class ScanTests(SimpleTestCase):
    def test_each_page_that_is_a_photograph_is_found_and_drawn_anew(self):
        data = scanned(A4, (60, 40), (A4[1], A4[0]))
        self.assertEqual([found["name"] for found in confined.run(FIND, data)], ["1", "3"])
        picture = drawn("3", data)
        self.assertEqual((picture.width, picture.height, picture.media_type), (A4[1], A4[0], "image/jpeg"))
        self.assertNotEqual(picture.data, b"")
        self.assertNotIn(picture.data, data)

    def test_a_picture_that_stands_on_a_page_is_none_of_the_page(self):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scanned((900, 600)))))
        writer.pages[0].mediabox.upper_right = A4
        out = io.BytesIO()
        writer.write(out)
        self.assertEqual(confined.run(FIND, out.getvalue()), [])

    def test_documents_of_text_and_scans_in_other_formats_have_none(self):
        for name in ("browser.pdf", "latex.pdf", "scanned.pdf"):
            with self.subTest(file=name):
                self.assertEqual(confined.run(FIND, (DOCUMENTS / name).read_bytes()), [])

    def test_the_first_twenty_pages_are_looked_at(self):
        data = scanned(*[(500, 700)] * 22)
        self.assertEqual(len(confined.run(FIND, data)), 20)
        with self.assertRaises(Unreadable):
            drawn("21", data)

    def test_no_other_name_lets_anything_out(self):
        data = scanned(A4, (60, 40))
        for name in ("0", "2", "-1", "9" * 5_000, "x", "", "²", "1 "):
            with self.subTest(name=name[:5]), self.assertRaises(Unreadable):
                drawn(name, data)

    def test_what_is_broken_is_refused(self):
        data = scanned(A4)
        sizeless, no_picture = data.replace(b"/Width 827", b"/Width []"), data.replace(b"\xff\xd8", b"\x00\x00")
        for broken in (b"", b"%PDF-1.7", data[:500], sizeless, no_picture):
            with self.subTest(broken=broken[:30]), self.assertRaises(Unreadable):
                drawn("1", broken)
