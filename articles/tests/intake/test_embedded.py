"""Pictures inside Word documents: found in their place, drawn anew, and nothing else let out of the package."""

import io
import zipfile

import docx
from django.test import SimpleTestCase

from articles.intake import Unreadable, confined, redrawing
from articles.tests.intake.test_pictures import picture

FIND, DRAW = "articles.intake.embedded:find", "articles.intake.embedded:draw"
SENTENCE = "议事会把预算贴在村口。"


def document(*data: bytes) -> bytes:
    made = docx.Document()
    for one in data:
        made.add_paragraph(SENTENCE)
        made.add_picture(io.BytesIO(one))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(package: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the package with the bytes in one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            target.writestr(entry.filename, part.replace(old, new) if entry.filename == name else part)
    return out.getvalue()


class EmbeddedTests(SimpleTestCase):
    def test_it_finds_pictures_with_the_text_before_them(self):
        found = confined.run(FIND, document(picture(), picture(700)))
        self.assertEqual([one["before"] for one in found], [SENTENCE, SENTENCE])
        self.assertEqual(len({one["name"] for one in found}), 2)

    def test_it_draws_one_anew(self):
        data = document(picture(900, 600))
        [found] = confined.run(FIND, data)
        drawn = redrawing.unpack(confined.run(DRAW, found["name"].encode() + b"\n" + data))
        self.assertEqual((drawn.width, drawn.height, list(drawn.copies)), (900, 600, [480]))

    def test_no_other_part_comes_out(self):
        data = document(picture())
        for name in ("word/document.xml", "../../etc/passwd", "", "/etc/passwd"):
            with self.subTest(name=name), self.assertRaises(Unreadable):
                confined.run(DRAW, name.encode() + b"\n" + data)

    def test_a_relation_to_another_part_or_site_is_no_picture(self):
        data = document(picture())
        relations = "word/_rels/document.xml.rels"
        for old, new in (
            (b"media/image1.jpg", b"../docProps/core.xml"),
            (b"media/image1.jpg", b"../../../../etc/passwd"),
            (b'Target="media/image1.jpg"', b'Target="file:///etc/passwd" TargetMode="External"'),
        ):
            forged = with_part(data, relations, old, new)
            self.assertNotEqual(forged, data)
            with self.subTest(new=new):
                for one in confined.run(FIND, forged):
                    with self.assertRaises(Unreadable):
                        confined.run(DRAW, one["name"].encode() + b"\n" + forged)

    def test_a_picture_that_is_none_is_refused(self):
        data = with_part(document(picture()), "word/media/image1.jpg", picture(), b"<svg/>")
        [found] = confined.run(FIND, data)
        with self.assertRaises(Unreadable):
            confined.run(DRAW, found["name"].encode() + b"\n" + data)

    def test_what_is_no_document_is_refused(self):
        for data in (b"PK\x03\x04", b"", document(picture())[:500]):
            with self.subTest(data=data[:4]), self.assertRaises(Unreadable):
                confined.run(FIND, data)
