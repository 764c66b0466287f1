"""The pictures of an article from the admin: uploaded, described, credited, taken out of captures."""

from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import docx
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles import body
from articles.actions import picturing, storing
from articles.actions.picturing import Credit
from articles.intake import fetching
from articles.intake.fetching import Fetched
from articles.models import Article, Picture
from articles.tests import make
from articles.tests.admin.people import browser_of, person
from articles.tests.intake.test_pictures import picture
from articles.tests.intake.test_scans import A4, scanned

LINES = ("议事会把预算贴在村口。", "每一笔都写明用处。", "有不清楚的地方，当场就可以问。")
ADD = reverse("admin:articles_article_picture_add")
CREDIT = reverse("admin:articles_article_picture_credit")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(data: bytes | None = None, name: str = "村口.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if data is None else data, "image/jpeg")


class PictureCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")

    def setUp(self):
        self.client = browser_of(self.editor)
        self.article = make.article(body="\n".join(LINES))
        self.address = reverse("admin:articles_article_pictures", args=[self.article.pk])

    def send(self, deed, **said):
        article = Article.objects.get(pk=self.article.pk)
        return self.client.post(self.address, {"deed": deed, "version": article.version, **said})

    def text(self):
        return make.edition(self.article).body_html

    def put_in(self, *descriptions: str | None) -> list[str]:
        """Give the article a text with these pictures; return their addresses."""
        rows = [picturing.choose(picture(640 + n, 480), by=self.editor) for n in range(len(descriptions))]
        said = ["" if alt is None else f' alt="{alt}"' for alt in descriptions]
        figures = "".join(f'<img src="{row.src}"{alt}>' for row, alt in zip(rows, said, strict=True))
        self.article = make.article(body=f"<p>{LINES[0]}</p>{figures}<p>{LINES[1]}</p>")
        self.address = reverse("admin:articles_article_pictures", args=[self.article.pk])
        return [row.src for row in rows]


class UploadTests(PictureCase):
    def test_it_puts_a_picture_behind_the_paragraph_that_was_chosen(self):
        said = {"alt": "村口的公示栏", "caption": "四月的账。", "credit": "示例作者甲摄"}
        response = self.send("upload", file=upload(), place="0", **said)
        self.assertRedirects(response, self.address)
        row = Picture.objects.get()
        figure = (
            f'<figure>\n<img src="{row.src}" alt="村口的公示栏" width="640" height="480">\n'
            "<figcaption>四月的账。</figcaption>\n</figure>"
        )
        self.assertEqual(self.text(), f"<p>{LINES[0]}</p>\n{figure}\n<p>{LINES[1]}</p>\n<p>{LINES[2]}</p>")
        self.assertEqual((row.credit, row.received_by, row.widths), ("示例作者甲摄", self.editor, [480]))

    def test_it_puts_it_at_the_end_and_before_the_text(self):
        self.send("upload", file=upload())
        self.send("upload", file=upload(picture(700)), place="-1", is_decorative="on")
        lines = self.text().split("\n")
        self.assertEqual((lines[0], lines[-1]), ("<figure>", "</figure>"))
        self.assertIn(' alt=""', lines[1])
        self.assertNotIn(" alt=", lines[-2])

    def test_it_says_in_words_why_a_file_is_none(self):
        for data, words in ((b"<svg/>", "JPEG"), (b"", ""), (picture(16, 16), "24")):
            with self.subTest(data=data[:8]):
                response = self.send("upload", file=upload(data), alt="村口")
                self.assertEqual(response.status_code, 200)
                self.assertIn(words, response.context["upload"].errors["file"][0])
                self.assertContains(response, "村口")
        self.assertFalse(Picture.objects.exists())

    def test_a_decorative_picture_has_no_description(self):
        response = self.send("upload", file=upload(), alt="村口", is_decorative="on")
        self.assertIn("is_decorative", response.context["upload"].errors)

    def test_a_place_that_is_none_is_refused(self):
        for place in ("99", "x", "-2", "9" * 40):
            with self.subTest(place=place):
                self.assertIn("place", self.send("upload", file=upload(), place=place).context["upload"].errors)

    def test_it_loses_nothing_that_was_typed_when_somebody_was_faster(self):
        Article.objects.claim(self.article.pk, self.article.version)
        response = self.client.post(
            self.address, {"deed": "upload", "version": self.article.version, "file": upload(), "alt": "村口的公示栏"}
        )
        self.assertContains(response, "村口的公示栏", status_code=409)
        self.assertNotIn("<img", self.text())


class DescribeTests(PictureCase):
    def test_it_lists_every_picture_with_what_is_said_of_it(self):
        self.put_in(None, "", "村口的公示栏")
        response = self.client.get(self.address)
        rows = response.context["rows"]
        self.assertEqual([row.standing.alt for row in rows], [None, "", "村口的公示栏"])
        self.assertContains(response, "chip-warning", 1)
        self.assertTrue(rows[1].form["is_decorative"].value())

    def test_it_asks_the_database_as_often_however_many_pictures_there_are(self):
        self.put_in(None)
        self.client.get(self.address)
        with self.assertNumQueries(9):
            self.client.get(self.address)
        self.put_in(*[None] * 8)
        with self.assertNumQueries(9):
            self.client.get(self.address)

    def test_it_describes_one_picture_and_leaves_the_others(self):
        self.put_in(None, None)
        row = Picture.objects.order_by("pk").last()
        said = {"alt": " 村口的 公示栏 ", "caption": "四月", "credit": "示例作者甲", "picture_version": row.version}
        self.assertRedirects(self.send("describe", number=1, **said), self.address)
        self.assertEqual(picturing.undescribed(self.text()), [Picture.objects.order_by("pk").first().src])
        self.assertIn('alt="村口的 公示栏"', self.text())
        row.refresh_from_db()
        self.assertEqual(row.credit, "示例作者甲")

    def test_it_can_be_marked_as_decorative_and_undone(self):
        self.put_in(None)
        self.send("describe", number=0, is_decorative="on")
        self.assertIn(' alt=""', self.text())
        self.send("describe", number=0)
        self.assertNotIn(" alt=", self.text())

    def test_a_caption_in_the_same_words_keeps_its_emphasis(self):
        [src] = self.put_in(None)
        html = f'<figure><img src="{src}"><figcaption>四月的<strong>账</strong></figcaption></figure>'
        self.article = make.article(body=html)
        self.address = reverse("admin:articles_article_pictures", args=[self.article.pk])
        self.send("describe", number=0, alt="账", caption="四月的账")
        self.assertIn("<figcaption>四月的<strong>账</strong></figcaption>", self.text())
        self.send("describe", number=0, alt="账", caption="")
        self.assertNotIn("figcaption", self.text())

    def test_it_takes_a_picture_out_and_keeps_it(self):
        first, second = self.put_in("一", "二")
        self.send("remove", number=0)
        self.assertNotIn(first, self.text())
        self.assertIn(second, self.text())
        self.assertEqual(Picture.objects.count(), 2)

    def test_it_bears_numbers_and_deeds_that_are_none(self):
        self.put_in("一")
        for deed, said in (
            ("describe", {"number": 7}),
            ("describe", {"number": "x"}),
            ("remove", {"number": "9" * 40}),
            ("remove", {}),
            ("take", {"capture": 99}),
            ("destroy", {}),
            ("", {}),
        ):
            with self.subTest(deed=deed, said=said):
                self.assertEqual(self.send(deed, **said).status_code, 404)

    def test_a_credit_somebody_else_gave_meanwhile_is_not_overwritten(self):
        self.put_in("一")
        row = Picture.objects.get()
        picturing.credit(Credit(row, "示例作者乙", row.version))
        response = self.send("describe", number=0, alt="新的说明", credit="示例作者甲", picture_version=row.version)
        self.assertContains(response, "示例作者甲", status_code=409)
        self.assertEqual(Picture.objects.get().credit, "示例作者乙")
        self.assertNotIn("新的说明", self.text())

    def test_nothing_said_of_a_picture_is_markup_anywhere(self):
        evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
        self.put_in(None)
        row = Picture.objects.get()
        said = {"alt": evil, "caption": evil, "credit": evil, "picture_version": row.version}
        self.send("describe", number=0, **said)
        article = make.publish(Article.objects.get(pk=self.article.pk))
        picture_page = reverse("admin:articles_picture_change", args=[row.pk])
        lists = reverse("admin:articles_picture_changelist")
        for address in (self.address, picture_page, lists, article.get_absolute_url()):
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertNotContains(response, "<script>alert(1)")
                self.assertNotContains(response, "<img src=x")


class RightsTests(PictureCase):
    def test_a_contributor_has_the_pictures_of_their_own_drafts_only(self):
        client = browser_of(person("contributor", "contributor"))
        self.assertEqual(client.get(self.address).status_code, 403)
        self.assertEqual(client.post(self.address, {"deed": "upload"}).status_code, 403)
        add = reverse("admin:articles_article_picture_add", args=[self.article.pk])
        self.assertEqual(client.post(add, {"file": upload()}).status_code, 403)
        self.assertEqual(client.post(ADD, {"file": upload()}).status_code, 201)

    def test_who_has_no_rights_has_no_pictures(self):
        client = browser_of(person("nobody"))
        self.assertEqual(client.post(ADD, {"file": upload()}).status_code, 403)
        self.assertEqual(client.get(CREDIT).status_code, 403)
        self.assertFalse(Picture.objects.exists())

    def test_an_article_that_is_none_has_no_pictures(self):
        self.assertEqual(self.client.get(reverse("admin:articles_article_pictures", args=[10**6])).status_code, 404)


class AddTests(PictureCase):
    def test_the_editor_is_told_what_to_write(self):
        response = self.client.post(ADD, {"file": upload()})
        row = Picture.objects.get()
        self.assertEqual(response.status_code, 201)
        self.assertLessEqual(
            {"src": row.src, "width": 640, "height": 480, "key": row.pk}.items(), response.json().items()
        )
        self.assertIn(row.src, body.normalise(f'<img src="{response.json()["src"]}">'))

    def test_the_same_picture_is_kept_once(self):
        keys = {self.client.post(ADD, {"file": upload(name=name)}).json()["key"] for name in ("a.jpg", "b.png")}
        self.assertEqual((len(keys), Picture.objects.count()), (1, 1))

    def test_it_refuses_in_words_what_is_no_picture(self):
        for data in (b"", b"<html>", b"<svg onload=alert(1)>", picture()[:500], b"\x89PNG\r\n\x1a\n"):
            with self.subTest(data=data[:8]):
                response = self.client.post(ADD, {"file": upload(data, "图.png")})
                self.assertEqual(response.status_code, 400)
                self.assertTrue(response.json()["error"])
        self.assertEqual(self.client.post(ADD, {"file": "a name"}).status_code, 400)
        self.assertEqual(self.client.post(ADD).status_code, 400)

    def test_it_refuses_a_large_file_without_drawing_it(self):
        response = self.client.post(ADD, {"file": upload(b"\xff\xd8\xff" + bytes(picturing.MOST_BYTES))})
        self.assertEqual(response.status_code, 400)
        self.assertIn("10", response.json()["error"])

    def test_a_name_with_markup_or_a_path_goes_nowhere(self):
        for name in ('"><img src=x onerror=alert(1)>.jpg', "../../../etc/passwd", "a\x00.jpg", "x" * 300):
            with self.subTest(name=name):
                response = self.client.post(ADD, {"file": upload(name=name)})
                self.assertNotIn("onerror", response.content.decode())
        kept = {str(path.relative_to(settings.MEDIA_ROOT)) for path in Path(settings.MEDIA_ROOT).rglob("*.jpg")}
        self.assertIn(Picture.objects.get().path, kept)

    def test_nobody_floods_the_library(self):
        with patch.object(picturing, "MOST_AN_HOUR", 1):
            self.assertEqual(self.client.post(ADD, {"file": upload()}).status_code, 201)
            self.assertEqual(self.client.post(ADD, {"file": upload(picture(700))}).status_code, 400)

    def test_it_takes_no_page_for_a_form(self):
        self.assertEqual(self.client.get(ADD).status_code, 405)


class CreditTests(PictureCase):
    def setUp(self):
        super().setUp()
        self.row = picturing.choose(picture(), by=self.editor)

    def test_it_says_and_answers_who_made_a_picture(self):
        said = {"src": self.row.src, "credit": "  示例作者甲 摄 ", "version": self.row.version}
        self.assertEqual(self.client.post(CREDIT, said).json()["credit"], "示例作者甲 摄")
        self.assertEqual(self.client.get(CREDIT, {"src": self.row.src}).json()["credit"], "示例作者甲 摄")

    def test_the_second_of_two_is_told(self):
        picturing.credit(Credit(self.row, "示例作者乙", self.row.version))
        said = {"src": self.row.src, "credit": "示例作者甲", "version": self.row.version}
        response = self.client.post(CREDIT, said)
        self.assertEqual((response.status_code, response.json()["credit"]), (409, "示例作者乙"))

    def test_it_bears_what_is_none(self):
        for said in ({}, {"src": "x"}, {"src": '"><'}, {"src": f"/media/pictures/ab/{'ab' * 32}.jpg"}):
            with self.subTest(said=said):
                self.assertEqual(self.client.post(CREDIT, said).status_code, 404)
        for credit in ("长" * 201, "a\x00b"):
            said = {"src": self.row.src, "credit": credit, "version": self.row.version}
            with self.subTest(credit=credit[:3]):
                self.assertEqual(self.client.post(CREDIT, said).status_code, 400)


class CapturedTests(PictureCase):
    PAGE = "http://news.example.cn/2020/a.html"

    def hold(self, data: bytes, media_type: str = "text/html", address: str = PAGE):
        capture = storing.store(data, media_type=media_type, address=address, file_name="页面")
        make.witness(self.article, capture=capture)
        return capture

    def page(self) -> bytes:
        shown = [f"<p>{line * 4}</p>" for line in LINES]
        shown.insert(2, '<p><img src="/pic/notice.jpg" alt="村口的公示栏"></p>')
        head = "<!DOCTYPE html><html><head><title>预算贴在村口</title></head>"
        return f"{head}<body><h1>预算贴在村口</h1><div>{''.join(shown)}</div></body></html>".encode()

    def document(self) -> bytes:
        document = docx.Document()
        document.add_paragraph(LINES[0])
        document.add_picture(BytesIO(picture(900, 600)))
        document.add_paragraph(LINES[1])
        out = BytesIO()
        document.save(out)
        return out.getvalue()

    def test_it_lists_the_pictures_of_a_page_and_fetches_nothing(self):
        capture = self.hold(self.page())
        with patch.object(fetching, "fetch", side_effect=AssertionError("fetched")):
            response = self.client.get(self.address, {"capture": capture.pk})
        self.assertEqual([one.name for one in response.context["offered"]], ["http://news.example.cn/pic/notice.jpg"])

    def test_it_takes_one_into_the_text_where_it_stood(self):
        self.article = make.article(body="".join(f"<p>{line * 4}</p>" for line in LINES))
        self.address = reverse("admin:articles_article_pictures", args=[self.article.pk])
        capture = self.hold(self.page())
        name = "http://news.example.cn/pic/notice.jpg"
        with patch.object(fetching, "fetch", return_value=Fetched(name, picture(), "image/jpeg")):
            self.assertRedirects(self.send("take", capture=capture.pk, name=name), self.address)
        row = Picture.objects.get()
        self.assertEqual(row.address, name)
        self.assertIn(f'{LINES[1]}</p>\n<figure>\n<img src="{row.src}" alt="村口的公示栏"', self.text())
        offered = self.client.get(self.address, {"capture": capture.pk}).context["offered"]
        self.assertTrue(offered[0].is_here)

    def test_no_other_address_is_fetched(self):
        capture = self.hold(self.page())
        with patch.object(fetching, "fetch", side_effect=AssertionError("fetched")):
            response = self.send("take", capture=capture.pk, name="http://127.0.0.1/admin/")
        self.assertEqual(response.status_code, 404)

    def test_a_picture_that_cannot_be_had_is_told_in_words(self):
        capture = self.hold(self.page())
        with patch.object(fetching, "fetch", side_effect=fetching.OutOfReach()):
            response = self.send("take", capture=capture.pk, name="http://news.example.cn/pic/notice.jpg")
        self.assertEqual(response.status_code, 302)
        self.assertTrue(list(get_messages(response.wsgi_request)))
        self.assertNotIn("<img", self.text())

    def test_it_takes_a_picture_out_of_a_document(self):
        capture = self.hold(self.document(), DOCX, "")
        [offered] = self.client.get(self.address, {"capture": capture.pk}).context["offered"]
        self.assertEqual((offered.before_it, offered.after), (LINES[0], 0))
        preview = self.client.get(
            reverse("admin:articles_article_picture_preview", args=[self.article.pk, capture.pk, 0])
        )
        self.assertEqual((preview["Content-Type"], preview["X-Content-Type-Options"]), ("image/webp", "nosniff"))
        self.assertRedirects(self.send("take", capture=capture.pk, name=offered.name), self.address)
        self.assertIn(f'{LINES[0]}</p>\n<figure>\n<img src="{Picture.objects.get().src}" width=', self.text())

    def test_a_name_that_is_not_in_the_document_is_not_found(self):
        capture = self.hold(self.document(), DOCX, "")
        for name in ("word/document.xml", "../x", "", "word/media/image9.png", "a\nb"):
            with self.subTest(name=name):
                self.assertEqual(self.send("take", capture=capture.pk, name=name).status_code, 404)
        address = reverse("admin:articles_article_picture_preview", args=[self.article.pk, capture.pk, 7])
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_the_captures_of_another_article_are_not_here(self):
        capture = storing.store(self.page(), media_type="text/html")
        make.witness(make.article("另一篇"), capture=capture)
        self.assertEqual(self.client.get(self.address, {"capture": capture.pk}).status_code, 404)

    def test_it_takes_the_picture_of_a_page_out_of_a_scanned_pdf_and_puts_it_behind_the_text(self):
        capture = self.hold(scanned(A4, A4), "application/pdf")
        offered = self.client.get(self.address, {"capture": capture.pk}).context["offered"]
        self.assertEqual([one.caption for one in offered], ["原件第1页", "原件第2页"])
        address = reverse("admin:articles_article_picture_preview", args=[self.article.pk, capture.pk, 1])
        self.assertEqual(self.client.get(address)["Content-Type"], "image/webp")
        self.assertRedirects(self.send("take", capture=capture.pk, name="2"), self.address)
        picture = Picture.objects.get()
        self.assertTrue(picture.address.endswith("#2"))
        figure = f'<img src="{picture.src}" width="827" height="1169"><figcaption>原件第2页</figcaption>'
        self.assertTrue(" ".join(self.text().split()).replace("> <", "><").endswith(f"<figure>{figure}</figure>"))
        self.assertEqual(self.send("take", capture=capture.pk, name="3").status_code, 404)

    def test_a_capture_that_is_neither_says_so(self):
        capture = self.hold(b"text", "text/plain")
        self.assertTrue(self.client.get(self.address, {"capture": capture.pk}).context["refusal"])

    def test_a_capture_whose_bytes_are_gone_says_so(self):
        capture = self.hold(self.page())
        Path(settings.MEDIA_ROOT, capture.path).unlink()
        self.assertTrue(self.client.get(self.address, {"capture": capture.pk}).context["refusal"])
